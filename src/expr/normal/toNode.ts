import Fraction from 'fraction.js'
import { call, divide, multiply, negate, number, power } from '../build.js'
import type { BoundOperator, Node } from '../node.js'
import { isBoundName } from './binders.js'
import { type Gaussian, gaussian, times } from './gaussian.js'
import { compareMonomials, type Power } from './polynomial.js'
import type { Element, Ring } from './ring.js'
import { maybeRatio } from './signs.js'

/** How an element is written. */
export interface Writing {
  /** True writes a sum over a denominator as a sum of quotients. Default false. */
  readonly split?: true
}

/**
 * A tree for an element of the ring: one quotient with what is common to all terms in front, the roots of positive
 * factors under one sign, the greatest term first, minus signs outermost.
 */
export function toNode(ring: Ring, element: Element, writing: Writing = {}): Node {
  return new Writer(ring, writing).write(element)
}

const HALF = new Fraction(1, 2)
const OPERATORS: Readonly<Record<BoundOperator, readonly string[]>> = {
  integral: ['x', 'y', 'z', 'u', 'v'],
  sum: ['n', 'k', 'j', 'l', 'p'],
  limit: ['x', 'y', 'z', 'u', 'v'],
}
const isOperator = (name: string): name is BoundOperator => Object.hasOwn(OPERATORS, name)

/** A term of the ring, or what is left of one. */
interface Term {
  readonly coefficient: Gaussian
  readonly powers: readonly Power[]
  readonly exponent: number
}

/** What is common to the terms of a numerator, and what is left of them. */
interface Content {
  /** Positive. */
  readonly size: Fraction
  readonly powers: readonly Power[]
  readonly exponent: number
  readonly terms: readonly Term[]
}

class Writer {
  readonly #ring: Ring
  readonly #writing: Writing
  readonly #names = new Map<string, string>()

  constructor(ring: Ring, writing: Writing) {
    this.#ring = ring
    this.#writing = writing
  }

  write(element: Element): Node {
    const terms = sorted([...element.terms.values()])
    if (terms.length === 0) return number(0)
    if (this.#writing.split && terms.length > 1) {
      const quotients = terms.map((term) =>
        this.#ring.add({ ...this.#ring.term(term), under: element.under }, this.#ring.zero),
      )
      return { kind: 'sum', terms: quotients.map((quotient) => this.#quotient(quotient)) }
    }
    return this.#quotient(element)
  }

  #quotient(element: Element): Node {
    const { rest, powers: outside } = this.#withoutRoots(element)
    const content = contentOf(rest)
    const { unit, node: sum } = this.#sum(content.terms)
    let { size } = content
    let turns = unit
    const powers = new Map<number, Fraction>()
    const gather = (more: readonly Power[], times: number): void => {
      for (const { atom, exponent } of more)
        powers.set(atom, (powers.get(atom) ?? new Fraction(0)).add(exponent.mul(times)))
    }
    gather([...content.powers, ...outside], 1)
    const over = new Factors()
    const under = new Factors()
    for (const [atom, exponent] of powers) this.#openRoot(atom, exponent, powers, over, under)
    if (sum) over.plain.push(sum)
    for (const [place, count] of rest.under) {
      const inner = contentOf(this.#ring.factor(place))
      const factor = this.#sum(inner.terms)
      size = size.div(inner.size.pow(count)!)
      turns -= factor.unit * count
      gather(inner.powers, -count)
      if (factor.node) under.plain.push(power(factor.node, number(count)))
    }
    for (const [atom, exponent] of powers) {
      const { kind, name } = this.#ring.atoms[atom]!
      if (exponent.n === 0n) continue
      const side = exponent.s < 0n ? under : over
      if (kind === 'prime' && exponent.d === 2n)
        side.square = side.square.mul(new Fraction(name).pow(exponent.abs().mul(2))!)
      else this.#put(side, atom, exponent.abs())
    }
    // √p/p is 1/√p: of the square of the number in front, what is no square stays under the root.
    const square = size.mul(size).mul(over.square).div(under.square)
    const [top, above] = rootParts(square.n)
    const [bottom, below] = rootParts(square.d)
    if (above !== 1n) over.addRoot(number(above), HALF)
    if (below !== 1n) under.addRoot(number(below), HALF)
    if (turns % 2 !== 0) over.first.push({ kind: 'constant', name: 'i' })
    if (content.exponent !== 0) over.last.push(...this.#exponential(this.#ring.exponentAt(content.exponent)))
    over.first.unshift(number(top))
    under.first.unshift(number(bottom))
    const minus = ((turns % 4) + 4) % 4 >= 2
    // −a/(b − c) is written a/(c − b).
    const turned = minus && under.turnOne()
    const quotient = fraction(...products(over, under))
    return minus && !turned ? negate(quotient) : quotient
  }

  /** r^q/f for a root r of a multiple of f is u·r^{q−1}; so no root stands above its own base. */
  #withoutRoots(element: Element): { rest: Element; powers: readonly Power[] } {
    const ring = this.#ring
    const terms = [...element.terms.values()]
    for (const [place, count] of element.under) {
      for (const { atom, exponent } of terms[0]!.powers) {
        const { kind, args } = ring.atoms[atom]!
        if (kind !== 'root' || !terms.every((term) => exponentOf(term, atom).equals(exponent))) continue
        const ratio = maybeRatio(ring, args[0]!, ring.factor(place))
        if (!ratio) continue
        const under = new Map(element.under)
        if (count === 1) under.delete(place)
        else under.set(place, count - 1)
        const plain = terms.map((term) =>
          ring.term({ ...term, powers: term.powers.filter((one) => one.atom !== atom) }),
        )
        const over = plain.reduce((s, t) => ring.add(s, t))
        const inner = this.#withoutRoots(ring.multiply({ terms: over.terms, under }, ratio))
        return { rest: inner.rest, powers: [...inner.powers, { atom, exponent: exponent.sub(1) }] }
      }
    }
    return { rest: element, powers: [] }
  }

  /** A sum of terms as i^unit · node; no node for the number 1. */
  #sum(terms: readonly Term[]): { unit: number; node: Node | undefined } {
    const imaginary = terms.every(({ coefficient }) => coefficient.re.n === 0n)
    const turned = imaginary
      ? terms.map((term) => ({ ...term, coefficient: times(term.coefficient, gaussian(0, -1)) }))
      : terms
    const minus = turned.filter(isNegative).length
    const flip = minus * 2 > turned.length
    const signed = flip
      ? turned.map((term) => ({ ...term, coefficient: times(term.coefficient, gaussian(-1)) }))
      : turned
    const first = signed.findIndex((term) => !isNegative(term))
    const ordered = first > 0 ? [signed[first]!, ...signed.filter((_, k) => k !== first)] : signed
    const unit = (imaginary ? 1 : 0) + (flip ? 2 : 0)
    const [only] = ordered
    if (ordered.length === 1 && only!.powers.length === 0 && only!.exponent === 0 && isOne(only!.coefficient))
      return { unit, node: undefined }
    const written = ordered.map((term) => this.#term(term))
    return { unit, node: written.length === 1 ? written[0]! : { kind: 'sum', terms: written } }
  }

  #term({ coefficient, powers, exponent }: Term): Node {
    const { re, im } = coefficient
    if (re.n !== 0n && im.n !== 0n) {
      const complex: Node = {
        kind: 'sum',
        terms: [number(re), multiply(number(im), { kind: 'constant', name: 'i' })],
      }
      return multiply(complex, this.#term({ coefficient: gaussian(1), powers, exponent }))
    }
    return this.#quotient(this.#ring.term({ coefficient, powers, exponent }))
  }

  /** {c S}^q for positive c, S is written as c^q S^q, so that c joins its like. */
  #openRoot(atom: number, q: Fraction, powers: Map<number, Fraction>, over: Factors, under: Factors): void {
    const { kind, positive, args } = this.#ring.atoms[atom]!
    if (kind !== 'root' || !positive || q.d === 1n || args[0]!.under.size > 0) return
    const { size, powers: inside, exponent, terms } = contentOf(args[0]!)
    const { unit, node } = this.#sum(terms)
    if (exponent !== 0 || unit !== 0 || !inside.every((one) => this.#ring.atoms[one.atom]!.positive)) return
    powers.delete(atom)
    for (const one of inside)
      powers.set(one.atom, (powers.get(one.atom) ?? new Fraction(0)).add(one.exponent.mul(q)))
    const [above, below] = q.s > 0n ? [over, under] : [under, over]
    if (q.d === 2n) above.square = above.square.mul(size.pow(q.abs().mul(2))!)
    else {
      if (size.n !== 1n) above.addRoot(number(size.n), q.abs())
      if (size.d !== 1n) below.addRoot(number(size.d), q.abs())
    }
    if (node) above.addRoot(node, q.abs())
  }

  #put(side: Factors, atom: number, exponent: Fraction): void {
    const { kind, positive } = this.#ring.atoms[atom]!
    const base = this.#atom(atom)
    if (exponent.d !== 1n) {
      if (positive) side.addRoot(base, exponent)
      else side.plain.push(rootNode(base, exponent))
    } else if (kind === 'pi') side.first.push(power(base, number(exponent)))
    else (base.kind === 'jet' ? side.last : side.plain).push(power(base, number(exponent)))
  }

  #atom(place: number): Node {
    const { kind, name, args } = this.#ring.atoms[place]!
    switch (kind) {
      case 'symbol':
        if (name === 'infinity') return { kind: 'constant', name }
        return { kind: 'symbol', name: this.#names.get(name) ?? name }
      case 'pi':
        return { kind: 'constant', name: 'pi' }
      case 'prime':
        return number(new Fraction(name))
      case 'log':
        return call('log', this.write(args[0]!))
      case 'root':
        return this.write(args[0]!)
      case 'value':
        return this.#value(name, args)
    }
  }

  #value(name: string, args: readonly Element[]): Node {
    if (isOperator(name)) return this.#bound(name, args)
    const [stem, orders] = name.split('@')
    const inner = args.map((arg) => this.write(arg))
    if (orders === undefined) return call(name, ...inner)
    return { kind: 'jet', name: stem!, orders: orders.split('_').map(Number), args: inner }
  }

  #bound(operator: BoundOperator, [body, ...limits]: readonly Element[]): Node {
    const taken = new Set([...this.#ring.atoms.map(({ name }) => name), ...this.#names.values()])
    const level = this.#ring.atoms
      .map(({ name }) => name)
      .filter((name) => isBoundName(name) && !this.#names.has(name) && occurs(this.#ring, body!, name))
      .sort()
      .pop()
    const letters = OPERATORS[operator]
    const variable = letters.find((letter) => !taken.has(letter)) ?? `${letters[0]}_${taken.size}`
    if (level !== undefined) this.#names.set(level, variable)
    const node: Node = {
      kind: 'bound',
      operator,
      variable,
      body: this.write(body!),
      limits: limits.map((limit) => this.write(limit)),
    }
    if (level !== undefined) this.#names.delete(level)
    return node
  }

  /** exp(E) with e^{c log r} as r^c. */
  #exponential(exponent: Element): readonly Node[] {
    const ring = this.#ring
    if (ring.equal(exponent, ring.one)) return [{ kind: 'constant', name: 'e' }]
    if (exponent.under.size > 0) return [call('exp', this.write(exponent))]
    const powers: Node[] = []
    let rest = ring.zero
    for (const term of exponent.terms.values()) {
      const log = term.powers.find((one) => ring.atoms[one.atom]!.kind === 'log' && one.exponent.equals(1))
      if (!log || term.exponent !== 0) {
        rest = ring.add(rest, ring.term(term))
        continue
      }
      const raised = ring.term({ ...term, powers: term.powers.filter((one) => one !== log) })
      powers.push(power(this.write(ring.atoms[log.atom]!.args[0]!), this.write(raised)))
    }
    return ring.isZero(rest) ? powers : [...powers, call('exp', this.write(rest))]
  }
}

/** The factors of one side of a quotient, in the order in which they are read. */
class Factors {
  readonly first: Node[] = []
  readonly plain: Node[] = []
  /** Positive bases by the exponent that they share. */
  readonly roots = new Map<string, Node[]>()
  readonly last: Node[] = []
  /** Square of a number that stands under a root. */
  square = new Fraction(1)

  /** Turns the sign of one difference, if there is one. */
  turnOne(): boolean {
    const place = this.plain.findIndex(
      (node) => node.kind === 'sum' && node.terms.length === 2 && node.terms[1]!.kind === 'negative',
    )
    const sum = this.plain[place]
    if (sum?.kind !== 'sum') return false
    const [first, second] = sum.terms
    this.plain[place] = { kind: 'sum', terms: [negate(second!), negate(first!)] }
    return true
  }

  addRoot(base: Node, exponent: Fraction): void {
    const key = exponent.toFraction()
    this.roots.set(key, [...(this.roots.get(key) ?? []), base])
  }

  product(roots: readonly Node[]): Node {
    const sums: readonly Node[] = this.plain.filter((node) => node.kind === 'sum' || node.kind === 'call')
    const rest = this.plain
      .filter((node) => !sums.includes(node))
      .sort((a, b) => (stem(a) < stem(b) ? -1 : stem(a) > stem(b) ? 1 : 0))
    return multiply(...this.first, ...rest, ...roots, ...sums, ...this.last)
  }
}

/** Both sides of a quotient; positive roots of one order that stand on both are one root. */
function products(over: Factors, under: Factors): [Node, Node] {
  const [above, below]: [Node[], Node[]] = [[], []]
  for (const exponent of new Set([...over.roots.keys(), ...under.roots.keys()])) {
    const [top, bottom] = [over, under].map((side) => multiply(...ordered(side.roots.get(exponent) ?? [])))
    const order = new Fraction(exponent)
    if (over.roots.has(exponent)) above.push(rootNode(fraction(top!, bottom!), order))
    else below.push(rootNode(bottom!, order))
  }
  return [over.product(above), under.product(below)]
}

/** Largest number whose square is looked for in a number under a root. */
const LARGEST_ROOT = 100n

/** n = outside² · inside. */
function rootParts(n: bigint): [outside: bigint, inside: bigint] {
  const whole = BigInt(Math.round(Math.sqrt(Number(n))))
  if (whole * whole === n) return [whole, 1n]
  let [outside, inside] = [1n, n]
  for (let p = 2n; p <= LARGEST_ROOT && p * p <= inside; p++) {
    while (inside % (p * p) === 0n) {
      inside /= p * p
      outside *= p
    }
  }
  return [outside, inside]
}

/** Numbers and π first, then symbols by name, then the rest as it comes. */
function ordered(bases: readonly Node[]): readonly Node[] {
  const rank = ({ kind }: Node): number => ['number', 'constant', 'symbol'].indexOf(kind) & 3
  return [...bases].sort((a, b) => rank(a) - rank(b) || (stem(a) < stem(b) ? -1 : stem(a) > stem(b) ? 1 : 0))
}

/** The name by which a power of a symbol takes its place in a product; nothing for all else, which keeps its place. */
function stem(node: Node): string {
  const base = node.kind === 'power' ? node.base : node
  return base.kind === 'symbol' ? base.name : LAST
}
const LAST = '\uffff'

/** a/b, where a quotient of whole numbers stays one. */
const fraction = (over: Node, under: Node): Node =>
  over.kind === 'number' && under.kind === 'number' && !under.value.equals(1)
    ? { kind: 'quotient', over, under }
    : divide(over, under)

const rootNode = (base: Node, exponent: Fraction): Node =>
  exponent.equals(HALF)
    ? call('sqrt', base)
    : { kind: 'power', base, exponent: fraction(number(exponent.n), number(exponent.d)) }

const sorted = (terms: readonly Term[]): readonly Term[] =>
  [...terms].sort((a, b) => compareMonomials(b.powers, a.powers) || b.exponent - a.exponent)

const isOne = ({ re, im }: Gaussian): boolean => im.n === 0n && re.equals(1)
const isNegative = ({ coefficient: { re, im } }: Term): boolean => re.s < 0n || (re.n === 0n && im.s < 0n)

const exponentOf = ({ powers }: Term, atom: number): Fraction =>
  powers.find((one) => one.atom === atom)?.exponent ?? new Fraction(0)

function contentOf({ terms: all }: Element): Content {
  const terms = sorted([...all.values()])
  const sizes = terms
    .flatMap(({ coefficient: { re, im } }) => [re.abs(), im.abs()])
    .filter(({ n }) => n !== 0n)
  const size = sizes.reduce((a, b) => a.gcd(b)).abs()
  const atoms = new Set(terms.flatMap(({ powers }) => powers.map(({ atom }) => atom)))
  const powers = [...atoms]
    .sort((a, b) => a - b)
    .map((atom) => ({
      atom,
      exponent: terms.map((term) => exponentOf(term, atom)).reduce((a, b) => (a.compare(b) < 0 ? a : b)),
    }))
    .filter(({ exponent }) => exponent.n !== 0n)
  const { exponent } = terms[0]!
  const shared = terms.every((term) => term.exponent === exponent)
  const rest = terms.map((term) => ({
    coefficient: times(term.coefficient, gaussian(size.inverse())),
    powers: [...atoms]
      .map((atom) => ({
        atom,
        exponent: exponentOf(term, atom).sub(powers.find((one) => one.atom === atom)?.exponent ?? 0),
      }))
      .filter((one) => one.exponent.n !== 0n)
      .sort((a, b) => a.atom - b.atom),
    exponent: shared ? 0 : term.exponent,
  }))
  return { size, powers, exponent: shared ? exponent : 0, terms: rest }
}

/** True where a symbol occurs in an element. */
function occurs(ring: Ring, element: Element, symbol: string): boolean {
  return [
    ...element.terms.values(),
    ...[...element.under.keys()].flatMap((place) => [...ring.factor(place).terms.values()]),
  ].some(
    (term) =>
      term.powers.some(({ atom }) => {
        const { name, args } = ring.atoms[atom]!
        return name === symbol || args.some((arg) => occurs(ring, arg, symbol))
      }) ||
      (term.exponent !== 0 && occurs(ring, ring.exponentOf(term), symbol)),
  )
}
