import { add, multiply, type Node, negate, number, subtract } from '../../expr/index.js'
import { DerivationError } from '../errors.js'
import type { Formula } from '../formula.js'
import type { Application, Demand, Move, Rules } from './rule.js'

/** Greater minus lesser side. @throws DerivationError 'fact' for a line that holds up to something or in a limit. */
function gapOf({ left, sign, right }: Formula): Node {
  if (sign === '~' || sign === '->')
    throw new DerivationError('fact', '', 'a bound follows from equations and bounds only')
  return sign === '>=' ? subtract(left, right) : subtract(right, left)
}

/** What shows that an expression is not negative: it is a combination Σ λ·(known gap) + rest with λ, rest ≥ 0. */
function certificate(
  {
    language,
    move: { from = {}, rest },
    fact,
  }: Pick<Application<Move>, 'language' | 'fact'> & {
    readonly move: { readonly from?: Readonly<Record<string, string>>; readonly rest?: string }
  },
  { of, node }: { readonly of: string; readonly node: Node },
): Demand {
  const known = Object.entries(from).map(([id, weight]) => ({
    weight: language.expression(weight),
    gap: gapOf(fact(id)),
  }))
  const surplus = rest === undefined ? (known.length === 0 ? node : number(0)) : language.expression(rest)
  const parts = known.map(({ weight, gap }) => multiply(weight, gap))
  return {
    obligations: [{ of, left: node, right: add(...parts, surplus) }],
    nonnegative: [surplus, ...known.map(({ weight }) => weight)],
  }
}

function argumentOf(name: 'exp' | 'log', node: Node): Node {
  if (node.kind === 'call' && node.name === name) return node.args[0]
  throw new DerivationError('not-applicable', '', `the left side is not ${name} of something`)
}

/** Inequalities, each with a certificate. */
export const BOUNDS: Rules<'inequality' | 'exponentialBound' | 'logarithmBound'> = {
  inequality: {
    label: 'Inequality',
    relation: 'inequality',
    statement: 'B - A = \\sum_k \\lambda_k (B_k - A_k) + C, \\quad \\lambda_k, C \\ge 0 \\implies A \\le B',
    method:
      'The greater side minus the lesser is a sum of expressions that are not negative, by exact normal form.',
    needsBefore: false,
    signs: ['<=', '>='],
    demand: (application, after) =>
      certificate(application, { of: 'values of greater minus lesser side', node: gapOf(after) }),
  },
  exponentialBound: {
    label: 'Exponential of a negative number',
    relation: 'inequality',
    statement: 'u \\ge 0 \\implies e^{-u} \\le 1',
    method: 'The exponent is minus an expression that is not negative.',
    needsBefore: false,
    signs: ['<='],
    demand: (application, { left, right }) => {
      const shown = certificate(application, { of: 'exponent', node: negate(argumentOf('exp', left)) })
      return {
        ...shown,
        obligations: [{ of: 'right sides', left: right, right: number(1) }, ...shown.obligations],
      }
    },
  },
  logarithmBound: {
    label: 'Tangent of the logarithm',
    relation: 'inequality',
    statement: 'u > 0 \\implies \\ln u \\le u - 1',
    method: 'The right side is the argument of the logarithm minus 1, and the argument is positive.',
    needsBefore: false,
    signs: ['<='],
    demand: (_application, { left, right }) => {
      const argument = argumentOf('log', left)
      return {
        obligations: [{ of: 'right sides', left: right, right: subtract(argument, number(1)) }],
        nonzero: [argument],
        nonnegative: [argument],
      }
    },
  },
}
