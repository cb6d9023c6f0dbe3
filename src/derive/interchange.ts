import { type BoundOperator, DIFF, type Node, parts } from '../expr/index.js'
import type { Formula } from './formula.js'
import type { Language } from './language.js'
import type { Move } from './rules/index.js'

/** Side conditions of a step in which a derivative goes under an integral, a sum or a limit. */
export function interchanges(
  language: Language,
  move: Move,
  before: Formula,
  gives?: string | Formula,
): readonly string[] {
  const operators = new Set<BoundOperator>()
  const sides = typeof gives === 'string' ? language.raw(gives) : []
  for (const side of sides) underDerivatives(side, operators)
  if ('where' in move && move.where) {
    for (const [name, text] of Object.entries(move.where))
      if (Object.hasOwn(language.vocabulary.functions, name))
        for (const side of language.raw(text)) operatorsIn(side, operators)
  }
  if (move.rule === 'differentiate')
    for (const side of [before.left, before.right]) operatorsIn(side, operators)
  return [...operators].map((operator) => `derivatives may be taken under the ${operator}`)
}

function underDerivatives(node: Node, found: Set<BoundOperator>): void {
  if (node.kind === 'call' && node.name === DIFF) operatorsIn(node, found)
  else for (const part of parts(node)) underDerivatives(part, found)
}

function operatorsIn(node: Node, found: Set<BoundOperator>): void {
  if (node.kind === 'bound') found.add(node.operator)
  for (const part of parts(node)) operatorsIn(part, found)
}
