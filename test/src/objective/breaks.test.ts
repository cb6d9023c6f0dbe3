import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { expressionObjective, functionObjective } from '../../../src/objective/index.js'

describe('breaks of an expression', () => {
  it.each([
    ['abs(x - 1) + x^2', [1]],
    ['step(1 - abs(x))', [-1, 0, 1]],
    ['max(x^2, 2)', [-Math.SQRT2, Math.SQRT2]],
    ['min(x, 1, -x)', [-1, 0, 1]],
    ['floor(x)', [-2, -1, 0, 1, 2]],
    ['sign(sin(pi*x))', [-2, -1, 0, 1, 2]],
    ['(x^2)^(3/4)', [0]],
    ['exp(-abs(x - 0.5))', [0.5]],
  ])('%s', (source, breaks) => {
    const found = expressionObjective(source).breaks?.(-2.5, 2.5) ?? []
    expect(found).toHaveLength(breaks.length)
    found.forEach((x, k) => {
      expect(Math.abs(x - breaks[k])).toBeLessThan(1e-15)
    })
  })

  it('none where an expression is smooth', () => {
    expect(expressionObjective('exp(-x^2)*cos(3*x) + sigmoid(x)').breaks).toBeUndefined()
  })
})

describe('breaks of a function', () => {
  const place = fc.double({ min: -4.9, max: 4.9, noNaN: true })

  it('a jump, to the last bit', () => {
    fc.assert(
      fc.property(place, (at) => {
        const { breaks } = functionObjective((x) => (x < at ? Math.sin(x) : 2 + x))
        const found = breaks?.(-5, 5) ?? []
        expect(found).toHaveLength(1)
        expect(Math.abs(found[0] - at)).toBeLessThan(1e-15 * 5)
      }),
      { seed: 4 },
    )
  })

  it('a kink, to 1e-9 of the box, in which its square leaves energies exact', () => {
    fc.assert(
      fc.property(place, (at) => {
        const { breaks } = functionObjective((x) => Math.abs(x - at) + x * x)
        const found = breaks?.(-5, 5) ?? []
        expect(found).toHaveLength(1)
        expect(Math.abs(found[0] - at)).toBeLessThan(1e-8)
      }),
      { seed: 5 },
    )
  })

  it.each([
    (x: number) => Math.exp(-40 * x * x),
    (x: number) => Math.cos(30 * x) + x ** 8,
    () => 7,
    (x: number) => 1 / (1 + x * x),
  ])('none where it is smooth: %s', (f) => {
    expect(functionObjective(f).breaks?.(-5, 5)).toEqual([])
  })

  it('none where noise has no piece that is smooth', () => {
    expect(functionObjective((x) => Math.sin(1e9 * x * x)).breaks?.(-5, 5)).toEqual([])
  })
})
