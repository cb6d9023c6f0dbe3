import Fraction from 'fraction.js'
import { dependence } from '../normal/binders.js'
import { maybeCoefficients } from '../normal/polynomialIn.js'
import type { Element, Ring } from '../normal/ring.js'

/** One term of a body, free · x^power · exp(exponents₀ + exponents₁ x + exponents₂ x² + …) with coefficients free of x. */
export interface ExponentialTerm {
  readonly free: Element
  readonly power: Fraction
  readonly exponents: readonly Element[]
}

/** A body as a sum of powers of the variable times exponentials of polynomials in it, if it is one. */
export function maybeExponentialTerms(
  ring: Ring,
  body: Element,
  variable: number,
): readonly ExponentialTerm[] | undefined {
  const depends = dependence(ring, variable)
  if ([...body.under.keys()].some((place) => depends(ring.factor(place)))) return undefined
  const outside = [...body.under].reduce(
    (product, [place, times]) => ring.multiply(product, ring.whole(ring.factor(place), -times)),
    ring.one,
  )
  const found: ExponentialTerm[] = []
  for (const term of body.terms.values()) {
    const power = term.powers.find(({ atom }) => atom === variable)?.exponent ?? new Fraction(0)
    const rest = ring.term({
      coefficient: term.coefficient,
      powers: term.powers.filter(({ atom }) => atom !== variable),
      exponent: 0,
    })
    const exponents = maybeCoefficients(ring, ring.exponentOf(term), variable)
    if (depends(rest) || !exponents) return undefined
    found.push({ free: ring.multiply(rest, outside), power, exponents })
  }
  return found
}

/** The whole number ≥ 0 that a power is, if it is one. */
export const maybeDegree = (power: Fraction): number | undefined =>
  power.d === 1n && power.s >= 0n ? power.valueOf() : undefined
