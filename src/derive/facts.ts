/**
 * Steps used as facts: wherever the left side of one stands, its right side is put. A fact about a function at its own
 * variables may be differentiated and taken elsewhere: from ∂ₜf = g(x, t) follow ∂ₓ∂ₜf = ∂ₓg and (∂ₜf)(a, t) = g(a, t).
 */
import {
  add,
  differentiate,
  freshened,
  type Jet,
  mapParts,
  maybeSplit,
  multiply,
  type Node,
  Normalizer,
  proveEqual,
  substitute,
} from '../expr/index.js'
import { DerivationError } from './errors.js'
import type { Formula } from './formula.js'
import type { Language } from './language.js'

/** Rounds of replacement, for facts that speak of each other. */
const ROUNDS = 12

/** @throws DerivationError 'fact' for a left side that cannot be replaced, or when facts chase each other. */
export function useFacts(language: Language, node: Node, facts: readonly Formula[]): Node {
  let result = node
  const normal = new Normalizer(language.assumptions)
  for (let round = 0; round < ROUNDS; round++) {
    let changed = false
    for (const { left, right } of facts) {
      result = replaced(language, normal, result, left, right, () => {
        changed = true
      })
    }
    if (!changed) return result
  }
  throw new DerivationError('fact', '', 'the facts replace each other without end')
}

function replaced(
  language: Language,
  normal: Normalizer,
  node: Node,
  left: Node,
  right: Node,
  onHit: () => void,
): Node {
  const visit = (part: Node): Node => {
    // Inside an integral its variable is no symbol of the fact.
    const inner = mapParts(part.kind === 'bound' ? freshened(part, [left, right]) : part, visit)
    const hit = maybeReplacement(language, normal, inner, left, right)
    if (hit) onHit()
    return hit ?? inner
  }
  if (left.kind === 'symbol' || left.kind === 'jet' || left.kind === 'bound') return visit(node)
  throw new DerivationError(
    'fact',
    language.unicodeOf(left),
    'only a symbol, an undefined function or its derivative, an integral, a sum or a limit can be replaced by a fact; rearrange it first',
  )
}

/** Of a bound node a part that is a multiple of the left side: with ∫ P dx = 1, ∫ (x + c) P dx is ∫ x P dx + c. */
function maybeReplacement(
  language: Language,
  normal: Normalizer,
  node: Node,
  left: Node,
  right: Node,
): Node | undefined {
  if (left.kind === 'symbol') return node.kind === 'symbol' && node.name === left.name ? right : undefined
  if (left.kind === 'jet') return node.kind === 'jet' ? maybeJet(language, node, left, right) : undefined
  const split = left.kind === 'bound' && node.kind === 'bound' && maybeSplit(normal, node, left)
  return split ? add(multiply(split.factor, right), split.rest) : undefined
}

/**
 * The right side for a derivative at least as high as the fact's, differentiated on and taken at the jet's place. Where
 * the fact is taken at the function's own variables it holds at every place; at another place it holds just there.
 */
function maybeJet(language: Language, jet: Jet, left: Jet, right: Node): Node | undefined {
  if (jet.name !== left.name) return undefined
  const slots = language.vocabulary.functions[left.name].of
  let value = right
  const places: Record<string, Node> = {}
  for (const [k, slot] of slots.entries()) {
    const [from, to] = [left.args[k], jet.args[k]]
    const more = jet.orders[k] - left.orders[k]
    if (from.kind === 'symbol' && from.name === slot) {
      if (more < 0) return undefined
      for (let order = 0; order < more; order++) value = differentiate(value, slot)
      places[slot] = to
    } else if (more !== 0 || !proveEqual(from, to, language.assumptions)) return undefined
  }
  return substitute(value, places)
}
