import type Fraction from 'fraction.js'
import { maybeRational, number } from './build.js'
import { type BoundOperator, type ConstantName, type Jet, mapParts, type Node } from './node.js'
import { DIFF } from './parse.js'

/** How tightly a printed piece holds together; a piece in a tighter place gets parentheses. */
export const TIGHT = { sum: 1, product: 2, power: 3, atom: 4 } as const

export interface Printed {
  readonly text: string
  readonly tight: number
}

/** One way of writing: TeX, Unicode text, or the input language itself. */
export interface Notation {
  readonly digits: (decimal: string, exponent: number) => Printed
  readonly name: (name: string) => string
  readonly constant: Readonly<Record<ConstantName, string>>
  readonly minus: string
  /** Joins the terms of a sum; `inside` where the sum stands in parentheses. */
  readonly signs: (inside: boolean) => readonly [plus: string, minus: string]
  /** What stands between two neighbouring factors. */
  readonly gap: (left: string, right: string) => string
  /** What stands between a function written without its argument and that argument. */
  readonly apart: string
  /** `plain` parts are printed without parentheses, `held` ones are wrapped as a quotient written in line needs. */
  readonly quotient: (over: Pieces, under: Pieces) => Printed
  readonly power: (base: string, exponent: Pieces) => Printed
  readonly parentheses: (inner: string) => string
  readonly call: (name: string, args: readonly string[]) => Printed
  /**
   * `variables` are the names of the slots where the function is taken at them, so that they need not be written;
   * `index` are the arguments that are written as an index, and left out of all others.
   */
  readonly jet: (
    jet: Jet,
    args: readonly string[],
    variables: readonly string[] | undefined,
    index: readonly string[],
  ) => Printed
  /** A derivative that is not carried out. */
  readonly derivative?: (variable: string, order: number, body: string) => Printed
  readonly bound: (
    operator: BoundOperator,
    variable: string,
    body: Pieces,
    limits: readonly string[],
  ) => Printed
  /** Names of the slots of undefined functions. Default: a function taken at plain variables is taken at its own. */
  readonly slots?: Readonly<Record<string, readonly string[]>>
  /** Names under which undefined functions are written. Default their own. */
  readonly shown?: Readonly<Record<string, string>>
  /** How many of a function's first arguments are written as an index: φₙ(x) for φ(n, x) with 1. Default 0. */
  readonly indices?: Readonly<Record<string, number>>
  /** Brackets of a differential operator, `[−D ∂ₓ² + ζ] ψ`; without it, sums are written out. */
  readonly operator?: (bracket: string, target: string) => string
}

/** A part as it reads alone, and as it reads in a place of a given tightness. */
export interface Pieces {
  readonly plain: string
  readonly held: (tight: number) => string
  readonly node: Node
}

/** Writes a tree in a notation, with parentheses only where precedence asks for them. */
export function print(node: Node, notation: Notation): string {
  return write(hoistSigns(node), notation, false).text
}

/** (−a) b and (−a)/b are read as −(a b) and −(a/b), which print without parentheses; values are the same. */
function hoistSigns(node: Node): Node {
  const inner = mapParts(node, hoistSigns)
  if (inner.kind === 'product' && inner.factors[0]?.kind === 'negative') {
    return {
      kind: 'negative',
      of: { kind: 'product', factors: [inner.factors[0].of, ...inner.factors.slice(1)] },
    }
  }
  if (inner.kind === 'quotient' && inner.over.kind === 'negative') {
    return { kind: 'negative', of: { ...inner, over: inner.over.of } }
  }
  return inner
}

function write(node: Node, notation: Notation, inside: boolean): Printed {
  const held = (part: Node, tight: number): string => {
    const written = write(part, notation, false)
    return written.tight >= tight ? written.text : notation.parentheses(write(part, notation, true).text)
  }
  const pieces = (part: Node): Pieces => ({
    plain: write(part, notation, false).text,
    held: (tight) => held(part, tight),
    node: part,
  })
  switch (node.kind) {
    case 'number':
      return writeNumber(node.value, notation)
    case 'constant':
      return { text: notation.constant[node.name], tight: TIGHT.atom }
    case 'symbol':
      return { text: notation.name(node.name), tight: TIGHT.atom }
    case 'sum':
      return writeSum(node.terms, notation, inside, held)
    case 'negative':
      return { text: notation.minus + held(node.of, TIGHT.product), tight: TIGHT.sum }
    case 'product':
      return writeProduct(node.factors, notation)
    case 'quotient':
      return notation.quotient(pieces(node.over), pieces(node.under))
    case 'power':
      return notation.power(held(node.base, TIGHT.atom), pieces(node.exponent))
    case 'call':
      if (isDerivative(node) && notation.derivative) return writeDerivative(node.args, notation, held)
      return notation.call(
        node.name,
        node.args.map((arg) => print(arg, notation)),
      )
    case 'jet':
      return writeJet(node, notation)
    case 'bound':
      return notation.bound(
        node.operator,
        notation.name(node.variable),
        pieces(node.body),
        node.limits.map((limit) => print(limit, notation)),
      )
  }
}

/** A function's value and an integral need no parentheses behind ∂ₓ; a power does, since (∂ₓf)² is written alike. */
function writeDerivative(
  [body, variable, times]: readonly Node[],
  notation: Notation,
  held: (part: Node, tight: number) => string,
): Printed {
  const order = times === undefined ? 1 : Number(maybeRational(times))
  const bare = body!.kind === 'bound' || body!.kind === 'call'
  const inner = held(body!, bare ? TIGHT.product : TIGHT.atom)
  return notation.derivative!(print(variable!, notation), order, inner)
}

const isDerivative = (node: Node): boolean => node.kind === 'call' && node.name === DIFF

function writeJet(jet: Jet, notation: Notation): Printed {
  const { shown = {} } = notation
  return notation.jet(
    { ...withoutIndex(jet, notation), name: shown[jet.name] ?? jet.name },
    withoutIndex(jet, notation).args.map((arg) => print(arg, notation)),
    maybeVariables(jet, notation)?.map(notation.name),
    jet.args.slice(0, indicesOf(jet, notation)).map((arg) => print(arg, notation)),
  )
}

const indicesOf = ({ name, orders }: Jet, { indices = {} }: Notation): number => {
  const count = indices[name] ?? 0
  return orders.slice(0, count).every((order) => order === 0) ? count : 0
}

function withoutIndex(jet: Jet, notation: Notation): Jet {
  const count = indicesOf(jet, notation)
  return { ...jet, orders: jet.orders.slice(count), args: jet.args.slice(count) }
}

/** The variables that a jet's slots stand for, when it is taken at just these; those written as an index are left out. */
function maybeVariables(jet: Jet, notation: Notation): readonly string[] | undefined {
  const names = withoutIndex(jet, notation).args.map((arg) => (arg.kind === 'symbol' ? arg.name : ''))
  const declared = notation.slots?.[jet.name]?.slice(indicesOf(jet, notation)) ?? names
  return names.every((name, k) => name !== '' && name === declared[k]) ? names : undefined
}

function writeSum(
  terms: readonly Node[],
  notation: Notation,
  inside: boolean,
  held: (part: Node, tight: number) => string,
): Printed {
  const operator = notation.operator && maybeOperator(terms, notation)
  if (operator) {
    const bracket = print({ kind: 'sum', terms: operator.coefficients }, notation)
    return { text: notation.operator!(bracket, print(operator.target, notation)), tight: TIGHT.product }
  }
  const [plus, minus] = notation.signs(inside)
  const text = terms.map((term, k) => {
    const negative = term.kind === 'negative'
    const body = held(negative ? term.of : term, k === 0 && !negative ? TIGHT.sum : TIGHT.product)
    return k === 0 ? (negative ? notation.minus : '') + body : (negative ? minus : plus) + body
  })
  return { text: text.join(''), tight: TIGHT.sum }
}

function writeProduct(factors: readonly Node[], notation: Notation): Printed {
  const written = factors.map((factor, k) => {
    const piece = write(factor, notation, false)
    // A quotient or a number with a power of ten may open a product; a derivative, or an operator on a function, may
    // close it (a sum is as tight as a product only when it prints as an operator).
    const opens = k === 0 && (factor.kind === 'quotient' || factor.kind === 'number')
    const closes =
      k === factors.length - 1 && (['jet', 'sum', 'bound'].includes(factor.kind) || isDerivative(factor))
    const open = opens || closes
    const fits = piece.tight > TIGHT.product || (piece.tight === TIGHT.product && open)
    return fits ? piece.text : notation.parentheses(write(factor, notation, true).text)
  })
  const gap = (k: number, left: string, right: string): string =>
    standsBeforeArgument(factors[k - 1]!, factors[k]!, notation) ? notation.apart : notation.gap(left, right)
  const text = written.reduce(
    (before, piece, k) => before + (k > 0 ? gap(k, written[k - 1]!, piece) : '') + piece,
    '',
  )
  return { text, tight: TIGHT.product }
}

/** f(x) x, where f stands without its argument, is not fx. */
function standsBeforeArgument(left: Node, right: Node, notation: Notation): boolean {
  if (left.kind !== 'jet' || right.kind !== 'symbol') return false
  return maybeVariables(left, notation)?.includes(right.name) ?? false
}

/** Longest decimal expansion that is written as one; longer ones are written as a fraction. */
const MAX_DECIMALS = 12

/** 1/5 → 0.2, 1/3 → the quotient 1/3, 10⁻⁸ → the power of ten. */
function writeNumber(value: Fraction, notation: Notation): Printed {
  let scaled = value
  let places = 0
  const largest = 10n ** BigInt(MAX_DECIMALS)
  const rest = decimalFactors(value.d)
  if (rest !== 1n) return writeFraction(value, notation)
  while (scaled.d !== 1n) {
    scaled = scaled.mul(10)
    places += 1
  }
  let digits = scaled.n
  if (digits > largest * largest) return writeFraction(value, notation)
  while (digits % 10n === 0n && digits !== 0n && places > -400 && (places > 0 || digits > largest)) {
    digits /= 10n
    places -= 1
  }
  const text = digits.toString()
  if (places <= 0) return notation.digits(text, -places)
  if (places > MAX_DECIMALS || places - text.length > 4) {
    return notation.digits(text.length === 1 ? text : `${text[0]}.${text.slice(1)}`, text.length - 1 - places)
  }
  const padded = text.padStart(places + 1, '0')
  return notation.digits(`${padded.slice(0, -places)}.${padded.slice(-places)}`, 0)
}

/** What is left of a denominator when its 2s and 5s are taken out. */
function decimalFactors(denominator: bigint): bigint {
  let rest = denominator
  while (rest % 2n === 0n) rest /= 2n
  while (rest % 5n === 0n) rest /= 5n
  return rest
}

function writeFraction(value: Fraction, notation: Notation): Printed {
  const whole = (digits: bigint): Pieces => {
    const { text } = notation.digits(digits.toString(), 0)
    return { plain: text, held: () => text, node: { kind: 'symbol', name: text } }
  }
  return value.d === 1n
    ? notation.digits(value.n.toString(), 0)
    : notation.quotient(whole(value.n), whole(value.d))
}

/** Name of the jet that stands for a bare derivative, ∂ₓ² without its function. */
const BARE = ''

interface Operator {
  readonly coefficients: readonly Node[]
  readonly target: Jet
}

/**
 * Reads a sum as a differential operator on one undefined function: every term is a coefficient times one jet of the
 * same function at the same place, and at least one is a derivative. Terms keep their order.
 */
function maybeOperator(terms: readonly Node[], notation: Notation): Operator | undefined {
  const read = terms.map((term) => maybeOperatorTerm(term, notation))
  const first = read[0]
  if (
    !first ||
    terms.length < 2 ||
    read.some((term) => term?.place !== first.place || term.jet.name !== first.jet.name)
  )
    return undefined
  if (read.every((term) => term!.order === 0)) return undefined
  return {
    coefficients: read.map((term) => term!.coefficient),
    target: { ...first.jet, orders: first.jet.orders.map(() => 0) },
  }
}

function maybeOperatorTerm(
  term: Node,
  notation: Notation,
): { coefficient: Node; jet: Jet; place: string; order: number } | undefined {
  if (term.kind === 'negative') {
    const inner = maybeOperatorTerm(term.of, notation)
    return inner && { ...inner, coefficient: { kind: 'negative', of: inner.coefficient } }
  }
  const factors = term.kind === 'product' ? term.factors : [term]
  const jet = factors[factors.length - 1]
  if (jet?.kind !== 'jet' || jet.name === BARE || withoutIndex(jet, notation).args.length < 2)
    return undefined
  if (!maybeVariables(jet, notation)) return undefined
  const rest = factors.slice(0, -1)
  if (rest.some((factor) => factor.kind === 'jet' && factor.name === jet.name)) return undefined
  const order = jet.orders.reduce((sum, k) => sum + k, 0)
  const inner: Node[] = order === 0 ? rest : [...rest, { ...withoutIndex(jet, notation), name: BARE }]
  if (inner.length === 0) inner.push(number(1))
  return {
    coefficient: inner.length === 1 ? inner[0]! : { kind: 'product', factors: inner },
    jet,
    place: jet.args.map((arg) => print(arg, notation)).join(','),
    order,
  }
}

/** True for exponents that are whole numbers, which plain text writes as superscripts. */
export function maybeInteger(node: Node): bigint | undefined {
  const value = maybeRational(node)
  return value && value.d === 1n ? value.s * value.n : undefined
}
