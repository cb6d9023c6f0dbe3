import { kind } from './base.js'
import {
  beside,
  finite,
  LABEL,
  list,
  NAME,
  named,
  oneOf,
  record,
  refuse,
  type Schema,
  SENTENCE,
  type TypeOf,
  tex,
  text,
  union,
  where,
} from './schema.js'

const verdict = union(
  'status',
  record({ status: oneOf('proved', 'postulate', 'definition'), method: beside(4000) }),
  record({
    status: oneOf('checked'),
    method: beside(4000),
    /** Both sides agree in so many decimal digits at so many points. */
    digits: finite,
    points: finite,
  }),
)

/** What the check of a step found, and how it was made, in one sentence. */
export type VerdictRecord = TypeOf<typeof verdict>

const stepFields = record(
  {
    /** Name of the step, unique in its derivation. */
    id: NAME,
    /** Name of the rule for readers, and what it says in TeX. */
    rule: beside(200),
    statement: tex,
    relation: text(40),
    /** TeX of the sides and of the sign between them: `=`, `\le`, `\approx`, `\to`. */
    left: tex,
    sign: tex,
    right: tex,
    /** The whole line in plain text: what is read aloud. */
    text: SENTENCE,
    /** Why, TeX inside `$…$`. */
    why: tex,
    /** Side conditions, TeX inside `$…$`. */
    when: list(tex, 20),
    verdict,
  },
  {
    /** Id of an earlier step that this one starts from. */
    from: NAME,
    /** Ids of earlier steps that were put in. Default none. */
    using: list(NAME, 20),
    /** Heading that this step stands under; steps in a row that name the same one form a section. */
    section: LABEL,
    /** TeX of a side formula that stands in parentheses beside the line. */
    at: tex,
    /** Where the formula comes from; none where it is only given. */
    provenance: oneOf('paper', 'derived', 'corrected'),
    /** Source of the lemma or formula. */
    reference: beside(4000),
  },
)

/** One line `left sign right`, by which rule it stands, and what the check of it found. */
export interface DerivationStepRecord extends TypeOf<typeof stepFields> {}
const step: Schema<DerivationStepRecord> = named('DerivationStepRecord', stepFields)

const symbolFields = record(
  {
    tex,
    meaning: tex,
    domain: oneOf('real', 'positive', 'nonnegative', 'complex', 'integer'),
  },
  { unit: beside(80) },
)

/** A letter of a derivation. */
export interface SymbolRecord extends TypeOf<typeof symbolFields> {}
const symbol: Schema<SymbolRecord> = named('SymbolRecord', symbolFields)

/** Steps whose ids differ, each starting from one before it. */
const steps = where(list(step, 200), (all, name) => {
  const before = new Set<string>()
  for (const [i, { id, from, using = [] }] of all.entries()) {
    if (before.has(id)) refuse(`${name}[${i}].id`, 'a new name', id)
    if (from !== undefined && !before.has(from))
      refuse(`${name}[${i}].from`, 'the id of an earlier step', from)
    for (const [k, used] of using.entries())
      if (!before.has(used)) refuse(`${name}[${i}].using[${k}]`, 'the id of an earlier step', used)
    before.add(id)
  }
})

const fields = kind('derivation', {
  steps,
  /** What the letters mean, in the order of a legend. */
  symbols: list(symbol, 100),
})

/** A derivation: typeset steps, each with its rule and its verdict. */
export interface DerivationFigure extends TypeOf<typeof fields> {}
export const derivationSchema: Schema<DerivationFigure> = named('DerivationFigure', fields)
