import { describe, expect, it } from 'vitest'
import { isPowerOfTwo, lineFFT, nextPowerOfTwo } from '../../../src/numeric/fft.js'
import { xorshift } from '../../../src/numeric/random.js'

/** Rounding of a transform of 64 numbers of size 1. */
const ROUNDING = 1e-13

describe('lineFFT', () => {
  const n = 64
  const random = xorshift(7)
  const line = Float64Array.from({ length: 2 * n }, () => random() - 0.5)

  it('agrees with the definition X_k = Σ x_j e^{−2πi jk/n}', () => {
    const out = new Float64Array(2 * n)
    lineFFT(n).forward(line, out)
    for (const k of [0, 1, 5, 31, 32, 63]) {
      let re = 0
      let im = 0
      for (let j = 0; j < n; j++) {
        const phase = (-2 * Math.PI * j * k) / n
        re += line[2 * j] * Math.cos(phase) - line[2 * j + 1] * Math.sin(phase)
        im += line[2 * j] * Math.sin(phase) + line[2 * j + 1] * Math.cos(phase)
      }
      expect(Math.hypot(out[2 * k] - re, out[2 * k + 1] - im)).toBeLessThan(ROUNDING * n)
    }
  })

  it('inverse undoes forward', () => {
    const fft = lineFFT(n)
    const there = new Float64Array(2 * n)
    const back = new Float64Array(2 * n)
    fft.forward(line, there)
    fft.inverse(there, back)
    expect(Math.max(...back.map((v, i) => Math.abs(v - line[i])))).toBeLessThan(ROUNDING)
  })
})

describe('powers of two', () => {
  it('isPowerOfTwo holds for 2^m only', () => {
    expect([1, 2, 64, 1024].every(isPowerOfTwo)).toBe(true)
    expect([0, 3, 63, 96, 2.5, -4].some(isPowerOfTwo)).toBe(false)
  })

  it('nextPowerOfTwo rounds up', () => {
    expect([0.3, 1, 1.1, 64, 65].map(nextPowerOfTwo)).toEqual([1, 1, 2, 64, 128])
  })
})
