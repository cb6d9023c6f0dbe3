import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { unpack } from '../../../../src/figure/index.ts'
import { adam, momentum } from '../../../../src/learn/index.js'
import { expressionObjective } from '../../../../src/objective/index.js'

/** Rounding of some twenty steps of numbers of order 1. */
const ROUNDING = 1e-11

const rate = fc.double({ min: 0.01, max: 0.3, noNaN: true })
const decay = fc.double({ min: 0, max: 0.95, noNaN: true })
const curvature = fc.double({ min: 0.1, max: 3, noNaN: true })

describe('momentum', () => {
  it('on ½hx² the heavy ball is xₙ₊₁ = (1 + μ − ηh)xₙ − μxₙ₋₁ (Polyak)', () => {
    fc.assert(
      fc.property(rate, decay, curvature, (learningRate, mu, h) => {
        const bowl = expressionObjective(`h/2*x^2`, { parameters: { h } })
        const { path } = momentum({ learningRate, momentum: mu }).run(bowl, { start: [1], evaluations: 20 })
        for (let n = 1; n + 1 < path.length; n++)
          expect(
            Math.abs(path[n + 1][0] - (1 + mu - learningRate * h) * path[n][0] + mu * path[n - 1][0]),
          ).toBeLessThan(ROUNDING)
      }),
      { numRuns: 30 },
    )
  })

  it('on ½hx² Nesterov’s is xₙ₊₁ = (1 − ηh)[(1 + μ)xₙ − μxₙ₋₁]', () => {
    fc.assert(
      fc.property(rate, decay, curvature, (learningRate, mu, h) => {
        const bowl = expressionObjective(`h/2*x^2`, { parameters: { h } })
        const run = momentum({ learningRate, momentum: mu, nesterov: true }).run(bowl, {
          start: [1],
          evaluations: 20,
        })
        const { path } = run
        for (let n = 1; n + 1 < path.length; n++)
          expect(
            Math.abs(path[n + 1][0] - (1 - learningRate * h) * ((1 + mu) * path[n][0] - mu * path[n - 1][0])),
          ).toBeLessThan(ROUNDING)
      }),
      { numRuns: 30 },
    )
  })

  it('does not rest at a minimum that it runs through', () => {
    // With η = 1/h the heavy ball is at 0 after one step, with the velocity −1.
    const run = momentum({ learningRate: 0.5, momentum: 0.5 }).run(expressionObjective('x^2'), { start: [1] })
    expect(run.path[1][0]).toBe(0)
    expect(run.path[2][0]).toBeCloseTo(-0.5, 12)
    expect(run.converged).toBe(true)
    expect(Math.abs(run.point[0])).toBeLessThan(1e-9)
  })
})

describe('adam', () => {
  it('steps by η where the gradient is constant, whatever that is', () => {
    const { path } = adam({ learningRate: 0.1 }).run(expressionObjective('7*x'), {
      start: [0],
      evaluations: 10,
    })
    path.forEach(([x], n) => {
      // ε = 10⁻⁸ beside a gradient of 7.
      expect(x).toBeCloseTo(-0.1 * n, 7)
    })
  })

  it('does not see the scale of ζ', () => {
    const paths = ['x^4 + y^2 + x*y', '1000*(x^4 + y^2 + x*y)'].map(
      (source) =>
        adam({ learningRate: 0.05, epsilon: 1e-15 }).run(expressionObjective(source), {
          start: [1, 2],
          evaluations: 100,
        }).point,
    )
    expect(paths[1][0]).toBeCloseTo(paths[0][0], 9)
    expect(paths[1][1]).toBeCloseTo(paths[0][1], 9)
  })

  it('refuses decays of 1', () => {
    expect(() => adam({ beta2: 1 })).toThrow(/beta2: out of range/)
  })
})

it('is drawn with every point of its path, those beyond start and answer among them', () => {
  const run = adam({ learningRate: 0.1 }).run('(x^2 - 1)^2 + y^2 + 0.3*x', {
    start: [1.5, 1],
    evaluations: 200,
  })
  const field = run.figure().panels.find((panel) => panel.type === 'field')!
  const [path] = field.paths
  expect(path!.points.shape).toEqual([run.path.length, 2])
  const least = Math.min(...run.path.map(([x]) => x!))
  expect(unpack(field.axes[0])[0]).toBeLessThan(least)
})
