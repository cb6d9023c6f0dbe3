/**
 * A derivation on a still page. Within a section the signs stand below each other; wide right sides are broken between
 * their terms; below each line stand its rule, its reason and its conditions.
 */
import type { Theme } from '../colour/theme.js'
import type { DerivationFigure } from '../payload.js'
import { breakable, countMarks, isStacked, markOf } from '../spec/derivation.js'
import { meaning, type NumberedStep, origin, type Section, sectionsOf, where } from '../write/sentences.js'
import { type Block, gap, paragraph, textAt } from './page.js'
import { type Typeset, typeset } from './tools.js'

/** Columns in pixels: numbers of the steps; at the right where a line comes from, and its mark. */
const [NUMBER, PROVENANCE, MARK] = [36, 62, 122]

/** Font size of lines, room on each side of a sign, and by how much a row after a break is set in. */
const [SIZE, AROUND, HANGING] = [16, 5, 24]

const SMALL = 11

/** Something at a place of a row. */
interface Placed {
  readonly set: Typeset
  readonly x: number
}

export function derivationBlocks(figure: DerivationFigure, width: number, theme: Theme): Block[] {
  const { steps, symbols } = figure
  const small = { size: SMALL, colour: theme.muted }
  const legend = symbols.map((symbol) => `$${symbol.tex}$: ${meaning(symbol)}`).join('; ')
  return [
    paragraph(`${steps.length} steps: ${countMarks(steps)}`, width, small),
    gap(10),
    ...sectionsOf(figure).flatMap((section) => sectionBlocks(section, width, theme)),
    ...(legend === '' ? [] : [gap(4), paragraph(`Symbols. ${legend}.`, width, small)]),
  ]
}

function sectionBlocks({ heading, steps }: Section, width: number, theme: Theme): Block[] {
  const room = width - NUMBER - PROVENANCE - MARK
  const lines = steps.map((step) => ({ step, ...sidesOf(step, room) }))
  const column = Math.max(0, ...lines.map(({ above, left }) => (above ? 0 : left.width)))
  const signs = Math.max(...lines.map(({ sign }) => sign.width))
  return [
    ...(heading === undefined
      ? []
      : [gap(6), paragraph(heading, width, { size: 13, colour: theme.ink, face: 'bold' }), gap(6)]),
    ...lines.flatMap(({ step, above, left, sign, right }) => {
      const at = column + AROUND
      const start = at + signs + AROUND
      const rows = broken(right, start, room)
      rows[0] = [{ set: sign, x: at + (signs - sign.width) / 2 }, ...rows[0]!]
      if (above) rows.unshift([{ set: left, x: 0 }])
      else rows[0] = [{ set: left, x: column - left.width }, ...rows[0]]
      return [
        lineBlock(step, rows, width, theme),
        gap(3),
        indented(paragraph(reason(step), width - NUMBER, { size: SMALL, colour: theme.muted })),
        gap(13),
      ]
    }),
  ]
}

/** The parts of a line at their sizes. What is too wide for the page is set smaller. */
function sidesOf({ record }: NumberedStep, room: number) {
  const pieces = breakable(record.right)
  if (record.at !== undefined) pieces.push(`\\qquad \\left(${record.at}\\right)`)
  const left = fitted(record.left, room)
  const sign = typeset(`{} ${record.sign} {}`, SIZE, true)
  const natural = pieces.reduce((sum, piece) => sum + typeset(piece, SIZE, true).width, 0)
  const above = isStacked(left.width, sign.width + natural, room)
  const beside = (above ? 0 : left.width) + sign.width + 2 * AROUND + HANGING
  return { above, left, sign, right: pieces.map((piece) => fitted(piece, Math.max(room - beside, room / 4))) }
}

function fitted(tex: string, room: number): Typeset {
  const natural = typeset(tex, SIZE, true)
  return natural.width > room ? typeset(tex, (SIZE * room) / natural.width, true) : natural
}

/** Pieces from `start` on, in rows that end at `end`. */
function broken(pieces: readonly Typeset[], start: number, end: number): Placed[][] {
  const rows: Placed[][] = [[]]
  let x = start
  for (const set of pieces) {
    const row = rows[rows.length - 1]!
    if (row.length > 0 && x + set.width > end) {
      x = start + HANGING
      rows.push([{ set, x }])
    } else row.push({ set, x })
    x += set.width
  }
  return rows
}

/** The rows of a line, its number at the left, and at the right where it comes from and its mark. */
function lineBlock(
  { record, number }: NumberedStep,
  rows: readonly (readonly Placed[])[],
  width: number,
  theme: Theme,
): Block {
  const boxes = rows.map((row) => ({
    row,
    ascent: Math.max(SIZE * 0.8, ...row.map(({ set }) => set.ascent)),
    descent: Math.max(SIZE * 0.25, ...row.map(({ set }) => set.descent)) + 3,
  }))
  const { sign, words } = markOf(record.verdict)
  const small = { size: SMALL, colour: theme.muted }
  const proved = record.verdict.status === 'proved' || record.verdict.status === 'checked'
  return {
    height: boxes.reduce((sum, { ascent, descent }) => sum + ascent + descent, 0),
    svg: (x, y) => {
      const first = y + boxes[0]!.ascent
      const right = x + width - MARK
      let top = y
      const drawn = boxes.map(({ row, ascent, descent }) => {
        const baseline = top + ascent
        top = baseline + descent
        return row.map((placed) => placed.set.svg(x + NUMBER + placed.x, baseline, theme.ink)).join('')
      })
      return (
        textAt(`(${number})`, x, first, { size: 12, colour: theme.muted }) +
        drawn.join('') +
        textAt(record.provenance ?? '', right - PROVENANCE, first, small) +
        textAt(sign, right, first, proved ? { ...small, colour: theme.accent } : small) +
        textAt(words, right + 16, first, small)
      )
    },
  }
}

/** “Multiply both sides, from (1). Divide by ħ. Where ħ > 0.” */
function reason(step: NumberedStep): string {
  const { rule, why, when, reference } = step.record
  return [
    `${[rule, ...origin(step)].join(', ')}.`,
    why,
    where(when),
    ...(reference === undefined ? [] : [`Source: ${reference}.`]),
  ]
    .filter((sentence) => sentence !== '')
    .join(' ')
}

function indented(block: Block): Block {
  return { height: block.height, svg: (x, y) => block.svg(x + NUMBER, y) }
}
