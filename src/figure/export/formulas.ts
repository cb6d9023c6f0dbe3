/** The formulas of a figure, as the page writes them between dollar signs. */
import type { Figure } from '../payload.js'
import { breakable } from '../spec/derivation.js'
import { where } from '../write/sentences.js'

export function formulasOf(figure: Figure): string[] {
  if (figure.kind === 'problem') return [figure.problem.tex]
  if (figure.kind !== 'derivation') return []
  const formulas = [
    ...figure.steps.flatMap(({ left, sign, right, at, statement, why, when }) => [
      left,
      `{} ${sign} {}`,
      ...breakable(right),
      ...(at === undefined ? [] : [`\\left(${at}\\right)`]),
      statement,
      ...inline(why),
      ...inline(where(when)),
    ]),
    ...figure.symbols.flatMap(({ tex, meaning }) => [tex, ...inline(meaning)]),
  ]
  return [...new Set(formulas)]
}

const inline = (text: string): string[] => [...text.matchAll(/\$([^$]+)\$/g)].map(([, tex]) => tex!)
