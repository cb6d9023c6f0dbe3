import { beforeAll, describe, expect, it } from 'vitest'
import {
  ascii,
  differentiate,
  expandDiff,
  type Node,
  parse,
  proveEqual,
  type SecondWitness,
  secondWitness,
} from '../../../../src/expr/index.js'

const read = (text: string): Node =>
  expandDiff(
    parse(text, {
      variables: ['x', 't', 'tau', 'D', 'a', 'omega', 'beta', 'Delta', 'e_0', 'hbar', 'E', 'd'],
      functions: { psi: 2, V: 1 },
      imaginary: true,
    }),
  )
const HEAT = 'exp(-x^2/(4*D*tau))/sqrt(4*pi*D*tau)'

let witness: SecondWitness
beforeAll(async () => {
  witness = await secondWitness()
})

describe('the second witness', () => {
  it.each([
    ['(x+1)^2', 'x^2 + 2*x + 1'],
    ['sin(x)^2 + cos(x)^2', '1'],
    ['cosh(x)^2 - sinh(x)^2', '1'],
    ['1/(x-1) - 1/(x+1)', '2/(x^2-1)'],
    ['exp(-beta*Delta)/(1+exp(-beta*Delta))', 'sigmoid(-beta*Delta)'],
    ['exp(i*pi)', '-1'],
    [`diff(${HEAT}, tau)`, `D*diff(${HEAT}, x, 2)`],
    // Undefined functions, also at other places than their variables; names that mean something to Algebrite.
    ['diff(psi(x, -i*tau), tau)*i', 'at(diff(psi(x,t), t), t, -i*tau)'],
    ['diff(psi(x,t)*exp(V(x)), x)', 'exp(V(x))*(diff(psi(x,t),x) + psi(x,t)*diff(V(x),x))'],
    ['E*d + e_0', 'e_0 + d*E'],
    ['2*integral(V(x), x, 0, a)', 'integral(V(x), x, 0, a) + integral(V(x), x, 0, a)'],
  ])('finds %s = %s', (left, right) => expect(witness.opinion(read(left), read(right))).toBe('equal'))

  it.each([
    ['(x+1)^2', 'x^2 + 2*x - 1'],
    ['sin(x)^2 + cos(x)^2', '2'],
    [`diff(${HEAT}, tau)`, `-D*diff(${HEAT}, x, 2)`],
    ['exp(x)', '1 + x'],
  ])('finds %s ≠ %s', (left, right) => expect(witness.opinion(read(left), read(right))).toBe('different'))

  it.each([
    ['an undefined function', 'V(x)', 'x'],
    ['what it cannot compute', '1/(x - x)', '1'],
    ['what it has no words for', 'limit(sin(x)/x, x, 0)', '1'],
  ])('has no opinion on %s', (_, left, right) =>
    expect(witness.opinion(read(left), read(right))).toBe('none'),
  )

  it('remembers nothing from one question to the next', () => {
    for (let k = 0; k < 3; k++) {
      expect(witness.opinion(read('a'), read('5'))).toBe('different')
      expect(witness.opinion(read('a*x'), read('x*a'))).toBe('equal')
    }
  })
})

describe('antiderivatives, differentiated back', () => {
  it.each([
    'x*exp(x)',
    'x^2*exp(a*x)',
    'x*exp(-a*x^2)',
    '1/x',
    '1/(x^2+1)',
    'cos(a*x)',
    'exp(-x^2)',
    'x^3 - hbar*x',
    '1',
  ])('of %s', (text) => {
    const found = witness.antiderivative(read(text), 'x', { positive: ['a', 'hbar'] })
    expect(found, 'no antiderivative').toBeDefined()
    expect([
      ascii(found!),
      proveEqual(differentiate(found!, 'x'), read(text), { positive: ['a', 'hbar'] }),
    ]).toEqual([ascii(found!), true])
  })

  it('none where it finds none', () => {
    for (const text of ['exp(x^3)', 'V(x)', 'sin(x)*psi(x,t)'])
      expect([text, witness.antiderivative(read(text), 'x')]).toEqual([text, undefined])
  })
})
