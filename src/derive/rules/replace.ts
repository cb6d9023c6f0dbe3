import { number, reduce } from '../../expr/index.js'
import { putIn, putInBoth, type Where } from '../where.js'
import { both, difference, sides } from './parts.js'
import type { Rules } from './rule.js'

/** Values for symbols and functions. */
export const REPLACED: Rules<'changeVariable' | 'specialise' | 'solution'> = {
  changeVariable: {
    label: 'Change of variable',
    relation: 'substitution',
    statement: 'f(t) = g(u(t)) \\implies f^{\\prime} = u^{\\prime} \\, g^{\\prime}',
    method:
      'With the chain rule for an undefined function each side becomes the new one, by exact normal form.',
    needsBefore: true,
    signs: ['same'],
    demand: ({ language, move: { where }, before }, after) => ({
      obligations: sides(putInBoth(language, after, where), putInBoth(language, before, where)),
    }),
  },
  specialise: {
    label: 'Special case',
    relation: 'substitution',
    statement: 'F(a) \\text{ for all } a \\implies F(b)',
    method: 'The general line at the special values is this one, by exact normal form.',
    needsBefore: true,
    signs: ['same'],
    result: ({ language, move: { where }, before }) =>
      both(before, (side) => reduce(putIn(language, side, where), language.assumptions)),
    demand: ({ language, move: { where }, before }, after) => ({
      obligations: sides(after, putInBoth(language, before, where)),
    }),
  },
  solution: {
    label: 'Solution',
    relation: 'equal',
    statement: 'L \\psi = 0 \\text{ at the given } \\psi',
    method: 'The residual of the equation at this function is 0, by exact normal form.',
    needsBefore: true,
    demand: ({ language, move: { where }, before }, after) => {
      const { functions } = language.vocabulary
      const part = (chosen: boolean): Where =>
        Object.fromEntries(
          Object.entries(where).filter(([name]) => Object.hasOwn(functions, name) === chosen),
        )
      return {
        obligations: [
          {
            of: 'values of the residual',
            left: putIn(language, difference(before), where),
            right: number(0),
          },
          {
            of: 'sides of the solution',
            ...putInBoth(language, putInBoth(language, after, part(true)), part(false)),
          },
        ],
      }
    },
  },
}
