/** σ(x) = 1/(1 + e^{−x}). */

/**
 * The logistic sigmoid: the probability of the lower of two levels that are x apart at T = 1, softmax([0, x])₀, and so the
 * two-point equation with D = 0. No exponential of it overflows.
 */
export function sigmoid(x: number): number
export function sigmoid(x: ArrayLike<number>): Float64Array
export function sigmoid(x: number | ArrayLike<number>): number | Float64Array {
  return typeof x === 'number' ? at(x) : Float64Array.from(x, at)
}

function at(x: number): number {
  if (x >= 0) return 1 / (1 + Math.exp(-x))
  const small = Math.exp(x)
  return small / (1 + small)
}
