/** An expression with what follows from it, as plain data that is compiled without a parser. */
import { breakConditions } from './breaks.js'
import { Expression, type ExpressionOptions } from './expression.js'
import { fromPostfix, maybePostfix } from './postfix.js'

/** Trees in postfix notation. */
export interface Formula {
  readonly value: readonly string[]
  /** ∂/∂v of each variable v; absent where there is a kink. */
  readonly gradient?: readonly (readonly string[])[]
  /** Expressions at whose zeros there may be a kink or a jump; absent where there are none. */
  readonly breaks?: readonly (readonly string[])[]
}

/** The formula of an expression; undefined where it is too large to travel, or has parts that are no numbers. */
export function maybeFormula(expression: Expression): Formula | undefined {
  const value = maybePostfix(expression.node)
  const gradient = all(expression.gradient()?.map(({ node }) => maybePostfix(node)))
  const breaks = all(breakConditions(expression).map(({ node }) => maybePostfix(node)))
  if (value === undefined || breaks === undefined) return undefined
  if (gradient === undefined && expression.gradient() !== undefined) return undefined
  return { value, ...(gradient && { gradient }), ...(breaks.length > 0 && { breaks }) }
}

function all<T>(list: readonly (T | undefined)[] | undefined): readonly T[] | undefined {
  return list?.every((item) => item !== undefined) ? (list as readonly T[]) : undefined
}

/** The same with the numbers of some names. @throws ExpressionError where a tree is none */
export function expressionsOf(
  formula: Formula,
  options: ExpressionOptions,
): {
  readonly value: Expression
  readonly gradient?: readonly Expression[]
  readonly breaks: readonly Expression[]
} {
  const names = [...options.variables, ...Object.keys(options.parameters ?? {})]
  const read = (tokens: readonly string[]) => new Expression(fromPostfix(tokens, names), 'ζ', options)
  return {
    value: read(formula.value),
    ...(formula.gradient && { gradient: formula.gradient.map(read) }),
    breaks: formula.breaks?.map(read) ?? [],
  }
}
