/**
 * The trace in two and three dimensions as a sum over levels, as many as the highest temperature needs: all levels of a
 * product basis, or where that does not converge the lowest ones by iteration. What the levels beyond those known weigh
 * is bounded (tail.ts), so that a temperature that needs more of them than can be found is refused.
 */
import { PsilabError } from '../../error.js'
import { symmetricEigen } from '../../numeric/index.js'
import { LevelSums, MAX_TRUNCATION, type Trace } from '../../thermal/index.js'
import type { Discretisation } from '../discretisation.js'
import { type Eigenstates, lowestLevels } from '../levels/index.js'
import { leading, levelsWanted, type PlaneBasis, planeBasis } from './planeBasis.js'
import { tailBound } from './tail.js'

/** Products for each level that weighs anything, by dimension, and the least and the most of them. */
const PRODUCTS = [0, 0, 3, 9] as const
const [FEWEST, MOST] = [200, 900] as const
/** Factor from one basis to the next. */
const GROWTH = 2
/** Wanted products, as a multiple of the most, from which on it is not tried. */
const HOPELESS = 3
/** Share of the basis that the smaller one has, which shows what the basis leaves of each level. */
const SMALLER = 0.75
/** Difference of a level in the two bases, in units of T, from which on it is not known at all. */
const UNKNOWN = 1e-3
/** Levels that are sought by iteration for each that weighs anything, and the most of them, by dimension. */
const SOUGHT = 1.5
const ITERATED = [0, 0, 96, 32] as const

/** Levels with their errors, and how many of them are known. */
interface Known {
  readonly energies: Float64Array
  readonly errors: Float64Array
  readonly count: number
}

export interface PlaneSpectrum {
  readonly trace: Trace
  /** What the states are combinations of, or the states themselves. */
  readonly basis?: PlaneBasis
  readonly states?: Eigenstates
}

export function planeSpectrum(space: Discretisation, hottest: number): PlaneSpectrum {
  const wanted = levelsWanted(space, hottest)
  let share = 1
  const least = Math.max(FEWEST, PRODUCTS[space.dimension] * wanted)
  for (let size = least; size <= HOPELESS * MOST; size *= GROWTH) {
    const basis = planeBasis(space, hottest, Math.min(MOST, size))
    const trace = traceOf(space, levelsOf(basis, hottest), hottest)
    const before = share
    share = trace.at(hottest).error
    if (share <= MAX_TRUNCATION) return { basis, trace }
    if (size >= MOST || share > Math.sqrt(before * MAX_TRUNCATION)) break
  }
  const most = Math.ceil(SOUGHT * wanted) + 8
  if (most <= ITERATED[space.dimension]) {
    const states = lowestLevels(space, most)
    const { energies, errors } = states
    const trace = traceOf(space, { energies, errors, count: most }, hottest)
    share = Math.min(share, trace.at(hottest).error)
    if (share <= MAX_TRUNCATION) return { states, trace }
  }
  throw new PsilabError({
    code: 'too-large',
    parameter: 'temperatures',
    problem: `about ${wanted} levels of ${space.objective.text} weigh at T = ${hottest.toPrecision(4)}${share < 1 ? `, and the best set of levels leaves an error of Z of up to ${share.toExponential(1)}` : ''}`,
    allowed: `an error of at most ${MAX_TRUNCATION} with ${MOST} products of functions of the coordinates`,
    got: hottest,
    advice:
      'Lower the highest temperature; so many levels are classical, and problem.classicalLimit({ beta }) serves.',
  })
}

function levelsOf({ basis }: PlaneBasis, hottest: number): Known {
  const [energies, other] = [basis, leading(basis, Math.ceil(SMALLER * basis.size))].map(
    ({ matrix, size }) => symmetricEigen(matrix, size, { vectors: false }).values,
  )
  const errors = energies.map((e, n) =>
    n < other.length ? Math.abs(other[n] - e) : Number.POSITIVE_INFINITY,
  )
  return { energies, errors, count: errors.findIndex((e) => e > UNKNOWN * hottest) }
}

function traceOf(space: Discretisation, { energies, errors, count }: Known, hottest: number): Trace {
  const sums = new LevelSums(energies)
  const known = energies.slice(0, count)
  // The levels are no lower than the highest that is known.
  const tail = tailBound(space, hottest, known[count - 1], known)
  return {
    route: 'spectrum',
    levels: known,
    notes: [
      `${count} levels are known; what lies beyond is bounded by the inequality of Golden and Thompson.`,
    ],
    at(T) {
      const point = sums.at(T)
      const truncation = tail(T, -point.F / T)
      let ofLevels = 0
      known.forEach((e, n) => {
        ofLevels += (errors[n] / T) * Math.exp((point.F - e) / T)
      })
      return { ...point, truncation, error: truncation + ofLevels + Number.EPSILON * energies.length }
    },
  }
}
