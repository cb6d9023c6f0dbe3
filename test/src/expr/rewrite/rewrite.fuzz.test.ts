import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ExpressionError } from '../../../../src/expr/errors.js'
import type { Node } from '../../../../src/expr/node.js'
import { Normalizer, proveEqual } from '../../../../src/expr/normal/normal.js'
import { toNode } from '../../../../src/expr/normal/toNode.js'
import { ascii } from '../../../../src/expr/notations.js'
import { parse } from '../../../../src/expr/parse.js'
import { REWRITES, type RewriteName, reduce, rewrite, size } from '../../../../src/expr/rewrite/rewrite.js'
import { substitute } from '../../../../src/expr/substitute.js'
import { type C, evaluate } from '../_complex.js'
import { SEED, texts } from '../_random.js'

/** a and b are positive, r is real, z and w are any complex numbers. */
const NAMES = { variables: ['z', 'w', 'r', 'a', 'b'], imaginary: true }
const ASSUMED = { positive: ['a', 'b'], real: ['r'] }
const POINTS: readonly Readonly<Record<string, C>>[] = [
  { z: [0.83, 1.27], w: [-1.41, 0.62], r: [0.77, 0], a: [0.59, 0], b: [1.71, 0] },
  { z: [-0.71, -0.93], w: [0.37, -1.83], r: [-1.13, 0], a: [1.37, 0], b: [0.43, 0] },
]
/** Relative difference above which two sides are different numbers, not one number rounded twice. */
const DIFFERENT = 1e-6
/** Beyond this size a double has lost the digits that the comparison needs. */
const LARGE = 1e6

function differs(left: Node, right: Node): boolean {
  return POINTS.some((point) => {
    const [a, b] = [evaluate(left, point), evaluate(right, point)]
    const [gap, bulk] = [Math.hypot(a[0] - b[0], a[1] - b[1]), Math.hypot(...a)]
    return Number.isFinite(gap) && bulk < LARGE && gap > DIFFERENT * Math.max(1, bulk)
  })
}

/** The value of an attempt, unless it grew too large or divided by zero. */
function attempt<T>(make: () => T): T | undefined {
  try {
    return make()
  } catch (error) {
    if (error instanceof ExpressionError && ['too-complex', 'division-by-zero'].includes(error.code))
      return undefined
    throw error
  }
}

const expressions = texts({
  leaves: ['z', 'w', 'r', 'a', 'b', '2', '3', 'i'],
  functions: ['exp', 'sqrt', 'sin', 'cosh', 'tanh', 'log'],
  powers: ['2', '3', '(-1)', '(1/2)'],
  depth: 3,
}).map((text) => parse(text, NAMES))

const free = expressions.map((node) => substitute(node, { z: parse('w', NAMES) }))
const quadratic = fc
  .tuple(free, free, free)
  .map(([A, B, C]) => substitute(parse('w*z^2 + r*z + a', NAMES), { w: A, r: B, a: C }))

/** The variables that rules are about here. */
const ABOUT: Readonly<Partial<Record<RewriteName, readonly Node[]>>> = {
  collect: [parse('z', NAMES)],
  completeSquare: [parse('z', NAMES)],
}

describe('rewriting never changes a value', () => {
  it.each(Object.keys(REWRITES) as RewriteName[])('%s: 120 random expressions', (name) => {
    let applied = 0
    fc.assert(
      fc.property(name === 'completeSquare' ? quadratic : expressions, (node) => {
        let result: Node | undefined
        try {
          result = attempt(() => rewrite(node, name, ABOUT[name] ?? [], ASSUMED))
        } catch (error) {
          // A rule may not fit; that its result is not proved equal must not happen.
          expect(String(error)).toMatch(/does not apply/)
          return
        }
        if (!result) return
        applied += 1
        expect(differs(node, result), `${ascii(node)} → ${ascii(result)}`).toBe(false)
      }),
      { numRuns: 120, seed: SEED },
    )
    expect(applied).toBeGreaterThan(0)
  })

  it('a tree written from its normal form has the same value, and reduce() is never longer', () => {
    fc.assert(
      fc.property(expressions, (node) => {
        const written = attempt(() => {
          const normal = new Normalizer(ASSUMED)
          return toNode(normal.ring, normal.normalize(node))
        })
        if (!written) return
        expect(attempt(() => proveEqual(node, written, ASSUMED)) ?? true, ascii(written)).toBe(true)
        expect(differs(node, written), `${ascii(node)} → ${ascii(written)}`).toBe(false)
        expect(size(reduce(node, ASSUMED))).toBeLessThanOrEqual(size(node))
      }),
      { numRuns: 150, seed: SEED },
    )
  })
})
