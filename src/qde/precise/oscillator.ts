/**
 * H with a polynomial ζ in the states of an oscillator, x = c + sξ:
 *
 *   ξ φₙ = √(n/2) φₙ₋₁ + √((n+1)/2) φₙ₊₁ ,   −φₙ″ + ξ²φₙ = (2n + 1)φₙ ,
 *   H = (D/s²)(2n + 1) + P(ξ) ,   P(ξ) = ζ(c + sξ) − (D/s²)ξ² ,
 *
 * so H is banded and its elements are exact: the levels of a truncated matrix lie above the true ones and fall
 * with its size (Ritz). Where P is even, even and odd n make two blocks, in which the tridiagonal matrix is that of ξ²:
 * diagonal n + ½, next to it ½√((n+1)(n+2)).
 *
 * c is the centre of symmetry, or the middle of the states. s and the size follow from the phase space of the states,
 * an ellipse of half axes X and K: s = √(X/K), size ½XK. For ζ ≈ a x^{2m} ψ̂ decays at large momenta as
 * exp(−sin(π/2m) ∫ (Dk²/a)^{1/2m} dk), the turning points of E − Dk² = ζ being complex.
 */
import Fraction from 'fraction.js'
import { ALL, type Basis, type Block, bitsFor, EVEN, ODD, type Precision } from './basis.js'
import { dyadic } from './dyadic.js'
import type { Extent } from './extent.js'
import { root, toFixed } from './fixed.js'
import { centreOf, isEven, type Polynomial, recentre } from './polynomial.js'

export interface OscillatorOptions extends Precision {
  readonly D: Fraction
  readonly extent: Extent
  /** ψ and ψ̂ are to be held down to e^{−decay}. */
  readonly decay: number
}

/** Significant bits of s, and those of c as a share of the width of the states. */
const LENGTH_BITS = 10
const CENTRE_BITS = 8

export function oscillatorBasis(zeta: Polynomial, options: OscillatorOptions): Basis {
  const { D, extent, decay } = options
  const symmetric = isEven(recentre(zeta, centreOf(zeta), new Fraction(1)))
  const centre = symmetric ? centreOf(zeta) : middleOf(extent)
  const X = Math.max(extent.upper - centre.valueOf(), centre.valueOf() - extent.lower)
  const K = Math.max(extent.momentum, momentumReach(zeta, D.valueOf(), decay))
  const s = dyadic(Math.sqrt(X / K), LENGTH_BITS)
  const quantum = D.div(s.mul(s))
  const P = [...recentre(zeta, centre, s)]
  P[2] = P[2].sub(quantum)
  const sizeOf = (effort: number): number => {
    const size = Math.ceil(0.5 * X * K * effort) + 8
    return symmetric ? Math.ceil(size / 2) : size
  }
  const block = (size: number, first: number, stride: number, levelsOf: Block['levelsOf']): Block => {
    const coefficients = P.filter((_, k) => k % stride === 0)
    const highest = first + stride * (size + coefficients.length)
    const { bits, guard } = bitsFor(options, magnitudeOf(P, highest))
    const ladder = stride === 2 ? squareLadder(first, bits) : positionLadder(bits)
    const rows = polynomialOf(coefficients, ladder, size, bits)
    for (const [i, row] of rows.entries())
      row[row.length - 1] += toFixed(quantum.mul(2 * (first + stride * i) + 1), bits)
    return { matrix: { size, bits, guard, bandwidth: coefficients.length - 1, rows }, levelsOf }
  }
  return {
    name: `oscillator states of width ${s.valueOf().toPrecision(3)} about ${Number(centre.valueOf().toPrecision(6))}`,
    shapes: (effort) => [{ size: sizeOf(effort), bandwidth: (P.length - 1) / (symmetric ? 2 : 1) }],
    blocks: (effort) => {
      const size = sizeOf(effort)
      return symmetric ? [block(size, 0, 2, EVEN), block(size, 1, 2, ODD)] : [block(size, 0, 1, ALL)]
    },
  }
}

/** The middle of the states, to a small part of their width. */
function middleOf({ lower, upper }: Extent): Fraction {
  const unit = 2 ** Math.floor(Math.log2(upper - lower) - CENTRE_BITS)
  return dyadic(unit, 1).mul(Math.round((lower + upper) / (2 * unit)))
}

/** k at which ψ̂ has decayed by e^{−decay} for the leading term of ζ. */
function momentumReach(zeta: Polynomial, D: number, decay: number): number {
  const degree = zeta.length - 1
  const m = degree / 2
  const rate = (D / zeta[degree].valueOf()) ** (1 / degree) * Math.sin(Math.PI / degree)
  return ((decay * (1 + 1 / m)) / rate) ** (m / (m + 1))
}

/** log₂ of the largest element of P(ξ) among the first n states, and of the powers of ξ on the way. */
function magnitudeOf(P: Polynomial, n: number): number {
  const reach = Math.sqrt(2 * n)
  const largest = P.reduce((sum, c, k) => sum + Math.abs(c.valueOf()) * reach ** k, 1)
  return Math.max(Math.log2(largest), (P.length - 1) * Math.log2(reach))
}

/** A symmetric tridiagonal matrix by its elements: diagonal(i) and next(i) = (i, i+1). */
interface Ladder {
  diagonal(i: number): bigint
  next(i: number): bigint
}

function positionLadder(bits: number): Ladder {
  return { diagonal: () => 0n, next: (i) => root(toFixed(new Fraction(i + 1, 2), bits), bits) }
}

function squareLadder(first: number, bits: number): Ladder {
  return {
    diagonal: (i) => toFixed(new Fraction(4 * i + 2 * first + 1, 2), bits),
    next: (i) => {
      const n = first + 2 * i
      return root(toFixed(new Fraction((n + 1) * (n + 2), 4), bits), bits)
    },
  }
}

/**
 * Lower rows of p(J) among the first `size` states, by Horner's rule. A product with J is wrong in the last row that
 * is kept, and each later one spreads this by one row, so the products are made with as many rows more.
 */
function polynomialOf(p: Polynomial, ladder: Ladder, size: number, bits: number): bigint[][] {
  const degree = p.length - 1
  const all = size + degree
  const shift = BigInt(bits)
  const diagonal = Array.from({ length: all }, (_, i) => ladder.diagonal(i))
  const next = Array.from({ length: all }, (_, i) => ladder.next(i))
  const coefficients = p.map((c) => toFixed(c, bits))
  // rows[i][k] is the element (i, i − width + k) for the current width.
  let rows = Array.from({ length: all }, () => [coefficients[degree]])
  for (let width = 1; width <= degree; width++) {
    const before = rows
    const element = (i: number, j: number): bigint => {
      const [row, column] = i >= j ? [i, j] : [j, i]
      if (row >= all || column < 0 || row - column > width - 1) return 0n
      return before[row][width - 1 - (row - column)]
    }
    rows = Array.from({ length: all }, (_, i) =>
      Array.from({ length: width + 1 }, (_unused, k) => {
        const j = i - width + k
        if (j < 0) return 0n
        const below = j > 0 ? element(i, j - 1) * next[j - 1] : 0n
        const sum = below + element(i, j) * diagonal[j] + element(i, j + 1) * next[j]
        return (sum >> shift) + (i === j ? coefficients[degree - width] : 0n)
      }),
    )
  }
  return rows.slice(0, size).map((row, i) => row.slice(Math.max(0, degree - i)))
}
