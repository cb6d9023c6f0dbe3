import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { share } from '../../../src/figure/index.js'
import { landscapeSample } from './samples.js'

/** JSON with bytes, equal parts likely. */
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(0, 1, -0, Number.NaN, 'a', '', true, null, undefined),
    fc.uint8Array({ max: 1, maxLength: 2 }),
    fc.array(tie('any'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', '__proto__', 'length', '0'), tie('any'), {
      noNullPrototype: true,
    }),
  ),
})).any

describe('share()', () => {
  it('gives what equals the new value, and is the old one where both are equal', () => {
    fc.assert(
      fc.property(value, value, (before, next) => {
        const shared = share(before, next)
        expect(shared).toStrictEqual(next)
        expect(Object.is(share(structuredClone(next), shared), shared)).toBe(
          typeof next !== 'object' || next === null,
        )
        expect(share(shared, structuredClone(next))).toBe(shared)
      }),
      { numRuns: 500 },
    )
  })

  it('changes neither', () => {
    fc.assert(
      fc.property(value, value, (before, next) => {
        const copies = structuredClone([before, next])
        share(before, next)
        expect([before, next]).toStrictEqual(copies)
      }),
    )
  })

  it('keeps the arrays of a figure that the next one has, too', () => {
    const before = landscapeSample()
    const next = structuredClone(before)
    const densities = next.densities.map((density) => ({ ...density, scale: 2 * density.scale }))
    const shared = share(before, { ...next, densities })
    expect(shared.zeta).toBe(before.zeta)
    expect(shared.axes).toBe(before.axes)
    expect(shared.problem).toBe(before.problem)
    expect(shared.densities).toStrictEqual(densities)
  })
})
