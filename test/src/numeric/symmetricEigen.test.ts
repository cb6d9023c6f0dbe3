import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { randomStream } from '../../../src/numeric/index.js'
import { symmetricEigen } from '../../../src/numeric/symmetricEigen.js'

/** Errors of a backward stable method in units of n ε ‖A‖; one is the rule. */
const ROUNDING = 4
const EPSILON = Number.EPSILON / 2

/** Q Λ Qᵀ with Q a product of n random reflections. */
function withSpectrum(values: readonly number[], seed: number): Float64Array {
  const n = values.length
  const random = randomStream(seed)
  const a = new Float64Array(n * n)
  values.forEach((v, i) => {
    a[i * n + i] = v
  })
  for (let step = 0; step < n; step++) {
    const u = Float64Array.from({ length: n }, () => random.uniform() - 0.5)
    const norm = Math.sqrt(u.reduce((sum, v) => sum + v * v, 0))
    const image = u.map((_, i) => {
      let sum = 0
      for (let j = 0; j < n; j++) sum += (a[i * n + j] * u[j]) / norm
      return sum
    })
    const overlap = image.reduce((sum, v, i) => sum + (v * u[i]) / norm, 0)
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++)
        a[i * n + j] +=
          (-2 * (u[i] * image[j] + image[i] * u[j])) / norm + (4 * overlap * u[i] * u[j]) / norm ** 2
  }
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) a[j * n + i] = a[i * n + j]
  return a
}

function largest(values: ArrayLike<number>): number {
  return Array.from(values).reduce((most, v) => Math.max(most, Math.abs(v)), 0)
}

function residual(a: Float64Array, vector: Float64Array, value: number): number {
  const n = vector.length
  return largest(
    vector.map((v, i) => {
      let sum = 0
      for (let j = 0; j < n; j++) sum += a[i * n + j] * vector[j]
      return sum - value * v
    }),
  )
}

/** Largest |⟨a|b⟩ − δ|. */
function skewness(vectors: readonly Float64Array[]): number {
  let most = 0
  vectors.forEach((a, k) => {
    for (let l = 0; l <= k; l++) {
      const dot = a.reduce((sum, v, i) => sum + v * vectors[l][i], 0)
      most = Math.max(most, Math.abs(dot - (k === l ? 1 : 0)))
    }
  })
  return most
}

describe('spectra', () => {
  const cases: readonly (readonly [string, readonly number[]])[] = [
    ['one number', [3]],
    ['two numbers', [-1, 2]],
    ['even spacing', Array.from({ length: 60 }, (_, k) => k - 20)],
    ['all equal', Array.from({ length: 20 }, () => 7)],
    ['pairs and a cluster', Array.from({ length: 40 }, (_, k) => (k < 20 ? Math.floor(k / 2) : 30))],
    ['near pairs', Array.from({ length: 30 }, (_, k) => Math.floor(k / 2) + (k % 2) * 1e-12)],
    ['fifteen decades', Array.from({ length: 32 }, (_, k) => 10 ** (k / 2 - 8))],
    ['a zero matrix', [0, 0, 0, 0]],
    ['tiny numbers', Array.from({ length: 12 }, (_, k) => (k + 1) * 1e-290)],
  ]
  it.each(cases)('%s: values, residuals and orthogonality at rounding level', (_, spectrum) => {
    const n = spectrum.length
    const a = withSpectrum(spectrum, 5)
    const { values, vectors } = symmetricEigen(a, n)
    const norm = largest(spectrum)
    // The matrix itself was made with rounding errors of its own.
    const allowed = 2 * ROUNDING * n * EPSILON * norm
    const sorted = [...spectrum].sort((x, y) => x - y)
    values.forEach((v, k) => {
      expect(Math.abs(v - sorted[k])).toBeLessThanOrEqual(allowed)
      expect(residual(a, vectors[k], v)).toBeLessThanOrEqual(allowed)
    })
    expect(skewness(vectors)).toBeLessThan(ROUNDING * (n + 4) * EPSILON)
  })
})

it('random matrices: AQ = QΛ, QᵀQ = 1, and the trace of A', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 24 }), fc.integer({ min: 1, max: 1e6 }), (n, seed) => {
      const random = randomStream(seed)
      const a = new Float64Array(n * n)
      for (let i = 0; i < n; i++)
        for (let j = 0; j <= i; j++) {
          // Half of the entries vanish, so that matrices fall into blocks.
          const entry = random.uniform() < 0.5 ? 0 : random.uniform() - 0.5
          a[i * n + j] = entry
          a[j * n + i] = entry
        }
      const { values, vectors } = symmetricEigen(a, n)
      const allowed = ROUNDING * n * EPSILON * Math.max(1, largest(values))
      let trace = 0
      for (let i = 0; i < n; i++) trace += a[i * n + i]
      expect(Math.abs(values.reduce((sum, v) => sum + v, 0) - trace)).toBeLessThan(n * allowed)
      values.forEach((v, k) => {
        expect(residual(a, vectors[k], v)).toBeLessThan(allowed)
      })
      expect(skewness(vectors)).toBeLessThan(ROUNDING * (n + 4) * EPSILON)
    }),
    { seed: 3, numRuns: 60 },
  )
})

it('graded matrices, from large to small and from small to large', () => {
  const n = 24
  for (const sign of [-1, 1]) {
    const scale = (i: number): number => 10 ** (sign * (i / 3 - 4))
    const a = new Float64Array(n * n)
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++)
        a[i * n + j] = scale(i) * scale(j) * (i === j ? 2 : 1 / (1 + Math.abs(i - j)))
    const { values, vectors } = symmetricEigen(a, n)
    values.forEach((v, k) => {
      expect(residual(a, vectors[k], v)).toBeLessThan(ROUNDING * n * EPSILON * largest(values))
    })
    expect(skewness(vectors)).toBeLessThan(ROUNDING * n * EPSILON)
  }
})

describe('the second-difference matrix', () => {
  const n = 24
  const matrix = new Float64Array(n * n)
  for (let i = 0; i < n; i++) {
    matrix[i * n + i] = 2
    if (i > 0) matrix[i * n + i - 1] = -1
    if (i < n - 1) matrix[i * n + i + 1] = -1
  }

  it('2 − 2cos(kπ/(n+1)), ascending', () => {
    symmetricEigen(matrix, n).values.forEach((v, k) => {
      expect(Math.abs(v - (2 - 2 * Math.cos(((k + 1) * Math.PI) / (n + 1))))).toBeLessThan(
        4 * ROUNDING * EPSILON * 4,
      )
    })
  })

  it('the lowest alone, and values alone, are those of all', () => {
    const all = symmetricEigen(matrix, n)
    const lowest = symmetricEigen(matrix, n, { lowest: 3 })
    expect(lowest.values).toEqual(all.values.slice(0, 3))
    expect(lowest.vectors).toHaveLength(3)
    expect(lowest.vectors[2]).toEqual(all.vectors[2])
    expect(symmetricEigen(matrix, n, { vectors: false })).toEqual({ values: all.values, vectors: [] })
  })
})

it('says that a matrix with NaN has no eigenvalues', () => {
  expect(() => symmetricEigen(Float64Array.of(1, Number.NaN, Number.NaN, 1), 2)).toThrow(/finite entries/)
})

it('has vectors where the entries off the diagonal are the least numbers there are', () => {
  const { values, vectors } = symmetricEigen(Float64Array.of(0.2, 5e-324, 5e-324, 0.2), 2)
  expect([...values]).toEqual([0.2, 0.2])
  for (const v of vectors) expect(Math.hypot(...v)).toBeCloseTo(1, 12)
  expect(vectors[0][0] * vectors[1][0] + vectors[0][1] * vectors[1][1]).toBeCloseTo(0, 12)
})
