/**
 * Discrete Fourier transform of one complex line of any length 2^a·3^b·5^c, in plain TypeScript.
 *
 *   forward:  X_k = Σ_j x_j e^{−2πi jk/n}          inverse:  x_j = (1/n) Σ_k X_k e^{+2πi jk/n}
 *
 * Stockham's scheme: the stages of factors.ts, each written to a second array in such an order that the
 * modes come out sorted. A stage of radix r at block length L = r·m, with `done` lines interleaved, takes
 *
 *   y[(r·j + s)·done + c] = ω_L^{js} Σ_q ω_r^{qs} x[(j + q·m)·done + c],   j < m, s < r, c < done.
 */
import { PsilabError } from '../error.js'
import { radicesOf } from './factors.js'

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
  // ω_n^t for every t, from which each stage takes those it needs.
  const cosine = Float64Array.from({ length: n }, (_, t) => Math.cos((2 * Math.PI * t) / n))
  const sine = Float64Array.from({ length: n }, (_, t) => Math.sin((2 * Math.PI * t) / n))
  const spare = new Float64Array(2 * n)

  /** Σ_j x_j e^{sign·2πi jk/n}. */
  const transform = (line: Float64Array, out: Float64Array, sign: 1 | -1): void => {
    // The stages alternate between two arrays so that the last one writes `out`.
    let [from, to] = radices.length % 2 === 1 ? [spare, out] : [out, spare]
    from.set(line)
    let done = 1
    for (const r of radices) {
      stage(from, to, r, n / (done * r), done)
      ;[from, to] = [to, from]
      done *= r
    }

    function stage(x: Float64Array, y: Float64Array, r: number, m: number, lines: number): void {
      const leg = 2 * m * lines
      for (let j = 0; j < m; j++) {
        for (let s = 0; s < r; s++) {
          for (let c = 0; c < lines; c++) {
            let re = 0
            let im = 0
            for (let q = 0; q < r; q++) {
              // ω_r^{qs} ω_L^{js} = ω_n^t with t = (q·m + j)·s·lines, since L·lines = n.
              const t = ((q * m + j) * s * lines) % n
              const i = 2 * j * lines + q * leg + 2 * c
              re += x[i] * cosine[t] - sign * x[i + 1] * sine[t]
              im += x[i + 1] * cosine[t] + sign * x[i] * sine[t]
            }
            const o = 2 * ((r * j + s) * lines + c)
            y[o] = re
            y[o + 1] = im
          }
        }
      }
    }
  }
  return {
    n,
    forward: (line, out) => transform(line, out, -1),
    inverse(line, out) {
      transform(line, out, 1)
      for (let i = 0; i < 2 * n; i++) out[i] /= n
    },
  }
}
