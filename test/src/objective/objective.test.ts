import { describe, expect, it } from 'vitest'
import { evaluateFinite, expressionObjective, functionObjective } from '../../../src/objective/index.js'

describe('objectives', () => {
  it('an expression knows its coordinates, its value and its gradient', () => {
    const zeta = expressionObjective('a*x^2*y', { parameters: { a: 3 } })
    expect(zeta.variables).toEqual(['x', 'y'])
    const columns = [Float64Array.of(1, 2), Float64Array.of(5, 7)]
    expect(Array.from(zeta.evaluate(columns))).toEqual([15, 84])
    expect(zeta.gradient!(columns).map((g) => Array.from(g))).toEqual([
      [30, 84],
      [3, 12],
    ])
  })

  it('a name inside another, such as exp, is not a coordinate', () => {
    expect(expressionObjective('exp(-2)').variables).toEqual(['x'])
    expect(expressionObjective('y^2').variables).toEqual(['y'])
    expect(expressionObjective('x^2 + y', { parameters: { y: 2 } }).variables).toEqual(['x'])
  })

  it('a function of two numbers has two coordinates', () => {
    const zeta = functionObjective((x, y) => x - y)
    expect(zeta.variables).toEqual(['x', 'y'])
    expect(Array.from(zeta.evaluate([Float64Array.of(3), Float64Array.of(1)]))).toEqual([2])
  })

  it('names the first point at which ζ is not finite', () => {
    const zeta = expressionObjective('1/x')
    expect(() => evaluateFinite(zeta, [Float64Array.of(-1, 0, 1)])).toThrow(/Infinity at x = 0/)
  })

  it('refuses three coordinates', () => {
    expect(() => functionObjective((x) => x, { variables: ['x', 'y', 'z'] })).toThrow(/one or two; got 3/)
  })
})
