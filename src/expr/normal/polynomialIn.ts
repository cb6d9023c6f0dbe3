import Fraction from 'fraction.js'
import { dependence } from './binders.js'
import type { Element, Ring } from './ring.js'

/** The atom that an element is, if it is one to the first power. */
export function maybeAtom(ring: Ring, element: Element): number | undefined {
  const [power] = ring.maybeTerm(element)?.powers ?? []
  return power && ring.equal(element, ring.atomPower(power.atom, new Fraction(1))) ? power.atom : undefined
}

/** Highest degree that is read. */
const MAX_DEGREE = 64

/**
 * c₀, c₁, … with element = Σ cₖ aᵏ and all cₖ free of the atom a; undefined where it is no such polynomial.
 */
export function maybeCoefficients(
  ring: Ring,
  element: Element,
  atom: number,
): readonly Element[] | undefined {
  const depends = dependence(ring, atom)
  if ([...element.under.keys()].some((place) => depends(ring.factor(place)))) return undefined
  const coefficients: Element[] = []
  for (const term of element.terms.values()) {
    const exponent = term.powers.find((power) => power.atom === atom)?.exponent ?? new Fraction(0)
    if (exponent.d !== 1n || exponent.s < 0n || exponent.n > BigInt(MAX_DEGREE)) return undefined
    const rest = ring.term({ ...term, powers: term.powers.filter((power) => power.atom !== atom) })
    if (depends(rest)) return undefined
    const degree = exponent.valueOf()
    for (let k = coefficients.length; k <= degree; k++) coefficients.push(ring.zero)
    coefficients[degree] = ring.add(coefficients[degree], { terms: rest.terms, under: element.under })
  }
  return coefficients
}
