import Fraction from 'fraction.js'
import { describe, expect, it } from 'vitest'
import { parseExpression } from '../../../../src/expr/index.js'
import { Extents } from '../../../../src/qde/precise/extent.js'
import { toDouble } from '../../../../src/qde/precise/fixed.js'
import { lowestEigenvalues } from '../../../../src/qde/precise/lowest.js'
import { oscillatorBasis } from '../../../../src/qde/precise/oscillator.js'
import { maybePolynomial } from '../../../../src/qde/precise/polynomial.js'
import { samplerOf } from '../../../../src/qde/precise/sampler.js'

const DIGITS = 30
const DECAY = 40

function basisOf(text: string) {
  const zeta = parseExpression(text, { variables: ['x'] })
  const extent = new Extents(samplerOf(zeta), 1, 2).at(DECAY)
  const precision = { digits: DIGITS, spacing: 1, decay: DECAY, D: new Fraction(1) }
  return oscillatorBasis(maybePolynomial(zeta, DIGITS) ?? [], { ...precision, extent })
}

/** The two lowest eigenvalues of the first block, as fixed-point numbers with 100 bits. */
function lowestTwo(text: string, effort: number): readonly bigint[] {
  const [{ matrix }] = basisOf(text).blocks(effort)
  const unit = 1n << BigInt(matrix.bits)
  const options = { levels: 2, tolerance: unit >> 110n, floor: -10n * unit, step: unit }
  return lowestEigenvalues(matrix, options).values.map((v) => v >> BigInt(matrix.bits - 100))
}

describe('oscillator basis', () => {
  it.each(['x^4', 'x^4 - 3*x^2 + x', 'x^6 + x^5'])('%s: levels fall as the basis grows (Ritz)', (text) => {
    const growing = [0.3, 0.4, 0.5, 0.6].map((effort) => lowestTwo(text, effort))
    for (const n of [0, 1])
      for (let k = 1; k < growing.length; k++) expect(growing[k][n] < growing[k - 1][n]).toBe(true)
  })

  it('a smaller basis is the leading block of a larger one', () => {
    const [small, large] = [0.5, 0.8].map((effort) => basisOf('x^4 - x').blocks(effort)[0].matrix)
    const element = ({ rows, bits }: typeof small, i: number, k: number): number => toDouble(rows[i][k], bits)
    small.rows.forEach((row, i) => {
      row.forEach((_, k) => {
        expect(element(small, i, k)).toBe(element(large, i, k))
      })
    })
  })

  it('an even ζ has an even and an odd block of half the bandwidth, whose levels alternate', () => {
    const blocks = basisOf('(x - 1)^6').blocks(1)
    expect(blocks.map(({ matrix }) => matrix.bandwidth)).toEqual([3, 3])
    expect(blocks.map(({ levelsOf }) => levelsOf(5))).toEqual([3, 2])
    expect(
      basisOf('x^6 + x')
        .blocks(1)
        .map(({ matrix }) => matrix.bandwidth),
    ).toEqual([6])
  })
})

describe('extents', () => {
  const extentOf = (text: string, levels: number) =>
    new Extents(samplerOf(parseExpression(text, { variables: ['x'] })), 0.5, levels).at(DECAY)

  it('oscillator: energy n + ½, turning points ±√(2n + 1), decay e^{−A} by the action A', () => {
    const { energy, left, right, upper, minimum } = extentOf('x^2/2', 3)
    expect(Math.abs(energy - 2.5)).toBeLessThan(1e-3)
    // Turning points are found to a sample of the window, a four-thousandth of it.
    for (const turn of [right, -left]) expect(Math.abs(turn - Math.sqrt(5))).toBeLessThan(0.02)
    expect(Math.abs(minimum)).toBeLessThan(1e-4)
    const action = (X: number): number => 0.5 * X * Math.sqrt(X * X - 5) - 2.5 * Math.acosh(X / Math.sqrt(5))
    expect(Math.abs(action(upper) - DECAY)).toBeLessThan(1)
  })

  it('a well far from 0 is found', () => {
    const { left, right } = extentOf('(x - 5000)^2', 1)
    expect(Math.abs((left + right) / 2 - 5000)).toBeLessThan(0.1)
  })
})
