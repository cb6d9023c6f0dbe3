/**
 * Discrete Fourier transform of one complex line, a thin adapter around the package fft.js.
 *
 *   forward:  X_k = Σ_j x_j e^{−2πi jk/n}          inverse:  x_j = (1/n) Σ_k X_k e^{+2πi jk/n}
 */
import FFTPackage from 'fft.js'

/** Transforms of interleaved re, im lines of length 2n. */
export interface LineFFT {
  readonly n: number
  /** Writes the transform of `line` to `out` (a different array). */
  forward(line: Float64Array, out: Float64Array): void
  inverse(line: Float64Array, out: Float64Array): void
}

/** @param n number of complex points, a power of two ≥ 2. */
export function lineFFT(n: number): LineFFT {
  const fft = new FFTPackage(n)
  return {
    n,
    forward: (line, out) => fft.transform(out, line),
    inverse: (line, out) => fft.inverseTransform(out, line),
  }
}

export function isPowerOfTwo(n: number): boolean {
  return Number.isInteger(n) && n >= 1 && 2 ** Math.round(Math.log2(n)) === n
}

/** Smallest power of two ≥ x. */
export function nextPowerOfTwo(x: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(1, x)))
}
