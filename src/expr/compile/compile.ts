import { ExpressionError } from '../errors.js'
import type { Expression } from '../expression.js'
import { FUNCTIONS } from '../functions.js'
import { maybeWholePower, toDouble } from '../scalar.js'
import { type Algebra, compileTree } from './compileTree.js'
import { type Operand, Program } from './program.js'

/** An expression as a function of columns: one array a variable, all of one length; a new array comes back. */
export type CompiledExpression = (columns: readonly Float64Array[]) => Float64Array

/**
 * Compiles an expression to a function of typed arrays.
 *
 * The tree becomes a straight program over registers of one block each, so that a block stays in the cache;
 * equal subtrees are computed once, constants before the loop. There is no mathjs and no generated code at run time.
 *
 * @param variables Names of the columns, in order; must cover the variables that the expression uses.
 * @returns columns, each of length N → Float64Array of length N. Outside a function's real domain the value is NaN.
 * @throws ExpressionError 'undeclared' when a symbol has neither column nor value; the compiled function throws
 * 'columns' when their number or lengths do not fit.
 */
export function compile(expression: Expression, variables: readonly string[]): CompiledExpression {
  const all = compileAll([expression], variables)
  return (columns) => all(columns)[0]!
}

/**
 * Compiles several expressions of the same parameters, such as a gradient, to one function: what they have in common
 * is computed once.
 *
 * @returns columns, each of length N → one Float64Array of length N an expression.
 * @throws as {@link compile} does.
 */
export function compileAll(
  expressions: readonly Expression[],
  variables: readonly string[],
): (columns: readonly Float64Array[]) => Float64Array[] {
  const program = new Program()
  const done = new Map<string, Operand>()
  const results = expressions.map((expression) => {
    const known = `Columns: ${variables.join(', ') || 'none'}. Compile with the variables of the expression: ${expression.variables.join(', ')}`
    return compileTree(expression.node, realAlgebra(program, expression, variables), known, done)
  })
  return (columns) => {
    checkColumns(columns, variables)
    return program.runEach(columns, columns[0]?.length ?? 1, results)
  }
}

function checkColumns(columns: readonly Float64Array[], variables: readonly string[]): void {
  const lengths = columns.map((column) => column.length)
  if (columns.length !== variables.length || lengths.some((length) => length !== lengths[0])) {
    throw new ExpressionError({
      code: 'columns',
      what: `Expected one column for each of ${variables.join(', ')}, all of one length; got lengths ${lengths.join(', ') || 'none'}`,
    })
  }
}

function realAlgebra(
  program: Program,
  { parameters }: Expression,
  variables: readonly string[],
): Algebra<Operand> {
  return {
    leaf: toDouble,
    symbol: (name) => {
      const column = variables.indexOf(name)
      return column >= 0 ? program.column(column) : parameters[name]
    },
    negate: (u) => program.multiply(-1, u),
    add: (u, v) => program.add(u, v),
    subtract: (u, v) => program.subtract(u, v),
    multiply: (u, v) => program.multiply(u, v),
    divide: (u, v) => program.divide(u, v),
    power: (base, exponent, compiled) => {
      const whole = maybeWholePower(exponent)
      if (whole !== undefined) return program.wholePower(compiled(base), whole)
      if (base.kind === 'constant' && base.name === 'e') return program.map(Math.exp, compiled(exponent))
      const power = compiled(exponent)
      return power === 0.5
        ? program.map(Math.sqrt, compiled(base))
        : program.combine(Math.pow, compiled(base), power)
    },
    call: (name, args) => {
      const { value } = FUNCTIONS.get(name)!
      return args.length === 1
        ? program.map(value, args[0]!)
        : args.reduce((left, right) => program.combine(value, left, right))
    },
  }
}
