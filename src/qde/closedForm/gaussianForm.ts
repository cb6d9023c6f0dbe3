/**
 * The kernel of a line as the exponential of a quadratic form,
 *
 *   K(x, y) = exp(−½A x² + B xy − ½C y² + Fx + Gy + H),
 *
 * A = a/b, B = 1/b, C = d/b, F and G from the displacements, and H with the root of 2πb, whose sign is the Maslov
 * phase: K changes by e^{−iπ/2} at every focus (Horváthy, Int. J. Theor. Phys. 18, 245 (1979)).
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
export function gaussianForm({ a, b, d, turn, left, right, w }: LineKernel): GaussianForm {
  if (b.isZero())
    throw new PsilabError({
      code: 'not-finite',
      parameter: 's',
      problem: 'the kernel is a δ distribution here: every point goes to one point',
      allowed: 's > 0, and in real time no focus ωt = nπ of an oscillator',
      advice: 'apply() maps states here as well; for values take a slightly different s.',
    })
  const root = new Complex(Math.log(2 * Math.PI * b.abs()), turn)
  // −[a(x − l)² − 2(x − l)(y + r) + d(y + r)²]/2b, l and r being the displacements of position.
  const [inX, inY] = [a.mul(left.q).add(right.q).div(b), d.mul(right.q).add(left.q).div(b).neg()]
  const fixed = right.q.mul(inY).sub(left.q.mul(inX))
  const boosts = right.p.mul(right.q).sub(left.p.mul(left.q))
  return {
    xx: a.div(b),
    xy: b.inverse(),
    yy: d.div(b),
    x: left.p.add(inX),
    y: right.p.add(inY),
    constant: w.add(fixed.add(boosts).sub(root).div(2)),
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
