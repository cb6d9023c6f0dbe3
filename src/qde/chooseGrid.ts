/**
 * Chooses box, resolution and boundary from ζ, D and what the grid has to hold.
 *
 * Energy.    The number of levels below E is, semiclassically (Weyl),
 *              d = 1: N(E) = (1/π) ∫ √((E − ζ)/D) dx          d = 2: N(E) = (1/4πD) ∫ (E − ζ) dx dy ,
 *            so a wanted number of levels gives an energy E.
 * Box.       Beyond the classical turning points ψ decays as e^{−A}, A = ∫ √((ζ − E)/D) dx. The walls stand
 *            where A = DECAY. Along an axis of a plane ζ is replaced by its minimum over the other axis, which
 *            bounds the decay from below (Agmon's estimate).
 * Spacing.   In momentum the oscillator of the same classical region decays by the same law with x and k
 *            exchanged: A(k) = ½ X K (γ√(γ² − 1) − arcosh γ), γ = k/K, K = √((E − ζmin)/D), X = half its width.
 */
import { PsilabError } from '../error.js'
import { axis, type Boundary, type Grid, grid } from '../grid/index.js'
import { nextPowerOfTwo } from '../numeric/fft.js'
import type { Objective } from '../objective/index.js'

/** What a grid has to hold. */
export interface GridDemand {
  /** Number of levels, or the highest energy. */
  readonly levels?: number
  readonly energy?: number
  /** Interval that the state occupies, one an axis. */
  readonly support?: readonly (readonly [number, number])[]
  /** Largest |k| of the state, one an axis. */
  readonly momentum?: readonly number[]
  /** Times the resolution is doubled beyond the estimate; default 0. */
  readonly refinement?: number
}

export type Confinement =
  /** ζ rises on all sides: the spectrum is discrete. */
  | 'confining'
  /** ζ neither rises nor falls without bound. */
  | 'open'
  /** ζ has no lower bound. */
  | 'unbounded'

export interface GridChoice {
  readonly grid: Grid
  readonly confinement: Confinement
  /** Number of levels that the grid was chosen for: fewer than demanded where ζ holds fewer. */
  readonly levels?: number
  /** Highest energy at which states fit the grid; −∞ where the grid was not chosen for an energy. */
  readonly energy: number
  /** Sentences that say what was chosen and why. */
  readonly notes: readonly string[]
}

/** Decay of ψ at the walls, e^{−DECAY} ≈ 5e-12, so that energies feel the walls by e^{−2·DECAY} only. */
const DECAY = 26
/** Samples along an axis, by dimension. */
const SAMPLES = [0, 4001, 65] as const
/** log2 of the half-widths that are tried, by dimension. */
const SCALES = [
  [0, 0],
  [-10, 24],
  [-2, 14],
] as const
/** Fewest and most intervals along an axis, by dimension. */
const INTERVALS = [
  [0, 0],
  [64, 4096],
  [32, 256],
] as const
/** Fewest neighbouring samples that make a classical region. */
const SEEN = 4
/** Half-width of the box where ζ sets no scale. */
const OPEN_HALF_WIDTH = 10

/** Stands for ζ = ±∞ in estimates. */
const HUGE = 1e300

export function chooseGrid(objective: Objective, D: number, demand: GridDemand): GridChoice {
  for (const attempt of lessening(demand)) {
    const choice = confinedGrid(objective, D, attempt)
    if (choice !== undefined) return choice
  }
  return openChoice(objective, demand, isFalling(objective) ? 'unbounded' : 'open')
}

/** The demand, then fewer and fewer levels: a well of finite depth holds some, though not all that were wanted. */
function lessening(demand: GridDemand): GridDemand[] {
  const { energy: _, ...rest } = demand
  const attempts = [demand]
  for (let levels = demand.levels ?? 0; levels >= 1; levels = Math.floor(0.75 * levels))
    attempts.push({ ...rest, levels })
  return attempts
}

/** The smallest window in which the states of the demand decay, if there is one. */
function confinedGrid(objective: Objective, D: number, demand: GridDemand): GridChoice | undefined {
  const [first, last] = SCALES[objective.variables.length]
  for (let scale = first; scale <= last; scale++) {
    const window = sample(objective, 2 ** scale)
    const found = confine(window, D, demand)
    if (found !== undefined && staysAbove(objective, found.energy, scale, last))
      return confinedChoice(objective, D, demand, found, window.minimum)
  }
  return undefined
}

/** Whether ζ goes on falling in the widest windows. */
function isFalling(objective: Objective): boolean {
  const [first, last] = SCALES[objective.variables.length]
  const minimum = (scale: number): number => sample(objective, 2 ** scale).minimum
  if (minimum(last) === -HUGE) return true
  const early = minimum(Math.ceil((first + last) / 2))
  return minimum(last) < early - 1e-6 * Math.max(1, Math.abs(early)) && minimum(last) < minimum(last - 1)
}

/** ζ on a symmetric window of every axis, and its minimum profile along each axis. */
interface Window {
  readonly half: number
  readonly step: number
  readonly zeta: Float64Array
  readonly minimum: number
  readonly profiles: readonly Float64Array[]
}

/** Windows already sampled: they depend on ζ alone, and serve every D and every demand. */
const sampled = new WeakMap<Objective, Map<number, Window>>()

function sample(objective: Objective, half: number): Window {
  const windows = sampled.get(objective) ?? new Map<number, Window>()
  sampled.set(objective, windows)
  const window = windows.get(half) ?? sampleWindow(objective, half)
  windows.set(half, window)
  return window
}

function sampleWindow(objective: Objective, half: number): Window {
  const dimension = objective.variables.length
  const n = SAMPLES[dimension]
  const step = (2 * half) / (n - 1)
  const line = Float64Array.from({ length: n }, (_, j) => -half + j * step)
  const columns =
    dimension === 1
      ? [line]
      : [
          Float64Array.from({ length: n * n }, (_, i) => line[Math.floor(i / n)]),
          Float64Array.from({ length: n * n }, (_, i) => line[i % n]),
        ]
  const zeta = objective.evaluate(columns).map((v, i) => {
    if (Number.isNaN(v)) notFinite(objective, columns, i)
    return Math.max(-HUGE, Math.min(v, HUGE))
  })
  const minimum = zeta.reduce((least, v) => Math.min(least, v), Number.POSITIVE_INFINITY)
  const profiles =
    dimension === 1
      ? [zeta]
      : [0, 1].map((d) => {
          const profile = new Float64Array(n).fill(HUGE)
          for (let i = 0; i < zeta.length; i++) {
            const j = d === 0 ? Math.floor(i / n) : i % n
            profile[j] = Math.min(profile[j], zeta[i])
          }
          return profile
        })
  return { half, step, zeta, minimum, profiles }
}

function notFinite(objective: Objective, columns: readonly Float64Array[], i: number): never {
  const where = objective.variables.map((v, d) => `${v} = ${Number(columns[d][i].toPrecision(6))}`).join(', ')
  throw new PsilabError({
    code: 'not-finite',
    parameter: 'objective',
    problem: `ζ is not a number at ${where}`,
    allowed: 'a number everywhere, when the grid is to be chosen from ζ',
    advice:
      'Give a grid that leaves this point out, for example grid: { lower: 0.1, upper: 5, points: 256 }.',
  })
}

interface ConfinedBox {
  readonly energy: number
  /** One interval an axis, and half the width of the classical region. */
  readonly box: readonly { readonly lower: number; readonly upper: number; readonly reach: number }[]
}

/** The box that the demand needs, or undefined where it does not fit the window. */
function confine(window: Window, D: number, demand: GridDemand): ConfinedBox | undefined {
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

/** E with N(E) = levels + ½ by bisection, +∞ where the window holds fewer levels. */
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
  while (count(high) < levels + 0.5) {
    low = high
    high = window.minimum + span
    span *= 4
    if (span > HUGE) return Number.POSITIVE_INFINITY
  }
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2
    if (count(middle) < levels + 0.5) low = middle
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

/** Whether no further window, wider than 2^scale, falls below the energy outside this one. */
function staysAbove(objective: Objective, energy: number, scale: number, last: number): boolean {
  const farther = objective.variables.length === 1 ? last : Math.min(last, scale + 4)
  for (let s = scale + 1; s <= farther; s++) {
    const { profiles, half, step } = sample(objective, 2 ** s)
    const inner = 2 ** (s - 1)
    if (profiles.some((p) => p.some((v, j) => Math.abs(-half + j * step) > inner && v <= energy)))
      return false
  }
  return true
}

function confinedChoice(
  objective: Objective,
  D: number,
  demand: GridDemand,
  { energy, box }: ConfinedBox,
  minimum: number,
): GridChoice {
  const dimension = box.length
  const classical = Math.sqrt((energy - minimum) / D)
  const [fewest, most] = INTERVALS[dimension]
  const axes = box.map(({ lower, upper, reach }, d) => {
    const [from, to] = demand.support?.[d] ?? [lower, upper]
    const [a, b] = [Math.min(lower, from), Math.max(upper, to)]
    const k = Math.max(classical * momentumFactor(reach * classical), demand.momentum?.[d] ?? 0)
    const wanted = nextPowerOfTwo(((b - a) * k) / Math.PI) * 2 ** (demand.refinement ?? 0)
    return axis({
      name: objective.variables[d],
      ...roundOutward(a, b),
      intervals: Math.min(most, Math.max(fewest, wanted)),
      boundary: 'walls',
    })
  })
  const why =
    demand.levels === undefined
      ? `energies up to ${energy.toPrecision(3)}`
      : `the lowest ${demand.levels} levels, up to E ≈ ${energy.toPrecision(3)}`
  return {
    grid: grid(axes),
    confinement: 'confining',
    ...(demand.levels === undefined ? {} : { levels: demand.levels }),
    energy,
    notes: [
      ...axes.map(
        (a) =>
          `${a.name} ∈ [${a.lower}, ${a.upper}] in ${a.points + 1} intervals of ${a.spacing.toPrecision(3)}`,
      ),
      `hard walls, because ζ confines: states of ${why} have decayed by e^−${DECAY} there`,
    ],
  }
}

/** γ = k/K at which the momentum representation has decayed by DECAY, for an action quantum X·K. */
function momentumFactor(action: number): number {
  let gamma = 1.25
  while (0.5 * action * (gamma * Math.sqrt(gamma * gamma - 1) - Math.acosh(gamma)) < DECAY) gamma *= 1.05
  return gamma
}

/** The interval widened to two significant digits of its length. */
function roundOutward(lower: number, upper: number): { lower: number; upper: number } {
  const unit = 10 ** (Math.floor(Math.log10(upper - lower)) - 1)
  const tidy = (value: number): number => Number((value * unit).toPrecision(12))
  return { lower: tidy(Math.floor(lower / unit)), upper: tidy(Math.ceil(upper / unit)) }
}

function openChoice(objective: Objective, demand: GridDemand, confinement: 'open' | 'unbounded'): GridChoice {
  const boundary: Boundary = confinement === 'open' ? 'periodic' : 'walls'
  const [fewest, most] = INTERVALS[objective.variables.length]
  const axes = objective.variables.map((name, d) => {
    const [from, to] = demand.support?.[d] ?? [-OPEN_HALF_WIDTH, OPEN_HALF_WIDTH]
    const box = roundOutward(Math.min(from, -OPEN_HALF_WIDTH), Math.max(to, OPEN_HALF_WIDTH))
    const k = demand.momentum?.[d] ?? 0
    const wanted = nextPowerOfTwo(((box.upper - box.lower) * k) / Math.PI) * 2 ** (demand.refinement ?? 0)
    return axis({ name, ...box, intervals: Math.min(most, Math.max(4 * fewest, wanted)), boundary })
  })
  const reason =
    confinement === 'open'
      ? 'ζ does not confine, so nothing in it sets a box: this one is a default, periodic at its ends'
      : 'ζ has no lower bound, so nothing in it sets a box: this one is a default, with hard walls'
  return {
    grid: grid(axes),
    confinement,
    energy: Number.NEGATIVE_INFINITY,
    notes: [
      ...axes.map((a) => `${a.name} ∈ [${a.lower}, ${a.upper}] in steps of ${a.spacing.toPrecision(3)}`),
      `${reason}; give your own with grid: { lower, upper, points }`,
    ],
  }
}
