import { describe, expect, it } from 'vitest'
import { derivation, derive, RULES } from '../../../src/derive/index.js'
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

describe('every rule', () => {
  /** The rules that no derivation which ships has needed. */
  const others = derivation('D = exp(x)')
    .apply({ rule: 'map', by: 'log(u)' }, 'log(D) = x')
    .apply({ rule: 'add', term: 'k^2 + 2*k*x' }, 'log(D) + k^2 + 2*k*x = k^2 + 2*k*x + x')
    .apply({ rule: 'rewrite', as: 'completeSquare', of: ['k'] }, 'log(D) + k^2 + 2*k*x = (k + x)^2 - x^2 + x')

  it('that no derivation uses refuses a sign, a factor 2 and the negative of a symbol too', () => {
    expect(expectTwinsRefused(others)).toBeGreaterThan(2 * others.steps.length)
  })

  it('has been tried', () => {
    const built = [others, ...Object.values(derive).map((build) => build())]
    const used = new Set<string>(built.flatMap(({ steps }) => steps.map((step) => step.move.rule)))
    expect(Object.keys(RULES).filter((rule) => !used.has(rule))).toEqual([])
  })
})
