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
export const isUnitOne = (a: Gaussian): boolean => a.im.n === 0n && a.re.equals(1)
export const plus = (a: Gaussian, b: Gaussian): Gaussian => ({ re: a.re.add(b.re), im: a.im.add(b.im) })

export function times(a: Gaussian, b: Gaussian): Gaussian {
  if (isReal(a) && isReal(b)) return { re: a.re.mul(b.re), im: NONE }
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
