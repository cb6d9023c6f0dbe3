/**
 * Shape functions on the reference element −1 ≤ ξ ≤ 1: two that are 1 at one end and 0 at the other, and the
 * integrals of Legendre polynomials, which vanish at both ends,
 *
 *   N₀ = (1 − ξ)/2,   N₁ = (1 + ξ)/2,   N_k = (P_k − P_{k−2})/√(2(2k−1)),   N_k′ = √(k − ½) P_{k−1},   k = 2 … p.
 *
 * Reference: Szabó and Babuška, Finite Element Analysis (Wiley, 1991), § 2.5.
 */
import { gaussRule, legendre } from '../../numeric/index.js'

/** Polynomial degree of an element. */
export const DEGREE = 32
/** Shape functions of an element. */
export const SHAPES: number = DEGREE + 1
/** Points of its quadrature: ζ times two shape functions is integrated exactly up to degree 15 of ζ. */
const POINTS = DEGREE + 8

/** The shape functions at points ξ: arrays of length SHAPES a point. */
export interface Shapes {
  readonly value: Float64Array
  readonly slope: Float64Array
  readonly curvature: Float64Array
}

export function shapesAt(points: ArrayLike<number>): Shapes {
  const value = new Float64Array(points.length * SHAPES)
  const slope = new Float64Array(points.length * SHAPES)
  const curvature = new Float64Array(points.length * SHAPES)
  for (let q = 0; q < points.length; q++) {
    const at = points[q]
    const p = legendre(DEGREE, at)
    const row = q * SHAPES
    value.set([(1 - at) / 2, (1 + at) / 2], row)
    slope.set([-0.5, 0.5], row)
    // P_k′ = P_{k−2}′ + (2k−1) P_{k−1}
    const derivative = new Float64Array(SHAPES)
    for (let k = 1; k <= DEGREE; k++) derivative[k] = (k > 1 ? derivative[k - 2] : 0) + (2 * k - 1) * p[k - 1]
    for (let k = 2; k <= DEGREE; k++) {
      value[row + k] = (p[k] - p[k - 2]) / Math.sqrt(2 * (2 * k - 1))
      slope[row + k] = Math.sqrt(k - 0.5) * p[k - 1]
      curvature[row + k] = Math.sqrt(k - 0.5) * derivative[k - 1]
    }
  }
  return { value, slope, curvature }
}

export interface Reference extends Shapes {
  /** Gauss's rule on [−1, 1]. */
  readonly nodes: Float64Array
  readonly weights: Float64Array
}

let made: Reference | undefined

/** The quadrature points of every element, and the shape functions there. */
export function reference(): Reference {
  made ??= { ...gaussRule(POINTS), ...shapesAt(gaussRule(POINTS).nodes) }
  return made
}
