import { INSPECT, JUPYTER_DISPLAY, typeset } from '../shown.js'
import { add } from './build.js'
import { compile } from './compile/compile.js'
import { differentiate, maybeKink } from './differentiate.js'
import { ExpressionError } from './errors.js'
import { type Node, symbolsOf } from './node.js'
import { ascii, tex, unicode } from './notations.js'
import { parse } from './parse.js'
import { tidy } from './substitute.js'

export interface ExpressionOptions {
  /** Names of the coordinates, in the order of the columns. */
  readonly variables: readonly string[]
  /** Named numbers; their values are bound when the expression is compiled. Default none. */
  readonly parameters?: Readonly<Record<string, number>>
}

/** A real expression of declared variables and parameters. Immutable. */
export class Expression {
  readonly node: Node
  readonly text: string
  readonly variables: readonly string[]
  readonly parameters: Readonly<Record<string, number>>

  constructor(node: Node, text: string, options: ExpressionOptions) {
    for (const [name, value] of Object.entries(options.parameters ?? {})) {
      if (!Number.isFinite(value)) {
        throw new ExpressionError({
          code: 'reserved',
          what: `The parameter “${name}” is ${value}`,
          remedy: 'Give it a finite number',
        })
      }
    }
    this.node = node
    this.text = text
    this.variables = [...options.variables]
    this.parameters = { ...options.parameters }
  }

  /** TeX, for example (x^2 − 1)^2 + 0.2 x. */
  get tex(): string {
    return tex(this.node)
  }

  /** Plain text for people, for example (x²−1)² + 0.2x. */
  get unicode(): string {
    return unicode(this.node)
  }

  [INSPECT](): string {
    return this.unicode
  }

  [JUPYTER_DISPLAY](): Record<string, unknown> {
    return typeset(this.unicode, this.tex)
  }

  /** Names of the variables and parameters that occur, in order of first appearance. */
  get symbols(): readonly string[] {
    return [...symbolsOf(this.node)]
  }

  /**
   * The derivative in a variable or parameter, lightly simplified; undefined where the expression has a kink or a
   * jump in it (abs, sign, min, max), for which {@link Expression.kink} gives the reason.
   *
   * @throws ExpressionError 'undeclared' for a name that was not declared.
   */
  derivative(variable: string): Expression | undefined {
    this.#check(variable)
    if (maybeKink(this.node, variable) !== undefined) return undefined
    const node = tidy(differentiate(this.node, variable))
    return new Expression(node, ascii(node), this)
  }

  /** ∂f/∂v for each variable v; undefined where one of them has a kink or a jump in it. */
  gradient(): readonly Expression[] | undefined {
    return allOf(this.variables.map((variable) => this.derivative(variable)))
  }

  /** ∂²f/∂u∂v, a row for each variable u; undefined where the expression has a kink or a jump. */
  hessian(): readonly (readonly Expression[])[] | undefined {
    const rows = this.gradient()?.map((slope) => slope.gradient())
    return rows && allOf(rows)
  }

  /** ∇²f, the sum of ∂²f/∂v² over the variables; undefined where the expression has a kink or a jump. */
  laplacian(): Expression | undefined {
    const hessian = this.hessian()
    if (!hessian) return undefined
    const node = tidy(add(...hessian.map((row, k) => row[k]!.node)))
    return new Expression(node, ascii(node), this)
  }

  /** Why there is no derivative in a variable everywhere, for example “abs(u) has a kink at u = 0”; undefined when there is one. */
  kink(variable: string): string | undefined {
    this.#check(variable)
    return maybeKink(this.node, variable)
  }

  /** The same expression with other values of some parameters; no text is parsed again. */
  withParameters(parameters: Readonly<Record<string, number>>): Expression {
    for (const name of Object.keys(parameters)) {
      if (!Object.hasOwn(this.parameters, name)) this.#refuse(name, 'parameter', Object.keys(this.parameters))
    }
    return new Expression(this.node, this.text, {
      variables: this.variables,
      parameters: { ...this.parameters, ...parameters },
    })
  }

  /** The value at one point, for example `evaluate({ x: 1 })`; compile for many. */
  evaluate(point: Readonly<Record<string, number>>): number {
    const columns = this.variables.map((name) => {
      const value = point[name]
      if (value === undefined)
        throw new ExpressionError({
          code: 'columns',
          what: `No value for “${name}”`,
          remedy: `Give ${this.variables.join(', ')}`,
        })
      return Float64Array.of(value)
    })
    return compile(this, this.variables)(columns)[0]!
  }

  toString(): string {
    return this.unicode
  }

  #check(name: string): void {
    if (!this.variables.includes(name) && !Object.hasOwn(this.parameters, name)) {
      this.#refuse(name, 'variable or parameter', [...this.variables, ...Object.keys(this.parameters)])
    }
  }

  #refuse(name: string, role: string, known: readonly string[]): never {
    throw new ExpressionError({
      code: 'undeclared',
      what: `“${name}” is no ${role} of ${this.text}`,
      remedy: `Declared: ${known.join(', ') || 'none'}`,
    })
  }
}

/** The list, if nothing in it is missing. */
function allOf<T>(list: readonly (T | undefined)[]): readonly T[] | undefined {
  const known = list.filter((item) => item !== undefined)
  return known.length === list.length ? known : undefined
}

/**
 * Reads a real expression such as `(x^2 - 1)^2 + a*x`.
 *
 * @param options `variables` are the coordinates; `parameters` the named numbers, which must be finite.
 * @throws ExpressionError whose message says what is wrong, where, and what to try.
 * @example
 * parseExpression('(x^2 - 1)^2 + a*x', { variables: ['x'], parameters: { a: 0.2 } }).unicode // => '(x²−1)² + ax'
 */
export function parseExpression(text: string, options: ExpressionOptions): Expression {
  const node = parse(text, {
    variables: options.variables,
    parameters: Object.keys(options.parameters ?? {}),
  })
  return new Expression(node, text.trim(), options)
}
