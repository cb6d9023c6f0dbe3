import { describe, expect, it } from 'vitest'
import type { SampleNames, ValueDomain } from '../../../../src/expr/digits/samples.js'
import { type Comparison, compareAtPoints, expandDiff, type Node, parse } from '../../../../src/expr/index.js'

const domains: Readonly<Record<string, ValueDomain>> = {
  x: 'complex',
  y: 'complex',
  t: 'complex',
  tau: 'complex',
  r: 'real',
  a: 'positive',
  D: 'positive',
  omega: 'positive',
  hbar: 'positive',
  beta: 'positive',
  n: 'integer',
}
const functions = {
  psi: { of: ['x', 't'], domain: 'complex' },
  zeta: { of: ['x'], domain: 'real' },
  P: { of: ['x'], domain: 'positive' },
  E: { of: ['n'], domain: 'real' },
} as const
const NAMES: SampleNames = {
  symbols: Object.fromEntries(Object.entries(domains).map(([name, domain]) => [name, { domain }])),
  functions,
}
const read = (text: string): Node =>
  expandDiff(
    parse(text, {
      variables: Object.keys(domains),
      functions: Object.fromEntries(Object.entries(functions).map(([name, { of }]) => [name, of.length])),
      imaginary: true,
    }),
  )
const compare = (left: string, right: string, seed = 1): Comparison =>
  compareAtPoints(read(left), read(right), NAMES, { seed })

/** Two sides of some hundred operations at 90 digits, of which 60 are compared. */
const ROUNDING = 1e-80
const HEAT = 'exp(-x^2/(4*D*tau))/sqrt(4*pi*D*tau)'
const MEHLER =
  'exp(-omega*((x^2+y^2)*cosh(omega*tau)-2*x*y)/(4*D*sinh(omega*tau)))*sqrt(omega/(4*pi*D*sinh(omega*tau)))'
/** Each of a set of comparisons takes tens of milliseconds; the bound leaves room for a busy machine. */
const PATIENCE = 1000

describe('equalities agree at 8 points with 60 digits', () => {
  it.each([
    ['heat kernel, complex x and τ', `diff(${HEAT}, tau)`, `D*diff(${HEAT}, x, 2)`],
    ['the same as a residual', `diff(${HEAT}, tau) - D*diff(${HEAT}, x, 2)`, '0'],
    [
      'Mehler kernel, complex τ',
      `diff(${MEHLER}, tau)`,
      `D*diff(${MEHLER}, x, 2) - omega^2*x^2/(4*D)*${MEHLER}`,
    ],
    [
      'chain rule for an undefined function',
      'diff(psi(x, -i*tau), tau)',
      '-i*(at(diff(psi(x,t), t), t, -i*tau))',
    ],
    ['a positive function', 'diff(log(P(r)), r)', 'diff(P(r), r)/P(r)'],
    ['a zero that cancels inside a product', 'x*(sin(x)^2 + cos(x)^2 - 1)*exp(t)', '0'],
    ['a finite sum', 'sum(a^n, n, 0, 5)', '(1 - a^6)/(1 - a)'],
    ['real powers', 'sqrt(a*D)', 'sqrt(a)*sqrt(D)'],
  ])('%s', (_, left, right) => {
    const start = performance.now()
    const found = compare(left, right)
    expect(performance.now() - start).toBeLessThan(PATIENCE)
    expect(found).toMatchObject({ kind: 'agrees', digits: 60, points: 8, seed: 1 })
    if (found.kind === 'agrees') expect(found.residual).toBeLessThan(ROUNDING)
  })

  it('with fewer digits and points where an integral is computed', () => {
    const gauss = compare('integral(exp(-a*r^2 + x*r), r, -infinity, infinity)', 'sqrt(pi/a)*exp(x^2/(4*a))')
    expect(gauss).toMatchObject({ kind: 'agrees', points: 3 })
    if (gauss.kind === 'agrees') expect(gauss.digits).toBeGreaterThanOrEqual(25)
    expect(compare('integral(diff(P(r), r), r, -infinity, infinity)', '0').kind).toBe('agrees')
    expect(
      compare(
        'diff(log(sum(exp(-beta*E(n)), n, 0, infinity)), beta)*sum(exp(-beta*E(n)), n, 0, infinity)',
        '-sum(E(n)*exp(-beta*E(n)), n, 0, infinity)',
      ).kind,
    ).toBe('agrees')
  })
})

describe('a false equality is refuted with a point', () => {
  it.each([
    ['a sign', `diff(${HEAT}, tau)`, `-D*diff(${HEAT}, x, 2)`],
    ['a factor 2', `diff(${HEAT.replace('4*D', '2*D')}, tau)`, `D*diff(${HEAT.replace('4*D', '2*D')}, x, 2)`],
    ['i → −i', 'diff(psi(x, -i*tau), tau)', 'i*(at(diff(psi(x,t), t), t, -i*tau))'],
    ['a branch', 'sqrt(x^2)', 'x'],
    ['another branch', 'log(x*y)', 'log(x) + log(y)'],
    ['a difference of 1e-40', 'x', 'x*(1 + 10^(-40))'],
    [
      'a sign in an argument, beside an integral',
      'P(a) + integral(exp(-r^2)/P(a), r, -infinity, infinity)',
      'P(-a) + integral(exp(-r^2)/P(a), r, -infinity, infinity)',
    ],
    ['the time of a curvature', 'diff(psi(x,t), x, 2)', 'at(diff(psi(x,t), x, 2), t, -t)'],
    ['an integral', 'integral(exp(-a*r^2), r, -infinity, infinity)', 'sqrt(2*pi/a)'],
    ['commuting what does not', 'diff(zeta(r)*P(r), r)', 'zeta(r)*diff(P(r), r)'],
  ])('%s', (_, left, right) => expect(compare(left, right).kind).toBe('differs'))

  it('of functions under an integral, which are not even', () => {
    const over = (body: string): string => `integral(${body}, x, -infinity, infinity)`
    expect(compare(over('P(x)'), over('P(x - a)')).kind).toBe('agrees')
    expect(compare(over('x^2*P(x)'), over('x^2*P(x + r)')).kind).toBe('differs')
    expect(compare(over('x*P(x)'), '0').kind).toBe('differs')
  })

  it('readably, with small numbers and simple functions first', () => {
    const found = compare('diff(zeta(r), r)', 'zeta(r)')
    expect(found).toEqual({ kind: 'differs', point: { r: '1/2', 'ζ(x)': 'x²' }, left: '1', right: '0.25' })
    expect(compare('x', 'i*x')).toMatchObject({ point: { x: '1/2 + 1/2 i' } })
  })

  it('and the same each time', () => {
    const pair = ['sqrt(x^2*a)', 'x*sqrt(a)', 7] as const
    expect(compare(...pair)).toEqual(compare(...pair))
    expect(compare('x + y', 'y + x', 3)).toEqual(compare('x + y', 'y + x', 3))
  })
})

describe('what points cannot say is left undecided', () => {
  it.each([
    ['a limit', 'limit(sin(x)/x, x, 0)', '1', /limit/],
    ['no value anywhere', '1/(x - x)', '1', /no value/],
    ['a divergent integral', 'integral(1/r, r, 0, 1)', '1', /does not settle/],
  ])('%s', (_, left, right, why) => {
    const found = compare(left, right)
    expect(found.kind).toBe('undecided')
    if (found.kind === 'undecided') expect(found.why).toMatch(why)
  })

  it('points respect what is declared positive', () => {
    const positive = [read('sinh(omega*r)')]
    const root = (options = {}) =>
      compareAtPoints(read('sqrt(sinh(omega*r)^2)'), read('sinh(omega*r)'), NAMES, options)
    expect(root().kind).toBe('differs')
    expect(root({ positiveExpressions: positive }).kind).toBe('agrees')
    expect(root({ positiveExpressions: [read('-a')] })).toMatchObject({ kind: 'undecided' })
  })
})
