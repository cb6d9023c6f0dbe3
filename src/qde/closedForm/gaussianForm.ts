/**
 * The kernel of a line as the exponential of a quadratic form,
 *
 *   K(x, y) = exp(−½A x² + B xy − ½C y² + Fx + Gy + H),
 *
 * A = a/b, B = 1/b, C = d/b, F = p + aq/b, G = −q/b, and H with the root of 2πb, whose sign is the Maslov phase:
 * K changes by e^{−iπ/2} at every focus (Horváthy, Int. J. Theor. Phys. 18, 245 (1979)).
 */
import { Complex } from 'complex.js'
import { PsilabError } from '../../error.js'
import type { LineKernel } from './lineKernel.js'

export interface GaussianForm {
  readonly xx: Complex
  readonly xy: Complex
  readonly yy: Complex
  readonly x: Complex
  readonly y: Complex
  readonly constant: Complex
}

/** @throws PsilabError `not-finite` where b = 0, so that the kernel is a δ distribution */
export function gaussianForm({ a, b, d, turn, q, p, w }: LineKernel): GaussianForm {
  if (b.isZero())
    throw new PsilabError({
      code: 'not-finite',
      parameter: 's',
      problem: 'the kernel is a δ distribution here: every point goes to one point',
      allowed: 's > 0, and in real time no focus ωt = nπ of an oscillator',
      advice: 'apply() maps states here as well; for values take a slightly different s.',
    })
  const slope = a.mul(q).div(b)
  const root = new Complex(Math.log(2 * Math.PI * b.abs()), turn)
  return {
    xx: a.div(b),
    xy: b.inverse(),
    yy: d.div(b),
    x: p.add(slope),
    y: q.div(b).neg(),
    constant: w.sub(p.add(slope).mul(q).add(root).div(2)),
  }
}

/** ln K(x, y). */
export function formAt({ xx, xy, yy, x: fx, y: fy, constant }: GaussianForm, x: number, y: number): Complex {
  return xx
    .mul(-x * x)
    .sub(yy.mul(y * y))
    .div(2)
    .add(xy.mul(x * y))
    .add(fx.mul(x))
    .add(fy.mul(y))
    .add(constant)
}
