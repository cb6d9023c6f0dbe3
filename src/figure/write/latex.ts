/**
 * A derivation as LaTeX: one `align` a section, its equals signs below each other, the reasons between the lines.
 */
import type { DerivationFigure, DerivationStepRecord } from '../payload.js'
import { breakable, countMarks } from '../spec/derivation.js'
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

/** The line; a wide one is broken before terms of its right side. */
function row({ record, number }: NumberedStep): string {
  const [first, ...rest] = broken(record)
  const at = record.at === undefined ? '' : ` \\qquad \\left(${record.at}\\right)`
  const before = `  ${record.left} &${record.sign} ${first}`
  return `${[before, ...rest.map((line) => `  &\\qquad ${line}`)].join(' \\notag \\\\\n')}${at} \\tag{${number}}`
}

function broken({ left, sign, right, at = '' }: DerivationStepRecord): readonly string[] {
  const used = plainTex(`${left}${sign}`).length
  const rows: string[] = []
  let room = LINE - used
  for (const [k, piece] of breakable(right).entries()) {
    const width = plainTex(piece).length
    const last = rows.length - 1
    if (k === 0 || width > room) rows.push(piece)
    else rows[last] += ` ${piece}`
    room = (k === 0 || width > room ? LINE - used : room) - width
  }
  if (plainTex(at).length > room) rows.push('')
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
