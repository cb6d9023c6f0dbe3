/** The classical limit of a problem, with Wigner and Kirkwood's corrections, beside the quantum values. */
import { PsilabError, requireInteger, requireKeys, requireNumber } from '../../error.js'
import { gradientOf, hessianOf } from '../../objective/index.js'
import {
  ClassicalLimit,
  type ClassicalNodes,
  classicalSums,
  type ThermodynamicPoint,
  type TracePoint,
} from '../../thermal/index.js'
import type { Discretisation } from '../discretisation.js'
import { densityMatrix } from './densityMatrix.js'
import { nodesUpTo } from './nodes.js'
import { lowestOf, requireConfinement } from './refusals.js'
import { chooseRoute, traceBy } from './route.js'

export interface ClassicalLimitOptions {
  /** β = 1/T > 0, in the inverse of ζ's unit. */
  readonly beta: number
  /** Highest order of D, 0 to 2; default 2. */
  readonly order?: number
}

/** Nodes along each axis at first and at most, by dimension; they are doubled until Z stands still. */
const FIRST = [0, 96, 48, 32] as const
const MOST = [0, 12288, 768, 128] as const
/** Relative change of Z at which it does. */
const STILL = 1e-11
/** e^{−DEEP} of the classical density at the ends of the box. */
const DEEP = 40
/** e^{−SEEN} of the classical density at the ends of what is drawn. */
const SEEN = 9
/** Intervals of a curve that is drawn. */
const CURVE = 360
/** Largest correction of order D that is a small one. */
const SMALL = 0.1

export function classicalLimit(space: Discretisation, options: ClassicalLimitOptions): ClassicalLimit {
  requireKeys('classicalLimit', options, ['beta', 'order'])
  const beta = requireNumber(
    'beta',
    options.beta,
    'a finite number > 0',
    (b) => b > 0,
    'For example beta: 0.1.',
  )
  const order = requireInteger('order', options.order ?? 2, 0, 2)
  requireConfinement(space)
  const { D, dimension } = space
  const notes: string[] = []
  const kinks = hasKinks(space, beta)
  if (kinks && order > 0)
    notes.push('ζ has kinks, at which its second derivative is no function: the corrections are left out.')
  if (space.boxGiven)
    notes.push('The corrections are those of ζ; walls have their own, of order √D, which are not in them.')
  const { orders, change } = settled(space, beta, kinks ? 0 : order)
  if (![orders[0].F, orders[0].U, orders[0].C].every(Number.isFinite))
    throw new PsilabError({
      code: 'resolution',
      parameter: 'beta',
      problem: 'at this temperature the classical density is narrower than its quadrature sees',
      allowed: 'values at which e^{−βζ} is wider than rounding',
      got: beta,
      advice: 'Lower β: this limit is for high temperatures.',
    })
  if (change > 10 * STILL) notes.push(`The quadrature stands still to ${change.toExponential(0)} only.`)
  const share = orders.length > 1 ? Math.abs(orders[1].Z / orders[0].Z - 1) : 0
  // Where the correction takes away more than there is, Z of order D is no number.
  if (!(share <= SMALL))
    notes.push(
      `The correction of order D is ${share < 1 ? `${(100 * share).toPrecision(2)} % of Z` : 'larger than Z itself'}: the expansion in D is asymptotic and of little use here.`,
    )
  const quantum = quantumOf(space, beta, notes)
  return new ClassicalLimit({
    problem: space.record(space.choose({ levels: space.defaultLevels }).grid),
    beta,
    orders,
    quantum,
    line: dimension === 1 ? densities(space, D, beta, kinks ? 0 : order, quantum !== undefined) : undefined,
    notes,
  })
}

/** Sums with as many nodes as are needed, and what the last doubling changed. */
function settled(
  space: Discretisation,
  beta: number,
  order: number,
): { readonly orders: ThermodynamicPoint[]; readonly change: number } {
  const { D, dimension } = space
  const energy = bottomOf(space) + DEEP / beta
  const sums = (count: number): ThermodynamicPoint[] =>
    classicalSums(classicalNodes(space, energy, count, order), D, beta, dimension, order)
  let count: number = FIRST[dimension]
  let orders = sums(count)
  for (;;) {
    count *= 2
    const next = sums(count)
    const change = Math.max(...next.map((p, k) => Math.abs(p.Z / orders[k].Z - 1)))
    orders = next
    if (change <= STILL || 2 * count > MOST[dimension]) return { orders, change }
  }
}

function classicalNodes(space: Discretisation, energy: number, count: number, order: number): ClassicalNodes {
  const { columns, weights, zeta } = nodesUpTo(space, energy, count)
  if (order === 0) return { weights, zeta }
  return {
    weights,
    zeta,
    gradient: gradientOf(space.objective)(columns),
    hessian: hessianOf(space.objective)(columns),
  }
}

function bottomOf(space: Discretisation): number {
  return lowestOf(space.hamiltonian(space.choose({ levels: space.defaultLevels }).grid).zeta)
}

function hasKinks(space: Discretisation, beta: number): boolean {
  if (space.dimension > 1)
    return space.objective.source !== undefined && space.objective.gradient === undefined
  const [{ lower, upper }] = space.choose({
    levels: space.defaultLevels,
    energy: bottomOf(space) + DEEP / beta,
  }).grid.axes
  return (space.objective.breaks?.(lower, upper) ?? []).length > 0
}

/** The quantum values; undefined, with a note, where the routes refuse. */
function quantumOf(space: Discretisation, beta: number, notes: string[]): TracePoint | undefined {
  try {
    return traceBy(space, chooseRoute(space, undefined), 1 / beta).at(1 / beta)
  } catch (error) {
    if (!(error instanceof PsilabError)) throw error
    notes.push(`The quantum values are not known here: ${error.details.problem}.`)
    return undefined
  }
}

/** Densities on a line, each with ∫ρ dx = 1. */
function densities(
  space: Discretisation,
  D: number,
  beta: number,
  order: number,
  known: boolean,
): ClassicalLimit['line'] {
  const bottom = bottomOf(space)
  const { grid } = space.choose({ levels: space.defaultLevels, energy: bottom + DEEP / beta / 2 })
  const [{ name, coordinates }] = grid.axes
  // Where there is density to be seen, and a little more.
  const seen = coordinates.filter((_, j) => space.hamiltonian(grid).zeta[j] < bottom + SEEN / beta)
  const room = (seen[seen.length - 1] - seen[0]) / 8
  const [lower, upper] = [
    Math.max(coordinates[0], seen[0] - room),
    Math.min(coordinates[coordinates.length - 1], seen[seen.length - 1] + room),
  ]
  const x = Float64Array.from({ length: CURVE - 1 }, (_, i) => lower + ((upper - lower) * (i + 1)) / CURVE)
  const zeta = space.objective.evaluate([x])
  const h = (upper - lower) / CURVE
  const normalised = (values: Float64Array): Float64Array => {
    const sum = values.reduce((total, v) => total + v, 0) * h
    return values.map((v) => v / sum)
  }
  const weights = zeta.map((v) => Math.exp(-beta * (v - bottom)))
  let corrected: Float64Array | undefined
  if (order > 0) {
    const [slope] = gradientOf(space.objective)([x])
    const [[bend]] = hessianOf(space.objective)([x])
    corrected = normalised(
      weights.map((w, i) => w * (1 - (D * beta ** 2 * bend[i]) / 6 + (D * beta ** 3 * slope[i] ** 2) / 12)),
    )
  }
  const quantum = known ? quantumDensity(space, beta, x) : undefined
  return { name, x, classical: normalised(weights), corrected, quantum }
}

/** ρ(x, x); undefined where the points of a given grid cannot show the states. */
function quantumDensity(space: Discretisation, beta: number, x: Float64Array): Float64Array | undefined {
  try {
    const rho = densityMatrix(space, { beta })
    return x.map((at) => rho.at(at, at))
  } catch (error) {
    if (!(error instanceof PsilabError)) throw error
    return undefined
  }
}
