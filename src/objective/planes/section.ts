/** Some coordinates of an objective, with the others held. */
import { PsilabError, requireKeys } from '../../error.js'
import type { Objective } from '../objective.js'
import { type ObjectiveLike, objectiveFrom } from '../objectiveFrom.js'
import { shownObjective } from '../shownObjective.js'
import { cut, type Section } from './plane.js'

export interface SectionOptions {
  /** The point that the section goes through, one number a coordinate. */
  readonly through: ArrayLike<number>
  /** One to three coordinates that stay free: their names, or their places from 0. */
  readonly along: readonly (string | number)[]
}

/** Most coordinates of a section: those that a grid can have. */
const MOST = 3

/**
 * ζ as a function of one to three of its coordinates, which keep their values and names, with the others held at a
 * point.
 *
 * @example
 * section(loss, { through: descent.point, along: ['w1', 'w2'] })
 *
 * @throws PsilabError `parameter` for a point of another space, or coordinates that there are not
 */
export function section(given: ObjectiveLike, options: SectionOptions): Section {
  requireKeys('section', options, ['through', 'along'])
  const objective = objectiveFrom(given)
  const through = requirePoint(objective, options.through)
  const { along } = options
  const places = Array.isArray(along)
    ? along.map((which) => (typeof which === 'string' ? objective.variables.indexOf(which) : which))
    : []
  if (
    places.length < 1 ||
    places.length > MOST ||
    new Set(places).size !== places.length ||
    !places.every((place) => objective.variables[place] !== undefined)
  )
    throw new PsilabError({
      code: 'parameter',
      parameter: 'along',
      problem: 'not coordinates of this objective',
      allowed: `one to three different names, or places from 0 to ${objective.variables.length - 1}`,
      got: along,
    })
  const variables = places.map((place) => objective.variables[place])
  const { domain, lowerBound } = objective
  const plane = cut(objective, {
    origin: through.map((x, u) => (places.includes(u) ? 0 : x)),
    directions: places.map((place) => Float64Array.from(through, (_, u) => (u === place ? 1 : 0))),
    variables,
    tex: objective.tex,
    text: `${objective.text} along ${variables.join(', ')}`,
  })
  return shownObjective({
    ...plane,
    ...(domain && { domain: places.map((place) => domain[place]) }),
    ...(lowerBound && {
      lowerBound: (box) =>
        lowerBound(through.map((x, u) => (places.includes(u) ? box[places.indexOf(u)] : [x, x]))),
    }),
  })
}

/** @throws PsilabError `parameter` for anything but one finite number a coordinate */
export function requirePoint(objective: Objective, through: ArrayLike<number>): number[] {
  const point = Array.from(through ?? [])
  if (point.length === objective.variables.length && point.every(Number.isFinite)) return point
  throw new PsilabError({
    code: 'parameter',
    parameter: 'through',
    problem: 'not a point of this objective',
    allowed: `${objective.variables.length} finite numbers`,
    got: point,
  })
}
