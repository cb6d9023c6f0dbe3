/** One problem in bases of growing size: which basis, and what it gives. */
import { rational } from '../../expr/index.js'
import type { Basis } from './basis.js'
import { type Extent, Extents } from './extent.js'
import { fromDouble, magnitude, rescale, toDouble } from './fixed.js'
import { lowestEigenvalues } from './lowest.js'
import type { PreciseOptions } from './options.js'
import { oscillatorBasis } from './oscillator.js'
import { maybePolynomial, type Polynomial } from './polynomial.js'
import { decimalsOf } from './result.js'
import { samplerOf } from './sampler.js'
import { sincBasis } from './sinc.js'
import type { Slices } from './slice.js'

/** How much farther down ψ is followed, a unit of effort, so that the box converges with the spacing. */
const WIDENING = 0.1
/** Most products in a factorisation in doubles, and in applying H to every level: about a second each. */
const MOST_FACTOR_PRODUCTS = 6e8
const MOST_LEVEL_PRODUCTS = 4e6
/** Decimals beyond those asked for to which levels of one basis are computed. */
const SPARE = 3

/** Levels in one basis. */
export class Solution {
  readonly effort: number
  /** Ascending, fixed point. */
  readonly values: readonly bigint[]
  readonly bits: number
  /** Number of basis states. */
  readonly size: number
  /** Where each block has its levels. */
  readonly slices: readonly Slices[]

  constructor(
    effort: number,
    values: readonly bigint[],
    bits: number,
    size: number,
    slices: readonly Slices[],
  ) {
    this.effort = effort
    this.values = values
    this.bits = bits
    this.size = size
    this.slices = slices
  }

  /** How far each level is from that of a smaller basis. */
  errors(before: Solution): number[] {
    return this.values.map((v, n) =>
      toDouble(magnitude(v - rescale(before.values[n], before.bits, this.bits)), this.bits),
    )
  }

  /** Digits that a smaller basis lacks in its worst level, by this one. */
  missing(before: Solution, digits: number): number {
    return Math.max(
      ...this.errors(before).map((error, n) =>
        Math.log10(error / this.allowed(n, digits) + Number.MIN_VALUE),
      ),
    )
  }

  /** A quarter of the last digit of level n. */
  allowed(n: number, digits: number): number {
    return 0.25 * 10 ** -decimalsOf(this.values[n], this.bits, digits)
  }
}

/** One problem with its basis. */
export class Search {
  readonly basis: Basis
  readonly #levels: number
  readonly #digits: number
  readonly #extent: Extent

  constructor({ objective, D, levels, digits }: PreciseOptions) {
    this.#levels = levels
    this.#digits = digits
    const extents = new Extents(samplerOf(objective), D, levels)
    const decay = ((digits + SPARE) * Math.LN10) / 2
    this.#extent = extents.at(decay)
    const precision = {
      D: rational(D),
      digits,
      spacing: (this.#extent.energy - this.#extent.minimum) / levels,
    }
    const polynomial = maybePolynomial(objective, 2 * digits)
    this.basis =
      polynomial !== undefined && confines(polynomial)
        ? oscillatorBasis(polynomial, { ...precision, decay, extent: this.#extent })
        : sincBasis(objective, {
            ...precision,
            extent: (effort) => extents.at(decay * (1 + WIDENING * effort)),
          })
  }

  /** Whether the levels in a basis take seconds and not minutes. */
  affords(effort: number): boolean {
    return this.basis
      .shapes(effort)
      .every(
        ({ size, bandwidth }) =>
          (size * bandwidth ** 2) / 2 <= MOST_FACTOR_PRODUCTS &&
          size * bandwidth * this.#levels <= MOST_LEVEL_PRODUCTS,
      )
  }

  solve(effort: number, before: Solution | undefined): Solution {
    const { energy, minimum } = this.#extent
    const blocks = this.basis.blocks(effort).filter(({ levelsOf }) => levelsOf(this.#levels) > 0)
    const found = blocks.map(({ matrix, levelsOf }, k) => {
      const levels = levelsOf(this.#levels)
      const { bits, size } = matrix
      const tolerance = (1n << BigInt(bits)) / 10n ** BigInt(this.#digits + SPARE)
      const floor = fromDouble(minimum, bits)
      const step = fromDouble((energy - minimum) / 16, bits)
      const guess = before?.slices[k]
      return {
        bits,
        size,
        ...lowestEigenvalues(matrix, { levels, tolerance, floor, step, ...(guess && { guess }) }),
      }
    })
    const bits = Math.max(...found.map((block) => block.bits))
    const values = found.flatMap((block) => block.values.map((v) => rescale(v, block.bits, bits)))
    return new Solution(
      effort,
      values.sort((a, b) => (a < b ? -1 : 1)),
      bits,
      found.reduce((sum, { size }) => sum + size, 0),
      found.map(({ slices }) => slices),
    )
  }
}

/** Whether a polynomial has only bound states. */
function confines(p: Polynomial): boolean {
  const degree = p.length - 1
  return degree >= 2 && degree % 2 === 0 && p[degree].s > 0n
}
