import {
  type Condition,
  ExpressionError,
  functionsOf,
  number,
  REWRITES,
  type RewriteName,
  symbolsOf,
} from '../expr/index.js'
import {
  type DerivationFigure,
  Drawable,
  derivationFigure,
  derivationLatex,
  derivationMarkdown,
  derivationText,
  type LatexOptions,
} from '../figure/index.js'
import { Determined, givenName } from './determined.js'
import { within } from './domains.js'
import { DerivationError } from './errors.js'
import { type General, isReplaceable } from './facts.js'
import { type Formula, SIGN_TEX } from './formula.js'
import { interchanges } from './interchange.js'
import { Language } from './language.js'
import { premises, valuesGiven } from './premises.js'
import { provable, prove } from './prove.js'
import { type Application, type Move, NEEDS, type Obligation, RULES, type Rule } from './rules/index.js'
import { written as conditionText, openConditions, putInto, type Standing, together } from './standing.js'
import { boundsOf, recordOf, type Step } from './step.js'
import { type VocabularyInput, vocabularyOf } from './vocabulary.js'
import type { Where } from './where.js'
import { type Testimony, testimonies } from './witness.js'

/** What an author says about a step beside its rule; a text alone is the formula that it gives. */
export interface StepText {
  /** Short name by which later steps may speak of this one. Default: its number. */
  readonly id?: string
  /** The formula that the step reaches, `left = right`. Default: what the rule makes of the one before. */
  readonly gives?: string | Formula
  /** Why, one sentence. */
  readonly why?: string
  /** Where the formula comes from; `given` leaves the tag off, as it is for what is stated. Default `derived`. */
  readonly provenance?: NonNullable<Step['provenance']> | 'given'
  /** Id of the step to start from. Default: the step before. */
  readonly from?: string
  /** Ids of steps whose left sides are replaced by their right sides in the proof. */
  readonly using?: readonly string[]
  /** Further side conditions, TeX inside `$…$`. */
  readonly when?: readonly string[]
  /** Formula that says where the line is taken, for example `t = -i*tau`; shown beside it. */
  readonly at?: string
  /** Source: a book with its section, a paper. */
  readonly reference?: string
}

/**
 * A derivation: formulas, each with the rule that leads to it and a verdict. Immutable; {@link Derivation.apply}
 * returns a longer one, or throws: a step whose equalities have no proof cannot be added.
 */
export class Derivation extends Drawable {
  readonly title: string
  readonly language: Language
  readonly steps: readonly Step[]
  readonly #section: string | undefined

  constructor(title: string, language: Language, steps: readonly Step[] = [], section?: string) {
    super()
    this.title = title
    this.language = language
    this.steps = steps
    this.#section = section
  }

  /**
   * Adds a step.
   *
   * @throws DerivationError 'unproved' when an equality of the rule has no proof, 'zero-factor' when a factor that must
   * not vanish does, 'no-start' when there is no step to start from, 'duplicate' for an id already taken, 'no-formula'
   * when the rule makes no formula by itself and none is given.
   */
  apply(move: Move, given: StepText | string = {}): Derivation {
    const text = typeof given === 'string' ? { gives: given } : given
    const id = text.id ?? String(this.steps.length + 1)
    if (this.steps.some((step) => step.id === id))
      throw new DerivationError('duplicate', id, 'there is a step of this name already')
    const { language } = this
    checkMove(id, move)
    const rule = RULES[move.rule] as Rule<Move>
    const start = rule.needsBefore ? this.#start(id, text) : undefined
    const application: Application<Move> = {
      language,
      move,
      before: start?.after ?? NOTHING,
      fact: (name) => this.#step(id, name).after,
    }
    const after =
      typeof text.gives === 'string'
        ? language.formula(text.gives)
        : (text.gives ?? rule.result?.(application))
    if (!after)
      throw new DerivationError('no-formula', id, `the rule “${rule.label}” needs the formula that it gives`)
    if (start?.after.sign === '->' && !rule.keepsLimits)
      throw new DerivationError(
        'not-applicable',
        id,
        `“${rule.label}” is not applied to what holds in a limit only`,
      )
    const determined = new Determined(this.steps)
    if (move.rule === 'define') this.#checkDefinition(id, after, determined)
    const { signs: ownSigns = ['='], from: startSigns = ['='] } = rule
    if (start && !ownSigns.includes('same') && !startSigns.includes(start.after.sign))
      throw new DerivationError(
        'not-applicable',
        id,
        `“${rule.label}” starts from a formula with ${startSigns.join(' or ')}, not ${start.after.sign}`,
      )
    const signs = ownSigns.map((sign) => (sign === 'same' ? application.before.sign : sign))
    if (!signs.includes(after.sign))
      throw new DerivationError(
        'unproved',
        id,
        `“${rule.label}” gives a formula with ${signs.join(' or ')}, not ${after.sign}`,
      )
    const assumed = premises(application, after, determined)
    const { using = [], provenance: tag = 'derived' } = text
    const facts = using.map((name) => this.#usable(id, name, move))
    const demand = rule.demand(application, after)
    const general: General = (slot, { right }) =>
      !determined.has(slot) && determined.dependents([right], slot).length === 0
    const { obligations, conditions, requires, agreement } = orAdvised(
      () => prove(language, id, after, facts, demand, general),
      () => (text.using === undefined ? this.#missing(demand.obligations, general) : []),
    )
    const standing = this.#standing(id, application, { requires, using, determined, ...(start && { start }) })
    const written = typeof text.gives === 'string' ? language.written(text.gives) : after
    const at = text.at === undefined ? undefined : language.formula(text.at)
    const step: Step = {
      id,
      ...(start && { from: start.id, before: start.after }),
      ...(this.#section !== undefined && { section: this.#section }),
      using,
      move,
      relation: rule.relation,
      ...(rule.named?.(application) ?? { label: rule.label, statement: rule.statement }),
      after,
      tex: {
        left: language.texOf(written.left),
        sign: SIGN_TEX[after.sign],
        right: language.texOf(written.right),
        ...(at && { at: language.tex(at) }),
      },
      text: language.unicode(written) + (at ? `   (${language.unicode(at)})` : ''),
      why: text.why ?? '',
      when: [
        ...conditions,
        ...standing.own.map((condition) => conditionText(language, condition)),
        ...assumed.filter(
          (condition) => !conditions.includes(condition) && condition !== (at && `$${language.tex(at)}$`),
        ),
        ...interchanges(language, move, application.before, text.gives),
        ...(text.when ?? []),
      ],
      ...(text.reference !== undefined && { reference: text.reference }),
      standing: standing.whole,
      obligations,
      verdict: agreement
        ? { status: 'checked', method: UNPROVED, ...agreement }
        : { status: statusOf(rule), method: rule.method },
      ...tagOf(rule, tag),
    }
    return new Derivation(this.title, language, [...this.steps, step], this.#section)
  }

  /** The steps that follow stand under this heading. */
  section(heading: string): Derivation {
    return new Derivation(this.title, this.language, this.steps, heading)
  }

  /** Both sides times a factor. */
  multiply(by: string, text?: StepText | string): Derivation {
    return this.apply({ rule: 'multiply', by }, text)
  }

  /** Symbols and undefined functions get values, everywhere in the formula. */
  substitute(where: Where, text?: StepText | string): Derivation {
    return this.apply({ rule: 'specialise', where }, text)
  }

  /** The right side written in another form, which is proved equal: `expand`, `collect`, `completeSquare` …. */
  rewrite(as: RewriteName, of?: string | readonly string[], text?: StepText | string): Derivation {
    const names = typeof of === 'string' ? [of] : of
    return this.apply({ rule: 'rewrite', as, ...(names && { of: names }) }, text)
  }

  /** The derivative of both sides. */
  differentiate(by: string, text?: StepText | string): Derivation {
    return this.apply({ rule: 'differentiate', by }, text)
  }

  /** The integral of both sides over a symbol, from −∞ to ∞ unless limits are given. */
  integrate(
    { over, from, to }: { readonly over: string; readonly from?: string; readonly to?: string },
    text?: StepText | string,
  ): Derivation {
    return this.apply(
      { rule: 'integrate', over, ...(from !== undefined && { from }), ...(to !== undefined && { to }) },
      text,
    )
  }

  /** The integrals, sums and limits of the last line by the lemmas that give them. */
  evaluate(text?: StepText | string): Derivation {
    return this.apply({ rule: 'evaluate' }, text)
  }

  /** What the right side goes to; `to` is an expression, `infinity` or `-infinity`. */
  limit({ of, to }: { readonly of: string; readonly to: string }, text?: StepText | string): Derivation {
    return this.apply({ rule: 'limit', of, to }, text)
  }

  /**
   * What witnesses that share nothing with the exact normal form say of each step: values with 60 digits at seeded
   * points, and the computer algebra system Algebrite. Takes some seconds.
   */
  witness(): Promise<readonly Testimony[]> {
    return testimonies(this.language, this.steps)
  }

  /** The same steps under another title. */
  entitled(title: string): Derivation {
    return new Derivation(title, this.language, this.steps, this.#section)
  }

  /** The steps up to and with one of them, to go on from there. @throws DerivationError 'no-start'. */
  until(id: string): Derivation {
    const place = this.steps.indexOf(this.#step(id, id))
    const steps = this.steps.slice(0, place + 1)
    return new Derivation(this.title, this.language, steps, steps[place].section)
  }

  override figure(): DerivationFigure {
    return derivationFigure({
      title: this.title,
      steps: this.steps.map(recordOf),
      symbols: this.language.legend(this.steps.map((step) => step.after)),
    })
  }

  /** Every step with its mark, its rule and its reason, in plain characters. */
  override toString(): string {
    return derivationText(this.figure())
  }

  /** The derivation as Markdown with formulas between dollar signs, as GitHub and Jupyter read it. */
  toMarkdown(): string {
    return derivationMarkdown(this.figure())
  }

  /**
   * The derivation as LaTeX: an `align` for each section, without labels, its equations numbered as the steps are.
   *
   * @param options `document: true` for a document that compiles alone; default a fragment, which needs the package
   * amsmath.
   */
  toLatex(options: LatexOptions = {}): string {
    return derivationLatex(this.figure(), options)
  }

  #step(id: string, name: string): Step {
    const step = this.steps.find((known) => known.id === name)
    if (step) return step
    const known = this.steps.map((each) => each.id).join(', ')
    throw new DerivationError('no-start', id, `there is no step “${name}”; there are: ${known || 'none'}`)
  }

  #start(id: string, { from }: StepText): Step {
    const last = this.steps[this.steps.length - 1]
    if (from !== undefined) return this.#step(id, from)
    if (last) return last
    throw new DerivationError('no-start', id, 'there is no step before it')
  }

  /** A definition gives a meaning to a name that has none yet, and does not speak of that name itself. */
  #checkDefinition(id: string, { left, right }: Formula, determined: Determined): void {
    const name = givenName(left)
    const shown = this.language.unicodeOf(left)
    if (name === undefined)
      throw new DerivationError(
        'definition',
        id,
        `a definition has a symbol or a function on its left, not ${shown}`,
      )
    if (symbolsOf(right).has(name) || functionsOf(right).has(name))
      throw new DerivationError('definition', id, `${shown} is defined by itself`)
    const circle = [...symbolsOf(right), ...functionsOf(right)].find((part) => determined.depends(part, name))
    if (circle !== undefined)
      throw new DerivationError('definition', id, `${circle} is made of ${shown} already`)
    const places = left.kind === 'jet' ? left.args : []
    const variables = places.flatMap((place) => (place.kind === 'symbol' ? [place.name] : []))
    if (
      new Set(variables).size < variables.length ||
      places.some((place) => place.kind !== 'symbol' && symbolsOf(place).size > 0)
    )
      throw new DerivationError('definition', id, `${shown} is to be defined at variables, each its own`)
    const { symbols, functions } = this.language.vocabulary
    const domain = symbols[name]?.domain ?? functions[name]?.domain ?? 'complex'
    if (within(this.language, domain, right) === false)
      throw new DerivationError(
        'definition',
        id,
        `${this.language.unicodeOf(right)} is no value of ${shown}, which is declared ${domain}`,
      )
    const earlier = this.steps.find(
      (step) => step.move.rule === 'define' && givenName(step.after.left) === name,
    )
    if (earlier)
      throw new DerivationError('definition', id, `${shown} is defined in step “${earlier.id}” already`)
  }

  /** What a new line holds under, and the conditions that it is the first to say. */
  #standing(
    id: string,
    application: Application<Move>,
    { requires, using, determined, start }: Sources,
  ): { readonly whole: Standing; readonly own: readonly Condition[] } {
    const { language, move } = application
    const sources = [
      ...(start ? [start] : []),
      ...[...using, ...boundsOf(move)].map((name) => this.#step(id, name)),
    ]
    const values = Object.fromEntries(
      Object.entries(valuesGiven(application, determined)).map(([name, is]) => [
        name,
        language.expression(is),
      ]),
    )
    const before = together(language, id, [
      ...sources.map((step) => step.standing),
      { conditions: [], values },
    ])
    const where = move.rule === 'specialise' ? move.where : {}
    const changed = putInto(language, before.conditions, where)
    const own = openConditions(language, id, [
      ...requires,
      ...changed.filter((condition) => !before.conditions.includes(condition)),
    ])
    const kept = changed.filter((condition) => before.conditions.includes(condition))
    return { whole: { conditions: [...kept, ...own], values: before.values }, own }
  }

  /** Ids of earlier lines with which some equalities would be proved: one of them, or all. */
  #missing(obligations: readonly Obligation[], general: General): readonly string[] {
    const known = this.steps.filter(({ after: { sign, left } }) => sign === '=' && isReplaceable(left))
    const holds = (steps: readonly Step[]): boolean => {
      try {
        const facts = steps.map((step) => step.after)
        return provable(this.language, obligations, facts, general)
      } catch (error) {
        if (error instanceof DerivationError || error instanceof ExpressionError) return false
        throw error
      }
    }
    const one = known.find((step) => holds([step]))
    return (one ? [one] : known.length > 1 && holds(known) ? known : []).map((step) => step.id)
  }

  /** A step as a fact: an equation, or for a truncation an approximation. */
  #usable(id: string, name: string, move: Move): Formula {
    const { after } = this.#step(id, name)
    if (after.sign === '=' || (after.sign === '~' && move.rule === 'truncate')) return after
    throw new DerivationError(
      'fact',
      id,
      `step “${name}” is no equation, so its left side cannot be replaced`,
    )
  }
}

/** @throws DerivationError 'not-applicable' for a rule that there is not, or one without what it needs. */
function checkMove(id: string, move: Move): void {
  if (!Object.hasOwn(RULES, move.rule))
    throw new DerivationError(
      'not-applicable',
      id,
      `there is no rule “${move.rule}”; there are: ${Object.keys(RULES).join(', ')}`,
    )
  const missing = NEEDS[move.rule].filter(
    (field) => (move as Readonly<Record<string, unknown>>)[field] === undefined,
  )
  if (missing.length > 0)
    throw new DerivationError('not-applicable', id, `the rule “${move.rule}” needs ${missing.join(' and ')}`)
  if (move.rule === 'rewrite' && !Object.hasOwn(REWRITES, move.as))
    throw new DerivationError(
      'not-applicable',
      id,
      `there is no form “${move.as}”; there are: ${Object.keys(REWRITES).join(', ')}`,
    )
}

const NOTHING: Formula = { left: number(0), sign: '=', right: number(0) }

/** What a proof gives; where there is none, the refusal with the lines that its author may have forgotten. */
function orAdvised<T>(prove: () => T, missing: () => readonly string[]): T {
  try {
    return prove()
  } catch (error) {
    const ids = error instanceof DerivationError && error.code === 'unproved' ? missing() : []
    if (ids.length === 0) throw error
    const names = ids.map((name) => `'${name}'`).join(', ')
    const { code, message } = error as DerivationError
    throw new DerivationError(
      code,
      '',
      `${message}. It is proved with earlier lines put in: using: [${names}]`,
    )
  }
}

/** What a line's conditions come from. */
interface Sources {
  readonly requires: readonly Condition[]
  readonly using: readonly string[]
  readonly determined: Determined
  readonly start?: Step
}

/** A line that is stated is not derived. */
function tagOf({ relation }: Rule<Move>, tag: NonNullable<StepText['provenance']>): Pick<Step, 'provenance'> {
  const stated = relation === 'postulate' || relation === 'definition' || relation === 'ansatz'
  return tag === 'given' || (stated && tag === 'derived') ? {} : { provenance: tag }
}

const UNPROVED = 'The exact normal form found no proof; at seeded points both sides have the same value.'

/** A step that is not taken on trust is proved or checked: {@link Derivation.apply} has no other way to add one. */
function statusOf({ relation }: Rule<Move>): 'proved' | 'postulate' | 'definition' {
  if (relation === 'ansatz') return 'definition'
  return relation === 'postulate' || relation === 'definition' ? relation : 'proved'
}

/**
 * Starts a derivation from a formula, which is taken as given.
 *
 * @param start `left = right`; `diff(f, x, n)` are derivatives
 * @param vocabulary names beside those of the field: symbols by domain, undefined functions by their arguments
 * @example
 * derivation('diff(psi(x,t), t) = D*diff(psi(x,t), x, 2)').substitute({ t: '2*t' })
 */
export function derivation(
  start: string,
  { title = 'A derivation', ...vocabulary }: VocabularyInput & { readonly title?: string } = {},
): Derivation {
  return new Derivation(title, new Language(vocabularyOf(vocabulary))).apply(
    { rule: 'postulate' },
    { gives: start, why: 'Given.', provenance: 'given' },
  )
}
