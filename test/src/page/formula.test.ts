import { expect, it } from 'vitest'
import { FOR_TYPESETTER, PLAIN } from '../../../src/page/formula.js'

it('without a typesetter formulas are written in plain characters', () => {
  expect(PLAIN.formula('\\hbar > 0')).toBe('ħ > 0')
  expect(PLAIN.text('where $\\hbar > 0$ and $m > 0$')).toBe('where ħ > 0 and m > 0')
})

it('for a typesetter they stay between dollar signs', () => {
  expect(FOR_TYPESETTER.formula('x')).toBe('$\\displaystyle x$')
  expect(FOR_TYPESETTER.text('where $x$')).toBe('where $x$')
})
