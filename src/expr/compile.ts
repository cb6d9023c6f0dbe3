import { ExpressionError } from './errors.js'
import type { Expression } from './expression.js'
import { FUNCTIONS } from './functions.js'
import { type Node, writtenKey } from './node.js'
import { type Operand, Program } from './program.js'
import { maybeWholePower, noValue, toDouble } from './scalar.js'

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
  const program = new Program(variables.length)
  const result = new Compiler(expression, variables, program).compile(expression.node)
  return (columns) => {
    checkColumns(columns, variables)
    return program.run(columns, result)
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

class Compiler {
  readonly #expression: Expression
  readonly #variables: readonly string[]
  readonly #program: Program
  readonly #done = new Map<string, Operand>()

  constructor(expression: Expression, variables: readonly string[], program: Program) {
    this.#expression = expression
    this.#variables = variables
    this.#program = program
  }

  compile(node: Node): Operand {
    const key = writtenKey(node)
    let operand = this.#done.get(key)
    if (operand === undefined) {
      operand = this.#operand(node)
      this.#done.set(key, operand)
    }
    return operand
  }

  #operand(node: Node): Operand {
    const program = this.#program
    switch (node.kind) {
      case 'number':
      case 'constant':
        return toDouble(node)
      case 'symbol':
        return this.#symbol(node.name)
      case 'sum':
        return this.#sum(node.terms)
      case 'negative':
        return program.multiply(-1, this.compile(node.of))
      case 'product':
        return node.factors
          .map((factor) => this.compile(factor))
          .reduce((left, right) => program.multiply(left, right))
      case 'quotient':
        return program.divide(this.compile(node.over), this.compile(node.under))
      case 'power':
        return this.#power(node.base, node.exponent)
      case 'call': {
        const args = node.args.map((arg) => this.compile(arg))
        const { value } = FUNCTIONS.get(node.name)!
        return args.length === 1
          ? program.map(value, args[0]!)
          : args.reduce((left, right) => program.combine(value, left, right))
      }
      case 'jet':
      case 'bound':
        throw noValue(node)
    }
  }

  #symbol(name: string): Operand {
    const column = this.#variables.indexOf(name)
    if (column >= 0) return this.#program.column(column)
    const value = this.#expression.parameters[name]
    if (value !== undefined) return value
    throw new ExpressionError({
      code: 'undeclared',
      what: `“${name}” has neither a column nor a value`,
      remedy: `Columns: ${this.#variables.join(', ') || 'none'}. Compile with the variables of the expression: ${this.#expression.variables.join(', ')}`,
    })
  }

  #sum(terms: readonly Node[]): Operand {
    return terms.slice(1).reduce<Operand>((left, term) => {
      return term.kind === 'negative'
        ? this.#program.subtract(left, this.compile(term.of))
        : this.#program.add(left, this.compile(term))
    }, this.compile(terms[0]!))
  }

  #power(base: Node, exponent: Node): Operand {
    const whole = maybeWholePower(exponent)
    if (whole !== undefined) return this.#program.wholePower(this.compile(base), whole)
    if (base.kind === 'constant' && base.name === 'e')
      return this.#program.map(Math.exp, this.compile(exponent))
    const power = this.compile(exponent)
    return power === 0.5
      ? this.#program.map(Math.sqrt, this.compile(base))
      : this.#program.combine(Math.pow, this.compile(base), power)
  }
}
