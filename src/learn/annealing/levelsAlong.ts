/**
 * The lowest levels of H(D) = D·K + V along a whole range of D. H is affine in D, so that the levels at a few D span a
 * small space in which they are had at every D between: with B that space, orthonormal, and k = BᵀKB, v = BᵀVB,
 *
 *   (D·k + v) c = E c,   φ = Bc,   residual ‖(D·K + V − E)Bc‖.
 *
 * D are added where the residual is largest until it is small everywhere: the reduced basis method (Prud'homme et al.,
 * J. Fluids Eng. 124, 70 (2002)). An energy errs by residual²/gap.
 *
 * The adiabatic ratio of a D that moves with unit speed, in real and imaginary time alike the amplitude that lags behind:
 *
 *   A(D) = [Σ_{n>0} (⟨n|∂H/∂D|0⟩/(E_n − E₀)²)²]^{1/2} = ‖(H − E₀)^{−1} ∂φ₀/∂D‖ .
 */
import { type Grid, type Interval, interpolate, WaveFunction } from '../../grid/index.js'
import { gaussLegendre, symmetricEigen } from '../../numeric/index.js'
import type { Problem } from '../../qde/index.js'
import type { Parts } from './affine.js'

/** Levels whose states are in the basis at each D. */
const LEVELS = 4
/** Levels whose residual is watched. */
const WATCHED = 2
/** Largest residual of a watched level, as a share of the height of the levels above. */
const RESIDUAL = 5e-5
/** Ratio of two neighbouring D to begin with, and below which none is put between them. */
const FIRST_RATIO = 4
const LEAST_RATIO = 1.02
/** A direction of which less is new than this is not new. */
const NEW = 1e-9

/** What H is like at one D. */
export interface LevelPoint {
  readonly D: number
  readonly energies: Float64Array
  /** E₁ − E₀. */
  readonly gap: number
  /** ⟨1|∂H/∂D|0⟩. */
  readonly coupling: number
  /** A(D). */
  readonly resistance: number
  /** φ₀ in the basis. */
  readonly ground: Float64Array
}

export class LevelsAlong {
  readonly grid: Grid
  readonly from: number
  readonly to: number
  private readonly problem: Problem
  private readonly kinetic: (field: Float64Array) => Float64Array
  private readonly zeta: Float64Array
  /** Orthonormal columns (sum over grid points, without the cell), and K and V applied to them. */
  private readonly basis: Float64Array[] = []
  private readonly withK: Float64Array[] = []
  private readonly withV: Float64Array[] = []
  private k: number[][] = []
  private v: number[][] = []
  private last: LevelPoint | undefined

  constructor(problem: Problem, grid: Grid, from: number, to: number) {
    this.problem = problem
    this.grid = grid
    this.from = from
    this.to = to
    const H = problem.hamiltonian(grid)
    this.zeta = H.zeta
    const free = H.with(1, new Float64Array(grid.size))
    this.kinetic = (field) => free.applyReal(field)
    const nodes = Math.max(2, 1 + Math.ceil(Math.log(from / to) / Math.log(FIRST_RATIO)))
    const known = Array.from({ length: nodes }, (_, i) => to * (from / to) ** (i / (nodes - 1)))
    for (const D of known) this.include(D)
    this.refine(known)
  }

  /** Everything at one D. */
  at(D: number): LevelPoint {
    if (this.last?.D === D) return this.last
    const { values, vectors } = this.solve(D)
    const [ground] = vectors
    const coupled = multiply(this.k, ground)
    let square = 0
    let coupling = 0
    for (let n = 1; n < values.length; n++) {
      const element = dot(vectors[n], coupled)
      if (n === 1) coupling = element
      square += (element / (values[n] - values[0]) ** 2) ** 2
    }
    this.last = {
      D,
      energies: values.slice(0, LEVELS),
      gap: values[1] - values[0],
      coupling,
      resistance: Math.sqrt(square),
      ground,
    }
    return this.last
  }

  /** φ₀ at one D on the grid, ∫φ₀² = 1, of any sign. */
  groundState(D: number): Float64Array {
    const scale = 1 / Math.sqrt(this.grid.cell)
    return combine(this.basis, this.at(D).ground).map((x) => x * scale)
  }

  /** |ψ|² on the grid of a state of the basis. */
  density(state: Parts): Float64Array {
    const density = new Float64Array(this.grid.size)
    for (const part of state) {
      combine(this.basis, part).forEach((v, i) => {
        density[i] += (v * v) / this.grid.cell
      })
    }
    return density
  }

  /** All levels in the basis at a D, with K and V. */
  eigenbasis(D: number): {
    readonly vectors: readonly Float64Array[]
    readonly k: readonly (readonly number[])[]
    readonly v: readonly (readonly number[])[]
  } {
    return { vectors: this.solve(D).vectors, k: this.k, v: this.v }
  }

  /** A state of the grid in the basis, and what of its norm lies outside. */
  project(state: WaveFunction): {
    readonly parts: readonly [Float64Array, Float64Array]
    readonly outside: number
  } {
    const scale = Math.sqrt(this.grid.cell)
    const [re, im] = [0, 1].map((c) =>
      Float64Array.from({ length: this.grid.size }, (_, i) => state.values[2 * i + c] * scale),
    )
    const parts = [re, im].map((field) => Float64Array.from(this.basis, (b) => dot(b, field)))
    const inside = dot(parts[0], parts[0]) + dot(parts[1], parts[1])
    const whole = dot(re, re) + dot(im, im)
    return { parts: [parts[0], parts[1]], outside: Math.sqrt(Math.max(0, whole - inside)) }
  }

  /** Means of K and V in a state of the basis of norm 1. */
  means(state: Parts): { readonly K: number; readonly V: number } {
    const mean = (matrix: number[][]): number =>
      state.reduce((sum, part) => sum + dot(part, multiply(matrix, part)), 0)
    return { K: mean(this.k), V: mean(this.v) }
  }

  /** The amplitude that a state of the basis is losing to the outside at a D, in first order. */
  leak(D: number, state: Parts): number {
    const { K, V } = this.means(state)
    const energy = D * K + V
    let [square, above] = [0, 0]
    for (const part of state) {
      const [a, b] = [combine(this.withK, part), combine(this.withV, part)]
      const image = multiply(this.k, part).map((x, i) => D * x + dot(this.v[i], part))
      const inside = combine(this.basis, image)
      const r = a.map((x, i) => D * x + b[i] - inside[i])
      const kinetic = this.kinetic(r)
      square += dot(r, r)
      for (let i = 0; i < r.length; i++) above += r[i] * (D * kinetic[i] + this.zeta[i] * r[i])
    }
    return square === 0 ? 0 : Math.sqrt(square) / Math.max(above / square - energy, Number.MIN_VALUE)
  }

  /** P of an interval in a state of the basis, on a line. */
  probabilityOf([from, until]: Interval): (state: Parts) => number {
    const [{ lower, upper, spacing }] = this.grid.axes
    const [a, b] = [Math.max(from, lower), Math.min(until, upper)]
    const { nodes, weights } = gaussLegendre(a, b, Math.max(1, Math.ceil((b - a) / (2 * spacing))))
    const scale = 1 / Math.sqrt(this.grid.cell)
    const inside = this.basis.map((field) => {
      const values = new Float64Array(2 * field.length)
      field.forEach((v, i) => {
        values[2 * i] = v * scale
      })
      const psi = interpolate(new WaveFunction(this.grid, values), [nodes])
      return Float64Array.from(weights, (w, k) => Math.sqrt(w) * psi[2 * k])
    })
    const gram = inside.map((f) => inside.map((g) => dot(f, g)))
    return (state) => state.reduce((sum, part) => sum + dot(part, multiply(gram, part)), 0)
  }

  private solve(D: number): { readonly values: Float64Array; readonly vectors: readonly Float64Array[] } {
    const n = this.basis.length
    const H = new Float64Array(n * n)
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) H[i * n + j] = D * this.k[i][j] + this.v[i][j]
    return symmetricEigen(H, n)
  }

  /** The largest residual of the watched levels at a D, as a share of the height of the levels above. */
  private residual(D: number): number {
    const { values, vectors } = this.solve(D)
    const height = values[Math.min(values.length - 1, WATCHED)] - values[0]
    return Array.from({ length: WATCHED }, (_, level) => {
      const [a, b, c] = [this.withK, this.withV, this.basis].map((fields) => combine(fields, vectors[level]))
      let sum = 0
      for (let i = 0; i < c.length; i++) sum += (D * a[i] + b[i] - values[level] * c[i]) ** 2
      return Math.sqrt(sum) / height
    }).reduce((most, r) => Math.max(most, r))
  }

  private refine(known: readonly number[]): void {
    const open = known.slice(1).map((above, i) => [known[i], above])
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const [below, above] = next
      const middle = Math.sqrt(below * above)
      if (above / below < LEAST_RATIO || this.residual(middle) <= RESIDUAL) continue
      this.include(middle)
      open.push([below, middle], [middle, above])
    }
  }

  /** Adds the lowest states at a D. */
  private include(D: number): void {
    for (const state of this.problem.withD(D).eigenstates(LEVELS).states) {
      const { values } = state.on(this.grid)
      const field = Float64Array.from({ length: this.grid.size }, (_, i) => values[2 * i])
      this.add(scaled(field, 1 / norm(field)))
    }
  }

  private add(field: Float64Array): void {
    for (let pass = 0; pass < 2; pass++)
      for (const b of this.basis) {
        const part = dot(b, field)
        for (let i = 0; i < field.length; i++) field[i] -= part * b[i]
      }
    const size = norm(field)
    if (size < NEW) return
    const unit = scaled(field, 1 / size)
    // What is left of a nearly known direction is rounding, and made orthogonal once more.
    for (const b of this.basis) {
      const part = dot(b, unit)
      for (let i = 0; i < unit.length; i++) unit[i] -= part * b[i]
    }
    const K = this.kinetic(unit)
    const V = unit.map((x, i) => x * this.zeta[i])
    const row = (fields: readonly Float64Array[]): number[] => fields.map((f) => dot(f, unit))
    const extend = (matrix: number[][], fields: readonly Float64Array[], image: Float64Array): number[][] => {
      const side = row(fields)
      return [...matrix.map((r, i) => [...r, side[i]]), [...side, dot(image, unit)]]
    }
    this.k = extend(this.k, this.withK, K)
    this.v = extend(this.v, this.withV, V)
    this.basis.push(unit)
    this.withK.push(K)
    this.withV.push(V)
  }
}

function combine(fields: readonly Float64Array[], weights: Float64Array): Float64Array {
  const result = new Float64Array(fields[0].length)
  fields.forEach((field, j) => {
    const w = weights[j]
    for (let i = 0; i < result.length; i++) result[i] += w * field[i]
  })
  return result
}

function multiply(matrix: readonly (readonly number[])[], vector: Float64Array): Float64Array {
  return Float64Array.from(matrix, (row) => dot(row, vector))
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i]
  return sum
}

function norm(a: Float64Array): number {
  return Math.sqrt(dot(a, a))
}

function scaled(a: Float64Array, factor: number): Float64Array {
  return a.map((x) => x * factor)
}
