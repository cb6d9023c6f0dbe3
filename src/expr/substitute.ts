import { add, divide, multiply, negate, power } from './build.js'
import { mapParts, type Node } from './node.js'

/** The same tree rebuilt by the simplifying constructors, bottom up; values are unchanged. */
export function tidy(node: Node): Node {
  const inner = mapParts(node, tidy)
  switch (inner.kind) {
    case 'sum':
      return add(...inner.terms)
    case 'negative':
      return negate(inner.of)
    case 'product':
      return multiply(...inner.factors)
    case 'quotient':
      return divide(inner.over, inner.under)
    case 'power':
      return power(inner.base, inner.exponent)
    default:
      return inner
  }
}

/**
 * Replaces symbols by trees, simultaneously, everywhere: also inside the arguments of jets, where the value of the
 * jet is the derivative taken first and evaluated there (∂ₜψ at t = −iτ, not ∂_τ of ψ(x, −iτ)).
 */
export function substitute(node: Node, values: Readonly<Record<string, Node>>): Node {
  if (node.kind === 'symbol') return Object.hasOwn(values, node.name) ? values[node.name]! : node
  return mapParts(node, (part) => substitute(part, values))
}
