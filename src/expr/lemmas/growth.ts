import Fraction from 'fraction.js'
import { dependence } from '../normal/binders.js'
import { realPart } from '../normal/conjugate.js'
import { gaussian } from '../normal/gaussian.js'
import type { Term } from '../normal/polynomial.js'
import { exponentialOf, logarithm, rationalPower } from '../normal/radicals.js'
import type { Element, Ring } from '../normal/ring.js'
import { isPositive, isReal } from '../normal/signs.js'
import { type Demand, nonzero } from './lemma.js'

/**
 * f ~ weight · y^degree · e^{rate(y)} as y → ∞: their ratio goes to 1. The rate is a sum of positive powers of y, by
 * falling power, with coefficients free of y (G. H. Hardy, Orders of Infinity, 1910).
 */
export interface Growth {
  readonly rate: readonly { readonly power: Fraction; readonly coefficient: Element }[]
  readonly degree: Fraction
  readonly weight: Element
}

const NONE = new Fraction(0)

/** Whether a grows faster than b (1), slower (−1) or as fast (0); undefined where this is not known. */
function compare(ring: Ring, a: Growth, b: Growth): -1 | 0 | 1 | undefined {
  const powers = [...a.rate, ...b.rate].map(({ power }) => power).sort((s, t) => t.compare(s))
  const at = ({ rate }: Growth, power: Fraction): Element =>
    rate.find((part) => part.power.equals(power))?.coefficient ?? ring.zero
  for (const power of powers) {
    const difference = ring.subtract(at(a, power), at(b, power))
    if (ring.isZero(difference)) continue
    const sign = realPart(ring, difference)
    return sign === 'positive' ? 1 : sign === 'negative' ? -1 : undefined
  }
  return Math.sign(a.degree.compare(b.degree)) as -1 | 0 | 1
}

/** What decides the limit of an expression in one positive variable that goes to infinity. */
export class GrowthOf {
  readonly demands: Demand[] = []
  readonly #ring: Ring
  readonly #variable: number
  readonly #depends: (element: Element) => boolean

  constructor(ring: Ring, variable: number) {
    this.#ring = ring
    this.#variable = variable
    this.#depends = dependence(ring, variable)
  }

  /** The growth of an element that is not zero; undefined where it is not known. */
  of(element: Element): Growth | undefined {
    let result = this.#sum([...element.terms.values()])
    for (const [place, times] of element.under) {
      const factor = this.#sum([...this.#ring.factor(place).terms.values()])
      if (!result || !factor) return undefined
      this.demands.push(...nonzero(this.#ring, factor.weight))
      result = this.#product(result, this.#whole(factor, -times))
    }
    return result
  }

  /** The limit that a growth has, if it is finite. */
  maybeLimit(growth: Growth): Element | undefined {
    const constant: Growth = { rate: [], degree: NONE, weight: this.#ring.one }
    const order = compare(this.#ring, growth, constant)
    return order === 0 ? growth.weight : order === -1 ? this.#ring.zero : undefined
  }

  /** The fastest terms, added; undefined where they cancel or cannot be told. */
  #sum(terms: readonly Term[]): Growth | undefined {
    const all: Growth[] = []
    for (const term of terms) {
      const growth = this.#term(term)
      if (!growth) return undefined
      all.push(growth)
    }
    for (const candidate of all) {
      const orders = all.map((other) => compare(this.#ring, candidate, other))
      if (orders.some((order) => order === undefined || order < 0)) continue
      const weight = all
        .filter((_, k) => orders[k] === 0)
        .reduce((sum, growth) => this.#ring.add(sum, growth.weight), this.#ring.zero)
      return this.#ring.isZero(weight) ? undefined : { ...candidate, weight }
    }
    return undefined
  }

  #term({ coefficient, powers, exponent }: Term): Growth | undefined {
    const ring = this.#ring
    let result: Growth | undefined = this.#exponential(ring.exponentAt(exponent))
    for (const { atom, exponent: q } of powers) {
      if (!result) return undefined
      const factor = this.#atom(atom, q)
      result = factor && this.#product(result, factor)
    }
    return result && { ...result, weight: ring.multiply(ring.constant(coefficient), result.weight) }
  }

  #atom(atom: number, q: Fraction): Growth | undefined {
    const ring = this.#ring
    if (atom === this.#variable) return { rate: [], degree: q, weight: ring.one }
    const power = ring.atomPower(atom, q)
    if (!this.#depends(power)) return { rate: [], degree: NONE, weight: power }
    const { kind, args } = ring.atoms[atom]!
    if (kind === 'root') return this.#root(args[0]!, q)
    if (kind === 'log' && q.equals(1)) return this.#logarithm(args[0]!)
    return undefined
  }

  /** A complex rate turns about 0, across the cut of roots and logarithms. */
  #isPositive({ rate, weight }: Growth): boolean {
    return isPositive(this.#ring, weight) && rate.every(({ coefficient }) => isReal(this.#ring, coefficient))
  }

  #root(base: Element, q: Fraction): Growth | undefined {
    const inner = this.of(base)
    if (!inner || !this.#isPositive(inner)) return undefined
    return {
      rate: inner.rate.map(({ power, coefficient }) => ({
        power,
        coefficient: this.#ring.multiply(this.#ring.rational(q), coefficient),
      })),
      degree: inner.degree.mul(q),
      weight: rationalPower(this.#ring, inner.weight, q),
    }
  }

  /** ln f ~ the leading power of the rate, or the logarithm of a limit other than 1. */
  #logarithm(base: Element): Growth | undefined {
    const inner = this.of(base)
    if (!inner || !this.#isPositive(inner)) return undefined
    const [leading] = inner.rate
    if (leading) return { rate: [], degree: leading.power, weight: leading.coefficient }
    const weight = logarithm(this.#ring, inner.weight)
    return inner.degree.n === 0n && !this.#ring.isZero(weight)
      ? { rate: [], degree: NONE, weight }
      : undefined
  }

  /** e^E for E a sum of powers of y with coefficients free of y; negative powers go to 0. */
  #exponential(exponent: Element): Growth | undefined {
    const ring = this.#ring
    if (!this.#depends(exponent)) return { rate: [], degree: NONE, weight: exponentialOf(ring, exponent) }
    if ([...exponent.under.keys()].some((place) => this.#depends(ring.factor(place)))) return undefined
    const parts = new Map<string, { power: Fraction; coefficient: Element }>()
    for (const term of exponent.terms.values()) {
      const power = term.powers.find(({ atom }) => atom === this.#variable)?.exponent ?? NONE
      const rest = ring.term({ ...term, powers: term.powers.filter(({ atom }) => atom !== this.#variable) })
      if (this.#depends(rest)) return undefined
      const known = parts.get(power.toFraction())?.coefficient ?? ring.zero
      const more = ring.add({ terms: rest.terms, under: exponent.under }, ring.zero)
      parts.set(power.toFraction(), { power, coefficient: ring.add(known, more) })
    }
    return {
      rate: [...parts.values()]
        .filter(({ power }) => power.s > 0n && power.n > 0n)
        .sort((a, b) => b.power.compare(a.power)),
      degree: NONE,
      weight: exponentialOf(ring, parts.get('0')?.coefficient ?? ring.constant(gaussian(0))),
    }
  }

  #product(a: Growth, b: Growth): Growth {
    const ring = this.#ring
    const rate = [...a.rate]
    for (const part of b.rate) {
      const place = rate.findIndex(({ power }) => power.equals(part.power))
      if (place < 0) rate.push(part)
      else rate[place] = { ...part, coefficient: ring.add(rate[place]!.coefficient, part.coefficient) }
    }
    return {
      rate: rate
        .filter(({ coefficient }) => !ring.isZero(coefficient))
        .sort((s, t) => t.power.compare(s.power)),
      degree: a.degree.add(b.degree),
      weight: ring.multiply(a.weight, b.weight),
    }
  }

  #whole({ rate, degree, weight }: Growth, n: number): Growth {
    const ring = this.#ring
    return {
      rate: rate.map(({ power, coefficient }) => ({
        power,
        coefficient: ring.multiply(ring.rational(n), coefficient),
      })),
      degree: degree.mul(n),
      weight: ring.whole(weight, n),
    }
  }
}
