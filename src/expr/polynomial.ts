import type Fraction from 'fraction.js'
import { type Gaussian, isNone, plus, written } from './gaussian.js'

/** Sums of terms c · a₁^{q₁} a₂^{q₂} … · exp(E), by their keys; what the ring's numerators and denominators are. */
export type Polynomial = ReadonlyMap<string, Term>

export interface Term {
  readonly coefficient: Gaussian
  /** Atoms by rising number, with exponents other than 0. */
  readonly powers: readonly Power[]
  /** Place of E in the ring's table of exponents; 0 is E = 0. */
  readonly exponent: number
}

export interface Power {
  readonly atom: number
  readonly exponent: Fraction
}

export function keyOf({ powers, exponent }: Term): string {
  return `${powers.map((power) => `${power.atom}^${power.exponent.toFraction()}`).join('*')};${exponent}`
}

export function polynomialKey(polynomial: Polynomial): string {
  return [...polynomial]
    .map(([key, term]) => `${key}:${written(term.coefficient)}`)
    .sort()
    .join('|')
}

export function accumulate(terms: Map<string, Term>, term: Term): void {
  const key = keyOf(term)
  const known = terms.get(key)
  const coefficient = known ? plus(known.coefficient, term.coefficient) : term.coefficient
  if (isNone(coefficient)) terms.delete(key)
  else terms.set(key, { ...term, coefficient })
}

export function sum(a: Polynomial, b: Polynomial): Polynomial {
  const terms = new Map(a)
  for (const term of b.values()) accumulate(terms, term)
  return terms
}

export function mergePowers(a: readonly Power[], b: readonly Power[]): readonly Power[] {
  if (a.length === 0) return b
  if (b.length === 0) return a
  const merged = new Map(a.map((power) => [power.atom, power.exponent]))
  for (const { atom, exponent } of b) merged.set(atom, merged.get(atom)?.add(exponent) ?? exponent)
  return [...merged]
    .filter(([, exponent]) => exponent.n !== 0n)
    .sort(([s], [t]) => s - t)
    .map(([atom, exponent]) => ({ atom, exponent }))
}

/** The greatest term, in an order that multiplication by powers of atoms keeps; exponentials count last, by number. */
export function leading(polynomial: Polynomial): Term {
  return [...polynomial.values()].reduce((best, term) => (order(term, best) > 0 ? term : best))
}

function order(a: Term, b: Term): number {
  for (let j = 0, k = 0; j < a.powers.length || k < b.powers.length; ) {
    const [p, q] = [a.powers[j], b.powers[k]]
    if (p && q && p.atom === q.atom) {
      const difference = p.exponent.compare(q.exponent)
      if (difference !== 0) return difference
      j += 1
      k += 1
    } else return p && (!q || p.atom < q.atom) ? Number(p.exponent.s) : -Number(q!.exponent.s)
  }
  return a.exponent - b.exponent
}
