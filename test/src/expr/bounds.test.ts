import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compile, type Interval, lowerBound, parseExpression } from '../../../src/expr/index.js'
import { between, SEED, texts } from './_random.js'

const VARIABLES = ['x', 'y']
const parsed = (text: string) => parseExpression(text, { variables: VARIABLES, parameters: { a: 0.7 } })
const boundOf = (text: string, ...box: Interval[]): number => lowerBound(parsed(text), VARIABLES)(box)

const text = texts({
  leaves: ['x', 'y', 'a', '2', '0.5', '3', 'pi', 'e'],
  functions: ['sin', 'cos', 'tanh', 'exp', 'sqrt', 'abs', 'atan', 'log', 'sign', 'cosh', 'floor', 'sigmoid'],
  powers: ['2', '3', '(-1)', '(1/2)', '1.5', '(-2)'],
  depth: 3,
})
const side = fc.tuple(between(-3, 3), between(0, 2)).map(([lower, width]): Interval => [lower, lower + width])
/** Rounding of the values and of the bounds, as a share of the largest numbers that the expressions meet. */
const ROUNDING = 1e-12
const LARGEST = 1e6

describe('lower bounds of expressions on a box', () => {
  it('no value on the box lies below, and each is a finite number', () => {
    let known = 0
    fc.assert(
      fc.property(
        text,
        side,
        side,
        fc.array(fc.tuple(between(0, 1), between(0, 1)), { minLength: 8 }),
        (t, u, v, shares) => {
          const bound = boundOf(t, u, v)
          if (!(Math.abs(bound) < LARGEST)) return
          known++
          const column = ([lower, upper]: Interval, k: 0 | 1) =>
            Float64Array.from(shares, (share) => lower + share[k] * (upper - lower))
          for (const value of compile(parsed(t), VARIABLES)([column(u, 0), column(v, 1)]))
            expect(value).toBeGreaterThanOrEqual(bound - ROUNDING * LARGEST)
        },
      ),
      { numRuns: 500, seed: SEED },
    )
    expect(known).toBeGreaterThan(200)
  })

  it.each<[string, Interval, Interval, number]>([
    ['(x^2 - 4)^2/8', [4, 8], [0, 1], 18],
    ['x^2 - 3', [-1, 2], [0, 1], -3],
    ['y - x', [-1, 2], [5, 7], 3],
    ['x*y', [-1, 2], [-3, 5], -6],
    ['1/x', [2, 4], [0, 1], 0.25],
    ['x^(-2)', [-4, -2], [0, 1], 1 / 16],
    ['-5*exp(-x^2)', [-1, 1], [0, 1], -5],
    ['max(x, y)', [-1, 2], [0, 1], 0],
    ['abs(x) + a', [-3, -2], [0, 1], 2.7],
  ])('%s on %j × %j is nowhere below %d, which it takes', (t, u, v, least) => {
    expect(boundOf(t, u, v)).toBeCloseTo(least, 12)
  })

  it.each<[string, Interval]>([
    ['1/x', [-1, 1]],
    ['log(x)', [-1, 1]],
    ['sqrt(x)', [-1, 1]],
    ['x^(3/2)', [-1, 1]],
    ['exp(-2*x) - exp(-x)', [-1000, -900]],
    ['tan(x)', [0, 3]],
  ])('%s on %j has none, since values may not be finite numbers', (t, u) => {
    expect(boundOf(t, u, [0, 1])).toBe(Number.NEGATIVE_INFINITY)
  })
})
