import Fraction from 'fraction.js'
import { type RealPart, realPart } from '../normal/conjugate.js'
import { rationalPower } from '../normal/radicals.js'
import type { Element, Ring } from '../normal/ring.js'
import { isReal } from '../normal/signs.js'
import { type Demand, endless, inRing, type Lemma, nonzero } from './lemma.js'
import { type ExponentialTerm, maybeDegree, maybeExponentialTerms } from './terms.js'

/**
 * Mₖ = ∫ xᵏ w(x) dx for a normalised Gaussian weight w of mean μ and variance σ², real or complex:
 * Mₖ = μ Mₖ₋₁ + (k − 1) σ² Mₖ₋₂, by parts with w′ = −(x − μ) w/σ².
 */
export function gaussianMoments(
  ring: Ring,
  mean: Element,
  variance: Element,
  highest: number,
): readonly Element[] {
  const moments: Element[] = [ring.one]
  for (let k = 1; k <= highest; k++) {
    const drift = ring.multiply(mean, moments[k - 1]!)
    moments[k] =
      k === 1
        ? drift
        : ring.add(drift, ring.multiply(ring.multiply(ring.rational(k - 1), variance), moments[k - 2]!))
  }
  return moments
}

/** ∫ x^k e^{−ax² + bx + c} dx over the real line, and the a and the degree of each term. */
interface Evaluated {
  readonly value: Element
  readonly a: Element
  readonly degree: number
}

function evaluate(ring: Ring, { free, power, exponents }: ExponentialTerm): Evaluated | undefined {
  const degree = maybeDegree(power)
  const [c, b, minusA, ...higher] = exponents
  if (degree === undefined || !minusA || higher.length > 0 || ring.isZero(minusA)) return undefined
  const a = ring.negate(minusA)
  const half = ring.invert(ring.multiply(ring.rational(2), a))
  const mean = ring.multiply(b!, half)
  const top = ring.add(c!, ring.multiply(ring.multiply(ring.rational(new Fraction(1, 2)), b!), mean))
  const pi = ring.atomPower(
    ring.intern({ kind: 'pi', name: 'pi', args: [], positive: true, real: true }),
    new Fraction(1),
  )
  const norm = rationalPower(ring, ring.multiply(pi, ring.invert(a)), new Fraction(1, 2))
  const moment = gaussianMoments(ring, mean, half, degree)[degree]!
  return {
    value: [free, ring.exponential(top), norm, moment].reduce((s, t) => ring.multiply(s, t)),
    a,
    degree,
  }
}

/** A row of the table for bodies whose degrees and real parts of a are as they should. */
function over(
  fits: (degrees: readonly number[], signs: readonly RealPart[]) => boolean,
  demand: (ring: Ring, a: Element, sign: RealPart) => readonly Demand[],
) {
  return inRing(({ ring, variable, body, limits: [from, to] }) => {
    if (endless(ring, from!) !== -1 || endless(ring, to!) !== 1) return undefined
    const terms = maybeExponentialTerms(ring, body, variable)?.map((term) => evaluate(ring, term))
    if (!terms || terms.length === 0 || !terms.every((term) => term !== undefined)) return undefined
    const weights: Element[] = []
    for (const { a } of terms) if (!weights.some((other) => ring.equal(other, a))) weights.push(a)
    const signs = weights.map((a) => realPart(ring, a))
    if (signs.includes('negative')) return undefined
    if (
      !fits(
        terms.map(({ degree }) => degree),
        signs,
      )
    )
      return undefined
    return {
      value: terms.map(({ value }) => value).reduce((s, t) => ring.add(s, t)),
      demands: weights.flatMap((a, k) => demand(ring, a, signs[k]!)),
    }
  })
}

const converges = (ring: Ring, a: Element, sign: RealPart): readonly Demand[] =>
  ring.maybeConstant(a)
    ? []
    : [{ kind: isReal(ring, a) ? 'positive' : 'positiveReal', of: a, follows: sign === 'positive' }]
const asLimit = (ring: Ring, a: Element, sign: RealPart): readonly Demand[] =>
  sign === 'zero' ? [{ kind: 'limit', of: a, follows: false }, ...nonzero(ring, a)] : converges(ring, a, sign)

const damped = (signs: readonly RealPart[]): boolean => !signs.includes('zero')

export const GAUSSIAN_INTEGRALS: readonly Lemma[] = [
  {
    id: 'gaussian',
    label: 'Gaussian integral',
    statement:
      '\\int_{-\\infty}^{\\infty} e^{-a x^{2} + b x + c} \\, \\mathrm{d} x = \\sqrt{\\frac{\\pi}{a}} \\, e^{b^{2}/4a + c}, \\quad \\operatorname{Re} a > 0',
    reference: 'DLMF 7.7.3; complete the square',
    operator: 'integral',
    apply: over((degrees, signs) => degrees.every((k) => k === 0) && damped(signs), converges),
  },
  {
    id: 'gaussian-moments',
    label: 'Moments of a Gaussian',
    statement:
      'M_{k} = \\mu M_{k-1} + (k-1) \\, \\sigma^{2} M_{k-2}, \\quad \\mu = \\frac{b}{2 a}, \\ \\sigma^{2} = \\frac{1}{2 a}, \\ M_{0} = \\sqrt{\\frac{\\pi}{a}} \\, e^{b^{2}/4a + c}',
    reference: 'Stein’s identity, by parts; Papoulis, Probability (3rd ed.), §5-4',
    operator: 'integral',
    apply: over((_degrees, signs) => damped(signs), converges),
  },
  {
    id: 'fresnel',
    label: 'Fresnel integral',
    statement:
      '\\lim_{\\varepsilon \\to 0^{+}} \\int_{-\\infty}^{\\infty} e^{-(a + \\varepsilon) x^{2} + b x + c} \\, \\mathrm{d} x = \\sqrt{\\frac{\\pi}{a}} \\, e^{b^{2}/4a + c}, \\quad \\operatorname{Re} a = 0, \\ a \\neq 0',
    reference: 'DLMF §7.2(iii) and 7.7.3',
    operator: 'integral',
    apply: over(() => true, asLimit),
  },
]
