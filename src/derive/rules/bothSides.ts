import { add, differentiate, multiply, type Node, reduce, substitute } from '../../expr/index.js'
import type { Formula, Sign } from '../formula.js'
import { ARGUMENT, both, bound, end, functionOf, isOrder, keepsSign, lengthOf, sides } from './parts.js'
import type { Application, Demand, Move, Rule, Rules } from './rule.js'

/** Rules whose result is a change of both sides, which the step's formula must equal side by side. */
export function bothSides<M extends Move>(
  rule: Omit<Rule<M>, 'needsBefore' | 'result' | 'demand' | 'signs'> & {
    readonly change: (application: Application<M>) => (side: Node) => Node
    readonly also?: (application: Application<M>) => Omit<Demand, 'obligations'>
    readonly signs?: readonly (Sign | 'same')[]
  },
): Rule<M> {
  const { change, also, signs = ['same'], ...rest } = rule
  const changed = (application: Application<M>): Formula => both(application.before, change(application))
  const result = (application: Application<M>): Formula =>
    both(changed(application), (side) => reduce(side, application.language.assumptions))
  return {
    ...rest,
    signs,
    needsBefore: true,
    result,
    demand: (application, after) => ({
      obligations: sides(after, changed(application)),
      ...also?.(application),
    }),
  }
}

/** The same done to both sides of a formula. */
export const BOTH_SIDES: Rules<'multiply' | 'add' | 'map' | 'differentiate' | 'integrate' | 'sumOver'> = {
  multiply: bothSides({
    label: 'Multiply both sides',
    relation: 'equal',
    statement: 'A = B \\iff c \\, A = c \\, B, \\quad c \\neq 0',
    method: 'Each side is the factor times the side before, by exact normal form.',
    change: ({ language, move }) => {
      const factor = language.expression(move.by)
      return (side) => multiply(factor, side)
    },
    also: ({ language, move, before }) => keepsSign(before, language.expression(move.by)),
  }),
  add: bothSides({
    label: 'Add to both sides',
    relation: 'equal',
    statement: 'A = B \\iff A + c = B + c',
    method: 'Each side is the side before plus the term, by exact normal form.',
    change: ({ language, move }) => {
      const term = language.expression(move.term)
      return (side) => add(side, term)
    },
  }),
  map: bothSides({
    label: 'Apply a function',
    relation: 'equal',
    statement: 'A = B \\implies F(A) = F(B)',
    method: 'Each side is the function of the side before, by exact normal form.',
    signs: ['='],
    change: ({ language, move }) => {
      const body = functionOf(language, move.by)
      return (side) => substitute(body, { [ARGUMENT]: side })
    },
  }),
  differentiate: bothSides({
    label: 'Differentiate both sides',
    relation: 'equal',
    statement: 'A(x) \\equiv B(x) \\implies A^{\\prime}(x) = B^{\\prime}(x)',
    method: 'Each side is the derivative of the side before, by exact normal form.',
    signs: ['='],
    change:
      ({ move: { by, times = 1 } }) =>
      (side) => {
        let slope = side
        for (let k = 0; k < times; k++) slope = differentiate(slope, by)
        return slope
      },
  }),
  integrate: bothSides({
    label: 'Integrate both sides',
    relation: 'equal',
    statement: 'A(x) \\equiv B(x) \\implies \\int A \\, \\mathrm{d}x = \\int B \\, \\mathrm{d}x',
    method:
      'Each side is the integral of the side before, by the linearity of integrals and exact normal form.',
    change: ({ language, move: { over, from = '-infinity', to = 'infinity' } }) =>
      bound('integral', over, [end(language, from), end(language, to)]),
    also: ({ language, move: { from = '-infinity', to = 'infinity' }, before }) => ({
      conditions: ['the integrals converge'],
      nonnegative: isOrder(before.sign) ? lengthOf(language, from, to) : [],
    }),
  }),
  sumOver: bothSides({
    label: 'Sum both sides',
    relation: 'equal',
    statement: 'A_n = B_n \\implies \\sum_n A_n = \\sum_n B_n',
    method: 'Each side is the sum of the side before, by the linearity of sums and exact normal form.',
    change: ({ language, move: { over, from, to } }) =>
      bound('sum', over, [end(language, from), end(language, to)]),
    also: ({ language, move: { from, to }, before }) => ({
      conditions: to === 'infinity' ? ['the sums converge'] : [],
      nonnegative: isOrder(before.sign) ? lengthOf(language, from, to) : [],
    }),
  }),
}
