import { multiply, type Node, number, subtract } from '../expr/index.js'
import type { Equation, Language } from './language.js'
import { putIn, putInBoth, type Where } from './where.js'

/** How a step's formula stands to the one before it. */
export type Relation = 'equal' | 'substitution' | 'definition' | 'postulate'

/** What an author asks for in one step. */
export type Move =
  | { readonly rule: 'postulate' }
  | { readonly rule: 'define' }
  | { readonly rule: 'multiply'; readonly by: string }
  | { readonly rule: 'rearrange' }
  | { readonly rule: 'insert'; readonly where: Where }
  | { readonly rule: 'identity'; readonly where?: Where }
  | { readonly rule: 'changeVariable'; readonly where: Where }
  | { readonly rule: 'specialise'; readonly where: Where }
  | { readonly rule: 'solution'; readonly where: Where }

export type RuleName = Move['rule']

/** An equality that must be proved before the step stands, and a name for it. */
export interface Obligation extends Equation {
  readonly of: string
}

export interface Demand {
  readonly obligations: readonly Obligation[]
  /** Expressions that must not vanish; where this does not follow from what is declared, it becomes a side condition. */
  readonly nonzero?: readonly Node[]
}

/** A rule of inference as data: what it says, and what has to be proved before its result may stand. */
export interface Rule<M extends Move> {
  readonly label: string
  readonly relation: Relation
  /** The rule in TeX. */
  readonly statement: string
  /** What a passed check means, one sentence. */
  readonly method: string
  /** True where the step starts from the formula before it. */
  readonly needsBefore: boolean
  readonly demand: (language: Language, move: M, before: Equation, after: Equation) => Demand
}

const both = (a: Equation, b: Equation): readonly Obligation[] => [
  { of: 'left sides', left: a.left, right: b.left },
  { of: 'right sides', left: a.right, right: b.right },
]

const difference = ({ left, right }: Equation): Node => subtract(left, right)

export const RULES: { readonly [R in RuleName]: Rule<Extract<Move, { rule: R }>> } = {
  postulate: {
    label: 'Postulate',
    relation: 'postulate',
    statement: 'A = B',
    method: 'A postulate: stated, not derived.',
    needsBefore: false,
    demand: () => ({ obligations: [] }),
  },
  define: {
    label: 'Definition',
    relation: 'definition',
    statement: 'a := B',
    method: 'A definition: a name for an expression.',
    needsBefore: false,
    demand: () => ({ obligations: [] }),
  },
  multiply: {
    label: 'Multiply both sides',
    relation: 'equal',
    statement: 'A = B \\iff c \\, A = c \\, B, \\quad c \\neq 0',
    method: 'Each side is the factor times the side before, by exact normal form.',
    needsBefore: true,
    demand: (language, { by }, before, after) => {
      const factor = language.expression(by)
      return {
        obligations: both(after, {
          left: multiply(factor, before.left),
          right: multiply(factor, before.right),
        }),
        nonzero: [factor],
      }
    },
  },
  rearrange: {
    label: 'Rearrange',
    relation: 'equal',
    statement: 'A = B \\iff A - B = 0',
    method: 'Left minus right is unchanged, by exact normal form.',
    needsBefore: true,
    demand: (_language, _move, before, after) => ({
      obligations: [{ of: 'left minus right', left: difference(after), right: difference(before) }],
    }),
  },
  insert: {
    label: 'Insert definitions',
    relation: 'equal',
    statement: 'a := B \\implies F(B) = F(a)',
    method: 'Putting the definitions back gives the line before, by exact normal form.',
    needsBefore: true,
    demand: (language, { where }, before, after) => ({
      obligations: both(putInBoth(language, after, where), before),
    }),
  },
  identity: {
    label: 'Identity',
    relation: 'equal',
    statement: 'A \\equiv B',
    method: 'Left minus right is 0, by exact normal form.',
    needsBefore: false,
    demand: (language, { where = {} }, _before, after) => ({
      obligations: [{ of: 'both sides', ...putInBoth(language, after, where) }],
    }),
  },
  changeVariable: {
    label: 'Change of variable',
    relation: 'substitution',
    statement: 'f(t) = g(u(t)) \\implies f^{\\prime} = u^{\\prime} \\, g^{\\prime}',
    method:
      'With the chain rule for an undefined function each side becomes the new one, by exact normal form.',
    needsBefore: true,
    demand: (language, { where }, before, after) => ({
      obligations: both(putInBoth(language, after, where), putInBoth(language, before, where)),
    }),
  },
  specialise: {
    label: 'Special case',
    relation: 'substitution',
    statement: 'F(a) \\text{ for all } a \\implies F(b)',
    method: 'The general line at the special values is this one, by exact normal form.',
    needsBefore: true,
    demand: (language, { where }, before, after) => ({
      obligations: both(after, putInBoth(language, before, where)),
    }),
  },
  solution: {
    label: 'Solution',
    relation: 'equal',
    statement: 'L \\psi = 0 \\text{ at the given } \\psi',
    method: 'The residual of the equation at this function is 0, by exact normal form.',
    needsBefore: true,
    demand: (language, { where }, before, after) => {
      const given: Where = { functions: where.functions ?? {} }
      return {
        obligations: [
          { of: 'residual', left: putIn(language, difference(before), where), right: number(0) },
          {
            of: 'solution',
            ...putInBoth(language, putInBoth(language, after, given), { symbols: where.symbols ?? {} }),
          },
        ],
      }
    },
  },
}
