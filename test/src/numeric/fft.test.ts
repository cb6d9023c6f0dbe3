import fc from 'fast-check'
import { expect, it } from 'vitest'
import { lineFFT } from '../../../src/numeric/index.js'
import { distance, randomField } from '../engine/_requests.js'

/** Rounding of a transform of at most a thousand points. */
const AGREEMENT = 1e-13

const length = fc
  .tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 3 }))
  .map(([a, b, c]) => 2 ** a * 3 ** b * 5 ** c)
  .filter((n) => n <= 1000)

/** The transform by its definition. */
function summed(line: Float64Array): Float64Array {
  const n = line.length / 2
  const result = new Float64Array(2 * n)
  for (let k = 0; k < n; k++)
    for (let j = 0; j < n; j++) {
      const angle = (-2 * Math.PI * ((j * k) % n)) / n
      const [cosine, sine] = [Math.cos(angle), Math.sin(angle)]
      result[2 * k] += line[2 * j] * cosine - line[2 * j + 1] * sine
      result[2 * k + 1] += line[2 * j + 1] * cosine + line[2 * j] * sine
    }
  return result
}

it('forward is the sum that defines it, and inverse undoes it', () => {
  fc.assert(
    fc.property(length, (n) => {
      const fft = lineFFT(n)
      const line = randomField(2 * n)
      const modes = new Float64Array(2 * n)
      const back = new Float64Array(2 * n)
      fft.forward(line, modes)
      fft.inverse(modes, back)
      expect(distance(modes, summed(line))).toBeLessThan(AGREEMENT)
      expect(distance(back, line)).toBeLessThan(AGREEMENT)
    }),
    { numRuns: 60, seed: 2 },
  )
})

it('refuses a length with another prime factor', () => {
  expect(() => lineFFT(14)).toThrow(
    /grid.points: no fast transform of this length; allowed: products of 2, 3 and 5/,
  )
})
