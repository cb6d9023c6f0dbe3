/**
 * The box that states up to an energy need.
 *
 * Energy.    The number of levels below E is, semiclassically (Weyl),
 *              d = 1: N(E) = (1/π) ∫ √((E − ζ)/D) dx          d = 2: N(E) = (1/4πD) ∫ (E − ζ) dx dy ,
 *            so a wanted number of levels gives an energy E.
 * Box.       Beyond the classical turning points ψ decays as e^{−A}, A = ∫ √((ζ − E)/D) dx. The walls stand
 *            where A = DECAY. Along an axis of a plane ζ is replaced by its minimum over the other axis, which
 *            bounds the decay from below (Agmon's estimate).
 */
import { HUGE, type Window } from './window.js'

/** Decay of ψ at the walls, e^{−DECAY} ≈ 5e-12, so that energies feel the walls by e^{−2·DECAY} only. */
export const DECAY = 26
/** Fewest neighbouring samples that make a classical region. */
const SEEN = 4

/** What the box has to hold: a number of levels, an energy, or the larger of both. */
export interface EnergyDemand {
  readonly levels?: number
  readonly energy?: number
}

export interface ConfinedBox {
  readonly energy: number
  /** One interval an axis, and half the width of the classical region. */
  readonly box: readonly { readonly lower: number; readonly upper: number; readonly reach: number }[]
}

/** The box that the demand needs, or undefined where it does not fit the window. */
export function confine(window: Window, D: number, demand: EnergyDemand): ConfinedBox | undefined {
  const energy = Math.max(
    demand.energy ?? Number.NEGATIVE_INFINITY,
    demand.levels === undefined ? Number.NEGATIVE_INFINITY : energyOfLevels(window, D, demand.levels),
  )
  if (!Number.isFinite(energy) || window.minimum === -HUGE) return undefined
  const box: { lower: number; upper: number; reach: number }[] = []
  for (const profile of window.profiles) {
    const inside = (j: number): boolean => profile[j] <= energy
    const left = profile.findIndex((_, j) => inside(j))
    const right = profile.length - 1 - [...profile.keys()].reverse().findIndex((j) => inside(j))
    if (left < 0 || !resolves(profile, inside)) return undefined
    const lower = decayIndex(profile, left, -1, energy, window.step, D)
    const upper = decayIndex(profile, right, +1, energy, window.step, D)
    if (lower === undefined || upper === undefined) return undefined
    box.push({
      lower: -window.half + lower * window.step,
      upper: -window.half + upper * window.step,
      reach: (Math.max(1, right - left) * window.step) / 2,
    })
  }
  return { energy, box }
}

/** Whether every classical region is seen by enough neighbouring samples to be more than an accident of sampling. */
function resolves(profile: Float64Array, inside: (j: number) => boolean): boolean {
  let run = 0
  for (let j = 0; j <= profile.length; j++) {
    if (j < profile.length && inside(j)) run++
    else if (run > 0 && run < SEEN) return false
    else run = 0
  }
  return true
}

/** E with N(E) = levels − ½, where the highest of them lies, by bisection, +∞ where the window holds fewer levels. */
function energyOfLevels(window: Window, D: number, levels: number): number {
  const dimension = window.profiles.length
  const cell = window.step ** dimension
  const count = (E: number): number => {
    let sum = 0
    for (const v of window.zeta) if (v < E) sum += dimension === 1 ? Math.sqrt((E - v) / D) : (E - v) / D
    return (sum * cell) / (dimension === 1 ? Math.PI : 4 * Math.PI)
  }
  let low = window.minimum
  let high = Math.min(HUGE, window.minimum + 1e-300)
  let span = Math.max(1e-12, Math.abs(window.minimum) * 1e-9)
  while (count(high) < levels - 0.5) {
    low = high
    high = window.minimum + span
    span *= 4
    if (span > HUGE) return Number.POSITIVE_INFINITY
  }
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2
    if (count(middle) < levels - 0.5) low = middle
    else high = middle
  }
  return high
}

/** First index outward from the turning point at which the decay reaches DECAY. */
function decayIndex(
  profile: Float64Array,
  start: number,
  direction: 1 | -1,
  energy: number,
  step: number,
  D: number,
): number | undefined {
  let action = 0
  for (let j = start + direction; j >= 0 && j < profile.length; j += direction) {
    action += Math.sqrt(Math.max(0, profile[j] - energy) / D) * step
    if (action >= DECAY) return j
  }
  return undefined
}
