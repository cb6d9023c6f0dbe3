import fc from 'fast-check'
import Fraction from 'fraction.js'
import { describe, expect, it } from 'vitest'
import { evaluateDecimal, parseExpression, rational } from '../../../../src/expr/index.js'
import { between, SEED, texts } from '../_random.js'

const value = (text: string, x: number | Fraction = 0, digits = 50, parameters = {}): string =>
  evaluateDecimal(parseExpression(text, { variables: ['x'], parameters }), { x }, digits).toString()

describe('evaluateDecimal()', () => {
  it.each([
    ['pi', '3.1415926535897932384626433832795028841971693993751'],
    ['e', '2.7182818284590452353602874713526624977572470937'],
    ['sqrt(2)', '1.4142135623730950488016887242096980785696718753769'],
    ['2^0.5', '1.4142135623730950488016887242096980785696718753769'],
    ['log(2)', '0.69314718055994530941723212145817656807550013436026'],
    ['exp(1)', '2.7182818284590452353602874713526624977572470937'],
    ['4*atan(1)', '3.1415926535897932384626433832795028841971693993751'],
    ['(1 + sqrt(5))/2', '1.6180339887498948482045868343656381177203091798058'],
    ['sigmoid(0)', '0.5'],
    ['1/3', '0.33333333333333333333333333333333333333333333333333'],
  ])('%s = %s', (text, digits) => {
    expect(value(text)).toBe(digits)
  })

  it('rationals stay exact: 0.1 + 0.2 − 0.3 is 0, and x is the decimal that is written', () => {
    expect(value('0.1 + 0.2 - 0.3')).toBe('0')
    expect(value('10*x - 1', 0.1)).toBe('0')
    expect(value('3*x - 1', new Fraction(1, 3))).toBe('0')
    expect(value('10*a - 1', 0, 50, { a: 0.1 })).toBe('0')
    expect(rational(1e-7).toFraction()).toBe('1/10000000')
  })

  it('cancellation costs no digit', () => {
    // 1 − cos x = x²/2 − x⁴/24 + …
    expect(value('1 - cos(x)', 1e-20, 30)).toBe('5e-41')
    expect(value('(exp(x) - 1 - x)/x^2', 1e-12, 30)).toBe('0.500000000000166666666666708333')
    expect(value('sin(pi)')).toBe('0')
    expect(value('exp(-1000)', 0, 20)).toBe('5.0759588975494567653e-435')
  })

  it('erf is ±1 to every digit asked for where e^{−u²} is below them', () => {
    expect(value('erf(1e6)', 0, 30)).toBe('1')
    expect(value('erf(-40)', 0, 60)).toBe('-1')
    // 1 − erf 8 = 1.1224e-29 (Abramowitz, Stegun, eq. 7.1.23).
    expect(value('1 - erf(8)', 0, 5)).toBe('1.1224e-29')
  })

  it('identities of the functions hold to 60 digits', () => {
    const zero = [
      'sin(x)^2 + cos(x)^2 - 1',
      'tan(x) - sin(x)/cos(x)',
      'cosh(x)^2 - sinh(x)^2 - 1',
      'tanh(x) - sinh(x)/cosh(x)',
      'asinh(sinh(x)) - x',
      'acosh(cosh(x)) - x',
      'atanh(tanh(x)) - x',
      'asin(sin(x)) - x',
      'acos(cos(x)) - x',
      'atan(tan(x)) - x',
      'exp(log(x)) - x',
      'log2(2^x) - x',
      'log10(10^x) - x',
      'cbrt(x)^3 - x',
      'sqrt(x)^2 - x',
      'sigmoid(x) - 1/(1 + exp(-x))',
      'max(x, 0) + min(x, 0) - x',
      'abs(x)*sign(x) - x',
    ]
    for (const text of zero) expect([text, value(text, 0.7, 60)]).toEqual([text, '0'])
  })

  it('outside a domain and at poles it gives what doubles give', () => {
    const outside = [
      'log(x)',
      'sqrt(x)',
      'asin(x)',
      '0/(x + 2)',
      '(x + 2)/(x + 2)',
      '1/(x + 2)',
      '(x + 2)^0',
      'x^0.5',
    ]
    for (const text of outside) {
      const expression = parseExpression(text, { variables: ['x'] })
      const double = expression.evaluate({ x: -2 })
      expect([text, evaluateDecimal(expression, { x: -2 }, 30).toNumber()]).toEqual([text, double])
    }
  })

  it('agrees with doubles on random expressions', () => {
    const expressions = texts({
      leaves: ['x', '2', '0.5', 'pi', '1/3'],
      functions: ['sin', 'cos', 'exp', 'tanh', 'sigmoid', 'atan', 'cbrt', 'asinh', 'abs', 'sqrt', 'log'],
      powers: ['2', '3', '(1/2)'],
      depth: 2,
    })
    fc.assert(
      fc.property(expressions, between(-2, 2), (text, x) => {
        const expression = parseExpression(text, { variables: ['x'] })
        const double = expression.evaluate({ x })
        const near = [x * (1 - 1e-12), x * (1 + 1e-12)].map((u) => expression.evaluate({ x: u }))
        // A double is compared where it is smooth and small enough to be right to about ten digits.
        fc.pre([double, ...near].every((v) => Number.isFinite(v) && Math.abs(v) < 1e6))
        fc.pre(near.every((v) => Math.abs(v - double) < 1e-9 * (1 + Math.abs(double))))
        const decimal = evaluateDecimal(expression, { x }, 20).toNumber()
        expect(Math.abs(decimal - double)).toBeLessThan(1e-8 * (1 + Math.abs(double)))
      }),
      { numRuns: 300, seed: SEED },
    )
  })

  it('names what has no value', () => {
    expect(() => evaluateDecimal(parseExpression('x', { variables: ['x'] }), {}, 20)).toThrow(
      /No value for “x”/,
    )
  })
})
