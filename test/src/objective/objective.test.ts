import { describe, expect, it } from 'vitest'
import { axis, grid } from '../../../src/grid/index.js'
import {
  evaluateOn,
  expressionObjective,
  functionObjective,
  gradientSquaredOn,
} from '../../../src/objective/index.js'

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
    const box = grid([axis({ name: 'x', lower: -1, upper: 1, intervals: 8, boundary: 'walls' })])
    expect(() => evaluateOn(zeta, box)).toThrow(/Infinity at x = 0/)
  })

  it('on a grid in space ζ and |∇ζ|² are those of each point, across the slabs in which they are evaluated', () => {
    const zeta = expressionObjective('x + 10*y^2 + 100*z')
    expect(zeta.variables).toEqual(['x', 'y', 'z'])
    const box = grid(
      ['x', 'y', 'z'].map((name, d) =>
        axis({ name, lower: -1, upper: 1, intervals: [48, 40, 36][d], boundary: 'periodic' }),
      ),
    )
    const values = evaluateOn(zeta, box)
    const squares = gradientSquaredOn(zeta, box)!
    const call = evaluateOn(
      functionObjective((x, y, z) => x + 10 * y * y + 100 * z),
      box,
    )
    for (const i of [0, 1, 65_535, 65_536, box.size - 1]) {
      const [x, y, z] = box.columns.map((c) => c[i])
      expect(values[i]).toBeCloseTo(x + 10 * y * y + 100 * z, 12)
      expect(call[i]).toBeCloseTo(values[i], 12)
      expect(squares[i]).toBeCloseTo(1 + 400 * y * y + 10_000, 8)
    }
  })

  it('takes any number of coordinates, by default x1, x2, … beyond three', () => {
    expect(functionObjective((a, b, c, d) => a + 2 * b + 3 * c + 4 * d).variables).toEqual([
      'x1',
      'x2',
      'x3',
      'x4',
    ])
    const zeta = expressionObjective('x2 + x5*a', { parameters: { a: 3 } })
    expect(zeta.variables).toEqual(['x1', 'x2', 'x3', 'x4', 'x5'])
    const columns = [1, 10, 100, 1000, 10_000].map((v) => Float64Array.of(v))
    expect(zeta.evaluate(columns)).toEqual(Float64Array.of(30_010))
    const sum = functionObjective((...w) => w.reduce((s, v) => s + v, 0), { variables: zeta.variables })
    expect(sum.evaluate(columns)).toEqual(Float64Array.of(11_111))
  })

  it('refuses none', () => {
    expect(() => functionObjective((x) => x, { variables: [] })).toThrow(/1 to \d+; got 0/)
  })
})
