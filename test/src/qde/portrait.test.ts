import { describe, expect, it } from 'vitest'
import { unpack, validateFigure } from '../../../src/figure/index.js'
import { saved } from '../../../src/figure/wire.js'
import { qde, wavePacket } from '../../../src/qde/index.js'

describe('figures of wave functions', () => {
  it('in a plane: a run keeps its frames, its norm and its energies in less than 200 KB', () => {
    const run = qde({ objective: '(x^2 + y^2)/2', D: 0.5 }).evolve(
      wavePacket({ x0: [1, 0], sigma: [0.6, 0.8], k0: [0, 1] }),
      { until: 2, frames: 12 },
    )
    const figure = run.figure()
    if (figure.kind !== 'wave') throw new Error(`drawn as ${figure.kind}`)
    validateFigure(JSON.parse(JSON.stringify(saved(figure))))
    expect(JSON.stringify(saved(figure)).length).toBeLessThan(200_000)
    expect(figure.angle).toBe(0)
    expect(figure.frames.values).toEqual([...run.times])
    expect([...unpack(figure.energy!)]).toEqual([...run.energies])
    const [x, y] = figure.axes.map((axis) => unpack(axis)) as [Float64Array, Float64Array]
    const cell = (x[1]! - x[0]!) * (y[1]! - y[0]!)
    const weights = unpack(figure.weights)
    const squares = figure.fields.map((field) => unpack(field).reduce((sum, v) => sum + v * v, 0))
    const row = 2 * squares.length
    for (let t = 0; t < run.times.length; t++) {
      // Orthogonal fields: the norm is the sum of the squares of the weights.
      const norm = squares.reduce(
        (sum, square, k) =>
          sum + square * (weights[t * row + 2 * k]! ** 2 + weights[t * row + 2 * k + 1]! ** 2),
        0,
      )
      // 1 % of ψ, its rim, and 8 bits.
      expect(norm * cell).toBeCloseTo(1, 1)
    }
  })

  it('populations are densities', () => {
    const figure = qde({ objective: 'x^2 + y^2', D: 0.5 })
      .evolve(wavePacket({ x0: [0.5, 0], sigma: [0.5, 0.5] }), {
        until: 0.5,
        frames: 3,
        angle: Math.PI / 2,
        reading: 'population',
      })
      .figure()
    expect(figure.kind).toBe('landscape')
  })

  it.each([
    ['x^2/2', 'evolution'],
    ['(x^2 + y^2)/2', 'wave'],
  ])('the portrait of a state of %s has its energy', (objective, kind) => {
    const problem = qde({ objective, D: 0.5 })
    const { states, energies } = problem.eigenstates(2)
    const portrait = problem.portrait(states[1])
    expect(portrait.energy).toBeCloseTo(energies[1], 6)
    const figure = portrait.figure()
    validateFigure(JSON.parse(JSON.stringify(saved(figure))))
    expect([figure.kind, figure.title]).toEqual([kind, 'Wave function'])
    expect(figure.alt).not.toMatch(/NaN|undefined/)
    expect(String(portrait)).toContain('⟨H⟩ = ')
  })
})
