import { Decimal } from 'decimal.js'
import Fraction from 'fraction.js'
import { describe, expect, it } from 'vitest'
import { type ComplexDecimal, evaluateComplex, parse } from '../../../../src/expr/index.js'

const Wide = Decimal.clone({ precision: 100, defaults: true })
const read = (text: string) =>
  parse(text, { variables: ['z', 'w', 'x', 'a'], functions: { f: 1 }, imaginary: true })
const z = { re: 0.83, im: 1.27 }
const w = { re: -1.41, im: new Fraction(-5, 8) }
const value = (text: string, digits = 60): ComplexDecimal =>
  evaluateComplex(read(text), { z, w, x: 0.7, a: 1.3 }, digits)

/** Digits to which two values agree, beside the greater; the digits where they are the same. */
function agreement(left: ComplexDecimal, right: ComplexDecimal): number {
  const modulus = (re: Decimal, im: Decimal): Decimal => Wide.hypot(re, im)
  const size = Wide.max(modulus(left.re, left.im), modulus(right.re, right.im))
  const gap = modulus(Wide.sub(left.re, right.re), Wide.sub(left.im, right.im))
  return gap.isZero() ? Math.min(left.digits, right.digits) : -Wide.log10(gap.div(size)).toNumber()
}
const agree = (left: string, right: string, digits = 60) =>
  agreement(value(left, digits), value(right, digits))

/** Both sides are rounded to 60 digits. */
const SIXTY = 59

describe('evaluateComplex()', () => {
  it.each([
    ['e^(i*pi)', '-1'],
    ['exp(i*pi/3)', '(1 + i*sqrt(3))/2'],
    // Machin's formula.
    ['16*atan(1/5) - 4*atan(1/239)', 'pi'],
    ['log(-1)', 'i*pi'],
    ['i^i', 'exp(-pi/2)'],
    ['sqrt(i)', 'exp(i*pi/4)'],
    ['sqrt(-4)', '2*i'],
    ['(i^2)^2', '1'],
    ['sqrt(exp(i*pi))', 'i'],
    ['(-8)^(1/3)', '1 + i*sqrt(3)'],
    ['exp(z + w)', 'exp(z)*exp(w)'],
    ['exp(log(z))', 'z'],
    ['sqrt(z)^2', 'z'],
    ['z^(3/2)', 'z*sqrt(z)'],
    ['z^(-3)', '1/(z*z*z)'],
    ['z^w', 'exp(w*log(z))'],
    ['sin(z)^2 + cos(z)^2', '1'],
    ['sin(z + w)', 'sin(z)*cos(w) + cos(z)*sin(w)'],
    ['tan(z)', '-i*tanh(i*z)'],
    ['cosh(z)^2 - sinh(z)^2', '1'],
    ['tanh(2*z)', '2*tanh(z)/(1 + tanh(z)^2)'],
    ['sigmoid(z)', '(1 + tanh(z/2))/2'],
    ['sigmoid(z) + sigmoid(-z)', '1'],
    ['sin(asin(w))', 'w'],
    ['cos(acos(w))', 'w'],
    ['tan(atan(w))', 'w'],
    ['sinh(asinh(w))', 'w'],
    ['cosh(acosh(w))', 'w'],
    ['tanh(atanh(w))', 'w'],
    ['asin(z) + acos(z)', 'pi/2'],
    ['log2(z)*log(2)', 'log10(z)*log(10)'],
    ['erf(-z)', '-erf(z)'],
    ['abs(z)^2', '(0.83 + 1.27*i)*(0.83 - 1.27*i)'],
    ['max(x, 2)*min(x, 2)', '2*x'],
    ['cbrt(-27)', '-3'],
    ['floor(x) + step(x) + sign(-x)', '0'],
  ])('%s = %s to 60 digits', (left, right) => expect(agree(left, right)).toBeGreaterThan(SIXTY))

  it('stays on the side of a branch cut where the number is', () => {
    for (const text of ['log(z*z)', 'sqrt(w*w)', 'sqrt(-x^2)', 'log(x*(-1))', 'sqrt(e^(i*pi)*x)']) {
      const { re, im } = value(text)
      const inside = text.startsWith('log') ? im.gt(Wide.acos(-1).neg()) && im.lte('3.1416') : re.gte(0)
      expect([text, inside]).toEqual([text, true])
    }
    expect(agree('sqrt(x*e^(i*pi))', 'i*sqrt(x)')).toBeGreaterThan(SIXTY)
    expect(agree('log(x*(sqrt(2)*i)^2)', 'log(2*x) + i*pi')).toBeGreaterThan(SIXTY)
  })

  it('finds digits that cancellation hides', () => {
    const tiny = evaluateComplex(read('(exp(z) - 1 - z)/z^2'), { z: { re: 0, im: 1e-12 } }, 40)
    expect(tiny.re.toDecimalPlaces(30).toFixed()).toBe('0.499999999999999999999999958333')
    expect(tiny.im.toDecimalPlaces(30).toFixed()).toBe('0.000000000000166666666666666667')
    expect(value('cos(z)^2 + sin(z)^2 - 1').re.toString()).toBe('0')
  })

  it('has no value at poles and for undefined functions', () => {
    expect(value('1/(z - z)').re.isFinite()).toBe(false)
    expect(value('max(z, 1)').re.isFinite()).toBe(false)
    expect(() => value('f(x)')).toThrow(/undefined function/)
    expect(() => value('limit(sin(x)/x, x, 0)')).toThrow(/limit over x is not evaluated/)
  })
})

/** What quadrature and acceleration promise where things converge nicely. */
const TWENTY_FIVE = 25

describe('integrals and sums', () => {
  it.each([
    ['sum(a^n, n, 0, 7)', '(1 - a^8)/(1 - a)'],
    ['sum(n^2, n, 1, 24)', '4900'],
    ['sum(exp(-a*(n + 1/2)), n, 0, infinity)', '1/(2*sinh(a/2))'],
    ['sum(z^n*exp(-a*n^2), n, -infinity, -1)', 'sum(z^(-n)*exp(-a*n^2), n, 1, infinity)'],
    ['sum(1/n^2, n, 1, infinity)', 'pi^2/6'],
    ['sum((-1)^n/(2*n + 1), n, 0, infinity)', 'pi/4'],
    ['sum(1/(n^2 + 1), n, -infinity, infinity)', 'pi/tanh(pi)'],
    ['integral(exp(-a*u^2), u, -infinity, infinity)', 'sqrt(pi/a)'],
    ['integral(exp(-a*u^2 + z*u), u, -infinity, infinity)', 'sqrt(pi/a)*exp(z^2/(4*a))'],
    ['integral(u^4*exp(-z*u^2), u, -infinity, infinity)', '3*sqrt(pi)/(4*z^(5/2))'],
    ['integral(exp(-u)*u^5, u, 0, infinity)', '120'],
    ['integral(1/(1 + u^2), u, -infinity, infinity)', 'pi'],
    ['integral(exp(u), u, -infinity, a)', 'exp(a)'],
    ['integral(1/u, u, 1, a)', 'log(a)'],
    ['integral(1/sqrt(u), u, 0, a)', '2*sqrt(a)'],
    ['integral(u, u, a, 0)', '-a^2/2'],
    ['integral(sin(u), u, -1, 1)', '0'],
    ['2/sqrt(pi)*integral(exp(-u^2), u, 0, x)', 'erf(x)'],
    ['2/sqrt(pi)*z*integral(exp(-z^2*u^2), u, 0, 1)', 'erf(z)'],
    ['integral(integral(u*v, v, 0, u), u, 0, a)', 'a^4/8'],
  ])('%s = %s', (left, right) => expect(agree(left, right)).toBeGreaterThan(TWENTY_FIVE))

  it('say how many digits they have, and refuse what does not settle', () => {
    expect(value('integral(exp(-a*u^2), u, -infinity, infinity)').digits).toBeGreaterThanOrEqual(TWENTY_FIVE)
    expect(value('sum(a^n, n, 0, 7)').digits).toBe(60)
    for (const text of [
      'sum(1/n, n, 1, infinity)',
      'sum(n, n, 1, infinity)',
      'integral(1/u, u, 0, 1)',
      'integral(sin(u), u, 0, infinity)',
    ])
      expect(() => value(text), text).toThrow(/does not settle/)
  })
})
