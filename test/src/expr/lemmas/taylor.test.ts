import { describe, expect, it } from 'vitest'
import { expandDiff, substituteFunction } from '../../../../src/expr/differentiate.js'
import { taylor } from '../../../../src/expr/lemmas/taylor.js'
import type { Node } from '../../../../src/expr/node.js'
import { proveEqual } from '../../../../src/expr/normal/normal.js'
import { parse } from '../../../../src/expr/parse.js'
import { type C, evaluate } from '../_complex.js'
import { mutations } from '../_mutations.js'

const scope = {
  variables: ['x', 'y', 'a', 'b', 'k', 'beta', 'eps'],
  functions: { zeta: 1, F: 2 },
  imaginary: true,
}
const assumptions = { real: ['x', 'y', 'a', 'b', 'k', 'zeta', 'F'] }
const read = (text: string): Node => expandDiff(parse(text, scope))
const POINT: Readonly<Record<string, C>> = { a: [0.37, 0], b: [-0.53, 0], beta: [0.71, 0] }
/** Undefined functions stand for these in numbers. */
const concrete = (node: Node): Node =>
  substituteFunction(
    substituteFunction(node, 'zeta', ['u'], parse('sin(2*u) + u^3', { variables: ['u'] })),
    'F',
    ['u', 'v'],
    parse('sin(u + 2*v) + u*v^2', { variables: ['u', 'v'] }),
  )

/** The exponent p with which node − polynomial ~ εᵖ along a line through the point. */
function slope(node: Node, polynomial: Node, about: Readonly<Record<string, Node>>): number {
  const directions = [1, 0.7]
  const error = (epsilon: number): number => {
    const moved = Object.entries(about).map(([name, point], k) => [
      name,
      [evaluate(point, POINT)[0] + epsilon * directions[k]!, 0],
    ])
    const at = { ...POINT, ...(Object.fromEntries(moved) as Record<string, C>) }
    const [u, v] = [evaluate(concrete(node), at), evaluate(concrete(polynomial), at)]
    return Math.hypot(u[0] - v[0], u[1] - v[1])
  }
  const step = Object.hasOwn(about, 'k') ? WIDE : STEP
  return Math.log2(error(step) / error(step / 2))
}
/** Small enough for the next term to show, large enough for doubles. */
const STEP = 5e-3
/** For the series in k, whose coefficients fall by (2π)² from one to the next. */
const WIDE = 0.3
/** The term after the next bends the slope by about its ratio to it. */
const BEND = 0.15

const CASES: readonly (readonly [string, Readonly<Record<string, string>>, number, string, number])[] = [
  ['cos(x)', { x: 'a' }, 2, 'cos(a) - sin(a)*(x - a) - cos(a)*(x - a)^2/2', 3],
  ['zeta(x)', { x: 'a' }, 0, 'zeta(a)', 1],
  ['zeta(x)', { x: 'a' }, 1, 'zeta(a) + diff(zeta(a), a)*(x - a)', 2],
  ['zeta(x)', { x: 'a' }, 2, 'zeta(a) + diff(zeta(a), a)*(x - a) + diff(zeta(a), a, 2)*(x - a)^2/2', 3],
  [
    'F(x, y)',
    { x: 'a', y: 'b' },
    2,
    'F(a, b) + (x - a)*diff(F(a, b), a) + (y - b)*diff(F(a, b), b) + (x - a)^2*diff(F(a, b), a, 2)/2 + (x - a)*(y - b)*diff(diff(F(a, b), a), b) + (y - b)^2*diff(F(a, b), b, 2)/2',
    3,
  ],
  ['exp(-beta*zeta(x))', { x: 'a' }, 1, 'exp(-beta*zeta(a))*(1 - beta*diff(zeta(a), a)*(x - a))', 2],
  ['sqrt(1 + x)', { x: '0' }, 3, '1 + x/2 - x^2/8 + x^3/16', 4],
  ['log(x)', { x: '1' }, 3, '(x - 1) - (x - 1)^2/2 + (x - 1)^3/3', 4],
  ['erf(x)', { x: '0' }, 3, '(2*x - 2*x^3/3)/sqrt(pi)', 5],
  ['1/(2*sinh(k/2))', { k: '0' }, 3, '1/k - k/24 + 7*k^3/5760', 5],
  ['1/(x - a)^2', { x: 'a' }, 0, '1/(x - a)^2', Number.POSITIVE_INFINITY],
]

describe('taylor()', () => {
  it.each(CASES)('%s about %j to order %i', (text, about, order, expected, next) => {
    const points = Object.fromEntries(Object.entries(about).map(([name, point]) => [name, read(point)]))
    const { polynomial, remainder, conditions } = taylor(read(text), points, order, assumptions)
    expect(proveEqual(polynomial, read(expected), assumptions)).toBe(true)
    expect(remainder).toBe(order + 1)
    expect(conditions).toEqual([])
    if (text.startsWith('erf')) return
    if (Number.isFinite(next))
      expect(Math.abs(slope(read(text), polynomial, points) - next)).toBeLessThan(BEND)
  })

  it('every mutated twin has a slope that shows it', () => {
    for (const [text, about, order, expected] of CASES.filter(
      ([text, , , , next]) => !text.startsWith('erf') && Number.isFinite(next),
    )) {
      const points = Object.fromEntries(Object.entries(about).map(([name, point]) => [name, read(point)]))
      const { polynomial } = taylor(read(text), points, order, assumptions)
      for (const twin of mutations(read(expected))) {
        expect(proveEqual(polynomial, twin, assumptions)).toBe(false)
        expect(slope(read(text), twin, points)).toBeLessThan(order + 1 - BEND)
      }
    }
  })

  it('differentiates to the expansion of the derivative', () => {
    const { polynomial } = taylor(read('exp(sin(x))*zeta(x)'), { x: read('a') }, 4, assumptions)
    const slopeOf = expandDiff({ kind: 'call', name: 'diff', args: [polynomial, read('x')] })
    const { polynomial: derived } = taylor(
      read('diff(exp(sin(x))*zeta(x), x)'),
      { x: read('a') },
      3,
      assumptions,
    )
    expect(proveEqual(slopeOf, derived, assumptions)).toBe(true)
  })

  it('refuses where there is no expansion', () => {
    expect(() => taylor(read('abs(x)'), { x: read('0') }, 1)).toThrow(/No expansion of abs\(x\) about x = 0/)
    expect(() => taylor(read('sqrt(x)'), { x: read('0') }, 1)).toThrow(/No expansion/)
    expect(() => taylor(read('exp(1/x)'), { x: read('0') }, 1)).toThrow(/No expansion/)
    expect(() => taylor(read('x'), { x: read('0') }, 99)).toThrow(/order/)
  })
})
