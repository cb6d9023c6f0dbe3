import Fraction from 'fraction.js'
import { number } from '../build.js'
import { realPart } from '../normal/conjugate.js'
import { exponentialOf } from '../normal/radicals.js'
import type { Element, Ring } from '../normal/ring.js'
import { substitute } from '../substitute.js'
import { total } from './elementaryIntegral.js'
import { type Demand, endless, inRing, type Lemma, nonzero, type Outcome } from './lemma.js'
import { type ExponentialTerm, maybeDegree, maybeExponentialTerms } from './terms.js'

/** C(n, j) for j = 0 … n. */
function binomials(n: number): readonly number[] {
  const row = [1]
  for (let j = 1; j <= n; j++) row.push((row[j - 1]! * (n - j + 1)) / j)
  return row
}

/**
 * T₀ … T_k with Tₖ = Σ_{n≥0} nᵏ rⁿ: shifting n by one, Tₖ = [k = 0] + r Σⱼ C(k, j) Tⱼ. As identities of rational
 * functions of r these hold for all r ≠ 1, and the sums are what they say for |r| < 1.
 */
export function geometricMoments(ring: Ring, ratio: Element, highest: number): readonly Element[] {
  const inverse = ring.invert(ring.subtract(ring.one, ratio))
  const sums: Element[] = [inverse]
  for (let k = 1; k <= highest; k++) {
    const row = binomials(k)
    const lower = sums
      .map((sum, j) => ring.multiply(ring.rational(row[j]!), sum))
      .reduce((s, t) => ring.add(s, t))
    sums.push(ring.multiply(ring.multiply(ratio, inverse), lower))
  }
  return sums
}

/** Σ_{n≥m} nᵏ rⁿ = e^{sm} Σⱼ C(k, j) m^{k−j} Tⱼ for r = e^s, as an identity in r. */
function tail(ring: Ring, slope: Element, degree: number, from: Element): Element {
  const moments = geometricMoments(ring, exponentialOf(ring, slope), degree)
  const shifted = binomials(degree)
    .map((weight, j) =>
      ring.multiply(ring.multiply(ring.rational(weight), ring.whole(from, degree - j)), moments[j]!),
    )
    .reduce((s, t) => ring.add(s, t))
  return ring.multiply(shifted, exponentialOf(ring, ring.multiply(slope, from)))
}

/** Σ_{n=0}^{N−1} nᵏ as a polynomial in N, by Σⱼ C(k+1, j) S_j = N^{k+1}, j ≤ k (telescoping (n+1)^{k+1} − n^{k+1}). */
export function powerSums(ring: Ring, count: Element, highest: number): readonly Element[] {
  const sums: Element[] = []
  for (let k = 0; k <= highest; k++) {
    const row = binomials(k + 1)
    const known = sums
      .map((sum, j) => ring.multiply(ring.rational(row[j]!), sum))
      .reduce((s, t) => ring.add(s, t), ring.zero)
    const rest = ring.subtract(ring.whole(count, k + 1), known)
    sums.push(ring.multiply(ring.rational(new Fraction(1, k + 1)), rest))
  }
  return sums
}

const isFlat = (ring: Ring, { exponents: [, slope] }: ExponentialTerm): boolean =>
  !slope || ring.isZero(slope)

function sumOf(ring: Ring, term: ExponentialTerm, [from, to]: readonly Element[]): Outcome | undefined {
  const degree = maybeDegree(term.power)
  if (degree === undefined || term.exponents.length > 2 || endless(ring, from!) !== undefined)
    return undefined
  const free = ring.multiply(term.free, exponentialOf(ring, term.exponents[0] ?? ring.zero))
  const endlessly = endless(ring, to!) === 1
  if (isFlat(ring, term)) {
    if (endlessly) return undefined
    const [below, through] = [from!, ring.add(to!, ring.one)].map(
      (count) => powerSums(ring, count, degree)[degree]!,
    )
    return { value: ring.multiply(free, ring.subtract(through!, below!)), demands: [] }
  }
  const slope = term.exponents[1]!
  const ratio = exponentialOf(ring, slope)
  const start = tail(ring, slope, degree, from!)
  if (!endlessly) {
    const rest = tail(ring, slope, degree, ring.add(to!, ring.one))
    const demands = nonzero(ring, ring.subtract(ring.one, ratio))
    return { value: ring.multiply(free, ring.subtract(start, rest)), demands }
  }
  const sign = realPart(ring, ring.negate(slope))
  if (sign === 'negative' || sign === 'zero') return undefined
  const below: Demand = { kind: 'belowOne', of: ratio, follows: sign === 'positive' }
  return { value: ring.multiply(free, start), demands: [below] }
}

const whereAll = (fits: (ring: Ring, term: ExponentialTerm) => boolean) =>
  inRing(({ ring, variable, body, limits }) => {
    const terms = maybeExponentialTerms(ring, body, variable)
    if (!terms?.every((term) => fits(ring, term))) return undefined
    const outcomes = terms.map((term) => sumOf(ring, term, limits))
    return outcomes.every((outcome) => outcome !== undefined) ? total(ring, outcomes) : undefined
  })

/** Most terms that are written one by one, where a closed form is not tried first, and at all. */
const FEW = 12
const MOST = 200

/** The terms one by one, for a range of whole numbers. */
const listed = (most: number) =>
  inRing(({ node, normal, ring, limits }) => {
    const [from, to] = limits.map((limit) => ring.maybeConstant(limit)?.re)
    if (!from || !to || from.d !== 1n || to.d !== 1n) return undefined
    // The terms from a to c are those from a to b and from b + 1 to c for all a, b, c (Concrete Mathematics, §2.6).
    const reversed = to.compare(from) < 0
    const [first, last] = reversed ? [to.add(1), from.sub(1)] : [from, to]
    if (last.sub(first).compare(most) >= 0) return undefined
    let value = ring.zero
    for (let n = first; n.compare(last) <= 0; n = n.add(1))
      value = ring.add(value, normal.normalize(substitute(node.body, { [node.variable]: number(n) })))
    return { value: reversed ? ring.negate(value) : value, demands: [] }
  })

const terms = {
  label: 'Sum term by term',
  statement: '\\sum_{n=k}^{m} a_{n} = a_{k} + a_{k+1} + \\dots + a_{m}',
  reference: 'The definition of a finite sum',
  operator: 'sum',
} as const

export const SUMS: readonly Lemma[] = [
  { id: 'finite-sum', ...terms, apply: listed(FEW) },
  {
    id: 'geometric',
    label: 'Geometric sum',
    statement:
      '\\sum_{n=0}^{\\infty} r^{n} = \\frac{1}{1 - r}, \\ |r| < 1; \\quad \\sum_{n=0}^{N} r^{n} = \\frac{1 - r^{N+1}}{1 - r}, \\ r \\neq 1',
    reference: 'DLMF §1.2(ii)',
    operator: 'sum',
    apply: whereAll((ring, term) => !isFlat(ring, term) && term.power.n === 0n),
  },
  {
    id: 'power-sum',
    label: 'Sum of powers',
    statement: '\\sum_{j=0}^{k} \\binom{k+1}{j} \\sum_{n=0}^{N-1} n^{j} = N^{k+1}',
    reference: 'DLMF §24.4(iii); telescoping',
    operator: 'sum',
    apply: whereAll(isFlat),
  },
  {
    id: 'geometric-moments',
    label: 'Geometric sum with powers',
    statement:
      'T_{k} = \\sum_{n=0}^{\\infty} n^{k} r^{n}, \\quad T_{k} = \\delta_{k 0} + r \\sum_{j=0}^{k} \\binom{k}{j} T_{j}, \\quad |r| < 1',
    reference: 'Graham, Knuth, Patashnik, Concrete Mathematics (2nd ed.), §7.4',
    operator: 'sum',
    apply: whereAll(() => true),
  },
  { id: 'long-sum', ...terms, apply: listed(MOST) },
]
