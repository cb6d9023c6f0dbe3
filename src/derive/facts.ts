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
  symbolsOf,
} from '../expr/index.js'
import { within } from './domains.js'
import { DerivationError } from './errors.js'
import type { Formula } from './formula.js'
import type { Language } from './language.js'

/** Whether a fact holds for every value of a symbol: not of one that a step determines, or that another is made of. */
export type General = (symbol: string, fact: Formula) => boolean

/** Rounds of replacement, for facts that speak of each other. */
const ROUNDS = 12

/** @throws DerivationError 'fact' for a left side that cannot be replaced, or when facts chase each other. */
export function useFacts(
  language: Language,
  node: Node,
  facts: readonly Formula[],
  general: General = () => true,
): Node {
  let result = node
  const normal = new Normalizer(language.assumptions)
  for (let round = 0; round < ROUNDS; round++) {
    let changed = false
    for (const fact of facts) {
      result = replaced({ language, normal, general, fact }, result, () => {
        changed = true
      })
    }
    if (!changed) return result
  }
  throw new DerivationError('fact', '', 'the facts replace each other without end')
}

/** What a fact can replace. */
export const isReplaceable = ({ kind }: Node): boolean =>
  kind === 'symbol' || kind === 'jet' || kind === 'bound'

interface Use {
  readonly language: Language
  readonly normal: Normalizer
  readonly general: General
  readonly fact: Formula
}

function replaced(use: Use, node: Node, onHit: () => void): Node {
  const { left, right } = use.fact
  const visit = (part: Node): Node => {
    // Inside an integral its variable is no symbol of the fact.
    const inner = mapParts(part.kind === 'bound' ? freshened(part, [left, right]) : part, visit)
    const hit = maybeReplacement(use, inner)
    if (hit) onHit()
    return hit ?? inner
  }
  if (isReplaceable(left)) return visit(node)
  throw new DerivationError(
    'fact',
    use.language.unicodeOf(left),
    'only a symbol, an undefined function or its derivative, an integral, a sum or a limit can be replaced by a fact; rearrange it first',
  )
}

/** Of a bound node a part that is a multiple of the left side: with ∫ P dx = 1, ∫ (x + c) P dx is ∫ x P dx + c. */
function maybeReplacement(use: Use, node: Node): Node | undefined {
  const { left, right } = use.fact
  if (left.kind === 'symbol') return node.kind === 'symbol' && node.name === left.name ? right : undefined
  if (left.kind === 'jet') return node.kind === 'jet' ? maybeJet(use, node, left) : undefined
  const split = left.kind === 'bound' && node.kind === 'bound' && maybeSplit(use.normal, node, left)
  return split ? add(multiply(split.factor, right), split.rest) : undefined
}

/**
 * The right side for a derivative at least as high as the fact's, differentiated on and taken at the jet's place. Where
 * the fact is taken at the function's own variables it holds at every place; at another place it holds just there.
 */
function maybeJet({ language, general, fact }: Use, jet: Jet, left: Jet): Node | undefined {
  if (jet.name !== left.name) return undefined
  const slots = language.vocabulary.functions[left.name].of
  const isOwn = (k: number): boolean => {
    const from = left.args[k]
    return from.kind === 'symbol' && from.name === slots[k] && general(slots[k], fact)
  }
  let value = fact.right
  const places: Record<string, Node> = {}
  for (const [k, slot] of slots.entries()) {
    if (!isOwn(k)) continue
    const more = jet.orders[k] - left.orders[k]
    // Along f(x, x) the derivative of the fact is not that of f in its first argument, and the derivative of what an
    // approximation leaves out need not be small.
    const differentiable =
      fact.sign === '=' && left.args.every((arg, j) => j === k || !symbolsOf(arg).has(slot))
    if (more < 0 || (more > 0 && !differentiable)) return undefined
    for (let order = 0; order < more; order++) value = differentiate(value, slot)
    places[slot] = jet.args[k]
    const domain = language.vocabulary.symbols[slot]?.domain ?? 'complex'
    // Smooth functions have their value at 0 too; of what is beyond, the fact says nothing.
    if (
      (domain === 'positive' || domain === 'nonnegative') &&
      within(language, 'nonnegative', jet.args[k]) === false
    )
      return undefined
  }
  const fits = slots.every(
    (_, k) =>
      isOwn(k) ||
      (jet.orders[k] === left.orders[k] &&
        proveEqual(substitute(left.args[k], places), jet.args[k], language.assumptions)),
  )
  return fits ? substitute(value, places) : undefined
}
