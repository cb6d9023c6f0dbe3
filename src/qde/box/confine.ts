/**
 * The box that states up to an energy need.
 *
 * Energy.    The number of levels below E is, semiclassically (Weyl),
 *              N(E) = c_d ∫ ((E − ζ)/D)^{d/2} dᵈx,   c₁ = 1/π,  c₂ = 1/4π,  c₃ = 1/6π²,
 *            so a wanted number of levels gives an energy E.
 * Box.       Beyond the classical turning points ψ decays as e^{−A}, A = ∫ √((ζ − E)/D) dx. The box ends
 *            where A = DECAY. Along an axis of more than one ζ is replaced by its minimum over the others, which
 *            bounds the decay from below (Agmon's estimate).
 */
import { HUGE, type Window } from './window.js'

/** Decay of ψ at the ends of the box, e^{−DECAY} ≈ 9e-14, so that energies feel them by e^{−2·DECAY} only. */
export const DECAY = 30
/** Fewest neighbouring samples that make a classical region, by dimension; profiles of a plane are refined between samples. */
const SEEN = [0, 4, 2, 2] as const
/** Weyl's constants c_d: the volume of the unit ball over (2π)ᵈ. */
const WEYL = [0, 1 / Math.PI, 1 / (4 * Math.PI), 1 / (6 * Math.PI ** 2)] as const

/** Relative width at which the search for an energy ends. */
const SHARP = 1e-6

/** What the box has to hold: a number of levels, an energy, or the larger of both. */
export interface EnergyDemand {
  readonly levels?: number
  readonly energy?: number
}

export interface ConfinedBox {
  readonly open?: undefined
  readonly energy: number
  /** One interval an axis, and half the width of the narrowest classical region along it. */
  readonly box: readonly { readonly lower: number; readonly upper: number; readonly reach: number }[]
}

/**
 * The box that the demand needs, or the axes along which its states do not decay within the window. An empty list
 * says that the window shows no classical region at all.
 */
export function confine(
  window: Window,
  D: number,
  demand: EnergyDemand,
): ConfinedBox | { readonly open: readonly number[] } {
  if (endsBelow(window, D, demand)) return { open: [0] }
  const energy = Math.max(
    demand.energy ?? Number.NEGATIVE_INFINITY,
    demand.levels === undefined ? Number.NEGATIVE_INFINITY : energyOfLevels(window, D, demand.levels),
  )
  const all = window.center.map((_, d) => d)
  if (!Number.isFinite(energy) || window.minimum === -HUGE) return { open: all }
  const open: number[] = []
  const box = window.profiles.map((profile, d) => {
    const inside = (j: number): boolean => profile[j] <= energy
    const left = profile.findIndex((_, j) => inside(j))
    const right = profile.findLastIndex((_, j) => inside(j))
    const lower = decayIndex(profile, left, -1, energy, window.step[d], D)
    const upper = decayIndex(profile, right, +1, energy, window.step[d], D)
    if (
      left < 0 ||
      !resolves(profile, inside, window.center.length) ||
      lower === undefined ||
      upper === undefined
    )
      open.push(d)
    const origin = window.center[d] - window.half[d]
    return {
      lower: origin + (lower ?? 0) * window.step[d],
      upper: origin + (upper ?? profile.length - 1) * window.step[d],
      reach: (narrowest(profile, inside) * window.step[d]) / 2,
    }
  })
  return open.length === 0 ? { energy, box } : { open }
}

/** On a line: whether the lower end of the window is no higher than the levels wanted, so that it does not hold them. */
function endsBelow({ zeta, step }: Window, D: number, { levels }: EnergyDemand): boolean {
  return (
    step.length === 1 &&
    levels !== undefined &&
    levelsBelow({ zeta, step }, D, Math.min(zeta[0], zeta[zeta.length - 1])) < levels - 0.5
  )
}

/**
 * Whether the classical regions are seen by enough neighbouring samples to be more than an accident of sampling: all
 * of them on a line, most of them in a plane, whose profiles are refined between the samples.
 */
function resolves(profile: Float64Array, inside: (j: number) => boolean, dimension: number): boolean {
  let [run, regions, seen] = [0, 0, 0]
  for (let j = 0; j <= profile.length; j++) {
    if (j < profile.length && inside(j)) run++
    else {
      if (run > 0) regions++
      if (run >= SEEN[dimension]) seen++
      run = 0
    }
  }
  return dimension === 1 ? seen === regions : 2 * seen > regions
}

/** Samples across the narrowest classical region: it holds the largest momenta. */
function narrowest(profile: Float64Array, inside: (j: number) => boolean): number {
  let run = 0
  let least = profile.length
  for (let j = 0; j <= profile.length; j++) {
    if (j < profile.length && inside(j)) run++
    else {
      if (run > 0) least = Math.min(least, run)
      run = 0
    }
  }
  return least
}

/** N(E), Weyl's count. */
export function levelsBelow({ zeta, step }: Pick<Window, 'zeta' | 'step'>, D: number, E: number): number {
  const dimension = step.length
  const cell = step.reduce((product, h) => product * h, 1)
  let sum = 0
  for (let i = 0; i < zeta.length; i++) {
    if (zeta[i] >= E) continue
    const u = (E - zeta[i]) / D
    sum += dimension === 1 ? Math.sqrt(u) : dimension === 2 ? u : u * Math.sqrt(u)
  }
  return sum * cell * WEYL[dimension]
}

/** Most steps of the search for an energy: halving alone would need no more. */
const STEPS = 80

/**
 * E with N(E) = levels − ½, where the highest of them lies, +∞ where the window holds fewer levels. N is nearly a power
 * of E − ζmin, so the search is false position on their logarithms (the Illinois rule), within a bracket.
 */
export function energyOfLevels(
  window: Pick<Window, 'zeta' | 'minimum' | 'step'>,
  D: number,
  levels: number,
): number {
  const { minimum } = window
  const excess = (span: number): number => Math.log(levelsBelow(window, D, minimum + span) / (levels - 0.5))
  let low = Math.max(1e-12, Math.abs(minimum) * 1e-9)
  let [high, below, above] = [low, Number.NEGATIVE_INFINITY, excess(low)]
  while (above < 0) {
    if (high > HUGE) return Number.POSITIVE_INFINITY
    ;[low, below] = [high, above]
    high *= 16
    above = excess(high)
  }
  let kept = 0
  for (let step = 0; step < STEPS && high - low > SHARP * high; step++) {
    const share = below === Number.NEGATIVE_INFINITY ? 0.5 : below / (below - above)
    const middle = low * (high / low) ** Math.min(0.99, Math.max(0.01, share))
    const found = excess(middle)
    if (Math.abs(found) < SHARP) return minimum + middle
    if (found < 0) {
      ;[low, below] = [middle, found]
      if (kept === -1) above /= 2
      kept = -1
    } else {
      ;[high, above] = [middle, found]
      if (kept === 1) below /= 2
      kept = 1
    }
  }
  return minimum + high
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
