import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { latticeHamiltonian, thermalState } from '../../../src/thermal/index.js'

/** Rounding of a dense eigenvalue problem of a few rows. */
const DENSE = 1e-12

/** e^{−A} by 2^−20 of it, a Taylor series of three terms and twenty squarings: no eigenvalues. */
function exponential(A: readonly (readonly number[])[]): number[][] {
  const n = A.length
  const multiply = (P: number[][], Q: number[][]): number[][] =>
    P.map((row) => row.map((_, j) => row.reduce((sum, v, k) => sum + v * Q[k][j], 0)))
  const small = A.map((row) => row.map((v) => -v / 2 ** 12))
  let power: number[][] = A.map((row, i) => row.map((_, j) => (i === j ? 1 : 0)))
  let sum = power.map((row) => [...row])
  for (let k = 1; k <= 8; k++) {
    power = multiply(power, small).map((row) => row.map((v) => v / k))
    sum = sum.map((row, i) => row.map((v, j) => v + power[i][j]))
  }
  for (let k = 0; k < 12; k++) sum = multiply(sum, sum)
  expect(n).toBe(sum.length)
  return sum
}

const size = fc.integer({ min: -2000, max: 2000 }).map((v) => v / 1000)
const symmetric = fc
  .integer({ min: 1, max: 5 })
  .chain((n) => fc.array(fc.array(size, { minLength: n, maxLength: n }), { minLength: n, maxLength: n }))
  .map((rows) => rows.map((row, i) => row.map((v, j) => v + rows[j][i])))

describe('thermalState()', () => {
  it('is e^{−βH}/Tr e^{−βH} of any real symmetric matrix', () => {
    fc.assert(
      fc.property(symmetric, (H) => {
        const K = exponential(H)
        const Z = K.reduce((sum, row, i) => sum + row[i], 0)
        const state = thermalState(H, 1)
        expect(Math.abs(state.Z / Z - 1)).toBeLessThan(1e3 * DENSE)
        K.forEach((row, i) => {
          row.forEach((v, j) => {
            expect(Math.abs(state.re[i * H.length + j] - v / Z)).toBeLessThan(1e2 * DENSE)
          })
        })
        expect(state.F).toBeCloseTo(state.U - state.S, 11)
      }),
      { seed: 3, numRuns: 40 },
    )
  })

  it('of a Hermitian matrix: a spin in a field along y, ρ = ½(1 − tanh(βb) σ_y)', () => {
    const b = 0.7
    const state = thermalState(
      {
        re: [
          [0, 0],
          [0, 0],
        ],
        im: [
          [0, -b],
          [b, 0],
        ],
      },
      1.3,
    )
    expect(state.energies[0]).toBeCloseTo(-b, 13)
    expect(state.energies[1]).toBeCloseTo(b, 13)
    expect(state.Z).toBeCloseTo(2 * Math.cosh(1.3 * b), 12)
    // σ_y = (0 −i; i 0)
    expect(state.im[1]).toBeCloseTo(Math.tanh(1.3 * b) / 2, 12)
    expect(state.im[2]).toBeCloseTo(-Math.tanh(1.3 * b) / 2, 12)
    expect(state.re[0]).toBeCloseTo(0.5, 12)
    expect(state.re[1]).toBeCloseTo(0, 12)
  })

  it('a gauge transformation, which only turns phases, leaves populations and levels', () => {
    const [a, c, s] = [0.4, Math.cos(0.9), Math.sin(0.9)]
    const turned = thermalState(
      {
        re: [
          [0, -a * c],
          [-a * c, 1],
        ],
        im: [
          [0, -a * s],
          [a * s, 0],
        ],
      },
      2,
    )
    const real = thermalState(
      [
        [0, -a],
        [-a, 1],
      ],
      2,
    )
    for (const i of [0, 1]) {
      expect(turned.energies[i]).toBeCloseTo(real.energies[i], 12)
      expect(turned.populations[i]).toBeCloseTo(real.populations[i], 12)
    }
  })

  it('refuses what is not Hermitian', () => {
    expect(() => thermalState([[0, 1], [2]], 1)).toThrow(/H: not a symmetric matrix/)
    expect(() =>
      thermalState(
        [
          [0, 1],
          [2, 0],
        ],
        1,
      ),
    ).toThrow(/H: not a symmetric/)
    expect(() => thermalState({ re: [[1]], im: [[1]] }, 1)).toThrow(/imaginary part is not antisymmetric/)
    expect(() => thermalState([[1]], 0)).toThrow(/beta.*> 0/)
  })
})

describe('a path of labels, E = (0, 1, 2), β = 1', () => {
  const zeta = [0, 1, 2]
  const state = (D: number) => thermalState(latticeHamiltonian({ zeta, D }), 1, zeta)
  const correction = (D: number): number => Math.max(...state(D).correction.map(Math.abs))

  it('D = 0 is softmax', () => {
    const { populations, correction: none } = thermalState(latticeHamiltonian({ zeta: [0, 1, 2], D: 0 }), 1)
    // Published: softmax(0, −1, −2).
    ;[0.6652409558, 0.2447284711, 0.0900305732].forEach((p, i) => {
      expect(populations[i]).toBeCloseTo(p, 9)
    })
    expect(Math.max(...none.map(Math.abs))).toBeLessThan(DENSE)
  })

  it.each([
    [1, 0.042, 1e-4],
    [0.1, 0.01674, 1e-5],
    [0.01, 0.0018311, 1e-7],
    [0.001, 1.8466e-4, 1e-8],
  ])('D = %f: the largest quantum correction is %f, as published', (D, published, digit) => {
    expect(Math.abs(correction(D) - published)).toBeLessThan(digit)
  })

  it('is −Dβ p_i (k_i − ⟨k⟩) with k_i neighbours, to D²', () => {
    const k = [1, 2, 1]
    for (const D of [1e-3, 1e-4, 1e-5]) {
      const { correction: found, classical: p } = state(D)
      const mean = p.reduce((sum, v, i) => sum + v * k[i], 0)
      found.forEach((c, i) => {
        expect(Math.abs(c + D * p[i] * (k[i] - mean))).toBeLessThan(D * D)
      })
    }
  })

  it('on a ring, where all have as many neighbours, is of second order', () => {
    const ring = (D: number): number =>
      Math.max(...thermalState(latticeHamiltonian({ zeta, D, ring: true }), 1, zeta).correction.map(Math.abs))
    expect(ring(1e-3) / ring(5e-4)).toBeCloseTo(4, 2)
  })

  it('L of a path and of a ring: no net flow, D on every bond', () => {
    expect(latticeHamiltonian({ zeta: [0, 0, 0, 0], D: 2, ring: true })[0]).toEqual([4, -2, 0, -2])
    expect(latticeHamiltonian({ zeta: [0, 5, 0], D: 2 })[1]).toEqual([-2, 9, -2])
    expect(latticeHamiltonian({ zeta: [0, 0], D: 1, ring: true })).toEqual([
      [1, -1],
      [-1, 1],
    ])
    // Modes of a ring: 2D(1 − cos 2πk/n).
    const { energies } = thermalState(
      latticeHamiltonian({ zeta: new Float64Array(6), D: 0.5, ring: true }),
      1,
    )
    ;[0, 0.5, 0.5, 1.5, 1.5, 2].forEach((e, k) => {
      expect(energies[k]).toBeCloseTo(e, 12)
    })
  })

  it('refuses an empty lattice, and a negative coupling', () => {
    expect(() => latticeHamiltonian({ zeta: [], D: 1 })).toThrow(/zeta.*1 to 1024/)
    expect(() => latticeHamiltonian({ zeta: [0], D: -1 })).toThrow(/D.*≥ 0/)
  })
})
