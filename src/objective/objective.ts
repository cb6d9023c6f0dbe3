/**
 * The learning objective ζ, which is the potential of the quantum dynamic equation. It comes as an
 * expression, as a function of coordinates, or as the loss of a model on data; here all look alike.
 */
import { PsilabError } from '../error.js'
import {
  breakConditions,
  compile,
  compileAll,
  type Expression,
  type Formula,
  type LowerBound,
  lowerBound,
  maybeFormula,
  parseExpression,
} from '../expr/index.js'
import { columnsOf, type Grid } from '../grid/index.js'
import { breaksOf } from './breaks.js'
import { breaksAlong } from './formulaObjective.js'
import { shownObjective } from './shownObjective.js'

/** Columns of coordinates: one array a variable, all of the same length. */
export type Columns = readonly Float64Array[]

export interface Objective {
  /** Names of the coordinates, at least one; an equation on a grid takes up to three of them. */
  readonly variables: readonly string[]
  /** ζ in TeX and in plain text. */
  readonly tex: string
  readonly text: string
  /** Source and constants where ζ was given as an expression. */
  readonly source?: string
  readonly parameters?: Readonly<Record<string, number>>
  /** Of an expression: its trees and those of its derivatives as data; undefined where they are too large. */
  readonly formula?: () => Formula | undefined
  /** ζ at each point. */
  evaluate(columns: Columns): Float64Array
  /** ∇ζ at each point, one array a variable; absent where ζ has no known derivative. */
  readonly gradient?: (columns: Columns) => Float64Array[]
  /** ∂²ζ/∂u∂v at each point, a row for each variable u; absent where ζ has no known second derivatives. */
  readonly hessian?: (columns: Columns) => Float64Array[][]
  /** Where ζ is a mean of the losses of samples: the gradients of these. */
  readonly sampleGradients?: SampleGradients
  /** Of a network: indices of the coordinates that are the weights into each neuron, a list a neuron. */
  readonly filters?: readonly (readonly number[])[]
  /** Known minima, the lowest first. */
  readonly minima?: readonly Minimum[]
  /** The box in which minima of ζ are looked for, an interval a variable. */
  readonly domain?: readonly { readonly lower: number; readonly upper: number }[]
  /** Of one coordinate: where between two ends ζ has kinks, jumps or other singularities; absent where it is smooth. */
  readonly breaks?: (lower: number, upper: number) => number[]
  /** A number that ζ is nowhere below on a box, −∞ where none is found; absent where nothing is known of ζ but values. */
  readonly lowerBound?: LowerBound
}

/** ∇ of the losses of single samples, of which ∇ζ is the mean. */
export interface SampleGradients {
  /** Number of samples. */
  readonly count: number
  /** At a point, for each of some samples, counted from 0: a row of one number a variable. */
  at(point: ArrayLike<number>, samples: ArrayLike<number>): Float64Array[]
}

/** A place where ζ is smallest in some neighbourhood. */
export interface Minimum {
  readonly point: readonly number[]
  readonly value: number
}

/** ζ as a function of coordinates: `(x) => x ** 2`, `(x, y) => …` and so on. */
export type ObjectiveFunction = (...coordinates: number[]) => number

export interface ExpressionObjectiveOptions {
  /** Named constants of the expression. */
  readonly parameters?: Readonly<Record<string, number>>
  /**
   * Names of the coordinates; default: those of x, y, z that occur and are no parameters, where none does x1 to the
   * last of x1, x2, … that occurs, and x where none of these does either.
   */
  readonly variables?: readonly string[]
}

/** Largest number of coordinates: far beyond it columns of points would not fit into memory. */
const MAX_DIMENSION = 1_000_000
/** Names of up to three coordinates where none are given; more are x1, x2, …. */
const COORDINATES = ['x', 'y', 'z'] as const

/** ζ from an expression such as `'(x^2 - 1)^2 + a*x'`. */
export function expressionObjective(source: string, options: ExpressionObjectiveOptions = {}): Objective {
  const parameters = options.parameters ?? {}
  const variables = options.variables ?? coordinatesIn(source, parameters)
  requireDimension(variables.length)
  const expression = parseExpression(source, { variables: [...variables], parameters: { ...parameters } })
  return shownObjective({
    variables,
    tex: expression.tex,
    text: expression.unicode,
    source,
    parameters,
    evaluate: compile(expression, variables),
    lowerBound: lowerBound(expression, variables),
    ...derivativesOf(expression),
    ...(variables.length > 1 ? {} : breaksAlong(breakConditions(expression))),
    formula: once(() => maybeFormula(expression)),
  })
}

/**
 * Most coordinates of an expression with a Hessian: its formulas grow with the cube of their number, and differences of
 * the gradient are faster beyond.
 */
const MAX_HESSIAN = 20

/** Derivatives by the rules of the calculus, each compiled when it is first asked for; none where ζ has kinks. */
function derivativesOf(expression: Expression): Pick<Objective, 'gradient' | 'hessian'> {
  const { variables } = expression
  if (variables.some((variable) => expression.kink(variable) !== undefined)) return {}
  const slopes = once(() => variables.map((variable) => expression.derivative(variable)!))
  const gradient = once(() => compileAll(slopes(), variables))
  const hessian = once(() => {
    const triangle = slopes().map((slope, u) => variables.slice(0, u + 1).map((v) => slope.derivative(v)!))
    const seconds = compileAll(triangle.flat(), variables)
    return (columns: Columns) => {
      const values = seconds(columns)
      return symmetric(triangle.map((row, u) => row.map((_, v) => values[(u * (u + 1)) / 2 + v])))
    }
  })
  return {
    gradient: (columns) => gradient()(columns),
    ...(variables.length > MAX_HESSIAN ? {} : { hessian: (columns) => hessian()(columns) }),
  }
}

/** The whole of a symmetric matrix, from its lower triangle. */
export function symmetric<T>(lower: readonly (readonly T[])[]): T[][] {
  return lower.map((row, u) => lower.map((other, v) => (v <= u ? row[v] : other[u])))
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

export interface FunctionOptions {
  /** Names of the coordinates; default: x, y, z or x1, x2, … for as many parameters as the function declares. */
  readonly variables?: readonly string[]
  readonly tex?: string
  readonly text?: string
}

/** ζ from a TypeScript function of numbers. */
export function functionObjective(f: ObjectiveFunction, options: FunctionOptions = {}): Objective {
  const variables = options.variables ?? coordinateNames(Math.max(1, f.length))
  requireDimension(variables.length)
  const call = `(${variables.join(', ')})`
  return shownObjective({
    variables,
    tex: options.tex ?? `\\zeta${call}`,
    text: options.text ?? `ζ${call}`,
    ...(variables.length > 1
      ? {}
      : { breaks: (lower, upper) => breaksOf((x) => x.map((at) => f(at)), lower, upper) }),
    evaluate: (columns) => {
      const [x, y, z] = columns
      if (y === undefined) return x.map((at) => f(at))
      if (z === undefined) return x.map((at, i) => f(at, y[i]))
      if (columns.length === 3) return x.map((at, i) => f(at, y[i], z[i]))
      return x.map((_, i) => f(...columns.map((column) => column[i])))
    },
  })
}

/** Names of `n` coordinates: those of x, y, z, or x1, …, xn. */
export function coordinateNames(n: number): string[] {
  return n <= COORDINATES.length ? COORDINATES.slice(0, n) : Array.from({ length: n }, (_, k) => `x${k + 1}`)
}

function coordinatesIn(source: string, parameters: Readonly<Record<string, number>>): string[] {
  const names = [...new Set(source.match(/[A-Za-z_]\w*/g) ?? [])].filter((name) => !(name in parameters))
  const found = COORDINATES.filter((name) => names.includes(name))
  if (found.length > 0) return found
  const numbered = names.flatMap((name) => /^x([1-9]\d{0,4})$/.exec(name)?.[1] ?? [])
  return numbered.length === 0
    ? ['x']
    : Array.from({ length: Math.max(...numbered.map(Number)) }, (_, k) => `x${k + 1}`)
}

function requireDimension(n: number): void {
  if (n >= 1 && n <= MAX_DIMENSION) return
  throw new PsilabError({
    code: 'parameter',
    parameter: 'objective',
    problem: 'wrong number of coordinates',
    allowed: `1 to ${MAX_DIMENSION}`,
    got: n,
    advice: "Name them with variables: ['x', 'y', 'z'].",
  })
}

/** Points of a grid at which ζ is evaluated at a time: coordinates of all at once would outweigh ζ itself. */
const SLAB = 2 ** 16

/** ζ at each point of a grid, C order, checked. */
export function evaluateOn(objective: Objective, grid: Grid): Float64Array {
  const zeta = new Float64Array(grid.size)
  for (let from = 0; from < grid.size; from += SLAB) {
    const columns = columnsOf(grid, from, Math.min(from + SLAB, grid.size))
    zeta.set(evaluateAt(objective, columns), from)
  }
  return zeta
}

/** |∇ζ|² at each point of a grid; undefined where ζ has no known gradient that is finite at every point. */
export function gradientSquaredOn(objective: Objective, grid: Grid): Float64Array | undefined {
  if (objective.gradient === undefined) return undefined
  const square = new Float64Array(grid.size)
  for (let from = 0; from < grid.size; from += SLAB) {
    const slab = square.subarray(from, from + SLAB)
    for (const slope of objective.gradient(columnsOf(grid, from, from + slab.length)))
      for (let i = 0; i < slab.length; i++) slab[i] += slope[i] * slope[i]
    for (let i = 0; i < slab.length; i++) if (!Number.isFinite(slab[i])) return undefined
  }
  return square
}

/** ζ at points. @throws PsilabError `parameter` where an objective gives another number of values */
export function evaluateAll(objective: Objective, columns: Columns): Float64Array {
  const zeta = objective.evaluate(columns)
  if (zeta?.length === columns[0].length) return zeta
  throw new PsilabError({
    code: 'parameter',
    parameter: 'objective',
    problem: 'evaluate gives another number of values than it is asked for',
    allowed: `${columns[0].length} numbers here`,
    got: zeta?.length,
  })
}

/**
 * ζ at points, checked.
 * @throws PsilabError `not-finite` naming the first point at which ζ is not a finite number.
 */
export function evaluateAt(objective: Objective, columns: Columns): Float64Array {
  const zeta = evaluateAll(objective, columns)
  const bad = zeta.findIndex((v) => !Number.isFinite(v))
  if (bad < 0) return zeta
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
