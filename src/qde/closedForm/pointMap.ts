/**
 * A kernel at b = 0 maps points to points: at time 0, and at a focus of real time, where the oscillator reflects
 * ψ about its centre: μ(M)ψ(x) = d^{−1/2} exp{−½(c/d)x²} ψ(x/d), between the displacements of the kernel.
 */
import { Complex } from 'complex.js'
import { PsilabError } from '../../error.js'
import { interpolate, stridesOf, WaveFunction } from '../../grid/index.js'
import type { LineKernel } from './lineKernel.js'

/** Rounding of a real position. */
const REAL = 1e-12

/** Uψ along axis d, ψ between its points from the spectral series, 0 outside the box. */
export function mapPoints(kernel: LineKernel, psi: WaveFunction, d: number): WaveFunction {
  const { grid } = psi
  const { coordinates, lower, upper } = grid.axes[d]
  const { left, right } = kernel
  for (const { q } of [left, right]) if (Math.abs(q.im) > REAL * Math.max(1, Math.abs(q.re))) complexPoint()
  const sources = coordinates.map((x) => (x - left.q.re) / kernel.d.re - right.q.re)
  const field = interpolate(
    psi,
    grid.axes.map((axis, e) => (e === d ? sources : axis.coordinates)),
  )
  const factors = Array.from(coordinates, (x, j) =>
    sources[j] < lower || sources[j] > upper ? new Complex(0) : factorAt(kernel, x),
  )
  const stride = stridesOf(grid.shape)[d]
  for (let i = 0; i < grid.size; i++) {
    const { re, im } = factors[Math.floor(i / stride) % factors.length]
    const [fre, fim] = [field[2 * i], field[2 * i + 1]]
    field[2 * i] = re * fre - im * fim
    field[2 * i + 1] = re * fim + im * fre
  }
  return new WaveFunction(grid, field)
}

/** (Uψ)(x)/ψ(source of x). */
function factorAt({ c, d, turn, left, right, w }: LineKernel, x: number): Complex {
  const away = left.q.neg().add(x)
  const source = away.div(d)
  return w
    .add(left.p.mul(left.q.div(-2).add(x)))
    .add(right.p.mul(right.q.div(-2).add(source)))
    .sub(c.mul(away).mul(source).div(2))
    .sub(new Complex(Math.log(d.abs()), turn).div(2))
    .exp()
}

function complexPoint(): never {
  throw new PsilabError({
    code: 'resolution',
    parameter: 's',
    problem: 'the kernel takes every point to a complex one, where a grid has no values',
    allowed: 'kernels of real time at a focus',
    advice: 'Apply the kernel to a Gaussian state, or take a slightly different s.',
  })
}
