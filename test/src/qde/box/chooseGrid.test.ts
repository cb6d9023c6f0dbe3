import { describe, expect, it } from 'vitest'
import { expressionObjective } from '../../../../src/objective/index.js'
import { chooseGrid } from '../../../../src/qde/box/index.js'
import { qde } from '../../../../src/qde/index.js'

describe('chooseGrid', () => {
  it('holds n levels of an oscillator: the box ends beyond the turning points, the momenta beyond √(E/D)', () => {
    const { grid, energy, confinement } = chooseGrid(expressionObjective('x^2/2'), 0.5, { levels: 32 })
    const [x] = grid.axes
    expect(confinement).toBe('confining')
    // Weyl's count is exact for the oscillator: its 32nd level lies at 31.5.
    expect(Math.abs(energy - 31.5)).toBeLessThan(0.1)
    expect(x.upper).toBeGreaterThan(Math.sqrt(65))
    expect(x.upper).toBeLessThan(2 * Math.sqrt(65))
    expect(Math.PI / x.spacing).toBeGreaterThan(Math.sqrt(energy / 0.5))
  })

  it('finds a well far from the origin, and one of two', () => {
    const far = chooseGrid(expressionObjective('(x - 300)^2'), 0.5, { levels: 8 }).grid.axes[0]
    expect(far.lower).toBeGreaterThan(280)
    expect(far.upper).toBeLessThan(320)
    const two = chooseGrid(expressionObjective('(x^2 - 100)^2/100'), 0.5, { levels: 8 }).grid.axes[0]
    expect(two.lower).toBeLessThan(-10)
    expect(two.upper).toBeGreaterThan(10)
  })

  it.each([
    ['0', 'open'],
    ['sin(x)', 'open'],
    ['x', 'unbounded'],
    ['x^2 - 0.001*x^4', 'unbounded'],
    ['-exp(x)', 'unbounded'],
    ['-2/cosh(x)^2', 'confining'],
    ['10*(1 - exp(-x))^2', 'confining'],
    ['x*y', 'unbounded'],
    ['x^2 + y^4', 'confining'],
    ['x^2 + y^4 + (z - 3)^2', 'confining'],
    ['x + y^2 + z^2', 'unbounded'],
    ['x^2 + y^2 + sin(z)', 'open'],
  ])('%s is %s', (source, confinement) => {
    expect(chooseGrid(expressionObjective(source), 0.5, { levels: 4 }).confinement).toBe(confinement)
  })

  it('says which grid, which boundary, and why', () => {
    expect(qde({ objective: 'x^2/2', D: 0.5 }).notes.join(' ')).toMatch(
      /x ∈ \[−13, 13\] in 120 intervals.*periodic \(Fourier\), because ζ confines.*32 levels.*1e−13/,
    )
    expect(qde({ objective: 'sin(x)', D: 0.5 }).notes.join(' ')).toMatch(
      /does not confine.*default.*grid: \{/,
    )
  })

  it('refuses a ζ that is not a number, with the place and a way out', () => {
    expect(() => qde({ objective: 'log(x)', D: 0.5 })).toThrow(
      /objective: ζ is not a number at x = -.*grid: \{ lower/,
    )
    expect(() => qde({ objective: '1/x^2', D: 0.5 })).toThrow(/objective: ζ is Infinity at x = 0/)
    expect(() => qde({ objective: 'log(x)', D: 0.5, grid: { lower: 1, upper: 2 } })).not.toThrow()
  })
})
