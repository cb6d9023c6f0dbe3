import { describe, expect, it } from 'vitest'
import { derive } from '../../../src/derive/index.js'
import { expectTwinsRefused } from './_twins.js'

/** Kinds of formula that are stated; every other is proved by the normal form. */
const STATED: Readonly<Record<string, string>> = {
  postulate: 'postulate',
  definition: 'definition',
  ansatz: 'definition',
}

describe.each(Object.entries(derive))('derive.%s()', (_name, build) => {
  const whole = build()

  it('proves every step that is not stated as given', () => {
    for (const step of whole.steps)
      expect([step.id, step.verdict.status]).toEqual([step.id, STATED[step.relation] ?? 'proved'])
  })

  it('says why, for every step', () => {
    for (const step of whole.steps) expect(step.why, step.id).not.toBe('')
  })

  it('has no step that a sign, a factor 2, i → −i or the negative of a symbol could slip into', () => {
    expect(expectTwinsRefused(whole)).toBeGreaterThan(whole.steps.length)
  })
})
