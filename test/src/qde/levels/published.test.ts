import { describe, expect, it } from 'vitest'
import { qde } from '../../../../src/qde/index.js'

/** Half a unit of the last printed digit but one. */
const printed = (value: string): number => 5 * 10 ** -(value.split('.')[1] ?? '').length

describe('levels as published', () => {
  it.each([
    ['x^4', 1, ['1.06036209', '3.79967303', '7.45569794', '11.64474551']],
    ['x^2/2 + 0.1*x^4', 0.5, ['0.55914633']],
    ['x^2/2 + x^4', 0.5, ['0.80377065']],
    ['x^2/2 + 10*x^4', 0.5, ['1.50497241']],
    ['abs(x)', 0.5, ['0.80861652', '1.85575708', '2.57809613', '3.24460762']],
  ])('%s at D = %f', (objective, D, levels) => {
    const { energies } = qde({ objective, D }).eigenstates(levels.length)
    levels.forEach((level, n) => {
      expect(Math.abs(energies[n] - Number(level))).toBeLessThanOrEqual(printed(level))
    })
  })

  it('x beside a wall, D = ½: 1.855757, 3.244608, 4.381671', () => {
    const { energies } = qde({ objective: 'x', D: 0.5, grid: { lower: 0, upper: 14 } }).eigenstates(3)
    ;['1.855757', '3.244608', '4.381671'].forEach((level, n) => {
      expect(Math.abs(energies[n] - Number(level))).toBeLessThanOrEqual(printed(level))
    })
  })

  it('p² + x⁴ to 22 digits', () => {
    const { energies } = qde({ objective: 'x^4', D: 1 }).eigenstates(3, { digits: 24 })
    ;['1.060362090484182899647', '3.799673029801394168783', '7.455697937986738392157'].forEach((level, n) => {
      expect(energies[n].slice(0, level.length - 1)).toBe(level.slice(0, -1))
    })
  })
})
