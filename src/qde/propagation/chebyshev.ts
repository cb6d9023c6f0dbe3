/**
 * Chebyshev propagation. With the spectrum of H mapped to [−1, 1], H = E_mid + Δ·X, the propagator is a series in
 * Chebyshev polynomials of X,
 *
 *   exp(−a(H − E_ref)) = Σ_k c_k T_k(X),     T_{k+1} = 2X T_k − T_{k−1},
 *
 * whose coefficients are those of f(x) = exp(−a(E_mid − E_ref + Δx)); they fall faster than exponentially beyond
 * k ≈ |a|Δ. There is no step error: the series is summed until its coefficients are below the tolerance.
 *
 * Reference: Tal-Ezer and Kosloff, J. Chem. Phys. 81, 3967 (1984); imaginary time: Kosloff and Tal-Ezer, Chem.
 * Phys. Lett. 127, 223 (1986).
 */
import type { Hamiltonian } from '../hamiltonian.js'
import { type ComplexStep, complexStep } from './complexStep.js'
import type { Integrator, IntegratorSettings } from './integrator.js'
import { add, norm, normalise } from './vector.js'
import type { Work } from './work.js'

/** Largest Re a·Δ of one series: more would lose the low levels against the rounding of the largest term. */
const MAX_DECAY = 12
/** Largest |a|Δ of one series. */
const MAX_PHASE = 2000

export function chebyshevIntegrator({
  hamiltonian,
  angle,
  reference,
  rate,
  unit,
}: IntegratorSettings): Integrator {
  const fixed = hamiltonian.at(0)
  const { lowest, highest } = spectralBounds(fixed)
  const middle = (lowest + highest) / 2
  const half = (highest - lowest) / 2
  const series = new Map<number, Series>()
  /** The way to the next recorded time in equal pieces. */
  let segment = { stop: Number.NaN, left: 0, h: 0 }
  return {
    *advance(psi, s, stop) {
      if (segment.stop !== stop) {
        const interval = stop - s
        const left = Math.max(
          1,
          Math.ceil((complexStep(angle, interval).re * 2 * half) / MAX_DECAY),
          Math.ceil((interval * half) / MAX_PHASE),
        )
        // Recorded times are rounded: their distances count as one where they agree to twelve digits.
        segment = { stop, left, h: Number((interval / left).toPrecision(12)) }
      }
      const { h } = segment
      let found = series.get(h)
      if (found === undefined) {
        found = coefficients(complexStep(angle, h), middle - reference, half, rate * h)
        series.set(h, found)
      }
      const before = norm(psi)
      const image = yield* sum(fixed, psi, found, middle, half, s)
      if (image === undefined) return { time: s, steps: 0, growth: 0, error: 0, due: false, halted: true }
      psi.set(image)
      const error = (found.truncation * before) / norm(psi)
      segment.left -= 1
      return {
        time: segment.left === 0 ? stop : stop - segment.left * h,
        steps: found.c.length / 2 - 1,
        growth: angle === 0 ? 0 : normalise(psi, unit),
        error,
        due: true,
        halted: false,
      }
    },
  }
}

/** Bounds of the spectrum on the grid: 0 ≤ T ≤ D·max κ², min ζ ≤ ζ ≤ max ζ. */
function spectralBounds({ zeta, highestKinetic }: Hamiltonian): { lowest: number; highest: number } {
  let lowest = Number.POSITIVE_INFINITY
  let highest = Number.NEGATIVE_INFINITY
  for (const v of zeta) {
    lowest = Math.min(lowest, v)
    highest = Math.max(highest, v)
  }
  return { lowest, highest: highest + highestKinetic }
}

interface Series {
  /** c_k, interleaved. */
  readonly c: Float64Array
  /** Sum of what was left out. */
  readonly truncation: number
}

/** Chebyshev coefficients of f by the discrete cosine transform of its values at n nodes x_j = cos(π(j + ½)/n). */
function coefficients(a: ComplexStep, offset: number, half: number, tolerance: number): Series {
  const reach = Math.hypot(a.re, a.im) * half
  const n = Math.ceil(1.2 * reach) + 60
  const values = new Float64Array(2 * n)
  for (let j = 0; j < n; j++) {
    const energy = offset + half * Math.cos((Math.PI * (j + 0.5)) / n)
    const magnitude = Math.exp(-a.re * energy)
    values[2 * j] = magnitude * Math.cos(a.im * energy)
    values[2 * j + 1] = -magnitude * Math.sin(a.im * energy)
  }
  const c = new Float64Array(2 * n)
  for (let k = 0; k < n; k++) {
    let re = 0
    let im = 0
    for (let j = 0; j < n; j++) {
      // k(2j+1) is reduced before the multiplication with π, which keeps the cosine exact for large products.
      const cosine = Math.cos((Math.PI * ((k * (2 * j + 1)) % (4 * n))) / (2 * n))
      re += values[2 * j] * cosine
      im += values[2 * j + 1] * cosine
    }
    const weight = (k === 0 ? 1 : 2) / n
    c[2 * k] = re * weight
    c[2 * k + 1] = im * weight
  }
  const floor = Math.max(tolerance, 1e-15)
  let truncation = 0
  let length = n
  for (; length > 2; length--) {
    const next = truncation + Math.hypot(c[2 * length - 2], c[2 * length - 1])
    if (next > floor) break
    truncation = next
  }
  return { c: c.slice(0, 2 * length), truncation }
}

/** Σ c_k T_k(X)ψ by the three-term recurrence. @returns undefined where it was stopped */
function* sum(
  hamiltonian: Hamiltonian,
  psi: Float64Array,
  { c }: Series,
  middle: number,
  half: number,
  s: number,
): Work<Float64Array | undefined> {
  const scaled = (v: Float64Array): Float64Array => {
    const image = hamiltonian.apply(v)
    for (let i = 0; i < v.length; i++) image[i] = (image[i] - middle * v[i]) / half
    return image
  }
  let previous = Float64Array.from(psi)
  let current = scaled(previous)
  const result = new Float64Array(psi.length)
  add(result, previous, c[0], c[1])
  for (let k = 1; 2 * k < c.length; k++) {
    add(result, current, c[2 * k], c[2 * k + 1])
    if (2 * k + 2 >= c.length) break
    if ((yield s) === true) return undefined
    const next = scaled(current)
    for (let i = 0; i < next.length; i++) next[i] = 2 * next[i] - previous[i]
    previous = current as Float64Array<ArrayBuffer>
    current = next
  }
  return result
}
