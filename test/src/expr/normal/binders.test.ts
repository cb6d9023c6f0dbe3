import { describe, expect, it } from 'vitest'
import { expandDiff, substituteFunction } from '../../../../src/expr/differentiate.js'
import { type Assumptions, Normalizer, proveEqual } from '../../../../src/expr/normal/normal.js'
import { isPositive } from '../../../../src/expr/normal/signs.js'
import { ascii, tex, unicode } from '../../../../src/expr/notations.js'
import { parse } from '../../../../src/expr/parse.js'
import { substitute } from '../../../../src/expr/substitute.js'

const NAMES = {
  variables: ['a', 'b', 'x', 'y', 't', 'w', 'N', 'beta'],
  functions: { f: 1, g: 2, E: 1 },
  imaginary: true,
}
const ASSUMED = { positive: ['a', 'beta', 'N'], real: ['x', 'y', 't', 'b', 'f', 'E'] }
const read = (text: string) => expandDiff(parse(text, NAMES))
const proves = (left: string, right: string, more = {}): boolean =>
  proveEqual(read(left), read(right), { ...ASSUMED, ...more })

describe('integrals, sums and limits', () => {
  it('are linear, and factors free of the variable go outside', () => {
    expect(
      proves(
        'integral(a*f(x) + exp(b + x)*x/w, x, 0, t)',
        'a*integral(f(x), x, 0, t) + exp(b)/w*integral(x*exp(x), x, 0, t)',
      ),
    ).toBe(true)
    expect(proves('sum(a*E(n), n, 0, N)', 'a*sum(E(n), n, 0, N)')).toBe(true)
    expect(proves('sum(a*E(n), n, 0, N)', 'a*sum(E(n), n, 1, N)')).toBe(false)
    expect(proves('integral(f(x)^2, x, 0, 1)', 'integral(f(x), x, 0, 1)^2')).toBe(false)
    expect(proves('integral(x*f(x), x, 0, 1)', 'x*integral(f(x), x, 0, 1)')).toBe(false)
    expect(proves('limit(a*f(x), x, 0)', 'a*limit(f(x), x, 0)')).toBe(true)
  })

  it('do not know their variables by name, nested ones included', () => {
    expect(proves('integral(f(x), x, 0, 1)', 'integral(f(y), y, 0, 1)')).toBe(true)
    expect(
      proves(
        'integral(integral(g(x, y), y, 0, x), x, 0, 1)',
        'integral(integral(g(y, x), x, 0, y), y, 0, 1)',
      ),
    ).toBe(true)
    expect(
      proves(
        'integral(integral(g(x, y), y, 0, 1), x, 0, 1)',
        'integral(integral(g(y, x), y, 0, 1), x, 0, 1)',
      ),
    ).toBe(false)
    expect(
      proves('integral(x*integral(f(y), y, 0, 1), x, 0, 1)', 'integral(x, x, 0, 1)*integral(f(x), x, 0, 1)'),
    ).toBe(true)
  })

  it('count what is constant, where the range is finite', () => {
    expect(proves('integral(a, x, b, t)', 'a*(t - b)')).toBe(true)
    expect(proves('sum(a, n, 1, N)', 'a*N')).toBe(true)
    expect(proves('limit(a, x, 0)', 'a')).toBe(true)
    expect(proves('integral(1, x, 0, infinity)', '0')).toBe(false)
  })

  it('are differentiated under the sign, with the ends of the range', () => {
    expect(
      proves('diff(integral(g(x, t), x, 0, t^2), t)', 'integral(diff(g(x,t), t), x, 0, t^2) + 2*t*g(t^2, t)'),
    ).toBe(true)
    expect(proves('diff(integral(f(x), x, t, 1), t)', '-f(t)')).toBe(true)
    expect(
      proves(
        '-diff(log(sum(exp(-beta*E(n)), n, 0, N)), beta)',
        'sum(E(n)*exp(-beta*E(n)), n, 0, N)/sum(exp(-beta*E(n)), n, 0, N)',
      ),
    ).toBe(true)
    expect(() => read('diff(sum(E(n), n, 0, t), t)')).toThrow(/in its limits/)
  })

  it('keep their variable apart from what is put in', () => {
    const inner = read('integral(g(x, y), x, 0, 1)')
    expect(ascii(substitute(inner, { y: parse('x', NAMES) }))).toBe('integral(g(x_1, x), x_1, 0, 1)')
    expect(ascii(substitute(inner, { x: parse('t', NAMES) }))).toBe('integral(g(x, y), x, 0, 1)')
    expect(ascii(substituteFunction(read('integral(f(y), x, 0, 1)'), 'f', ['y'], parse('x*y', NAMES)))).toBe(
      'integral(x*y, x_1, 0, 1)',
    )
  })

  it('have positive values where the integrand has', () => {
    expect(
      proves(
        'sqrt(integral(exp(-a*x^2), x, -infinity, infinity)^2)',
        'integral(exp(-a*x^2), x, -infinity, infinity)',
      ),
    ).toBe(true)
    expect(proves('sqrt(integral(f(x), x, 0, 1)^2)', 'integral(f(x), x, 0, 1)')).toBe(false)
    expect(proves('sqrt(integral(a*exp(x), x, 1, 0)^2)', 'integral(a*exp(x), x, 1, 0)')).toBe(false)
  })

  it('are read and written', () => {
    const text = '2*integral(x*f(x), x, -infinity, infinity)'
    expect(ascii(parse(text, NAMES))).toBe(text)
    expect(unicode(parse(text, NAMES))).toBe('2·∫ xf dx')
    expect(tex(read('sum(exp(-beta*E(n)), n, 0, infinity)'))).toBe('\\sum_{n = 0}^{\\infty} e^{-\\beta E}')
    expect(tex(read('limit(f(x) + x, x, 0)'))).toBe('\\lim_{x \\to 0} \\left(f + x\\right)')
    expect(() => parse('integral(f(x), 2, 0, 1)', NAMES)).toThrow(/not a name/)
    expect(() => parse('x + infinity', NAMES)).toThrow(/not declared/)
    expect(() => parse('x', { variables: ['sum'] })).toThrow(/cannot be the name/)
  })
})

describe('declared positivity of expressions', () => {
  const sinh = { positiveExpressions: [parse('sinh(a*t)', NAMES)] }
  it('takes roots and logarithms apart that signs do not', () => {
    expect(proves('sqrt(a/sinh(a*t))', 'sqrt(a)/sqrt(sinh(a*t))')).toBe(false)
    expect(proves('sqrt(a/sinh(a*t))', 'sqrt(a)/sqrt(sinh(a*t))', sinh)).toBe(true)
    expect(proves('sqrt(a/(2*b*sinh(a*t)))', 'sqrt(a/(2*b))/sqrt(sinh(a*t))', sinh)).toBe(true)
    expect(proves('sqrt(1/(1 - exp(-2*a*t)))', 'exp(a*t/2)/sqrt(2*sinh(a*t))', sinh)).toBe(true)
    expect(proves('log(1 - exp(-2*a*t))', 'log(2*sinh(a*t)) - a*t', sinh)).toBe(true)
    expect(proves('sqrt(w*cos(t)^2)', 'sqrt(w)*cos(t)', sinh)).toBe(false)
  })

  it('knows products of positive expressions, and sums with positive multiples of them, as positive', () => {
    const two = { positiveExpressions: ['sinh(a*t)', 'sinh(a*y)'].map((text) => parse(text, NAMES)) }
    const isKnown = (text: string, more: Assumptions = two): boolean => {
      const normal = new Normalizer({ ...ASSUMED, ...more })
      return isPositive(normal.ring, normal.normalize(read(text)))
    }
    expect(isKnown('sinh(a*t)*sinh(a*y)/(a*sinh(2*a*t))')).toBe(true)
    expect(isKnown('-sinh(a*t)*sinh(a*y)')).toBe(false)
    expect(isKnown('sinh(a*t)*sinh(x)')).toBe(false)
    expect(isKnown('beta^2*cosh(a*t) + a*sinh(a*t)')).toBe(true)
    expect(isKnown('beta^2*cosh(a*t) + a*sinh(a*t) + 3*sinh(a*y)')).toBe(true)
    expect(isKnown('beta^2*cosh(a*t) - a*sinh(a*t)')).toBe(false)
    expect(isKnown('beta^2*cosh(a*t) + a*sinh(a*t)', {})).toBe(false)
    expect(isKnown('1/(x - y)^2')).toBe(true)
    expect(isKnown('1/(x - y)^3')).toBe(false)
  })
})
