import { describe, expect, it } from 'vitest'
import { PsilabError } from '../../../../src/error.js'
import { unpack } from '../../../../src/figure/index.js'
import { levelDiagram, qde } from '../../../../src/qde/index.js'

/** Levels of default grids. */
const LEVEL = 1e-8

describe('levelDiagram()', () => {
  it('has the ladders (n + ½)ω of oscillators, in the order of what they differ in', () => {
    const diagram = levelDiagram(
      [2, 0.5].map((D) => qde({ objective: 'x^2/2', D })),
      { levels: 5 },
    )
    expect([...diagram.values]).toEqual([0.5, 2])
    diagram.values.forEach((D, k) => {
      const omega = Math.sqrt(2 * D)
      diagram.energies[k].forEach((energy, n) => {
        expect(Math.abs(energy - (n + 0.5) * omega)).toBeLessThan(LEVEL)
      })
    })
    const [panel] = diagram.figure().panels
    if (panel?.type !== 'lines') throw new Error(panel?.type)
    expect(panel.series.map(({ mark }) => mark)).toEqual(Array(5).fill('levels'))
    unpack(panel.series[1].y!).forEach((energy, k) => {
      expect(energy).toBeCloseTo(diagram.energies[k][1], 6)
    })
  })

  it('finds an avoided crossing where the wells are level', () => {
    const values = [-0.1, -0.05, 0, 0.05, 0.1]
    const diagram = levelDiagram(
      values.map((a) => qde({ objective: '(x^2 - 1)^2 + a*x', parameters: { a }, D: 0.05 })),
      { levels: 2, values, parameter: 'a' },
    )
    expect(diagram.smallest.value).toBe(0)
    const gaps = diagram.gaps()
    expect(gaps[0]).toBeCloseTo(gaps[4], 8)
    expect(diagram.toString()).toContain('at a = 0.')
  })

  it('counts degenerate levels: n + 1 of the n-th of an isotropic oscillator', () => {
    const diagram = levelDiagram([qde({ objective: 'x^2/2 + y^2/2', D: 0.5 })], { levels: 10 })
    expect(diagram.degeneracies()).toEqual([1, 2, 3, 4])
  })

  it('refuses what it cannot set side by side', () => {
    const one = qde({ objective: 'x^2/2', D: 0.5 })
    for (const [problems, options] of [
      [[], {}],
      [[one, one], { values: [1, 1] }],
      [[one], { values: [1, 2] }],
      [[one], { levels: 1 }],
    ] as const)
      expect(() => levelDiagram(problems, options)).toThrow(PsilabError)
  })
})
