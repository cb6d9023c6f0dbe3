import { describe, expect, it } from 'vitest'
import { evaluateAt, expressionObjective, tabulate } from '../../../../src/objective/index.js'
import { qde } from '../../../../src/qde/index.js'

const well = expressionObjective('(x^2 - 1)^2 + 0.2*x + y^2*(1 + x^2/4)')

describe('tabulate', () => {
  it('asks ζ once for each sample', () => {
    let asked = 0
    tabulate(
      (x, y) => {
        asked++
        return x ** 2 + y ** 2
      },
      { lower: -1, upper: 1, points: [11, 7] },
    )
    expect(asked).toBe(77)
  })

  it('is off between the samples by no more than it says', () => {
    const table = tabulate(well, { lower: -2, upper: 2 })
    const between = [Float64Array.of(-1.2345, 0.4321, 1.01), Float64Array.of(0.777, -1.3333, 0.0505)]
    const truth = evaluateAt(well, between)
    const off = evaluateAt(table, between).map((v, i) => Math.abs(v - truth[i]))
    expect(table.interpolationError.largest).toBeLessThan(1e-3)
    expect(Math.max(...off)).toBeLessThan(table.interpolationError.largest)
  })

  it('has the levels of what it stands for, up to its error', () => {
    const grid = { lower: -2.5, upper: 2.5, points: 80 }
    const table = tabulate(well, { lower: -2.5, upper: 2.5, points: 101 })
    const [exact, tabulated] = [well, table].map(
      (objective) => qde({ objective, D: 0.05, grid }).groundState().energy,
    )
    // First order of perturbation theory: |ΔE₀| ≤ max |Δζ|.
    expect(Math.abs(tabulated - exact)).toBeLessThan(table.interpolationError.largest)
    expect(Math.abs(tabulated - exact)).toBeLessThan(1e-5)
  })

  it('runs along a line and in space', () => {
    const line = tabulate('cos(x)', { lower: 0, upper: 6 })
    expect(evaluateAt(line, [Float64Array.of(2.003)])[0]).toBeCloseTo(Math.cos(2.003), 7)
    const space = tabulate('x*y + z^3', { lower: -1, upper: [1, 1, 2] })
    expect(
      evaluateAt(
        space,
        [[0.3], [-0.7], [1.21]].map((v) => Float64Array.from(v)),
      )[0],
    ).toBeCloseTo(-0.21 + 1.21 ** 3, 4)
  })

  it('says what it cannot tabulate', () => {
    const far = { ...well, variables: ['a', 'b', 'c', 'd'] }
    expect(() => tabulate(far, { lower: 0, upper: 1 })).toThrow(/too many coordinates for a table/)
    expect(() => tabulate(well, { lower: 1, upper: 1 })).toThrow(/upper: out of range/)
    expect(() => tabulate(well, { lower: 0, upper: 1, points: 3000 })).toThrow(/too many samples/)
    expect(() => tabulate('1/x', { lower: -1, upper: 1 })).toThrow(/ζ is/)
  })
})
