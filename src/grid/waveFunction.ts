/**
 * A wave function on a grid, and what can be read off it.
 *
 * Two readings of ψ give a probability density, and they differ:
 *   born:        |ψ|² / ∫|ψ|²   (quantum mechanics; any complex ψ)
 *   population:  ψ / ∫ψ         (diffusion with weights; only real ψ ≥ 0)
 */
import { Complex } from 'complex.js'
import { PsilabError } from '../error.js'
import { coordinates as coordinateColumns, writeCsv, writeNpz } from '../interchange/index.js'
import { gaussLegendre } from '../numeric/index.js'
import { INSPECT } from '../shown.js'
import type { Axis } from './axis.js'
import { derivative } from './derivative.js'
import { type Grid, sameGrid, stridesOf } from './grid.js'
import { interpolate } from './interpolate.js'
import { Momentum } from './momentum.js'
import { peakOf } from './peak.js'

export type Reading = 'born' | 'population'

/** [lower, upper]; ±Infinity reaches to the end of the box. */
export type Interval = readonly [lower: number, upper: number]

/** Largest negative or imaginary part, relative to max |ψ|, that rounding and splitting leave in a ψ ≥ 0. */
const POPULATION_TOLERANCE = 1e-6

export class WaveFunction {
  readonly grid: Grid
  /** Interleaved re, im, length 2·grid.size, C order: the array itself, so that writing to it changes the state. */
  readonly values: Float64Array

  constructor(grid: Grid, values: Float64Array) {
    if (values.length !== 2 * grid.size)
      throw new PsilabError({
        code: 'parameter',
        parameter: 'values',
        problem: 'length does not fit the grid',
        allowed: `${2 * grid.size} numbers (re, im interleaved)`,
        got: values.length,
      })
    this.grid = grid
    this.values = values
  }

  /** ∫|ψ|² dx. */
  get normSquared(): number {
    const { values } = this
    let sum = 0
    for (let i = 0; i < values.length; i++) sum += values[i] * values[i]
    return sum * this.grid.cell
  }

  /** ψ/√∫|ψ|². @throws PsilabError `not-finite` where the norm is 0 or not finite. */
  normalized(): WaveFunction {
    const norm = requireNorm(Math.sqrt(this.normSquared))
    const values = new Float64Array(this.values.length)
    for (let i = 0; i < values.length; i++) values[i] = this.values[i] / norm
    return new WaveFunction(this.grid, values)
  }

  /** Whether ψ is real and ≥ 0, so that the population reading exists. */
  get isPopulation(): boolean {
    let peak = 0
    let worst = 0
    for (let i = 0; i < this.values.length; i += 2) {
      peak = Math.max(peak, Math.hypot(this.values[i], this.values[i + 1]))
      worst = Math.max(worst, -this.values[i], Math.abs(this.values[i + 1]))
    }
    return worst <= POPULATION_TOLERANCE * peak
  }

  /**
   * The probability density, length grid.size, ∫ = 1. @throws PsilabError `not-finite` where the norm is 0 or not finite,
   * `parameter` for the population reading of a ψ that is not real and ≥ 0.
   */
  density(reading: Reading = 'born'): Float64Array {
    if (reading === 'population' && !this.isPopulation)
      throw new PsilabError({
        code: 'parameter',
        parameter: 'reading',
        problem: "the 'population' reading needs a real ψ ≥ 0",
        allowed: "'born' for this state",
        got: reading,
        advice:
          'Imaginary time (angle: Math.PI / 2) keeps a non-negative ψ non-negative; real time does not.',
      })
    const density = new Float64Array(this.grid.size)
    let sum = 0
    for (let i = 0; i < density.length; i++) {
      const re = this.values[2 * i]
      const im = this.values[2 * i + 1]
      density[i] = reading === 'born' ? re * re + im * im : Math.max(0, re)
      sum += density[i]
    }
    const scale = 1 / (requireNorm(sum) * this.grid.cell)
    for (let i = 0; i < density.length; i++) density[i] *= scale
    return density
  }

  /**
   * The density of some coordinates, integrated over all others: `marginal(['x', 'y'])` of a state in space. Length
   * n₁·n₂… of the axes named, C order, ∫ = 1.
   */
  marginal(names: readonly string[], reading: Reading = 'born'): Float64Array {
    const { axes, shape, size } = this.grid
    const kept = names.map((name) => axes.findIndex((a) => a.name === name))
    if (names.length === 0 || kept.some((d, k) => d < 0 || (k > 0 && d <= kept[k - 1])))
      throw new PsilabError({
        code: 'parameter',
        parameter: 'names',
        problem: 'not coordinates of the state in their order',
        allowed: `some of ${axes.map((a) => `'${a.name}'`).join(', ')}`,
        got: names,
      })
    const density = this.density(reading)
    if (kept.length === axes.length) return density
    const strides = stridesOf(shape)
    const steps = stridesOf(kept.map((d) => shape[d]))
    const result = new Float64Array(kept.reduce((product, d) => product * shape[d], 1))
    for (let i = 0; i < size; i++) {
      let to = 0
      for (let k = 0; k < kept.length; k++)
        to += (Math.floor(i / strides[kept[k]]) % shape[kept[k]]) * steps[k]
      result[to] += density[i]
    }
    const cell = axes.reduce((product, a, d) => (kept.includes(d) ? product : product * a.spacing), 1)
    return result.map((sum) => sum * cell)
  }

  /** Mean of each coordinate, one number an axis; on a ring the coordinate runs from the lower end of the box. */
  mean(reading: Reading = 'born'): number[] {
    return this.grid.axes.map(({ name, coordinates, spacing }) =>
      integrate(this.marginal([name], reading), coordinates, spacing),
    )
  }

  /** Variance of each coordinate, one number an axis. */
  variance(reading: Reading = 'born'): number[] {
    return this.grid.axes.map(({ name, coordinates, spacing }) => {
      const density = this.marginal([name], reading)
      const mean = integrate(density, coordinates, spacing)
      return integrate(
        density,
        coordinates.map((x) => (x - mean) ** 2),
        spacing,
      )
    })
  }

  /**
   * Born probability of an interval, or of a box given as one interval an axis, by quadrature of the spectral
   * series: `state.probability([-Infinity, 0])`.
   */
  probability(region: Interval | readonly Interval[]): number {
    const box = (typeof region[0] === 'number' ? [region] : region) as readonly Interval[]
    if (box.length !== this.grid.axes.length || box.some(([a, b]) => !(a <= b)))
      throw new PsilabError({
        code: 'parameter',
        parameter: 'region',
        problem: 'not a box in the coordinates of the state',
        allowed: `one interval [lower, upper] for each of ${this.grid.axes.map((a) => a.name).join(', ')}`,
        got: region,
      })
    const rules = box.map(([from, to], d) => {
      const { lower, upper, spacing, coordinates, points } = this.grid.axes[d]
      // Over the whole axis the points are a quadrature as exact as the grid.
      if (from <= lower && to >= upper)
        return { nodes: coordinates, weights: new Float64Array(points).fill(spacing) }
      const [a, b] = [Math.max(from, lower), Math.min(to, upper)]
      return gaussLegendre(a, Math.max(a, b), Math.max(1, Math.ceil((b - a) / (2 * spacing))))
    })
    const psi = interpolate(
      this,
      rules.map((r) => r.nodes),
    )
    let sum = 0
    for (let i = 0; i < psi.length / 2; i++) {
      let weight = 1
      let rest = i
      for (let d = rules.length - 1; d >= 0; d--) {
        weight *= rules[d].weights[rest % rules[d].weights.length]
        rest = Math.floor(rest / rules[d].weights.length)
      }
      sum += weight * (psi[2 * i] ** 2 + psi[2 * i + 1] ** 2)
    }
    return sum / this.normSquared
  }

  /** φ(k), with its density, mean and variance. */
  momentum(): Momentum {
    return new Momentum(this)
  }

  /** ∂ψ/∂x along each axis, interleaved re, im, by the spectral series. */
  gradient(): Float64Array[] {
    return this.grid.axes.map((_, d) => derivative(this.grid, this.values, d))
  }

  /**
   * The probability current 2D·Im ψ*∇ψ along each axis, length grid.size: ∂|ψ|²/∂t = −∇·j in real time. For ∫|ψ|² = 1;
   * else divide by `normSquared`.
   * @param D diffusion coefficient of the problem
   */
  current(D: number): Float64Array[] {
    const { values } = this
    return this.gradient().map((slope) =>
      Float64Array.from(
        { length: this.grid.size },
        (_, i) => 2 * D * (values[2 * i] * slope[2 * i + 1] - values[2 * i + 1] * slope[2 * i]),
      ),
    )
  }

  /** A .npz archive: coordinates by name, and `psi` (complex128) in the shape of the grid. */
  toNpz(): Uint8Array {
    const { axes, shape } = this.grid
    return writeNpz({ ...coordinateColumns(axes), psi: { dtype: 'complex128', shape, data: this.values } })
  }

  /** A table with one row a grid point: its coordinates, re ψ, im ψ and |ψ|². */
  toCsv(): string {
    const { axes, columns, size } = this.grid
    const part = (c: 0 | 1): Float64Array =>
      Float64Array.from({ length: size }, (_, i) => this.values[2 * i + c])
    const [re, im] = [part(0), part(1)]
    return writeCsv({
      ...Object.fromEntries(axes.map(({ name }, d) => [name, columns[d]])),
      re,
      im,
      density: re.map((v, i) => v * v + im[i] * im[i]),
    })
  }

  /** Coordinates of the largest density, between the points of the grid too: the top of its spectral series. */
  peak(reading: Reading = 'born'): number[] {
    return peakOf(this, this.density(reading), reading)
  }

  /**
   * This state on another grid of the same axes, by its spectral series; 0 outside the box. A ring is put on a ring of
   * the same length, wherever that is cut open.
   */
  on(grid: Grid): WaveFunction {
    if (sameGrid(this.grid, grid)) return this
    const names = (g: Grid): string => g.axes.map((a) => a.name).join(', ')
    if (names(grid) !== names(this.grid))
      throw new PsilabError({
        code: 'parameter',
        parameter: 'grid',
        problem: 'the grids have different axes',
        allowed: names(this.grid),
        got: names(grid),
      })
    return new WaveFunction(
      grid,
      interpolate(
        this,
        grid.axes.map((a, d) => wrapped(a, this.grid.axes[d])),
      ),
    )
  }

  /** ⟨this|other⟩ = ∫ ψ* φ dx; a state on another grid is first put on this one. */
  overlap(other: WaveFunction): Complex {
    const { values } = other.on(this.grid)
    let re = 0
    let im = 0
    for (let i = 0; i < this.values.length; i += 2) {
      const [a, b, c, d] = [this.values[i], this.values[i + 1], values[i], values[i + 1]]
      re += a * c + b * d
      im += a * d - b * c
    }
    return new Complex(re * this.grid.cell, im * this.grid.cell)
  }

  /** ψ at grid point i as a complex.js number. */
  at(i: number): Complex {
    return new Complex(this.values[2 * i], this.values[2 * i + 1])
  }

  /** What consoles and notebooks print; a state alone knows no ζ to be drawn over. */
  [INSPECT](): string {
    return this.toString()
  }

  toString(): string {
    const norm = this.normSquared
    const points = `wave function on ${this.grid.shape.join(' × ')} points`
    if (!(norm > 0 && Number.isFinite(norm))) return `${points}, without a finite norm`
    const spread = this.variance().map(Math.sqrt)
    const axes = this.grid.axes.map(
      (a, d) => `⟨${a.name}⟩ = ${this.mean()[d].toPrecision(6)}, σ = ${spread[d].toPrecision(4)}`,
    )
    return `${points}: ${axes.join('; ')}`
  }
}

/** @throws PsilabError `not-finite` */
export function requireNorm(norm: number): number {
  if (norm > 0 && Number.isFinite(norm)) return norm
  throw new PsilabError({
    code: 'not-finite',
    parameter: 'psi',
    problem: 'the wave function cannot be normalised',
    allowed: 'a finite norm > 0',
    got: norm,
    advice: 'Check that the state lies inside the box and is a number everywhere.',
  })
}

/** Coordinates of an axis, brought into the box of a ring where both are rings of one length. */
function wrapped(to: Axis, ring: Axis): Float64Array {
  const length = ring.upper - ring.lower
  const same = Math.abs(to.upper - to.lower - length) < 1e-12 * length
  if (!same || to.boundary !== 'periodic' || ring.boundary !== 'periodic') return to.coordinates
  return to.coordinates.map((x) => x - length * Math.floor((x - ring.lower) / length))
}

function integrate(density: Float64Array, f: Float64Array, cell: number): number {
  let sum = 0
  for (let i = 0; i < density.length; i++) sum += density[i] * f[i]
  return sum * cell
}
