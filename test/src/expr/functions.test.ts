import { expect, it } from 'vitest'
import { evaluateDecimal, parseExpression } from '../../../src/expr/index.js'

it.each([
  ['step(x)', [0, 0.5, 1]],
  ['floor(x)', [-2, 0, 1]],
  ['erf(x)', [-0.9661051464753108, 0, 0.9661051464753108]],
])('%s at −1.5, 0 and 1.5, in doubles and in decimals', (text, values) => {
  const expression = parseExpression(text, { variables: ['x'] })
  ;[-1.5, 0, 1.5].forEach((x, i) => {
    expect(Math.abs(expression.evaluate({ x }) - values[i])).toBeLessThan(1e-15)
    expect(Math.abs(evaluateDecimal(expression, { x }, 30).toNumber() - values[i])).toBeLessThan(1e-15)
  })
})

it('erf′ = 2e^{−x²}/√π, and step and floor say why they have no derivative', () => {
  const slope = parseExpression('erf(x)', { variables: ['x'] }).derivative('x')
  expect(Math.abs(slope!.evaluate({ x: 0.7 }) - (2 / Math.sqrt(Math.PI)) * Math.exp(-0.49))).toBeLessThan(
    1e-15,
  )
  expect(parseExpression('step(x)', { variables: ['x'] }).kink('x')).toMatch(/jumps at u = 0/)
  expect(parseExpression('floor(x)', { variables: ['x'] }).kink('x')).toMatch(/jumps at every whole number/)
  expect(parseExpression('step(x)', { variables: ['x'] }).tex).toMatch(/\\Theta/)
})
