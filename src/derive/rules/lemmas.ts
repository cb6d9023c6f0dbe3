import {
  type Condition,
  type Evaluation,
  evaluateBound,
  type Application as LemmaUse,
} from '../../expr/index.js'
import { DerivationError } from '../errors.js'
import type { Formula } from '../formula.js'
import { difference, end, once, sides } from './parts.js'
import type { Application, Move, Named, Rules } from './rule.js'

interface Evaluated {
  readonly formula: Formula
  readonly used: readonly LemmaUse[]
}

/** The formula with what the lemmas evaluate in place, and the lemmas. */
const evaluated = once(
  ({ language, before }: Application<Extract<Move, { rule: 'evaluate' }>>): Evaluated => {
    const [left, right] = [before.left, before.right].map((side) => evaluateBound(side, language.assumptions))
    return { formula: { ...before, left: left.node, right: right.node }, used: [...left.used, ...right.used] }
  },
)

/** An expression with integrals, sums or limits, and what lemmas make of it. */
const evaluation = once(({ language, move }: Application<Extract<Move, { rule: 'value' }>>): Evaluated => {
  const left = language.expression(move.of)
  const { node, used } = evaluateBound(left, language.assumptions)
  return { formula: { left, sign: '=', right: node }, used }
})

export const limitOf = once(
  ({ language, move: { of, to }, before }: Application<Extract<Move, { rule: 'limit' }>>): Evaluation =>
    evaluateBound(
      { kind: 'bound', operator: 'limit', variable: of, body: before.right, limits: [end(language, to)] },
      language.assumptions,
    ),
)

export function named(used: readonly LemmaUse[]): Named {
  const lemmas = [...new Set(used.map(({ lemma }) => lemma))]
  const [first] = lemmas
  if (first === undefined) return { label: 'Evaluate', statement: 'A = A' }
  return {
    label: lemmas.map(({ label }) => label).join(', '),
    statement: lemmas.map(({ statement }) => statement).join(' \\qquad '),
    relation: first.operator,
    reference: [...new Set(lemmas.map(({ reference }) => reference))].join('; '),
  }
}

const conditionsOf = (used: readonly LemmaUse[]): readonly Condition[] =>
  used.flatMap(({ conditions }) => conditions)

/** Integrals, sums and limits that lemmas evaluate. */
export const BY_LEMMAS: Rules<'evaluate' | 'value' | 'limit'> = {
  evaluate: {
    label: 'Evaluate',
    relation: 'integral',
    statement: '\\int f \\, \\mathrm{d}x = F',
    method: 'The lemma gives the value; with it, left minus right is unchanged, by exact normal form.',
    named: (application) => named(evaluated(application).used),
    needsBefore: true,
    signs: ['same'],
    result: (application) => evaluated(application).formula,
    demand: (application, after) => {
      const { formula, used } = evaluated(application)
      if (used.length === 0)
        throw new DerivationError(
          'not-applicable',
          '',
          'no lemma evaluates an integral, a sum or a limit in this line',
        )
      return {
        obligations: [
          { of: 'values of left minus right', left: difference(after), right: difference(formula) },
        ],
        requires: conditionsOf(used),
      }
    },
  },
  value: {
    label: 'Value',
    relation: 'integral',
    statement: '\\int f \\, \\mathrm{d}x = F',
    method:
      'The left side is the expression that the lemma evaluates, and the right side its value, by exact normal form.',
    named: (application) => named(evaluation(application).used),
    needsBefore: false,
    result: (application) => evaluation(application).formula,
    demand: (application, after) => {
      const { move } = application
      const { formula, used } = evaluation(application)
      if (used.length === 0) throw new DerivationError('not-applicable', '', `no lemma evaluates ${move.of}`)
      return { obligations: sides(after, formula), requires: conditionsOf(used) }
    },
  },
  limit: {
    label: 'Limit',
    relation: 'limit',
    statement: 'A(x) = B(x) \\implies A(x) \\to \\lim B(x)',
    method: 'The lemma gives the limit of the right side, which this is, by exact normal form.',
    named: (application) => {
      const { used } = limitOf(application)
      const { label, statement, reference } = named(used)
      return { label, statement, relation: 'limit', ...(reference !== undefined && { reference }) }
    },
    needsBefore: true,
    signs: ['->'],
    result: (application) => ({ ...application.before, sign: '->', right: limitOf(application).node }),
    demand: (application, after) => {
      const { node, used } = limitOf(application)
      if (used[used.length - 1]?.lemma.operator !== 'limit') {
        const { of, to } = application.move
        throw new DerivationError(
          'not-applicable',
          '',
          `no lemma gives the limit of the right side as ${of} goes to ${to}`,
        )
      }
      const { language } = application
      const [name, place] = [
        language.texOf({ kind: 'symbol', name: application.move.of }),
        language.texOf(end(language, application.move.to)),
      ]
      return {
        obligations: sides(after, { left: application.before.left, right: node }),
        requires: conditionsOf(used),
        conditions: [`$${name} \\to ${place}$`],
      }
    },
  },
}
