import { realPart } from '../normal/conjugate.js'
import { exponentialOf, logarithm, rationalPower } from '../normal/radicals.js'
import type { Element, Ring } from '../normal/ring.js'
import { isPositive } from '../normal/signs.js'
import { type Demand, endless, inRing, type Lemma, nonzero, type Outcome } from './lemma.js'
import { type ExponentialTerm, maybeDegree, maybeExponentialTerms } from './terms.js'

/** An antiderivative at the end of a range, up to the factor free of the variable, and what it takes. */
type End = (ring: Ring, term: ExponentialTerm, at: Element) => Outcome | undefined

/** x^{q+1}/(q + 1), or ln x for q = −1; off the whole numbers q ≥ 0 the range must be positive. */
const powerAt: End = (ring, { power: q }, at) => {
  const whole = maybeDegree(q) !== undefined
  const closed = q.compare(-1) > 0 && ring.isZero(at)
  const demands: Demand[] =
    whole || closed ? [] : [{ kind: 'positive', of: at, follows: isPositive(ring, at) }]
  if (closed) return { value: ring.zero, demands }
  const next = q.add(1)
  if (next.n !== 0n)
    return { value: ring.multiply(ring.rational(next.inverse()), rationalPower(ring, at, next)), demands }
  return ring.isZero(at) ? undefined : { value: logarithm(ring, at), demands }
}

/** ∫ xⁿ e^{sx} dx = e^{sx} Σⱼ (−1)ʲ n!/(n − j)! x^{n−j}/s^{j+1}. */
const exponentialAt: End = (ring, { power, exponents }, at) => {
  const degree = maybeDegree(power)
  if (degree === undefined) return undefined
  const slope = exponents[1]!
  const inverse = ring.invert(slope)
  let term = inverse
  let sum = ring.zero
  for (let j = 0; j <= degree; j++) {
    sum = ring.add(sum, ring.multiply(term, ring.whole(at, degree - j)))
    term = ring.multiply(term, ring.multiply(ring.rational(j - degree), inverse))
  }
  return {
    value: ring.multiply(sum, exponentialOf(ring, ring.multiply(slope, at))),
    demands: nonzero(ring, slope),
  }
}

const isFlat = (ring: Ring, { exponents: [, slope] }: ExponentialTerm): boolean =>
  !slope || ring.isZero(slope)

/** ∫ of one term over the range, both ends finite or, for exponentials, one at infinity where they decay. */
function overRange(ring: Ring, term: ExponentialTerm, limits: readonly Element[]): Outcome | undefined {
  if (term.exponents.length > 2) return undefined
  const at = isFlat(ring, term) ? powerAt : exponentialAt
  const ends = limits.map((limit): Outcome | undefined => {
    const side = endless(ring, limit)
    if (side === undefined) return at(ring, term, limit)
    if (at === powerAt) return undefined
    const decay = ring.multiply(ring.rational(-side), term.exponents[1]!)
    const sign = realPart(ring, decay)
    if (sign === 'negative' || sign === 'zero') return undefined
    return { value: ring.zero, demands: [{ kind: 'positiveReal', of: decay, follows: sign === 'positive' }] }
  })
  const [from, to] = ends
  if (!from || !to) return undefined
  const free = ring.multiply(term.free, exponentialOf(ring, term.exponents[0] ?? ring.zero))
  return {
    value: ring.multiply(free, ring.subtract(to.value, from.value)),
    demands: [...from.demands, ...to.demands],
  }
}

/** A sum of outcomes with each condition once. */
export function total(ring: Ring, outcomes: readonly Outcome[]): Outcome {
  const demands: Demand[] = []
  for (const demand of outcomes.flatMap((outcome) => outcome.demands)) {
    if (ring.maybeConstant(demand.of) && demand.follows) continue
    if (!demands.some(({ kind, of }) => kind === demand.kind && ring.equal(of, demand.of)))
      demands.push(demand)
  }
  return { value: outcomes.reduce((sum, { value }) => ring.add(sum, value), ring.zero), demands }
}

const whereAll = (fits: (ring: Ring, term: ExponentialTerm) => boolean) =>
  inRing(({ ring, variable, body, limits }) => {
    const terms = maybeExponentialTerms(ring, body, variable)
    if (!terms?.every((term) => fits(ring, term))) return undefined
    const outcomes = terms.map((term) => overRange(ring, term, limits))
    return outcomes.every((outcome) => outcome !== undefined) ? total(ring, outcomes) : undefined
  })

export const ELEMENTARY_INTEGRALS: readonly Lemma[] = [
  {
    id: 'power-integral',
    label: 'Integral of powers',
    statement: '\\int_{a}^{b} x^{q} \\, \\mathrm{d} x = \\frac{b^{q+1} - a^{q+1}}{q + 1}, \\quad q \\neq -1',
    reference: 'DLMF §1.4(iv); the fundamental theorem of calculus',
    operator: 'integral',
    apply: whereAll(isFlat),
  },
  {
    id: 'exponential-integral',
    label: 'Integral of powers and exponentials',
    statement:
      '\\int x^{n} e^{s x} \\, \\mathrm{d} x = e^{s x} \\sum_{j=0}^{n} \\frac{(-1)^{j} \\, n!}{(n-j)!} \\frac{x^{n-j}}{s^{j+1}}, \\quad s \\neq 0',
    reference: 'DLMF §4.10(ii), by parts; 5.9.1 where the range is endless',
    operator: 'integral',
    apply: whereAll(() => true),
  },
]
