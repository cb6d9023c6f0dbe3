import { FUNCTIONS } from '../functions.js'
import { type Bound, type Jet, mapParts, type Node, symbolsOf, writtenKey } from '../node.js'
import { type Assumptions, Normalizer } from '../normal/normal.js'
import type { Element } from '../normal/ring.js'
import { toNode, type Writing } from '../normal/toNode.js'

/** Functions that the normal form may keep resolving: what a reader takes them for anyway. */
const RESOLVED: ReadonlySet<string> = new Set(['sqrt', 'log2', 'log10'])

/**
 * The normal form of a tree in which circular and hyperbolic functions, integrals, sums and limits stand as they are
 * written: for rewriting what a reader sees. Equalities that it finds are true, but it finds fewer.
 */
export class Held {
  readonly normal: Normalizer
  readonly #bound: Bound[] = []

  constructor(assumptions: Assumptions) {
    this.normal = new Normalizer({
      ...assumptions,
      ...(assumptions.positiveExpressions && {
        positiveExpressions: assumptions.positiveExpressions.map((node) => this.#hold(node)),
      }),
    })
  }

  read(node: Node): Element {
    return this.normal.normalize(this.#hold(node))
  }

  write(element: Element, writing: Writing = {}): Node {
    return this.#restore(toNode(this.normal.ring, element, writing))
  }

  #hold(node: Node): Node {
    if (node.kind === 'bound') return this.#holdBound(node)
    const inner = mapParts(node, (part) => this.#hold(part))
    const held =
      inner.kind === 'call' && FUNCTIONS.get(inner.name)?.meaning !== undefined && !RESOLVED.has(inner.name)
    return held ? { kind: 'jet', name: inner.name, orders: [0], args: inner.args } : inner
  }

  /** A bound node is a function of its free symbols. */
  #holdBound(node: Bound): Jet {
    const known = this.#bound.findIndex((other) => writtenKey(other) === writtenKey(node))
    const place = known >= 0 ? known : this.#bound.push(node) - 1
    const args = [...symbolsOf(node)].map((name): Node => ({ kind: 'symbol', name }))
    return { kind: 'jet', name: `#${place}`, orders: args.map(() => 0), args }
  }

  #restore(node: Node): Node {
    if (node.kind === 'jet' && node.name.startsWith('#')) return this.#bound[Number(node.name.slice(1))]!
    return asCall(mapParts(node, (part) => this.#restore(part)))
  }
}

const asCall = (node: Node): Node =>
  node.kind === 'jet' && FUNCTIONS.has(node.name) ? { kind: 'call', name: node.name, args: node.args } : node

/** The tree with held functions, which are jets to the ring, as calls again. */
export const withCalls = (node: Node): Node => asCall(mapParts(node, withCalls))
