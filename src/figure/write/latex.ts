/**
 * A derivation as LaTeX: one `align` a section, its equals signs below each other, the reasons between the lines.
 */
import type { DerivationFigure } from '../payload.js'
import { breakable, countMarks, isStacked } from '../spec/derivation.js'
import { maybeCommand } from './letters.js'
import { plainTex } from './plainTex.js'
import {
  meaning,
  type NumberedStep,
  rewrite,
  type Section,
  sectionsOf,
  standing,
  where,
} from './sentences.js'

export interface LatexOptions {
  /** True for a document that compiles alone; default false, a fragment for a document with the package amsmath. */
  readonly document?: boolean
}

/** Characters of a line, about, that fit the width of an article. */
const LINE = 72

export function derivationLatex(figure: DerivationFigure, { document = false }: LatexOptions = {}): string {
  const { title, steps, symbols } = figure
  const legend = symbols.map((symbol) => `  $${symbol.tex}$ & ${prose(meaning(symbol))} \\\\`)
  const body = [
    `\\section*{${words(title)}}`,
    `${steps.length} steps: ${countMarks(steps)}.`,
    ...sectionsOf(figure).map(section),
    ...(legend.length === 0
      ? []
      : ['\\subsection*{Symbols}', ['\\begin{tabular}{@{}ll}', ...legend, '\\end{tabular}'].join('\n')]),
  ].join('\n\n')
  return document ? `${PREAMBLE}\n\n${body}\n\n\\end{document}\n` : `% Needs the package amsmath.\n${body}\n`
}

const PREAMBLE = [
  '\\documentclass[11pt]{article}',
  '\\usepackage[utf8]{inputenc}',
  '\\usepackage[margin=30mm]{geometry}',
  '\\usepackage{amsmath}',
  '\\usepackage{amssymb}',
  '\\allowdisplaybreaks',
  '\\setlength{\\parindent}{0pt}',
  '\\setlength{\\emergencystretch}{3em}',
  '\\setlength{\\parskip}{6pt}',
  '\\begin{document}',
].join('\n')

/** The first reason stands before the display, which cannot begin with text. */
function section({ heading, steps }: Section): string {
  const rows = steps.map((step, k) => `${k === 0 ? '' : `\\intertext{${reason(step)}}\n`}${row(step)}`)
  return [
    ...(heading === undefined ? [] : [`\\subsection*{${words(heading)}}\n`]),
    reason(steps[0]!),
    `\\begin{align}\n${rows.join(' \\\\\n')}\n\\end{align}`,
  ].join('\n')
}

/** Characters, about, that a formula is wide. */
const widthOf = (tex: string): number => plainTex(tex).length

/**
 * The line. A wide left side stands above its sign, and a wide right side is broken before its terms; only the last row
 * has the number.
 */
function row({ record, number }: NumberedStep): string {
  const { left, sign, right, at } = record
  const above = isStacked(widthOf(left), widthOf(sign + right), LINE)
  const room = LINE - (above ? widthOf(sign) : widthOf(left + sign))
  const pieces = [...breakable(right), ...(at === undefined ? [] : [`\\qquad \\left(${at}\\right)`])]
  const [first, ...rest] = broken(pieces, room)
  const rows = [
    ...(above ? [`&${left}`, `&\\qquad ${sign} ${first}`] : [`${left} &${sign} ${first}`]),
    ...rest.map((each) => `&\\qquad ${above ? '\\qquad ' : ''}${each}`),
  ]
  return `${rows.map((each) => `  ${each}`).join(' \\notag \\\\\n')} \\tag{${number}}`
}

/** Pieces in rows of about so many characters. */
function broken(pieces: readonly string[], room: number): readonly string[] {
  const rows: string[] = []
  let used = 0
  for (const piece of pieces) {
    used += widthOf(piece)
    if (rows.length > 0 && used <= room) rows[rows.length - 1] += ` ${piece}`
    else {
      rows.push(piece)
      used = widthOf(piece)
    }
  }
  return rows
}

function reason(step: NumberedStep): string {
  const { rule, why, when, reference } = step.record
  const source = reference === undefined ? '' : `Source: ${reference}.`
  const sentences = [why, where(when), source].filter((sentence) => sentence !== '').map(prose)
  return [`\\textbf{${words(rule)}}${words(standing(step, ' (', ')'))}.`, ...sentences].join(' ')
}

const prose = (text: string): string => rewrite(text, words, (tex) => `$${tex}$`)

const SPECIAL: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
}
const SCRIPTS: Readonly<Record<string, readonly [string, string]>> = {
  textsuperscript: ['⁰¹²³⁴⁵⁶⁷⁸⁹ⁿⁱ', '0123456789ni'],
  textsubscript: ['₀₁₂₃₄₅₆₇₈₉ₓₜₛₙ', '0123456789xtsn'],
}

/** Words for LaTeX: its special characters escaped, characters of mathematics as commands. */
function words(text: string): string {
  return [...text].map(character).join('')
}

function character(letter: string): string {
  if (letter in SPECIAL) return SPECIAL[letter]!
  if (/[#$%&_{}]/.test(letter)) return `\\${letter}`
  if (/[<>|]/.test(letter)) return `\\ensuremath{${letter}}`
  const command = maybeCommand(letter)
  if (command !== undefined) return `\\ensuremath{${command}}`
  for (const [name, [from, to]] of Object.entries(SCRIPTS)) {
    const place = [...from].indexOf(letter)
    if (place >= 0) return `\\${name}{${to[place]}}`
  }
  return letter
}
