import { ExpressionError } from '../errors.js'
import { FUNCTIONS } from '../functions.js'
import type { Node } from '../node.js'
import { parse } from '../parse.js'
import { maybeWholePower, toDouble } from '../scalar.js'
import { type Algebra, compileTree } from './compileTree.js'
import { DIVIDE, FUNCTION_KERNELS, MODULUS, MULTIPLY, POWER } from './complexKernels.js'
import { type Operand, Program, wholePower } from './program.js'

/** A complex number of the caller. */
export interface ComplexValue {
  readonly re: number
  readonly im: number
}

export interface ComplexNames {
  /** Names of the real columns and of the complex ones, in the order in which they are given. */
  readonly variables: readonly string[]
  /** Those of the variables whose columns are complex: interleaved (re, im). Default none. */
  readonly complex?: readonly string[]
  /** Named numbers. Default none. */
  readonly parameters?: Readonly<Record<string, number | ComplexValue>>
}

/** Columns, real of length N or complex of length 2N, to N complex values: a new array (re, im, re, im, …). */
export type CompiledComplex = (columns: readonly Float64Array[]) => Float64Array

/**
 * Compiles a complex expression to a function of typed arrays. The language is that of {@link parseExpression} with
 * the imaginary unit `i`; powers, roots and logarithms are on the principal branch, arg z ∈ (−π, π], and zeros have no
 * sign. Only what is complex costs complex arithmetic: x^2 of a real column is one real product.
 *
 * @param source Text or tree.
 * @returns N values, interleaved (re, im).
 * @throws ExpressionError as {@link parseExpression} does; 'unsupported' for floor, min, max, sign, step, erf and cbrt
 * of complex numbers; the compiled function throws 'columns' when columns do not fit.
 * @example
 * compileComplex('exp(i*pi*x)', { variables: ['x'] })([Float64Array.of(0, 1)])[2] // => -1
 */
export function compileComplex(source: string | Node, names: ComplexNames): CompiledComplex {
  const { variables, complex = [], parameters = {} } = names
  const stray = complex.find((name) => !variables.includes(name))
  if (stray !== undefined) {
    throw new ExpressionError({
      code: 'undeclared',
      what: `The complex column “${stray}” is not among the variables`,
      remedy: `Variables: ${variables.join(', ') || 'none'}`,
    })
  }
  const tree =
    typeof source === 'string'
      ? parse(source, { variables, parameters: Object.keys(parameters), imaginary: true })
      : source
  const program = new Program()
  const algebra = new ComplexAlgebra(program, variables, complex, parameters)
  const known = `Columns: ${variables.join(', ') || 'none'}. Parameters: ${Object.keys(parameters).join(', ') || 'none'}`
  const { re, im } = compileTree(tree, algebra, known)
  const strides = variables.map((name) => (complex.includes(name) ? 2 : 1))
  return (columns) => program.run(columns, pointsOf(columns, variables, strides), [re, im])
}

/** Number of points in columns of the right number and lengths. */
function pointsOf(
  columns: readonly Float64Array[],
  variables: readonly string[],
  strides: readonly number[],
): number {
  const points = columns.map((column, k) => column.length / strides[k]!)
  const first = points[0] ?? 1
  if (
    columns.length !== variables.length ||
    !Number.isInteger(first) ||
    points.some((count) => count !== first)
  ) {
    const wanted = variables.map((name, k) => (strides[k] === 2 ? `${name} (re, im)` : name))
    throw new ExpressionError({
      code: 'columns',
      what: `Expected one column for each of ${wanted.join(', ') || 'no variables'}, all of the same number of points; got lengths ${columns.map((column) => column.length).join(', ') || 'none'}`,
    })
  }
  return first
}

/** A value in registers. A part that is the number 0 is 0 exactly; what is multiplied by it is not computed. */
interface Value {
  readonly re: Operand
  readonly im: Operand
  /** True for a real value that is surely ≥ 0. */
  readonly nonnegative?: boolean
}

const isReal = ({ im }: Value): boolean => im === 0
const isImaginary = ({ re }: Value): boolean => re === 0
/** Functions whose values at real arguments are ≥ 0. */
const NONNEGATIVE: ReadonlySet<string> = new Set(['exp', 'cosh', 'abs', 'sigmoid', 'sqrt', 'step'])

class ComplexAlgebra implements Algebra<Value> {
  readonly #program: Program
  readonly #variables: readonly string[]
  readonly #complex: readonly string[]
  readonly #parameters: Readonly<Record<string, number | ComplexValue>>

  constructor(
    program: Program,
    variables: readonly string[],
    complex: readonly string[],
    parameters: Readonly<Record<string, number | ComplexValue>>,
  ) {
    this.#program = program
    this.#variables = variables
    this.#complex = complex
    this.#parameters = parameters
  }

  leaf = (node: Extract<Node, { kind: 'number' | 'constant' }>): Value =>
    node.kind === 'constant' && node.name === 'i' ? { re: 0, im: 1 } : real(toDouble(node))

  symbol = (name: string): Value | undefined => {
    const column = this.#variables.indexOf(name)
    if (column >= 0) {
      return this.#complex.includes(name)
        ? { re: this.#program.column(column, 2, 0), im: this.#program.column(column, 2, 1) }
        : { re: this.#program.column(column), im: 0 }
    }
    if (!Object.hasOwn(this.#parameters, name)) return undefined
    const value = this.#parameters[name]!
    return typeof value === 'number' ? real(value) : { ...real(value.re), im: value.im + 0 }
  }

  negate = (u: Value): Value => pair([this.#times(-1, u.re), this.#times(-1, u.im)])

  add = (u: Value, v: Value): Value => ({
    re: this.#plus(u.re, v.re),
    im: this.#plus(u.im, v.im),
    nonnegative: bothNonnegative(u, v),
  })

  subtract = (u: Value, v: Value): Value => pair([this.#minus(u.re, v.re), this.#minus(u.im, v.im)])

  multiply = (u: Value, v: Value): Value => {
    const parts = [u.re, u.im, v.re, v.im]
    if (!parts.includes(0)) return pair(this.#program.apply(MULTIPLY, parts, 2))
    return {
      re: this.#minus(this.#times(u.re, v.re), this.#times(u.im, v.im)),
      im: this.#plus(this.#times(u.re, v.im), this.#times(u.im, v.re)),
      nonnegative: bothNonnegative(u, v) || (isReal(u) && u.re === v.re && isReal(v)),
    }
  }

  divide = (u: Value, v: Value): Value => {
    const program = this.#program
    const part = (over: Operand, under: Operand): Operand =>
      over === 0 && under !== 0 ? 0 : program.divide(over, under)
    if (isReal(v)) return { re: part(u.re, v.re), im: part(u.im, v.re), nonnegative: bothNonnegative(u, v) }
    if (isImaginary(v)) return { re: part(u.im, v.im), im: this.#times(-1, part(u.re, v.im)) }
    return pair(program.apply(DIVIDE, [u.re, u.im, v.re, v.im], 2))
  }

  power = (base: Node, exponent: Node, compiled: (part: Node) => Value): Value => {
    const program = this.#program
    const whole = maybeWholePower(exponent)
    if (whole !== undefined) return this.#wholePower(compiled(base), whole)
    const v = compiled(exponent)
    if (base.kind === 'constant' && base.name === 'e') return this.call('exp', [v])
    const u = compiled(base)
    if (isReal(v) && v.re === 0.5) return this.call('sqrt', [u])
    if (isReal(u) && isReal(v) && u.nonnegative)
      return { re: program.combine(Math.pow, u.re, v.re), im: 0, nonnegative: true }
    return pair(program.apply(POWER, [u.re, u.im, v.re, v.im], 2))
  }

  call = (name: string, args: readonly Value[]): Value => {
    const program = this.#program
    const { value, real: everywhere } = FUNCTIONS.get(name)!
    const [u] = args as [Value]
    if (args.every(isReal) && (everywhere || staysReal(name, u))) {
      const parts = args.map(({ re }) => re)
      const re =
        parts.length === 1
          ? program.map(value, parts[0]!)
          : parts.reduce((s, t) => program.combine(value, s, t))
      return { re, im: 0, nonnegative: NONNEGATIVE.has(name) }
    }
    if (name === 'abs') return { re: program.apply(MODULUS, [u.re, u.im], 1)[0]!, im: 0, nonnegative: true }
    if (name === 'exp' && isImaginary(u))
      return { re: program.map(Math.cos, u.im), im: program.map(Math.sin, u.im) }
    if (name === 'log2' || name === 'log10')
      return this.divide(this.call('log', args), real(Math.log(name === 'log2' ? 2 : 10)))
    const kernel = FUNCTION_KERNELS.get(name)
    if (!kernel) {
      throw new ExpressionError({
        code: 'unsupported',
        what: `“${name}” has no meaning for complex numbers, and its argument here may be complex`,
        remedy:
          name === 'cbrt' ? 'Write z^(1/3) for the principal cube root' : 'Take it of a real expression',
      })
    }
    return pair(program.apply(kernel, [u.re, u.im], 2))
  }

  #wholePower(u: Value, n: number): Value {
    if (isReal(u)) {
      const nonnegative = n % 2 === 0 || u.nonnegative === true
      return { re: this.#program.wholePower(u.re, n), im: 0, nonnegative }
    }
    return wholePower(u, n, { one: real(1), multiply: this.multiply, divide: this.divide })
  }

  #plus(u: Operand, v: Operand): Operand {
    return u === 0 ? v : v === 0 ? u : this.#program.add(u, v)
  }

  #minus(u: Operand, v: Operand): Operand {
    return v === 0 ? u : u === 0 ? this.#times(-1, v) : this.#program.subtract(u, v)
  }

  #times(u: Operand, v: Operand): Operand {
    return u === 0 || v === 0 ? 0 : u === 1 ? v : v === 1 ? u : this.#program.multiply(u, v)
  }
}

const real = (value: number): Value => ({ re: value, im: 0, nonnegative: value >= 0 })
const pair = ([re, im]: readonly Operand[]): Value =>
  typeof re === 'number' && im === 0 ? real(re) : { re: re!, im: im! }
const bothNonnegative = (u: Value, v: Value): boolean => (u.nonnegative && v.nonnegative) ?? false

/** Roots and logarithms of what is surely not negative are real. */
const staysReal = (name: string, u: Value): boolean =>
  u.nonnegative === true && ['sqrt', 'log', 'log2', 'log10'].includes(name)
