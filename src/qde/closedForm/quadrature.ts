/**
 * A Gaussian kernel applied to a wave function on its grid, axis by axis:
 *
 *   (Uψ)(x) = ∫ K(x, y) ψ(y) dy ≈ dy Σ_j K(x, y_j) ψ(y_j),
 *
 * ψ taken as 0 outside the box. The trapezoidal rule is spectrally accurate for an integrand that decays at both
 * ends: by Poisson's summation its error is Σ_{m≠0} U(e^{2πimy/dy} ψ), the ghosts of ψ boosted by multiples of the
 * grid's sampling wave number. On the points halfway between those of the grid, where the spectral series gives ψ,
 * ghosts of odd m change sign: half the difference of the two sums measures them, and their mean, which is
 * returned, is free of them.
 */
import { PsilabError } from '../../error.js'
import { type Grid, interpolate, stridesOf, WaveFunction } from '../../grid/index.js'
import { edgeShare } from '../box/index.js'
import { type GaussianForm, gaussianForm } from './gaussianForm.js'
import type { LineKernel } from './lineKernel.js'
import { mapPoints } from './pointMap.js'

/** Largest norm of the ghosts relative to the result's. */
const GHOSTS = 1e-7
/** Largest |ψ|² at the edge of the box relative to its peak. */
const EDGE = 1e-8

/** Uψ on the grid of ψ. @throws PsilabError `resolution` where the grid holds neither kernel nor result */
export function applyToField(kernels: readonly LineKernel[], state: WaveFunction): WaveFunction {
  let psi = state
  kernels.forEach((kernel, d) => {
    psi = kernel.b.isZero() ? mapPoints(kernel, psi, d) : integrate(kernel, psi, d)
  })
  const edge = edgeShare(psi)
  if (!(edge <= EDGE))
    throw new PsilabError({
      code: 'resolution',
      parameter: 'grid',
      problem: `the box is too small for the result: at its edge |ψ|² is ${edge.toExponential(1)} of its peak`,
      allowed: `at most ${EDGE}`,
      advice: 'Put the state on a wider grid, or apply the kernel to a Gaussian state, which needs none.',
    })
  return psi
}

function integrate(kernel: LineKernel, psi: WaveFunction, d: number): WaveFunction {
  const { grid } = psi
  const { coordinates, spacing, lower, upper } = grid.axes[d]
  const form = gaussianForm(kernel)
  const halfway = Float64Array.from([
    coordinates[0] - spacing / 2,
    ...coordinates.map((x) => x + spacing / 2),
  ])
  const inside = halfway.filter((x) => x > lower && x < upper)
  const between = interpolate(
    psi,
    grid.axes.map((axis, e) => (e === d ? inside : axis.coordinates)),
  )
  const onGrid = sumAlong(form, grid, d, coordinates, psi.values)
  const offGrid = sumAlong(form, grid, d, inside, between)
  let size = 0
  let ghosts = 0
  for (let i = 0; i < onGrid.length; i++) {
    const difference = (onGrid[i] - offGrid[i]) / 2
    onGrid[i] -= difference
    size += onGrid[i] * onGrid[i]
    ghosts += difference * difference
  }
  if (!(size > 0 && Number.isFinite(size))) notFinite(size)
  requireResolved(Math.sqrt(ghosts / size), grid, d)
  return new WaveFunction(grid, onGrid)
}

/** dy Σ_j K(x, y_j) ψ(…, y_j, …) at the grid's own points x of axis d. */
function sumAlong(
  form: GaussianForm,
  grid: Grid,
  d: number,
  nodes: Float64Array,
  field: Float64Array,
): Float64Array {
  const { coordinates, points, spacing } = grid.axes[d]
  const stride = stridesOf(grid.shape)[d]
  const outer = grid.size / (points * stride)
  const result = new Float64Array(2 * grid.size)
  const row = new Float64Array(2 * nodes.length)
  for (let p = 0; p < points; p++) {
    fillRow(row, form, coordinates[p], nodes, spacing)
    for (let o = 0; o < outer; o++)
      for (let s = 0; s < stride; s++) {
        let [re, im] = [0, 0]
        for (let j = 0; j < nodes.length; j++) {
          const from = 2 * ((o * nodes.length + j) * stride + s)
          const [kre, kim, fre, fim] = [row[2 * j], row[2 * j + 1], field[from], field[from + 1]]
          re += kre * fre - kim * fim
          im += kre * fim + kim * fre
        }
        const to = 2 * ((o * points + p) * stride + s)
        result[to] = re
        result[to + 1] = im
      }
  }
  return result
}

/** weight·K(x, y_j), interleaved. */
function fillRow(
  row: Float64Array,
  { xx, xy, yy, x: fx, y: fy, constant }: GaussianForm,
  x: number,
  nodes: Float64Array,
  weight: number,
): void {
  const re0 = -0.5 * xx.re * x * x + fx.re * x + constant.re
  const im0 = -0.5 * xx.im * x * x + fx.im * x + constant.im
  const [re1, im1] = [xy.re * x + fy.re, xy.im * x + fy.im]
  for (let j = 0; j < nodes.length; j++) {
    const y = nodes[j]
    const magnitude = weight * Math.exp(re0 + (re1 - 0.5 * yy.re * y) * y)
    const angle = im0 + (im1 - 0.5 * yy.im * y) * y
    row[2 * j] = magnitude * Math.cos(angle)
    row[2 * j + 1] = magnitude * Math.sin(angle)
  }
}

function notFinite(size: number): never {
  throw new PsilabError({
    code: 'not-finite',
    parameter: 'state',
    problem: 'the result is 0 or not finite in double precision',
    allowed: 'a finite norm > 0',
    got: size,
    advice: 'Take ζ₀ out (a constant only scales the result in imaginary time), or shorten s.',
  })
}

function requireResolved(ghosts: number, grid: Grid, d: number): void {
  if (ghosts <= GHOSTS) return
  const { name, spacing } = grid.axes[d]
  throw new PsilabError({
    code: 'resolution',
    parameter: 'grid.points',
    problem: `the spacing ${spacing.toPrecision(2)} of ${name} is too wide for the kernel or the state, or the state reaches the edge: the sum is off by a share of ${ghosts.toExponential(1)}`,
    allowed: `at most ${GHOSTS}`,
    advice:
      'Take more points or a longer s (short times have the narrowest kernels), widen the box, or use problem.evolve.',
  })
}
