import { multiply, type Node, REWRITES, rewrite } from '../../expr/index.js'
import { putInBoth } from '../where.js'
import { difference, keepsSign, sides } from './parts.js'
import type { Rules } from './rule.js'

/** A formula in another form, with earlier lines put in or not. */
export const RESTATED: Rules<'rearrange' | 'insert' | 'rewrite' | 'identity' | 'truncate'> = {
  rearrange: {
    label: 'Rearrange',
    relation: 'equal',
    statement: 'A = B \\iff c \\, (A - B) = 0, \\quad c \\neq 0',
    method: 'Left minus right is unchanged, up to the factor where one is given, by exact normal form.',
    needsBefore: true,
    signs: ['same'],
    demand: ({ language, move: { times = '1' }, before }, after) => {
      const factor = language.expression(times)
      return {
        obligations: [
          {
            of: 'values of left minus right',
            left: difference(after),
            right: multiply(factor, difference(before)),
          },
        ],
        ...keepsSign(before, factor),
      }
    },
  },
  insert: {
    label: 'Insert',
    relation: 'equal',
    statement: 'a = B \\implies F(a) = F(B)',
    method: 'With the named lines put in, left minus right is unchanged, by exact normal form.',
    needsBefore: true,
    signs: ['same'],
    demand: ({ before }, after) => ({
      obligations: [{ of: 'values of left minus right', left: difference(after), right: difference(before) }],
    }),
  },
  rewrite: {
    label: 'Rewrite',
    relation: 'equal',
    statement: 'A = A^{\\prime}',
    method: 'Each side has the value that it had before, by exact normal form.',
    named: ({ move: { as } }) => ({ label: REWRITES[as].label, statement: REWRITES[as].statement }),
    keepsLimits: true,
    needsBefore: true,
    signs: ['same'],
    result: ({ language, move: { as, of = [], side = 'right' }, before }) => {
      const names = of.map((text) => language.expression(text))
      const change = (node: Node): Node => rewrite(node, as, names, language.assumptions)
      return {
        left: side === 'right' ? before.left : change(before.left),
        sign: before.sign,
        right: side === 'left' ? before.right : change(before.right),
      }
    },
    demand: ({ before }, after) => ({ obligations: sides(after, before) }),
  },
  identity: {
    label: 'Identity',
    relation: 'equal',
    statement: 'A \\equiv B',
    method: 'Left minus right is 0, by exact normal form.',
    needsBefore: false,
    demand: ({ language, move: { where = {} } }, after) => ({
      obligations: [{ of: 'two sides', ...putInBoth(language, after, where) }],
    }),
  },
  truncate: {
    label: 'Truncation',
    relation: 'truncation',
    statement: 'a \\approx B \\implies F(a) \\approx F(B)',
    method: 'With the truncated lines put in, left minus right is unchanged, by exact normal form.',
    needsBefore: true,
    from: ['=', '~'],
    signs: ['~'],
    demand: ({ before }, after) => ({
      obligations: [{ of: 'values of left minus right', left: difference(after), right: difference(before) }],
    }),
  },
}
