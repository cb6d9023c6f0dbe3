/**
 * The trace of e^{−βH} as a matrix, by scaling and squaring and without eigenvalues. With L = e^{−βH/2}, which is
 * symmetric,
 *
 *   Z = Tr e^{−βH} = ‖L‖²,   U = Tr LHL/Z,   Var(E) = ‖(H − U)L‖²/Z,   e^{−βH} = L²
 *
 * (‖·‖ of Frobenius), so that U and C are no differences of large numbers.
 */
import { symmetricExponential, symmetricProduct } from '../../numeric/index.js'
import type { ThermodynamicPoint } from '../../thermal/index.js'

export interface Gibbs {
  readonly point: ThermodynamicPoint
  /** e^{−βH}/Z, row-major n². */
  density(): Float64Array
  /** The rows of L/√Z: e^{−βH}/Z is the sum of their squares |f⟩⟨f|. */
  root(): Float64Array[]
  /** Tr ρ². */
  purity(): number
  /** Relative rounding error of Z. */
  readonly rounding: number
}

/**
 * @param matrix H, row-major n × n
 * @param shift an energy near the lowest level
 */
export function gibbs(matrix: Float64Array, n: number, shift: number, temperature: number): Gibbs {
  const beta = 1 / temperature
  const H = matrix.slice()
  for (let i = 0; i < n; i++) H[i * n + i] -= shift
  const { values: L, logScale, rounding } = symmetricExponential(H, n, beta / 2)
  const HL = symmetricProduct(H, L, n)
  let [norm, first] = [0, 0]
  for (let k = 0; k < L.length; k++) {
    norm += L[k] * L[k]
    first += L[k] * HL[k]
  }
  const mean = first / norm
  let second = 0
  for (let k = 0; k < L.length; k++) second += (HL[k] - mean * L[k]) ** 2
  const logZ = Math.log(norm) + 2 * logScale - beta * shift
  const F = -temperature * logZ
  const U = shift + mean
  let square: Float64Array | undefined
  const density = (): Float64Array => {
    square ??= symmetricProduct(L, L, n).map((v) => v / norm)
    return square
  }
  return {
    point: {
      temperature,
      Z: Math.exp(logZ),
      F,
      U,
      S: mean * beta + Math.log(norm) + 2 * logScale,
      C: (second / norm) * beta * beta,
    },
    density,
    root: () =>
      Array.from({ length: n }, (_, r) => L.slice(r * n, (r + 1) * n).map((v) => v / Math.sqrt(norm))),
    purity: () => density().reduce((sum, v) => sum + v * v, 0),
    rounding,
  }
}
