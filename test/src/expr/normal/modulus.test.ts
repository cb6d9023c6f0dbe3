import { describe, expect, it } from 'vitest'
import { type Assumptions, evaluateComplex, parse, proveEqual } from '../../../../src/expr/index.js'

const ASSUMPTIONS: Assumptions = { real: ['x', 'y', 'f'], positive: ['p', 's'] }
const read = (text: string) =>
  parse(text, { variables: ['x', 'y', 'p', 's', 'z'], functions: { f: 1, w: 1 }, imaginary: true })
const equal = (left: string, right: string): boolean => proveEqual(read(left), read(right), ASSUMPTIONS)

describe('|a| in the normal form', () => {
  const laws: readonly (readonly [string, string])[] = [
    ['abs(x + i*y)', 'sqrt(x^2 + y^2)'],
    ['abs(exp(p + i*x))', 'exp(p)'],
    ['abs(exp(i*f(x)))', '1'],
    ['abs(exp(-x^2/(p + i*s)))', 'exp(-p*x^2/(p^2 + s^2))'],
    ['abs((p + i*x)^(1/2))^4', 'p^2 + x^2'],
    ['abs((-p + i*x)^(-1/2))^4', '1/(p^2 + x^2)'],
    ['abs(1/(p + i*x))^2', '1/(p^2 + x^2)'],
    ['abs((3 + 4*i)*p/s)', '5*p/s'],
    ['abs(-z)', 'abs(z)'],
    ['abs(i*z*w(x))', 'abs(z)*abs(w(x))'],
    ['abs(0*z)', '0'],
  ]

  it.each(laws)('%s = %s', (left, right) => {
    expect(equal(left, right)).toBe(true)
  })

  it('is what evaluation says, off the real line too', () => {
    const point = { x: -0.7, y: 1.3, p: 0.4, s: 2.1 }
    for (const [left, right] of laws.filter(([text]) => !/[zfw]\b/.test(text))) {
      const [a, b] = [left, right].map((text) => evaluateComplex(read(text), point, 30))
      expect(a!.re.minus(b!.re).abs().toNumber(), left).toBeLessThan(1e-28)
    }
  })

  it.each([
    ['abs(x)', 'x'],
    ['abs(x + i*y)', 'x + y'],
    ['abs(exp(z))', 'exp(z)'],
    ['abs(exp(i*z))', '1'],
    ['abs(z^2)', 'z^2'],
    ['abs(x - y)', 'x - y'],
    ['abs(exp(w(x)))', '1'],
  ])('%s = %s is not claimed', (left, right) => {
    expect(equal(left, right)).toBe(false)
  })
})
