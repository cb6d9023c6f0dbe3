import Fraction from 'fraction.js'
import { describe, expect, it } from 'vitest'
import { parseExpression } from '../../../../src/expr/index.js'
import { centreOf, isEven, maybePolynomial, recentre } from '../../../../src/qde/precise/polynomial.js'

const read = (text: string, parameters: Record<string, number> = {}): string[] | undefined =>
  maybePolynomial(parseExpression(text, { variables: ['x'], parameters }), 40)?.map((c) => c.toFraction())

describe('polynomials of an expression', () => {
  it.each([
    ['(x^2 - 1)^2', ['1', '0', '-2', '0', '1']],
    ['(x + 1/3)*(x - 1/3)', ['-1/9', '0', '1']],
    ['x/4 - 0.2', ['-1/5', '1/4']],
    ['(x - x)^2 + 3', ['3']],
    ['x - x', []],
    ['sqrt(4)*x^2', ['0', '0', '2']],
    ['x^(4/2)', ['0', '0', '1']],
  ])('%s: %o', (text, coefficients) => {
    expect(read(text)).toEqual(coefficients)
  })

  it.each(['exp(x)', '1/x', 'x^x', 'x^0.5', 'x^41', '2^x'])('%s is none', (text) => {
    expect(read(text)).toBeUndefined()
  })

  it('parameters are the decimals that are written; irrational numbers are taken to the digits asked for', () => {
    expect(read('a*x', { a: 0.1 })).toEqual(['0', '1/10'])
    const [pi] = maybePolynomial(parseExpression('pi', { variables: ['x'] }), 40) ?? []
    expect(pi.mul(10n ** 39n).round().n).toBe(3141592653589793238462643383279502884197n)
  })

  it('a centre makes a moved even polynomial even again', () => {
    const moved =
      maybePolynomial(parseExpression('(x - 2/7)^6 + (x - 2/7)^2', { variables: ['x'] }), 40) ?? []
    expect(isEven(moved)).toBe(false)
    expect(centreOf(moved).toFraction()).toBe('2/7')
    const back = recentre(moved, centreOf(moved), new Fraction(2))
    expect(back.map((c) => c.toFraction())).toEqual(['0', '0', '4', '0', '0', '0', '64'])
  })
})
