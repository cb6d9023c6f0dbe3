import { mapParts, type Node, parts } from '../node.js'

/** Rebuilds trees so that parts that are written alike are one object, which an evaluator computes once. */
export class Shared {
  readonly #nodes = new Map<string, Node>()
  readonly #places = new Map<Node, number>()

  of(node: Node): Node {
    if (this.#places.has(node)) return node
    const whole = parts(node).length === 0 ? node : mapParts(node, (part) => this.of(part))
    const key = `${labelOf(whole)}(${parts(whole)
      .map((part) => this.#places.get(part))
      .join()})`
    const known = this.#nodes.get(key)
    if (known) return known
    this.#nodes.set(key, whole)
    this.#places.set(whole, this.#places.size)
    return whole
  }
}

function labelOf(node: Node): string {
  switch (node.kind) {
    case 'number':
      return node.value.toFraction()
    case 'constant':
      return `#${node.name}`
    case 'symbol':
      return `$${node.name}`
    case 'call':
      return `call ${node.name}`
    case 'jet':
      return `jet ${node.name} ${node.orders.join()}`
    case 'bound':
      return `${node.operator} ${node.variable}`
    default:
      return node.kind
  }
}
