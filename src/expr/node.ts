import Fraction from 'fraction.js'

/**
 * The tree of an expression. Numbers are exact rationals: `0.2` is 1/5.
 * A jet is a value or derivative of an undefined function: `{ name: 'psi', orders: [0, 1], args: [x, t] }`
 * is ∂ψ/∂(second slot) taken at (x, t); with all orders 0 it is ψ(x, t) itself.
 * A bound node is an integral, a sum or a limit: its variable has no meaning outside its body.
 */
export type Node =
  | { readonly kind: 'number'; readonly value: Fraction }
  | { readonly kind: 'constant'; readonly name: ConstantName }
  | { readonly kind: 'symbol'; readonly name: string }
  | { readonly kind: 'sum'; readonly terms: readonly Node[] }
  | { readonly kind: 'negative'; readonly of: Node }
  | { readonly kind: 'product'; readonly factors: readonly Node[] }
  | { readonly kind: 'quotient'; readonly over: Node; readonly under: Node }
  | { readonly kind: 'power'; readonly base: Node; readonly exponent: Node }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Node[] }
  | {
      readonly kind: 'jet'
      readonly name: string
      readonly orders: readonly number[]
      readonly args: readonly Node[]
    }
  | {
      readonly kind: 'bound'
      readonly operator: BoundOperator
      readonly variable: string
      readonly body: Node
      /** From and to of an integral or sum; the point that a limit's variable goes to. */
      readonly limits: readonly Node[]
    }

/** π, Euler's number e, and, in derivations only, the imaginary unit i and, in limits of bound nodes, ∞. */
export type ConstantName = 'pi' | 'e' | 'i' | 'infinity'

export type BoundOperator = 'integral' | 'sum' | 'limit'

export type Jet = Extract<Node, { kind: 'jet' }>
export type Bound = Extract<Node, { kind: 'bound' }>

/** The direct parts of a node, in reading order. */
export function parts(node: Node): readonly Node[] {
  switch (node.kind) {
    case 'number':
    case 'constant':
    case 'symbol':
      return []
    case 'sum':
      return node.terms
    case 'negative':
      return [node.of]
    case 'product':
      return node.factors
    case 'quotient':
      return [node.over, node.under]
    case 'power':
      return [node.base, node.exponent]
    case 'call':
    case 'jet':
      return node.args
    case 'bound':
      return [node.body, ...node.limits]
  }
}

/** The same node with each direct part replaced by `change(part)`. */
export function mapParts(node: Node, change: (part: Node) => Node): Node {
  switch (node.kind) {
    case 'number':
    case 'constant':
    case 'symbol':
      return node
    case 'sum':
      return { kind: 'sum', terms: node.terms.map(change) }
    case 'negative':
      return { kind: 'negative', of: change(node.of) }
    case 'product':
      return { kind: 'product', factors: node.factors.map(change) }
    case 'quotient':
      return { kind: 'quotient', over: change(node.over), under: change(node.under) }
    case 'power':
      return { kind: 'power', base: change(node.base), exponent: change(node.exponent) }
    case 'call':
      return { kind: 'call', name: node.name, args: node.args.map(change) }
    case 'jet':
      return { kind: 'jet', name: node.name, orders: node.orders, args: node.args.map(change) }
    case 'bound':
      return { ...node, body: change(node.body), limits: node.limits.map(change) }
  }
}

/** Names of the free symbols in a tree, in order of first appearance. */
export function symbolsOf(node: Node, found: Set<string> = new Set()): Set<string> {
  if (node.kind === 'symbol') found.add(node.name)
  if (node.kind === 'bound') {
    for (const name of symbolsOf(node.body)) if (name !== node.variable) found.add(name)
    for (const limit of node.limits) symbolsOf(limit, found)
  } else for (const part of parts(node)) symbolsOf(part, found)
  return found
}

/** Names of the undefined functions in a tree, in order of first appearance. */
export function functionsOf(node: Node, found: Set<string> = new Set()): Set<string> {
  if (node.kind === 'jet') found.add(node.name)
  for (const part of parts(node)) functionsOf(part, found)
  return found
}

/** Whether a tree has an integral, a sum or a limit in it. */
export const hasBound = (node: Node): boolean => node.kind === 'bound' || parts(node).some(hasBound)

/** A key that two trees share exactly when they are written alike (not: when they are equal in value). */
export function writtenKey(node: Node): string {
  const inner = parts(node).map(writtenKey).join(',')
  switch (node.kind) {
    case 'number':
      return node.value.toFraction()
    case 'constant':
      return `#${node.name}`
    case 'symbol':
      return node.name
    case 'call':
      return `${node.name}(${inner})`
    case 'jet':
      return `${node.name}@${node.orders.join('_')}(${inner})`
    case 'bound':
      return `${node.operator}[${node.variable}](${inner})`
    default:
      return `${node.kind}(${inner})`
  }
}

/**
 * The exact value of a decimal literal such as `0.2`, `1e-7` or `12.5E3`.
 *
 * @throws RangeError when the text is no decimal literal.
 */
export function decimal(text: string): Fraction {
  const match = /^(-?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/.exec(text)
  if (!match || (match[2] === '' && match[3] === '')) throw new RangeError(`not a decimal number: ${text}`)
  const [, sign, whole, rest, exponent] = match
  const digits = BigInt(`${whole}${rest}`) * (sign ? -1n : 1n)
  const shift = Number(exponent ?? 0) - rest!.length
  return shift >= 0
    ? new Fraction(digits * 10n ** BigInt(shift))
    : new Fraction(digits, 10n ** BigInt(-shift))
}

/** Bits kept of a quotient before it is rounded to a double; with a sticky bit, 64 round correctly. */
const QUOTIENT_BITS = 64

/** The double nearest to a rational. */
export function toNumber(value: Fraction): number {
  const { n, d } = value
  const sign = value.s < 0n ? -1 : 1
  const safe = BigInt(Number.MAX_SAFE_INTEGER)
  if (n <= safe && d <= safe) return (sign * Number(n)) / Number(d)
  const shift = n.toString(2).length - d.toString(2).length - QUOTIENT_BITS
  const [over, under] = shift < 0 ? [n << BigInt(-shift), d] : [n, d << BigInt(shift)]
  const quotient = (over / under) | (over % under === 0n ? 0n : 1n)
  const half = Math.trunc(shift / 2)
  return sign * Number(quotient) * 2 ** half * 2 ** (shift - half)
}
