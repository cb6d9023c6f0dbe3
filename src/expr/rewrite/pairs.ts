import Fraction from 'fraction.js'
import { gaussian } from '../normal/gaussian.js'
import { compareMonomials, type Power, type Term } from '../normal/polynomial.js'
import { rationalPower } from '../normal/radicals.js'
import type { Element, Ring } from '../normal/ring.js'
import { isPositive, isReal } from '../normal/signs.js'

/**
 * Which pairs of exponentials become functions, c e^u ± c e^{−u} = 2c cosh u, 2c sinh u: those whose u has real
 * coefficients, or those with u = iv, which become 2c cos v, 2ic sin v.
 */
export type Pairs = 'hyperbolic' | 'trigonometric'

const HALF = new Fraction(1, 2)
const NAMES: Readonly<Record<Pairs, readonly [even: string, odd: string]>> = {
  hyperbolic: ['cosh', 'sinh'],
  trigonometric: ['cos', 'sin'],
}

/**
 * The element with its pairs of exponentials as values of functions, for writing: in numerator, factors of the
 * denominator, exponents, and the arguments of functions and roots alike; and whether there are any.
 */
export function paired(ring: Ring, element: Element, pairs: Pairs): { element: Element; any: boolean } {
  let any = false
  const depth = (e: Element): Element => {
    const over = factored({ terms: e.terms, under: new Map() })
    return [...e.under].reduce(
      (quotient, [place, times]) => ring.multiply(quotient, ring.whole(written(ring.factor(place)), -times)),
      over,
    )
  }
  const written = (e: Element): Element => {
    const found = maybePaired(ring, e, pairs, depth)
    any ||= found !== undefined
    return (
      found ??
      [...e.terms.values()]
        .map((term) => withInner(ring, term, depth))
        .reduce((s, t) => ring.add(s, t), ring.zero)
    )
  }
  /** A sum factor by factor, as far as the ring knows its factors: each has pairs of its own. */
  const factored = (sum: Element): Element => {
    if (sum.terms.size < 3) return written(sum)
    const inverse = ring.invert(sum)
    const factors = [...inverse.under]
    if (inverse.terms.size !== 1 || factors.reduce((count, [, times]) => count + times, 0) < 2)
      return written(sum)
    const unit = ring.invert({ terms: inverse.terms, under: new Map() })
    return factors.reduce(
      (product, [place, times]) => ring.multiply(product, ring.whole(written(ring.factor(place)), times)),
      depth(unit),
    )
  }
  return { element: depth(element), any }
}

type Loose = Omit<Term, 'powers'> & { readonly powers: readonly Power[] }

/** A term with what stands in its exponent and in the arguments of its atoms changed. */
function withInner(ring: Ring, term: Loose, change: (e: Element) => Element): Element {
  const powers = term.powers.map(({ atom, exponent }) => {
    const known = ring.atoms[atom]!
    if (known.args.length === 0) return ring.atomPower(atom, exponent)
    if (known.kind === 'root') return rationalPower(ring, change(known.args[0]!), exponent)
    const place = ring.intern({ ...known, args: known.args.map(change) })
    return ring.atomPower(place, exponent)
  })
  return [ring.exponential(change(ring.exponentAt(term.exponent))), ...powers].reduce(
    (s, t) => ring.multiply(s, t),
    ring.constant(term.coefficient),
  )
}

/** A sum whose exponentials all pair off about a common exponent. */
function maybePaired(
  ring: Ring,
  sum: Element,
  pairs: Pairs,
  change: (e: Element) => Element,
): Element | undefined {
  const groups = new Map<number, Element>()
  for (const term of sum.terms.values()) {
    const bare = ring.term({ ...term, exponent: 0 })
    groups.set(term.exponent, ring.add(groups.get(term.exponent) ?? ring.zero, bare))
  }
  if (groups.size < 2) return undefined
  const exponents = [...groups.keys()].map((place) => ring.exponentAt(place))
  const [first, ...others] = exponents
  for (const mixed of [false, true]) {
    for (const other of others) {
      const middle = ring.multiply(ring.rational(HALF), ring.add(first!, other))
      const found = about(ring, groups, middle, mixed, pairs, change)
      if (found) return found
    }
  }
  return undefined
}

/** Σ c e^{m ± h} about a middle m; `mixed` takes pairs with unlike factors too, as a cosh h + b sinh h. */

function about(
  ring: Ring,
  groups: ReadonlyMap<number, Element>,
  middle: Element,
  mixed: boolean,
  pairs: Pairs,
  change: (e: Element) => Element,
): Element | undefined {
  const left = new Map(groups)
  let result = ring.zero
  for (const [place, weight] of groups) {
    if (!left.delete(place)) continue
    const half = ring.subtract(ring.exponentAt(place), middle)
    if (ring.isZero(half)) {
      result = ring.add(result, weight)
      continue
    }
    const partner = [...left.keys()].find((other) =>
      ring.isZero(ring.add(half, ring.subtract(ring.exponentAt(other), middle))),
    )
    const other = partner === undefined ? undefined : left.get(partner)
    if (other === undefined || !suits(half, pairs)) return undefined
    const halves = [ring.add(weight, other), ring.subtract(weight, other)].map((whole) =>
      ring.multiply(ring.rational(HALF), whole),
    )
    if (!mixed && !halves.some((part) => ring.isZero(part))) return undefined
    left.delete(partner!)
    for (const [k, part] of halves.entries()) {
      if (!ring.isZero(part))
        result = ring.add(result, ring.multiply(part, value(ring, half, k === 0, pairs, change)))
    }
  }
  const inside = [...result.terms.values()]
    .map((term) => withArguments(ring, term, change))
    .reduce((s, t) => ring.add(s, t), ring.zero)
  return ring.multiply(ring.exponential(change(middle)), inside)
}

/** As {@link withInner}, but for atoms that are no pair made here, whose arguments are done. */
function withArguments(ring: Ring, term: Term, change: (e: Element) => Element): Element {
  const done = term.powers.filter(({ atom }) => made.has(ring.atoms[atom]!.name))
  const rest = { ...term, powers: term.powers.filter((one) => !done.includes(one)) }
  return done.reduce(
    (product, { atom, exponent }) => ring.multiply(product, ring.atomPower(atom, exponent)),
    withInner(ring, rest, change),
  )
}

/** Held functions are read as jets of order 0. */
const nameOf = (pairs: Pairs, even: boolean): string => `${NAMES[pairs][even ? 0 : 1]}@0`
const made: ReadonlySet<string> = new Set(
  (['hyperbolic', 'trigonometric'] as const).flatMap((pairs) => [nameOf(pairs, true), nameOf(pairs, false)]),
)

function suits(half: Element, pairs: Pairs): boolean {
  return [...half.terms.values()].every(({ coefficient: { re, im } }) =>
    pairs === 'hyperbolic' ? im.n === 0n : re.n === 0n,
  )
}

/** True where most terms, or of as many of either sign the greatest, are negative. */
export function isMinus({ terms }: Element): boolean {
  const sign = ({ coefficient }: Term): number => (coefficient.re.s < 0n ? -1 : 1)
  const all = [...terms.values()]
  const balance = all.reduce((sum, term) => sum + sign(term), 0)
  if (balance !== 0 || all.length === 0) return balance < 0
  return sign(all.reduce((best, term) => (compareMonomials(term.powers, best.powers) > 0 ? term : best))) < 0
}

/** e^h ± e^{−h}, as a value with an argument of positive leading sign. */
function value(
  ring: Ring,
  half: Element,
  even: boolean,
  pairs: Pairs,
  change: (e: Element) => Element,
): Element {
  const turned = pairs === 'hyperbolic' ? half : ring.multiply(ring.constant(gaussian(0, -1)), half)
  const flip = isMinus(turned)
  const argument = flip ? ring.negate(turned) : turned
  const exponent = flip ? ring.negate(half) : half
  const pair = ring.add(
    ring.exponential(exponent),
    ring.multiply(ring.rational(even ? 1 : -1), ring.exponential(ring.negate(exponent))),
  )
  const positive = pairs === 'hyperbolic' && isPositive(ring, pair)
  const atom = ring.intern({
    kind: 'value',
    name: nameOf(pairs, even),
    args: [change(argument)],
    positive,
    real: positive || isReal(ring, argument),
  })
  const factor = even
    ? gaussian(2)
    : gaussian(pairs === 'hyperbolic' ? (flip ? -2 : 2) : 0, pairs === 'trigonometric' ? (flip ? -2 : 2) : 0)
  return ring.multiply(ring.constant(factor), ring.atomPower(atom, new Fraction(1)))
}
