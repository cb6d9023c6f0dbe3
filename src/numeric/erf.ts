/**
 * The error function erf x = (2/√π) ∫₀ˣ e^{−t²} dt to rounding: for small |x| its series of terms of one sign,
 *
 *   erf x = (2/√π) e^{−x²} Σ_k 2^k x^{2k+1}/(2k+1)!!,
 *
 * else 1 − erfc x with Laplace's continued fraction. Abramowitz and Stegun, 7.1.6 and 7.1.14.
 */

/** Where the fraction converges in fewer terms than the series. */
const LARGE = 3
/** Levels of the fraction: the error at LARGE is below 1e-17. */
const LEVELS = 40

export function erf(x: number): number {
  const size = Math.abs(x)
  if (size < LARGE) {
    let term = x
    let sum = x
    for (let k = 1; Math.abs(term) > 1e-17 * Math.abs(sum); k++) {
      term *= (2 * x * x) / (2 * k + 1)
      sum += term
    }
    return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum
  }
  let fraction = size
  for (let k = LEVELS; k > 0; k--) fraction = size + k / 2 / fraction
  return Math.sign(x) * (1 - Math.exp(-x * x) / (Math.sqrt(Math.PI) * fraction))
}
