import type { Term } from './polynomial.js'
import type { Element, Ring } from './ring.js'

/** What the declared signs and realness of atoms say of elements; silence is never taken for a no. */

/** True where an element is surely a positive real number: by its signs, or as a positive multiple of a declared one. */
export function isPositive(ring: Ring, a: Element): boolean {
  return (
    hasPositiveSigns(ring, a) ||
    (a.terms.size > 0 &&
      ring.declaredPositive.some((known) => hasPositiveSigns(ring, maybeRatio(ring, a, known) ?? ring.zero)))
  )
}

/** The single term u with a = u·b for elements without denominators, if there is one. */
export function maybeRatio(ring: Ring, a: Element, b: Element): Element | undefined {
  if (a.terms.size !== b.terms.size || a.under.size + b.under.size > 0) return undefined
  const [first] = a.terms.values()
  for (const term of b.terms.values()) {
    const ratio = ring.multiply(ring.term(first), ring.invert(ring.term(term)))
    if (ring.maybeTerm(ratio) && ring.equal(a, ring.multiply(ratio, b))) return ratio
  }
  return undefined
}

function hasPositiveSigns(ring: Ring, a: Element): boolean {
  const signs = [...a.terms.values()].map((term) => sign(ring, term))
  return (
    signs.length > 0 &&
    signs.every((sign) => sign !== undefined) &&
    signs.includes('positive') &&
    [...a.under.keys()].every((factor) => isPositive(ring, ring.factor(factor)))
  )
}

/** True where an element surely vanishes nowhere: it is positive, or a product of exponentials and positive factors. */
export function isNowhereZero(ring: Ring, a: Element): boolean {
  const term = ring.maybeTerm(a)
  return isPositive(ring, a) || (term?.powers.every(({ atom }) => ring.atoms[atom]!.positive) ?? false)
}

/** True where an element is surely real. */
export function isReal(ring: Ring, a: Element): boolean {
  return (
    [...a.terms.values()].every(
      (term) => term.coefficient.im.n === 0n && realPowers(ring, term) && isReal(ring, ring.exponentOf(term)),
    ) && [...a.under.keys()].every((factor) => isReal(ring, ring.factor(factor)))
  )
}

function realPowers(ring: Ring, term: Term): boolean {
  return term.powers.every(
    ({ atom, exponent }) => ring.atoms[atom]!.positive || (ring.atoms[atom]!.real && exponent.d === 1n),
  )
}

function sign(ring: Ring, { coefficient, powers, exponent }: Term): 'positive' | 'nonnegative' | undefined {
  if (coefficient.im.n !== 0n || coefficient.re.s < 0n || !isReal(ring, ring.exponentAt(exponent)))
    return undefined
  const open = powers.filter(({ atom }) => !ring.atoms[atom]!.positive)
  if (
    open.some(
      (power) => !ring.atoms[power.atom]!.real || power.exponent.d !== 1n || power.exponent.n % 2n !== 0n,
    )
  )
    return undefined
  return open.some((power) => power.exponent.s > 0n) ? 'nonnegative' : 'positive'
}
