import Fraction from 'fraction.js'
import { ExpressionError } from '../errors.js'
import { Fingerprints } from './fingerprints.js'
import {
  type Gaussian,
  gaussian,
  inverse,
  isNone,
  isReal,
  minus,
  ONE,
  times,
  UNITS,
  ZERO,
} from './gaussian.js'
import {
  accumulate,
  compareMonomials,
  exponentIn,
  keyOf,
  MAX_EXPONENTS,
  type Monomial,
  Monomials,
  type Polynomial,
  type Power,
  polynomialKey,
  samePolynomial,
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
  readonly #sums = new Map<number, ExponentialSum>()
  readonly #orders = new Map<number, number>()
  readonly #monomials = new Monomials()
  readonly #fingerprints = new Fingerprints(this)
  readonly #carries: boolean[] = []
  readonly #orderedPowers: (readonly Power[])[] = []
  #positive: readonly Element[] = []
  readonly zero: Element = { terms: new Map(), under: EMPTY }
  readonly one: Element

  constructor() {
    this.#exponent(this.zero)
    this.one = this.constant(ONE)
  }

  /** Elements that are known to be positive, though the signs of their atoms do not show it. */
  get declaredPositive(): readonly Element[] {
    return this.#positive
  }

  declarePositive(elements: readonly Element[]): void {
    this.#positive = elements
    // Denominators are to be taken apart by them.
    for (const element of elements) if (element.terms.size > 1) this.invert(element)
  }

  constant(value: Gaussian): Element {
    return this.#single({ coefficient: value, powers: this.#monomials.one, exponent: 0 })
  }

  rational(value: Fraction | number): Element {
    return this.constant(gaussian(value))
  }

  /** A term; its powers are by rising atom. */
  term({
    coefficient,
    powers,
    exponent,
  }: {
    readonly coefficient: Gaussian
    readonly powers: readonly Power[]
    readonly exponent: number
  }): Element {
    return this.#single({ coefficient, powers: this.#monomials.of(powers), exponent })
  }

  #single(term: Term): Element {
    return { terms: isNone(term.coefficient) ? new Map() : new Map([[keyOf(term), term]]), under: EMPTY }
  }

  /** An atom to a rational power; roots and primes carry their whole powers out. */
  atomPower(atom: number, exponent: Fraction): Element {
    if (exponent.n === 0n) return this.one
    return this.#carry({ coefficient: ONE, powers: this.#monomials.of([{ atom, exponent }]), exponent: 0 })
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
    if (a.under.size === 0 && b.under.size === 0) return samePolynomial(a.terms, b.terms)
    return !this.#fingerprints.differ(a, b) && this.isZero(this.#sum(a, this.negate(b)))
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
    const terms = new Map<number, Term>()
    for (const [key, { coefficient, powers, exponent }] of a.terms)
      terms.set(key, { coefficient: minus(coefficient), powers, exponent })
    return { terms, under: a.under }
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
    const plain = new Map<number, Term>()
    let carried: Element = this.zero
    for (const s of a.terms.values()) {
      for (const t of b.terms.values()) {
        const single = this.#maybeProduct(s, t)
        if (single) {
          accumulate(plain, single)
          continue
        }
        const product = this.#product(s, t)
        if (product.under.size > 0) carried = this.add(carried, product)
        else for (const term of product.terms.values()) accumulate(plain, term)
      }
    }
    const under = new Map(a.under)
    for (const [factor, count] of b.under) under.set(factor, count + (under.get(factor) ?? 0))
    return this.#under(this.add({ terms: plain, under: EMPTY }, carried), under)
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
    // Up to a single term, which is a unit, a denominator is a product of factors whose terms have no power in common
    // and whose leading term has coefficient 1 and no exponential.
    const { coefficient, exponent } = this.#leading(a.terms)
    const unit = this.#inverseTerm({ coefficient, powers: this.#content(a.terms), exponent })
    if (a.terms.size === 1) return this.multiply(over, unit)
    const monic = this.multiply({ terms: a.terms, under: EMPTY }, unit)
    // A unit with roots may not stay one; then the denominator is kept as it is.
    if (monic.under.size > 0) return this.#under(over, this.#factorsOf(a.terms))
    return this.#under(this.multiply(over, unit), this.#factorsOf(monic.terms))
  }

  /** aⁿ for a whole n. */
  whole(a: Element, n: number): Element {
    if (n < 0) return this.invert(this.whole(a, -n))
    let result = this.one
    for (let k = 0; k < n; k++) result = this.multiply(result, a)
    return result
  }

  /** a/b for elements without denominators, where b divides a. */
  maybeQuotient(a: Element, b: Element): Element | undefined {
    const terms = this.#maybeQuotient(a.terms, b.terms)
    return terms && { terms, under: EMPTY }
  }

  /** A root R of a sum without denominator, Rᵏ = a, where it is a sum too; found term by term from the greatest. */
  maybeRoot(a: Element, k: number): Element | undefined {
    const first = a.under.size === 0 ? this.#maybeTermRoot(this.#leading(a.terms), k) : undefined
    if (!first || first.powers.some(({ atom }) => this.#isRadical(atom))) return undefined
    const unit = this.maybeTerm(
      this.invert(this.multiply(this.rational(k), this.whole(this.#single(first), k - 1))),
    )
    const least = this.#polynomialAtoms(a.terms).map(
      (atom) => [atom, powersOf(a.terms, atom).least.div(k)] as const,
    )
    let root = this.#single(first)
    // The k-th power of m terms has k(m − 1) + 1 or more.
    for (let terms = 1; unit && k * (terms - 1) < a.terms.size; terms++) {
      const rest = this.subtract(a, this.whole(root, k))
      if (rest.terms.size === 0) return root
      const term = rest.under.size === 0 ? this.#maybeProduct(this.#leading(rest.terms), unit) : undefined
      if (!term || root.terms.has(keyOf(term))) return undefined
      if (least.some(([atom, low]) => exponentIn(term.powers, atom).compare(low) < 0)) return undefined
      root = this.add(root, this.#single(term))
    }
    return undefined
  }

  #maybeTermRoot({ coefficient, powers, exponent }: Term, k: number): Term | undefined {
    const size = isReal(coefficient) ? coefficient.re.pow(new Fraction(1, k)) : null
    if (size === null) return undefined
    const exponential = this.maybeTerm(
      this.exponential(this.multiply(this.rational(new Fraction(1, k)), this.exponentAt(exponent))),
    )
    if (!exponential || exponential.powers.length > 0) return undefined
    return {
      coefficient: times(gaussian(size), exponential.coefficient),
      powers: this.#monomials.of(powers.map((power) => ({ ...power, exponent: power.exponent.div(k) }))),
      exponent: exponential.exponent,
    }
  }

  /**
   * exp(E). Parts b·iπ with rational b become numbers where they are: e^{iπ/2} = i, e^{iπ/4} = (1 + i)/√2, and
   * others are kept with b in (0, ½).
   */
  exponential(exponent: Element): Element {
    let turn = new Fraction(0)
    const rest = new Map<number, Term>()
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
    const whole = this.#single({
      coefficient: unit,
      powers: this.#monomials.one,
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
    // Sums without denominators are equal when they are written alike, and were found by their keys.
    const equal = this.#exponents.findIndex(
      (other) => (other.under.size > 0 || exponent.under.size > 0) && this.equal(other, exponent),
    )
    const place = equal >= 0 ? equal : this.#exponents.push(exponent) - 1
    if (place >= MAX_EXPONENTS) {
      throw new ExpressionError({ code: 'too-complex', what: 'The expression has too many exponentials' })
    }
    this.#places.set(key, place)
    return place
  }

  /** The product of two terms where it is one term at once, as it mostly is. */
  #maybeProduct(s: Term, t: Term): Term | undefined {
    const powers = this.#monomials.product(s.powers, t.powers)
    if (this.#mustCarry(powers)) return undefined
    const coefficient = times(s.coefficient, t.coefficient)
    if (s.exponent === 0 || t.exponent === 0)
      return { coefficient, powers, exponent: s.exponent + t.exponent }
    const { single } = this.#exponentialSum(s.exponent, t.exponent)
    return (
      single && {
        coefficient: times(coefficient, single.coefficient),
        powers,
        exponent: single.exponent,
      }
    )
  }

  #product(s: Term, t: Term): Element {
    const single = this.#maybeProduct(s, t)
    if (single) return this.#single(single)
    const powers = this.#monomials.product(s.powers, t.powers)
    const bare = this.#carry({ coefficient: times(s.coefficient, t.coefficient), powers, exponent: 0 })
    return this.multiply(bare, this.#exponentialSum(s.exponent, t.exponent).factor)
  }

  /** exp(E) exp(F) of two places of the table. */
  #exponentialSum(e: number, f: number): ExponentialSum {
    const key = Math.min(e, f) * MAX_EXPONENTS + Math.max(e, f)
    let known = this.#sums.get(key)
    if (!known) {
      const factor = this.exponential(this.add(this.exponentAt(e), this.exponentAt(f)))
      const single = this.maybeTerm(factor)
      known = { factor, single: single?.powers.length === 0 ? single : undefined }
      this.#sums.set(key, known)
    }
    return known
  }

  #inverseTerm(term: Term): Element {
    const bare = this.#carry({
      coefficient: inverse(term.coefficient),
      powers: this.#monomials.of(
        term.powers.map(({ atom, exponent }) => ({ atom, exponent: exponent.neg() })),
      ),
      exponent: 0,
    })
    return term.exponent === 0
      ? bare
      : this.multiply(bare, this.exponential(this.negate(this.exponentOf(term))))
  }

  /** True where a power of a prime or a root is outside [0, 1). */
  #mustCarry(powers: Monomial): boolean {
    let carries = this.#carries[powers.id]
    if (carries === undefined) {
      carries = powers.some((power) => this.#isCarry(power))
      this.#carries[powers.id] = carries
    }
    return carries
  }

  #isCarry({ atom, exponent }: Power): boolean {
    return this.#isRadical(atom) && (exponent.s < 0n || exponent.n >= exponent.d)
  }

  /** Keeps exponents of primes and roots in [0, 1): p^{3/2} = p·p^{1/2}, {S}^{3/2} = S·{S}^{1/2}. */
  #carry(term: Term): Element {
    if (!this.#mustCarry(term.powers)) return this.#single(term)
    const powers: Power[] = []
    let coefficient = term.coefficient
    let outside = this.one
    for (const power of term.powers) {
      if (!this.#isCarry(power)) {
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

  /** A polynomial as factors of the table: those that divide it, and what is left as a new one. */
  #factorsOf(polynomial: Polynomial): ReadonlyMap<number, number> {
    const found = new Map<number, number>()
    let rest = polynomial
    for (let place = 0; place < this.#factors.length && rest.size > 1; ) {
      const quotient = samePolynomial(rest, this.#factors[place]!)
        ? this.one.terms
        : this.#maybeQuotient(rest, this.#factors[place]!)
      if (quotient) {
        found.set(place, 1 + (found.get(place) ?? 0))
        rest = quotient
      } else place += 1
    }
    if (samePolynomial(rest, this.one.terms)) return found
    return found.set(this.#factors.push(rest) - 1, 1)
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

  /**
   * over/under where the division of leading terms comes out even. A divisor with exponentials is tried only where
   * the sums of exponents are cheap, without denominators.
   */
  #maybeQuotient(over: Polynomial, under: Polynomial): Polynomial | undefined {
    if (hasExponentials(under) && !this.#hasPlainExponents(over)) return undefined
    const lead = this.#leading(under)
    // The inverse of a root is no term: 1/√S = √S/S.
    if (lead.powers.some(({ atom }) => this.atoms[atom]!.kind === 'root')) return undefined
    const unit = this.maybeTerm(this.#inverseTerm(lead))
    const within = unit && this.#maybeSpan(over, under)
    if (!within) return undefined
    const quotient = new Map<number, Term>()
    const rest = new Map(over)
    for (let step = 0; step < MAX_DIVISION_STEPS; step++) {
      const term = this.#maybeProduct(this.#leading(rest), unit)
      if (!term || !within(term) || quotient.has(keyOf(term))) return undefined
      quotient.set(keyOf(term), term)
      const taken = this.multiply(this.#single(term), { terms: under, under: EMPTY })
      if (taken.under.size > 0) return undefined
      for (const part of this.negate(taken).terms.values()) accumulate(rest, part)
      if (rest.size === 0) return quotient
    }
    return undefined
  }

  /**
   * Which terms a quotient may have: the least power of an atom in a product is the sum of those in its factors, and
   * so are the greatest, and the least and greatest exponents. Undefined where there is none.
   */
  #maybeSpan(over: Polynomial, under: Polynomial): ((term: Term) => boolean) | undefined {
    const least = new Map<number, Fraction>()
    for (const atom of this.#polynomialAtoms(under)) {
      const [a, b] = [powersOf(over, atom), powersOf(under, atom)]
      const low = a.least.sub(b.least)
      if (a.most.sub(b.most).compare(low) < 0) return undefined
      least.set(atom, low)
    }
    let lowest: number | undefined
    if (hasExponentials(under)) {
      const [a, b] = [this.#exponentsOf(over), this.#exponentsOf(under)]
      const [low, high] = [this.#difference(a.least, b.least), this.#difference(a.most, b.most)]
      if (low === undefined || high === undefined || this.#compareExponents(high, low) < 0) return undefined
      lowest = low
    }
    return ({ powers, exponent }) =>
      (lowest === undefined || this.#compareExponents(exponent, lowest) >= 0) &&
      [...least].every(([atom, low]) => exponentIn(powers, atom).compare(low) >= 0)
  }

  /** Atoms whose powers do not carry, so that they add in products. */
  #polynomialAtoms(polynomial: Polynomial): readonly number[] {
    return [...atomsOf(polynomial)].filter((atom) => !this.#isRadical(atom))
  }

  #exponentsOf(polynomial: Polynomial): { readonly least: number; readonly most: number } {
    const places = [...new Set([...polynomial.values()].map(({ exponent }) => exponent))]
    const extreme = (sign: number): number =>
      places.reduce((best, place) => (sign * this.#compareExponents(place, best) > 0 ? place : best))
    return { least: extreme(-1), most: extreme(1) }
  }

  /** The place of E − F, unless e^{E − F} brings a factor with it. */
  #difference(e: number, f: number): number | undefined {
    if (f === 0) return e
    const factor = this.maybeTerm(this.exponential(this.subtract(this.exponentAt(e), this.exponentAt(f))))
    return factor?.powers.length === 0 ? factor.exponent : undefined
  }

  /** The powers of atoms that all terms have in common. */
  #content(polynomial: Polynomial): Monomial {
    const [first, ...rest] = polynomial.values()
    if (rest.length === 0) return first!.powers
    const powers = [...atomsOf(polynomial)]
      .sort((a, b) => a - b)
      .map((atom) => ({ atom, exponent: powersOf(polynomial, atom).least }))
    return this.#monomials.of(powers.filter(({ exponent: least }) => least.n !== 0n))
  }

  #hasPlainExponents(polynomial: Polynomial): boolean {
    for (const { exponent } of polynomial.values()) if (this.exponentAt(exponent).under.size > 0) return false
    return true
  }

  /** The greatest term. */
  #leading(polynomial: Polynomial): Term {
    let best: Term | undefined
    for (const term of polynomial.values()) if (!best || this.#compare(term, best) > 0) best = term
    return best!
  }

  /**
   * Order of terms, which multiplication keeps (but for roots that carry): by the powers of their atoms, roots and
   * primes after all others, then by their exponents, where E > F when the greatest term of E − F has a positive coefficient.
   */
  #compare(s: Term, t: Term): number {
    if (s.powers === t.powers) return this.#compareExponents(s.exponent, t.exponent)
    return (
      compareMonomials(this.#ordered(s.powers), this.#ordered(t.powers), this.#isBefore) ||
      this.#compareExponents(s.exponent, t.exponent)
    )
  }

  #ordered(powers: Monomial): readonly Power[] {
    this.#orderedPowers[powers.id] ??= [
      ...powers.filter(({ atom }) => !this.#isRadical(atom)),
      ...powers.filter(({ atom }) => this.#isRadical(atom)),
    ]
    return this.#orderedPowers[powers.id]!
  }

  #isBefore = (atom: number, other: number): boolean => {
    const [first, second] = [this.#isRadical(atom), this.#isRadical(other)]
    return first === second ? atom < other : second
  }

  #isRadical(atom: number): boolean {
    const { kind } = this.atoms[atom]!
    return kind === 'prime' || kind === 'root'
  }

  #compareExponents(e: number, f: number): number {
    if (e === f) return 0
    if (e > f) return -this.#compareExponents(f, e)
    const key = e * MAX_EXPONENTS + f
    let order = this.#orders.get(key)
    if (order === undefined) {
      const { terms } = this.subtract(this.exponentAt(e), this.exponentAt(f))
      const { re, im } = terms.size === 0 ? ZERO : this.#leading(terms).coefficient
      order = re.n !== 0n ? Number(re.s) : Number(im.s)
      this.#orders.set(key, order)
    }
    return order
  }
}

const atomsOf = (polynomial: Polynomial): ReadonlySet<number> =>
  new Set([...polynomial.values()].flatMap(({ powers }) => powers.map(({ atom }) => atom)))

/** Least and greatest power of an atom in the terms. */
function powersOf(
  polynomial: Polynomial,
  atom: number,
): { readonly least: Fraction; readonly most: Fraction } {
  const all = [...polynomial.values()].map(({ powers }) => exponentIn(powers, atom))
  return {
    least: all.reduce((s, t) => (s.compare(t) < 0 ? s : t)),
    most: all.reduce((s, t) => (s.compare(t) > 0 ? s : t)),
  }
}

function hasExponentials(polynomial: Polynomial): boolean {
  for (const { exponent } of polynomial.values()) if (exponent !== 0) return true
  return false
}

/** exp(E) exp(F), and as one term without powers where it is one. */
interface ExponentialSum {
  readonly factor: Element
  readonly single: Term | undefined
}
