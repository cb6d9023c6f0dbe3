/**
 * Chebyshev series p(x) = Σ c_k T_k(t), t = (2x − a − b)/(b − a), of smooth functions on an interval [a, b]: values,
 * derivatives, integrals, and quotients (p(x) − p(x₀))/(x − x₀) without the cancellation near x₀.
 *
 * Reference: Trefethen, Approximation Theory and Approximation Practice (SIAM, 2013), chapters 3, 4 and 18.
 */

/** Points of the first fit, and of the last. */
const FIRST = 33
const LAST = 1025
/** Coefficients at the end that must be small, and how small, as a share of the largest. */
const TAIL = 3
const SMALL = 2e-14

export class ChebyshevSeries {
  readonly lower: number
  readonly upper: number
  readonly coefficients: Float64Array

  constructor(lower: number, upper: number, coefficients: Float64Array) {
    this.lower = lower
    this.upper = upper
    this.coefficients = coefficients
  }

  /** p(x), by Clenshaw's recurrence. */
  at(x: number): number {
    const { coefficients: c } = this
    const t = this.reduced(x)
    let [after, here] = [0, 0]
    for (let k = c.length - 1; k > 0; k--) [after, here] = [here, c[k] + 2 * t * here - after]
    return c[0] + t * here - after
  }

  derivative(): ChebyshevSeries {
    const { coefficients: c } = this
    const d = new Float64Array(Math.max(1, c.length - 1))
    for (let k = c.length - 1; k > 0; k--)
      d[k - 1] = (d[k + 1] ?? 0) + (4 * k * c[k]) / (this.upper - this.lower)
    d[0] /= 2
    return new ChebyshevSeries(this.lower, this.upper, d)
  }

  /** ∫ p dx between two points of the interval. */
  integral(from: number, to: number): number {
    const { coefficients: c } = this
    const scale = (this.upper - this.lower) / 4
    const rise = Float64Array.from({ length: c.length + 1 }, (_, k) =>
      k === 0 ? 0 : (scale * ((k === 1 ? 2 * c[0] : c[k - 1]) - (c[k + 1] ?? 0))) / k,
    )
    const whole = new ChebyshevSeries(this.lower, this.upper, rise)
    return whole.at(to) - whole.at(from)
  }

  /** (p(x) − p(x₀))/(x − x₀) for an x₀ of the interval: d_{k−1} = 2c_k + 2t₀d_k − d_{k+1}. */
  quotient(x0: number): ChebyshevSeries {
    const { coefficients: c } = this
    const t0 = this.reduced(x0)
    const d = new Float64Array(Math.max(1, c.length - 1))
    for (let k = c.length - 1; k > 0; k--) d[k - 1] = 2 * c[k] + 2 * t0 * (d[k] ?? 0) - (d[k + 1] ?? 0)
    d[0] /= 2
    const scale = 2 / (this.upper - this.lower)
    return new ChebyshevSeries(
      this.lower,
      this.upper,
      d.map((v) => v * scale),
    )
  }

  private reduced(x: number): number {
    return (2 * x - this.lower - this.upper) / (this.upper - this.lower)
  }
}

/** The series of f on [lower, upper] to rounding; undefined where it does not converge, as at a kink. */
export function chebyshevFit(
  f: (x: Float64Array) => Float64Array,
  lower: number,
  upper: number,
): ChebyshevSeries | undefined {
  for (let points = FIRST; points <= LAST; points = 2 * points - 1) {
    const n = points
    const angle = (j: number): number => (Math.PI * (j + 0.5)) / n
    const values = f(
      Float64Array.from(
        { length: n },
        (_, j) => (lower + upper) / 2 + ((upper - lower) / 2) * Math.cos(angle(j)),
      ),
    )
    if (!values.every(Number.isFinite)) return undefined
    const c = new Float64Array(n)
    for (let k = 0; k < n; k++) {
      let sum = 0
      for (let j = 0; j < n; j++) sum += values[j] * Math.cos(k * angle(j))
      c[k] = ((k === 0 ? 1 : 2) * sum) / n
    }
    const largest = c.reduce((most, v) => Math.max(most, Math.abs(v)), 0)
    const end = c.findLastIndex((v) => Math.abs(v) > SMALL * largest)
    if (end < n - TAIL) return new ChebyshevSeries(lower, upper, c.slice(0, Math.max(1, end + 1)))
  }
  return undefined
}
