/**
 * e^{−tA} of a real symmetric matrix by scaling and squaring, without eigenvalues: with t = 2^m τ and ‖τA‖ ≤ ¼,
 *
 *   e^{−τA} = Σ_{k ≤ 12} (−τA)^k/k! + O(4^{−13}/13!),   e^{−tA} = (e^{−τA})^{2^m},
 *
 * the series from A², A³ and A⁴ by Paterson and Stockmeyer's grouping. All factors are polynomials in A, so every
 * product is symmetric, and one triangle of it is computed.
 *
 * Reference: Higham, Functions of Matrices (SIAM, 2008), chapter 10. The rounding error doubles with each squaring.
 */

/** Largest ‖τA‖ for the series. */
const NEAR = 0.25
/** 1/k!, k ≤ 12. */
const INVERSE_FACTORIALS = Float64Array.from({ length: 13 }, (_, k) => {
  let product = 1
  for (let j = 2; j <= k; j++) product *= j
  return 1 / product
})
/** Largest element below which the matrix is scaled up before it is squared. */
const SMALL = 2 ** -200

export interface SymmetricExponential {
  /** e^{−tA}/e^{logScale}, row-major n². */
  readonly values: Float64Array
  readonly logScale: number
  /** Estimated rounding error, relative to the largest eigenvalue of e^{−tA}. */
  readonly rounding: number
}

/** @param matrix row-major n × n, symmetric, its lowest eigenvalue near zero; its lower triangle is read */
export function symmetricExponential(matrix: Float64Array, n: number, t: number): SymmetricExponential {
  const full = symmetrised(matrix, n)
  const squarings = Math.max(0, Math.ceil(Math.log2((rowNorm(full, n) * t) / NEAR)))
  const tau = t / 2 ** squarings
  let power = series(
    full.map((v) => -tau * v),
    n,
  )
  let logScale = 0
  for (let k = 0; k < squarings; k++) {
    let most = 0
    for (let i = 0; i < n; i++) most = Math.max(most, power[i * n + i])
    if (most < SMALL) {
      power = power.map((v) => v / most)
      logScale += Math.log(most)
    }
    power = symmetricProduct(power, power, n)
    logScale *= 2
  }
  return { values: power, logScale, rounding: 2 ** squarings * Number.EPSILON }
}

/** Σ_{k ≤ 12} X^k/k! = B₀ + X⁴(B₁ + X⁴(B₂ + X⁴/12!)), each B a cubic in X. */
function series(x: Float64Array, n: number): Float64Array {
  const square = symmetricProduct(x, x, n)
  const cube = symmetricProduct(x, square, n)
  const fourth = symmetricProduct(square, square, n)
  const cubic = (first: number, sum: Float64Array): Float64Array => {
    const [c0, c1, c2, c3] = INVERSE_FACTORIALS.subarray(first, first + 4)
    for (let i = 0; i < sum.length; i++) sum[i] += c1 * x[i] + c2 * square[i] + c3 * cube[i]
    for (let i = 0; i < n; i++) sum[i * n + i] += c0
    return sum
  }
  let sum = cubic(
    8,
    fourth.map((v) => v * INVERSE_FACTORIALS[12]),
  )
  sum = cubic(4, symmetricProduct(fourth, sum, n))
  return cubic(0, symmetricProduct(fourth, sum, n))
}

/** Rows of b that stay in the cache while rows of a pass. */
const PANEL = 32

/** A·B of symmetric matrices that commute, so that the product is symmetric, too; a new array. */
export function symmetricProduct(a: Float64Array, b: Float64Array, n: number): Float64Array {
  const product = new Float64Array(n * n)
  const even = n - (n % 2)
  for (let from = 0; from < even; from += PANEL)
    for (let i = from; i < even; i += 2)
      for (let j = from, end = Math.min(i + 1, from + PANEL); j < end; j += 2) tile(a, b, product, n, i, j)
  if (even < n) for (let j = 0; j < n; j++) product[even * n + j] = dot(a, even * n, b, j * n, n)
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) product[j * n + i] = product[i * n + j]
  return product
}

/** The elements of rows i and i + 1 in columns j and j + 1. */
function tile(
  a: Float64Array,
  b: Float64Array,
  product: Float64Array,
  n: number,
  i: number,
  j: number,
): void {
  const r0 = i * n
  const r1 = r0 + n
  const c0 = j * n
  const c1 = c0 + n
  let s00 = 0
  let s01 = 0
  let s10 = 0
  let s11 = 0
  for (let k = 0; k < n; k++) {
    const x0 = a[r0 + k]
    const x1 = a[r1 + k]
    const y0 = b[c0 + k]
    const y1 = b[c1 + k]
    s00 += x0 * y0
    s01 += x0 * y1
    s10 += x1 * y0
    s11 += x1 * y1
  }
  product[r0 + j] = s00
  product[r0 + j + 1] = s01
  product[r1 + j] = s10
  product[r1 + j + 1] = s11
}

function dot(a: Float64Array, from: number, b: Float64Array, start: number, n: number): number {
  let sum = 0
  for (let k = 0; k < n; k++) sum += a[from + k] * b[start + k]
  return sum
}

function symmetrised(matrix: Float64Array, n: number): Float64Array {
  const full = matrix.slice(0, n * n)
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) full[j * n + i] = full[i * n + j]
  return full
}

/** The largest Σ_j |A_ij|, which is no less than ‖A‖. */
function rowNorm(matrix: Float64Array, n: number): number {
  let most = 0
  for (let i = 0; i < n; i++) {
    let sum = 0
    for (let j = 0; j < n; j++) sum += Math.abs(matrix[i * n + j])
    most = Math.max(most, sum)
  }
  return most
}
