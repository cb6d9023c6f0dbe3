/** Standard test functions by name. */

import { PsilabError, requireInteger, requireKeys, requireNumber } from '../../error.js'
import { compileAll, parseExpression } from '../../expr/index.js'
import {
  type Columns,
  coordinateNames,
  expressionObjective,
  type Minimum,
  type Objective,
} from '../objective.js'
import { shownObjective } from '../shownObjective.js'
import { minimaAt, minimaNear, minimaOnLine } from './minima.js'
import { ROWS, type TestFunctionName, type TestFunctionRow } from './rows.js'

export interface TestFunctionOptions {
  /** Number of coordinates; default 2 where the function can have so many, else the number it must have. */
  readonly dimensions?: number
  /** Other values of the function's constants. */
  readonly parameters?: Readonly<Record<string, number>>
}

/** Names of the test functions. */
export const TEST_FUNCTIONS = Object.keys(ROWS) as readonly TestFunctionName[]

/**
 * A standard test function, with gradient, usual domain and known minima: all of them for one coordinate, the lowest for
 * more. Coordinates are called x, y, z, or x1, x2, … where there are more than three.
 *
 * @example
 * testFunction('rastrigin', { dimensions: 2 }).minima // => [{ point: [0, 0], value: 0 }]
 *
 * @throws PsilabError `parameter` for a name, a number of coordinates or a constant that the function does not have
 */
export function testFunction(name: TestFunctionName, options: TestFunctionOptions = {}): Objective {
  requireKeys('testFunction', options, ['dimensions', 'parameters'])
  if (!Object.hasOwn(ROWS, name))
    throw new PsilabError({
      code: 'parameter',
      parameter: 'name',
      problem: 'no such test function',
      allowed: TEST_FUNCTIONS.join(', '),
      got: name,
    })
  const row = ROWS[name]
  const [least, most] = row.dimensions
  const dimension = requireInteger('dimensions', options.dimensions ?? Math.min(2, most), least, most)
  const parameters = { ...row.parameters, ...requireParameters(row, options.parameters ?? {}) }
  const variables = coordinateNames(dimension)
  const intervals = row.domain(parameters)
  const domain = variables.map((_, u) => {
    const [lower, upper] = intervals[Math.min(u, intervals.length - 1)]
    return { lower, upper }
  })
  const objective = shownObjective({
    ...expressionObjective(row.source(variables), { variables, parameters }),
    ...(row.gradient && { gradient: gradientFrom(row.gradient(variables), variables, parameters) }),
    domain,
  })
  let minima: readonly Minimum[] | undefined
  return Object.defineProperty(objective, 'minima', {
    enumerable: true,
    get: () => {
      minima ??= minimaOf(name, row, objective, options)
      return minima
    },
  })
}

function gradientFrom(
  sources: readonly string[],
  variables: readonly string[],
  parameters: Readonly<Record<string, number>>,
): (columns: Columns) => Float64Array[] {
  const options = { variables, parameters }
  return compileAll(
    sources.map((source) => parseExpression(source, options)),
    variables,
  )
}

function minimaOf(
  name: TestFunctionName,
  { minima }: TestFunctionRow,
  objective: Objective,
  options: TestFunctionOptions,
): readonly Minimum[] {
  const dimension = objective.variables.length
  if (dimension === 1) {
    const [{ lower, upper }] = objective.domain!
    return minimaOnLine(objective, lower, upper)
  }
  if (minima === 'of each coordinate') {
    const [lowest] = testFunction(name, { ...options, dimensions: 1 }).minima!
    return minimaAt(objective, [objective.variables.map(() => lowest.point[0])])
  }
  return 'exact' in minima ? minimaAt(objective, minima.exact(dimension)) : minimaNear(objective, minima.near)
}

function requireParameters(
  row: TestFunctionRow,
  parameters: Readonly<Record<string, number>>,
): Readonly<Record<string, number>> {
  requireKeys('parameters', parameters, Object.keys(row.parameters ?? {}))
  for (const [name, value] of Object.entries(parameters))
    requireNumber(`parameters.${name}`, value, 'a finite number', () => true)
  return parameters
}
