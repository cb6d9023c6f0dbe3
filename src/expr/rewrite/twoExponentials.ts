import Fraction from 'fraction.js'
import { add, call, divide, multiply } from '../build.js'
import { mapParts, type Node } from '../node.js'
import type { Normalizer } from '../normal/normal.js'
import type { Element, Ring } from '../normal/ring.js'
import { toNode } from '../normal/toNode.js'
import { isMinus } from './pairs.js'

/** What (p e^a + q e^b)/(e^a ± e^b) is written with: a sigmoid, or tanh and 1/tanh. */
export type Saturation = 'sigmoid' | 'tanh'

/** One quotient (p e^a + q e^b)/(e^a + sign·e^b) with p, q free of exponentials. */
interface TwoExponentials {
  readonly p: Element
  readonly q: Element
  readonly sign: 1 | -1
  /** a − b. */
  readonly difference: Element
}

/** The tree with each greatest part that is a quotient of two exponentials written in the function. */
export function withSaturation(node: Node, normal: Normalizer, form: Saturation): Node {
  const { ring } = normal
  const found = maybeTwoExponentials(ring, normal.normalize(node))
  const written = found && write(ring, found, form)
  return (
    written ?? mapParts(node, (part) => (part.kind === 'bound' ? part : withSaturation(part, normal, form)))
  )
}

function maybeTwoExponentials(ring: Ring, element: Element): TwoExponentials | undefined {
  const [[place, times] = [-1, 0], ...others] = element.under
  if (place < 0 || times !== 1 || others.length > 0) return undefined
  const [first, second, ...rest] = [...ring.factor(place).terms.values()]
  if (!second || rest.length > 0 || first!.exponent === second.exponent) return undefined
  const [alpha, beta] = [first!, second].map((term) => ring.term({ ...term, exponent: 0 }))
  const sign = ring.equal(alpha!, beta!) ? 1 : ring.isZero(ring.add(alpha!, beta!)) ? -1 : undefined
  if (sign === undefined) return undefined
  const parts = [first!.exponent, second.exponent].map((exponent) =>
    [...element.terms.values()]
      .filter((term) => term.exponent === exponent)
      .map((term) => ring.term({ ...term, exponent: 0 }))
      .reduce((s, t) => ring.add(s, t), ring.zero),
  )
  if (parts[0]!.terms.size + parts[1]!.terms.size !== element.terms.size) return undefined
  const [p, q] = parts.map((part) => ring.multiply(part, ring.invert(alpha!)))
  const difference = ring.subtract(ring.exponentOf(first!), ring.exponentOf(second))
  return isMinus(difference)
    ? {
        p: ring.multiply(q!, ring.rational(sign)),
        q: ring.multiply(p!, ring.rational(sign)),
        sign,
        difference: ring.negate(difference),
      }
    : { p: p!, q: q!, sign, difference }
}

function write(ring: Ring, { p, q, sign, difference }: TwoExponentials, form: Saturation): Node | undefined {
  const node = (element: Element): Node => toNode(ring, element)
  const half = (element: Element): Element => ring.multiply(ring.rational(new Fraction(1, 2)), element)
  if (form === 'sigmoid') {
    if (sign < 0) return undefined
    if (ring.isZero(p)) return multiply(node(q), call('sigmoid', node(ring.negate(difference))))
    const steep = multiply(node(ring.subtract(p, q)), call('sigmoid', node(difference)))
    return add(node(q), steep)
  }
  const saturated = call('tanh', node(half(difference)))
  const [even, odd] = [half(ring.add(p, q)), half(ring.subtract(p, q))]
  return sign > 0
    ? add(node(even), multiply(node(odd), saturated))
    : add(node(odd), divide(node(even), saturated))
}
