/**
 * The density matrix of thermal equilibrium, ρ = e^{−βH}/Z, in positions:
 *
 *   ρ(x, x′; β) = Σ_n p_n φ_n(x) φ_n(x′) = G(x, x′; β)/Z,   ∫ ρ(x, x) dx = 1,
 *   Tr ρ² = Σ p_n²,   −Tr ρ ln ρ = (U − F)/T.
 */
import { PsilabError } from '../error.js'
import {
  Drawable,
  keepOrigin,
  type LiveDensityMatrix,
  type Panel,
  type PanelsFigure,
  type ProblemRecord,
  panelsFigure,
} from '../figure/index.js'
import { type Grid, stridesOf } from '../grid/index.js'
import { column, coordinates, writeCsv, writeNpz } from '../interchange/index.js'
import type { Route, TracePoint } from './thermodynamics.js'

/** ρ(x, x′) at points. */
export type Kernel = (x: readonly number[], from: readonly number[]) => number

export interface DensityMatrixData {
  readonly problem: ProblemRecord
  readonly route: Route
  readonly grid: Grid
  readonly point: TracePoint
  /** ρ(x, x) on the grid. */
  readonly diagonal: Float64Array
  /** ρ(x_j, x_l) on a line, row-major. */
  readonly matrix?: Float64Array
  readonly purity: number
  /** e^{−βζ}/∫e^{−βζ} on the grid. */
  readonly classical: Float64Array
  readonly kernel: Kernel
  /** On a line: both densities on points as close as the eye wants. */
  readonly line?: () => DrawnLine
  readonly notes: readonly string[]
  /** What computes the figure in a page. */
  readonly live?: () => LiveDensityMatrix | undefined
}

export interface DrawnLine {
  readonly x: Float64Array
  readonly density: Float64Array
  readonly classical: Float64Array
}

/** Density, as a share of the largest, below which the ends of an axis are not drawn. */
const FAINT = 1e-5

export class ThermalDensityMatrix extends Drawable implements TracePoint {
  readonly beta: number
  readonly temperature: number
  readonly route: Route
  readonly grid: Grid
  readonly Z: number
  readonly F: number
  readonly U: number
  /** Von Neumann's entropy −Tr ρ ln ρ, which is (U − F)/T. */
  readonly S: number
  readonly C: number
  readonly truncation: number
  readonly error: number
  /** ρ(x, x) on the grid, C order, ∫ρ(x, x)dx = 1. */
  readonly diagonal: Float64Array
  /** ρ(x_j, x_l) on the grid of a line, row-major points²; empty in two and three dimensions, where `at` serves. */
  readonly values: Float64Array
  /** The classical density e^{−βζ}/∫e^{−βζ} on the grid. */
  readonly classical: Float64Array
  /** Tr ρ²: 1 for a pure state. */
  readonly purity: number
  /** ⟨x⟩ along each axis. */
  readonly mean: readonly number[]
  /** ⟨x²⟩ along each axis. */
  readonly meanSquare: readonly number[]
  readonly notes: readonly string[]
  private readonly kernel: Kernel
  private readonly line: (() => DrawnLine) | undefined
  private readonly problem: ProblemRecord
  private readonly live: DensityMatrixData['live']

  constructor(data: DensityMatrixData) {
    super()
    const { point, grid } = data
    this.beta = 1 / point.temperature
    this.temperature = point.temperature
    this.route = data.route
    this.grid = grid
    this.Z = point.Z
    this.F = point.F
    this.U = point.U
    this.S = point.S
    this.C = point.C
    this.truncation = point.truncation
    this.error = point.error
    this.diagonal = data.diagonal
    this.values = data.matrix ?? new Float64Array()
    this.classical = data.classical
    this.purity = data.purity
    this.notes = data.notes
    this.kernel = data.kernel
    this.line = data.line
    this.problem = data.problem
    this.live = data.live
    const moment = (d: number, power: number): number => {
      const line = marginal(grid, data.diagonal, [d])
      const { coordinates: x, spacing } = grid.axes[d]
      return line.reduce((sum, p, j) => sum + p * x[j] ** power * spacing, 0)
    }
    this.mean = grid.axes.map((_, d) => moment(d, 1))
    this.meanSquare = grid.axes.map((_, d) => moment(d, 2))
    if (data.live && this.values.length > 0) keepOrigin(this, { problem: data.problem, live: data.live })
  }

  /** ρ(x, x′), each a number or one an axis; also between the points of the grid, and 0 outside its box. */
  at(x: number | readonly number[], from: number | readonly number[]): number {
    const [to, source] = [x, from].map((v) => (typeof v === 'number' ? [v] : v))
    const n = this.grid.axes.length
    if (to.length !== n || source.length !== n)
      throw new PsilabError({
        code: 'parameter',
        parameter: 'x',
        problem: 'wrong number of coordinates',
        allowed: `${n} (${this.grid.axes.map((a) => a.name).join(', ')})`,
        got: [x, from],
      })
    return this.kernel(to, source)
  }

  /** A .npz archive: coordinates by name, `diagonal`, `classical`, on a line `matrix`, and `T`, `Z`, `F`, `U`, `S`, `C`. */
  override toNpz(): Uint8Array {
    const { grid, diagonal, classical, values: matrix, temperature: T, Z, F, U, S, C } = this
    const scalars = Object.entries({ T, Z, F, U, S, C }).map(([name, v]) => [
      name,
      column(Float64Array.of(v)),
    ])
    return writeNpz({
      ...coordinates(grid.axes),
      diagonal: { dtype: 'float64', shape: grid.shape, data: diagonal },
      classical: { dtype: 'float64', shape: grid.shape, data: classical },
      ...(matrix.length > 0 && { matrix: { dtype: 'float64', shape: [grid.size, grid.size], data: matrix } }),
      ...Object.fromEntries(scalars),
    })
  }

  /** A table with one row a grid point: its coordinates, ρ(x, x) and the classical density. */
  override toCsv(): string {
    const { grid, diagonal, classical } = this
    const places = Object.fromEntries(grid.axes.map((a, d) => [a.name, grid.columns[d]]))
    return writeCsv({ ...places, density: diagonal, classical })
  }

  override figure(): PanelsFigure {
    const { grid, beta, meanSquare, purity } = this
    const text = `β = ${Number(beta.toPrecision(6))}`
    const drawn = panelsFigure({
      title: `Thermal density, ${text}`,
      alt: `Thermal density at ${text} beside the classical one. Mean squares ${meanSquare.map((v) => v.toPrecision(4)).join(', ')}; purity ${purity.toPrecision(4)}.`,
      problem: this.problem,
      panels: grid.axes.length === 1 ? this.ofLine() : this.ofSpace(),
      notes: this.notes,
    })
    const live = this.live?.()
    return live === undefined ? drawn : { ...drawn, live }
  }

  private ofLine(): Panel[] {
    const { grid, diagonal, values: matrix } = this
    const [{ name, coordinates: x }] = grid.axes
    const [from, to] = this.drawn(0)
    const shown = x.subarray(from, to)
    const curves = this.line?.() ?? { x, density: diagonal, classical: this.classical }
    const within = (values: Float64Array): Float64Array =>
      values.filter((_, i) => curves.x[i] >= x[from] && curves.x[i] <= x[to - 1])
    const lines = densities(name, `ρ(${name}, ${name})`, 'Density', {
      x: within(curves.x),
      density: within(curves.density),
      classical: within(curves.classical),
    })
    const values = new Float64Array(shown.length ** 2)
    for (let j = from; j < to; j++)
      values.set(matrix.subarray(j * x.length + from, j * x.length + to), (j - from) * shown.length)
    const signed = values.some((v) => v < -FAINT * Math.max(...diagonal))
    return [
      lines,
      {
        type: 'field',
        heading: `ρ(${name}, ${name}′)`,
        labels: [name, `${name}′`],
        axes: [shown, shown],
        values,
        scale: signed ? 'diverging' : 'sequential',
        quantity: 'ρ',
      },
    ]
  }

  private ofSpace(): Panel[] {
    const { grid, diagonal } = this
    const plane = marginal(grid, diagonal, [0, 1])
    const ranges = [this.drawn(0), this.drawn(1)]
    const [xs, ys] = ranges.map(([from, to], d) => grid.axes[d].coordinates.subarray(from, to))
    const values = new Float64Array(xs.length * ys.length)
    for (let j = 0; j < xs.length; j++)
      values.set(
        plane.subarray((j + ranges[0][0]) * grid.shape[1] + ranges[1][0]).subarray(0, ys.length),
        j * ys.length,
      )
    const [x, y, z] = grid.axes
    return [
      {
        type: 'field',
        heading: z === undefined ? 'Density' : `Density, integrated over ${z.name}`,
        labels: [x.name, y.name],
        axes: [xs, ys],
        values,
        quantity: 'ρ',
      },
      ...grid.axes.map((_, d) => this.along(d)),
    ]
  }

  /** The density along an axis, integrated over the others, beside the classical one. */
  private along(d: number): Panel {
    const { grid, diagonal, classical } = this
    const { name, coordinates: x } = grid.axes[d]
    const [from, to] = this.drawn(d)
    const line = (values: Float64Array): Float64Array => marginal(grid, values, [d]).subarray(from, to)
    return densities(name, 'ρ', `Density along ${name}`, {
      x: x.subarray(from, to),
      density: line(diagonal),
      classical: line(classical),
    })
  }

  /** First and last point along an axis at which there is density, as a half-open range. */
  private drawn(d: number): readonly [number, number] {
    const { grid, diagonal, classical } = this
    const lines = [diagonal, classical].map((values) => marginal(grid, values, [d]))
    const seen = (j: number): boolean => lines.some((line) => line[j] > FAINT * Math.max(...line))
    const places = Array.from(lines[0].keys()).filter(seen)
    return [places[0], places[places.length - 1] + 1]
  }

  override toString(): string {
    const { beta, route, Z, F, U, S, purity, meanSquare, error, grid } = this
    const squares = grid.axes.map((a, d) => `⟨${a.name}²⟩ = ${meanSquare[d].toFixed(9)}`).join(', ')
    return [
      `density matrix at β = ${Number(beta.toPrecision(10))}: Z = ${Z.toPrecision(10)}, F = ${F.toFixed(9)}, U = ${U.toFixed(9)}, S = ${S.toFixed(9)}, purity ${purity.toFixed(9)}, ${squares}`,
      `(${route}; error of Z ≲ ${error.toExponential(0)})`,
      ...this.notes,
    ].join('\n')
  }
}

function densities(
  name: string,
  label: string,
  heading: string,
  { x, density, classical }: DrawnLine,
): Panel {
  return {
    type: 'lines',
    heading,
    x: { label: name },
    y: { label: 'ρ' },
    series: [
      { label, x, y: density },
      { label: 'classical', role: 'reference', x, y: classical },
    ],
  }
}

/** A density on some of the axes, integrated over the others; C order of those kept, which are in rising order. */
function marginal(grid: Grid, density: Float64Array, kept: readonly number[]): Float64Array {
  if (kept.length === grid.axes.length) return density
  const strides = stridesOf(grid.shape)
  const sizes = kept.map((d) => grid.shape[d])
  const steps = stridesOf(sizes)
  const cell = grid.axes.reduce((product, a, d) => (kept.includes(d) ? product : product * a.spacing), 1)
  const result = new Float64Array(sizes.reduce((product, n) => product * n, 1))
  // Where each index of each axis leads to.
  const offsets = grid.shape.map((n, d) => {
    const k = kept.indexOf(d)
    return Float64Array.from({ length: n }, (_, j) => (k < 0 ? 0 : steps[k] * j))
  })
  const last = grid.shape.length - 1
  for (let row = 0; row < density.length; row += grid.shape[last]) {
    let to = 0
    for (let d = 0; d < last; d++) to += offsets[d][Math.floor(row / strides[d]) % grid.shape[d]]
    for (let j = 0; j < grid.shape[last]; j++) result[to + offsets[last][j]] += density[row + j] * cell
  }
  return result
}
