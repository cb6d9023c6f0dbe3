import { describe, expect, it } from 'vitest'
import { expandDiff, substituteFunction } from '../../../../src/expr/differentiate.js'
import { evaluateBound } from '../../../../src/expr/lemmas/evaluate.js'
import { limitOf } from '../../../../src/expr/lemmas/limits.js'
import type { Bound, Node } from '../../../../src/expr/node.js'
import { proveEqual } from '../../../../src/expr/normal/normal.js'
import { ascii } from '../../../../src/expr/notations.js'
import { parse } from '../../../../src/expr/parse.js'
import { type C, evaluate } from '../_complex.js'
import { mutations } from '../_mutations.js'

const scope = {
  variables: ['x', 'y', 'z', 'n', 'a', 'b', 'D', 'beta', 'Delta', 'T', 'E0', 'omega', 'tau', 's', 'N'],
  functions: { V: 1 },
  imaginary: true,
}
const assumptions = {
  positive: ['a', 'D', 'beta', 'Delta', 'T', 'omega', 'tau'],
  real: ['x', 'y', 'z', 'b', 'E0', 'V', 's'],
}
const read = (text: string): Node => expandDiff(parse(text, scope))
const proves = (left: Node, right: Node): boolean => proveEqual(left, right, assumptions)

const POINT: Readonly<Record<string, C>> = {
  x: [0.63, 0],
  y: [1.37, 0],
  a: [0.89, 0],
  b: [0.71, 0],
  D: [1.21, 0],
  beta: [0.77, 0],
  Delta: [1.43, 0],
  E0: [0.31, 0],
  omega: [1.13, 0],
  tau: [0.59, 0],
  s: [0.83, 0],
}
/** An undefined function stands for this one in numbers. */
const concrete = (node: Node): Node =>
  substituteFunction(node, 'V', ['u'], parse('sin(u) + u^2', { variables: ['u'] }))

/** Distances from the limit, and the least relative error that a double has left at the smaller of them. */
const NEAR = [1e-2, 1e-3]
const ABOVE = [1 / 32, 1 / 64]
const FAR = [30, 60]

/** Errors of the body against a value, on the way to the limit, from both sides of a finite point. */
function errors(
  { variable, body, limits: [to] }: Bound,
  value: Node,
): readonly (readonly [number, number])[] {
  const positive = assumptions.positive.includes(variable)
  const endless = /infinity/.test(ascii(to!))
  const sign = ascii(to!).startsWith('-') ? -1 : 1
  const sides = endless || positive ? [sign] : [1, -1]
  return sides.map((side) => {
    const [first, second] = (endless ? FAR : positive ? ABOVE : NEAR).map((step) => {
      const at = endless ? side * step : evaluate(to!, POINT)[0] + side * step
      const [re, im] = evaluate(concrete(body), { ...POINT, [variable]: [at, 0] })
      const [x, y] = evaluate(concrete(value), POINT)
      return Math.hypot(re - x, im - y)
    })
    return [first!, second!]
  })
}
/** Rounding of a second difference at a distance of 1/1000. */
const ROUNDING = 1e-8
/** The error must fall at least by the first power of the distance, up to its next order. */
const approaches = (pairs: readonly (readonly [number, number])[], text: string): boolean =>
  pairs.every(([first, second]) => second < Math.max(ROUNDING, first / (isHalved(text) ? 1.8 : 8)))
/** Endless limits and those from above are looked at a factor 2 apart, the others a factor 10. */
const isHalved = (text: string): boolean =>
  text.includes('infinity') || assumptions.positive.some((name) => text.includes(`, ${name}, 0`))

const CASES: readonly (readonly [string, string, string])[] = [
  ['limit(1/(x + y), x, 0)', '1/y', 'continuity'],
  ['limit(V(x + z), z, 0)', 'V(x)', 'continuity'],
  ['limit(sinh(x)/x, x, 0)', '1', 'leading-terms'],
  ['limit((1 - cos(b*x))/x^2, x, 0)', 'b^2/2', 'leading-terms'],
  ['limit((V(x + z) - V(x - z))/(2*z), z, 0)', 'diff(V(x), x)', 'leading-terms'],
  ['limit((V(x + z) - 2*V(x) + V(x - z))/z^2, z, 0)', 'diff(V(x), x, 2)', 'leading-terms'],
  ['limit((x^2 - 1)/(x - 1), x, 1)', '2', 'leading-terms'],
  ['limit(log(1 + b*x)/x, x, 0)', 'b', 'leading-terms'],
  ['limit((sqrt(1 + z) - 1)/z, z, 0)', '1/2', 'leading-terms'],
  ['limit((1 + x/n)^n, n, infinity)', 'exp(x)', 'leading-terms'],
  ['limit((2*z^2 + 1)/(3*z^2 - z), z, infinity)', '2/3', 'leading-terms'],
  ['limit(sqrt(z^2 + b*z) - z, z, infinity)', 'b/2', 'leading-terms'],
  ['limit(s^2*tanh(omega*tau)/omega, omega, 0)', 's^2*tau', 'leading-terms'],
  ['limit(1/(1 + exp(-beta*Delta)), beta, infinity)', '1', 'dominant-term'],
  ['limit(exp(-beta*E0)/(exp(-beta*E0) + exp(-beta*(E0 + Delta))), beta, infinity)', '1', 'dominant-term'],
  ['limit(-log(exp(-beta*E0) + exp(-beta*(E0 + Delta)))/beta, beta, infinity)', 'E0', 'dominant-term'],
  ['limit(tanh(a*z), z, -infinity)', '-1', 'dominant-term'],
  ['limit(z^3*exp(-a*z), z, infinity)', '0', 'dominant-term'],
  ['limit(1/(exp(Delta/T) + 1), T, 0)', '0', 'dominant-term'],
  ['limit(exp(-D/tau)/sqrt(tau), tau, 0)', '0', 'dominant-term'],
  ['limit(sqrt(omega/(2*sinh(omega*tau)))*exp(omega*tau/2), tau, infinity)', 'sqrt(omega)', 'dominant-term'],
]

describe('limits by lemma', () => {
  it.each(CASES)('%s = %s', (text, expected, lemma) => {
    const node = read(text) as Bound
    const { node: value, used } = evaluateBound(node, assumptions)
    expect(used.map((use) => use.lemma.id)).toEqual([lemma])
    expect(proves(value, read(expected)), ascii(value)).toBe(true)
    expect(approaches(errors(node, value), text), String(errors(node, value))).toBe(true)
  })

  it('every mutated twin of a value is told from it, by normal form and on the way to the limit', () => {
    for (const [text, expected] of CASES) {
      const node = read(text) as Bound
      const { node: value } = evaluateBound(node, assumptions)
      for (const twin of mutations(read(expected))) {
        if (proves(twin, read(expected))) continue
        expect(proves(value, twin), ascii(twin)).toBe(false)
        expect(approaches(errors(node, twin), text), ascii(twin)).toBe(false)
      }
    }
  })

  it.each([
    // A pole, a jump, an essential singularity, oscillation, growth.
    'limit(1/x, x, 0)',
    'limit(abs(x)/x, x, 0)',
    'limit(sign(x), x, 0)',
    'limit(exp(1/x), x, 0)',
    'limit(sin(x), x, infinity)',
    'limit(exp(a*x), x, infinity)',
    'limit(x*exp(i*a*x), x, infinity)',
    // The sign of what decides is not known: b may be 0.
    'limit(exp(-b*x), x, infinity)',
    'limit(exp(-b^2/tau)/sqrt(tau), tau, 0)',
    // The branch cut is crossed.
    'limit(sqrt(x - a), x, 0)',
    'limit(log(x), x, 0)',
    // Nothing is known of V at infinity.
    'limit(V(x), x, infinity)',
  ])('%s is not guessed', (text) => {
    expect(evaluateBound(read(text), assumptions)).toEqual({ node: read(text), used: [] })
  })

  it('asks for what is not declared', () => {
    expect(limitOf(read('1/(x + b)'), 'x', read('0'), assumptions)?.conditions).toMatchObject([
      { kind: 'nonzero', follows: false },
    ])
    expect(limitOf(read('sqrt(x + b)'), 'x', read('0'), assumptions)?.conditions).toMatchObject([
      { kind: 'positiveReal', follows: false },
    ])
    expect(limitOf(read('1/(x + a)'), 'x', read('0'), assumptions)?.conditions).toEqual([])
  })
})
