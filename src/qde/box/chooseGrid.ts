/**
 * Chooses box, resolution and boundary from ζ, D and what the grid has to hold. The box follows from the decay
 * of the states (confine.ts); the spacing from their momenta: in momentum the oscillator of the same classical
 * region decays as in position, so that with K = √((E − ζmin)/D), X half the width of the region and γ = k/K
 *
 *   A(k) = ½ X K (γ√(γ² − 1) − arcosh γ)   reaches DECAY at the largest momentum that the grid needs.
 */
import { PsilabError } from '../../error.js'
import { type Axis, axis, type Boundary, type Grid, grid } from '../../grid/index.js'
import { radicesOf } from '../../numeric/index.js'
import type { Objective } from '../../objective/index.js'
import { ABSORBED } from '../absorber.js'
import { boundaryOf, divisionOf } from '../record.js'
import { type ConfinedBox, confine, DECAY, type EnergyDemand, energyOfLevels } from './confine.js'
import { magnify, steepPlaces } from './magnify.js'
import { around, HUGE, sample, scalesBelow, scalesOf } from './window.js'

/** What is fixed of a grid, each one an axis; the rest is chosen. */
export interface GridRequest {
  readonly box?: readonly { readonly lower: number; readonly upper: number }[]
  readonly intervals?: readonly number[]
  readonly boundary?: readonly Boundary[]
}

/** What a grid has to hold. */
export interface GridDemand extends EnergyDemand {
  /** Interval that the state occupies, one an axis. */
  readonly support?: readonly (readonly [number, number])[]
  /** Largest |k| of the state, one an axis. */
  readonly momentum?: readonly number[]
  /** Least |k| that absorbing layers have to take, one an axis. */
  readonly slowest?: readonly number[]
  /**
   * The state alone sets the box where ζ falls without bound: off the real axis of time every mode that is only rounding
   * grows there, by e^{|ζ|τ}.
   */
  readonly tight?: boolean
  /** Times the resolution is doubled beyond the estimate, fractions too; default 0. */
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
  /** ‖error‖ that box and spacing leave in the highest of the states that a chosen grid is for; see `gridError` for others. */
  readonly error?: number
  /** Sentences that say what was chosen and why. */
  readonly notes: readonly string[]
}

/** Fewest and most intervals along an axis, by dimension. */
const INTERVALS = [
  [0, 0],
  [64, 16384],
  [32, 512],
  [16, 144],
] as const
/** Fewest intervals of a box that was given: its ends may cut ζ or ψ sharply. */
const GIVEN = [0, 256, 64, 32] as const
/** Intervals beyond any that an axis may have. */
const HUGE_AXIS = 2 ** 20
/** Half-width of the box where ζ sets no scale. */
const OPEN_HALF_WIDTH = 10

/** The grid of one choice, and what every choice of one objective depends on. */
interface Wish {
  readonly objective: Objective
  readonly D: number
  readonly demand: GridDemand
  readonly request: GridRequest
}

export function chooseGrid(
  objective: Objective,
  D: number,
  demand: GridDemand,
  request: GridRequest = {},
): GridChoice {
  const wish = { objective, D, demand, request }
  if (request.box !== undefined) return givenChoice(wish, request.box)
  return (
    confinedGrid(wish) ?? mostLevels(wish) ?? openChoice(wish, isFalling(objective) ? 'unbounded' : 'open')
  )
}

/** One axis of a choice: what the request fixes, and else what was found. */
function axisOf(
  { objective, demand, request }: Wish,
  d: number,
  [lower, upper]: readonly [number, number],
  { k, fewest, boundary }: { readonly k: number; readonly fewest: number; readonly boundary: Boundary },
): Axis {
  const kind = request.boundary?.[d] ?? boundary
  const slowest = demand.slowest?.[d]
  if (!Number.isFinite(upper - lower))
    throw new PsilabError({
      code: 'resolution',
      parameter: 'grid',
      problem: `the state reaches along ${objective.variables[d]} as far as no box does`,
      allowed: 'a state of finite extent',
      got: [lower, upper],
      advice: 'Give a box for it: grid: { lower, upper }.',
    })
  // A layer as wide as the slowest waves want, and not wider than what it encloses.
  const layer = Math.min(upper - lower, slowest === undefined ? (upper - lower) / 4 : ABSORBED / slowest)
  const outer =
    kind === 'absorbing' && request.box === undefined
      ? roundOutward(lower - layer, upper + layer)
      : { lower, upper }
  const length = outer.upper - outer.lower
  const most = INTERVALS[objective.variables.length][1]
  const wanted = intervalsFor(((length * k) / Math.PI) * 2 ** (demand.refinement ?? 0))
  return axis({
    name: objective.variables[d],
    ...outer,
    intervals: request.intervals?.[d] ?? Math.min(most, Math.max(fewest, wanted)),
    boundary: kind,
    ...(kind === 'absorbing' && request.box === undefined ? { layer: Math.min(layer, 0.45 * length) } : {}),
  })
}

/** A box that was given, with points for the states that it has to hold. */
function givenChoice(wish: Wish, box: NonNullable<GridRequest['box']>): GridChoice {
  const { objective, D, demand, request } = wish
  const dimension = box.length
  let energy = Number.NEGATIVE_INFINITY
  let wave = box.map(() => 0)
  if (request.intervals === undefined) {
    const window = sample(objective, {
      center: box.map(({ lower, upper }) => (lower + upper) / 2),
      half: box.map(({ lower, upper }) => (upper - lower) / 2),
    })
    energy = Math.max(demand.energy ?? energy, energyOfLevels(window, D, demand.levels ?? 1))
    const classical = Math.sqrt(Math.max(0, energy - window.minimum) / D)
    wave = window.half.map((h) => classical * momentumFactor(h * classical))
  }
  const axes = box.map(({ lower, upper }, d) =>
    axisOf(wish, d, [lower, upper], {
      k: Math.max(wave[d], demand.momentum?.[d] ?? 0),
      fewest: GIVEN[dimension],
      boundary: 'walls',
    }),
  )
  return {
    grid: grid(axes),
    confinement: 'confining',
    energy,
    notes: axes.map((a) => `${divisionOf(a)}, ${boundaryOf(a)}, as given`),
  }
}

/** A well of finite depth holds some levels, though not all that were wanted: the grid for as many as it holds. */
function mostLevels(wish: Wish): GridChoice | undefined {
  const { energy: _, ...rest } = wish.demand
  let fits: GridChoice | undefined
  let [held, refused] = [0, wish.demand.levels ?? 0]
  while (refused - held > 1) {
    const levels = Math.floor((held + refused) / 2)
    const choice = confinedGrid({ ...wish, demand: { ...rest, levels } })
    if (choice === undefined) refused = levels
    else {
      held = levels
      fits = choice
    }
  }
  return fits
}

/** Times the window of a confined box is doubled at most, by dimension. */
const DOUBLINGS = [0, 34, 16, 16] as const

/**
 * The box in which the states of the demand decay, if there is one: a window about the lowest point of ζ grows along
 * the axes on which they do not, and takes in every place farther out where ζ falls below their energy.
 */
function confinedGrid(wish: Wish): GridChoice | undefined {
  const { objective, D, demand } = wish
  const center = lowestPoint(objective)
  let half: readonly number[] = narrowestDecay(objective, D, center)
  const most = half.map((h) => Math.min(2 ** FARTHEST, h * 2 ** DOUBLINGS[half.length]))
  for (;;) {
    if (half.some((h, d) => h > most[d])) return undefined
    const window = sample(objective, { center, half })
    const found = confine(window, D, demand)
    const least = found.open === undefined ? outside(objective, found, center) : undefined
    const wider = half.map((h, d) =>
      least !== undefined ? Math.max(h, least[d]) : found.open?.includes(d) ? 2 * h : h,
    )
    if (found.open === undefined && wider.every((h, d) => h === half[d]))
      return confinedChoice(wish, found, window.minimum)
    half = wider
  }
}

/** log2 of the least and the largest half-width of a box, and samples from each distance to its double. */
const [NEAREST, FARTHEST] = [-40, 24] as const
const PER_OCTAVE = 8

/**
 * Half-widths, powers of 2, of a window about the lowest point that is too narrow for any state to decay in: on the
 * axes through it ζ is no lower than its minimum over the others, and no level lower than ζ there, so that no state
 * decays faster than as e^{−∫√((ζ − ζmin)/D)}. Infinite along an axis on which that does not suffice anywhere.
 */
function narrowestDecay(objective: Objective, D: number, center: readonly number[]): number[] {
  const n = (FARTHEST - NEAREST) * PER_OCTAVE + 1
  const distance = Float64Array.from({ length: n }, (_, k) => 2 ** (NEAREST + k / PER_OCTAVE))
  const bottom = objective.evaluate(center.map((c) => Float64Array.of(c)))[0]
  const reach = (d: number, direction: 1 | -1): number => {
    const columns = center.map((c, e) =>
      e === d ? distance.map((r) => c + direction * r) : new Float64Array(n).fill(c),
    )
    const zeta = objective.evaluate(columns)
    let action = 0
    for (let k = 0; k < n; k++) {
      const height = Math.max(zeta[k], k === 0 ? zeta[k] : zeta[k - 1]) - bottom
      // What is no number may be anything: it does not delay the decay.
      if (Number.isNaN(height)) return distance[k]
      if (height > 0) action += Math.sqrt(height / D) * (distance[k] - (k === 0 ? 0 : distance[k - 1]))
      if (action >= DECAY) return distance[k]
    }
    return Number.POSITIVE_INFINITY
  }
  return center.map((_, d) => 2 ** (Math.floor(Math.log2(Math.max(reach(d, 1), reach(d, -1)))) - 1))
}

/** Lowest points already found: they depend on ζ alone. */
const centers = new WeakMap<Objective, readonly number[]>()
/** Steep places of a window that are looked at for a narrow well. */
const LOOKED_AT = 8

/**
 * Where the windows about the origin see ζ lowest; of equal places the one seen in the smallest window. On a line a
 * well between the samples is found where its flank reaches one of them.
 */
export function lowestPoint(objective: Objective): readonly number[] {
  const known = centers.get(objective)
  if (known !== undefined) return known
  let [minimum, place] = [Number.POSITIVE_INFINITY, [] as readonly number[]]
  for (const scale of scalesBelow(objective, someValue(objective))) {
    const window = around(objective, scale)
    if (window.minimum < minimum) [minimum, place] = [window.minimum, window.lowest]
    if (place.length > 1) continue
    for (const start of steepPlaces(window.zeta, -window.half[0], window.step[0]).slice(0, LOOKED_AT)) {
      const found = magnify(objective, start, window.half, (v) => -v)
      const depth = found.heights[found.heights.length - 1]
      // A gain of less than this is that of any sample nearer to the bottom of the same well.
      if (depth < minimum - 0.1 * Math.abs(window.zeta[0] - minimum)) [minimum, place] = [depth, found.place]
    }
  }
  centers.set(objective, place)
  return place
}

/** The least of ζ at a few points of each window about the origin, its minimum or above it. */
function someValue(objective: Objective): number {
  const reach = [0, ...scalesOf(objective).flatMap((scale) => [-(2 ** scale), 2 ** scale])]
  const zeta = objective.evaluate(objective.variables.map(() => Float64Array.from(reach)))
  return zeta.reduce((least, v) => (v < least ? v : least), Number.POSITIVE_INFINITY)
}

/** Half-widths that would take in every sample outside the box at which ζ lies below the energy. */
function outside(objective: Objective, { energy, box }: ConfinedBox, center: readonly number[]): number[] {
  const half = center.map(() => 0)
  for (const scale of scalesBelow(objective, energy)) {
    const reach = 2 ** scale
    if (box.every(({ lower, upper }) => lower <= -reach && reach <= upper)) continue
    const { columns, zeta } = around(objective, scale)
    for (let i = 0; i < zeta.length; i++) {
      if (zeta[i] > energy || isInside(columns, i, box)) continue
      for (let d = 0; d < half.length; d++)
        half[d] = Math.max(half[d], 1.5 * Math.abs(columns[d][i] - center[d]))
    }
  }
  return half
}

function isInside(columns: readonly Float64Array[], i: number, box: ConfinedBox['box']): boolean {
  for (let d = 0; d < box.length; d++)
    if (columns[d][i] < box[d].lower || columns[d][i] > box[d].upper) return false
  return true
}

/** Whether ζ goes on falling towards the ends of the widest windows. */
function isFalling(objective: Objective): boolean {
  const scales = scalesOf(objective)
  const [before, last] = scales.slice(-2)
  const minimum = (scale: number): number => around(objective, scale).minimum
  if (minimum(last) === -HUGE) return true
  const early = minimum(scales[scales.length >> 1])
  return (
    minimum(last) < early - 1e-6 * Math.max(1, Math.abs(early)) &&
    minimum(last) < minimum(before) &&
    around(objective, last).profiles.some(
      (p) => fallsOutward(p, minimum(last)) || fallsOutward(p.toReversed(), minimum(last)),
    )
  )
}

/** Parts of the outer half of a profile. */
const PARTS = 4

/** Whether a profile has its lowest point at its end, and gets there by lower and lower parts: a wave does not. */
function fallsOutward(profile: Float64Array, minimum: number): boolean {
  if (profile[profile.length - 1] > minimum) return false
  const length = Math.floor(profile.length / 2 / PARTS)
  const lows = Array.from({ length: PARTS }, (_, k) =>
    Math.min(
      ...profile.subarray(profile.length - (PARTS - k) * length, profile.length - (PARTS - 1 - k) * length),
    ),
  )
  return lows.every((low, k) => k === 0 || low < lows[k - 1])
}

function confinedChoice(wish: Wish, { energy, box }: ConfinedBox, minimum: number): GridChoice {
  const { D, demand, request } = wish
  const classical = Math.sqrt((energy - minimum) / D)
  const axes = box.map(({ lower, upper, reach }, d) => {
    const [from, to] = demand.support?.[d] ?? [lower, upper]
    const ends = roundOutward(Math.min(lower, from), Math.max(upper, to))
    return axisOf(wish, d, [ends.lower, ends.upper], {
      k: Math.max(classical * momentumFactor(reach * classical), demand.momentum?.[d] ?? 0),
      fewest: INTERVALS[box.length][0],
      boundary: 'periodic',
    })
  })
  const error = Math.max(...axes.map((a, d) => spectralError(a, box[d].reach, classical)))
  const why =
    demand.levels === undefined
      ? `energies up to ${energy.toPrecision(3)}`
      : `the lowest ${demand.levels} levels, up to E ≈ ${energy.toPrecision(3)}`
  return {
    grid: grid(axes),
    confinement: 'confining',
    ...(demand.levels === undefined ? {} : { levels: demand.levels }),
    energy,
    error,
    notes: [
      ...axes.map((a) =>
        request.boundary === undefined ? divisionOf(a) : `${divisionOf(a)}, ${boundaryOf(a)}`,
      ),
      `${request.boundary === undefined ? 'periodic (Fourier), because' : 'boundary as given, box chosen, since'} ζ confines: states of ${why} have decayed at the ends to 1e−${Math.round(DECAY / Math.LN10)}`,
      `grid error ≲ ${error.toExponential(0).replace('-', '−')}`,
    ],
  }
}

/** The smallest multiple of 4 that is no less than wanted and has a fast transform. */
export function intervalsFor(wanted: number): number {
  // What is no number, from a state whose extent is none, is refused by the axis itself.
  let intervals = wanted < HUGE_AXIS ? 4 * Math.ceil(Math.max(1, wanted) / 4) : HUGE_AXIS
  while (radicesOf(intervals) === undefined) intervals += 4
  return intervals
}

/** A/(XK), half the area of the hyperbola's sector, at γ = k/K. */
function decayAt(gamma: number): number {
  return gamma <= 1 ? 0 : 0.5 * (gamma * Math.sqrt(gamma * gamma - 1) - Math.acosh(gamma))
}

/** γ = k/K at which the momentum representation has decayed by DECAY, for an action quantum X·K. */
function momentumFactor(action: number): number {
  let gamma = 1.25
  while (action * decayAt(gamma) < DECAY) gamma *= 1.05
  return gamma
}

/** What states of half-width X and momentum K lose at the end of an axis and beyond its momenta. */
function spectralError({ spacing }: Axis, X: number, K: number): number {
  return 2 * (Math.exp(-DECAY) + Math.exp(-X * K * decayAt(Math.PI / spacing / K)))
}

/** The interval widened to two significant digits of its length. */
function roundOutward(lower: number, upper: number): { lower: number; upper: number } {
  if (!Number.isFinite(upper - lower)) return { lower, upper }
  const unit = 10 ** (Math.floor(Math.log10(upper - lower)) - 1)
  const tidy = (value: number): number => Number((value * unit).toPrecision(12))
  return { lower: tidy(Math.floor(lower / unit)), upper: tidy(Math.ceil(upper / unit)) }
}

function openChoice(wish: Wish, confinement: 'open' | 'unbounded'): GridChoice {
  const { objective, demand, request } = wish
  // The points of zero flux lie between those of other boundaries, and so none at a singular origin.
  const origin = objective.variables.map(() => new Float64Array(1))
  const singular = origin.length > 1 && !Number.isFinite(objective.evaluate(origin)[0])
  const axes = objective.variables.map((_, d) => {
    const [from, to] = demand.support?.[d] ?? [-OPEN_HALF_WIDTH, OPEN_HALF_WIDTH]
    const least = demand.tight === true && confinement === 'unbounded' ? 0 : OPEN_HALF_WIDTH
    const ends =
      least === 0 ? roundOutward(from, to) : roundOutward(Math.min(from, -least), Math.max(to, least))
    return axisOf(wish, d, [ends.lower, ends.upper], {
      k: demand.momentum?.[d] ?? 0,
      fewest: 4 * INTERVALS[objective.variables.length][0],
      boundary: confinement === 'open' ? 'periodic' : singular ? 'zero-flux' : 'walls',
    })
  })
  const reason =
    confinement === 'open'
      ? 'ζ does not confine, so nothing in it sets a box: this one is a default'
      : 'ζ has no lower bound, so nothing in it sets a box: this one is a default'
  const ends =
    request.boundary === undefined
      ? confinement === 'open'
        ? ', periodic at its ends'
        : singular
          ? ', with zero flux at its ends and no point at the singular origin'
          : ', with hard walls'
      : ''
  return {
    grid: grid(axes),
    confinement,
    energy: Number.NEGATIVE_INFINITY,
    notes: [
      ...axes.map((a) =>
        request.boundary === undefined ? divisionOf(a) : `${divisionOf(a)}, ${boundaryOf(a)}`,
      ),
      `${reason}${ends}; give your own with grid: { lower, upper, points }`,
    ],
  }
}
