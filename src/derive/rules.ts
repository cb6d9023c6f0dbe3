import {
  add,
  type Condition,
  differentiate,
  type Evaluation,
  evaluateBound,
  functionsOf,
  type Application as LemmaUse,
  limitOf as limitOfNode,
  multiply,
  type Node,
  negate,
  number,
  parse,
  parts,
  power,
  proveEqual,
  REWRITES,
  type RewriteName,
  reduce,
  rewrite,
  substitute,
  subtract,
  symbolsOf,
} from '../expr/index.js'
import { DerivationError } from './errors.js'
import type { Equation, Formula, Sign } from './formula.js'
import type { Language } from './language.js'
import { putIn, putInBoth, type Where } from './where.js'

/** How a step's formula stands to the one before it. */
export type Relation =
  | 'postulate'
  | 'definition'
  | 'ansatz'
  | 'equal'
  | 'substitution'
  | 'termwise'
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

const sides = (after: Equation, made: Equation): readonly Obligation[] => [
  { of: 'left sides', left: after.left, right: made.left },
  { of: 'right sides', left: after.right, right: made.right },
]

const difference = ({ left, right }: Equation): Node => subtract(left, right)

const both = (formula: Formula, change: (side: Node) => Node): Formula => ({
  left: change(formula.left),
  sign: formula.sign,
  right: change(formula.right),
})

const INFINITY: Node = { kind: 'constant', name: 'infinity' }

/** An end of a range: an expression, `infinity` or `-infinity`. */
function end(language: Language, text: string): Node {
  const bare = text.replace(/\s/g, '')
  if (bare === 'infinity') return INFINITY
  return bare === '-infinity' ? negate(INFINITY) : language.expression(text)
}

/** What must not be negative for a range to run upwards. */
function lengthOf(language: Language, from: string, to: string): readonly Node[] {
  const [start, stop] = [end(language, from), end(language, to)]
  const open = [start, stop].filter(isEndless)
  if (open.length === 0) return [subtract(stop, start)]
  // The square of a finite end shows that it is real.
  return [start, stop].filter((place) => !isEndless(place)).map((place) => power(place, number(2)))
}

const isEndless = (limit: Node): boolean =>
  [limit, ...parts(limit)].some((part) => part.kind === 'constant' && part.name === 'infinity')

const isOrder = (sign: Sign): boolean => sign === '<=' || sign === '>='

/** What a factor of both sides must be. */
const keepsSign = ({ sign }: Formula, factor: Node): Omit<Demand, 'obligations'> =>
  isOrder(sign) ? { nonnegative: [factor] } : { nonzero: [factor] }

const bound =
  (operator: 'integral' | 'sum', variable: string, limits: readonly Node[]) =>
  (body: Node): Node => ({
    kind: 'bound',
    operator,
    variable,
    body,
    limits,
  })

/** Rules whose result is a change of both sides, which the step's formula must equal side by side. */
function bothSides<M extends Move>(
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

/** False where an expression without undefined functions is not known to go to 0 at both ends of the line. */
const mayVanish = (language: Language, edge: Node, over: string): boolean =>
  functionsOf(edge).size > 0 ||
  [INFINITY, negate(INFINITY)].every((to) => {
    const found = limitOfNode(edge, over, to, language.assumptions)
    return found !== undefined && proveEqual(found.value, number(0), language.assumptions)
  })

interface Evaluated {
  readonly formula: Formula
  readonly used: readonly LemmaUse[]
}

/** A function of what a rule is applied to, computed once for the rule's label, result and demand. */
function once<M extends Move, V>(make: (application: Application<M>) => V) {
  const known = new WeakMap<Application<M>, { readonly value: V }>()
  return (application: Application<M>): V => {
    const found = known.get(application) ?? { value: make(application) }
    known.set(application, found)
    return found.value
  }
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

const limitOf = once(
  ({ language, move: { of, to }, before }: Application<Extract<Move, { rule: 'limit' }>>): Evaluation =>
    evaluateBound(
      { kind: 'bound', operator: 'limit', variable: of, body: before.right, limits: [end(language, to)] },
      language.assumptions,
    ),
)

/** Rules that state a formula without a proof: what it is taken for is their name. */
function given<M extends Move>(
  relation: Relation,
  label: string,
  statement: string,
  method: string,
): Rule<M> {
  return {
    label,
    relation,
    statement,
    method,
    needsBefore: false,
    signs: ['=', '<=', '>=', '~', '->'],
    demand: () => ({ obligations: [] }),
  }
}

export const RULES: { readonly [R in RuleName]: Rule<Extract<Move, { rule: R }>> } = {
  postulate: given('postulate', 'Postulate', 'A = B', 'A postulate: stated, not derived.'),
  define: given('definition', 'Definition', 'a := B', 'A definition: a name for an expression.'),
  ansatz: given('ansatz', 'Ansatz', 'f := F', 'A trial form: what follows shows whether it holds.'),

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
          { of: 'left minus right', left: difference(after), right: multiply(factor, difference(before)) },
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
      obligations: [{ of: 'left minus right', left: difference(after), right: difference(before) }],
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
          { of: 'residual', left: putIn(language, difference(before), where), right: number(0) },
          {
            of: 'solution',
            ...putInBoth(language, putInBoth(language, after, part(true)), part(false)),
          },
        ],
      }
    },
  },

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
        obligations: [{ of: 'left minus right', left: difference(after), right: difference(formula) }],
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
  antiderivative: {
    label: 'Fundamental theorem',
    relation: 'integral',
    statement: 'F^{\\prime} = f \\implies \\int_a^b f \\, \\mathrm{d}x = F(b) - F(a)',
    method: 'The antiderivative has the integrand for its derivative, by exact normal form.',
    needsBefore: false,
    demand: ({ language, move: { is } }, after) => {
      const { left } = after
      if (left.kind !== 'bound' || left.operator !== 'integral')
        throw new DerivationError('not-applicable', is, 'the left side is not an integral')
      const [from, to] = left.limits
      if (left.limits.some(isEndless))
        throw new DerivationError('not-applicable', is, 'the ends of the range must be finite')
      const antiderivative = language.expression(is)
      const at = (place: Node): Node => substitute(antiderivative, { [left.variable]: place })
      return {
        obligations: [
          { of: 'integrand', left: differentiate(antiderivative, left.variable), right: left.body },
          { of: 'values at the ends', left: after.right, right: subtract(at(to), at(from)) },
        ],
        conditions: ['the antiderivative and its derivative are continuous between the limits'],
      }
    },
  },
  byParts: {
    label: 'Integration by parts',
    relation: 'total-derivative',
    statement:
      '\\int_{-\\infty}^{\\infty} F^{\\prime} \\, \\mathrm{d}x = 0 \\text{ where } F \\to 0 \\text{ at both ends}',
    method: 'The right sides differ by the integral of a derivative, by exact normal form.',
    needsBefore: true,
    signs: ['same'],
    demand: ({ language, move: { over, boundary }, before }, after) => {
      const edge = language.expression(boundary)
      if (!mayVanish(language, edge, over))
        throw new DerivationError(
          'not-applicable',
          boundary,
          `${language.unicodeOf(edge)} does not vanish at both ends`,
        )
      const whole = bound('integral', over, [negate(INFINITY), INFINITY])(differentiate(edge, over))
      return {
        obligations: [
          { of: 'left sides', left: after.left, right: before.left },
          { of: 'right sides', left: add(after.right, whole), right: before.right },
        ],
        conditions: [
          `$${language.texOf(edge)} \\to 0$ as $|${language.texOf({ kind: 'symbol', name: over })}| \\to \\infty$`,
        ],
      }
    },
  },
  taylor: {
    label: 'Taylor expansion',
    relation: 'truncation',
    statement: 'f(x) = \\sum_{k \\le n} \\frac{f^{(k)}(a)}{k!} (x - a)^k + O\\left(|x - a|^{n+1}\\right)',
    method:
      'All derivatives of left minus right up to the order kept vanish at the point, by exact normal form.',
    needsBefore: false,
    signs: ['~'],
    demand: ({ language, move: { about, order } }, after) => {
      const names = Object.keys(about)
      const points = Object.fromEntries(names.map((name) => [name, language.expression(about[name])]))
      const name = (k: number): string => language.texOf({ kind: 'symbol', name: names[k] })
      for (const [k, point] of Object.entries(points))
        if (names.some((other) => symbolsOf(point).has(other)))
          throw new DerivationError('not-applicable', k, 'a point of expansion is free of the variables')
      return {
        obligations: mixedDerivatives(difference(after), names, order).map(({ orders, node }) => ({
          of: `derivatives of order ${orders.join(', ')}`,
          left: substitute(node, points),
          right: number(0),
        })),
        conditions: [
          `$${names.map((_, k) => name(k)).join(', ')} \\to ${names.map((k) => language.texOf(points[k])).join(', ')}$; the remainder is of order ${order + 1}`,
        ],
      }
    },
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
      obligations: [{ of: 'left minus right', left: difference(after), right: difference(before) }],
    }),
  },

  inequality: {
    label: 'Inequality',
    relation: 'inequality',
    statement: 'B - A = \\sum_k \\lambda_k (B_k - A_k) + C, \\quad \\lambda_k, C \\ge 0 \\implies A \\le B',
    method:
      'The greater side minus the lesser is a sum of expressions that are not negative, by exact normal form.',
    needsBefore: false,
    signs: ['<=', '>='],
    demand: (application, after) =>
      certificate(application, { of: 'greater minus lesser side', node: gapOf(after) }),
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
        obligations: [{ of: 'right side', left: right, right: number(1) }, ...shown.obligations],
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
        obligations: [{ of: 'right side', left: right, right: subtract(argument, number(1)) }],
        nonzero: [argument],
        nonnegative: [argument],
      }
    },
  },
}

function named(used: readonly LemmaUse[]): Named {
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

/** The argument's name in the text of a function to apply. */
const ARGUMENT = 'u'

function functionOf(language: Language, text: string): Node {
  const { symbols, functions } = language.vocabulary
  return parse(text, {
    variables: [...new Set([ARGUMENT, ...Object.keys(symbols)])],
    functions: Object.fromEntries(Object.entries(functions).map(([name, { of }]) => [name, of.length])),
    imaginary: true,
  })
}

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

interface Mixed {
  readonly orders: readonly number[]
  readonly node: Node
}

/** All partial derivatives up to a total order. */
function mixedDerivatives(node: Node, names: readonly string[], order: number): readonly Mixed[] {
  const [first, ...rest] = names
  if (first === undefined) return [{ orders: [], node }]
  const found: Mixed[] = []
  let slope = node
  for (let k = 0; k <= order; k++) {
    for (const inner of mixedDerivatives(slope, rest, order - k))
      found.push({ orders: [k, ...inner.orders], node: inner.node })
    slope = differentiate(slope, first)
  }
  return found
}
