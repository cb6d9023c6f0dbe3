import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  bounded,
  INEQUALITIES,
  type Inequality,
  type InequalityName,
  isCertified,
} from '../../../../src/expr/lemmas/inequalities.js'
import { ascii } from '../../../../src/expr/notations.js'
import { parse } from '../../../../src/expr/parse.js'
import { evaluate } from '../_complex.js'
import { mathjaxErrors } from '../_mathjax.js'
import { between, SEED } from '../_random.js'

const names = Object.keys(INEQUALITIES) as InequalityName[]
const rows = names.map((name) => [name, INEQUALITIES[name] as Inequality] as const)
/** Rounding of a difference of nearly equal doubles of this size. */
const ROUNDING = 1e-12

describe('inequalities', () => {
  it.each(rows)('%s: its certificate is proved', (_name, row) => {
    expect(isCertified(row)).toBe(true)
    expect(mathjaxErrors(row.statement)).toEqual([])
  })

  it.each(rows)(
    '%s: no twin with the sides exchanged, one doubled or a sign turned is certified',
    (_name, row) => {
      expect(isCertified({ ...row, left: row.right, right: row.left })).toBe(false)
      expect(isCertified({ ...row, right: `(${row.right}) - 1` })).toBe(false)
      expect(isCertified({ ...row, right: `-(${row.right})` })).toBe(false)
      if (row.left !== '0') expect(isCertified({ ...row, left: `2*(${row.left})` })).toBe(false)
      const { certificate } = row
      const other =
        certificate.kind === 'squares'
          ? { ...certificate, of: certificate.of.map(([weight, root]) => [`-(${weight})`, root] as const) }
          : { ...certificate, order: certificate.order + 1 }
      expect(isCertified({ ...row, certificate: other })).toBe(false)
    },
  )

  it.each(rows)('%s holds for random numbers', (name, row) => {
    const lower =
      row.positive || (row.certificate.kind === 'contact' && row.certificate.order % 2 === 1) ? 0.01 : -3
    fc.assert(
      fc.property(fc.array(between(lower, 3), { minLength: 4, maxLength: 4 }), (values) => {
        const point = Object.fromEntries(row.names.map((one, k) => [one, [values[k]!, 0] as const]))
        const symbols = Object.fromEntries(
          row.names.map((one) => [one, { kind: 'symbol', name: one } as const]),
        )
        const { left, right } = bounded(name, symbols)
        expect(evaluate(left, point)[0]).toBeLessThanOrEqual(evaluate(right, point)[0] + ROUNDING)
      }),
      { numRuns: 50, seed: SEED },
    )
  })

  it('is put to expressions, with conditions that follow or are asked for', () => {
    const scope = { variables: ['gap', 'tau', 'x'] }
    const at = (text: string) =>
      bounded('exponentialBelowOne', { u: parse(text, scope) }, { positive: ['gap', 'tau'], real: ['x'] })
    expect(ascii(at('gap*tau').left)).toBe('exp(-gap*tau)')
    expect(at('gap*tau').conditions).toMatchObject([{ kind: 'nonnegative', follows: true }])
    expect(at('x').conditions).toMatchObject([{ kind: 'nonnegative', follows: false }])
    expect(() => bounded('young', { u: parse('x', scope) })).toThrow(/v has no expression/)
  })
})
