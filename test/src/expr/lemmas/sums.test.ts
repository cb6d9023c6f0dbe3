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

const scope = { variables: ['r', 'N', 'm', 'beta', 'omega', 'w'], functions: { E: 1 }, imaginary: true }
const assumptions = { positive: ['beta', 'omega'], real: ['N', 'm', 'E'] }
const read = (text: string): Node => expandDiff(parse(text, scope))
const proves = (left: Node, right: Node): boolean => proveEqual(left, right, assumptions)

const POINT: Readonly<Record<string, C>> = {
  r: [0.43, 0.31],
  N: [9, 0],
  m: [3, 0],
  beta: [0.83, 0],
  omega: [1.37, 0],
  w: [0.61, -0.47],
}
/** Some hundred terms added in doubles; |r|^400 is below rounding. */
const ROUNDING = 1e-10
const LONG = 400

function direct({ variable, body, limits }: Bound): C {
  const [from, to] = limits.map((limit) => (ascii(limit) === 'infinity' ? LONG : evaluate(limit, POINT)[0]))
  let sum: C = [0, 0]
  for (let n = from!; n <= to!; n++) {
    const [re, im] = evaluate(body, { ...POINT, [variable]: [n, 0] })
    sum = [sum[0] + re, sum[1] + im]
  }
  return sum
}
const apart = (node: Node, value: C): number => {
  const [re, im] = evaluate(node, POINT)
  return Math.hypot(re - value[0], im - value[1]) / Math.max(1, Math.hypot(...value))
}

const CASES: readonly (readonly [string, string, string])[] = [
  ['sum(r^n, n, 0, infinity)', '1/(1 - r)', 'geometric'],
  ['sum(r^n, n, 0, N)', '(1 - r^(N + 1))/(1 - r)', 'geometric'],
  ['sum(r^n, n, m, infinity)', 'r^m/(1 - r)', 'geometric'],
  ['sum(w*r^(2*n), n, 1, infinity)', 'w*r^2/(1 - r^2)', 'geometric'],
  ['sum(n*r^n, n, 0, infinity)', 'r/(1 - r)^2', 'geometric-moments'],
  ['sum(n^2*r^n, n, 0, infinity)', 'r*(1 + r)/(1 - r)^3', 'geometric-moments'],
  ['sum(exp(-beta*omega*(n + 1/2)), n, 0, infinity)', '1/(2*sinh(beta*omega/2))', 'geometric'],
  ['sum(n, n, 1, N)', 'N*(N + 1)/2', 'power-sum'],
  ['sum(n^2, n, 1, N)', 'N*(N + 1)*(2*N + 1)/6', 'power-sum'],
  ['sum(n^3, n, m, N)', '(N*(N + 1)/2)^2 - (m*(m - 1)/2)^2', 'power-sum'],
  ['sum(r^n, n, 0, 2)', '1 + r + r^2', 'finite-sum'],
]

describe('sums by lemma', () => {
  it.each(CASES)('%s = %s', (text, expected, lemma) => {
    const node = read(text)
    const { node: value, used } = evaluateBound(node, assumptions)
    expect(used.map((use) => use.lemma.id)).toEqual([lemma])
    expect(proves(value, read(expected)), ascii(value)).toBe(true)
    expect(apart(value, direct(node as Bound))).toBeLessThan(ROUNDING)
  })

  it('every mutated twin of a value is told from it, by normal form and by adding up', () => {
    for (const [text, expected] of CASES) {
      const given = direct(read(text) as Bound)
      const { node: value } = evaluateBound(read(text), assumptions)
      for (const twin of mutations(read(expected))) {
        expect(proves(value, twin), ascii(twin)).toBe(false)
        expect(apart(twin, given), ascii(twin)).toBeGreaterThan(ROUNDING)
      }
    }
  })

  it('levels one by one: Z of two levels, and of three', () => {
    const { node } = evaluateBound(read('sum(exp(-beta*E(n)), n, 0, 1)'), assumptions)
    expect(proves(node, read('exp(-beta*E(0)) + exp(-beta*E(1))'))).toBe(true)
    expect(proves(node, read('exp(-beta*E(0)) - exp(-beta*E(1))'))).toBe(false)
    const three = evaluateBound(read('sum(E(n), n, 1, 3)/sum(1, n, 1, 3)'), assumptions)
    expect(proves(three.node, read('(E(1) + E(2) + E(3))/3'))).toBe(true)
  })

  it('S − rS telescopes, and the sum to N grows by its last term', () => {
    for (const term of ['r^n', 'n*r^n', 'n^2', 'n^4*r^n']) {
      const value = evaluateBound(read(`sum(${term}, n, 0, N)`), assumptions).node
      const next = substitute(value, { N: read('N + 1') })
      const last = substitute(parse(term, { ...scope, variables: [...scope.variables, 'n'] }), {
        n: read('N + 1'),
      })
      expect(proves(next, { kind: 'sum', terms: [value, last] }), term).toBe(true)
      expect(proves(substitute(value, { N: read('-1') }), read('0')), term).toBe(true)
    }
  })

  it('states |r| < 1, and whether it follows', () => {
    const condition = (text: string): string[] =>
      evaluateBound(read(text), assumptions).used.flatMap((use) =>
        use.conditions.map((one) => `${conditionTex(one, tex)} ${one.follows ? 'follows' : 'asked'}`),
      )
    expect(condition('sum(r^n, n, 0, infinity)')).toEqual(['\\left|r\\right| < 1 asked'])
    expect(condition('sum(exp(-beta*n), n, 0, infinity)')).toEqual(['\\left|e^{-\\beta}\\right| < 1 follows'])
    expect(condition('sum(r^n, n, 0, N)')).toEqual(['1 - r \\neq 0 asked'])
  })

  it.each([
    'sum(exp(beta*n), n, 0, infinity)',
    'sum(exp(i*beta*n), n, 0, infinity)',
    'sum(n, n, 0, infinity)',
    'sum(E(n), n, 0, N)',
    'sum(exp(-beta*n^2), n, 0, infinity)',
    'sum(1/n, n, 1, N)',
    // r = 1, where the closed form divides by zero.
    'sum(exp(2*pi*i*n), n, 0, N)',
  ])('%s stays as it is', (text) => {
    expect(evaluateBound(read(text), assumptions)).toEqual({ node: read(text), used: [] })
  })
})
