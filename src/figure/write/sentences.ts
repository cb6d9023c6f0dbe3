/** What is said of a step in words, for every format. Text holds TeX inside `$…$`. */
import type { DerivationFigure, DerivationStepRecord, SymbolRecord } from '../payload.js'
import { markOf } from '../spec/derivation.js'
import { plainTex } from './plainTex.js'

/** Steps in a row under one heading. */
export interface Section {
  readonly heading?: string
  readonly steps: readonly NumberedStep[]
}

export interface NumberedStep {
  readonly record: DerivationStepRecord
  /** Place in the derivation, from 1. */
  readonly number: number
  /** Number of the step that it starts from. */
  readonly from?: number
  /** Numbers of the other steps that were put in. */
  readonly using: readonly number[]
}

/** The steps with their numbers, by sections. */
export function sectionsOf({ steps }: Pick<DerivationFigure, 'steps'>): readonly Section[] {
  const numbers = new Map(steps.map(({ id }, k) => [id, k + 1]))
  const sections: { heading?: string; steps: NumberedStep[] }[] = []
  for (const [k, record] of steps.entries()) {
    const from = record.from === undefined ? undefined : numbers.get(record.from)
    const using = (record.using ?? [])
      .flatMap((id) => numbers.get(id) ?? [])
      .filter((number) => number !== from)
    const step: NumberedStep = { record, number: k + 1, ...(from !== undefined && { from }), using }
    const last = sections[sections.length - 1]
    if (last && last.heading === record.section) last.steps.push(step)
    else sections.push({ ...(record.section !== undefined && { heading: record.section }), steps: [step] })
  }
  return sections
}

/** “from (2), with (3), (4)”; nothing for a step that starts from none. */
export function origin({ from, using }: Pick<NumberedStep, 'from' | 'using'>): readonly string[] {
  return [
    ...(from === undefined ? [] : [`from (${from})`]),
    ...(using.length === 0 ? [] : [`with ${using.map((number) => `(${number})`).join(', ')}`]),
  ]
}

/** “ (proved, derived, from (2))” between marks, nothing where there is nothing to say; a rule that is called as its mark says it already. */
export function standing(step: NumberedStep, open: string, close: string): string {
  const { record } = step
  const { words } = markOf(record.verdict)
  const parts = [
    ...(words === record.rule.toLowerCase() ? [] : [words]),
    ...(record.provenance === undefined ? [] : [record.provenance]),
    ...origin(step),
  ]
  return parts.length === 0 ? '' : open + parts.join(', ') + close
}

/** “Where $m > 0$ and $D > 0$.”; nothing where there is no condition. */
export function where(when: readonly string[]): string {
  return when.length === 0 ? '' : `Where ${listed(when)}.`
}

/** “a, b and c”. */
function listed(words: readonly string[]): string {
  const before = words.slice(0, -1).join(', ')
  return `${before ? `${before} and ` : ''}${words[words.length - 1]}`
}

/** “wave function, complex, in 1/√m”. */
export function meaning({ meaning, domain, unit }: SymbolRecord): string {
  return [meaning, domain, ...(unit === undefined ? [] : [`in ${unit}`])].join(', ')
}

/** A text with its formulas changed by one function and the words between them by another. */
export function rewrite(
  text: string,
  words: (part: string) => string,
  formula: (tex: string) => string,
): string {
  return text
    .split(/\$([^$]+)\$/)
    .map((part, k) => (k % 2 === 1 ? formula(part) : words(part)))
    .join('')
}

/** A text with its formulas in plain characters. */
export function plainText(text: string): string {
  return rewrite(text, (part) => part, plainTex)
}
