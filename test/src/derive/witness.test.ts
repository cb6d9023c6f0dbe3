import { describe, expect, it } from 'vitest'
import { add, compareAtPoints, type Node, number, parts } from '../../../src/expr/index.js'
import { SHIPPED } from './_shipped.js'

const has = (node: Node, operators: readonly string[]): boolean =>
  (node.kind === 'bound' && operators.includes(node.operator)) ||
  parts(node).some((part) => has(part, operators))
const endless = (node: Node): boolean =>
  has(node, ['integral']) ||
  (node.kind === 'bound' &&
    node.limits.some((limit) => limit.kind === 'constant' && limit.name === 'infinity')) ||
  parts(node).some(endless)

/** Digits of arithmetic, and of quadrature less what cancels in an integral. */
const SIXTY = 60
const TWENTY = 20

describe.each(SHIPPED)('the witnesses of derive.%s()', (_, whole) => {
  const { language } = whole
  const { positiveExpressions = [] } = language.assumptions

  it('second every equality: 60 digits agree at 8 points, and Algebrite does not differ', async () => {
    const heard = await whole.witness()
    const resting = whole.steps.filter((step) => step.obligations.length > 0)
    expect(heard.map(({ step }) => step)).toEqual(resting.map(({ id }) => id))
    for (const { step, digits, algebrite } of heard) {
      const sides = resting
        .find(({ id }) => id === step)!
        .obligations.flatMap(({ left, right }) => [left, right])
      expect([step, algebrite]).not.toEqual([step, 'different'])
      // Limits are not evaluated, and an integral of any function need not converge.
      if (digits === undefined)
        expect([step, sides.some((side) => has(side, ['limit', 'integral']))]).toEqual([step, true])
      else expect([step, digits >= (sides.some(endless) ? TWENTY : SIXTY)]).toEqual([step, true])
    }
    expect(heard.filter(({ algebrite }) => algebrite === 'equal').length).toBeGreaterThan(heard.length / 3)
  })

  it('would not second a side that is 1 too great', () => {
    for (const { id, obligations } of whole.steps)
      for (const { left, right } of obligations) {
        const { kind } = compareAtPoints(left, add(right, number(1)), language.vocabulary, {
          positiveExpressions,
          points: 3,
        })
        if (kind === 'undecided') expect([id, has(left, ['limit', 'integral'])]).toEqual([id, true])
        else expect([id, kind]).toEqual([id, 'differs'])
      }
  })
})
