/**
 * The learning objective ζ, which is the potential of the quantum dynamic equation. It comes as an
 * expression, as a function of coordinates, or as the loss of a model on data; here all look alike.
 */
import { PsilabError } from '../error.js'
import { compile, type Expression, parseExpression } from '../expr/index.js'

/** Columns of coordinates: one array a variable, all of the same length. */
export type Columns = readonly Float64Array[]

export interface Objective {
  /** Names of the coordinates, 1 or 2 of them. */
  readonly variables: readonly string[]
  /** ζ in TeX and in plain text. */
  readonly tex: string
  readonly text: string
  /** Source and constants where ζ was given as an expression. */
  readonly source?: string
  readonly parameters?: Readonly<Record<string, number>>
  /** ζ at each point. */
  evaluate(columns: Columns): Float64Array
  /** ∇ζ at each point, one array a variable; absent where ζ has no known derivative. */
  readonly gradient?: (columns: Columns) => Float64Array[]
}

/** ζ as a function of coordinates: `(x) => x ** 2` or `(x, y) => …`. */
export type ObjectiveFunction = (...coordinates: number[]) => number

export interface ExpressionObjectiveOptions {
  /** Named constants of the expression. */
  readonly parameters?: Readonly<Record<string, number>>
  /** Names of the coordinates; default: those of x, y that occur and are no parameters, and x where none does. */
  readonly variables?: readonly string[]
}

/** Largest number of coordinates. */
const MAX_DIMENSION = 2

/** ζ from an expression such as `'(x^2 - 1)^2 + a*x'`. */
export function expressionObjective(source: string, options: ExpressionObjectiveOptions = {}): Objective {
  const parameters = options.parameters ?? {}
  const variables = options.variables ?? coordinatesIn(source, parameters)
  requireDimension(variables.length)
  const expression = parseExpression(source, { variables: [...variables], parameters: { ...parameters } })
  const evaluate = compile(expression, [...variables])
  const derivatives = variables.map((v) => expression.derivative(v))
  const known = derivatives.filter((d): d is Expression => d !== undefined)
  const compiled = known.map((d) => compile(d, [...variables]))
  return {
    variables,
    tex: expression.tex,
    text: expression.unicode,
    source,
    parameters,
    evaluate,
    ...(known.length === variables.length
      ? { gradient: (columns: Columns) => compiled.map((f) => f(columns)) }
      : {}),
  }
}

export interface FunctionOptions {
  readonly variables?: readonly string[]
  readonly tex?: string
  readonly text?: string
}

/** ζ from a TypeScript function of one or two numbers. */
export function functionObjective(f: ObjectiveFunction, options: FunctionOptions = {}): Objective {
  const variables = options.variables ?? ['x', 'y', 'z'].slice(0, Math.max(1, f.length))
  requireDimension(variables.length)
  const call = `(${variables.join(', ')})`
  return {
    variables,
    tex: options.tex ?? `\\zeta${call}`,
    text: options.text ?? `ζ${call}`,
    evaluate: (columns) =>
      variables.length === 1 ? columns[0].map((x) => f(x)) : columns[0].map((x, i) => f(x, columns[1][i])),
  }
}

function coordinatesIn(source: string, parameters: Readonly<Record<string, number>>): string[] {
  const names = new Set(source.match(/[A-Za-z_]\w*/g) ?? [])
  const found = ['x', 'y'].filter((name) => names.has(name) && !(name in parameters))
  return found.length === 0 ? ['x'] : found
}

function requireDimension(n: number): void {
  if (n >= 1 && n <= MAX_DIMENSION) return
  throw new PsilabError({
    code: 'parameter',
    parameter: 'objective',
    problem: 'wrong number of coordinates',
    allowed: 'one or two',
    got: n,
    advice: "Name them with variables: ['x', 'y'].",
  })
}

/**
 * ζ at each point, checked.
 * @throws PsilabError `not-finite` naming the first point at which ζ is not a finite number.
 */
export function evaluateFinite(objective: Objective, columns: Columns): Float64Array {
  const zeta = objective.evaluate(columns)
  const bad = zeta.findIndex((v) => !Number.isFinite(v))
  if (bad >= 0) {
    const where = objective.variables
      .map((v, d) => `${v} = ${Number(columns[d][bad].toPrecision(6))}`)
      .join(', ')
    throw new PsilabError({
      code: 'not-finite',
      parameter: 'objective',
      problem: `ζ is ${zeta[bad]} at ${where}`,
      allowed: 'a finite number at every grid point',
      advice:
        'Give a grid that leaves this point out, for example grid: { lower: 0.1, upper: 5 }, or change ζ there.',
    })
  }
  return zeta
}
