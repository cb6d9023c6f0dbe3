import { ExpressionError } from '../errors.js'
import { type Node, writtenKey } from '../node.js'
import { noValue } from '../scalar.js'

/** Arithmetic on the values of a tree that is being compiled: real or complex registers. */
export interface Algebra<V> {
  readonly leaf: (node: Extract<Node, { kind: 'number' | 'constant' }>) => V
  /** The value of a name, if it has one. */
  readonly symbol: (name: string) => V | undefined
  readonly negate: (u: V) => V
  readonly add: (u: V, v: V) => V
  readonly subtract: (u: V, v: V) => V
  readonly multiply: (u: V, v: V) => V
  readonly divide: (u: V, v: V) => V
  readonly power: (base: Node, exponent: Node, compiled: (part: Node) => V) => V
  readonly call: (name: string, args: readonly V[]) => V
}

/**
 * The value of a tree in an algebra; equal subtrees are computed once, those of trees that share `done` too.
 *
 * @param known What has a value, for the error when something has none.
 * @throws ExpressionError 'undeclared' for a name without a value, 'unsupported' for an undefined function, an integral,
 * a sum or a limit.
 */
export function compileTree<V>(
  root: Node,
  algebra: Algebra<V>,
  known: string,
  done: Map<string, V> = new Map<string, V>(),
): V {
  const compiled = (node: Node): V => {
    const key = writtenKey(node)
    let value = done.get(key)
    if (value === undefined) {
      value = operation(node)
      done.set(key, value)
    }
    return value
  }
  const operation = (node: Node): V => {
    switch (node.kind) {
      case 'number':
      case 'constant':
        return algebra.leaf(node)
      case 'symbol':
        return algebra.symbol(node.name) ?? refuseSymbol(node.name, known)
      case 'sum':
        return node.terms
          .slice(1)
          .reduce(
            (left, term) =>
              term.kind === 'negative'
                ? algebra.subtract(left, compiled(term.of))
                : algebra.add(left, compiled(term)),
            compiled(node.terms[0]!),
          )
      case 'negative':
        return algebra.negate(compiled(node.of))
      case 'product':
        return node.factors.map(compiled).reduce((left, right) => algebra.multiply(left, right))
      case 'quotient':
        return algebra.divide(compiled(node.over), compiled(node.under))
      case 'power':
        return algebra.power(node.base, node.exponent, compiled)
      case 'call':
        return algebra.call(node.name, node.args.map(compiled))
      case 'jet':
      case 'bound':
        throw noValue(node)
    }
  }
  return compiled(root)
}

function refuseSymbol(name: string, known: string): never {
  throw new ExpressionError({
    code: 'undeclared',
    what: `“${name}” has neither a column nor a value`,
    remedy: known,
  })
}
