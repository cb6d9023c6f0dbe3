/**
 * Complex frames as sums ψ_t = Σ_k w_tk b_k of few real fields b_k, orthonormal in the sum over points: a run in which few
 * eigenstates take part needs few fields, however many frames it has.
 *
 * Fields are found one by one: the part of the frame that is represented worst, turned by the phase that makes its real part
 * largest, is the next one.
 *
 * @see M. A. Grepl, Y. Maday, N. C. Nguyen, A. T. Patera, "Efficient reduced-basis treatment of nonaffine and nonlinear partial
 * differential equations", M2AN 41 (2007) 575 (greedy choice of a basis)
 */

export interface Basis {
  /** K fields. */
  readonly fields: readonly Float32Array[]
  /** w_tk, interleaved re, im: [T, K, 2]. */
  readonly weights: Float64Array
  /** Largest ‖ψ_t − Σ w_tk b_k‖/‖ψ_t‖ of all frames with the first k fields, from k = 0: K + 1 numbers. */
  readonly errors: readonly number[]
}

/** Real and imaginary part of a frame. */
export interface Parts {
  readonly re: Float32Array
  readonly im: Float32Array
}

/** Residuals below this share of a frame are rounding of single precision. */
const ROUNDING = 1e-5

/**
 * At most `most` fields that represent all frames up to `tolerance`.
 *
 * @param frames at least one, none 0; they are overwritten by their residuals
 */
export function commonBasis(frames: readonly Parts[], tolerance: number, most: number): Basis {
  const norms = frames.map(({ re, im }) => dot(re, re) + dot(im, im))
  const rest = [...norms]
  const fields: Float32Array[] = []
  const columns: Float64Array[] = []
  const errors: number[] = []
  for (;;) {
    const shares = rest.map((norm, t) => norm / (norms[t]! || 1))
    const worst = shares.reduce((best, share, t) => (share > shares[best]! ? t : best), 0)
    errors.push(Math.sqrt(Math.max(0, shares[worst]!)))
    if (errors[fields.length]! <= Math.max(tolerance, ROUNDING) || fields.length === most) break
    const field = largestPart(frames[worst]!)
    // Twice is enough: what rounding left of the fields before is taken out of the field at its own size.
    for (let pass = 0; pass < 2; pass++) {
      for (const before of fields) subtract(field, before, dot(field, before))
      const norm = Math.sqrt(dot(field, field))
      for (let i = 0; i < field.length; i++) field[i]! /= norm
    }
    const column = new Float64Array(2 * frames.length)
    frames.forEach(({ re, im }, t) => {
      const [c, s] = [dot(re, field), dot(im, field)]
      column[2 * t] = c
      column[2 * t + 1] = s
      subtract(re, field, c)
      subtract(im, field, s)
      rest[t] = Math.max(0, rest[t]! - c * c - s * s)
    })
    fields.push(field)
    columns.push(column)
  }
  const count = fields.length
  const weights = new Float64Array(2 * frames.length * count)
  columns.forEach((column, k) => {
    for (let t = 0; t < frames.length; t++) {
      weights[2 * (t * count + k)] = column[2 * t]!
      weights[2 * (t * count + k) + 1] = column[2 * t + 1]!
    }
  })
  return { fields, weights, errors }
}

/** Re(e^{−iα}ψ) with the α for which its norm is largest: 2α = arg ∫ψ². */
function largestPart({ re, im }: Parts): Float32Array {
  const alpha = 0.5 * Math.atan2(2 * dot(re, im), dot(re, re) - dot(im, im))
  const [c, s] = [Math.cos(alpha), Math.sin(alpha)]
  return re.map((value, i) => c * value + s * im[i]!)
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!
  return sum
}

function subtract(from: Float32Array, field: Float32Array, factor: number): void {
  for (let i = 0; i < from.length; i++) from[i]! -= factor * field[i]!
}
