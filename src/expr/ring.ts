import Fraction from 'fraction.js'
import { ExpressionError } from './errors.js'
import { type Gaussian, gaussian, inverse, isNone, ONE, times, UNITS } from './gaussian.js'
import {
  accumulate,
  keyOf,
  leading,
  mergePowers,
  type Polynomial,
  type Power,
  polynomialKey,
  sum,
  type Term,
} from './polynomial.js'

/**
 * The ring in which equality is decided. An element is N / (f₁^{m₁} f₂^{m₂} …); N and the f are sums of terms
 *
 *     c · a₁^{q₁} a₂^{q₂} … · exp(E),     c ∈ ℚ(i), q ∈ ℚ, E again an element,
 *
 * over atoms a: symbols, π, primes under roots, values of undefined or opaque functions, roots of sums. Exponentials
 * add their exponents, so e^u e^v and e^{u+v} are one term by construction. N = 0 has no terms: that is the proof.
 *
 * Each identity used holds for all complex values of the atoms (those declared positive or real being so) at which
 * both sides are defined; what is not such an identity is not used, so a zero found here is a zero.
 */
export interface Element {
  readonly terms: Polynomial
  /** Factors of the denominator with their multiplicities, by their place in the ring's table. */
  readonly under: ReadonlyMap<number, number>
}

/** What is known of an atom; `args` and `base` tell values of functions and roots apart. */
export interface Atom {
  readonly kind: 'symbol' | 'pi' | 'prime' | 'log' | 'root' | 'value'
  readonly name: string
  readonly args: readonly Element[]
  readonly positive: boolean
  readonly real: boolean
}

/** Terms of an intermediate result beyond which a proof is given up. */
const MAX_TERMS = 20_000
const MAX_DIVISION_STEPS = 60

const EMPTY: ReadonlyMap<number, number> = new Map()

export class Ring {
  readonly atoms: Atom[] = []
  readonly #factors: Polynomial[] = []
  readonly #exponents: Element[] = []
  readonly #places = new Map<string, number>()
  readonly #sums = new Map<string, Element>()
  #positive: readonly Element[] = []
  readonly zero: Element = { terms: new Map(), under: EMPTY }
  readonly one: Element

  constructor() {
    this.#exponents.push(this.zero)
    this.one = this.constant(ONE)
  }

  /** Elements that are known to be positive, though the signs of their atoms do not show it. */
  get declaredPositive(): readonly Element[] {
    return this.#positive
  }

  declarePositive(elements: readonly Element[]): void {
    this.#positive = elements
  }

  constant(value: Gaussian): Element {
    return this.term({ coefficient: value, powers: [], exponent: 0 })
  }

  rational(value: Fraction | number): Element {
    return this.constant(gaussian(value))
  }

  term(term: Term): Element {
    return { terms: isNone(term.coefficient) ? new Map() : new Map([[keyOf(term), term]]), under: EMPTY }
  }

  /** An atom to a rational power; roots and primes carry their whole powers out. */
  atomPower(atom: number, exponent: Fraction): Element {
    if (exponent.n === 0n) return this.one
    return this.#carry({ coefficient: ONE, powers: [{ atom, exponent }], exponent: 0 })
  }

  /** The number of an atom equal to this one; arguments are compared by value, not by writing. */
  intern(atom: Atom): number {
    const place = this.atoms.findIndex(
      (other) =>
        other.kind === atom.kind &&
        other.name === atom.name &&
        other.args.length === atom.args.length &&
        other.args.every((arg, k) => this.equal(arg, atom.args[k]!)),
    )
    return place >= 0 ? place : this.atoms.push(atom) - 1
  }

  isZero(a: Element): boolean {
    return a.terms.size === 0
  }

  equal(a: Element, b: Element): boolean {
    if (a === b) return true
    // Without denominators the written form is the only one.
    if (a.under.size === 0 && b.under.size === 0)
      return a.terms.size === b.terms.size && polynomialKey(a.terms) === polynomialKey(b.terms)
    return this.isZero(this.#sum(a, this.negate(b)))
  }

  /** The rational number that an element is, if it is one. */
  maybeConstant(a: Element): Gaussian | undefined {
    if (a.terms.size === 0) return gaussian(0)
    const term = this.maybeTerm(a)
    return term && term.powers.length === 0 && term.exponent === 0 ? term.coefficient : undefined
  }

  maybeTerm(a: Element): Term | undefined {
    return a.terms.size === 1 && a.under.size === 0 ? a.terms.values().next().value : undefined
  }

  /** The exponent E at a place of the table. */
  exponentAt(place: number): Element {
    return this.#exponents[place]!
  }

  exponentOf(term: Term): Element {
    return this.exponentAt(term.exponent)
  }

  factor(place: number): Element {
    return { terms: this.#factors[place]!, under: EMPTY }
  }

  negate(a: Element): Element {
    return this.multiply(this.rational(-1), a)
  }

  subtract(a: Element, b: Element): Element {
    return this.add(a, this.negate(b))
  }

  add(a: Element, b: Element): Element {
    return this.#reduce(this.#sum(a, b))
  }

  /** a + b over the least common denominator, not reduced. */
  #sum(a: Element, b: Element): Element {
    if (a.terms.size === 0) return b
    if (b.terms.size === 0) return a
    const under = new Map(a.under)
    for (const [factor, times] of b.under) under.set(factor, Math.max(times, under.get(factor) ?? 0))
    const [x, y] = [this.#lift(a, under), this.#lift(b, under)]
    // Carrying a root may put a denominator under a lifted numerator; then the sum starts again from the quotients.
    if (x.under.size > 0 || y.under.size > 0) return this.#under(this.#sum(x, y), under)
    return { terms: sum(x.terms, y.terms), under }
  }

  /** The numerator that an element has over a multiple of its denominator. */
  #lift(a: Element, under: ReadonlyMap<number, number>): Element {
    let lifted: Element = { terms: a.terms, under: EMPTY }
    for (const [factor, times] of under) {
      for (let k = a.under.get(factor) ?? 0; k < times; k++)
        lifted = this.multiply(lifted, this.factor(factor))
    }
    return lifted
  }

  multiply(a: Element, b: Element): Element {
    if (a.terms.size * b.terms.size > MAX_TERMS) {
      throw new ExpressionError({
        code: 'too-complex',
        what: `A product of ${a.terms.size} by ${b.terms.size} terms is too large to expand`,
      })
    }
    const plain = new Map<string, Term>()
    let carried: Element = this.zero
    for (const s of a.terms.values()) {
      for (const t of b.terms.values()) {
        const product = this.#product(s, t)
        if (product.under.size > 0) carried = this.add(carried, product)
        else for (const term of product.terms.values()) accumulate(plain, term)
      }
    }
    const under = new Map(a.under)
    for (const [factor, count] of b.under) under.set(factor, count + (under.get(factor) ?? 0))
    const product = this.add({ terms: plain, under: EMPTY }, carried)
    return this.#under(product, under)
  }

  /** 1/a. @throws ExpressionError 'division-by-zero'. */
  invert(a: Element): Element {
    if (a.terms.size === 0)
      throw new ExpressionError({
        code: 'division-by-zero',
        what: 'Division by an expression that is identically zero',
      })
    let over = this.one
    for (const [factor, times] of a.under) over = this.multiply(over, this.whole(this.factor(factor), times))
    // Up to a single term, which is a unit, a denominator is one factor.
    const lead = leading(a.terms)
    const unit = this.#inverseTerm(lead)
    if (a.terms.size === 1) return this.multiply(over, unit)
    const monic = this.multiply({ terms: a.terms, under: EMPTY }, unit)
    // A unit with roots may not stay one; then the denominator is kept as it is.
    if (monic.under.size > 0) return this.#under(over, new Map([[this.#factor(a.terms), 1]]))
    return this.#under(this.multiply(over, unit), new Map([[this.#factor(monic.terms), 1]]))
  }

  /** aⁿ for a whole n. */
  whole(a: Element, n: number): Element {
    if (n < 0) return this.invert(this.whole(a, -n))
    let result = this.one
    for (let k = 0; k < n; k++) result = this.multiply(result, a)
    return result
  }

  /**
   * exp(E). Parts b·iπ with rational b become numbers where they are: e^{iπ/2} = i, e^{iπ/4} = (1 + i)/√2, and
   * others are kept with b in (0, ½).
   */
  exponential(exponent: Element): Element {
    let turn = new Fraction(0)
    const rest = new Map<string, Term>()
    for (const [key, term] of exponent.terms) {
      if (exponent.under.size === 0 && this.#isPi(term)) {
        turn = turn.add(term.coefficient.im)
        const real = { ...term, coefficient: gaussian(term.coefficient.re) }
        if (!isNone(real.coefficient)) rest.set(key, real)
      } else rest.set(key, term)
    }
    const quarters = turn.mul(2).floor()
    const left = turn.sub(quarters.div(2))
    const eighth = left.equals(new Fraction(1, 4))
    if (left.n !== 0n && !eighth) {
      const pi = [...exponent.terms.values()].find((term) => this.#isPi(term))!
      const kept = { ...pi, coefficient: gaussian(rest.get(keyOf(pi))?.coefficient.re ?? 0, left) }
      rest.set(keyOf(kept), kept)
    }
    const unit = UNITS[Number((((quarters.s * quarters.n) % 4n) + 4n) % 4n)]!
    const whole = this.term({
      coefficient: unit,
      powers: [],
      exponent: this.#exponent({ terms: rest, under: rest.size === 0 ? EMPTY : exponent.under }),
    })
    return eighth ? this.multiply(whole, this.#eighth()) : whole
  }

  #isPi(term: Term): boolean {
    const [power] = term.powers
    return (
      term.exponent === 0 &&
      term.powers.length === 1 &&
      power!.exponent.equals(1) &&
      this.atoms[power!.atom]!.kind === 'pi'
    )
  }

  /** e^{iπ/4} = (1 + i)·2^{−1/2}. */
  #eighth(): Element {
    const two = this.intern({ kind: 'prime', name: '2', args: [], positive: true, real: true })
    return this.multiply(this.constant(gaussian(1, 1)), this.atomPower(two, new Fraction(-1, 2)))
  }

  #exponent(exponent: Element): number {
    const key = `${polynomialKey(exponent.terms)}/${[...exponent.under]
      .map(([factor, times]) => `${factor}^${times}`)
      .sort()
      .join('*')}`
    const written = this.#places.get(key)
    if (written !== undefined) return written
    const equal = this.#exponents.findIndex((other) => this.equal(other, exponent))
    const place = equal >= 0 ? equal : this.#exponents.push(exponent) - 1
    this.#places.set(key, place)
    return place
  }

  #product(s: Term, t: Term): Element {
    const powers = mergePowers(s.powers, t.powers)
    const bare = this.#carry({ coefficient: times(s.coefficient, t.coefficient), powers, exponent: 0 })
    if (s.exponent === 0 && t.exponent === 0) return bare
    const key = s.exponent < t.exponent ? `${s.exponent},${t.exponent}` : `${t.exponent},${s.exponent}`
    let factor = this.#sums.get(key)
    if (!factor) {
      factor = this.exponential(this.add(this.#exponents[s.exponent]!, this.#exponents[t.exponent]!))
      this.#sums.set(key, factor)
    }
    const single = this.maybeTerm(factor)
    // A carried root may have brought exponentials of its own.
    const free = [...bare.terms.values()].every((term) => term.exponent === 0)
    if (free && single?.powers.length === 0) return this.#attach(bare, single)
    return this.multiply(bare, factor)
  }

  /** Multiplies terms that have no exponential by one that is only a number and an exponential. */
  #attach(bare: Element, { coefficient, exponent }: Term): Element {
    const terms = new Map<string, Term>()
    for (const term of bare.terms.values()) {
      accumulate(terms, { coefficient: times(term.coefficient, coefficient), powers: term.powers, exponent })
    }
    return { terms, under: bare.under }
  }

  #inverseTerm(term: Term): Element {
    const bare = this.#carry({
      coefficient: inverse(term.coefficient),
      powers: term.powers.map(({ atom, exponent }) => ({ atom, exponent: exponent.neg() })),
      exponent: 0,
    })
    return term.exponent === 0
      ? bare
      : this.multiply(bare, this.exponential(this.negate(this.exponentOf(term))))
  }

  /** Keeps exponents of primes and roots in [0, 1): p^{3/2} = p·p^{1/2}, {S}^{3/2} = S·{S}^{1/2}. */
  #carry(term: Term): Element {
    const carries = term.powers.filter(({ atom, exponent }) => {
      const { kind } = this.atoms[atom]!
      return (kind === 'prime' || kind === 'root') && (exponent.s < 0n || exponent.n >= exponent.d)
    })
    if (carries.length === 0) return this.term(term)
    const powers: Power[] = []
    let coefficient = term.coefficient
    let outside = this.one
    for (const power of term.powers) {
      if (!carries.includes(power)) {
        powers.push(power)
        continue
      }
      const whole = power.exponent.floor()
      const rest = power.exponent.sub(whole)
      if (rest.n !== 0n) powers.push({ atom: power.atom, exponent: rest })
      const { kind, name, args } = this.atoms[power.atom]!
      if (kind === 'prime') coefficient = times(coefficient, gaussian(new Fraction(BigInt(name)).pow(whole)!))
      else outside = this.multiply(outside, this.whole(args[0]!, whole.valueOf()))
    }
    const inside = this.term({ coefficient, powers, exponent: term.exponent })
    return outside === this.one ? inside : this.multiply(inside, outside)
  }

  #factor(polynomial: Polynomial): number {
    const key = polynomialKey(polynomial)
    const place = this.#factors.findIndex((other) => polynomialKey(other) === key)
    return place >= 0 ? place : this.#factors.push(polynomial) - 1
  }

  #under(a: Element, more: ReadonlyMap<number, number>): Element {
    if (more.size === 0) return a
    const under = new Map(a.under)
    for (const [factor, times] of more) under.set(factor, times + (under.get(factor) ?? 0))
    return this.#reduce({ terms: a.terms, under })
  }

  /** Divides out denominators that go into the numerator without remainder. */
  #reduce(a: Element): Element {
    if (a.terms.size === 0) return this.zero
    if (a.under.size === 0) return a
    let { terms } = a
    const under = new Map(a.under)
    for (const [factor, times] of a.under) {
      for (let left = times; left > 0; left--) {
        const quotient = this.#maybeQuotient(terms, this.#factors[factor]!)
        if (!quotient) break
        terms = quotient
        if (left === 1) under.delete(factor)
        else under.set(factor, left - 1)
      }
    }
    return { terms, under }
  }

  /** over/under where the division of leading terms comes out even; tried for divisors without exponentials only. */
  #maybeQuotient(over: Polynomial, under: Polynomial): Polynomial | undefined {
    if ([...under.values()].some((term) => term.exponent !== 0)) return undefined
    const unit = this.maybeTerm(this.#inverseTerm(leading(under)))
    if (!unit) return undefined
    const quotient = new Map<string, Term>()
    let rest: Polynomial = over
    for (let step = 0; rest.size > 0; step++) {
      if (step > MAX_DIVISION_STEPS) return undefined
      const next = this.#product(leading(rest), unit)
      const taken = this.multiply(next, { terms: under, under: EMPTY })
      const term = this.maybeTerm(next)
      if (!term || taken.under.size > 0 || quotient.has(keyOf(term))) return undefined
      quotient.set(keyOf(term), term)
      rest = sum(rest, this.negate(taken).terms)
    }
    return quotient
  }
}
