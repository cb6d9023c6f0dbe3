/**
 * The spectral series of a wave function between its grid points:
 *   Fourier: ψ(x) = (1/n) Σ_k X_k e^{iκ_k(x−a)},       sine: ψ(x) = 2/(n+1) Σ_k S_k sin κ_k(x−a),
 *   cosine:  ψ(x) = (2/n) [½C₀ + Σ_{k≥1} C_k cos κ_k(x−a)],
 * and 0 outside the box: a state that has decayed at the ends of a periodic box has no images beyond them. It is as exact as the grid is, so densities can be drawn and integrated where no grid point lies.
 */
import { radicesOf } from '../numeric/index.js'
import { type Axis, axis } from './axis.js'
import type { Grid } from './grid.js'
import { lineTransform, spectral } from './spectral.js'
import type { WaveFunction } from './waveFunction.js'

/**
 * Prepares ψ on the product of new coordinates; worth keeping for many states of one grid.
 * @param coordinates one array of lengths m₁, m₂ … an axis
 * @returns a function from a state to interleaved re, im of length 2·m₁·m₂…, C order
 */
export function interpolation(
  grid: Grid,
  coordinates: readonly Float64Array[],
): (state: WaveFunction) => Float64Array {
  const finer = grid.axes.length === 1 ? refinement(grid.axes[0], coordinates[0]) : undefined
  if (finer !== undefined) return (state) => finer(state.values)
  const { forward } = spectral(grid)
  const bases = coordinates.map((x, d) => basis(grid.axes[d], x))
  return (state) => {
    let field = Float64Array.from(state.values)
    forward(field)
    let shape = [...grid.shape]
    coordinates.forEach((x, d) => {
      field = seriesAlong(field, shape, d, bases[d], x.length)
      shape = shape.map((n, e) => (e === d ? x.length : n))
    })
    return field
  }
}

/**
 * The series at points that cut each interval of a line into equal parts, from the first grid point to the last, by a
 * transform of that many times the length; undefined for other points.
 */
function refinement(own: Axis, x: Float64Array): ((values: Float64Array) => Float64Array) | undefined {
  const { name, lower, upper, points, spacing, transform, coordinates } = own
  const parts = (x.length - 1) / (points - 1)
  if (!Number.isInteger(parts) || parts < 1 || radicesOf(parts) === undefined || transform === 'cosine')
    return undefined
  const slack = ROUNDING * spacing
  if (x.some((v, i) => Math.abs(v - coordinates[0] - (i * spacing) / parts) > slack)) return undefined
  if (parts === 1) return (values) => Float64Array.from(values)
  const walls = transform === 'sine'
  const fine = axis({
    name,
    lower,
    upper,
    intervals: (walls ? points + 1 : points) * parts,
    boundary: walls ? 'walls' : 'periodic',
  })
  const [coarse, long] = [lineTransform(own), lineTransform(fine)]
  // With walls the first point of the finer grid lies nearer to the wall.
  const first = walls ? parts - 1 : 0
  const positive = walls ? points : Math.ceil(points / 2)
  return (values) => {
    const modes = Float64Array.from(values, (v) => v * parts)
    coarse.forward(modes)
    const line = new Float64Array(2 * fine.points)
    line.set(modes.subarray(0, 2 * positive))
    line.set(modes.subarray(2 * positive), 2 * (fine.points - points + positive))
    if (!walls && points % 2 === 0)
      // The Nyquist term stands for both signs of κ.
      for (const c of [0, 1]) {
        const half = modes[points + c] / 2
        line[points + c] = half
        line[2 * fine.points - points + c] = half
      }
    long.inverse(line)
    return line.slice(2 * first, 2 * (first + x.length))
  }
}

/** ψ on the product of new coordinates: `interpolation` for a single state. */
export function interpolate(state: WaveFunction, coordinates: readonly Float64Array[]): Float64Array {
  return interpolation(state.grid, coordinates)(state)
}

/** Replaces the coefficients along one axis by values at the points x. */
function seriesAlong(
  field: Float64Array,
  shape: readonly number[],
  d: number,
  { re: basisRe, im: basisIm }: Basis,
  count: number,
): Float64Array<ArrayBuffer> {
  const n = shape[d]
  const stride = shape.slice(d + 1).reduce((product, m) => product * m, 1)
  const outer = shape.slice(0, d).reduce((product, m) => product * m, 1)
  const result = new Float64Array(2 * outer * count * stride)
  for (let o = 0; o < outer; o++)
    for (let p = 0; p < count; p++)
      for (let s = 0; s < stride; s++) {
        let re = 0
        let im = 0
        let from = 2 * (o * n * stride + s)
        const end = (p + 1) * n
        if (basisIm)
          for (let c = p * n; c < end; c++, from += 2 * stride) {
            const a = field[from]
            const b = field[from + 1]
            re += a * basisRe[c] - b * basisIm[c]
            im += a * basisIm[c] + b * basisRe[c]
          }
        else
          for (let c = p * n; c < end; c++, from += 2 * stride) {
            re += field[from] * basisRe[c]
            im += field[from + 1] * basisRe[c]
          }
        const to = 2 * ((o * count + p) * stride + s)
        result[to] = re
        result[to + 1] = im
      }
  return result
}

/** Share of an interval by which rounding may move a point beyond the end of the box. */
const ROUNDING = 1e-9

/** Basis functions at points, row-major [points, axis.points]; sines and cosines have no imaginary part. */
interface Basis {
  readonly re: Float64Array
  readonly im: Float64Array | undefined
}

function basis(axis: Axis, x: Float64Array): Basis {
  const n = axis.points
  const re = new Float64Array(x.length * n)
  const im = axis.transform === 'fourier' ? new Float64Array(x.length * n) : undefined
  const slack = ROUNDING * axis.spacing
  x.forEach((at, p) => {
    if (at < axis.lower - slack || at > axis.upper + slack) return
    for (let k = 0; k < n; k++) {
      const phase = axis.wavenumbers[k] * (at - axis.lower)
      switch (axis.transform) {
        case 'sine':
          re[p * n + k] = (2 / (n + 1)) * Math.sin(phase)
          break
        case 'cosine':
          re[p * n + k] = ((k === 0 ? 1 : 2) / n) * Math.cos(phase)
          break
        case 'fourier':
          re[p * n + k] = Math.cos(phase) / n
          // The Nyquist term stands for both signs of κ: its sine part cancels.
          im![p * n + k] = k === n / 2 ? 0 : Math.sin(phase) / n
      }
    }
  })
  return { re, im }
}
