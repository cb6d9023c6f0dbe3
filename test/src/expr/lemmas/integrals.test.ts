import { describe, expect, it } from 'vitest'
import { expandDiff } from '../../../../src/expr/differentiate.js'
import { evaluateBound } from '../../../../src/expr/lemmas/evaluate.js'
import { conditionTex } from '../../../../src/expr/lemmas/lemma.js'
import type { Bound, Node } from '../../../../src/expr/node.js'
import { proveEqual } from '../../../../src/expr/normal/normal.js'
import { ascii, tex } from '../../../../src/expr/notations.js'
import { parse } from '../../../../src/expr/parse.js'
import { substitute } from '../../../../src/expr/substitute.js'
import { type C, evaluate } from '../_complex.js'
import { mutations } from '../_mutations.js'
import { quadrature, trapezoid } from './_numerics.js'

const scope = {
  variables: ['x', 'y', 'z', 't', 'u', 'a', 'b', 'c', 'k', 'D', 'mu', 'sigma', 'omega', 'tau', 'q'],
  functions: { V: 1, psi: 2 },
  imaginary: true,
}
const assumptions = {
  positive: ['a', 'D', 'sigma', 'omega', 'tau', 't', 'u'],
  real: ['x', 'y', 'z', 'k', 'mu', 'q'],
  positiveExpressions: [parse('sinh(omega*tau)', scope)],
}
const read = (text: string): Node => expandDiff(parse(text, scope))
const proves = (left: Node, right: Node): boolean => proveEqual(left, right, assumptions)

/** Values of all names, on which the integrals are compared with quadrature. */
const POINT: Readonly<Record<string, C>> = {
  y: [0.37, 0],
  z: [-0.61, 0],
  t: [0.83, 0],
  u: [1.21, 0],
  a: [0.91, 0],
  b: [0.43, 0.71],
  c: [-0.27, 0.19],
  k: [1.37, 0],
  D: [0.67, 0],
  mu: [-0.53, 0],
  sigma: [0.79, 0],
  omega: [1.13, 0],
  tau: [0.59, 0],
  q: [-0.47, 0],
}
/** The tanh–sinh rule in doubles, summed over some hundred points. */
const QUADRATURE = 1e-9

/** e^{−6²} is below rounding; the step resolves the oscillation there. */
const REACH = 6
const FRESNEL_STEP = 0.04

const numeric = (node: Bound): C =>
  quadrature(
    (x) => evaluate(node.body, { ...POINT, [node.variable]: [x, 0] }),
    ...(node.limits.map((limit) =>
      ascii(limit) === 'infinity'
        ? Infinity
        : ascii(limit) === '-infinity'
          ? -Infinity
          : evaluate(limit, POINT)[0],
    ) as [number, number]),
  )
const apart = (node: Node, value: C): number => {
  const [re, im] = evaluate(node, POINT)
  return Math.hypot(re - value[0], im - value[1]) / Math.max(1, Math.hypot(...value))
}

const line = (body: string, variable = 'x'): string => `integral(${body}, ${variable}, -infinity, infinity)`
const MEHLER =
  'exp(-omega*((x^2+y^2)*cosh(omega*tau)-2*x*y)/(4*D*sinh(omega*tau)))*(omega/(4*pi*D*sinh(omega*tau)))^(1/2)'

/** Integral, its value from the literature, the lemma that must give it. */
const CASES: readonly (readonly [string, string, string])[] = [
  [line('exp(-a*x^2)'), 'sqrt(pi/a)', 'gaussian'],
  [line('exp(-a*x^2 + b*x + c)'), 'sqrt(pi/a)*exp(b^2/(4*a) + c)', 'gaussian'],
  [line('exp(-a*x^2)*cos(k*x)'), 'sqrt(pi/a)*exp(-k^2/(4*a))', 'gaussian'],
  [line('exp(-(a + i*k)*x^2)'), 'sqrt(pi/(a + i*k))', 'gaussian'],
  [line('x^2*exp(-a*x^2)'), 'sqrt(pi/a)/(2*a)', 'gaussian-moments'],
  [line('x^4*exp(-a*x^2)'), '3*sqrt(pi/a)/(4*a^2)', 'gaussian-moments'],
  [line('exp(-(x - mu)^2/(2*sigma^2))/sqrt(2*pi*sigma^2)'), '1', 'gaussian'],
  [line('x*exp(-(x - mu)^2/(2*sigma^2))/sqrt(2*pi*sigma^2)'), 'mu', 'gaussian-moments'],
  [line('(x - mu)^2*exp(-(x - mu)^2/(2*sigma^2))/sqrt(2*pi*sigma^2)'), 'sigma^2', 'gaussian-moments'],
  [
    line('exp(-(z - x)^2/(4*D*t))*exp(-(x - y)^2/(4*D*u))/(4*pi*D*sqrt(t*u))'),
    'exp(-(z - y)^2/(4*D*(t + u)))/sqrt(4*pi*D*(t + u))',
    'gaussian',
  ],
  [line(MEHLER), 'exp(-omega*y^2*sinh(omega*tau)/(4*D*cosh(omega*tau)))/sqrt(cosh(omega*tau))', 'gaussian'],
  ['integral(x^2, x, 0, t)', 't^3/3', 'power-integral'],
  ['integral(1/x, x, u, t)', 'log(t/u)', 'power-integral'],
  ['integral(1/sqrt(x), x, 0, t)', '2*sqrt(t)', 'power-integral'],
  ['integral(sin(omega*x), x, 0, t)', '(1 - cos(omega*t))/omega', 'exponential-integral'],
  ['integral(x*exp(-a*x), x, 0, infinity)', '1/a^2', 'exponential-integral'],
  ['integral(x^3*exp(-a*x), x, 0, infinity)', '6/a^4', 'exponential-integral'],
  ['integral(x^2*exp(-a*x), x, 0, t)', '2/a^3 - exp(-a*t)*(t^2/a + 2*t/a^2 + 2/a^3)', 'exponential-integral'],
  ['integral(exp(-(t - x)*a)*exp(q*x), x, 0, t)', '(exp(q*t) - exp(-a*t))/(a + q)', 'exponential-integral'],
]

describe('integrals by lemma', () => {
  it.each(CASES)('%s = %s', (text, expected, lemma) => {
    const node = read(text)
    const { node: value, used } = evaluateBound(node, assumptions)
    expect(used.map((use) => use.lemma.id)).toEqual([lemma])
    expect(proves(value, read(expected)), ascii(value)).toBe(true)
    expect(apart(value, numeric(node as Bound))).toBeLessThan(QUADRATURE)
  })

  it('every mutated twin of a value is told from it, by normal form and by quadrature', () => {
    for (const [text, expected] of CASES) {
      const given = numeric(read(text) as Bound)
      const { node: value } = evaluateBound(read(text), assumptions)
      for (const twin of mutations(read(expected))) {
        expect(proves(value, twin), ascii(twin)).toBe(false)
        expect(apart(twin, given), ascii(twin)).toBeGreaterThan(QUADRATURE)
      }
    }
  })

  it('−∂ of the Gaussian integral in a is its second moment, ∂ in b its first', () => {
    const gaussian = line('exp(-a*x^2 + b*x)')
    const of = (text: string): Node => evaluateBound(read(text), assumptions).node
    const value = ascii(of(gaussian))
    expect(proves(read(`-diff(${value}, a)`), of(line('x^2*exp(-a*x^2 + b*x)')))).toBe(true)
    expect(proves(read(`diff(${value}, b)`), of(line('x*exp(-a*x^2 + b*x)')))).toBe(true)
    expect(proves(read(`diff(${value}, b, 5)`), of(line('x^5*exp(-a*x^2 + b*x)')))).toBe(true)
    expect(proves(read(`diff(${value}, a)`), of(line('x^2*exp(-a*x^2 + b*x)')))).toBe(false)
  })

  it('the value over [0, t] has the integrand as its derivative in t', () => {
    for (const body of [
      'x^5',
      'x^3*exp(-a*x)',
      'x*cos(k*x)',
      'exp(q*x)*sin(omega*x)',
      'x^(3/2)',
      '1/x^(1/2)',
    ]) {
      const value = evaluateBound(read(`integral(${body}, x, 0, t)`), assumptions).node
      expect(value.kind).not.toBe('bound')
      const slope = read(`diff(${ascii(value)}, t)`)
      expect(proves(slope, substitute(read(body), { x: read('t') })), body).toBe(true)
    }
  })

  it('several variables one after the other', () => {
    const { node, used } = evaluateBound(read(line(line('exp(-x^2 - y^2 - x*y)'), 'y')), assumptions)
    expect(proves(node, read('2*pi/sqrt(3)'))).toBe(true)
    expect(used.map(({ of }) => of.variable)).toEqual(['x', 'y'])
  })

  it('states the condition for this integral, and whether it follows', () => {
    const condition = (text: string): string[] =>
      evaluateBound(read(text), assumptions).used.flatMap((use) =>
        use.conditions.map((one) => `${conditionTex(one, tex)} ${one.follows ? 'follows' : 'asked'}`),
      )
    expect(condition(line('exp(-a*x^2)'))).toEqual(['a > 0 follows'])
    expect(condition(line('exp(-q*x^2)'))).toEqual(['q > 0 asked'])
    expect(condition(line('exp(-c*x^2)'))).toEqual(['\\operatorname{Re}\\left(c\\right) > 0 asked'])
    expect(condition(line('exp(-x^2/(t + i*q))'))).toEqual([
      '\\operatorname{Re}\\left(\\frac{1}{t + i q}\\right) > 0 follows',
    ])
    expect(condition(line('exp(i*q*x^2)'))).toEqual([
      '\\operatorname{Re}\\left(-i q\\right) \\to 0^{+} asked',
      'q \\neq 0 asked',
    ])
    expect(condition('integral(exp(-q*x), x, 0, t)')).toEqual(['q \\neq 0 asked'])
  })

  it('Fresnel: the limit of the damped integral', () => {
    const { node, used } = evaluateBound(read(line('exp(i*(x - y)^2/(4*D*t))')), assumptions)
    expect(used.map((use) => use.lemma.id)).toEqual(['fresnel'])
    expect(proves(node, read('sqrt(4*pi*i*D*t)'))).toBe(true)
    expect(proves(node, read('sqrt(-4*pi*i*D*t)'))).toBe(false)
    const error = (damping: number): number =>
      apart(
        node,
        trapezoid(
          (x) => evaluate(read('exp(i*(x - y)^2/(4*D*t) - q*x^2)'), { ...POINT, x: [x, 0], q: [damping, 0] }),
          REACH / Math.sqrt(damping),
          FRESNEL_STEP,
        ),
      )
    // The error falls in proportion to the damping, up to its second order.
    expect(error(0.04) / error(0.02)).toBeGreaterThan(1.9)
    expect(error(0.04) / error(0.02)).toBeLessThan(2.1)
  })

  it.each([
    line('exp(a*x^2)'),
    line('exp(-a*x)'),
    line('V(x)*exp(-a*x^2)'),
    line('exp(-a*x^4)'),
    line('exp(-a*x^2)/x'),
    'integral(x^2, x, 0, infinity)',
    'integral(exp(a*x), x, 0, infinity)',
    'integral(exp(i*k*x), x, 0, infinity)',
    'integral(1/x, x, 0, t)',
    'integral(exp(-x^2), x, 0, 1)',
    'integral(x*integral(V(y)*x, y, 0, 1), x, 0, infinity)',
  ])('%s stays as it is', (text) => {
    const { node, used } = evaluateBound(read(text), assumptions)
    expect(node).toEqual(read(text))
    expect(used).toEqual([])
  })
})

describe('the oscillator by lemma', () => {
  const oscillator = {
    ...assumptions,
    positive: [...assumptions.positive, 'u'],
    positiveExpressions: [
      'sinh(omega*tau)',
      'sinh(omega*u)',
      'sinh(omega*(tau + u))',
      'sinh(omega*tau/2)',
    ].map(read),
  }
  const kernel = (x: string, y: string, time: string): string =>
    `exp(-omega*((${x}^2 + ${y}^2)*cosh(omega*(${time})) - 2*${x}*${y})/(4*D*sinh(omega*(${time}))))*sqrt(omega/(4*pi*D*sinh(omega*(${time}))))`

  it('Mehler kernels compose: ∫ G(x, y; τ) G(y, z; u) dy = G(x, z; τ + u)', () => {
    const { node, used } = evaluateBound(
      read(line(`${kernel('x', 'y', 'tau')}*${kernel('y', 'z', 'u')}`, 'y')),
      oscillator,
    )
    expect(used[0]!.conditions.every(({ follows }) => follows)).toBe(true)
    expect(proveEqual(node, read(kernel('x', 'z', 'tau + u')), oscillator)).toBe(true)
    expect(proveEqual(node, read(kernel('x', 'z', 'tau - u')), oscillator)).toBe(false)
  })

  it('its trace is the partition function, ∫ G(x, x; τ) dx = 1/(2 sinh ½ωτ)', () => {
    const { node } = evaluateBound(read(line(kernel('x', 'x', 'tau'))), oscillator)
    expect(ascii(node)).toBe('1/(2*sinh(omega*tau/2))')
  })
})
