/**
 * A wave function on a grid, and what can be read off it.
 *
 * Two readings of ψ give a probability density, and they differ:
 *   born:        |ψ|² / ∫|ψ|²   (quantum mechanics; any complex ψ)
 *   population:  ψ / ∫ψ         (diffusion with weights; only real ψ ≥ 0)
 */
import { Complex } from 'complex.js'
import { PsilabError } from '../error.js'
import { gaussLegendre } from '../numeric/index.js'
import { type Grid, sameGrid, stridesOf } from './grid.js'
import { interpolate } from './interpolate.js'

export type Reading = 'born' | 'population'

/** [lower, upper]; ±Infinity reaches to the end of the box. */
export type Interval = readonly [lower: number, upper: number]

/** The method by which Node, Deno and the kernel print a value. */
const INSPECT: unique symbol = Symbol.for('nodejs.util.inspect.custom')

/** Largest negative or imaginary part, relative to max |ψ|, that rounding and splitting leave in a ψ ≥ 0. */
const POPULATION_TOLERANCE = 1e-6

export class WaveFunction {
  readonly grid: Grid
  /** Interleaved re, im, length 2·grid.size, C order. */
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
    let sum = 0
    for (const v of this.values) sum += v * v
    return sum * this.grid.cell
  }

  /** ψ/√∫|ψ|². @throws PsilabError `not-finite` where the norm is 0 or not finite. */
  normalized(): WaveFunction {
    const norm = Math.sqrt(this.normSquared)
    if (!(norm > 0 && Number.isFinite(norm)))
      throw new PsilabError({
        code: 'not-finite',
        parameter: 'psi',
        problem: 'the wave function cannot be normalised',
        allowed: 'a finite norm > 0',
        got: norm,
        advice: 'Check that the state lies inside the box and is a number everywhere.',
      })
    return new WaveFunction(
      this.grid,
      this.values.map((v) => v / norm),
    )
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
   * The probability density, length grid.size, ∫ = 1.
   * @throws PsilabError `parameter` for the population reading of a ψ that is not real and ≥ 0.
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
    const scale = 1 / (sum * this.grid.cell)
    for (let i = 0; i < density.length; i++) density[i] *= scale
    return density
  }

  /** Mean of each coordinate, one number an axis; on a ring the coordinate runs from the lower end of the box. */
  mean(reading: Reading = 'born'): number[] {
    const density = this.density(reading)
    return this.grid.columns.map((x) => integrate(density, x, this.grid.cell))
  }

  /** Variance of each coordinate, one number an axis. */
  variance(reading: Reading = 'born'): number[] {
    const density = this.density(reading)
    return this.grid.columns.map((x) => {
      const mean = integrate(density, x, this.grid.cell)
      return integrate(
        density,
        x.map((value) => (value - mean) ** 2),
        this.grid.cell,
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
      const { lower, upper, spacing } = this.grid.axes[d]
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

  /**
   * Coordinates of the largest density: the grid point, moved to the top of the quadratic through the logarithms of
   * the densities around it, mixed terms included. Exact for a Gaussian, good to O(dx²) of its width otherwise.
   */
  peak(reading: Reading = 'born'): number[] {
    const density = this.density(reading)
    const { axes, shape } = this.grid
    const strides = stridesOf(shape)
    const best = density.reduce((most, value, i) => (value > density[most] ? i : most), 0)
    const place = axes.map((a, d) => Math.floor(best / strides[d]) % a.points)
    /** ln of the density at an offset from the best point, along a ring if need be; −∞ behind walls. */
    const at = (...offset: number[]): number => {
      const index = offset.map((step, d) => place[d] + step)
      if (axes.some((a, d) => a.boundary === 'walls' && (index[d] < 0 || index[d] >= a.points)))
        return Number.NEGATIVE_INFINITY
      return Math.log(density[index.reduce((sum, j, d) => sum + ((j + shape[d]) % shape[d]) * strides[d], 0)])
    }
    const shift = axes.length === 1 ? top1((i) => at(i)) : top2((i, j) => at(i, j))
    return axes.map((a, d) => a.coordinates[place[d]] + (Math.abs(shift[d]) <= 1 ? shift[d] : 0) * a.spacing)
  }

  /** This state on another grid of the same axes, by its spectral series; 0 outside hard walls. */
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
        grid.axes.map((a) => a.coordinates),
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
    const spread = this.variance().map(Math.sqrt)
    const axes = this.grid.axes.map(
      (a, d) => `⟨${a.name}⟩ = ${this.mean()[d].toPrecision(6)}, σ = ${spread[d].toPrecision(4)}`,
    )
    return `wave function on ${this.grid.shape.join(' × ')} points: ${axes.join('; ')}`
  }
}

function integrate(density: Float64Array, f: Float64Array, cell: number): number {
  let sum = 0
  for (let i = 0; i < density.length; i++) sum += density[i] * f[i]
  return sum * cell
}

/** Where the parabola through f(−1), f(0), f(1) has its top; 0 where it has none. */
function top1(f: (i: number) => number): number[] {
  const slope = (f(1) - f(-1)) / 2
  const curvature = f(1) - 2 * f(0) + f(-1)
  return [finiteOrZero(-slope / curvature)]
}

/** Where the quadratic through the nine values around the origin has its top: −H⁻¹∇f of their differences. */
function top2(f: (i: number, j: number) => number): number[] {
  const [gx, gy] = [(f(1, 0) - f(-1, 0)) / 2, (f(0, 1) - f(0, -1)) / 2]
  const xx = f(1, 0) - 2 * f(0, 0) + f(-1, 0)
  const yy = f(0, 1) - 2 * f(0, 0) + f(0, -1)
  const xy = (f(1, 1) - f(1, -1) - f(-1, 1) + f(-1, -1)) / 4
  const determinant = xx * yy - xy * xy
  return [finiteOrZero((xy * gy - yy * gx) / determinant), finiteOrZero((xy * gx - xx * gy) / determinant)]
}

function finiteOrZero(value: number): number {
  return Number.isFinite(value) ? value : 0
}
