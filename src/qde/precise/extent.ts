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

/** ζ on points. */
export type Sampler = (points: Float64Array) => Float64Array

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

export interface ExtentDemand {
  readonly D: number
  readonly levels: number
  /** A, in units of 1. */
  readonly decay: number
  /** The highest level, once it is known. */
  readonly energy?: number
}

/** Samples of a window, and half-widths 2^s of the windows that are tried. */
const SAMPLES = 4001
const SCALES = [-20, 30] as const
/** Fewest samples in the classical region that make it more than an accident. */
const SEEN = 8
const HUGE = 1e300

/** @throws PsilabError 'unbounded' or 'not-confining' where ζ has no such levels, 'not-finite' where it is NaN */
export function extentOf(zeta: Sampler, demand: ExtentDemand): Extent {
  for (let s = SCALES[0]; s <= SCALES[1]; s++) {
    const coarse = within(zeta, -(2 ** s), 2 ** s, demand)
    if (coarse === undefined || !staysAbove(zeta, coarse.energy, s)) continue
    const margin = 0.1 * (coarse.upper - coarse.lower)
    return within(zeta, coarse.lower - margin, coarse.upper + margin, demand) ?? coarse
  }
  const [near, far] = [SCALES[1] - 4, SCALES[1]].map((s) => lowest(sample(zeta, -(2 ** s), 2 ** s)))
  const falls = far < near - 1e-6 * Math.max(1, Math.abs(near))
  throw new PsilabError({
    code: falls ? 'unbounded' : 'not-confining',
    parameter: 'levels',
    problem: falls ? 'ζ has no lower bound, so H has no levels' : `ζ does not hold ${demand.levels} levels`,
    allowed: falls ? 'an objective that is bounded below' : 'levels below the values of ζ far away',
    got: demand.levels,
    advice: falls ? 'Add a confining term such as 0.1*x^4.' : 'Ask for fewer levels.',
  })
}

/** The extent, where it fits the window. */
function within(zeta: Sampler, from: number, to: number, demand: ExtentDemand): Extent | undefined {
  const { D, levels, decay } = demand
  const values = sample(zeta, from, to)
  const step = (to - from) / (SAMPLES - 1)
  const minimum = lowest(values)
  const energy = demand.energy ?? energyOf(values, step, D, levels - 0.5)
  if (minimum === -HUGE || energy > HUGE) return undefined
  const inside = (v: number): boolean => v <= energy
  const [first, last] = [values.findIndex(inside), values.findLastIndex(inside)]
  if (first < 0 || values.filter(inside).length < SEEN) return undefined
  const lower = decayed(values, first, -1, energy, step, demand)
  const upper = decayed(values, last, 1, energy, step, demand)
  if (lower === undefined || upper === undefined) return undefined
  const K = Math.sqrt((energy - minimum) / D)
  const reach = (Math.max(1, last - first) * step) / 2
  return {
    energy,
    minimum,
    left: from + first * step,
    right: from + last * step,
    lower: from + lower * step,
    upper: from + upper * step,
    momentum: K * momentumFactor(reach * K, decay),
  }
}

function sample(zeta: Sampler, from: number, to: number): Float64Array {
  const step = (to - from) / (SAMPLES - 1)
  return zeta(Float64Array.from({ length: SAMPLES }, (_, j) => from + j * step)).map((v, j) => {
    if (Number.isNaN(v))
      throw new PsilabError({
        code: 'not-finite',
        parameter: 'objective',
        problem: `ζ is not a number at ${(from + j * step).toPrecision(6)}`,
        allowed: 'a number everywhere',
      })
    return Math.max(-HUGE, Math.min(v, HUGE))
  })
}

function lowest(values: Float64Array): number {
  return values.reduce((least, v) => Math.min(least, v), HUGE)
}

/** Whether wider windows than 2^s keep above the energy outside this one. */
function staysAbove(zeta: Sampler, energy: number, s: number): boolean {
  for (let wider = s + 1; wider <= SCALES[1]; wider++) {
    const half = 2 ** wider
    const step = (2 * half) / (SAMPLES - 1)
    const outside = (j: number): boolean => Math.abs(-half + j * step) > half / 2
    if (sample(zeta, -half, half).some((v, j) => outside(j) && v <= energy)) return false
  }
  return true
}

/** E with N(E) = count, by bisection; beyond HUGE where the window holds fewer. */
function energyOf(values: Float64Array, step: number, D: number, count: number): number {
  const held = (E: number): number =>
    values.reduce((sum, v) => (v < E ? sum + Math.sqrt((E - v) / D) : sum), 0) * (step / Math.PI)
  let low = lowest(values)
  let span = Math.max(1e-12, Math.abs(low) * 1e-9)
  while (held(low + span) < count) {
    span *= 4
    if (low + span > HUGE) return Number.POSITIVE_INFINITY
  }
  let high = low + span
  for (let k = 0; k < 60; k++) {
    const middle = (low + high) / 2
    if (held(middle) < count) low = middle
    else high = middle
  }
  return high
}

/** First sample outward from a turning point at which A reaches the demand. */
function decayed(
  values: Float64Array,
  start: number,
  direction: 1 | -1,
  energy: number,
  step: number,
  { D, decay }: ExtentDemand,
): number | undefined {
  let action = 0
  for (let j = start + direction; j >= 0 && j < values.length; j += direction) {
    action += Math.sqrt(Math.max(0, values[j] - energy) / D) * step
    if (action >= decay) return j
  }
  return undefined
}

function momentumFactor(action: number, decay: number): number {
  let gamma = 1.25
  while (0.5 * action * (gamma * Math.sqrt(gamma * gamma - 1) - Math.acosh(gamma)) < decay) gamma *= 1.02
  return gamma
}
