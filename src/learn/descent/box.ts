/** The box in which minima are looked for, and where in it a run starts. */
import { PsilabError, perAxis, requireKeys, requireNumber } from '../../error.js'
import type { RandomStream } from '../../numeric/index.js'
import type { Objective } from '../../objective/index.js'

export interface Box {
  /** Ends: a number for all coordinates, or one a coordinate. */
  readonly lower: number | readonly number[]
  readonly upper: number | readonly number[]
}

export interface SearchBox {
  readonly lower: Float64Array
  readonly upper: Float64Array
  readonly width: Float64Array
}

/** The box that was given, or the domain of the objective. @throws PsilabError `parameter` for one that is empty */
export function boxOf({ variables, domain }: Objective, given?: Box): SearchBox | undefined {
  if (given === undefined)
    return (
      domain &&
      box(
        domain.map(({ lower }) => lower),
        domain.map(({ upper }) => upper),
      )
    )
  requireKeys('box', given, ['lower', 'upper'])
  const ends = (key: keyof Box): readonly number[] => {
    const list = perAxis(`box.${key}`, given[key], variables)
    for (const end of list) requireNumber(`box.${key}`, end, 'finite numbers', () => true)
    return list
  }
  const [lower, upper] = [ends('lower'), ends('upper')]
  if (lower.some((low, d) => !(low < upper[d])))
    throw new PsilabError({
      code: 'parameter',
      parameter: 'box',
      problem: 'empty',
      allowed: 'lower < upper in each coordinate',
      got: given,
    })
  return box(lower, upper)
}

function box(lower: readonly number[], upper: readonly number[]): SearchBox {
  return {
    lower: Float64Array.from(lower),
    upper: Float64Array.from(upper),
    width: Float64Array.from(upper, (high, d) => high - lower[d]),
  }
}

/** @throws PsilabError `parameter` where a dynamics needs a box and there is none */
export function requireBox(found: SearchBox | undefined, dynamics: string): SearchBox {
  if (found !== undefined) return found
  throw new PsilabError({
    code: 'parameter',
    parameter: 'box',
    problem: `${dynamics} looks for minima in a box, and the objective has no domain`,
    allowed: 'box: { lower, upper }',
    advice: 'For example box: { lower: -5, upper: 5 }.',
  })
}

export function isInside({ lower, upper }: SearchBox, point: ArrayLike<number>): boolean {
  for (let d = 0; d < lower.length; d++) if (!(point[d] >= lower[d] && point[d] <= upper[d])) return false
  return true
}

/** The start that was given, or a point of the box, all equally likely. */
export function startOf(
  { variables }: Objective,
  given: readonly number[] | undefined,
  found: SearchBox | undefined,
  random: RandomStream,
): Float64Array {
  if (given === undefined && found !== undefined)
    return found.lower.map((low, d) => low + found.width[d] * random.uniform())
  if (!Array.isArray(given) || given.length !== variables.length)
    throw new PsilabError({
      code: 'parameter',
      parameter: 'start',
      problem:
        given === undefined ? 'missing, and there is no box to draw one from' : 'wrong number of coordinates',
      allowed: `one number for each of ${listed(variables)}`,
      got: given,
      advice: 'Without a start one is drawn from the box of the call or the domain of the objective.',
    })
  for (const x of given as readonly number[]) requireNumber('start', x, 'finite numbers', () => true)
  return Float64Array.from(given)
}

function listed(variables: readonly string[]): string {
  return variables.length <= 6 ? variables.join(', ') : `${variables[0]} … ${variables[variables.length - 1]}`
}
