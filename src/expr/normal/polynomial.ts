import Fraction from 'fraction.js'
import { type Gaussian, isNone, plus, written } from './gaussian.js'

/** Sums of terms c · a₁^{q₁} a₂^{q₂} … · exp(E), by their keys; what the ring's numerators and denominators are. */
export type Polynomial = ReadonlyMap<number, Term>

export interface Term {
  readonly coefficient: Gaussian
  readonly powers: Monomial
  /** Place of E in the ring's table of exponents; 0 is E = 0. */
  readonly exponent: number
}

export interface Power {
  readonly atom: number
  readonly exponent: Fraction
}

/** A product of powers of atoms, by rising atom, with exponents other than 0; one object for all that are equal. */
export interface Monomial extends ReadonlyArray<Power> {
  readonly id: number
}

/** Places in the table of exponents that a key has room for; monomials have the other 31 bits of a safe integer. */
export const MAX_EXPONENTS = 2 ** 22

/** A number that two terms share exactly when they differ in their coefficients only. */
export const keyOf = ({ powers, exponent }: Term): number => powers.id * MAX_EXPONENTS + exponent

/** The monomials of a ring, each of them once, with products that are looked up after their first time. */
export class Monomials {
  readonly #known = new Map<string, Monomial>()
  readonly #products = new Map<number, Map<number, Monomial>>()
  readonly one: Monomial = this.of([])

  /** The monomial of powers by rising atom. */
  of(powers: readonly Power[]): Monomial {
    const key = powers.map(({ atom, exponent: { s, n, d } }) => `${atom}^${s * n}/${d}`).join()
    let monomial = this.#known.get(key)
    if (!monomial) {
      monomial = Object.assign([...powers], { id: this.#known.size })
      this.#known.set(key, monomial)
    }
    return monomial
  }

  product(a: Monomial, b: Monomial): Monomial {
    if (a.length === 0) return b
    if (b.length === 0) return a
    const [first, second] = a.id < b.id ? [a, b] : [b, a]
    let row = this.#products.get(first.id)
    if (!row) {
      row = new Map()
      this.#products.set(first.id, row)
    }
    let product = row.get(second.id)
    if (!product) {
      product = this.of(merged(a, b))
      row.set(second.id, product)
    }
    return product
  }
}

function merged(a: Monomial, b: Monomial): readonly Power[] {
  const powers: Power[] = []
  for (let j = 0, k = 0; j < a.length || k < b.length; ) {
    const [p, q] = [a[j], b[k]]
    if (p && q && p.atom === q.atom) {
      const exponent = p.exponent.add(q.exponent)
      if (exponent.n !== 0n) powers.push({ atom: p.atom, exponent })
      j += 1
      k += 1
    } else if (p && (!q || p.atom < q.atom)) {
      powers.push(p)
      j += 1
    } else {
      powers.push(q!)
      k += 1
    }
  }
  return powers
}

const NONE = new Fraction(0)

/** The power that an atom has in a monomial. */
export const exponentIn = (powers: Monomial, atom: number): Fraction =>
  powers.find((power) => power.atom === atom)?.exponent ?? NONE

/** A text that two polynomials share exactly when they have the same terms. */
export function polynomialKey(polynomial: Polynomial): string {
  return [...polynomial]
    .map(([key, term]) => `${key}:${written(term.coefficient)}`)
    .sort()
    .join('|')
}

/** True where two polynomials have the same terms. */
export function samePolynomial(a: Polynomial, b: Polynomial): boolean {
  if (a.size !== b.size) return false
  for (const [key, { coefficient }] of a) {
    const other = b.get(key)?.coefficient
    if (!other?.re.equals(coefficient.re) || !other.im.equals(coefficient.im)) return false
  }
  return true
}

export function accumulate(terms: Map<number, Term>, term: Term): void {
  const key = keyOf(term)
  const known = terms.get(key)
  if (!known) {
    terms.set(key, term)
    return
  }
  const coefficient = plus(known.coefficient, term.coefficient)
  if (isNone(coefficient)) terms.delete(key)
  else terms.set(key, { coefficient, powers: term.powers, exponent: term.exponent })
}

export function sum(a: Polynomial, b: Polynomial): Polynomial {
  const terms = new Map(a)
  for (const term of b.values()) accumulate(terms, term)
  return terms
}

/** −1, 0 or 1: by the power of the first atom, then the next; atoms stand in one order, and what one lacks has power 0. */
export function compareMonomials(
  a: readonly Power[],
  b: readonly Power[],
  before: (atom: number, other: number) => boolean = (atom, other) => atom < other,
): number {
  for (let j = 0, k = 0; j < a.length || k < b.length; ) {
    const [p, q] = [a[j], b[k]]
    if (p && q && p.atom === q.atom) {
      const difference = p.exponent.compare(q.exponent)
      if (difference !== 0) return difference
      j += 1
      k += 1
    } else return p && (!q || before(p.atom, q.atom)) ? Number(p.exponent.s) : -Number(q!.exponent.s)
  }
  return 0
}
