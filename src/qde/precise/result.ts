/** Levels to many digits, as text and as numbers. */
import { INSPECT } from '../../shown.js'
import { bitLength, magnitude, toDouble, toText } from './fixed.js'

export interface PreciseData {
  /** Levels in fixed point, ascending, and bits after the point. */
  readonly values: readonly bigint[]
  readonly bits: number
  readonly digits: number
  /** How far each level moved when the basis grew last. */
  readonly errors: readonly number[]
  readonly basis: string
  readonly size: number
}

/** Differences below this are written as 7.5638e-24. */
const SMALL = 1e-6

export class PreciseLevels {
  /** E₀ ≤ E₁ ≤ …, each to `digits` significant digits (decimals where |E| < 1). */
  readonly energies: readonly string[]
  /** E₁ − E₀, E₂ − E₁, …, to the decimals that both levels have. */
  readonly splittings: readonly string[]
  readonly digits: number
  /** The largest change of a level when the basis grew last; the true error is far smaller. */
  readonly errorEstimate: number
  /** The basis in words, and the number of its states. */
  readonly basis: string
  readonly size: number

  constructor({ values, bits, digits, errors, basis, size }: PreciseData) {
    const decimals = values.map((v) => decimalsOf(v, bits, digits))
    this.energies = values.map((v, n) => toText(v, bits, decimals[n]))
    this.splittings = values
      .slice(1)
      .map((v, n) => difference(v - values[n], bits, Math.min(decimals[n], decimals[n + 1])))
    this.digits = digits
    this.errorEstimate = Math.max(...errors)
    this.basis = basis
    this.size = size
  }

  /** E₁ − E₀; undefined where only one level was computed. */
  get gap(): string | undefined {
    return this.splittings[0]
  }

  /** The levels as doubles. */
  toNumbers(): Float64Array {
    return Float64Array.from(this.energies, Number)
  }

  toString(): string {
    const levels = this.energies.map((e, n) => `E${subscript(n)} = ${e}`)
    const gaps = this.splittings.map((s, n) => `E${subscript(n + 1)} − E${subscript(n)} = ${s}`)
    const how = `${this.size} ${this.basis}; the last growth of the basis moved no level by more than ${this.errorEstimate.toExponential(0)}`
    return [...levels, ...gaps, how].join('\n')
  }

  [INSPECT](): string {
    return this.toString()
  }
}

/** Digits after the point that make `digits` significant ones once rounded, and all of them where |E| < 1. */
export function decimalsOf(value: bigint, bits: number, digits: number): number {
  const one = 1n << BigInt(bits)
  const whole = (magnitude(value) + one / 10n ** BigInt(digits)) / one
  return Math.max(0, digits - (whole === 0n ? 0 : whole.toString().length))
}

/** A positive difference known to some decimals: with a power of ten where it is small. */
function difference(value: bigint, bits: number, decimals: number): string {
  const size = toDouble(value, bits)
  const text = toText(value, bits, decimals)
  if (size >= SMALL || bitLength(value) === 0) return text
  const digits = text.replace(/^0\.0*/, '')
  if (digits === '') return `0e-${decimals}`
  const exponent = digits.length - 1 - decimals
  return `${digits[0]}${digits.length > 1 ? `.${digits.slice(1)}` : ''}e${exponent}`
}

function subscript(n: number): string {
  return Array.from(String(n), (digit) => '₀₁₂₃₄₅₆₇₈₉'[Number(digit)]).join('')
}
