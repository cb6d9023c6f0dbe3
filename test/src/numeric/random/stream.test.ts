import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { erf } from '../../../../src/numeric/erf.js'
import { type RandomStream, randomStream } from '../../../../src/numeric/index.js'
import { ziggurat } from '../../../../src/numeric/random/ziggurat.js'

const DRAWS = 1e6
/** Standard errors that a mean of independent draws may be off: 6e-5 of all seeds are beyond, and the seeds are fixed. */
const SIGMAS = 4
/** √n times Kolmogorov's distance is beyond this for 1e-4 of all samples (Smirnov 1948). */
const KOLMOGOROV = 2.23

const normals = (stream: RandomStream, n: number): Float64Array => {
  const out = new Float64Array(n)
  stream.fillNormal(out)
  return out
}
const uniforms = (stream: RandomStream, n: number): Float64Array => {
  const out = new Float64Array(n)
  stream.fillUniform(out)
  return out
}

/** √n sup |F_n − F|. */
function distance(sample: Float64Array, cdf: (x: number) => number): number {
  const sorted = sample.slice().sort()
  const n = sorted.length
  let most = 0
  sorted.forEach((x, i) => {
    const F = cdf(x)
    most = Math.max(most, F - i / n, (i + 1) / n - F)
  })
  return most * Math.sqrt(n)
}

const mean = (x: Float64Array, of: (x: number) => number): number =>
  x.reduce((s, v) => s + of(v), 0) / x.length

describe('uniform numbers', () => {
  const u = uniforms(randomStream(11), DRAWS)

  it('lie in [0, 1) and have its moments', () => {
    expect(u.every((v) => v >= 0 && v < 1)).toBe(true)
    for (let k = 1; k <= 6; k++) {
      // Var(u^k) = 1/(2k+1) − 1/(k+1)².
      const error = Math.sqrt((1 / (2 * k + 1) - 1 / (k + 1) ** 2) / DRAWS)
      expect(Math.abs(mean(u, (v) => v ** k) - 1 / (k + 1))).toBeLessThan(SIGMAS * error)
    }
  })

  it('have its distribution', () => {
    expect(distance(u.subarray(0, 1e5), (x) => x)).toBeLessThan(KOLMOGOROV)
  })

  it('use all 53 bits', () => {
    for (let bit = 1; bit <= 53; bit++) {
      const ones = u.subarray(0, 1e5).reduce((s, v) => s + (Math.floor(v * 2 ** bit) % 2), 0)
      expect(Math.abs(ones - 5e4)).toBeLessThan((5 * Math.sqrt(1e5)) / 2)
    }
  })
})

describe('normal numbers', () => {
  const x = normals(randomStream(12), DRAWS)

  it('have the moments of N(0, 1) up to the eighth', () => {
    const moments = [1, 0, 1, 0, 3, 0, 15, 0, 105]
    const double = [1, 1, 3, 15, 105, 945, 10395, 135135, 2027025]
    for (let k = 1; k <= 8; k++) {
      const error = Math.sqrt((double[k] - moments[k] ** 2) / DRAWS)
      expect(Math.abs(mean(x, (v) => v ** k) - moments[k]), `moment ${k}`).toBeLessThan(SIGMAS * error)
    }
  })

  it('have its distribution', () => {
    expect(distance(x.subarray(0, 2e5), (v) => (1 + erf(v / Math.SQRT2)) / 2)).toBeLessThan(KOLMOGOROV)
  })

  it('have its tail on both sides, where the ziggurat has another method', () => {
    for (const [edge, p] of [
      [3, 1.3498980316300945e-3],
      [3.7, 1.0779973347738824e-4],
      [4.2, 1.3345749015906309e-5],
    ])
      for (const sign of [1, -1]) {
        const beyond = x.reduce((n, v) => n + (sign * v > edge ? 1 : 0), 0)
        expect(Math.abs(beyond - DRAWS * p)).toBeLessThan(SIGMAS * Math.sqrt(DRAWS * p))
      }
  })

  it('come from layers that close at the top of the bell', () => {
    const { inside, unit, heights } = ziggurat()
    const edge = (i: number): number => unit[i] * 2 ** 52
    // Area of the topmost layer, and of the lowest with its tail ∫_r^∞ e^{−x²/2} dx = √(π/2) erfc(r/√2).
    const top = edge(255) * (1 - heights[255])
    for (let i = 1; i < 255; i++) expect(edge(i) * (heights[i + 1] - heights[i])).toBeCloseTo(top, 13)
    const tail = Math.sqrt(Math.PI / 2) * (1 - erf(edge(1) / Math.SQRT2))
    expect(edge(1) * heights[1] + tail).toBeCloseTo(top, 13)
    expect(inside[0] * unit[0]).toBeCloseTo(edge(1), 13)
  })
})

describe('whole numbers', () => {
  it('are even over a number that does not divide a power of two', () => {
    const stream = randomStream(13)
    const counts = new Float64Array(7)
    const draws = 7e4
    for (let i = 0; i < draws; i++) counts[stream.integer(7)]++
    const square = counts.reduce((s, c) => s + (c - draws / 7) ** 2 / (draws / 7), 0)
    // χ² of 6 degrees of freedom is beyond this for 1e-4 of all samples.
    expect(square).toBeLessThan(27.9)
  })

  it('lie below n for every n', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.integer({ min: 1, max: 2 ** 53 - 1 }), (seed, n) => {
        const value = randomStream(seed).integer(n)
        expect(Number.isInteger(value) && value >= 0 && value < n).toBe(true)
      }),
    )
    expect(randomStream(1).integer(1)).toBe(0)
  })
})

describe('one sequence', () => {
  it('gives the same numbers whatever the sizes they are asked for in', () => {
    const whole = normals(randomStream(3, 1), 5000)
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 900 }), { maxLength: 8 }), (sizes) => {
        const stream = randomStream(3, 1)
        let from = 0
        for (const size of sizes.filter((_, i) => sizes.slice(0, i + 1).reduce((a, b) => a + b, 0) <= 5000)) {
          const part =
            size < 20 ? Float64Array.from({ length: size }, () => stream.normal()) : normals(stream, size)
          expect(part).toEqual(whole.slice(from, from + size))
          from += size
        }
      }),
      { numRuns: 30 },
    )
    const stream = randomStream(3, 2)
    const loose = Float64Array.from({ length: 3000 }, () => stream.uniform())
    expect(uniforms(randomStream(3, 2), 3000)).toEqual(loose)
  })

  it('goes on after normals where uniforms begin', () => {
    const [one, other] = [randomStream(5), randomStream(5)]
    const mixed = [...normals(one, 700), ...uniforms(one, 700), one.normal()]
    const single = [
      ...Float64Array.from({ length: 700 }, () => other.normal()),
      ...Float64Array.from({ length: 700 }, () => other.uniform()),
      other.normal(),
    ]
    expect(mixed).toEqual(single)
  })
})

describe('paths', () => {
  it('give the same stream from the seed and step by step, whatever was drawn before', () => {
    const root = randomStream(9)
    const before = root.at(4, 2).uniform()
    normals(root, 1000)
    expect(root.at(4).at(2).uniform()).toBe(before)
    expect(randomStream(9, 4, 2).uniform()).toBe(before)
  })

  it('give streams of their own: other seeds, entries, lengths and orders', () => {
    const streams = [
      [0],
      [1],
      [2 ** 32],
      [2 ** 32 + 1],
      [0, 0],
      [0, 1],
      [1, 0],
      [0, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ]
    const firsts = streams.map(([seed, ...path]) => randomStream(seed, ...path).uniform())
    expect(new Set(firsts).size).toBe(streams.length)
  })

  it('give independent streams: neighbours, parent and child do not correlate', () => {
    const n = 1e5
    const x = [[1], [1, 0], [1, 1], [2], [1, 0, 0]].map(([seed, ...path]) =>
      normals(randomStream(seed, ...path), n),
    )
    for (let a = 0; a < x.length; a++)
      for (let b = 0; b < a; b++)
        for (const lag of [0, 1]) {
          let sum = 0
          for (let i = lag; i < n; i++) sum += x[a][i] * x[b][i - lag]
          expect(Math.abs(sum) / Math.sqrt(n)).toBeLessThan(SIGMAS)
        }
  })

  it('give across themselves, one number of each, the same distribution', () => {
    const root = randomStream(21)
    const across = Float64Array.from({ length: 5e4 }, (_, k) => root.at(k).uniform())
    expect(distance(across, (x) => x)).toBeLessThan(KOLMOGOROV)
  })
})

it.each([
  ['a negative seed', () => randomStream(-1)],
  ['a seed that is no whole number', () => randomStream(0.5)],
  ['a seed that is none', () => randomStream(Number.NaN)],
  ['a path beyond doubles', () => randomStream(1, 2 ** 53)],
  ['a path entry that is no whole number', () => randomStream(1).at(1.5)],
  ['none to choose from', () => randomStream(1).integer(0)],
])('refuses %s', (_, draw) => {
  expect(draw).toThrow(/allowed: an integer from/)
})
