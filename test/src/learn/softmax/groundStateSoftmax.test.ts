import { describe, expect, it } from 'vitest'
import { groundStateSoftmax } from '../../../../src/learn/index.js'
import { qde } from '../../../../src/qde/index.js'

/** Error of ψ₀ on its grid. */
const GRID = 1e-9

describe('the ground state and the nearest softmax', () => {
  it.each([
    [0.5, 1],
    [0.1, 4],
    [2, 0.3],
  ])('oscillator, D = %d, k = %d: |ψ₀|² is the softmax at T = √(Dk/2)', (D, k) => {
    const found = groundStateSoftmax(qde({ objective: 'k*(x - 1)^2/2', parameters: { k }, D }))
    expect(found.temperature).toBeCloseTo(Math.sqrt((D * k) / 2), 8)
    expect(found.temperature).toBeCloseTo(Math.sqrt(2 * D * k) / 2, 8)
    expect(found.distance).toBeLessThan(GRID)
    expect(found.notes[0]).toContain('is this softmax')
  })

  it('quartic: at no temperature', () => {
    const found = groundStateSoftmax(qde({ objective: 'x^4', D: 0.5 }))
    expect(found.distance).toBeGreaterThan(0.01)
    expect(found.notes[0]).toContain('no softmax')
    // Nothing that was tried is nearer.
    expect(Math.min(...found.distances)).toBeGreaterThanOrEqual(found.distance)
    // x⁴ has one scale, D^{1/3}: the distance does not depend on D, and T goes as D^{2/3}.
    const other = groundStateSoftmax(qde({ objective: 'x^4', D: 0.05 }))
    expect(other.distance).toBeCloseTo(found.distance, 6)
    expect(other.temperature / found.temperature).toBeCloseTo(0.1 ** (2 / 3), 4)
  })

  it('a plane: exact for a round bowl only, since √(Dk/2) is not the same along both axes of another', () => {
    const round = groundStateSoftmax(qde({ objective: 'x^2 + y^2', D: 0.5 }))
    expect(round.distance).toBeLessThan(1e-7)
    expect(round.temperature).toBeCloseTo(Math.SQRT1_2, 6)
    expect(groundStateSoftmax(qde({ objective: 'x^2 + 4*y^2', D: 0.5 })).distance).toBeGreaterThan(0.05)
  })

  it('draws itself and says what it found', () => {
    const found = groundStateSoftmax(qde({ objective: 'x^2/2', D: 0.5 }))
    expect(found.figure().panels).toHaveLength(2)
    expect(found.toString()).toContain('0.5')
    expect(found.toCsv()).toContain('softmax')
  })
})
