import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { evaluateBound } from '../../../../src/expr/lemmas/evaluate.js'
import { limitOf } from '../../../../src/expr/lemmas/limits.js'
import type { Bound, Node } from '../../../../src/expr/node.js'
import { ascii } from '../../../../src/expr/notations.js'
import { parse } from '../../../../src/expr/parse.js'
import { type C, evaluate } from '../_complex.js'
import { SEED, texts } from '../_random.js'
import { trapezoid } from './_numerics.js'

/** a and b are positive, r and x are real, w is any complex number. */
const NAMES = { variables: ['x', 'w', 'r', 'a', 'b'], functions: {}, imaginary: true }
const ASSUMED = { positive: ['a', 'b'], real: ['r', 'x'] }
const POINT: Readonly<Record<string, C>> = { w: [-1.41, 0.62], r: [0.77, 0], a: [0.59, 0], b: [1.71, 0] }
const read = (text: string): Node => parse(text, NAMES)

const expressions = texts({
  leaves: ['x', 'x', 'w', 'r', 'a', 'b', '2', 'i'],
  functions: ['exp', 'sqrt', 'sin', 'tanh', 'log'],
  powers: ['2', '3', '(-1)', '(1/2)'],
  depth: 3,
})

const gap = (node: Node, value: C, at: number): number => {
  const [re, im] = evaluate(node, { ...POINT, x: [at, 0] })
  return Math.hypot(re - value[0], im - value[1]) / Math.max(1, Math.hypot(...value))
}
/** Distances from the limit. */
const STEPS = [1e-3, 1e-4]
const FAR = [15, 30]
/** Cancellation at the smaller distance, of terms that a pole takes away. */
const CANCELLED = 1e-4

describe('limits are never guessed wrong', () => {
  it('at 0, from both sides: 600 random expressions', () => {
    let found = 0
    fc.assert(
      fc.property(expressions, (text) => {
        const node = read(text)
        const limit = limitOf(node, 'x', read('0'), ASSUMED)
        if (!limit || !text.includes('x') || limit.conditions.some(({ follows }) => !follows)) return
        const value = evaluate(limit.value, POINT)
        if (!Number.isFinite(value[0]) || Math.hypot(...value) > 1e6) return
        found += 1
        for (const side of [1, -1]) {
          const approaches = (to: C): boolean | undefined => {
            const [first, second] = STEPS.map((step) => gap(node, to, side * step))
            return Number.isFinite(first! + second!) ? second! < Math.max(CANCELLED, first! / 2) : undefined
          }
          expect(approaches(value), `${text} → ${ascii(limit.value)}`).not.toBe(false)
          expect(approaches([value[0] + 0.1 * (1 + Math.hypot(...value)), value[1]])).not.toBe(true)
        }
      }),
      { numRuns: 600, seed: SEED },
    )
    expect(found).toBeGreaterThan(150)
  })

  it('at infinity: 600 random expressions', () => {
    let found = 0
    fc.assert(
      fc.property(expressions, (text) => {
        const node = read(text)
        const limit = limitOf(node, 'x', { kind: 'constant', name: 'infinity' }, ASSUMED)
        if (!limit || !text.includes('x') || limit.conditions.some(({ follows }) => !follows)) return
        const value = evaluate(limit.value, POINT)
        if (!Number.isFinite(value[0])) return
        found += 1
        const [first, second] = FAR.map((at) => gap(node, value, at))
        if (!Number.isFinite(first! + second!)) return
        // The slowest here is an eighth root of x, which falls by 2^⅛ = 1.09.
        expect(
          second! < Math.max(1e-9, first! / 1.08),
          `${text} → ${ascii(limit.value)}: ${first}, ${second}`,
        ).toBe(true)
      }),
      { numRuns: 600, seed: SEED },
    )
    expect(found).toBeGreaterThan(30)
  })
})

/** e^{−x²/2} beyond this is below rounding, for the exponents drawn here. */
const REACH = 14

describe('Gaussian integrals', () => {
  it('of random polynomials and complex exponents agree with the trapezoidal rule', () => {
    const part = fc.integer({ min: -4, max: 4 }).map((k) => `${k}/3`)
    const complex = fc.tuple(part, part).map(([u, v]) => `((${u}) + i*(${v}))`)
    fc.assert(
      fc.property(
        fc.array(complex, { minLength: 1, maxLength: 5 }),
        complex,
        fc.integer({ min: 1, max: 4 }),
        part,
        (weights, b, damping, twist) => {
          const polynomial = weights.map((weight, k) => `${weight}*x^${k}`).join(' + ')
          const body = `(${polynomial})*exp(-(${damping}/3 + i*(${twist}))*x^2 + ${b}*x)`
          const node = read(`integral(${body}, x, -infinity, infinity)`) as Bound
          const { node: value } = evaluateBound(node)
          const sum = trapezoid((x) => evaluate(node.body, { x: [x, 0] }), REACH, 1 / 16)
          const [re, im] = evaluate(value, {})
          expect(Math.hypot(re - sum[0], im - sum[1])).toBeLessThan(1e-8 * Math.max(1, Math.hypot(...sum)))
        },
      ),
      { numRuns: 100, seed: SEED },
    )
  })
})
