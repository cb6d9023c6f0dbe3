import { type Node, substitute, substituteFunction } from '../expr/index.js'
import { DerivationError } from './errors.js'
import type { Equation } from './formula.js'
import type { Language } from './language.js'

/**
 * Definitions to put in, by the name of a symbol or of an undefined function: `{ psi: 'psi_tau(x, i*t)', tau: 'i*t' }`.
 * A function's body is written with its declared arguments. Functions come first (by the chain rule, inside
 * derivatives too), then symbols, all at once.
 */
export type Where = Readonly<Record<string, string>>

/** @throws DerivationError 'undeclared', ExpressionError. */
export function putIn(language: Language, node: Node, where: Where): Node {
  const { symbols, functions } = language.vocabulary
  let result = node
  const values: Record<string, Node> = {}
  for (const [name, text] of Object.entries(where)) {
    if (Object.hasOwn(functions, name))
      result = substituteFunction(result, name, functions[name].of, language.expression(text))
    else if (Object.hasOwn(symbols, name)) values[name] = language.expression(text)
    else
      throw new DerivationError(
        'undeclared',
        name,
        `neither a symbol nor a function of this derivation has this name`,
      )
  }
  return substitute(result, values)
}

export function putInBoth(language: Language, { left, right }: Equation, where: Where): Equation {
  return { left: putIn(language, left, where), right: putIn(language, right, where) }
}
