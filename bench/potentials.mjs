/** The potentials and initial packets of the work items. */

/** V₁(x) = (x² − 4)²/8, the double well. @param {number} x */
export const doubleWell = (x) => (x * x - 4) ** 2 / 8

/** Quartic oscillator x²/2 + 0.05x⁴. @param {number} x */
export const quartic = (x) => x * x * (0.5 + 0.05 * x * x)

/** The coupled double well V₁(x) + y²/2 + 0.1xy. @param {number} x @param {number} y */
export const coupledWell = (x, y) => doubleWell(x) + (y * y) / 2 + 0.1 * x * y

/** An oscillator in each coordinate, coupled to the next. @param {readonly number[]} x */
export function coupledOscillators(x) {
  let value = 0
  for (let d = 0; d < x.length; d++) value += x[d] ** 2 / 2 + (d > 0 ? 0.1 * x[d] * x[d - 1] : 0)
  return value
}

/** Points −L/2 + jL/n, j < n. @param {number} n @param {number} length */
export const ring = (n, length) => Float64Array.from({ length: n }, (_, j) => (j / n - 1 / 2) * length)

/** Wave numbers 2πk/L in FFT order. @param {number} n @param {number} length */
export const wavenumbers = (n, length) =>
  Float64Array.from({ length: n }, (_, k) => ((2 * Math.PI) / length) * (k < n / 2 ? k : k - n))
