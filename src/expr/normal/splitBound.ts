import { number } from '../build.js'
import { type Bound, functionsOf, type Node } from '../node.js'
import type { Normalizer } from './normal.js'
import type { Power } from './polynomial.js'
import type { Element, Ring } from './ring.js'
import { toNode } from './toNode.js'

/** whole = factor·part + rest. */
export interface Split {
  readonly factor: Node
  readonly rest: Node
}

/**
 * A bound node as a multiple of another one and what is left, by linearity: ∫ (x + c) P dx is c·∫ P dx + ∫ x P dx.
 * Undefined where the other is no part of it.
 */
export function maybeSplit(normal: Normalizer, whole: Bound, part: Bound): Split | undefined {
  if (whole.operator !== part.operator) return undefined
  const present = functionsOf(whole)
  if (![...functionsOf(part)].every((name) => present.has(name))) return undefined
  const { ring } = normal
  const [value, known] = [normal.normalize(whole), normal.normalize(part)]
  if (ring.equal(value, known)) return { factor: number(1), rest: number(0) }
  const inner = ring.maybeTerm(known)
  const atom = inner?.powers.find((power) => isOperator(ring, power, part))?.atom
  if (!inner || atom === undefined) return undefined
  const [hits, rest]: [Element[], Element[]] = [[], []]
  for (const term of value.terms.values()) {
    const hit = term.powers.some((power) => power.atom === atom && power.exponent.equals(1))
    const powers = hit ? term.powers.filter((power) => power.atom !== atom) : term.powers
    ;(hit ? hits : rest).push(ring.term({ ...term, powers }))
  }
  if (hits.length === 0) return undefined
  const scale = ring.invert(
    ring.term({ ...inner, powers: inner.powers.filter((power) => power.atom !== atom) }),
  )
  const over = (terms: readonly Element[]): Element => {
    const sum = terms.reduce((s, t) => ring.add(s, t), ring.zero)
    return [...value.under].reduce(
      (quotient, [place, times]) => ring.multiply(quotient, ring.whole(ring.factor(place), -times)),
      sum,
    )
  }
  return { factor: toNode(ring, ring.multiply(over(hits), scale)), rest: toNode(ring, over(rest)) }
}

const isOperator = (ring: Ring, { atom, exponent }: Power, { operator }: Bound): boolean =>
  ring.atoms[atom].name === operator && ring.atoms[atom].kind === 'value' && exponent.equals(1)
