import Fraction from 'fraction.js'

/** A Gaussian rational re + i·im, exact. */
export interface Gaussian {
  readonly re: Fraction
  readonly im: Fraction
}

const NONE = new Fraction(0)

export const gaussian = (re: Fraction | number | bigint, im: Fraction | number | bigint = 0): Gaussian => ({
  re: re instanceof Fraction ? re : new Fraction(re),
  im: im instanceof Fraction ? im : new Fraction(im),
})

export const ZERO: Gaussian = gaussian(0)
export const ONE: Gaussian = gaussian(1)
/** i⁰ … i³. */
export const UNITS: readonly Gaussian[] = [ONE, gaussian(0, 1), gaussian(-1), gaussian(0, -1)]

export const isNone = (a: Gaussian): boolean => a.re.n === 0n && a.im.n === 0n
export const isReal = (a: Gaussian): boolean => a.im.n === 0n
export const isUnitOne = (a: Gaussian): boolean =>
  a.im.n === 0n && a.re.n === 1n && a.re.d === 1n && a.re.s > 0n
export const minus = (a: Gaussian): Gaussian => ({ re: a.re.neg(), im: a.im.neg() })

const added = (a: Fraction, b: Fraction): Fraction => (a.n === 0n ? b : b.n === 0n ? a : a.add(b))

export const plus = (a: Gaussian, b: Gaussian): Gaussian => ({ re: added(a.re, b.re), im: added(a.im, b.im) })

export function times(a: Gaussian, b: Gaussian): Gaussian {
  if (isUnitOne(a)) return b
  if (isUnitOne(b)) return a
  if (isReal(a) && isReal(b)) return { re: a.re.mul(b.re), im: NONE }
  if (isReal(a)) return { re: a.re.mul(b.re), im: a.re.mul(b.im) }
  if (isReal(b)) return { re: a.re.mul(b.re), im: a.im.mul(b.re) }
  return { re: a.re.mul(b.re).sub(a.im.mul(b.im)), im: a.re.mul(b.im).add(a.im.mul(b.re)) }
}

/** 1/a for a ≠ 0. */
export function inverse(a: Gaussian): Gaussian {
  if (isReal(a)) return { re: a.re.inverse(), im: NONE }
  const square = a.re.mul(a.re).add(a.im.mul(a.im))
  return { re: a.re.div(square), im: a.im.neg().div(square) }
}

export const written = (a: Gaussian): string =>
  `${a.re.toFraction()}${isReal(a) ? '' : `+${a.im.toFraction()}i`}`
