import Fraction from 'fraction.js'
import type { Node } from '../node.js'
import type { Normalizer } from './normal.js'
import type { Element, Ring } from './ring.js'
import { isNowhereZero } from './signs.js'
import { toNode } from './toNode.js'

/**
 * Expressions that must not vanish for the value of a node to be finite and other than 0: the denominators of its
 * normal form and, where it is a factor that must not vanish, what stands above them. Those that surely vanish nowhere
 * are left out.
 */
export function zerosAndPoles(
  normal: Normalizer,
  node: Node,
): { readonly zeros: readonly Node[]; readonly poles: readonly Node[] } {
  const { ring } = normal
  const value = normal.normalize(node)
  const below = denominators(ring, value)
  const above = below.reduce((product, { of, times }) => ring.multiply(product, ring.whole(of, times)), value)
  const write = (elements: readonly Element[]): readonly Node[] =>
    elements
      .filter((of) => !isNowhereZero(ring, of) && !isNowhereZero(ring, ring.negate(of)))
      .map((of) => toNode(ring, of))
  const poles = write(below.map(({ of }) => of))
  const zeros = write([above])
  return { zeros: below.length === 0 && zeros.length > 0 ? [node] : zeros, poles }
}

function denominators(
  ring: Ring,
  value: Element,
): readonly { readonly of: Element; readonly times: number }[] {
  const found = [...value.under].map(([place, times]) => ({ of: ring.factor(place), times }))
  const deepest = new Map<number, number>()
  for (const { powers } of value.terms.values())
    for (const { atom, exponent } of powers)
      if (exponent.s < 0n)
        deepest.set(atom, Math.max(deepest.get(atom) ?? 0, exponent.neg().ceil().valueOf()))
  const atoms = [...deepest].map(([atom, times]) => ({ of: ring.atomPower(atom, ONE), times }))
  return [...atoms, ...found]
}

const ONE = new Fraction(1)
