import { FUNCTIONS } from '../functions.js'
import { mapParts, type Node, parts, writtenKey } from '../node.js'
import { parse } from '../parse.js'
import { substitute } from '../substitute.js'

/** Functions that Algebrite knows under another name, or its own; those with a meaning are spelled out first. */
const NAMES: Readonly<Record<string, string>> = {
  exp: 'exp',
  log: 'log',
  sin: 'sin',
  cos: 'cos',
  asin: 'arcsin',
  acos: 'arccos',
  atan: 'arctan',
  asinh: 'arcsinh',
  acosh: 'arccosh',
  atanh: 'arctanh',
  erf: 'erf',
  abs: 'abs',
}
const OURS = Object.fromEntries(Object.entries(NAMES).map(([ours, theirs]) => [theirs, ours]))

/**
 * Writes trees in Algebrite's language and reads its answers. Its names are ASCII and some mean something to it, so
 * symbols become v0, v1, …, undefined functions and their derivatives f0(…), and whatever it has no words for (integrals,
 * sums, limits) a symbol too, the same for what is written alike.
 */
export class AlgebriteText {
  readonly #names = new Map<string, string>()
  readonly #nodes = new Map<string, Node>()
  /** Functions by their names there, with the number of their arguments. */
  readonly #functions = new Map<
    string,
    { readonly arity: number; readonly of: (args: readonly Node[]) => Node }
  >()
  /** True where something was written as a symbol that is none. */
  opaque = false
  /** True where an undefined function was written. */
  hasFunctions = false

  /** Names of the symbols written so far. */
  get symbols(): readonly string[] {
    return [...this.#nodes.keys()]
  }

  write(node: Node): string {
    const inner = (): readonly string[] => parts(node).map((part) => this.write(part))
    switch (node.kind) {
      case 'number':
        return node.value.d === 1n ? node.value.toFraction() : `(${node.value.toFraction()})`
      case 'constant':
        return node.name === 'e' ? 'exp(1)' : node.name
      case 'symbol':
        return this.#symbol(node)
      case 'sum':
        return `(${inner().join('+')})`
      case 'negative':
        return `(-${inner()[0]})`
      case 'product':
        return `(${inner().join('*')})`
      case 'quotient':
        return `(${inner().join('/')})`
      case 'power':
        return `(${inner().join('^')})`
      case 'call':
        return this.#call(node)
      case 'jet':
        this.hasFunctions = true
        return this.#function(`${node.name}@${node.orders.join('_')}`, node.args, (args) => ({
          ...node,
          args,
        }))
      case 'bound':
        this.opaque = true
        return this.#symbol(node)
    }
  }

  /** The tree that an answer means. @throws ExpressionError where it means none to us. */
  read(text: string): Node {
    const functions = Object.fromEntries([...this.#functions].map(([name, { arity }]) => [name, arity]))
    const spelled = text.replace(/[A-Za-z_][A-Za-z0-9_]*/g, (word) => OURS[word] ?? word)
    const tree = parse(spelled, { variables: this.symbols, functions, imaginary: true })
    return substitute(this.#ownFunctions(tree), Object.fromEntries(this.#nodes))
  }

  #symbol(node: Node): string {
    const key = writtenKey(node)
    const name = this.#names.get(key) ?? `v${this.#nodes.size}`
    this.#names.set(key, name)
    this.#nodes.set(name, node)
    return name
  }

  #call(node: Extract<Node, { kind: 'call' }>): string {
    const known = NAMES[node.name]
    if (known !== undefined) return `${known}(${this.write(node.args[0])})`
    const meaning = FUNCTIONS.get(node.name)?.meaning
    if (meaning !== undefined) {
      const tree = parse(meaning, { variables: ['u'], imaginary: true })
      return this.write(substitute(tree, { u: node.args[0] }))
    }
    return this.#function(`call ${node.name} ${node.args.length}`, node.args, (args) => ({ ...node, args }))
  }

  #function(key: string, args: readonly Node[], of: (args: readonly Node[]) => Node): string {
    const name = this.#names.get(key) ?? `f${this.#functions.size}`
    this.#names.set(key, name)
    this.#functions.set(name, { arity: args.length, of })
    return `${name}(${args.map((arg) => this.write(arg)).join(',')})`
  }

  #ownFunctions(node: Node): Node {
    const inner = mapParts(node, (part) => this.#ownFunctions(part))
    return inner.kind === 'jet' ? this.#functions.get(inner.name)!.of(inner.args) : inner
  }
}
