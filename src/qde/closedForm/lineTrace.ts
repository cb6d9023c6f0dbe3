/**
 * ln Tr U of a Gaussian kernel on a line. Under the trace T(r) joins T(l), and T(z)μ(M) = e^{…} T(z*)μ(M)T(−z*)
 * about the fixed point z* = z + Nz* of the motion, where
 *
 *   Tr μ(M) = ∫ μ(x, x) dx = (tr M − 2)^{−1/2},    for the oscillator 1/(2 sinh ½ωσ).
 */
import { Complex } from 'complex.js'
import { PsilabError } from '../../error.js'
import { isRealTime, type LineKernel } from './lineKernel.js'
import { addPoints, cocycle } from './phasePoint.js'

/** Kernels whose M is this close to real time have a trace as a distribution only. */
const UNITARY = 1e-14

/** @throws PsilabError `parameter` in real time, `not-confining` and `unbounded` where ζ does not confine */
export function lineLogTrace(kernel: LineKernel): Complex {
  const { a, b, c, d, turn, left, right, w } = kernel
  const excess = traceExcess(kernel)
  const decay = b.isZero() ? new Complex(0) : excess.div(b)
  if (!(decay.re > UNITARY * decay.abs())) diverges(kernel, decay)
  const z = addPoints(right, left)
  const fixed = {
    q: a.sub(1).mul(z.q).add(b.mul(z.p)).div(excess),
    p: d.sub(1).mul(z.p).add(c.mul(z.q)).div(excess),
  }
  const root = new Complex(Math.log(excess.abs()), turn + decay.arg())
  return w.add(cocycle(right, left)).sub(cocycle(fixed, z)).sub(root.div(2))
}

/** tr M − 2; for M near 1 as bc − (a − 1)(d − 1), where the difference would cancel. */
function traceExcess({ a, b, c, d }: LineKernel): Complex {
  const sum = a.add(d)
  return sum.abs() > 4 ? sum.sub(2) : b.mul(c).sub(a.sub(1).mul(d.sub(1)))
}

function diverges(kernel: LineKernel, decay: Complex): never {
  if (isRealTime(kernel))
    throw new PsilabError({
      code: 'parameter',
      parameter: 'angle',
      problem: 'the trace of a unitary operator does not converge',
      allowed: '0 < θ ≤ π/2; the partition function Z(β) has θ = π/2 and s = β',
      got: 0,
      advice: 'For Z take angle: Math.PI / 2; near real time take a small angle > 0.',
    })
  if (decay.re < 0)
    throw new PsilabError({
      code: 'unbounded',
      parameter: 'curvature',
      problem: 'ζ falls without bound, so the trace diverges',
      allowed: 'curvature > 0 along every axis',
      advice: 'Evolution over a short time still exists: use apply().',
    })
  throw new PsilabError({
    code: 'not-confining',
    parameter: 'curvature',
    problem: 'ζ does not confine, so the trace grows with the volume',
    allowed: 'curvature > 0 along every axis',
    advice: 'Use oscillatorPropagator, or a problem in a box.',
  })
}
