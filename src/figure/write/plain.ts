import type { DerivationFigure } from '../payload.js'
import { countMarks, markOf } from '../spec/derivation.js'
import { plainTex } from './plainTex.js'
import { meaning, type NumberedStep, plainText, sectionsOf, standing, where } from './sentences.js'

/** A derivation in plain characters: each line with its number, its mark, its rule and its reason. */
export function derivationText(figure: DerivationFigure): string {
  const { title, steps, symbols } = figure
  const sections = sectionsOf(figure).map(({ heading, steps }) =>
    [...(heading === undefined ? [] : [`— ${heading} —`, '']), ...steps.map(step)].join('\n'),
  )
  const legend = symbols.map((symbol) => `${plainTex(symbol.tex)}: ${meaning(symbol)}`)
  return [
    `${title}\n${steps.length} steps: ${countMarks(steps)}`,
    ...sections,
    ...(legend.length === 0 ? [] : [['Symbols', ...legend].join('\n  ')]),
  ].join('\n\n')
}

function step(step: NumberedStep): string {
  const { record, number } = step
  const source = record.reference === undefined ? '' : `Source: ${record.reference}`
  const words = [
    `${markOf(record.verdict).sign} ${record.rule}${standing(step, ' [', ']')}`,
    plainText(record.why),
    plainText(where(record.when)),
    plainText(source),
  ]
  return [
    `(${number}) ${record.text}`,
    ...words.filter((line) => line !== '').map((line) => `    ${line}`),
  ].join('\n')
}
