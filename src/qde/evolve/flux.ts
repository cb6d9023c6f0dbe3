/**
 * The probability that flows through a plane x = a in a unit of time, 2D Im ∫ψ* ∂ψ/∂x over the plane. ψ and ∂ψ/∂x at
 * a are sums over the grid line with the values and slopes at a of the cardinal functions of its spectral series.
 */
import { PsilabError, requireNumber } from '../../error.js'
import { type Axis, type Grid, stridesOf, type WaveFunction } from '../../grid/index.js'

/** A plane x = constant, by the name of its coordinate. */
export type Plane = Readonly<Record<string, number>>

export type Flux = (state: WaveFunction, D: number) => number

/** @throws PsilabError `parameter` where this is not one plane inside the box */
export function fluxThrough(grid: Grid, plane: Plane): Flux {
  const names = Object.keys(plane)
  const d = grid.axes.findIndex((a) => a.name === names[0])
  if (names.length !== 1 || d < 0)
    throw new PsilabError({
      code: 'parameter',
      parameter: 'flux',
      problem: 'not a plane',
      allowed: `one of ${grid.axes.map((a) => a.name).join(', ')}`,
      got: plane,
      advice: `For example flux: { ${grid.axes[0].name}: 2 }.`,
    })
  const axis = grid.axes[d]
  const at = requireNumber(
    `flux.${axis.name}`,
    plane[axis.name],
    `inside the box, ${axis.lower} to ${axis.upper}`,
    (a) => a > axis.lower && a < axis.upper,
  )
  const { value, slope } = cardinal(axis, at)
  const stride = stridesOf(grid.shape)[d]
  const area = grid.cell / axis.spacing
  return ({ values }, D) => {
    let sum = 0
    for (let line = 0; line < grid.size / axis.points; line++) {
      const start = Math.floor(line / stride) * stride * axis.points + (line % stride)
      let [re, im, slopeRe, slopeIm] = [0, 0, 0, 0]
      for (let j = 0, i = 2 * start; j < axis.points; j++, i += 2 * stride) {
        re += value[j] * values[i]
        im += value[j] * values[i + 1]
        slopeRe += slope[j] * values[i]
        slopeIm += slope[j] * values[i + 1]
      }
      sum += re * slopeIm - im * slopeRe
    }
    return 2 * D * sum * area
  }
}

/** Values and slopes at a of the functions of the spectral basis that are 1 at one grid point and 0 at the others. */
function cardinal(axis: Axis, a: number): { readonly value: Float64Array; readonly slope: Float64Array } {
  const { points: n, transform, wavenumbers, coordinates, lower } = axis
  const value = new Float64Array(n)
  const slope = new Float64Array(n)
  coordinates.forEach((x, j) => {
    wavenumbers.forEach((kappa, k) => {
      const [here, there] = [kappa * (a - lower), kappa * (x - lower)]
      switch (transform) {
        case 'sine': {
          const weight = (2 / (n + 1)) * Math.sin(there)
          value[j] += weight * Math.sin(here)
          slope[j] += weight * kappa * Math.cos(here)
          break
        }
        case 'cosine': {
          const weight = ((k === 0 ? 1 : 2) / n) * Math.cos(there)
          value[j] += weight * Math.cos(here)
          slope[j] -= weight * kappa * Math.sin(here)
          break
        }
        case 'fourier':
          // The largest wave number stands for both signs: its slopes cancel on the grid.
          value[j] += Math.cos(here - there) / n
          slope[j] -= (kappa * Math.sin(here - there)) / n
      }
    })
  })
  return { value, slope }
}
