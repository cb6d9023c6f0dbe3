import { type Node, substitute, substituteFunction } from '../expr/index.js'
import type { Equation, Language } from './language.js'

/** Definitions to put in: functions first (by the chain rule, inside derivatives too), then symbols, all at once. */
export interface Where {
  readonly functions?: Readonly<Record<string, { readonly of: readonly string[]; readonly is: string }>>
  readonly symbols?: Readonly<Record<string, string>>
}

export function putIn(language: Language, node: Node, { functions = {}, symbols = {} }: Where): Node {
  let result = node
  for (const [name, { of, is }] of Object.entries(functions))
    result = substituteFunction(result, name, of, language.expression(is))
  return substitute(
    result,
    Object.fromEntries(Object.entries(symbols).map(([name, text]) => [name, language.expression(text)])),
  )
}

export function putInBoth(language: Language, { left, right }: Equation, where: Where): Equation {
  return { left: putIn(language, left, where), right: putIn(language, right, where) }
}
