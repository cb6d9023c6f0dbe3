import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { symmetricEigen } from '../../../../src/numeric/symmetricEigen.js'
import { factoriser } from '../../../../src/qde/precise/factorise.js'
import { fromDouble, toDouble } from '../../../../src/qde/precise/fixed.js'
import { maybeFixedFactors } from '../../../../src/qde/precise/fixedFactors.js'
import { lowestEigenvalues } from '../../../../src/qde/precise/lowest.js'
import { apply, type SymmetricMatrix } from '../../../../src/qde/precise/matrix.js'

const BITS = 300
const SEED = 20261122
/** Rounding of the double-precision eigenvalues that are compared with, for elements up to 1. */
const DOUBLE = 1e-12

const fixed = (value: number): bigint => fromDouble(value, BITS)

/** Lower rows of a symmetric band matrix. */
function matrixOf(rows: readonly (readonly number[])[], bandwidth: number): SymmetricMatrix {
  return { size: rows.length, bits: BITS, guard: 128, bandwidth, rows: rows.map((row) => row.map(fixed)) }
}

function dense({ size, bandwidth, rows }: SymmetricMatrix): Float64Array {
  const full = new Float64Array(size * size)
  for (const [i, row] of rows.entries())
    for (const [k, v] of row.entries()) {
      const j = Math.max(0, i - bandwidth) + k
      full[i * size + j] = full[j * size + i] = toDouble(v, BITS)
    }
  return full
}

const leading = (matrix: SymmetricMatrix, size: number): SymmetricMatrix => ({
  ...matrix,
  size,
  rows: matrix.rows.slice(0, size),
})

function lowest(matrix: SymmetricMatrix, levels: number): number[] {
  const { values } = lowestEigenvalues(matrix, {
    levels,
    tolerance: 1n << BigInt(BITS - 150),
    floor: fixed(-4),
    step: fixed(0.1),
  })
  return values.map((v) => toDouble(v, BITS))
}

/** Band matrices with elements in [−1, 1], some of them with many equal eigenvalues. */
const matrices = fc
  .record({ size: fc.integer({ min: 2, max: 14 }), bandwidth: fc.integer({ min: 0, max: 5 }) })
  .chain(({ size, bandwidth }) => {
    const band = Math.min(bandwidth, size - 1)
    const element = fc.oneof(fc.constantFrom(-1, 0, 0.5), fc.double({ min: -1, max: 1, noNaN: true }))
    const rows = Array.from({ length: size }, (_, i) =>
      fc.array(element, { minLength: Math.min(i, band) + 1, maxLength: Math.min(i, band) + 1 }),
    )
    return fc.tuple(...rows).map((r) => matrixOf(r, band))
  })

describe('no level missed', () => {
  it('the lowest eigenvalues are those of the double-precision solver, whatever their multiplicity', () => {
    fc.assert(
      fc.property(matrices, fc.integer({ min: 1, max: 4 }), (matrix, wanted) => {
        const levels = Math.min(wanted, matrix.size)
        const reference = symmetricEigen(dense(matrix), matrix.size).values
        lowest(matrix, levels).forEach((value, n) => {
          expect(Math.abs(value - reference[n])).toBeLessThan(DOUBLE)
        })
      }),
      { numRuns: 60, seed: SEED },
    )
  })

  it('interlacing: each leading block has its levels between those of the next', () => {
    fc.assert(
      fc.property(matrices, (matrix) => {
        const size = matrix.size - 1
        const [outer, inner] = [lowest(matrix, matrix.size), lowest(leading(matrix, size), size)]
        inner.forEach((value, n) => {
          expect(value).toBeGreaterThanOrEqual(outer[n] - DOUBLE)
          expect(value).toBeLessThanOrEqual(outer[n + 1] + DOUBLE)
        })
      }),
      { numRuns: 30, seed: SEED },
    )
  })

  it('both factorisations count what lies below σ', () => {
    fc.assert(
      fc.property(matrices, fc.double({ min: -3, max: 3, noNaN: true }), (matrix, sigma) => {
        const { values } = symmetricEigen(dense(matrix), matrix.size)
        fc.pre(values.every((v) => Math.abs(v - sigma) > 1e-6))
        const below = values.filter((v) => v < sigma).length
        expect(factoriser(matrix)(fixed(sigma), fixed(1e-8)).below).toBe(below)
        expect(maybeFixedFactors(matrix, fixed(sigma))?.below ?? below).toBe(below)
      }),
      { numRuns: 60, seed: SEED },
    )
  })

  it('two levels 1e-60 apart are told apart', () => {
    const tiny = (1n << BigInt(BITS)) / 10n ** 60n
    const matrix: SymmetricMatrix = {
      size: 3,
      bits: BITS,
      guard: 128,
      bandwidth: 1,
      rows: [[fixed(1)], [tiny, fixed(1)], [0n, fixed(2)]],
    }
    const { values } = lowestEigenvalues(matrix, {
      levels: 2,
      tolerance: 1n << 60n,
      floor: 0n,
      step: fixed(1),
    })
    expect(toDouble(values[1] - values[0], BITS) / 2e-60).toBeCloseTo(1, 12)
  })
})

describe('solutions', () => {
  it('(A − σ)x = b to all digits in fixed point, to those of a double otherwise', () => {
    const matrix = matrixOf([[1], [0.5, -2], [0.25, 3], [0.125, 4]], 1)
    const b = [1, -2, 3, 4].map(fixed)
    const residual = (x: bigint[] | undefined): number =>
      Math.max(...apply(matrix, x ?? []).map((v, i) => Math.abs(toDouble(v - b[i], BITS))))
    expect(residual(maybeFixedFactors(matrix, 0n)?.solve(b))).toBeLessThan(2 ** (12 - BITS))
    expect(residual(factoriser(matrix)(0n, fixed(1e-6)).solve(b))).toBeLessThan(1e-14)
  })
})
