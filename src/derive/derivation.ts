import { ascii, isNowhereZero, Normalizer } from '../expr/index.js'
import {
  type DerivationFigure,
  Drawable,
  derivationFigure,
  derivationLatex,
  derivationMarkdown,
  derivationText,
  type LatexOptions,
} from '../figure/index.js'
import { DerivationError } from './errors.js'
import type { Language } from './language.js'
import { type Demand, type Move, RULES, type Rule } from './rules.js'
import { type Check, recordOf, type Step } from './step.js'

/** What an author says about a step beside its rule. */
export interface StepText {
  /** Short name by which later steps may start from this one. */
  readonly id: string
  /** The formula that the step reaches, `left = right`. */
  readonly gives: string
  /** Why, one sentence. */
  readonly why: string
  readonly provenance: Step['provenance']
  /** Id of the step to start from. Default: the step before. */
  readonly from?: string
  /** Further side conditions, TeX inside `$…$`. */
  readonly when?: readonly string[]
  /** Equation that says where the formula is taken, for example `t = -i*tau`; shown beside it. */
  readonly at?: string
}

interface Proof {
  readonly check: Check
  /** Side conditions that the rule brings along: c ≠ 0. */
  readonly conditions: readonly string[]
}

/**
 * A derivation: formulas, each with the rule that leads to it and a verdict. Immutable; {@link Derivation.apply}
 * returns a longer one, or throws: a step whose equalities the exact normal form does not prove cannot be added.
 */
export class Derivation extends Drawable {
  readonly title: string
  readonly language: Language
  readonly steps: readonly Step[]

  constructor(title: string, language: Language, steps: readonly Step[] = []) {
    super()
    this.title = title
    this.language = language
    this.steps = steps
  }

  /**
   * Adds a step.
   *
   * @throws DerivationError 'unproved' when an equality of the rule has no proof, 'zero-factor' when a factor that must
   * not vanish does, 'no-start' when there is no step to start from, 'duplicate' for an id already taken.
   */
  apply(move: Move, text: StepText): Derivation {
    if (this.steps.some((step) => step.id === text.id))
      throw new DerivationError('duplicate', text.id, 'there is a step of this name already')
    const rule = RULES[move.rule] as Rule<Move>
    const start = rule.needsBefore ? this.#start(text) : undefined
    const after = this.language.equation(text.gives)
    const demand = rule.demand(this.language, move, start?.after ?? after, after)
    const { check, conditions } = this.#prove(text, demand)
    const at = text.at === undefined ? undefined : this.language.equation(text.at)
    const step: Step = {
      id: text.id,
      ...(start === undefined ? {} : { from: start.id, before: start.after }),
      rule: move.rule,
      label: rule.label,
      relation: rule.relation,
      after,
      tex: {
        left: this.language.texOf(after.left),
        sign: '=',
        right: this.language.texOf(after.right),
        ...(at && { at: this.language.tex(at) }),
      },
      text: this.language.unicode(after) + (at ? `   (${this.language.unicode(at)})` : ''),
      why: text.why,
      when: [...conditions, ...(text.when ?? [])],
      check,
      verdict: { status: statusOf(rule), method: rule.method },
      provenance: text.provenance,
    }
    return new Derivation(this.title, this.language, [...this.steps, step])
  }

  /** The same steps under another title. */
  entitled(title: string): Derivation {
    return new Derivation(title, this.language, this.steps)
  }

  /** The steps up to and with one of them, to go on from there. @throws DerivationError 'no-start'. */
  until(id: string): Derivation {
    const place = this.steps.findIndex((step) => step.id === id)
    if (place < 0) throw new DerivationError('no-start', id, 'there is no such step')
    return new Derivation(this.title, this.language, this.steps.slice(0, place + 1))
  }

  override figure(): DerivationFigure {
    return derivationFigure({ title: this.title, steps: this.steps.map(recordOf) })
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

  #start({ id, from }: StepText): Step {
    const start =
      from === undefined ? this.steps[this.steps.length - 1] : this.steps.find((step) => step.id === from)
    if (!start)
      throw new DerivationError(
        'no-start',
        id,
        from === undefined ? 'there is no step before it' : `there is no step “${from}”`,
      )
    return start
  }

  #prove({ id, gives }: StepText, { obligations, nonzero = [] }: Demand): Proof {
    const normal = new Normalizer(this.language.assumptions)
    const conditions: string[] = []
    for (const factor of nonzero) {
      const value = normal.normalize(factor)
      if (normal.ring.isZero(value))
        throw new DerivationError('zero-factor', id, `the factor ${ascii(factor)} is 0`)
      if (!isNowhereZero(normal.ring, value)) conditions.push(`$${this.language.texOf(factor)} \\neq 0$`)
    }
    for (const { of, left, right } of obligations) {
      if (!normal.ring.equal(normal.normalize(left), normal.normalize(right))) {
        throw new DerivationError(
          'unproved',
          id,
          `“${gives}” is not proved; the ${of} differ: ${ascii(left)} against ${ascii(right)}`,
        )
      }
    }
    const check: Check =
      obligations.length === 0 ? { kind: 'none' } : { kind: 'exact', equalities: obligations.length }
    return { check, conditions }
  }
}

/** A step that is not taken on trust is proved: {@link Derivation.apply} has no other way to add one. */
function statusOf({ relation }: Rule<Move>): 'proved' | 'postulate' | 'definition' {
  return relation === 'postulate' || relation === 'definition' ? relation : 'proved'
}

/** Starts a derivation. */
export function derivation(title: string, language: Language): Derivation {
  return new Derivation(title, language)
}
