/**
 * Trees of expressions in postfix notation, as plain data: a list of short texts that travels as JSON and is read back
 * without a parser. Parts come before what they are parts of, so that reading needs no recursion.
 *
 *   `1/5` a number, `#pi` a constant, `$x` a symbol, `~` a negative, `+3` and `*2` a sum and a product of so many,
 *   `/` a quotient, `^` a power, `sin:1` a call with so many arguments
 */
import Fraction from 'fraction.js'
import { ExpressionError } from './errors.js'
import { FUNCTIONS } from './functions.js'
import { type Node, parts } from './node.js'

/** Longest token, most tokens, and greatest depth of a tree: well inside the stack of what walks it. */
export const POSTFIX_LIMITS = { token: 80, tokens: 4000, depth: 200 } as const

const NUMBER = /^-?\d{1,40}(?:\/0*[1-9]\d{0,38})?$/
const SYMBOL = /^\$[A-Za-z_][A-Za-z0-9_]*$/

/** The tokens of a tree; undefined where it has integrals, undefined functions or numbers of too many digits, or is too large. */
export function maybePostfix(node: Node): string[] | undefined {
  const tokens: string[] = []
  const write = (part: Node, depth: number): boolean => {
    if (depth > POSTFIX_LIMITS.depth || !parts(part).every((each) => write(each, depth + 1))) return false
    const token = tokenOf(part)
    if (token === undefined || token.length > POSTFIX_LIMITS.token) return false
    return tokens.push(token) <= POSTFIX_LIMITS.tokens
  }
  return write(node, 1) ? tokens : undefined
}

function tokenOf(node: Node): string | undefined {
  switch (node.kind) {
    case 'number': {
      const text = node.value.toFraction()
      return NUMBER.test(text) ? text : undefined
    }
    case 'constant':
      return node.name === 'pi' || node.name === 'e' ? `#${node.name}` : undefined
    case 'symbol':
      return SYMBOL.test(`$${node.name}`) ? `$${node.name}` : undefined
    case 'negative':
      return '~'
    case 'sum':
      return `+${node.terms.length}`
    case 'product':
      return `*${node.factors.length}`
    case 'quotient':
      return '/'
    case 'power':
      return '^'
    case 'call':
      return `${node.name}:${node.args.length}`
    case 'jet':
    case 'bound':
      return undefined
  }
}

/**
 * The tree of tokens.
 * @param names the symbols that may occur
 * @throws ExpressionError where the tokens are no tree of these symbols and the functions of the language
 */
export function fromPostfix(tokens: readonly string[], names: readonly string[]): Node {
  if (tokens.length > POSTFIX_LIMITS.tokens) refuse(`${tokens.length} tokens`)
  const stack: { readonly node: Node; readonly depth: number }[] = []
  for (const token of tokens) {
    const { count, make } = reading(token, names)
    if (count > stack.length) refuse(`“${token}” without its parts`)
    const taken = count === 0 ? [] : stack.splice(-count)
    const depth = 1 + taken.reduce((most, part) => Math.max(most, part.depth), 0)
    if (depth > POSTFIX_LIMITS.depth) refuse(`a depth above ${POSTFIX_LIMITS.depth}`)
    stack.push({ node: make(taken.map(({ node }) => node)), depth })
  }
  if (stack.length !== 1) refuse(`${stack.length} trees`)
  return stack[0]!.node
}

interface Reading {
  readonly count: number
  readonly make: (parts: readonly Node[]) => Node
}

function reading(token: string, names: readonly string[]): Reading {
  const leaf = (node: Node): Reading => ({ count: 0, make: () => node })
  if (token === '~') return { count: 1, make: ([of]) => ({ kind: 'negative', of: of! }) }
  if (token === '/')
    return { count: 2, make: ([over, under]) => ({ kind: 'quotient', over: over!, under: under! }) }
  if (token === '^')
    return { count: 2, make: ([base, exponent]) => ({ kind: 'power', base: base!, exponent: exponent! }) }
  if (token === '#pi') return leaf({ kind: 'constant', name: 'pi' })
  if (token === '#e') return leaf({ kind: 'constant', name: 'e' })
  if (NUMBER.test(token)) return leaf({ kind: 'number', value: new Fraction(token) })
  if (token.startsWith('$') && names.includes(token.slice(1)))
    return leaf({ kind: 'symbol', name: token.slice(1) })
  const [, operator, several] = /^([+*])([1-9]\d{0,3})$/.exec(token) ?? []
  if (operator === '+') return { count: Number(several), make: (terms) => ({ kind: 'sum', terms }) }
  if (operator === '*') return { count: Number(several), make: (factors) => ({ kind: 'product', factors }) }
  const [, name, taken] = /^([a-z]\w*):(\d{1,2})$/.exec(token) ?? []
  const row = name === undefined ? undefined : FUNCTIONS.get(name)
  const count = Number(taken)
  if (row && count >= row.arity[0] && count <= row.arity[1])
    return { count, make: (args) => ({ kind: 'call', name: row.name, args }) }
  return refuse(`“${token.slice(0, 40)}”`)
}

function refuse(what: string): never {
  throw new ExpressionError({
    code: 'unsupported',
    what: `The tokens of the expression are no tree: ${what}`,
    remedy: 'Run the cell again to make the figure anew',
  })
}
