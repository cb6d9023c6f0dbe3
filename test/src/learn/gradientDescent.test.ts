import { describe, expect, it } from 'vitest'
import { gradientDescent } from '../../../src/learn/index.js'
import { expressionObjective, functionObjective } from '../../../src/objective/index.js'

describe('gradientDescent', () => {
  it('shrinks ½hx² by 1 − ηh a step', () => {
    const { path } = gradientDescent(expressionObjective('3*x^2'), {
      start: [2],
      learningRate: 0.1,
      steps: 5,
    })
    path.forEach((point, n) => {
      expect(point[0]).toBeCloseTo(2 * 0.4 ** n, 12)
    })
  })

  it('reaches the global minimum of the tilted double well, a root of x³ − x + 0.05, from its side', () => {
    const found = gradientDescent(expressionObjective('(x^2 - 1)^2 + 0.2*x'), {
      start: [-0.5],
      learningRate: 0.05,
    })
    expect(found.converged).toBe(true)
    expect(found.point[0]).toBeCloseTo(-1.0241203002150505, 10)
    expect(found.value).toBeCloseTo(-0.20244043434482242, 12)
  })

  it('says so when it runs off, when there is no gradient, and when the start does not fit', () => {
    const bowl = expressionObjective('x^4')
    expect(() => gradientDescent(bowl, { start: [9], learningRate: 1 })).toThrow(
      /learningRate: the descent left all bounds/,
    )
    expect(() =>
      gradientDescent(
        functionObjective((x) => x * x),
        { start: [1], learningRate: 0.1 },
      ),
    ).toThrow(/no known gradient/)
    expect(() => gradientDescent(bowl, { start: [1, 2], learningRate: 0.1 })).toThrow(/start: wrong number/)
    expect(gradientDescent(bowl, { start: [1], learningRate: 0.1, steps: 3 }).converged).toBe(false)
    expect(() => gradientDescent(bowl, { start: [Number.NaN], learningRate: 0.1 })).toThrow(
      /start: out of range/,
    )
    const parabola = expressionObjective('3*x^2')
    expect(gradientDescent(parabola, { start: [1], learningRate: 1 / 6, steps: 1 }).converged).toBe(true)
  })
})
