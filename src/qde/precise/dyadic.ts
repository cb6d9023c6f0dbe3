/** Short rationals near doubles: lengths and centres whose powers stay short. */
import Fraction from 'fraction.js'

/** The nearest number with `bits` significant bits. */
export function dyadic(value: number, bits: number): Fraction {
  if (value === 0) return new Fraction(0)
  const shift = bits - 1 - Math.floor(Math.log2(Math.abs(value)))
  const mantissa = BigInt(Math.round(value * 2 ** shift))
  return shift >= 0 ? new Fraction(mantissa, 1n << BigInt(shift)) : new Fraction(mantissa << BigInt(-shift))
}
