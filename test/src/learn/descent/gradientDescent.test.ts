import { describe, expect, it } from 'vitest'
import { gradientDescent } from '../../../../src/learn/index.js'
import { expressionObjective, functionObjective } from '../../../../src/objective/index.js'

describe('gradientDescent', () => {
  it('shrinks ½hx² by 1 − ηh a step', () => {
    const { path } = gradientDescent({ learningRate: 0.1 }).run(expressionObjective('3*x^2'), {
      start: [2],
      evaluations: 5,
    })
    expect(path.length).toBe(6)
    path.forEach((point, n) => {
      expect(point[0]).toBeCloseTo(2 * 0.4 ** n, 12)
    })
  })

  it('reaches the global minimum of the tilted double well, a root of x³ − x + 0.05, from its side', () => {
    const found = gradientDescent({ learningRate: 0.05 }).run(expressionObjective('(x^2 - 1)^2 + 0.2*x'), {
      start: [-0.5],
    })
    expect(found.converged).toBe(true)
    expect(found.point[0]).toBeCloseTo(-1.0241203002150505, 10)
    expect(found.value).toBeCloseTo(-0.20244043434482242, 12)
  })

  it('stays in the local minimum of Rastrigin’s function in which it starts: a root of x + 10π sin 2πx, found to 30 digits', () => {
    const rastrigin = expressionObjective('x^2 + 10*(1 - cos(2*pi*x))')
    const { point, value, converged } = gradientDescent({ learningRate: 0.001 }).run(rastrigin, {
      start: [3],
    })
    expect(converged).toBe(true)
    expect(point[0]).toBeCloseTo(2.98485570103948, 11)
    expect(value).toBeCloseTo(8.95460124148701, 12)
  })

  it('hands back the last place before it leaves all bounds', () => {
    const run = gradientDescent({ learningRate: 1 }).run(expressionObjective('x^4'), { start: [9] })
    expect(run.stopped).toBe('diverged')
    expect(run.converged).toBe(false)
    expect(Number.isFinite(run.point[0])).toBe(true)
  })

  it('takes differences where there is no gradient, and counts the values they cost', () => {
    const run = gradientDescent({ learningRate: 0.1 }).run(
      functionObjective((x, y) => x * x + 3 * y * y),
      { start: [1, 1], evaluations: 5000 },
    )
    expect(Math.hypot(...run.point)).toBeLessThan(1e-8)
    expect(run.gradients).toBe(0)
    expect(run.evaluations).toBe(run.cost)
  })

  it('says what is wrong with a start, a rate and a budget', () => {
    const bowl = expressionObjective('x^4')
    const descent = gradientDescent({ learningRate: 0.1 })
    expect(() => descent.run(bowl, { start: [1, 2] })).toThrow(/start: wrong number/)
    expect(() => descent.run(bowl, { start: [Number.NaN] })).toThrow(/start: out of range/)
    expect(() => descent.run(bowl)).toThrow(/start: missing, and there is no box/)
    expect(() => descent.run(bowl, { start: [1], evaluations: 0 })).toThrow(/evaluations: out of range/)
    expect(() => descent.run(bowl, { start: [1], steps: 3 } as never)).toThrow(/there is no option steps/)
    expect(() => descent.run(bowl, { box: { lower: 1, upper: 1 } })).toThrow(/box: empty/)
    expect(() => gradientDescent({ learningRate: -1 })).toThrow(/learningRate: out of range/)
  })

  it('is converged where one step lands on the minimum', () => {
    const run = gradientDescent({ learningRate: 1 / 6 }).run(expressionObjective('3*x^2'), {
      start: [1],
      evaluations: 2,
    })
    expect(run.converged).toBe(true)
    expect(run.steps.at(-1)).toBe(1)
  })
})
