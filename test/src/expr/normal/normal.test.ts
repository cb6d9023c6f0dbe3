import { describe, expect, it } from 'vitest'
import { expandDiff } from '../../../../src/expr/differentiate.js'
import { proveEqual } from '../../../../src/expr/normal/normal.js'
import { parse } from '../../../../src/expr/parse.js'

const scope = {
  variables: [
    'x',
    'y',
    't',
    'tau',
    'a',
    'b',
    'k',
    'p',
    'q',
    'm',
    'E',
    'D',
    'hbar',
    'omega',
    'theta',
    'beta',
    'Delta',
    'n',
  ],
  functions: { psi: 2, V: 1 },
  imaginary: true,
}
const read = (text: string) => expandDiff(parse(text, scope))
const positive = ['D', 'tau', 'm', 'hbar', 'omega', 'beta']
const proved = (left: string, right: string, real: string[] = []) =>
  proveEqual(read(left), read(right), { positive, real })

describe('proveEqual() proves', () => {
  it.each([
    ['(x+1)^2 - x^2 - 2*x - 1', '0'],
    ['(x^2-1)/(x-1)', 'x+1'],
    ['1/(x-1) - 1/(x+1)', '2/(x^2-1)'],
    ['i^2', '-1'],
    ['1/i', '-i'],
    ['exp(i*pi)', '-1'],
    ['exp(i*theta)*exp(-i*theta)', '1'],
    ['(p+i*q)*(p-i*q)', 'p^2+q^2'],
    ['sin(x)^2+cos(x)^2', '1'],
    ['cosh(x)^2-sinh(x)^2', '1'],
    ['sin(2*x)', '2*sin(x)*cos(x)'],
    ['tanh(2*x)', '2*tanh(x)/(1+tanh(x)^2)'],
    ['exp(-beta*Delta)/(1+exp(-beta*Delta))', 'sigmoid(-beta*Delta)'],
    ['sqrt(i)', 'exp(i*pi/4)'],
    ['sqrt(-4)', '2*i'],
    ['sqrt(12)', '2*sqrt(3)'],
    ['sqrt(x)*sqrt(x)', 'x'],
    ['sqrt(x+1)^3', '(x+1)*sqrt(x+1)'],
    ['1/sqrt(x+1)', 'sqrt(x+1)/(x+1)'],
    ['sqrt(D*x)', 'sqrt(D)*sqrt(x)'],
    ['sqrt(4*pi*D*tau)', '2*sqrt(pi)*sqrt(D)*sqrt(tau)'],
    ['exp(x/(1+x))*exp(1/(1+x))', 'e'],
    ['exp(-x^2/(2*(D+tau)))^2', 'exp(-x^2/(D+tau))'],
    ['x^n*x', 'x^(n+1)'],
    ['log(D*tau)', 'log(D)+log(tau)'],
    ['exp(log(x))', 'x'],
    ['exp(2*log(x)+y)', 'x^2*exp(y)'],
    ['sqrt(sinh(omega*tau)^2/(tau*tau))', 'sqrt(sinh(omega*tau)^2)/tau'],
    ['diff(exp(-x^2/(4*D*tau))/sqrt(4*pi*D*tau), tau)', 'D*diff(exp(-x^2/(4*D*tau))/sqrt(4*pi*D*tau), x, 2)'],
    ['diff(psi(x, -i*tau), tau)*i', 'diff(psi(x,-i*tau), tau)/(-i)'],
    ['diff(psi(x,t)*exp(V(x)), x)', 'exp(V(x))*(diff(psi(x,t),x) + psi(x,t)*diff(V(x),x))'],
    ['sqrt(tanh(omega))*(1/sqrt(tanh(omega)))', '1'],
    ['1/sqrt(sqrt(tanh(omega)))*sqrt(sqrt(tanh(omega)))', '1'],
    ['1/(2*sinh(omega/2))', 'exp(-omega/2)/(1-exp(-omega))'],
  ])('%s = %s', (left, right) => expect(proved(left, right)).toBe(true))

  it('√(x²) = x for positive x only, and e^u to a power for real u only', () => {
    expect(proved('sqrt(D^2)', 'D')).toBe(true)
    expect(proved('sqrt(x^2)', 'x')).toBe(false)
    expect(proved('sqrt(exp(x))', 'exp(x/2)')).toBe(false)
    expect(proved('sqrt(exp(x))', 'exp(x/2)', ['x'])).toBe(true)
    expect(proved('log(exp(x))', 'x')).toBe(false)
    expect(proved('sqrt(1/x)', '1/sqrt(x)')).toBe(false)
    expect(proved('sqrt(x*y)', 'sqrt(x)*sqrt(y)')).toBe(false)
  })

  it('the Mehler kernel solves the imaginary-time oscillator', () => {
    const K =
      'exp(-omega*((x^2+y^2)*cosh(omega*tau)-2*x*y)/(4*D*sinh(omega*tau)))*(omega/(4*pi*D*sinh(omega*tau)))^(1/2)'
    expect(proved(`diff(${K}, tau)`, `D*diff(${K}, x, 2) - omega^2/(4*D)*x^2*${K}`)).toBe(true)
  })
})
