/**
 * One element of a Sturm–Liouville problem: the integrals of its shape functions, in a basis in which the functions
 * that vanish at both ends are orthonormal and orthogonal to the two that do not.
 */
import { reference, SHAPES } from './reference.js'

/** What an element needs at its quadrature points. */
export interface Samples {
  readonly D: number
  /** Length of the element. */
  readonly length: number
  /** Weight w > 0 of the inner product ∫ w u v dx. */
  readonly weight: Float64Array
  readonly potential: Float64Array
}

export interface Element {
  /** Row-major SHAPES²: ∫ w (D u′v′ + V u v) dx of the basis. */
  readonly energy: Float64Array
  /** ∫ w u v dx of the two functions that do not vanish at both ends: left², left·right, right². */
  readonly mass: readonly [number, number, number]
  /** Row-major SHAPES²: column j holds the shape functions' share in function j of the basis. */
  readonly basis: Float64Array
}

/** Row-major index. */
const at = (i: number, j: number): number => i * SHAPES + j

export function element(samples: Samples): Element {
  const { mass, energy } = integrals(samples)
  const basis = orthonormalInterior(mass)
  orthogonaliseEnds(basis, mass)
  const product = (m: Float64Array, i: number, j: number): number => {
    let sum = 0
    for (let a = 0; a < SHAPES; a++) {
      const left = basis[at(a, i)]
      if (left === 0) continue
      for (let b = 0; b < SHAPES; b++) sum += left * m[at(a, b)] * basis[at(b, j)]
    }
    return sum
  }
  return {
    energy: congruent(energy, basis),
    mass: [product(mass, 0, 0), product(mass, 0, 1), product(mass, 1, 1)],
    basis,
  }
}

/** ∫ w u v dx and ∫ w (D u′v′ + V u v) dx of the shape functions, row-major SHAPES². */
export function integrals({ D, length, weight, potential }: Samples): {
  mass: Float64Array
  energy: Float64Array
} {
  const { weights, value, slope } = reference()
  const mass = new Float64Array(SHAPES * SHAPES)
  const energy = new Float64Array(SHAPES * SHAPES)
  for (let q = 0; q < weights.length; q++) {
    const dx = (weights[q] * weight[q] * length) / 2
    const kinetic = (D * dx * 4) / length ** 2
    const v = dx * potential[q]
    const row = q * SHAPES
    for (let i = 0; i < SHAPES; i++) {
      const [m, k, p] = [dx * value[row + i], kinetic * slope[row + i], v * value[row + i]]
      for (let j = 0; j <= i; j++) {
        mass[at(i, j)] += m * value[row + j]
        energy[at(i, j)] += k * slope[row + j] + p * value[row + j]
      }
    }
  }
  for (let i = 0; i < SHAPES; i++)
    for (let j = 0; j < i; j++) {
      mass[at(j, i)] = mass[at(i, j)]
      energy[at(j, i)] = energy[at(i, j)]
    }
  return { mass, energy }
}

/** Columns 2 … p: L⁻ᵀ with L Lᵀ the mass matrix of the shape functions 2 … p; columns 0 and 1: those functions. */
export function orthonormalInterior(mass: Float64Array): Float64Array {
  const basis = new Float64Array(SHAPES * SHAPES)
  const lower = new Float64Array(SHAPES * SHAPES)
  for (let i = 2; i < SHAPES; i++)
    for (let j = 2; j <= i; j++) {
      let sum = mass[at(i, j)]
      for (let k = 2; k < j; k++) sum -= lower[at(i, k)] * lower[at(j, k)]
      lower[at(i, j)] = i === j ? Math.sqrt(sum) : sum / lower[at(j, j)]
    }
  for (let j = 2; j < SHAPES; j++) {
    basis[at(j, j)] = 1 / lower[at(j, j)]
    for (let i = j - 1; i >= 2; i--) {
      let sum = 0
      for (let k = i + 1; k <= j; k++) sum += lower[at(k, i)] * basis[at(k, j)]
      basis[at(i, j)] = -sum / lower[at(i, i)]
    }
  }
  basis[at(0, 0)] = 1
  basis[at(1, 1)] = 1
  return basis
}

/** Takes from columns 0 and 1 their parts along the others. */
function orthogonaliseEnds(basis: Float64Array, mass: Float64Array): void {
  for (let end = 0; end < 2; end++) {
    for (let j = 2; j < SHAPES; j++) {
      let overlap = 0
      for (let i = 2; i <= j; i++) overlap += basis[at(i, j)] * mass[at(i, end)]
      for (let i = 2; i <= j; i++) basis[at(i, end)] -= overlap * basis[at(i, j)]
    }
  }
}

/** BᵀAB. */
export function congruent(a: Float64Array, b: Float64Array): Float64Array {
  const half = new Float64Array(SHAPES * SHAPES)
  const result = new Float64Array(SHAPES * SHAPES)
  for (let i = 0; i < SHAPES; i++)
    for (let k = 0; k < SHAPES; k++) {
      const v = a[at(i, k)]
      for (let j = 0; j < SHAPES; j++) half[at(i, j)] += v * b[at(k, j)]
    }
  for (let k = 0; k < SHAPES; k++)
    for (let i = 0; i < SHAPES; i++) {
      const v = b[at(k, i)]
      if (v === 0) continue
      for (let j = 0; j < SHAPES; j++) result[at(i, j)] += v * half[at(k, j)]
    }
  return result
}
