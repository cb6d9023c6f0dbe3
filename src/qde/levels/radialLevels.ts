/**
 * Levels of a ζ that depends on the distance from the origin alone, in two or three dimensions. Each angular momentum l
 * is a channel of its own,
 *
 *   −D [R″ + (d−1)/r R′ − l(l+d−2)/r² R] + ζ(r) R = E R,   ∫ R² r^{d−1} dr = 1,
 *
 * solved on spectral elements, and each of its levels has as many states as there are harmonics: degeneracies are exact,
 * and ζ may be singular at the origin as Coulomb's is.
 */
import { axis, columnsOf, type Grid, grid } from '../../grid/index.js'
import { randomStream } from '../../numeric/index.js'
import { breaksOf, type Objective } from '../../objective/index.js'
import { decayEnd } from '../box/index.js'
import type { Discretisation } from '../discretisation.js'
import { adaptiveLevels, type ElementFunction, type ElementLevel } from '../elements/index.js'
import { errorsOf } from './eigenpairs.js'
import { Eigenstates } from './eigenstates.js'
import { harmonics } from './harmonics.js'

/** Radii and directions at which the symmetry of ζ is tried, and its deviation that is rounding. */
const RADII = 48
const DIRECTIONS = 4
const ROUNDING = 1e-12

/** ζ along a ray, if it is the same along every other. */
export function radialProfile({ variables, evaluate }: Objective): Objective | undefined {
  const dimension = variables.length
  if (dimension < 2) return undefined
  const ray = ([r]: readonly Float64Array[]): Float64Array =>
    evaluate(variables.map((_, d) => (d === 0 ? r : new Float64Array(r.length))))
  // No round numbers, at which ζ may jump.
  const radii = Float64Array.from({ length: RADII }, (_, i) => Math.SQRT1_2 * Math.E ** (i / 5 - 3))
  const along = ray([radii])
  const random = randomStream(20240719)
  for (let k = 0; k < DIRECTIONS; k++) {
    const direction = variables.map(() => random.uniform() - 0.5)
    const length = Math.hypot(...direction)
    const other = evaluate(direction.map((u) => radii.map((r) => (r * u) / length)))
    // What cancels in ζ at one radius is seen at its neighbours.
    const near = (i: number): number =>
      [i - 4, i, i + 4].reduce((most, j) => Math.max(most, Math.abs(along[j] ?? 0)), 0)
    if (!along.every((v, i) => Math.abs(v - other[i]) <= ROUNDING * near(i))) return undefined
  }
  return {
    variables: ['r'],
    tex: 'r',
    text: 'r',
    evaluate: ray,
    breaks: (lower, upper) => breaksOf((r) => ray([r]), lower, upper),
  }
}

/** Distances from the origin, and the ratio of r²ζ there that tells a pole weaker than r⁻² from a stronger one. */
const NEAR = [1e-8, 1e-4] as const
const WEAKER = 0.1

/** Whether ζ is symmetric about the origin and has a pole there, and nowhere else, that kinetic energy outweighs. */
export function hasRadialPole(objective: Objective): boolean {
  const profile = radialProfile(objective)
  if (profile === undefined) return false
  const [inner, outer] = profile.evaluate([Float64Array.from(NEAR)]).map((v, i) => v * NEAR[i] ** 2)
  const [origin] = profile.evaluate([Float64Array.of(0)])
  return !Number.isFinite(origin) && Math.abs(inner) < WEAKER * Math.abs(outer)
}

/** One level of a channel, with its angular momentum. */
interface RadialLevel extends ElementLevel {
  readonly l: number
}

/** Radius of the first box, most growth of a box at once, and the widest; a box may be so much wider than it needs. */
const FIRST = 2 ** -4
const WIDER = 4
const WIDEST = 2 ** 20
const ROOMY = 1.25

/** The lowest levels of a ζ that is symmetric about the origin; undefined where it is not, or does not hold them. */
export function radialLevels(space: Discretisation, levels: number): Eigenstates | undefined {
  if (space.boxGiven) return undefined
  const profile = radialProfile(space.objective)
  if (profile === undefined) return undefined
  const found = heldLevels(space, profile, levels)
  return found === undefined ? undefined : toEigenstates(space, found, levels)
}

/** Levels of all channels, each repeated for its harmonics, in a box at whose end the highest has decayed. */
function heldLevels(
  { D, dimension }: Discretisation,
  profile: Objective,
  levels: number,
): { readonly states: readonly RadialLevel[]; readonly radius: number } | undefined {
  let wanted = 1
  for (let radius = FIRST; radius <= WIDEST; ) {
    const states = inRadius(profile, D, dimension, radius, wanted)
    const highest = states[states.length - 1].energy
    const needed = decayEnd(profile, D, 0, 1, highest)
    if (needed > radius || needed * ROOMY < radius) radius = Math.min(1.01 * needed, WIDER * radius)
    else if (wanted === levels) return { states, radius }
    else wanted = levels
  }
  return undefined
}

/** The lowest states within a radius: channels of rising l, until the lowest of one is higher than all wanted. */
function inRadius(
  profile: Objective,
  D: number,
  dimension: number,
  radius: number,
  levels: number,
): readonly RadialLevel[] {
  const channel = {
    D,
    lower: 0,
    upper: radius,
    breaks: profile.breaks?.(0, radius) ?? [],
    power: dimension - 1,
    profile: (r: Float64Array) => profile.evaluate([r]),
  }
  const levelsOf = (l: number, count: number, energy: number): ElementLevel[] => {
    const centrifugal = D * l * (l + dimension - 2)
    const potential = (r: Float64Array): Float64Array =>
      profile.evaluate([r]).map((v, i) => v + centrifugal / (r[i] * r[i]))
    return adaptiveLevels({ ...channel, ends: [l === 0 ? 'free' : 'zero', 'zero'], potential, energy }, count)
  }
  // About as many levels of l = 0 as there are momenta l; more if they all turn out to be wanted.
  for (let first = Math.ceil(1.5 * levels ** (1 / dimension)) + 1; ; first *= 2) {
    let states: RadialLevel[] = []
    let count = first
    let energy = guess(profile, D, radius, first)
    for (let l = 0; count > 0; l++) {
      const found = levelsOf(l, count, energy)
      const copies = harmonics(dimension, l).length
      states = [...states, ...found.flatMap((level) => Array<RadialLevel>(copies).fill({ ...level, l }))]
      states.sort((a, b) => a.energy - b.energy)
      energy = states[levels - 1]?.energy ?? found[found.length - 1].energy
      // Levels of a channel rise with l.
      count = states.length < levels ? found.length : found.filter((level) => level.energy < energy).length
    }
    if (states.findLast((state) => state.l === 0)!.energy >= states[levels - 1].energy)
      return states.slice(0, levels)
  }
}

/** Samples of ζ along a radius for the energy of a number of levels. */
const SAMPLES = 512

/** Energy below which Weyl counts a number of levels of l = 0 in a radius. */
function guess(profile: Objective, D: number, radius: number, count: number): number {
  const dr = radius / SAMPLES
  const zeta = profile.evaluate([Float64Array.from({ length: SAMPLES }, (_, i) => (i + 0.5) * dr)])
  let [low, high] = [Math.min(...zeta), Math.max(...zeta) + D * ((count * Math.PI) / radius) ** 2]
  const held = (E: number): number =>
    zeta.reduce((sum, v) => sum + Math.sqrt(Math.max(0, E - v) / D) * dr, 0) / Math.PI
  for (let i = 0; i < 40; i++) {
    const middle = (low + high) / 2
    if (held(middle) < count) low = middle
    else high = middle
  }
  return high
}

/** Intervals of the grid that shows the states: odd so that the origin is no point of it, and no more than figures show. */
const SHOWN = [[], [], [125, 81, 75, 45], [75, 45, 27]] as const
/** Numbers that all states together may have. */
const NUMBERS = 2 ** 24

function shownOn({ objective, dimension, request }: Discretisation, radius: number, levels: number): Grid {
  const sizes = SHOWN[dimension]
  const intervals = sizes.find((n) => levels * (n - 1) ** dimension <= NUMBERS) ?? sizes[sizes.length - 1]
  return grid(
    objective.variables.map((name, d) =>
      axis({
        name,
        lower: -radius,
        upper: radius,
        intervals: request.intervals?.[d] ?? intervals,
        boundary: request.boundary?.[d] ?? 'walls',
      }),
    ),
  )
}

function toEigenstates(
  space: Discretisation,
  { states, radius }: { readonly states: readonly RadialLevel[]; readonly radius: number },
  levels: number,
): Eigenstates {
  const shown = shownOn(space, radius, levels)
  const columns = columnsOf(shown, 0, shown.size)
  const r = new Float64Array(shown.size)
  for (const c of columns) for (let i = 0; i < r.length; i++) r[i] += c[i] * c[i]
  for (let i = 0; i < r.length; i++) r[i] = Math.sqrt(r[i])
  // The origin has no direction, and needs none: the radial parts of l > 0 vanish there.
  const directions = columns.map((c) => c.map((x, i) => (r[i] === 0 ? 0 : x / r[i])))
  const scale = Math.sqrt(shown.cell)
  const radial = new Map<ElementFunction, Float64Array>()
  const copies = new Map<ElementFunction, number>()
  const vectors = states.map(({ state, l }) => {
    const copy = copies.get(state) ?? 0
    copies.set(state, copy + 1)
    const u = radial.get(state) ?? state.at(r)
    radial.set(state, u)
    const vector = harmonics(space.dimension, l)[copy](directions)
    for (let i = 0; i < vector.length; i++) vector[i] *= scale * u[i]
    return vector
  })
  const energies = Float64Array.from(states, (state) => state.energy)
  const residuals = Float64Array.from(states, (state) => state.residual)
  const pairs = { energies, vectors, residuals, errors: errorsOf(residuals, energies) }
  const hamiltonian = space.hamiltonian(shown)
  return new Eigenstates(hamiltonian, pairs, space.record(shown), () => hamiltonian)
}
