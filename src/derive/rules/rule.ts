import type { Condition, Node, RewriteName } from '../../expr/index.js'
import type { Equation, Formula, Sign } from '../formula.js'
import type { Language } from '../language.js'
import type { Where } from '../where.js'

/** How a step's formula stands to the one before it. */
export type Relation =
  | 'postulate'
  | 'definition'
  | 'ansatz'
  | 'equal'
  | 'substitution'
  | 'integral'
  | 'sum'
  | 'total-derivative'
  | 'limit'
  | 'truncation'
  | 'inequality'

/** What an author asks for in one step. */
export type Move =
  | { readonly rule: 'postulate' }
  | { readonly rule: 'define' }
  | { readonly rule: 'ansatz' }
  | { readonly rule: 'multiply'; readonly by: string }
  | { readonly rule: 'add'; readonly term: string }
  | { readonly rule: 'rearrange'; readonly times?: string }
  | { readonly rule: 'insert' }
  | {
      readonly rule: 'rewrite'
      readonly as: RewriteName
      readonly of?: readonly string[]
      readonly side?: Side
    }
  | { readonly rule: 'identity'; readonly where?: Where }
  | { readonly rule: 'changeVariable'; readonly where: Where }
  | { readonly rule: 'specialise'; readonly where: Where }
  | { readonly rule: 'solution'; readonly where: Where }
  | { readonly rule: 'map'; readonly by: string }
  | { readonly rule: 'differentiate'; readonly by: string; readonly times?: number }
  | { readonly rule: 'integrate'; readonly over: string; readonly from?: string; readonly to?: string }
  | { readonly rule: 'sumOver'; readonly over: string; readonly from: string; readonly to: string }
  | { readonly rule: 'evaluate' }
  | { readonly rule: 'value'; readonly of: string }
  | { readonly rule: 'limit'; readonly of: string; readonly to: string }
  | { readonly rule: 'antiderivative'; readonly is: string }
  | { readonly rule: 'byParts'; readonly over: string; readonly boundary: string }
  | { readonly rule: 'taylor'; readonly about: Where; readonly order: number }
  | { readonly rule: 'truncate' }
  | { readonly rule: 'inequality'; readonly from?: Readonly<Record<string, string>>; readonly rest?: string }
  | { readonly rule: 'exponentialBound'; readonly from?: Readonly<Record<string, string>> }
  | { readonly rule: 'logarithmBound' }

export type RuleName = Move['rule']

/** Which side of a formula is rewritten. */
export type Side = 'left' | 'right' | 'both'

/** An equality that must be proved before the step stands, and a name for it. */
export interface Obligation extends Equation {
  readonly of: string
}

export interface Demand {
  readonly obligations: readonly Obligation[]
  /** Expressions that must not vanish; where this does not follow from what is declared, it becomes a side condition. */
  readonly nonzero?: readonly Node[]
  /** Expressions that must be real and ≥ 0 by what is declared. */
  readonly nonnegative?: readonly Node[]
  /** Conditions on expressions, which go with the line into what follows from it. */
  readonly requires?: readonly Condition[]
  /** Side conditions that the rule brings along, TeX inside `$…$`. */
  readonly conditions?: readonly string[]
}

/** What a rule is applied to. */
export interface Application<M extends Move> {
  readonly language: Language
  readonly move: M
  /** The formula that the step starts from; for rules that start from none, an empty one. */
  readonly before: Formula
  /** An earlier step's formula by its id. @throws DerivationError 'no-start'. */
  readonly fact: (id: string) => Formula
}

/** Label and statement of a rule that stands for several, and the source of what it used. */
export interface Named {
  readonly label: string
  readonly statement: string
  readonly relation?: Relation
  readonly reference?: string
}

/** A rule of inference as data: what it says, and what has to be proved before its result may stand. */
export interface Rule<M extends Move> {
  readonly label: string
  readonly relation: Relation
  /** The rule in TeX. */
  readonly statement: string
  /** What a passed check means, one sentence. */
  readonly method: string
  /** What depends on the application. */
  readonly named?: (application: Application<M>) => Named
  /** True where the step starts from the formula before it. */
  readonly needsBefore: boolean
  /** Signs that the step's formula may have; `same` is that of the formula before. Default `=`. */
  readonly signs?: readonly (Sign | 'same')[]
  /** Signs that the formula before may have where the step's own is not the same. Default `=`. */
  readonly from?: readonly Sign[]
  /** True for rules that hold of a formula which is true in a limit only. */
  readonly keepsLimits?: true
  /** The formula that the rule makes by itself, for authors who state none. */
  readonly result?: (application: Application<M>) => Formula
  readonly demand: (application: Application<M>, after: Formula) => Demand
}

/** What a move must have beside its rule; a notebook's types say so too. */
export const NEEDS: Readonly<Record<RuleName, readonly string[]>> = {
  postulate: [],
  define: [],
  ansatz: [],
  multiply: ['by'],
  add: ['term'],
  rearrange: [],
  insert: [],
  rewrite: ['as'],
  identity: [],
  changeVariable: ['where'],
  specialise: ['where'],
  solution: ['where'],
  map: ['by'],
  differentiate: ['by'],
  integrate: ['over'],
  sumOver: ['over', 'from', 'to'],
  evaluate: [],
  value: ['of'],
  limit: ['of', 'to'],
  antiderivative: ['is'],
  byParts: ['over', 'boundary'],
  taylor: ['about', 'order'],
  truncate: [],
  inequality: [],
  exponentialBound: [],
  logarithmBound: [],
}

/** Some of the rules. */
export type Rules<R extends RuleName> = { readonly [K in R]: Rule<Extract<Move, { rule: K }>> }
