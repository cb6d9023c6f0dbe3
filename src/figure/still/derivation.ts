import type { Theme } from '../colour/theme.js'
import type { DerivationFigure, DerivationStepRecord } from '../payload.js'
import { lineTex, markOf } from '../spec/derivation.js'
import { textWidth } from './fonts.js'
import { type Block, displayed, gap, paragraph, textAt } from './page.js'
import { px } from './tex.js'

/** Room for the numbers of the steps. */
const INDENT = 34

/** A derivation as blocks: for each step its rule and verdict, the formula, and why. */
export function derivationBlocks({ steps }: DerivationFigure, width: number, theme: Theme): Block[] {
  const inner = width - INDENT
  return steps.flatMap((step, i) => [
    heading(step, i + 1, width, theme),
    gap(10),
    indented(displayed(lineTex(step), inner, 17, theme.ink)),
    gap(8),
    ...[step.why, conditions(step.when), step.verdict.method]
      .filter((text) => text !== '')
      .map((text) => indented(paragraph(text, inner, { size: 11.5, colour: theme.muted }))),
    gap(20),
  ])
}

/** All side conditions in one sentence. */
function conditions(when: readonly string[]): string {
  return when.length === 0 ? '' : `Where ${when.join(', ')}.`
}

function indented(block: Block): Block {
  return { height: block.height, svg: (x, y) => block.svg(x + INDENT, y) }
}

/** Number and rule at the left; provenance and verdict at the right. */
function heading(step: DerivationStepRecord, number: number, width: number, theme: Theme): Block {
  const { status } = step.verdict
  const size = 11
  const { sign, words } = markOf(step.verdict)
  const verdict = `${sign} ${words}`
  const tag = textWidth(verdict, size) + 16
  const colour = theme[COLOURS[status]]
  const source = { size, colour: theme.muted }
  return {
    height: 20,
    svg: (x, y) =>
      textAt(String(number), x + 8, y + 14, { size: 12, colour: theme.muted }) +
      textAt(step.rule, x + INDENT, y + 14, { size: 12.5, colour: theme.ink, face: 'bold' }) +
      `<rect x="${px(x + width - tag)}" y="${px(y)}" width="${px(tag)}" height="20" rx="10" fill="none" stroke="${colour}"/>` +
      textAt(verdict, x + width - tag + 8, y + 14, { size, colour }) +
      textAt(step.provenance, x + width - tag - 12 - textWidth(step.provenance, size), y + 14, source),
  }
}

const COLOURS = { proved: 'accent', checked: 'accent', postulate: 'muted', definition: 'muted' } as const
