import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import {
  adam,
  expressionObjective,
  functionObjective,
  gaussianMixture,
  logisticLoss,
  parseExpression,
  qde,
  randomStream,
  sampledObjective,
  testFunction,
  variancePreserving,
} from '../../src/index.ts'
import { JUPYTER_DISPLAY, shownAs } from '../../src/shown.ts'

const bundle = (value: object): unknown => (value as { [JUPYTER_DISPLAY](): unknown })[JUPYTER_DISPLAY]()

describe('what results print', () => {
  it('objectives: the equation that they are, typeset in a notebook', () => {
    expect(inspect(expressionObjective('(x^2-1)^2'))).toBe('ζ(x) = (x²−1)²')
    expect(bundle(expressionObjective('a*x^2', { parameters: { a: 2 } }))).toMatchObject({
      'text/latex': expect.stringMatching(/^\$\\displaystyle \\zeta\(x\) = .*x\^\{2\}\$$/),
    })
    expect(inspect(testFunction('rastrigin'))).toMatch(/^ζ\(x, y\) = x² \+ 10/)
    expect(inspect(functionObjective((x) => x * x))).toBe('ζ(x)')
    expect(inspect(sampledObjective({ x: [1, 2, 3], values: [1, 0, 1] }))).toBe(
      'ζ through 3 samples, a function of x',
    )
    expect(inspect(logisticLoss({ features: [[1], [2]], labels: [0, 1] }))).toMatch(/^ζ\(w1\) = .*n = 2$/)
  })

  it('objects of one short line', () => {
    const { grid, objective } = qde({ objective: 'x^2/2', D: 0.5 })
    const values = [
      grid,
      grid.axes[0]!,
      objective,
      adam(),
      variancePreserving(),
      gaussianMixture({ means: [0, 1], variances: [1, 1], weights: [0.5, 0.5] }),
      randomStream(1),
      parseExpression('x^2/2', { variables: ['x'] }),
    ]
    for (const value of values) {
      expect(inspect(value)).toMatch(/^[^\n{]{1,200}$/)
    }
    expect(inspect(grid)).toBe(inspect(grid.axes[0]))
    expect(inspect(grid)).toContain(`${grid.size} points`)
  })

  it('without a change to what they are', () => {
    const plain = { a: 1, text: 'a' }
    const shown = shownAs({ ...plain }, ({ text }) => text)
    expect(shown).toEqual(plain)
    expect(Object.keys(shown)).toEqual(Object.keys(plain))
    expect(structuredClone(shown)).toEqual(plain)
    expect(inspect(shown)).toBe('a')
  })

  it('TeX that no page could typeset is left away', () => {
    const long = shownAs(
      {},
      () => 'long',
      () => 'x+'.repeat(10_000),
    )
    expect(bundle(long)).toEqual({ 'text/plain': 'long' })
  })
})
