/** ρ = e^{−βH}/Z of a problem in positions, by one of the routes. */
import { requireKeys, requireNumber } from '../../error.js'
import { type Grid, grid, interpolation, type WaveFunction } from '../../grid/index.js'
import { symmetricEigen } from '../../numeric/index.js'
import { evaluateOn } from '../../objective/index.js'
import {
  type DrawnLine,
  type Kernel,
  type Route,
  requireWhole,
  ThermalDensityMatrix,
  type TracePoint,
} from '../../thermal/index.js'
import type { Discretisation } from '../discretisation.js'
import { axisSeries, expand, isEven, lowestLevels, statesOfMatrix, withIntervals } from '../levels/index.js'
import { liveDensityMatrix } from '../live/index.js'
import { type FlatBox, flatBoxDensity, flatBoxOf, flatBoxPoint } from './flatBox.js'
import { lineKernel } from './lineKernel.js'
import { lineSpectrum, REACH, thermalGrid } from './lineSpectrum.js'
import type { PlaneBasis } from './planeBasis.js'
import { planeKernel } from './planeKernel.js'
import { planeSpectrum } from './planeSpectrum.js'
import { type Quadratic, quadraticDensity, quadraticOf, quadraticPoint } from './quadratic.js'
import { lowestOf, requireConfinement } from './refusals.js'
import { chooseRoute, refuseClosedForm, requireRoute } from './route.js'
import { separate, sumOfPoints } from './separate.js'

export interface DensityMatrixOptions {
  /** β = 1/T > 0, in the inverse of ζ's unit. */
  readonly beta: number
  /** How the trace is taken; chosen where left out. */
  readonly route?: Route
}

/** Intervals of a curve that is drawn. */
const CURVE = 360
/** Fewest intervals along each axis of a density in two and three dimensions. */
const DRAWN = [0, 0, 96, 40] as const
/** Points along each axis beyond which the density of a sum over the coordinates is thinned, by dimension. */
const FINEST = [0, 0, 256, 64] as const
/** Levels of less weight than e^{−FAINT} beside the lowest change no density. */
const FAINT = 37

/** What one route finds of ρ. */
interface Found {
  readonly grid: Grid
  readonly point: TracePoint
  readonly diagonal: Float64Array
  readonly matrix?: Float64Array
  readonly purity: number
  readonly kernel: Kernel
  readonly notes: readonly string[]
}

export function densityMatrix(space: Discretisation, options: DensityMatrixOptions): ThermalDensityMatrix {
  requireKeys('densityMatrix', options, ['beta', 'route'])
  const beta = requireNumber(
    'beta',
    options.beta,
    'a finite number > 0',
    (b) => b > 0,
    'For example beta: 1.',
  )
  requireConfinement(space)
  const wanted = requireRoute(options.route)
  const route = chooseRoute(space, wanted)
  const found = densityBy(space, route, 1 / beta)
  requireWhole(found.point)
  const zeta = evaluateOn(space.objective, found.grid)
  const least = lowestOf(zeta)
  const weight = (v: number): number => Math.exp(-beta * (v - least))
  const total = zeta.reduce((sum, v) => sum + weight(v), 0) * found.grid.cell
  const classical = (values: Float64Array): Float64Array => values.map((v) => weight(v) / total)
  const line = (): DrawnLine => {
    const [{ lower, upper }] = found.grid.axes
    const x = Float64Array.from({ length: CURVE + 1 }, (_, i) => lower + ((upper - lower) * i) / CURVE)
    return {
      x,
      density: x.map((at) => found.kernel([at], [at])),
      classical: classical(space.objective.evaluate([x])),
    }
  }
  return new ThermalDensityMatrix({
    ...found,
    route,
    problem: space.record(found.grid),
    classical: classical(zeta),
    ...(space.dimension === 1 && { line }),
    live: () => liveDensityMatrix(space, found.grid, beta, wanted),
  })
}

function densityBy(space: Discretisation, route: Route, T: number): Found {
  if (route === 'closed form') {
    const form = quadraticOf(space)
    if (form !== undefined) return ofQuadratic(space, form, T)
    const flat = flatBoxOf(space)
    if (flat !== undefined) return ofFlatBox(space, flat, T)
  }
  const axes = separate(space)
  if (axes !== undefined)
    return productOf(
      axes.spaces.map((one) => densityBy(one, route, T)),
      axes.constant,
    )
  if (route === 'closed form') return refuseClosedForm(space)
  if (space.dimension === 1) return route === 'spectrum' ? ofLevels(space, T) : ofKernel(space, T)
  return route === 'spectrum' ? ofPlaneLevels(space, T) : ofPlaneKernel(space, T)
}

function ofFlatBox(space: Discretisation, box: FlatBox, T: number): Found {
  const point = flatBoxPoint(space.D, box, T)
  const { grid: shown } = space.choose({ levels: space.defaultLevels })
  const [{ coordinates: x }] = shown.axes
  const rho = flatBoxDensity(space.D, box, point)
  return {
    grid: shown,
    point,
    diagonal: x.map((at) => rho(at, at)),
    matrix: Float64Array.from(Array.from(x).flatMap((at) => Array.from(x, (from) => rho(at, from)))),
    purity: Math.exp((2 * point.F - 2 * flatBoxPoint(space.D, box, T / 2).F) / T),
    kernel: ([at], [from]) => rho(at, from),
    notes: ['ζ is constant: the free kernel and its images in the box.'],
  }
}

function ofQuadratic(space: Discretisation, form: Quadratic, T: number): Found {
  const point = quadraticPoint(space.D, form, T)
  const { grid: held } = thermalGrid(space, T).choice
  const most = FINEST[space.dimension]
  const shown =
    space.dimension === 1 ? held : grid(held.axes.map((a) => withIntervals(a, Math.min(most, a.points))))
  const kernel = quadraticDensity(space.D, form, 1 / T)
  const place = (i: number): number[] => shown.columns.map((x) => x[i])
  const indices = Array.from({ length: shown.size }, (_, i) => i)
  const places = indices.map(place)
  // Σ p_n² = Z(2β)/Z(β)².
  const purity = Math.exp((2 * point.F - 2 * quadraticPoint(space.D, form, T / 2).F) / T)
  return {
    grid: shown,
    point,
    diagonal: Float64Array.from(places, (x) => kernel(x, x)),
    ...(space.dimension === 1 && {
      matrix: Float64Array.from(places.flatMap((x) => places.map((from) => kernel(x, from)))),
    }),
    purity,
    kernel,
    notes: ['ζ is quadratic: Mehler’s kernel in its normal coordinates.'],
  }
}

/** Σ p_n φ_n φ_n of a line. */
function ofLevels(space: Discretisation, T: number): Found {
  const trace = lineSpectrum(space, T)
  const point = trace.at(T)
  const { line, energies, vectors } = lineStates(space, trace.levels, T)
  const n = line.size
  const matrix = new Float64Array(n * n)
  let purity = 0
  vectors.forEach((phi, k) => {
    const p = Math.exp((point.F - energies[k]) / T)
    purity += p * p
    for (let j = 0; j < n; j++) {
      const weight = (p * phi[j]) / line.cell
      if (Math.abs(weight) > 1e-300) for (let l = 0; l < n; l++) matrix[j * n + l] += weight * phi[l]
    }
  })
  return { ...onLine(line, matrix), point, purity, notes: trace.notes }
}

/** The states of a line that weigh anything at a temperature: Σφ² = 1 over the points of a grid that holds them. */
export interface LineStates {
  readonly line: Grid
  readonly energies: Float64Array
  readonly vectors: readonly Float64Array[]
}

/** @param levels all levels that weigh anything at T */
export function lineStates(space: Discretisation, levels: Float64Array, T: number): LineStates {
  const [{ lower, upper }] = space.choose({ levels: space.defaultLevels }).grid.axes
  const onElements = space.boxGiven || (space.objective.breaks?.(lower, upper) ?? []).length > 0
  if (onElements && levels.length <= MOST_LEVELS) {
    const count = Math.max(1, levels.filter((e) => e <= levels[0] + REACH * T).length)
    const { states, grid: line } = lowestLevels(space, count)
    return {
      line,
      vectors: states.map((state) => realPart(state, Math.sqrt(line.cell))),
      energies: levels.subarray(0, count),
    }
  }
  const line = thermalGrid(space, T).choice.grid
  const [{ lower: a, upper: b }] = line.axes
  const top = levels[0] + FAINT * T
  return { line, ...statesOfMatrix(space.hamiltonian(line), isEven(space.objective, a, b), top) }
}

/** Most levels that are shown from elements. */
const MOST_LEVELS = 128

function ofKernel(space: Discretisation, T: number): Found {
  const { hamiltonian, gibbs, trace } = lineKernel(space, T)
  const point = trace.at(T)
  const found = gibbs(T)
  const matrix = found.density().map((v) => v / hamiltonian.grid.cell)
  return { ...onLine(hamiltonian.grid, matrix), point, purity: found.purity(), notes: trace.notes }
}

/** ρ between the points of a line, and by the spectral series between them. */
function onLine(line: Grid, matrix: Float64Array): Pick<Found, 'grid' | 'diagonal' | 'matrix' | 'kernel'> {
  const n = line.size
  const [axis] = line.axes
  const outside = (x: number): boolean => x < axis.lower || x > axis.upper
  return {
    grid: line,
    matrix,
    diagonal: Float64Array.from({ length: n }, (_, j) => matrix[j * n + j]),
    kernel([x], [from]) {
      if (outside(x) || outside(from)) return 0
      const [left, right] = [x, from].map((v) => axisSeries(axis, Float64Array.of(v)))
      let sum = 0
      for (let j = 0; j < n; j++) {
        let inner = 0
        for (let l = 0; l < n; l++) inner += matrix[j * n + l] * right[l]
        sum += left[j] * inner
      }
      return sum
    },
  }
}

function productOf(parts: readonly Found[], constant: number): Found {
  const lines = parts.map((part) => thinned(part, FINEST[parts.length]))
  let diagonal = Float64Array.of(1)
  for (const line of lines) {
    const next = new Float64Array(diagonal.length * line.diagonal.length)
    for (let i = 0; i < diagonal.length; i++)
      for (let j = 0; j < line.diagonal.length; j++)
        next[i * line.diagonal.length + j] = diagonal[i] * line.diagonal[j]
    diagonal = next
  }
  return {
    grid: grid(lines.map((line) => line.grid.axes[0])),
    point: sumOfPoints(
      parts.map((part) => part.point),
      constant,
    ),
    diagonal,
    purity: parts.reduce((product, part) => product * part.purity, 1),
    kernel: (x, from) => parts.reduce((product, part, d) => product * part.kernel([x[d]], [from[d]]), 1),
    notes: ['ζ is a sum over the coordinates, so ρ is a product of the axes.'],
  }
}

/** The density of a line on fewer points: the trapezoidal rule over them is as exact as long as they resolve it. */
function thinned(part: Found, most: number): Pick<Found, 'grid' | 'diagonal'> {
  if (part.grid.size <= most) return part
  const [axis] = part.grid.axes
  const line = grid([withIntervals(axis, most)])
  const diagonal = Float64Array.from(line.axes[0].coordinates, (x) => part.kernel([x], [x]))
  return { grid: line, diagonal }
}

function ofPlaneLevels(space: Discretisation, T: number): Found {
  const { trace, basis, states } = planeSpectrum(space, T)
  const point = trace.at(T)
  if (basis === undefined) {
    const amplitudes = states!.states.map((_, n) => Math.exp((point.F - states!.energies[n]) / (2 * T)))
    return { ...ofStates(states!.states, amplitudes), point, notes: trace.notes }
  }
  const { matrix, size } = basis.basis
  const { values, vectors } = symmetricEigen(matrix, size)
  const count = values.filter((e) => e <= values[0] + FAINT * T).length
  const rows = vectors
    .slice(0, count)
    .map((c, n) => c.map((v) => v * Math.exp((point.F - values[n]) / (2 * T))))
  const purity = values.reduce((sum, e) => sum + Math.exp((2 * (point.F - e)) / T), 0)
  return { ...ofRows(basis, rows), point, purity, notes: trace.notes }
}

function ofPlaneKernel(space: Discretisation, T: number): Found {
  const { basis, gibbs, trace } = planeKernel(space, T)
  const found = gibbs(T)
  return { ...ofRows(basis, found.root()), point: trace.at(T), purity: found.purity(), notes: trace.notes }
}

/** ρ = Σ_r |f_r⟩⟨f_r| with f_r combinations of products. */
function ofRows(
  { hamiltonian: { grid: lean }, basis: { products } }: PlaneBasis,
  rows: readonly Float64Array[],
): Pick<Found, 'grid' | 'diagonal' | 'kernel'> {
  const shown = drawnOn(lean)
  const valuesAt = (places: readonly Float64Array[]): Float64Array[][] =>
    lean.axes.map((axis, d) => {
      const series = axisSeries(axis, places[d])
      const m = places[d].length
      const scale = 1 / Math.sqrt(axis.spacing)
      return products.functions[d].map((u) =>
        Float64Array.from({ length: m }, (_, p) => {
          let sum = 0
          for (let j = 0; j < u.length; j++) sum += u[j] * series[j * m + p]
          return sum * scale
        }),
      )
    })
  const fine = valuesAt(shown.axes.map((a) => a.coordinates))
  const diagonal = new Float64Array(shown.size)
  for (const row of rows) {
    const f = expand({ ...products, functions: fine }, row, shown.shape)
    for (let i = 0; i < f.length; i++) diagonal[i] += f[i] * f[i]
  }
  const outside = (x: readonly number[]): boolean =>
    lean.axes.some(({ lower, upper }, d) => x[d] < lower || x[d] > upper)
  const amplitudes = (x: readonly number[]): number[] => {
    const functions = valuesAt(x.map((v) => Float64Array.of(v)))
    const values = Float64Array.from(products.energies, (_, s) =>
      functions.reduce((product, list, d) => product * list[products.indices[d][s]][0], 1),
    )
    return rows.map((row) => row.reduce((sum, c, s) => sum + c * values[s], 0))
  }
  return {
    grid: shown,
    diagonal,
    kernel(x, from) {
      if (outside(x) || outside(from)) return 0
      const right = amplitudes(from)
      return amplitudes(x).reduce((sum, v, r) => sum + v * right[r], 0)
    },
  }
}

/** ρ = Σ p_n |φ_n⟩⟨φ_n| of states on a grid. */
function ofStates(
  states: readonly WaveFunction[],
  amplitudes: readonly number[],
): Pick<Found, 'grid' | 'diagonal' | 'kernel' | 'purity'> {
  const { grid: shown } = states[0]
  const diagonal = new Float64Array(shown.size)
  states.forEach((state, n) => {
    const phi = realPart(state, amplitudes[n])
    for (let i = 0; i < phi.length; i++) diagonal[i] += phi[i] * phi[i]
  })
  return {
    grid: shown,
    diagonal,
    purity: amplitudes.reduce((sum, a) => sum + a ** 4, 0),
    kernel(x, from) {
      const [left, right] = [x, from].map((place) => {
        const value = interpolation(
          shown,
          place.map((v) => Float64Array.of(v)),
        )
        return states.map((state, n) => amplitudes[n] * value(state)[0])
      })
      return left.reduce((sum, v, n) => sum + v * right[n], 0)
    },
  }
}

function realPart({ values }: WaveFunction, scale: number): Float64Array {
  return Float64Array.from({ length: values.length / 2 }, (_, i) => values[2 * i] * scale)
}

/** The same box with points enough for a picture. */
function drawnOn({ axes }: Grid): Grid {
  return grid(axes.map((a) => withIntervals(a, Math.max(a.points, DRAWN[axes.length]))))
}
