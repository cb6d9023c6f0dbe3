/**
 * The spectral transform of a grid: Fourier, sine or cosine along each axis as its boundary wants. In the
 * spectral representation ∇² is diagonal, −Σ_d κ_d², so every function of the kinetic energy is a
 * pointwise product between two transforms.
 */
import { lineFFT } from '../numeric/index.js'
import type { Axis } from './axis.js'
import { type Grid, stridesOf } from './grid.js'

export interface Spectral {
  readonly grid: Grid
  /** κ² = Σ_d κ_d² of every coefficient, length `grid.size`, made when first asked for. */
  readonly wavenumberSquared: Float64Array
  /** Transforms an interleaved field of length 2·size in place. */
  forward(field: Float64Array): void
  /** Inverse of `forward`. */
  inverse(field: Float64Array): void
}

export function spectral(grid: Grid): Spectral {
  const strides = stridesOf(grid.shape)
  const lines = grid.axes.map(lineTransform)
  let squares: Float64Array | undefined
  const alongAll = (field: Float64Array, direction: 'forward' | 'inverse'): void => {
    lines.forEach((line, d) => {
      alongAxis(field, grid.shape[d], strides[d], line[direction])
    })
  }
  return {
    grid,
    get wavenumberSquared() {
      squares ??= squaredWavenumbers(grid)
      return squares
    },
    forward: (field) => alongAll(field, 'forward'),
    inverse: (field) => alongAll(field, 'inverse'),
  }
}

function squaredWavenumbers({ axes, size, shape }: Grid): Float64Array {
  const strides = stridesOf(shape)
  const squares = new Float64Array(size)
  axes.forEach(({ wavenumbers, points }, d) => {
    for (let i = 0; i < size; i++) squares[i] += wavenumbers[Math.floor(i / strides[d]) % points] ** 2
  })
  return squares
}

/** Replaces every line of `points` complex numbers, `stride` apart, by its transform. */
export function alongAxis(
  field: Float64Array,
  points: number,
  stride: number,
  transform: (line: Float64Array) => void,
): void {
  const line = new Float64Array(2 * points)
  const size = field.length / 2
  for (let block = 0; block < size; block += points * stride) {
    for (let start = block; start < block + stride; start++) {
      for (let j = 0, i = 2 * start; j < points; j++, i += 2 * stride) {
        line[2 * j] = field[i]
        line[2 * j + 1] = field[i + 1]
      }
      transform(line)
      for (let j = 0, i = 2 * start; j < points; j++, i += 2 * stride) {
        field[i] = line[2 * j]
        field[i + 1] = line[2 * j + 1]
      }
    }
  }
}

export interface LineTransform {
  forward(line: Float64Array): void
  inverse(line: Float64Array): void
}

/** The transform of one line of an axis, in place. */
export function lineTransform(axis: Axis): LineTransform {
  switch (axis.transform) {
    case 'fourier':
      return fourierLine(axis.points)
    case 'sine':
      return sineLine(axis.points)
    case 'cosine':
      return cosineLine(axis.points)
  }
}

function fourierLine(n: number): LineTransform {
  const fft = lineFFT(n)
  const out = new Float64Array(2 * n)
  return {
    forward(line) {
      fft.forward(line, out)
      line.set(out)
    },
    inverse(line) {
      fft.inverse(line, out)
      line.set(out)
    },
  }
}

/**
 * DST-I, S_k = Σ_j x_j sin(πjk/(n+1)), from the Fourier transform of the odd extension
 * 0, x_1 … x_n, 0, −x_n … −x_1 of length 2(n+1), which is −2i S_k. Its inverse is 2/(n+1) times itself.
 */
function sineLine(n: number): LineTransform {
  const m = 2 * (n + 1)
  const fft = lineFFT(m)
  const odd = new Float64Array(2 * m)
  const out = new Float64Array(2 * m)
  const transform = (line: Float64Array, scale: number): void => {
    for (let j = 1; j <= n; j++) {
      const re = line[2 * j - 2]
      const im = line[2 * j - 1]
      odd[2 * j] = re
      odd[2 * j + 1] = im
      odd[2 * (m - j)] = -re
      odd[2 * (m - j) + 1] = -im
    }
    fft.forward(odd, out)
    // S = (i/2)·X, so re S = −½ im X and im S = ½ re X.
    for (let k = 1; k <= n; k++) {
      line[2 * k - 2] = -0.5 * scale * out[2 * k + 1]
      line[2 * k - 1] = 0.5 * scale * out[2 * k]
    }
  }
  return {
    forward: (line) => transform(line, 1),
    inverse: (line) => transform(line, 2 / (n + 1)),
  }
}

/**
 * DCT-II, C_k = Σ_j x_j cos(πk(j+½)/n), from the Fourier transform of the even extension x_0 … x_{n−1}, x_{n−1} … x_0
 * of length 2n, which is 2 e^{iπk/2n} C_k. Its inverse fills the transform of the extension, which vanishes at k = n
 * and is −2 e^{iπk/2n} C_{2n−k} beyond.
 */
function cosineLine(n: number): LineTransform {
  const m = 2 * n
  const fft = lineFFT(m)
  const even = new Float64Array(2 * m)
  const out = new Float64Array(2 * m)
  const cosine = Float64Array.from({ length: n }, (_, k) => Math.cos((Math.PI * k) / m))
  const sine = Float64Array.from({ length: n }, (_, k) => Math.sin((Math.PI * k) / m))
  return {
    forward(line) {
      for (let j = 0; j < n; j++)
        for (let c = 0; c < 2; c++) {
          even[2 * j + c] = line[2 * j + c]
          even[2 * (m - 1 - j) + c] = line[2 * j + c]
        }
      fft.forward(even, out)
      for (let k = 0; k < n; k++) {
        line[2 * k] = 0.5 * (cosine[k] * out[2 * k] + sine[k] * out[2 * k + 1])
        line[2 * k + 1] = 0.5 * (cosine[k] * out[2 * k + 1] - sine[k] * out[2 * k])
      }
    },
    inverse(line) {
      even.fill(0)
      for (let k = 0; k < n; k++) {
        const [re, im] = [2 * line[2 * k], 2 * line[2 * k + 1]]
        even[2 * k] = cosine[k] * re - sine[k] * im
        even[2 * k + 1] = cosine[k] * im + sine[k] * re
        if (k === 0) continue
        // e^{iπ(m−k)/m} = −e^{−iπk/m}, and C_{m−k} = −C_k.
        even[2 * (m - k)] = cosine[k] * re + sine[k] * im
        even[2 * (m - k) + 1] = cosine[k] * im - sine[k] * re
      }
      fft.inverse(even, out)
      line.set(out.subarray(0, 2 * n))
    },
  }
}
