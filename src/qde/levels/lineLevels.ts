/**
 * The lowest levels of one coordinate. Where ζ is smooth and sets its own box, from the full matrix on a grid that is
 * just fine enough for them, which converges exponentially; where ζ has kinks or jumps, where a box is given, and in
 * wells of finite depth, on spectral elements.
 */
import { PsilabError } from '../../error.js'
import { axis, type Boundary, type Grid, grid } from '../../grid/index.js'
import { evaluateAt, type Objective } from '../../objective/index.js'
import { requireClosed } from '../absorber.js'
import { asymptote, DECAY, decayEnd, energyOfLevels, type GridChoice, lowestPoint } from '../box/index.js'
import type { Discretisation } from '../discretisation.js'
import { isEven, lowestOfMatrix } from './dense.js'
import { type Eigenpairs, errorsOf } from './eigenpairs.js'
import { Eigenstates } from './eigenstates.js'
import { type LineDemand, type LineLevels, lineOnElements } from './lineOnElements.js'
import { refuseLevels, requireBoundStates, requireHeldByObjective } from './refusals.js'

/** Levels beyond those wanted for which a grid has room. */
const SPARE = 8
/** Largest grid whose H is diagonalised as a full matrix here. */
const FINEST = 1024
/** Where ζ is as it is at infinity. */
const FAR = 2 ** 22
/** Resolutions that are tried, each twice the one before. */
const RESOLUTIONS = 4
/** Share of a level's spectrum at the largest momenta that leaves its energy exact to rounding. */
const RESOLVED = 1e-13

export function lineLevels(space: Discretisation, levels: number): Eigenstates {
  if (space.boxGiven) return inGivenBox(space, space.choose({ levels }).grid, levels)
  if (!confines(space.objective)) return inFiniteWell(space, levels)
  const choice = space.choose({ levels: levels + SPARE })
  requireBoundStates(space, choice, levels)
  const [{ lower, upper }] = choice.grid.axes
  const breaks = space.objective.breaks?.(lower, upper) ?? []
  return breaks.length === 0 ? onGrid(space, choice, levels) : inBox(space, choice.grid, levels)
}

/** Whether ζ goes on rising far out on both sides, so that it holds any number of levels. */
function confines({ evaluate }: Objective): boolean {
  const [a, b, c, d] = evaluate([Float64Array.of(-FAR, -FAR / 2, FAR / 2, FAR)])
  const rises = (inner: number, outer: number): boolean => outer > inner || outer === Number.POSITIVE_INFINITY
  return rises(b, a) && rises(c, d)
}

/** Levels from the full matrix on the grid chosen, refined until they are resolved; else on elements. */
function onGrid(space: Discretisation, first: GridChoice, levels: number): Eigenstates {
  const [{ lower, upper }] = first.grid.axes
  const even = isEven(space.objective, lower, upper)
  let choice = first
  for (let refinement = 1; choice.grid.size <= FINEST && refinement <= RESOLUTIONS; refinement++) {
    const hamiltonian = space.hamiltonian(choice.grid)
    const pairs = lowestOfMatrix(hamiltonian, even, levels)
    if (pairs.tail <= RESOLVED)
      return new Eigenstates(hamiltonian, pairs, space.record(choice.grid), () => space.line(choice.grid))
    choice = space.choose({ levels: levels + SPARE, refinement })
  }
  return inBox(space, first.grid, levels)
}

/** What a boundary asks of ψ at the ends. */
const ENDS: Readonly<Record<Boundary, LineDemand['ends']>> = {
  periodic: 'ring',
  absorbing: 'ring',
  walls: ['zero', 'zero'],
  'zero-flux': ['free', 'free'],
}

/** The levels of a box that was given, whatever its points: they only show the states. */
function inGivenBox(space: Discretisation, given: Grid, levels: number): Eigenstates {
  const [{ points }] = given.axes
  requireClosed(given.axes, 'eigenstates')
  if (levels > points / 2)
    throw new PsilabError({
      code: 'resolution',
      parameter: 'levels',
      problem: `a grid of ${points} points cannot show that many levels`,
      allowed: `1 to ${Math.floor(points / 2)}`,
      got: levels,
      advice: 'Give grid.points a larger number.',
    })
  return inBox(space, given, levels)
}

/** The levels of a box on elements; its points only show the states. */
function inBox(space: Discretisation, box: Grid, levels: number): Eigenstates {
  return toEigenstates(space, box, lineOnElements(demandOf(space, box, levels), levels))
}

/** The lowest `count` levels of a box, ascending. */
export function levelsInBox(space: Discretisation, box: Grid, count: number): Float64Array {
  return Float64Array.from(lineOnElements(demandOf(space, box, count), count).levels, (level) => level.energy)
}

function demandOf(space: Discretisation, box: Grid, levels: number): LineDemand {
  const [{ lower, upper, boundary }] = box.axes
  // A box that ζ sets is left by no state, whatever its boundary.
  const ends = space.boxGiven ? ENDS[boundary] : ENDS.walls
  return { ...space, lower, upper, ends, energy: energyWithin(space, box, levels) }
}

/** Energy of the level after the highest wanted, by Weyl's count in the box. */
function energyWithin(space: Discretisation, box: Grid, levels: number): number {
  const { zeta } = space.hamiltonian(box)
  return energyOfLevels({ zeta, minimum: lowest(zeta), step: [box.cell] }, space.D, levels + 1)
}

function toEigenstates(space: Discretisation, shown: Grid, { levels, at }: LineLevels): Eigenstates {
  const scale = Math.sqrt(shown.cell)
  const energies = Float64Array.from(levels, (level) => level.energy)
  const residuals = Float64Array.from(levels, (level) => level.residual)
  const pairs: Eigenpairs = {
    energies,
    vectors: at(shown.axes[0].coordinates).map((state) => state.map((u) => u * scale)),
    residuals,
    errors: errorsOf(residuals, energies),
  }
  return new Eigenstates(space.hamiltonian(shown), pairs, space.record(shown), () => space.line(shown))
}

/** Times the box of a finite well is widened, and by how much where a level is not yet seen. */
const WIDENINGS = 20
const WIDER = 8
/** Longest decay that is followed, in units of the shortest: levels are told from the continuum to its inverse square. */
const LONGEST = 1e5
/** Phase of the innermost elements of a well; they grow outward by a factor of 2. */
const INNERMOST = 10

/**
 * Levels below the value that ζ takes far out: the box grows until the highest of them, which decays as e^{−κr} with
 * κ = √((ζ∞ − E)/D), has decayed at its ends.
 */
function inFiniteWell(space: Discretisation, levels: number): Eigenstates {
  const { objective, D } = space
  const sides = ([-1, 1] as const).map((direction) => ({ direction, ...asymptote(objective, direction) }))
  const values = sides.flatMap((side) => (side.kind === 'level' ? [side.value] : []))
  if (values.length === 0 || sides.some((side) => side.kind === 'other')) {
    const choice = space.choose({ levels })
    requireBoundStates(space, choice, levels)
    const result = onGrid(space, choice, levels)
    requireHeldByObjective(space, choice, result)
    return result
  }
  const threshold = Math.min(...values)
  const [center] = lowestPoint(objective)
  const depth = threshold - evaluateAt(objective, [Float64Array.of(center)])[0]
  const steepest = Math.sqrt(depth / D)
  let held = 0
  for (let length = 2 * (DECAY / steepest), k = 0; k < WIDENINGS; k++) {
    if (!(length * steepest <= LONGEST)) break
    const [lower, upper] = sides.map((side) =>
      side.kind === 'level'
        ? side.direction * (Math.max(side.from, side.direction * center) + length)
        : decayEnd(objective, D, center, side.direction, threshold),
    )
    const demand: LineDemand = { objective, D, lower, upper, ends: ['zero', 'zero'], energy: threshold }
    const cuts = growing(center, INNERMOST / steepest, lower, upper)
    const found = lineOnElements({ ...demand, cuts }, levels)
    const energies = found.levels.map((level) => level.energy)
    held = energies.filter((energy) => energy < threshold).length
    const decay = Math.sqrt((threshold - energies[levels - 1]) / D)
    if (decay * length >= DECAY) {
      const momentum = Math.sqrt((energies[levels - 1] - threshold + depth) / D)
      const spare = length - SEEN / decay
      const [left, right] = sides.map((side, d) =>
        side.kind === 'level' ? [lower, upper][d] - side.direction * spare : [lower, upper][d],
      )
      const shown = shownOn(space, left, right, momentum)
      return toEigenstates(space, shown, found)
    }
    length = held === levels ? 1.1 * (DECAY / decay) : WIDER * length
  }
  return refuseLevels(space, held, levels)
}

/** Points at doubling distances from the centre. */
function growing(center: number, first: number, lower: number, upper: number): number[] {
  const cuts: number[] = []
  for (let r = first; center - r > lower || center + r < upper; r *= 2)
    cuts.push(...[center - r, center + r].filter((x) => x > lower && x < upper))
  return cuts
}

/** Points that show the states of a finite well, at least and at most, and points for the shortest half-wave. */
const SHOWN = [256, 8192] as const
const PER_WAVE = 4
/** Decay of the highest state at the ends of what is shown: its density there is e^{−2·SEEN} ≈ 4e-11. */
const SEEN = 12

function shownOn({ objective }: Discretisation, lower: number, upper: number, momentum: number): Grid {
  const wanted = ((upper - lower) * momentum * PER_WAVE) / Math.PI
  const intervals = Math.min(SHOWN[1], Math.max(SHOWN[0], 2 ** Math.ceil(Math.log2(wanted))))
  return grid([axis({ name: objective.variables[0], lower, upper, intervals, boundary: 'periodic' })])
}

function lowest(zeta: Float64Array): number {
  return zeta.reduce((least, v) => Math.min(least, v), Number.POSITIVE_INFINITY)
}
