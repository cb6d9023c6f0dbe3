import Fraction from 'fraction.js'
import { ExpressionError } from '../errors.js'
import { decomposed } from './bases.js'
import { gaussian, isNone, isUnitOne, UNITS } from './gaussian.js'
import { exponentIn, keyOf, type Polynomial, type Term } from './polynomial.js'
import type { Element, Ring } from './ring.js'
import { isPositive, isReal as isRealElement } from './signs.js'

/**
 * Powers and logarithms on the principal branch, z^q = exp(q log z) with arg z ∈ (−π, π].
 * A power moves through a product only past a positive factor, (PR)^q = P^q R^q for P > 0;
 * (e^u)^q = e^{qu} and log e^u = u only for real u; (z^e)^q = z^{eq} only for −1 < e ≤ 1 or z > 0.
 */

/** Greatest whole power that is multiplied out. */
const MAX_WHOLE = 64
/** Trial division for surds stops here; what is left counts as one prime. */
const LARGEST_DIVISOR = 10_000n

/** a^q for rational q. */
export function rationalPower(ring: Ring, a: Element, q: Fraction): Element {
  if (q.d === 1n) return wholePower(ring, a, q)
  if (ring.isZero(a)) {
    if (q.s > 0n) return a
    throw new ExpressionError({
      code: 'division-by-zero',
      what: 'A negative power of an expression that is identically zero',
    })
  }
  const { positive, rest } = split(ring, a)
  const outside = positive
    .map((factor) => factor.power(q))
    .reduce((left, right) => ring.multiply(left, right), ring.one)
  return ring.multiply(outside, restPower(ring, rest, q))
}

function wholePower(ring: Ring, a: Element, q: Fraction): Element {
  if (q.n > BigInt(MAX_WHOLE)) {
    const term = ring.maybeTerm(a)
    if (!term || !isUnitOne(term.coefficient) || term.exponent !== 0) {
      throw new ExpressionError({
        code: 'too-complex',
        what: `The power ${q.toFraction()} is too high to multiply out`,
      })
    }
    return term.powers
      .map(({ atom, exponent }) => ring.atomPower(atom, exponent.mul(q)))
      .reduce((s, t) => ring.multiply(s, t), ring.one)
  }
  return ring.whole(a, q.valueOf())
}

/** log a, with the logarithms of positive factors taken out. */
export function logarithm(ring: Ring, a: Element): Element {
  if (ring.isZero(a))
    throw new ExpressionError({
      code: 'division-by-zero',
      what: 'The logarithm of an expression that is identically zero',
    })
  const { positive, rest } = split(ring, a)
  const outside = positive
    .map((factor) => factor.log())
    .reduce((left, right) => ring.add(left, right), ring.zero)
  const unit = ring.maybeConstant(rest)
  const quarter = unit
    ? UNITS.findIndex((candidate) => candidate.re.equals(unit.re) && candidate.im.equals(unit.im))
    : -1
  if (quarter === 0) return outside
  if (quarter > 0) return ring.add(outside, quarterTurns(ring, new Fraction(quarter === 3 ? -1 : quarter)))
  return ring.add(outside, logOf(ring, rest))
}

/** exp(E), where parts c·log K of E with rational c = a + ib give K^a, and the rest stays an exponential. */
export function exponentialOf(ring: Ring, exponent: Element): Element {
  let rest = exponent
  let outside = ring.one
  for (const [place, terms] of logarithmsIn(ring, exponent)) {
    const factor = ring.multiply({ terms, under: exponent.under }, ring.one)
    const constant =
      factor.under.size === 0 ? factor.terms.get(keyOf(ring.maybeTerm(ring.one)!))?.coefficient.re : undefined
    if (constant === undefined) continue
    outside = ring.multiply(outside, rationalPower(ring, ring.atoms[place]!.args[0]!, constant))
    const taken = ring.multiply(ring.rational(constant), ring.atomPower(place, new Fraction(1)))
    rest = ring.subtract(rest, taken)
  }
  return ring.multiply(outside, ring.exponential(rest))
}

/** What stands beside each logarithm in the numerator's terms c·log K. */
function logarithmsIn(ring: Ring, { terms }: Element): ReadonlyMap<number, Polynomial> {
  const found = new Map<number, Map<number, Term>>()
  for (const { coefficient, powers, exponent } of terms.values()) {
    for (const { atom, exponent: times } of powers) {
      if (ring.atoms[atom]!.kind !== 'log' || !times.equals(1)) continue
      const beside = ring.maybeTerm(
        ring.term({ coefficient, powers: powers.filter((power) => power.atom !== atom), exponent }),
      )!
      const known = found.get(atom) ?? new Map<number, Term>()
      found.set(atom, known.set(keyOf(beside), beside))
    }
  }
  return found
}

/** i π q/2, the logarithm of i^q for q in (−2, 2]. */
function quarterTurns(ring: Ring, q: Fraction): Element {
  const pi = ring.intern({ kind: 'pi', name: 'pi', args: [], positive: true, real: true })
  return ring.multiply(ring.constant(gaussian(0, q.div(2))), ring.atomPower(pi, new Fraction(1)))
}

interface PositiveFactor {
  readonly power: (q: Fraction) => Element
  readonly log: () => Element
}

/** a = (product of surely positive factors) · rest. */
function split(ring: Ring, a: Element): { positive: readonly PositiveFactor[]; rest: Element } {
  const positive: PositiveFactor[] = []
  const under = new Map(a.under)
  let sign = ring.one
  for (const [place, times] of a.under) {
    const factor = ring.factor(place)
    const opposite = ring.negate(factor)
    if (isPositive(ring, factor)) positive.push(sumFactor(ring, factor, -times))
    else if (isPositive(ring, opposite)) {
      positive.push(sumFactor(ring, opposite, -times))
      if (times % 2 === 1) sign = ring.negate(sign)
    } else continue
    under.delete(place)
  }
  let rest = ring.multiply(sign, { terms: a.terms, under })
  const content = commonContent(ring, rest)
  positive.push(...content)
  for (const factor of content) rest = ring.multiply(rest, factor.power(new Fraction(-1)))
  if (rest.terms.size > 1 && rest.under.size === 0 && isPositive(ring, rest)) {
    positive.push(sumFactor(ring, rest, 1))
    rest = ring.one
  }
  return { positive, rest }
}

function sumFactor(ring: Ring, base: Element, times: number): PositiveFactor {
  return {
    power: (q) =>
      q.mul(times).d === 1n ? ring.whole(base, q.mul(times).valueOf()) : rootOf(ring, base, q.mul(times)),
    log: () => ring.multiply(ring.rational(times), logOf(ring, base)),
  }
}

/** Positive factors common to all terms: a rational, positive atoms to their least powers, and a lone real exponential. */
function commonContent(ring: Ring, a: Element): readonly PositiveFactor[] {
  const terms = [...a.terms.values()]
  const first = terms[0]!
  const factors: PositiveFactor[] = []
  const size = terms.map(({ coefficient: c }) => gcd(c.re, c.im)).reduce(gcd)
  if (!size.equals(1)) factors.push(rationalFactor(ring, size))
  for (const { atom } of first.powers) {
    if (!ring.atoms[atom]!.positive) continue
    const least = terms
      .map((term) => exponentIn(term.powers, atom))
      .reduce((s, t) => (s.compare(t) < 0 ? s : t))
    if (least.n === 0n) continue
    factors.push({
      power: (q) => ring.atomPower(atom, least.mul(q)),
      log: () => ring.multiply(ring.rational(least), logOfAtom(ring, atom)),
    })
  }
  const exponent = ring.exponentOf(first)
  if (terms.length === 1 && first.exponent !== 0 && isRealElement(ring, exponent)) {
    factors.push({
      power: (q) => exponentialOf(ring, ring.multiply(ring.rational(q), exponent)),
      log: () => exponent,
    })
  }
  return factors
}

function logOfAtom(ring: Ring, atom: number): Element {
  const { kind, args } = ring.atoms[atom]!
  return logOf(ring, kind === 'root' ? args[0]! : ring.atomPower(atom, new Fraction(1)))
}

function rationalFactor(ring: Ring, value: Fraction): PositiveFactor {
  const primes = [
    ...factorise(value.n).map(([p, k]) => [p, k] as const),
    ...factorise(value.d).map(([p, k]) => [p, -k] as const),
  ]
  const atom = (p: bigint): number =>
    ring.intern({ kind: 'prime', name: p.toString(), args: [], positive: true, real: true })
  return {
    power: (q) =>
      primes
        .map(([p, k]) => ring.atomPower(atom(p), q.mul(k)))
        .reduce((s, t) => ring.multiply(s, t), ring.one),
    log: () =>
      primes
        .map(([p, k]) => ring.multiply(ring.rational(k), logOf(ring, ring.rational(new Fraction(p)))))
        .reduce((s, t) => ring.add(s, t), ring.zero),
  }
}

function factorise(value: bigint): readonly (readonly [bigint, number])[] {
  const found: [bigint, number][] = []
  let rest = value
  for (let p = 2n; p * p <= rest && p <= LARGEST_DIVISOR; p += p === 2n ? 1n : 2n) {
    let times = 0
    while (rest % p === 0n) {
      rest /= p
      times += 1
    }
    if (times > 0) found.push([p, times])
  }
  if (rest > 1n) found.push([rest, 1])
  return found
}

/** The power of what has no sure positive factor. */
function restPower(ring: Ring, rest: Element, q: Fraction): Element {
  const term = ring.maybeTerm(rest)
  if (!term) return rootOf(ring, rest, q)
  if (term.powers.length === 0 && term.exponent === 0) {
    const quarter = UNITS.findIndex((unit) =>
      isNone({ re: unit.re.sub(term.coefficient.re), im: unit.im.sub(term.coefficient.im) }),
    )
    if (quarter >= 0) return ring.exponential(quarterTurns(ring, q.mul(quarter === 3 ? -1 : quarter)))
  }
  const [power] = term.powers
  const lone = power && term.powers.length === 1 && term.exponent === 0 && isUnitOne(term.coefficient)
  if (lone && power.exponent.compare(-1) > 0 && power.exponent.compare(1) <= 0)
    return ring.atomPower(power.atom, power.exponent.mul(q))
  return rootOf(ring, rest, q)
}

function rootOf(ring: Ring, base: Element, q: Fraction): Element {
  if (!isPositive(ring, base)) return ring.atomPower(atomPlace(ring, 'root', base, false), q)
  if (base.terms.size < 2) return ring.atomPower(atomPlace(ring, 'root', base, true), q)
  const { unit, bases } = decomposed(ring, base)
  return bases
    .map((part) => ring.atomPower(atomPlace(ring, 'root', part.base, true), part.power.mul(q)))
    .reduce((product, part) => ring.multiply(product, part), rationalPower(ring, unit, q))
}

function logOf(ring: Ring, base: Element): Element {
  const atom = (of: Element, real: boolean): Element =>
    ring.atomPower(atomPlace(ring, 'log', of, false, real), new Fraction(1))
  if (!isPositive(ring, base)) return atom(base, false)
  if (base.terms.size < 2) return atom(base, true)
  const { unit, bases } = decomposed(ring, base)
  return bases
    .map((part) => ring.multiply(ring.rational(part.power), atom(part.base, true)))
    .reduce((sum, part) => ring.add(sum, part), logarithm(ring, unit))
}

function atomPlace(
  ring: Ring,
  kind: 'log' | 'root',
  base: Element,
  positive: boolean,
  real: boolean = positive,
): number {
  return ring.intern({ kind, name: kind, args: [base], positive, real })
}

/** gcd of two rationals: the greatest rational of which both are whole multiples; gcd(0, 0) = 0. */
function gcd(a: Fraction, b: Fraction): Fraction {
  return a.n === 0n ? b.abs() : b.n === 0n ? a.abs() : a.gcd(b).abs()
}
