/**
 * The lowest levels of H = −D d²/dx² + ζ to many digits: the basis grows until two sizes agree to every digit asked
 * for. A basis gains digits with every state, so the larger one is far better than the two agree.
 */
import { PsilabError, requireInteger, requireNumber } from '../../error.js'
import { type Expression, rational } from '../../expr/index.js'
import type { Basis } from './basis.js'
import { type Extent, Extents } from './extent.js'
import { fromDouble, magnitude, rescale, toDouble } from './fixed.js'
import { lowestEigenvalues } from './lowest.js'
import { oscillatorBasis } from './oscillator.js'
import { maybePolynomial, type Polynomial } from './polynomial.js'
import { decimalsOf, PreciseLevels } from './result.js'
import { samplerOf } from './sampler.js'
import { sincBasis } from './sinc.js'
import type { Slices } from './slice.js'

export interface PreciseOptions {
  /** ζ, an expression of one variable. */
  readonly objective: Expression
  /** D > 0; like the parameters of ζ it stands for its shortest decimal, so that 0.1 is 1/10. */
  readonly D: number
  /** How many levels, 1 to 64. */
  readonly levels: number
  /** Significant digits of each level, and decimals where |E| < 1; 10 to 200. */
  readonly digits: number
}

const MOST_LEVELS = 64
const DIGITS = [10, 200] as const
/** Size of the first basis, as a share of the estimate, and least and greatest growth from one to the next. */
const FIRST = 0.5
const GROWTH = 1.2
const LEAP = 1.8
/** How much farther down ψ is followed, a unit of effort, so that the box converges with the spacing. */
const WIDENING = 0.1
/** Most products in a factorisation, and in applying H to every level, times 2. */
const MOST_FACTOR_WORK = 1.2e9
const MOST_LEVEL_WORK = 4e6
/** Steps of the basis before the search ends. */
const STEPS = 14
/** Decimals beyond those asked for to which levels of one basis are computed. */
const SPARE = 3

/**
 * The lowest levels to `digits` digits.
 *
 * @throws PsilabError 'parameter' for arguments out of range; 'unbounded', 'not-confining' or 'not-finite' where ζ has
 * no such levels; 'not-converged' where the largest basis does not reach the digits
 */
export function preciseLevels(options: PreciseOptions): PreciseLevels {
  const { levels, digits } = options
  requireLine(options.objective)
  requireNumber('D', options.D, 'a finite number > 0', (d) => d > 0)
  requireInteger('levels', levels, 1, MOST_LEVELS)
  requireInteger('digits', digits, ...DIGITS)
  const search = new Search(options)
  const history: Solution[] = []
  for (let effort = FIRST; search.affords(effort) && history.length < STEPS; ) {
    const solution = search.solve(effort, history[history.length - 1])
    const before = history[history.length - 1]
    history.push(solution)
    if (
      before !== undefined &&
      solution.errors(before).every((error, n) => error <= solution.allowed(n, digits))
    )
      return new PreciseLevels({
        ...solution,
        digits,
        errors: solution.errors(before),
        basis: search.basis.name,
      })
    effort = nextEffort(history, digits)
  }
  throw notConverged(options, history)
}

/**
 * The effort that should reach the digits: the logarithm of the error falls with the size at least as fast as it did
 * last. The error of a basis shows only beside the next one, so one more step, GROWTH, follows the last.
 */
function nextEffort(history: readonly Solution[], digits: number): number {
  const [a, b, c] = history.slice(-3)
  const last = history[history.length - 1]
  const least = last.effort * GROWTH
  if (c === undefined) return least
  const [early, late] = [b.missing(a, digits), c.missing(b, digits)]
  const slope = (early - late) / (b.effort - a.effort)
  const wanted = slope > 0 ? b.effort + late / slope : least
  return Math.max(least, Math.min(wanted, last.effort * LEAP))
}

/** Levels in one basis. */
class Solution {
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
class Search {
  readonly basis: Basis
  readonly #levels: number
  readonly #digits: number
  readonly #extent: Extent

  constructor({ objective, D, levels, digits }: PreciseOptions) {
    requireSmooth(objective)
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

  /** Whether a basis can be computed with in some ten seconds. */
  affords(effort: number): boolean {
    return this.basis
      .shapes(effort)
      .every(
        ({ size, bandwidth }) =>
          size * bandwidth ** 2 <= MOST_FACTOR_WORK && size * bandwidth * this.#levels <= MOST_LEVEL_WORK,
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

function requireLine({ variables }: Expression): void {
  if (variables.length === 1) return
  throw new PsilabError({
    code: 'parameter',
    parameter: 'objective',
    problem: 'levels to many digits are for one coordinate',
    got: variables,
  })
}

function requireSmooth(objective: Expression): void {
  const kink = objective.kink(objective.variables[0])
  if (kink === undefined) return
  throw new PsilabError({
    code: 'parameter',
    parameter: 'objective',
    problem: `${kink}, and the basis gains digits slowly where ζ is not smooth`,
    allowed: 'a smooth expression, for levels to many digits',
    got: objective.text,
  })
}

function notConverged({ digits }: PreciseOptions, history: readonly Solution[]): PsilabError {
  const [last, before] = [history[history.length - 1], history[history.length - 2]]
  const reached =
    last === undefined || before === undefined
      ? 'the basis that this takes is too large'
      : `${last.size} basis states leave an error of ${Math.max(...last.errors(before)).toExponential(0)}`
  return new PsilabError({
    code: 'not-converged',
    parameter: 'digits',
    problem: reached,
    got: digits,
    advice: 'Ask for fewer digits or fewer levels.',
  })
}
