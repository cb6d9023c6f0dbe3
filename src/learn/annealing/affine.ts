/**
 * Hamiltonians H(D) = D·K + V of a few dimensions, and the equation that they drive while D changes.
 *
 * A step is the commutator-free Magnus step of order 4, e^{−(a/2)H₂}e^{−(a/2)H₁}, a = ih in real and h in imaginary time:
 * H is affine in D, so that each exponential is that of one D, a mean of those at the nodes of Gauss (Blanes and Moan,
 * Appl. Numer. Math. 56, 1519 (2006)). One step and two halves tell the error, and their difference is extrapolated
 * away. Exponentials are Chebyshev's series on [lower, upper], which holds the spectrum, H = c + rX:
 *
 *   e^{−ihH} = e^{−ihc} Σ (2 − δ_n0)(−i)^n J_n(hr) T_n(X),   e^{−h(H − lower)} = Σ (2 − δ_n0)(−1)^n e^{−hr}I_n(hr) T_n(X)
 *
 * (Tal-Ezer and Kosloff, J. Chem. Phys. 81, 3967 (1984)).
 */
import { PsilabError } from '../../error.js'

export interface Affine {
  readonly size: number
  /** (D·K + V)c into another array. */
  apply(D: number, c: Float64Array, into: Float64Array): void
  /** An interval that holds the spectrum. */
  bounds(D: number): readonly [number, number]
}

/** K and V as symmetric matrices, by rows. */
export class DenseAffine implements Affine {
  readonly size: number
  private readonly k: Float64Array
  private readonly v: Float64Array
  private readonly sum: Float64Array
  private sumAt = Number.NaN

  constructor(k: readonly ArrayLike<number>[], v: readonly ArrayLike<number>[]) {
    this.size = k.length
    const packed = (rows: readonly ArrayLike<number>[]): Float64Array =>
      Float64Array.from(
        { length: rows.length ** 2 },
        (_, i) => rows[Math.floor(i / rows.length)][i % rows.length],
      )
    this.k = packed(k)
    this.v = packed(v)
    this.sum = new Float64Array(this.k.length)
  }

  apply(D: number, c: Float64Array, into: Float64Array): void {
    const { size } = this
    const matrix = this.at(D)
    for (let i = 0, at = 0; i < size; i++) {
      let sum = 0
      for (let j = 0; j < size; j++, at++) sum += matrix[at] * c[j]
      into[i] = sum
    }
  }

  /** The discs of Gershgorin. */
  bounds(D: number): readonly [number, number] {
    const { size } = this
    const matrix = this.at(D)
    let [lower, upper] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
    for (let i = 0; i < size; i++) {
      let radius = 0
      for (let j = 0; j < size; j++) if (j !== i) radius += Math.abs(matrix[i * size + j])
      lower = Math.min(lower, matrix[i * size + i] - radius)
      upper = Math.max(upper, matrix[i * size + i] + radius)
    }
    return [lower, upper]
  }

  private at(D: number): Float64Array {
    const { k, v, sum } = this
    if (this.sumAt !== D) {
      for (let i = 0; i < sum.length; i++) sum[i] = D * k[i] + v[i]
      this.sumAt = D
    }
    return sum
  }
}

/** Real and imaginary part of ψ; in imaginary time the real one alone. */
export type Parts = readonly Float64Array[]

const GAUSS = Math.sqrt(3) / 6
/** Weight of the nearer node in each exponential. */
const NEAR = 1 / 2 + 2 * GAUSS
/** Terms of a series below this are left out. */
const NEGLIGIBLE = 1e-17

/** One step of order 4. */
function magnus(H: Affine, dial: (time: number) => number, psi: Parts, t: number, h: number): Parts {
  const [first, second] = [dial(t + (1 / 2 - GAUSS) * h), dial(t + (1 / 2 + GAUSS) * h)]
  return exponential(
    H,
    (1 - NEAR) * first + NEAR * second,
    exponential(H, NEAR * first + (1 - NEAR) * second, psi, h / 2),
    h / 2,
  )
}

/** ψ after a step, and the error of the state that is returned, from above. */
export function affineStep(
  H: Affine,
  dial: (time: number) => number,
  psi: Parts,
  t: number,
  h: number,
): { readonly next: Parts; readonly error: number } {
  const whole = magnus(H, dial, psi, t, h)
  const halves = magnus(H, dial, magnus(H, dial, psi, t, h / 2), t + h / 2, h / 2)
  let error = 0
  const next = halves.map((part, c) =>
    part.map((v, i) => {
      const difference = v - whole[c][i]
      error += difference ** 2
      return v + difference / 15
    }),
  )
  const size = norm(next)
  return { next: next.map((part) => part.map((v) => v / size)), error: Math.sqrt(error) / 15 }
}

/** e^{−iHh}ψ for a state of two parts; for one e^{−Hh}ψ, of norm 1. */
function exponential(H: Affine, D: number, psi: Parts, h: number): Parts {
  const [lower, upper] = H.bounds(D)
  const [center, radius] = [(lower + upper) / 2, Math.max((upper - lower) / 2, Number.MIN_VALUE)]
  const real = psi.length === 2
  const bessel = besselSeries(h * radius, real)
  const size = H.size
  const sums = psi.map((part) => part.map((v) => bessel[0] * v))
  psi.forEach((part, c) => {
    let [before, here, next]: Float64Array[] = [part, new Float64Array(size), new Float64Array(size)]
    H.apply(D, part, here)
    for (let i = 0; i < size; i++) here[i] = (here[i] - center * part[i]) / radius
    for (let n = 1; n < bessel.length; n++) {
      // (−i)^n turns the real part of ψ into 1, −i, −1, i of the sum; (−1)^n in imaginary time.
      const turned = real && n % 2 === 1
      const sign = real ? (n % 4 === 2 || n % 4 === (c === 0 ? 1 : 3) ? -1 : 1) : n % 2 === 1 ? -1 : 1
      const into = sums[turned ? 1 - c : c]
      const weight = 2 * sign * bessel[n]
      for (let i = 0; i < size; i++) into[i] += weight * here[i]
      if (n + 1 === bessel.length) break
      H.apply(D, here, next)
      for (let i = 0; i < size; i++) next[i] = (2 * (next[i] - center * here[i])) / radius - before[i]
      const spare = before === part ? new Float64Array(size) : before
      before = here
      here = next
      next = spare
    }
  })
  if (!real) {
    const length = norm(sums)
    return sums.map((part) => part.map((v) => v / length))
  }
  const [cosine, sine] = [Math.cos(h * center), Math.sin(h * center)]
  const [re, im] = sums
  return [re.map((v, i) => cosine * v + sine * im[i]), im.map((v, i) => cosine * v - sine * re[i])]
}

/** Largest argument of a series, by the memory that it takes. */
const LONGEST = 2 ** 24

/** J_n(z), or e^{−z}I_n(z), for n = 0 … until they are negligible, by Miller's recurrence downward. */
function besselSeries(z: number, oscillates: boolean): Float64Array {
  if (!(z <= LONGEST))
    throw new PsilabError({
      code: 'too-large',
      parameter: 'until',
      problem: `one step of the annealing spans a phase of ${z.toExponential(1)}`,
      allowed: `at most ${LONGEST.toExponential(1)}`,
      got: z,
      advice: 'Anneal for a shorter time; what is slower than any gap by far ends in the ground state.',
    })
  const first = 2 * Math.ceil((z + 12 * Math.cbrt(z) + 30) / 2)
  const values = new Float64Array(first + 2)
  values[first] = 1e-300
  let sum = 0
  const sign = oscillates ? -1 : 1
  for (let n = first; n > 0; n--) {
    values[n - 1] = z === 0 ? 0 : ((2 * n) / z) * values[n] + sign * values[n + 1]
    if (Math.abs(values[n - 1]) > 1e200) {
      for (let m = n - 1; m <= first; m++) values[m] *= 1e-200
    }
  }
  if (z === 0) return Float64Array.of(1)
  // J₀ + 2ΣJ_{2k} = 1 and I₀ + 2ΣI_k = e^z.
  for (let n = first; n > 0; n--) if (!oscillates || n % 2 === 0) sum += 2 * values[n]
  sum += values[0]
  let last = first
  while (last > 0 && Math.abs(values[last]) < NEGLIGIBLE * Math.abs(sum)) last--
  return values.slice(0, last + 1).map((v) => v / sum)
}

export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i]
  return sum
}

function norm(parts: Parts): number {
  return Math.sqrt(parts.reduce((sum, part) => sum + dot(part, part), 0))
}
