import type { FunctionNode, MathNode, OperatorNode, ParenthesisNode, SymbolNode } from 'mathjs'
import { add, call, number } from './build.js'
import { ExpressionError } from './errors.js'
import { FUNCTIONS, SYNONYMS } from './functions.js'
import { mathjsInstance } from './mathjsInstance.js'
import { maybeNearest } from './nearest.js'
import { type BoundOperator, type ConstantName, decimal, type Node } from './node.js'
import { scan, type Token } from './scan.js'

/** What the names of a text may mean. */
export interface Scope {
  readonly variables: readonly string[]
  readonly parameters?: readonly string[]
  /** Undefined functions such as ψ(x, t), by their number of arguments; their calls become jets. */
  readonly functions?: Readonly<Record<string, number>>
  /** True where `i` is the imaginary unit. Default false: objectives are real. */
  readonly imaginary?: boolean
}

const CONSTANTS: ReadonlySet<string> = new Set<ConstantName>(['pi', 'e'])
/** Deepest tree that is read; closures and printers recurse this far. */
const MAX_DEPTH = 400

/** The name of a derivative call in derivations: `diff(psi(x, t), x, 2)` is ∂²ψ/∂x². */
export const DIFF = 'diff'
/** The name of a value elsewhere: `at(diff(zeta(x), x), x, a)` is ζ′(a). */
export const AT = 'at'
/** ∇² in the coordinates named: `laplacian(psi(x, y, t), x, y)` is read as diff(ψ, x, 2) + diff(ψ, y, 2). */
const LAPLACIAN = 'laplacian'
/** Operators that bind a variable, `integral(f, x, 0, 1)`, with the number of their limits. */
const BINDERS: Readonly<Record<BoundOperator, number>> = { integral: 2, sum: 2, limit: 1 }
const INFINITY = 'infinity'

/**
 * Reads a text into a tree.
 *
 * The language: numbers, declared names, `pi`, `e` (Euler's number), + − * / ^, unary minus and the table FUNCTIONS.
 * −x^2 is −(x²) and a^b^c is a^(b^c), as in mathematics. Products are always written with `*`.
 *
 * @throws ExpressionError 'syntax', 'undeclared', 'unsupported', 'reserved', 'arity' or 'too-complex'.
 */
export function parse(text: string, scope: Scope): Node {
  refuseReserved(scope)
  const tokens = scan(text)
  let tree: MathNode
  try {
    tree = mathjsInstance.parse(text.replace(/\s/g, ' '))
  } catch (cause) {
    throw syntaxError(text, tokens, cause)
  }
  return new Reader(text, tokens, scope).read(tree, 0)
}

/** Scopes that were found good: a derivation reads hundreds of texts in one. */
const accepted = new WeakSet<Scope>()

function refuseReserved(scope: Scope): void {
  if (accepted.has(scope)) return
  const declared = [...scope.variables, ...(scope.parameters ?? []), ...Object.keys(scope.functions ?? {})]
  for (const name of declared) {
    const taken =
      CONSTANTS.has(name) ||
      FUNCTIONS.has(name) ||
      ['i', DIFF, AT, LAPLACIAN, 'Infinity', INFINITY].includes(name) ||
      Object.hasOwn(BINDERS, name)
    if (taken || !/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name)) {
      throw new ExpressionError({
        code: 'reserved',
        what: `“${name}” cannot be the name of a variable or parameter${taken ? '; it already has a meaning' : ''}`,
        remedy: taken ? `Call it ${name}0, for example` : 'Use letters, digits and _, a letter first',
      })
    }
  }
  const twice = declared.find((name, place) => declared.indexOf(name) !== place)
  if (twice !== undefined) {
    throw new ExpressionError({
      code: 'reserved',
      what: `“${twice}” is declared twice`,
      remedy: 'Rename one of the two',
    })
  }
  accepted.add(scope)
}

function syntaxError(text: string, tokens: readonly Token[], cause: unknown): ExpressionError {
  if (cause instanceof RangeError) {
    return new ExpressionError({
      code: 'too-complex',
      what: 'The expression is nested too deeply',
      remedy: 'Give a function of x instead',
    })
  }
  const last = tokens[tokens.length - 1]!
  const open = tokens.filter((t) => t.text === '(').length - tokens.filter((t) => t.text === ')').length
  if (last.kind === 'mark' && last.text !== ')') {
    return new ExpressionError({
      code: 'syntax',
      what: `The expression ends after “${last.text}”`,
      text,
      at: last.at + 1,
      remedy: `Add what follows “${last.text}”, or drop it`,
    })
  }
  if (open > 0) {
    return new ExpressionError({
      code: 'syntax',
      what: `${open === 1 ? 'A parenthesis is' : `${open} parentheses are`} not closed`,
      text,
      at: text.trimEnd().length,
      remedy: `Add “${')'.repeat(open)}”`,
    })
  }
  const char = (cause as { char?: number }).char
  const at = typeof char === 'number' ? Math.min(char - 1, text.length) : text.length
  const found = tokens.find((token) => token.at >= at)
  return new ExpressionError({
    code: 'syntax',
    what: found ? `“${found.text}” is not expected here` : 'The expression is not complete',
    text,
    at,
    remedy:
      open < 0
        ? 'Drop a “)” or add the “(” that it closes'
        : 'Check that every operator has an operand on either side',
  })
}

/** Turns mathjs nodes into ours, checking every name against the scope. */
class Reader {
  readonly #text: string
  readonly #tokens: readonly Token[]
  readonly #scope: Scope
  #names: ReadonlySet<string>

  constructor(text: string, tokens: readonly Token[], scope: Scope) {
    this.#text = text
    this.#tokens = tokens
    this.#scope = scope
    this.#names = new Set([...scope.variables, ...(scope.parameters ?? [])])
  }

  read(node: MathNode, depth: number): Node {
    if (depth > MAX_DEPTH) {
      throw new ExpressionError({
        code: 'too-complex',
        what: `The expression is nested deeper than ${MAX_DEPTH} levels`,
        remedy: 'Give a function of x instead',
      })
    }
    switch (node.type) {
      case 'ParenthesisNode':
        return this.read((node as ParenthesisNode).content, depth)
      case 'ConstantNode':
        return this.#constant(String((node as unknown as { value: unknown }).value))
      case 'SymbolNode':
        return this.#symbol((node as SymbolNode).name)
      case 'OperatorNode':
        return this.#operator(node as OperatorNode, depth)
      case 'FunctionNode':
        return this.#call(node as FunctionNode, depth)
      default:
        throw this.#unsupported(node.type)
    }
  }

  #constant(value: string): Node {
    if (/^[\d.]/.test(value)) return { kind: 'number', value: decimal(value) }
    // `true`, `NaN` and the like are words to mathjs, names that nobody declared to us;
    // 1e999 is no word and reaches this place as Infinity.
    const large = this.#tokens.find(
      (token) => token.kind === 'number' && !Number.isFinite(Number(token.text)),
    )
    if (large)
      throw this.#error(
        'unsupported',
        `${large.text} is too large for a double`,
        large.text,
        'Use a number below 1.8e308',
      )
    return this.#symbol(value)
  }

  #symbol(name: string): Node {
    if (this.#names.has(name)) return { kind: 'symbol', name }
    if (CONSTANTS.has(name)) return { kind: 'constant', name: name as ConstantName }
    if (name === 'i' && this.#scope.imaginary) return { kind: 'constant', name }
    if (this.#knownFunction(name))
      throw this.#error(
        'syntax',
        `The function “${name}” is used without arguments`,
        name,
        `Write ${name}(…)`,
      )
    if (name === 'i')
      throw this.#error(
        'undeclared',
        'The imaginary unit i is not available; an objective is real',
        name,
        this.#declared(name),
      )
    const nearest = maybeNearest(name, [...this.#names, ...CONSTANTS])
    const hint = nearest === undefined ? '' : `Did you mean “${nearest}”? `
    throw this.#error('undeclared', `“${name}” is not declared`, name, hint + this.#declared(name))
  }

  #operator({ fn, op, args }: OperatorNode, depth: number): Node {
    const [first, second] = args.map((part) => this.read(part, depth + 1)) as [Node, Node]
    switch (fn as string) {
      case 'unaryPlus':
        return first
      case 'unaryMinus':
        return { kind: 'negative', of: first }
      case 'add':
        return {
          kind: 'sum',
          terms: [...(first.kind === 'sum' && isBare(args[0]) ? first.terms : [first]), second],
        }
      case 'subtract':
        return {
          kind: 'sum',
          terms: [
            ...(first.kind === 'sum' && isBare(args[0]) ? first.terms : [first]),
            { kind: 'negative', of: second },
          ],
        }
      case 'multiply':
        return {
          kind: 'product',
          factors: [...(first.kind === 'product' && isBare(args[0]) ? first.factors : [first]), second],
        }
      case 'divide':
        return { kind: 'quotient', over: first, under: second }
      case 'pow':
        return { kind: 'power', base: first, exponent: second }
      default:
        throw this.#unsupported(op)
    }
  }

  #call({ fn, args }: FunctionNode, depth: number): Node {
    const name = (fn as unknown as SymbolNode).name
    if (this.#scope.functions && Object.hasOwn(BINDERS, name))
      return this.#bound(name as BoundOperator, args, depth)
    const inner = args.map((part) => this.read(part, depth + 1))
    const jets = this.#scope.functions ?? {}
    if (Object.hasOwn(jets, name)) {
      this.#checkArity(name, inner.length, jets[name]!, jets[name]!)
      return { kind: 'jet', name, orders: inner.map(() => 0), args: inner }
    }
    const row = FUNCTIONS.get(name)
    if (row) {
      this.#checkArity(name, inner.length, ...row.arity)
      return { kind: 'call', name, args: inner }
    }
    if ((name === DIFF || name === AT) && this.#scope.functions) return { kind: 'call', name, args: inner }
    if (name === LAPLACIAN && this.#scope.functions) return this.#laplacian(inner)
    if (this.#names.has(name) || CONSTANTS.has(name)) {
      throw this.#error(
        'syntax',
        `“${name}” is a value, not a function`,
        name,
        `For a product write ${name}*(…)${this.#scope.functions ? `; for a function declare it in functions: { ${name}: ['n'] }` : ''}`,
      )
    }
    const known = SYNONYMS[name] ?? maybeNearest(name, FUNCTIONS.keys())
    const hint = known === undefined ? '' : `Did you mean “${known}”? `
    const functions = [...FUNCTIONS.keys(), ...Object.keys(jets)].join(', ')
    throw this.#error('undeclared', `There is no function “${name}”`, name, `${hint}Functions: ${functions}`)
  }

  #laplacian([target, ...coordinates]: readonly Node[]): Node {
    const names = new Set(coordinates.map((node) => (node.kind === 'symbol' ? node.name : undefined)))
    if (target === undefined || names.size === 0 || names.size < coordinates.length || names.has(undefined)) {
      throw this.#error(
        'syntax',
        'laplacian takes an expression and its coordinates, each once',
        LAPLACIAN,
        'Write laplacian(psi(x, y, t), x, y)',
      )
    }
    const two = number(2)
    return add(...coordinates.map((coordinate): Node => call(DIFF, target, coordinate, two)))
  }

  /** A body in which one more name has a meaning, and limits in which it has not. */
  #bound(operator: BoundOperator, args: readonly MathNode[], depth: number): Node {
    const count = BINDERS[operator] + 2
    this.#checkArity(operator, args.length, count, count)
    const variable = (args[1] as SymbolNode).name
    if (args[1]!.type !== 'SymbolNode' || CONSTANTS.has(variable) || variable === 'i') {
      throw this.#error(
        'syntax',
        `The second argument of ${operator} is not a name`,
        operator,
        `Write ${operator}(f, x, ${operator === 'limit' ? '0' : '0, 1'})`,
      )
    }
    const outside = this.#names
    this.#names = new Set([...outside, variable])
    const body = this.read(args[0]!, depth + 1)
    this.#names = outside
    return {
      kind: 'bound',
      operator,
      variable,
      body,
      limits: args.slice(2).map((end) => this.#limit(end, depth)),
    }
  }

  /** An end of a range: an expression, or plus or minus infinity. */
  #limit(node: MathNode, depth: number): Node {
    if (node.type === 'SymbolNode' && (node as SymbolNode).name === INFINITY)
      return { kind: 'constant', name: INFINITY }
    const operator = node as OperatorNode
    if (node.type === 'OperatorNode' && (operator.fn as string) === 'unaryMinus')
      return { kind: 'negative', of: this.#limit(operator.args[0]!, depth) }
    return this.read(node, depth + 1)
  }

  #checkArity(name: string, got: number, least: number, most: number): void {
    if (got >= least && got <= most) return
    const wanted =
      least === most ? `${least} argument${least === 1 ? '' : 's'}` : `${least} to ${most} arguments`
    throw this.#error('arity', `“${name}” takes ${wanted}, got ${got}`, name)
  }

  #knownFunction(name: string): boolean {
    return FUNCTIONS.has(name) || Object.hasOwn(this.#scope.functions ?? {}, name)
  }

  #declared(name: string): string {
    const { variables, parameters = [] } = this.#scope
    const list = (names: readonly string[]): string => (names.length === 0 ? 'none' : names.join(', '))
    if (this.#scope.functions) {
      const known = [...variables, ...parameters]
      return `Symbols: ${list(known)}. Functions: ${list(Object.keys(this.#scope.functions))}. Declare it, for example symbols: { ${name}: 'real' }, or use one of these`
    }
    return `Variables: ${list(variables)}. Parameters: ${list(parameters)}. Constants: pi, e. Declare a parameter with its value, or use one of these`
  }

  #unsupported(what: string): ExpressionError {
    return new ExpressionError({
      code: 'unsupported',
      what: `“${what}” is not part of the language`,
      remedy: 'Use names, numbers, + - * / ^, parentheses and functions',
    })
  }

  #error(
    code: 'undeclared' | 'unsupported' | 'arity' | 'syntax',
    what: string,
    name: string,
    remedy?: string,
  ): ExpressionError {
    const at = this.#tokens.find((token) => token.text === name)?.at
    return new ExpressionError({
      code,
      what,
      text: this.#text,
      ...(at === undefined ? {} : { at }),
      ...(remedy === undefined ? {} : { remedy }),
    })
  }
}

/** True where the text had no parentheses around the node, so that a chain a + b + c may become one sum. */
function isBare(node: MathNode | undefined): boolean {
  return node?.type !== 'ParenthesisNode'
}
