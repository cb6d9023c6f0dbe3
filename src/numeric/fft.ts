/**
 * Discrete Fourier transform of one complex line of any length 2^a·3^b·5^c, in plain TypeScript.
 *
 *   forward:  X_k = Σ_j x_j e^{−2πi jk/n}          inverse:  x_j = (1/n) Σ_k X_k e^{+2πi jk/n}
 *
 * Stockham's scheme: the stages of factors.ts, each written to a second array in such an order that the
 * modes come out sorted. A stage of radix r at block length L = r·m, with `done` lines interleaved, takes
 *
 *   y[(r·j + s)·done + c] = ω_L^{js} Σ_q ω_r^{qs} x[(j + q·m)·done + c],   j < m, s < r, c < done.
 *
 * The inverse is the forward transform with real and imaginary parts exchanged on the way in and out.
 */
import { PsilabError } from '../error.js'
import { radicesOf } from './factors.js'
import { rootOfUnity, rootsOfUnity } from './roots.js'

/** Transforms of interleaved re, im lines of length 2n. */
export interface LineFFT {
  readonly n: number
  /** Writes the transform of `line` to `out` (a different array). */
  forward(line: Float64Array, out: Float64Array): void
  inverse(line: Float64Array, out: Float64Array): void
}

/** @param n number of complex points, ≥ 1, without prime factors beyond 5. */
export function lineFFT(n: number): LineFFT {
  const radices = Number.isInteger(n) && n >= 1 ? radicesOf(n) : undefined
  if (radices === undefined)
    throw new PsilabError({
      code: 'parameter',
      parameter: 'grid.points',
      problem: 'no fast transform of this length',
      allowed: 'products of 2, 3 and 5',
      got: n,
    })
  // ω_n^t, interleaved, from which each stage takes those it needs.
  const omega = rootsOfUnity(n)
  const spare = new Float64Array(2 * n)

  /** Transforms what `copy` puts into the first array; the result is in `out`. */
  const transform = (copy: (to: Float64Array) => void, out: Float64Array): void => {
    // The stages alternate between two arrays so that the last one writes `out`.
    let [from, to] = radices.length % 2 === 1 ? [spare, out] : [out, spare]
    copy(from)
    let done = 1
    for (const r of radices) {
      stages[r](from, to, omega, n / (r * done), done)
      ;[from, to] = [to, from]
      done *= r
    }
  }
  return {
    n,
    forward: (line, out) => transform((to) => to.set(line), out),
    inverse(line, out) {
      transform((to) => exchanged(line, to, 1), out)
      exchanged(out, out, 1 / n)
    },
  }
}

/** scale·(im + i·re) of each number. */
function exchanged(line: Float64Array, to: Float64Array, scale: number): void {
  for (let i = 0; i < line.length; i += 2) {
    const re = line[i]
    to[i] = scale * line[i + 1]
    to[i + 1] = scale * re
  }
}

/** One stage: x, y, the ω_n, m and the number of lines done. */
type Stage = (x: Float64Array, y: Float64Array, omega: Float64Array, m: number, done: number) => void

const stages: Readonly<Record<number, Stage>> = { 2: stage2, 3: stage3, 4: stage4, 5: stage5 }

// In each stage a … e are the places of the x and o, o + step … those of the y; ω_L^{js} = ω_n^{js·done},
// since L·done = n.

function stage2(x: Float64Array, y: Float64Array, omega: Float64Array, m: number, done: number): void {
  const step = 2 * done
  for (let j = 0; j < m; j++) {
    const w1r = omega[j * step]
    const w1i = omega[j * step + 1]
    for (let a = j * step; a < (j + 1) * step; a += 2) {
      const b = a + m * step
      const o = a + j * step
      const re = x[a] - x[b]
      const im = x[a + 1] - x[b + 1]
      y[o] = x[a] + x[b]
      y[o + 1] = x[a + 1] + x[b + 1]
      y[o + step] = re * w1r - im * w1i
      y[o + step + 1] = re * w1i + im * w1r
    }
  }
}

const SIN3 = Math.sqrt(3) / 2

function stage3(x: Float64Array, y: Float64Array, omega: Float64Array, m: number, done: number): void {
  const step = 2 * done
  for (let j = 0; j < m; j++) {
    const w1r = omega[j * step]
    const w1i = omega[j * step + 1]
    const w2r = omega[2 * j * step]
    const w2i = omega[2 * j * step + 1]
    for (let a = j * step; a < (j + 1) * step; a += 2) {
      const b = a + m * step
      const c = a + 2 * m * step
      const o = a + 2 * j * step
      const sumRe = x[b] + x[c]
      const sumIm = x[b + 1] + x[c + 1]
      const halfRe = x[a] - 0.5 * sumRe
      const halfIm = x[a + 1] - 0.5 * sumIm
      const turnRe = SIN3 * (x[b + 1] - x[c + 1])
      const turnIm = SIN3 * (x[c] - x[b])
      y[o] = x[a] + sumRe
      y[o + 1] = x[a + 1] + sumIm
      y[o + step] = (halfRe + turnRe) * w1r - (halfIm + turnIm) * w1i
      y[o + step + 1] = (halfRe + turnRe) * w1i + (halfIm + turnIm) * w1r
      y[o + 2 * step] = (halfRe - turnRe) * w2r - (halfIm - turnIm) * w2i
      y[o + 2 * step + 1] = (halfRe - turnRe) * w2i + (halfIm - turnIm) * w2r
    }
  }
}

function stage4(x: Float64Array, y: Float64Array, omega: Float64Array, m: number, done: number): void {
  const step = 2 * done
  for (let j = 0; j < m; j++) {
    const w1r = omega[j * step]
    const w1i = omega[j * step + 1]
    const w2r = omega[2 * j * step]
    const w2i = omega[2 * j * step + 1]
    const w3r = omega[3 * j * step]
    const w3i = omega[3 * j * step + 1]
    for (let a = j * step; a < (j + 1) * step; a += 2) {
      const b = a + m * step
      const c = a + 2 * m * step
      const d = a + 3 * m * step
      const o = a + 3 * j * step
      const evenRe = x[a] + x[c]
      const evenIm = x[a + 1] + x[c + 1]
      const oddRe = x[b] + x[d]
      const oddIm = x[b + 1] + x[d + 1]
      const re = x[a] - x[c]
      const im = x[a + 1] - x[c + 1]
      const turnRe = x[b + 1] - x[d + 1]
      const turnIm = x[d] - x[b]
      y[o] = evenRe + oddRe
      y[o + 1] = evenIm + oddIm
      y[o + step] = (re + turnRe) * w1r - (im + turnIm) * w1i
      y[o + step + 1] = (re + turnRe) * w1i + (im + turnIm) * w1r
      y[o + 2 * step] = (evenRe - oddRe) * w2r - (evenIm - oddIm) * w2i
      y[o + 2 * step + 1] = (evenRe - oddRe) * w2i + (evenIm - oddIm) * w2r
      y[o + 3 * step] = (re - turnRe) * w3r - (im - turnIm) * w3i
      y[o + 3 * step + 1] = (re - turnRe) * w3i + (im - turnIm) * w3r
    }
  }
}

const [COS5, MINUS_SIN5] = rootOfUnity(5, 1)
const [COS5_2, MINUS_SIN5_2] = rootOfUnity(5, 2)
const SIN5 = -MINUS_SIN5
const SIN5_2 = -MINUS_SIN5_2

function stage5(x: Float64Array, y: Float64Array, omega: Float64Array, m: number, done: number): void {
  const step = 2 * done
  const leg = m * step
  for (let j = 0; j < m; j++) {
    for (let a = j * step; a < (j + 1) * step; a += 2) {
      const b = a + leg
      const c = a + 2 * leg
      const d = a + 3 * leg
      const e = a + 4 * leg
      const o = a + 4 * j * step
      const outerRe = x[b] + x[e]
      const outerIm = x[b + 1] + x[e + 1]
      const innerRe = x[c] + x[d]
      const innerIm = x[c + 1] + x[d + 1]
      const re1 = x[a] + COS5 * outerRe + COS5_2 * innerRe
      const im1 = x[a + 1] + COS5 * outerIm + COS5_2 * innerIm
      const re2 = x[a] + COS5_2 * outerRe + COS5 * innerRe
      const im2 = x[a + 1] + COS5_2 * outerIm + COS5 * innerIm
      const turnRe1 = SIN5 * (x[b + 1] - x[e + 1]) + SIN5_2 * (x[c + 1] - x[d + 1])
      const turnIm1 = SIN5 * (x[e] - x[b]) + SIN5_2 * (x[d] - x[c])
      const turnRe2 = SIN5_2 * (x[b + 1] - x[e + 1]) - SIN5 * (x[c + 1] - x[d + 1])
      const turnIm2 = SIN5_2 * (x[e] - x[b]) - SIN5 * (x[d] - x[c])
      y[o] = x[a] + outerRe + innerRe
      y[o + 1] = x[a + 1] + outerIm + innerIm
      put(y, o + step, re1 + turnRe1, im1 + turnIm1, omega, j * step)
      put(y, o + 2 * step, re2 + turnRe2, im2 + turnIm2, omega, 2 * j * step)
      put(y, o + 3 * step, re2 - turnRe2, im2 - turnIm2, omega, 3 * j * step)
      put(y, o + 4 * step, re1 - turnRe1, im1 - turnIm1, omega, 4 * j * step)
    }
  }
}

/** y ← (re + i·im)·ω. */
function put(y: Float64Array, o: number, re: number, im: number, omega: Float64Array, w: number): void {
  y[o] = re * omega[w] - im * omega[w + 1]
  y[o + 1] = re * omega[w + 1] + im * omega[w]
}
