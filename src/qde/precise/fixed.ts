/**
 * Fixed-point numbers: the integer v stands for v·2^−bits. One BigInt operation of a few hundred bits takes about
 * 0.1 µs, a fortieth of a floating decimal's, and eigenvalues of a matrix want absolute accuracy, which is what
 * fixed point gives.
 */
import type { Fraction } from 'fraction.js'

/** Bits that `digits` decimal digits take. */
export function bitsOf(digits: number): number {
  return Math.ceil(digits * Math.log2(10))
}

/** The fixed-point number nearest to a rational. */
export function toFixed({ s, n, d }: Fraction, bits: number): bigint {
  return s * roundedQuotient(n << BigInt(bits), d)
}

/** log₂ of the unit in which the smallest doubles are read. */
const SMALLEST = -1000

/** The fixed-point number nearest to a double. */
export function fromDouble(value: number, bits: number): bigint {
  const exponent = value === 0 ? 0 : Math.max(SMALLEST, Math.floor(Math.log2(Math.abs(value))) - 52)
  const mantissa = BigInt(Math.round(value / 2 ** exponent))
  return rescale(mantissa, -exponent, bits)
}

/** A fixed-point number as a double; right to 2^−52 for values of any size. */
export function toDouble(value: bigint, bits: number): number {
  const size = value < 0n ? -value : value
  const excess = Math.max(0, bitLength(size) - 64)
  return (value < 0n ? -1 : 1) * Number(size >> BigInt(excess)) * 2 ** (excess - bits)
}

/** The same number with another number of bits after the point. */
export function rescale(value: bigint, from: number, to: number): bigint {
  if (to >= from) return value << BigInt(to - from)
  const shift = BigInt(from - to)
  return (value + (1n << (shift - 1n))) >> shift
}

/** a·b. */
export function times(a: bigint, b: bigint, bits: number): bigint {
  return (a * b) >> BigInt(bits)
}

/** a/b. */
export function over(a: bigint, b: bigint, bits: number): bigint {
  return (a << BigInt(bits)) / b
}

/** √a. */
export function root(value: bigint, bits: number): bigint {
  return integerRoot(value << BigInt(bits))
}

/** The largest r with r² ≤ n, by Newton's iteration from above. */
function integerRoot(n: bigint): bigint {
  if (n < 2n) return n
  let r = 1n << BigInt((bitLength(n) + 1) >> 1)
  for (;;) {
    const next = (r + n / r) >> 1n
    if (next >= r) return r
    r = next
  }
}

/** ‖v‖. */
export function norm(vector: readonly bigint[]): bigint {
  return integerRoot(vector.reduce((sum, v) => sum + v * v, 0n))
}

export function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value
}

/** Bits of a natural number. */
export function bitLength(n: bigint): number {
  if (n === 0n) return 0
  const hex = n.toString(16)
  return 4 * hex.length - Math.clz32(Number.parseInt(hex[0], 16)) + 28
}

/** Decimal digits after the point, rounded to nearest: `-20.63`. */
export function toText(value: bigint, bits: number, decimals: number): string {
  const scaled = roundedQuotient(magnitude(value) * 10n ** BigInt(decimals), 1n << BigInt(bits))
  const digits = scaled.toString().padStart(decimals + 1, '0')
  const sign = value < 0n && scaled > 0n ? '-' : ''
  const point = digits.length - decimals
  return decimals === 0 ? sign + digits : `${sign}${digits.slice(0, point)}.${digits.slice(point)}`
}

function roundedQuotient(n: bigint, d: bigint): bigint {
  return (2n * n + d) / (2n * d)
}
