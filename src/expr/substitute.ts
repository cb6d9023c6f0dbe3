import { add, divide, multiply, negate, power } from './build.js'
import { type Bound, mapParts, type Node, symbolsOf } from './node.js'

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
  if (node.kind !== 'bound') return mapParts(node, (part) => substitute(part, values))
  const inside = Object.fromEntries(Object.entries(values).filter(([name]) => name !== node.variable))
  const { variable, body } = freshened(node, Object.values(inside))
  return {
    ...node,
    variable,
    body: substitute(body, inside),
    limits: node.limits.map((limit) => substitute(limit, values)),
  }
}

/** The same bound node, its variable renamed where a tree that will stand in its body speaks of the same name. */
export function freshened(node: Bound, coming: readonly Node[]): Bound {
  const taken = new Set(coming.flatMap((tree) => [...symbolsOf(tree)]))
  if (!taken.has(node.variable)) return node
  const used = symbolsOf(node.body, taken)
  let variable = node.variable
  for (let k = 1; used.has(variable); k++) variable = `${node.variable}_${k}`
  return {
    ...node,
    variable,
    body: substitute(node.body, { [node.variable]: { kind: 'symbol', name: variable } }),
  }
}
