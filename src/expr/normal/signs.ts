import type { Term } from './polynomial.js'
import type { Element, Ring } from './ring.js'

/** What the declared signs and realness of atoms say of elements; silence is never taken for a no. */

/**
 * True where an element is surely a positive real number, wherever it is defined: by the signs of its terms, or as a
 * product of such sums and of elements that are declared to be positive.
 */
export function isPositive(ring: Ring, a: Element): boolean {
  return maybeSign(ring, a) === 1
}

/** The sign that an element surely has. */
function maybeSign(ring: Ring, a: Element): 1 | -1 | undefined {
  let sign = maybeSignOfSum(ring, { terms: a.terms, under: new Map() })
  for (const [place, times] of a.under) {
    if (sign === undefined) return undefined
    const factor = ring.factor(place)
    if (times % 2 === 0 && isReal(ring, factor)) continue
    const other = maybeSignOfSum(ring, factor)
    sign = other && times % 2 === 1 ? (sign === other ? 1 : -1) : other && sign
  }
  return sign
}

function maybeSignOfSum(ring: Ring, sum: Element): 1 | -1 | undefined {
  if (hasPositiveSigns(ring, sum)) return 1
  if (hasPositiveSigns(ring, ring.negate(sum))) return -1
  if (sum.terms.size < 2) return undefined
  for (const known of ring.declaredPositive) {
    const rest = maybeQuotient(ring, sum, known)
    if (rest) return maybeSignOfSum(ring, rest)
  }
  return isAbove(ring, sum, LAYERS) ? 1 : isAbove(ring, ring.negate(sum), LAYERS) ? -1 : undefined
}

/** Declared elements that are taken away from a sum, one after the other. */
const LAYERS = 3

/** True where a sum is a positive multiple of a declared element and a positive rest, as s² cosh u + D sinh u is. */
function isAbove(ring: Ring, sum: Element, layers: number): boolean {
  if (ring.isZero(sum) || hasPositiveSigns(ring, sum)) return true
  if (layers === 0) return false
  const minus = [...sum.terms.values()].map((term) => ring.negate(ring.term(term)))
  const negative = minus.find((term) => hasPositiveSigns(ring, term))
  if (!negative) return false
  return ring.declaredPositive.some((known) => {
    if (known.terms.size < 2 || known.under.size > 0) return false
    return [...known.terms.values()].some((term) => {
      const multiple = ring.multiply(negative, ring.invert(ring.negate(ring.term(term))))
      return (
        hasPositiveSigns(ring, multiple) &&
        isAbove(ring, ring.subtract(sum, ring.multiply(multiple, known)), layers - 1)
      )
    })
  })
}

/** a/b for a sum b that goes into the sum a without remainder. */
export function maybeQuotient(ring: Ring, a: Element, b: Element): Element | undefined {
  if (b.terms.size < 2 || a.terms.size < b.terms.size || a.under.size + b.under.size > 0) return undefined
  const ratio = maybeRatio(ring, a, b)
  if (ratio) return ratio
  const quotient = ring.multiply(a, ring.invert(b))
  return quotient.under.size === 0 ? quotient : undefined
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

function hasPositiveSigns(ring: Ring, { terms }: Element): boolean {
  const signs = [...terms.values()].map((term) => sign(ring, term))
  return signs.length > 0 && signs.every((sign) => sign !== undefined) && signs.includes('positive')
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
