/**
 * Where the lowest states live, from ζ in double precision: the start for choosing a basis.
 *
 * Energy.     N(E) = (1/π) ∫ √((E − ζ)/D) dx counts the levels below E semiclassically; the n-th, counted from 0,
 *             lies at N(E) = n + ½.
 * Position.   Beyond the turning points ψ decays as e^{−A}, A = ∫ √((ζ − E)/D) dx.
 * Momentum.   ψ̂ decays beyond the classical momentum K = √((E − ζmin)/D) no slower than in an oscillator with the
 *             same region, |x| ≤ X:  A(k) = ½XK(γ√(γ² − 1) − arcosh γ), γ = k/K, as long as ζ rises no faster than x².
 */
import { PsilabError } from '../../error.js'
import type { Sampler } from './sampler.js'

export interface Extent {
  /** About the highest level wanted, and min ζ. */
  readonly energy: number
  readonly minimum: number
  /** Turning points. */
  readonly left: number
  readonly right: number
  /** Where ψ has decayed by e^{−A}. */
  readonly lower: number
  readonly upper: number
  /** Momentum beyond which ψ̂ has decayed by e^{−A} where ζ rises no faster than x². */
  readonly momentum: number
}

/** Samples of a window, and half-widths 2^s of the windows that are tried. */
const SAMPLES = 4001
const SCALES = [-20, 30] as const
/** Fewest samples in the classical region that make it more than an accident. */
const SEEN = 8
const HUGE = 1e300
/** Half-width 2^s in which a well far from 0 is looked for, and how s falls as it is zoomed in on. */
const FAR = 16
const ZOOM = 4
/** Room around the window in which the states were found, as a share of it. */
const MARGIN = 0.1

interface Window {
  readonly from: number
  readonly step: number
  readonly values: Float64Array
  readonly minimum: number
}

/** The extents of the lowest `levels` states of ζ, for any decay. */
export class Extents {
  readonly #zeta: Sampler
  readonly #D: number
  readonly #levels: number
  /** Windows |x − c| ≤ 2^s, by c and s, and energies of the highest level in them. */
  readonly #windows = new Map<string, { readonly window: Window; readonly energy: number }>()

  constructor(zeta: Sampler, D: number, levels: number) {
    this.#zeta = zeta
    this.#D = D
    this.#levels = levels
  }

  /**
   * The extent in which ψ and ψ̂ decay by e^{−decay}.
   * @throws PsilabError 'unbounded' or 'not-confining' where ζ has no such levels, 'not-finite' where it is NaN
   */
  at(decay: number): Extent {
    const found = this.#about(0, decay) ?? this.#about(this.#lowestPoint(), decay)
    if (found === undefined) throw this.#refusal()
    return found
  }

  #about(centre: number, decay: number): Extent | undefined {
    for (let s = SCALES[0]; s <= SCALES[1]; s++) {
      const { window, energy } = this.#windowOf(centre, s)
      const coarse = this.#extentIn(window, energy, decay)
      if (coarse === undefined || !this.#staysAbove(energy, centre, s)) continue
      const margin = MARGIN * (coarse.upper - coarse.lower)
      const fine = sampled(this.#zeta, coarse.lower - margin, coarse.upper + margin)
      return this.#extentIn(fine, energyOf(fine, this.#D, this.#levels - 0.5), decay) ?? coarse
    }
    return undefined
  }

  /** Where ζ is least in the widest windows, by zooming in. */
  #lowestPoint(): number {
    let centre = 0
    for (let s = FAR; s >= SCALES[0]; s -= ZOOM) {
      const { from, step, values } = sampled(this.#zeta, centre - 2 ** s, centre + 2 ** s)
      centre = from + step * values.reduce((best, v, j) => (v < values[best] ? j : best), 0)
    }
    return centre
  }

  #windowOf(centre: number, s: number): { readonly window: Window; readonly energy: number } {
    const key = `${centre} ${s}`
    let found = this.#windows.get(key)
    if (found === undefined) {
      const window = sampled(this.#zeta, centre - 2 ** s, centre + 2 ** s)
      found = { window, energy: energyOf(window, this.#D, this.#levels - 0.5) }
      this.#windows.set(key, found)
    }
    return found
  }

  /** The extent, where it fits the window. */
  #extentIn({ from, step, values, minimum }: Window, energy: number, decay: number): Extent | undefined {
    if (minimum === -HUGE || energy > HUGE) return undefined
    const inside = (v: number): boolean => v <= energy
    const [first, last] = [values.findIndex(inside), values.findLastIndex(inside)]
    if (last - first < SEEN) return undefined
    if (values.subarray(first, last).includes(HUGE))
      throw notFinite('infinite', from + step * values.indexOf(HUGE, first))
    const rate = (j: number): number => Math.sqrt(Math.max(0, values[j] - energy) / this.#D) * step
    const decayed = (start: number, direction: 1 | -1): number | undefined => {
      let action = 0
      for (let j = start + direction; j >= 0 && j < values.length; j += direction) {
        action += rate(j)
        if (action >= decay) return from + j * step
      }
      return undefined
    }
    const [lower, upper] = [decayed(first, -1), decayed(last, 1)]
    if (lower === undefined || upper === undefined) return undefined
    const K = Math.sqrt((energy - minimum) / this.#D)
    const [left, right] = [from + first * step, from + last * step]
    const momentum = K * momentumFactor(((right - left) / 2) * K, decay)
    return { energy, minimum, left, right, lower, upper, momentum }
  }

  /** Whether wider windows than 2^s keep above the energy outside this one. */
  #staysAbove(energy: number, centre: number, s: number): boolean {
    for (let wider = s + 1; wider <= SCALES[1]; wider++) {
      const { values } = this.#windowOf(centre, wider).window
      const quarter = (SAMPLES - 1) / 4
      if (values.some((v, j) => v <= energy && (j < quarter || j > 3 * quarter))) return false
    }
    return true
  }

  #refusal(): PsilabError {
    const [near, far] = [SCALES[1] - 4, SCALES[1]].map((s) => this.#windowOf(0, s).window.minimum)
    const falls = far < near - 1e-6 * Math.max(1, Math.abs(near))
    return new PsilabError({
      code: falls ? 'unbounded' : 'not-confining',
      parameter: 'levels',
      problem: falls
        ? 'ζ has no lower bound, so H has no levels'
        : 'ζ holds fewer levels below its values far away',
      allowed: falls ? 'an objective that is bounded below' : 'levels that ζ holds',
      got: this.#levels,
      advice: falls ? 'Add a confining term such as 0.1*x^4.' : 'Ask for fewer levels.',
    })
  }
}

function sampled(zeta: Sampler, from: number, to: number): Window {
  const step = (to - from) / (SAMPLES - 1)
  const values = zeta(Float64Array.from({ length: SAMPLES }, (_, j) => from + j * step))
  let minimum = HUGE
  for (const [j, v] of values.entries()) {
    if (Number.isNaN(v)) throw notFinite('not a number', from + j * step)
    values[j] = Math.max(-HUGE, Math.min(v, HUGE))
    if (values[j] < minimum) minimum = values[j]
  }
  return { from, step, values, minimum }
}

function notFinite(what: string, x: number): PsilabError {
  return new PsilabError({
    code: 'not-finite',
    parameter: 'objective',
    problem: `ζ is ${what} near ${Number(x.toPrecision(6))}`,
    allowed: 'a finite number wherever the states are',
  })
}

/** E with N(E) = count, by bisection; +∞ where the states up to E leave the window. */
function energyOf({ values, step, minimum }: Window, D: number, count: number): number {
  const held = (E: number): number => {
    let sum = 0
    for (const v of values) if (v < E) sum += Math.sqrt((E - v) / D)
    return (sum * step) / Math.PI
  }
  if (held(Math.min(values[0], values[SAMPLES - 1])) < count) return Number.POSITIVE_INFINITY
  let span = Math.max(1e-12, Math.abs(minimum) * 1e-9)
  while (held(minimum + span) < count) span *= 16
  let low = minimum
  let high = minimum + span
  for (let k = 0; k < 40; k++) {
    const middle = (low + high) / 2
    if (held(middle) < count) low = middle
    else high = middle
  }
  return high
}

function momentumFactor(action: number, decay: number): number {
  let gamma = 1.25
  while (0.5 * action * (gamma * Math.sqrt(gamma * gamma - 1) - Math.acosh(gamma)) < decay) gamma *= 1.02
  return gamma
}
