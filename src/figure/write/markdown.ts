/**
 * A derivation as Markdown with formulas between dollar signs, for GitHub and for Jupyter. GitHub may read `\,`, `*` and
 * a bare `<` as its own signs before it sets formulas, so that these are written as words.
 */
import type { DerivationFigure } from '../payload.js'
import { countMarks, lineTex, markOf } from '../spec/derivation.js'
import { meaning, type NumberedStep, rewrite, sectionsOf, standing, where } from './sentences.js'

export function derivationMarkdown(figure: DerivationFigure): string {
  const { title, steps, symbols } = figure
  const sections = sectionsOf(figure).flatMap(({ heading, steps }) => [
    ...(heading === undefined ? [] : [`### ${words(heading)}`]),
    ...steps.flatMap(step),
  ])
  const legend = symbols.map((symbol) => `- $${formula(symbol.tex)}$: ${prose(meaning(symbol))}`)
  return [
    `## ${words(title)}`,
    `${steps.length} steps: ${countMarks(steps)}.`,
    ...sections,
    ...(legend.length === 0 ? [] : ['### Symbols', legend.join('\n')]),
    '',
  ].join('\n\n')
}

/** Number, rule and standing; the formula; the reason and the conditions. */
function step(step: NumberedStep): string[] {
  const { record, number } = step
  const source = record.reference === undefined ? '' : `Source: ${record.reference}.`
  return [
    `**(${number})** ${markOf(record.verdict).sign} **${words(record.rule)}**${standing(step, ' (', ')')}`,
    `$$\n${formula(lineTex(record))}\n$$`,
    [record.why, where(record.when), source]
      .filter((sentence) => sentence !== '')
      .map(prose)
      .join(' '),
  ].filter((block) => block !== '')
}

const prose = (text: string): string => rewrite(text, words, (tex) => `$${formula(tex)}$`)

/** What Markdown would read in a formula, by the words that TeX has for it. */
const WORDS: Readonly<Record<string, string>> = {
  '\\,': '\\thinspace',
  '\\:': '\\medspace',
  '\\;': '\\thickspace',
  '\\!': '\\negthinspace',
  '\\{': '\\lbrace',
  '\\}': '\\rbrace',
  '\\|': '\\Vert',
  '<': '\\lt',
  '*': '\\ast',
}

const formula = (tex: string): string =>
  tex
    .replace(/\\[,:;!{}|]|[<*]/g, (sign) => `${WORDS[sign]} `)
    .replace(/\s+/g, ' ')
    .trim()

const words = (text: string): string => text.replace(/[\\`*_<>[\]#|$]/g, '\\$&')
