/**
 * A real function F(x, p) on a grid of phase space, n points a side, that vanishes at the edges and has no frequencies
 * beyond those of the grid: sums over the grid are integrals to rounding, and values between the points follow from
 * those at them.
 */
import { Drawable } from '../figure/index.js'
import { coordinates, writeCsv, writeNpz } from '../interchange/index.js'
import type { Alive } from './alive.js'
import { refinedField, refinement, refiner } from './fourier.js'

/** Points of phase space: x_j = x_0 + j·dx, p_k = p_0 + k·dp, n of each; n·dx·dp = π. */
export interface Lattice {
  readonly x: Float64Array
  readonly p: Float64Array
  readonly dx: number
  readonly dp: number
}

/** Mean, standard deviation and Shannon entropy −∫ρ ln ρ of one coordinate, with its density. */
export interface Marginal {
  readonly coordinates: Float64Array
  /** ∫ = 1: its sum times the spacing. */
  readonly density: Float64Array
  readonly mean: number
  readonly spread: number
  readonly entropy: number
}

/** Points at which ρ ln ρ and functions like it are summed, of a marginal and a side: they are not smooth where ρ is 0. */
const [FINE, FINE_SIDE] = [2 ** 14, 512]

export abstract class PhaseDistribution extends Drawable {
  readonly name: string
  readonly x: Float64Array
  readonly p: Float64Array
  readonly dx: number
  readonly dp: number
  /** F in C order, x slow: index j·n + k. */
  readonly values: Float64Array
  readonly notes: readonly string[]
  protected alive: Alive | undefined
  #position: Marginal | undefined
  #momentum: Marginal | undefined

  constructor(name: string, { x, p, dx, dp }: Lattice, values: Float64Array, notes: readonly string[]) {
    super()
    this.name = name
    this.x = x
    this.p = p
    this.dx = dx
    this.dp = dp
    this.values = values
    this.notes = notes
  }

  /** The same, with what lets a page compute its figure anew. */
  withAlive(alive: Alive | undefined): this {
    this.alive = alive
    return this
  }

  /** ∫F dx dp. */
  get integral(): number {
    return this.values.reduce((sum, value) => sum + value, 0) * this.dx * this.dp
  }

  /** ∫F dp, and what follows from it. */
  get position(): Marginal {
    const n = this.p.length
    this.#position ??= marginal(
      this.x,
      this.dx,
      this.x.map((_, j) => {
        let sum = 0
        for (let k = 0; k < n; k++) sum += this.values[j * n + k]
        return sum * this.dp
      }),
    )
    return this.#position
  }

  /** ∫F dx, and what follows from it. */
  get momentum(): Marginal {
    if (this.#momentum) return this.#momentum
    const n = this.p.length
    const density = new Float64Array(n)
    for (let j = 0; j < this.x.length; j++)
      for (let k = 0; k < n; k++) density[k] += this.values[j * n + k] * this.dx
    this.#momentum = marginal(this.p, this.dp, density)
    return this.#momentum
  }

  /** ⟨xp⟩ − ⟨x⟩⟨p⟩ over F; for a Wigner function the covariance ½⟨xp + px⟩ − ⟨x⟩⟨p⟩. */
  get covariance(): number {
    const n = this.p.length
    let [xp, mx, mp] = [0, 0, 0]
    for (let j = 0; j < this.x.length; j++)
      for (let k = 0; k < n; k++) {
        const value = this.values[j * n + k]
        xp += value * this.x[j] * this.p[k]
        mx += value * this.x[j]
        mp += value * this.p[k]
      }
    const cell = this.dx * this.dp
    return cell * xp - cell * mx * (cell * mp)
  }

  /** F at any point, by its Fourier sum; 0 outside the grid. */
  at(x: number, p: number): number {
    return this.sample([x], [p])[0]
  }

  /** F on the product of coordinates, C order: by its Fourier sum, 0 outside the grid. */
  sample(x: ArrayLike<number>, p: ArrayLike<number>): Float64Array {
    const n = this.p.length
    const [rows, columns] = [weightsAt(x, this.x, this.dx), weightsAt(p, this.p, this.dp)]
    const result = new Float64Array(x.length * p.length)
    const line = new Float64Array(n)
    for (let i = 0; i < x.length; i++) {
      line.fill(0)
      for (let j = 0; j < this.x.length; j++) {
        const weight = rows[i * this.x.length + j]
        if (weight === 0) continue
        for (let k = 0; k < n; k++) line[k] += weight * this.values[j * n + k]
      }
      for (let l = 0; l < p.length; l++) {
        let sum = 0
        for (let k = 0; k < n; k++) sum += columns[l * n + k] * line[k]
        result[i * p.length + l] = sum
      }
    }
    return result
  }

  /** ∫f(F) dx dp for an f that is not smooth where F is 0, at up to 512 points a side. */
  protected summed(f: (value: number) => number): number {
    const factor = refinement(FINE_SIDE / this.x.length)
    const fine = factor > 1 ? refinedField(this.values, this.x.length, factor) : this.values
    let sum = 0
    for (const value of fine) sum += f(value)
    return (sum * this.dx * this.dp) / factor ** 2
  }

  /** A table with one row a point: x, p and the value. */
  override toCsv(): string {
    const n = this.p.length
    const at = (f: (j: number, k: number) => number): Float64Array =>
      Float64Array.from({ length: this.values.length }, (_, i) => f(Math.floor(i / n), i % n))
    return writeCsv({ [this.name]: at((j) => this.x[j]), p: at((_, k) => this.p[k]), value: this.values })
  }

  /** A .npz archive: the coordinates, and `values` in their shape. */
  override toNpz(): Uint8Array {
    const axes = [
      { name: this.name, coordinates: this.x },
      { name: 'p', coordinates: this.p },
    ]
    const shape = [this.x.length, this.p.length]
    return writeNpz({ ...coordinates(axes), values: { dtype: 'float64', shape, data: this.values } })
  }
}

function marginal(at: Float64Array, step: number, density: Float64Array): Marginal {
  const total = density.reduce((sum, value) => sum + value, 0) * step
  const moment = (f: (v: number) => number): number =>
    (density.reduce((sum, value, i) => sum + value * f(at[i]), 0) * step) / total
  const mean = moment((v) => v)
  let entropy: number | undefined
  return {
    coordinates: at,
    density,
    mean,
    spread: Math.sqrt(
      Math.max(
        0,
        moment((v) => (v - mean) ** 2),
      ),
    ),
    get entropy() {
      entropy ??= shannon(density, step)
      return entropy
    },
  }
}

/** −∫ρ ln ρ by the sum over many points. Where ρ is 0 rounding may leave less. */
function shannon(density: Float64Array, step: number): number {
  const factor = refinement(FINE / density.length)
  let sum = 0
  for (const value of refiner(density.length, factor)(density)) if (value > 0) sum -= value * Math.log(value)
  return (sum * step) / factor
}

/**
 * Weights of the samples at x_j = x_0 + j·h, j < n, n even, in the Fourier sum at each of some points, row-major:
 * D(u) = sin(nu/2)/(n tan(u/2)), u = 2π(x − x_j)/(nh). @see L. N. Trefethen, Spectral Methods in MATLAB (2000), eq. 3.7
 */
function weightsAt(points: ArrayLike<number>, x: Float64Array, h: number): Float64Array {
  const n = x.length
  const weights = new Float64Array(points.length * n)
  for (let i = 0; i < points.length; i++) {
    const place = (points[i] - x[0]) / h
    if (!(place > -1 && place < n)) continue
    const nearest = Math.round(place)
    const off = place - nearest
    // On a sample all other weights are 0; beside one, sin(nu/2) = ± sin π·off for all of them.
    if (Math.abs(off) < 1e-13) {
      if (nearest >= 0 && nearest < n) weights[i * n + nearest] = 1
      continue
    }
    const sine = Math.sin(Math.PI * off) / n
    for (let j = 0; j < n; j++) {
      const sign = (nearest - j) % 2 === 0 ? 1 : -1
      weights[i * n + j] = (sign * sine) / Math.tan((Math.PI * (nearest - j + off)) / n)
    }
  }
  return weights
}
