import Fraction from 'fraction.js'
import type { Node } from './node.js'

/**
 * Constructors that keep derivatives readable: numbers are folded, 0 and 1 disappear, signs move outwards,
 * factors and terms are flattened. Every rule is an identity of complex numbers where both sides are defined.
 */

export const number = (value: number | bigint | Fraction): Node =>
  value instanceof Fraction && value.s < 0n
    ? { kind: 'negative', of: number(value.abs()) }
    : typeof value !== 'object' && value < 0
      ? { kind: 'negative', of: number(-value) }
      : { kind: 'number', value: value instanceof Fraction ? value : new Fraction(value) }

/** The rational that a node literally is, if it is one: 3, −3. */
export function maybeRational(node: Node): Fraction | undefined {
  if (node.kind === 'number') return node.value
  if (node.kind === 'negative' && node.of.kind === 'number') return node.of.value.neg()
  return undefined
}

const is = (node: Node, value: number): boolean => maybeRational(node)?.equals(value) ?? false
export const isZero = (node: Node): boolean => is(node, 0)
const isOne = (node: Node): boolean => is(node, 1)

export function negate(node: Node): Node {
  if (isZero(node)) return node
  return node.kind === 'negative' ? node.of : { kind: 'negative', of: node }
}

export function add(...nodes: readonly Node[]): Node {
  const terms: Node[] = []
  let known = new Fraction(0)
  for (const node of nodes.flatMap((n) => (n.kind === 'sum' ? n.terms : [n]))) {
    const value = maybeRational(node)
    if (value) known = known.add(value)
    else terms.push(node)
  }
  if (!known.equals(0)) terms.push(number(known))
  return terms.length === 0 ? number(0) : terms.length === 1 ? terms[0]! : { kind: 'sum', terms }
}

export const subtract = (left: Node, right: Node): Node => add(left, negate(right))

export function multiply(...nodes: readonly Node[]): Node {
  const factors: Node[] = []
  let known = new Fraction(1)
  const take = (node: Node): void => {
    const value = maybeRational(node)
    if (value) known = known.mul(value)
    else if (node.kind === 'product') node.factors.forEach(take)
    else if (node.kind === 'negative') {
      known = known.neg()
      take(node.of)
    } else factors.push(node)
  }
  nodes.forEach(take)
  if (known.equals(0)) return number(0)
  const size = known.abs()
  if (factors.length === 0) return number(known)
  const all = size.equals(1) ? factors : [number(size), ...factors]
  const product: Node = all.length === 1 ? all[0]! : { kind: 'product', factors: all }
  return known.s < 0n ? negate(product) : product
}

export function divide(over: Node, under: Node): Node {
  if (isOne(under)) return over
  if (over.kind === 'negative') return negate(divide(over.of, under))
  if (under.kind === 'negative') return negate(divide(over, under.of))
  const [a, b] = [maybeRational(over), maybeRational(under)]
  if (b && !b.equals(0)) {
    if (a) return number(a.div(b))
    const leading = over.kind === 'product' ? maybeRational(over.factors[0]!) : undefined
    if (leading && over.kind === 'product') {
      const rest = multiply(...over.factors.slice(1))
      const ratio = leading.div(b)
      return ratio.d === 1n
        ? multiply(number(ratio), rest)
        : { kind: 'quotient', over: multiply(number(ratio.n), rest), under: number(ratio.d) }
    }
  }
  return isZero(over) ? over : { kind: 'quotient', over, under }
}

export function power(base: Node, exponent: Node): Node {
  if (isZero(exponent)) return number(1)
  if (isOne(exponent)) return base
  const [b, n] = [maybeRational(base), maybeRational(exponent)]
  if (b && n && n.d === 1n && n.n <= 8n && !(b.equals(0) && n.s < 0n)) return number(b.pow(n)!)
  return { kind: 'power', base, exponent }
}

export const call = (name: string, ...args: readonly Node[]): Node => ({ kind: 'call', name, args })
