import { gaussian } from './gaussian.js'
import type { Element, Ring } from './ring.js'
import { isPositive, isReal } from './signs.js'

/** The complex conjugate of an element, where the realness of its atoms says what it is. */
export function maybeConjugate(ring: Ring, element: Element): Element | undefined {
  let sum = ring.zero
  for (const term of element.terms.values()) {
    const real = term.powers.every(
      ({ atom, exponent }) => ring.atoms[atom]!.positive || (ring.atoms[atom]!.real && exponent.d === 1n),
    )
    const exponent = maybeConjugate(ring, ring.exponentOf(term))
    if (!real || !exponent) return undefined
    const { re, im } = term.coefficient
    const rest = ring.term({ coefficient: gaussian(re, im.neg()), powers: term.powers, exponent: 0 })
    sum = ring.add(sum, ring.multiply(rest, ring.exponential(exponent)))
  }
  for (const [place, times] of element.under) {
    const factor = maybeConjugate(ring, ring.factor(place))
    if (!factor) return undefined
    sum = ring.multiply(sum, ring.whole(factor, -times))
  }
  return sum
}

/** What is known of the sign of a real part. */
export type RealPart = 'positive' | 'negative' | 'zero' | 'unknown'

/** The sign of a real part; N/f has that of N f*, where f ≠ 0, which is used for f that are not real. */
export function realPart(ring: Ring, element: Element): RealPart {
  let over: Element | undefined = { terms: element.terms, under: new Map() }
  for (const [place, times] of element.under) {
    const factor = ring.factor(place)
    const step = isReal(ring, factor) ? ring.invert(factor) : maybeConjugate(ring, factor)
    over = over && step && ring.multiply(over, ring.whole(step, times))
  }
  const conjugate = over && maybeConjugate(ring, over)
  if (!over || !conjugate) return 'unknown'
  const twice = ring.add(over, conjugate)
  if (ring.isZero(twice)) return 'zero'
  if (isPositive(ring, twice)) return 'positive'
  return isPositive(ring, ring.negate(twice)) ? 'negative' : 'unknown'
}
