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
function levelsBelow({ zeta, step }: Pick<Window, 'zeta' | 'step'>, D: number, E: number): number {
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

/** E with N(E) = levels − ½, where the highest of them lies, by bisection, +∞ where the window holds fewer levels. */
export function energyOfLevels(
  window: Pick<Window, 'zeta' | 'minimum' | 'step'>,
  D: number,
  levels: number,
): number {
  const count = (E: number): number => levelsBelow(window, D, E)
  let low = window.minimum
  let high = low
  for (let span = Math.max(1e-12, Math.abs(low) * 1e-9); count(high) < levels - 0.5; span *= 16) {
    if (span > HUGE) return Number.POSITIVE_INFINITY
    low = high
    high = window.minimum + span
  }
  while (high - low > SHARP * (high - window.minimum)) {
    const middle = (low + high) / 2
    if (middle <= low || middle >= high) break
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
