import { describe, expect, it } from 'vitest'
import {
  type DerivationFigure,
  derivationFigure,
  derivationLatex,
  derivationMarkdown,
  derivationText,
} from '../../../../src/figure/index.js'
import { derivationSample } from '../samples.js'

const sample = derivationSample()

/** The sample with other contents of its second step. */
function changed(record: Partial<DerivationFigure['steps'][number]>): DerivationFigure {
  return { ...sample, steps: sample.steps.map((step, k) => (k === 1 ? { ...step, ...record } : step)) }
}

const FORMATS = {
  text: derivationText,
  Markdown: derivationMarkdown,
  LaTeX: (f: DerivationFigure) => derivationLatex(f),
}

describe.each(Object.entries(FORMATS))('a derivation as %s', (_, write) => {
  it('says of every step its rule, mark, source, reason, conditions and where it starts', () => {
    const written = write(sample)
    for (const words of [
      'From Schrödinger’s equation',
      'From physics to learning',
      'Imaginary time',
      'Change of variable',
      '1 postulate, 1 proved, 1 checked to 60 digits',
      'checked to 60 digits, corrected, from (2), with (1)',
      'Annalen der Physik 384',
      'learning objective, real',
      'diffusion coefficient, positive, in x',
    ])
      expect(written).toContain(words)
    expect(written).toMatch(/takes the place of/)
    expect(written).toMatch(/Where .*> 0.* and .*> 0/)
  })

  it('writes each heading once for the steps in a row under it', () => {
    expect(write(sample).match(/From physics to learning/g)).toHaveLength(1)
  })

  it('writes steps without sections and symbols, and no steps at all', () => {
    const bare = { ...sample.steps[0]! }
    delete (bare as { section?: string }).section
    expect(write(derivationFigure({ title: 'Bare', steps: [bare] }))).not.toMatch(/undefined|Symbols/)
    expect(write(derivationFigure({ title: 'Empty', steps: [] }))).toContain('Empty')
  })
})

it('plain text has formulas of conditions in characters', () => {
  const text = derivationText(sample)
  expect(text).toContain('Where ħ > 0 and D > 0.')
  expect(text).toContain('(3) ∂_τψ = D ∇²ψ − ζψ   (τ = it)')
  expect(text).not.toMatch(/[$\\]/)
})

describe('LaTeX', () => {
  const latex = derivationLatex(sample)

  it('aligns the lines of a section in one display, tagged with the numbers of the steps', () => {
    const displays = latex.match(/\\begin\{align\}.*?\\end\{align\}/gs)!
    expect(displays).toHaveLength(2)
    expect(displays[0]).toMatch(/&= .*\\tag\{1\} \\\\\n\\intertext\{.*\}\n.*&= .*\\tag\{2\}\n/)
    expect(displays[1]).toContain('\\qquad \\left(\\tau = i t\\right) \\tag{3}')
  })

  it('breaks a wide line before its terms, so that nothing but the last row is numbered', () => {
    const right = Array.from({ length: 14 }, (_, k) => `a_{${k}} x^{${k}}`).join(' + ')
    const rows = derivationLatex(changed({ right }))
      .split('\n')
      .filter((line) => line.includes('a_{'))
    expect(rows.length).toBeGreaterThan(1)
    for (const row of rows.slice(0, -1)) expect(row).toMatch(/\\notag \\\\$/)
    for (const row of rows.slice(1)) expect(row).toMatch(/^ {2}&\\qquad \{\} \+ a_/)
    expect(rows.join(' ').match(/a_\{/g)).toHaveLength(14)
  })

  it('sets a wide left side above its sign', () => {
    const left = Array.from({ length: 9 }, (_, k) => `a_{${k}} x^{${k}}`).join(' + ')
    expect(derivationLatex(changed({ left }))).toMatch(
      /^ {2}&a_\{0\}.* \\notag \\\\\n {2}&\\qquad = .*\\tag\{2\}$/m,
    )
  })

  it('escapes what LaTeX would read in words, and sets mathematics in them', () => {
    const written = derivationLatex(changed({ why: '100 % of A_1 & B, ζ₀ → ∞, x² < 1, C:\\n' }))
    expect(written).toContain('100 \\% of A\\_1 \\& B, \\ensuremath{\\zeta}\\textsubscript{0}')
    expect(written).toContain('x\\textsuperscript{2} \\ensuremath{<} 1, C:\\textbackslash{}n')
  })

  it('is a whole document on demand', () => {
    const document = derivationLatex(sample, { document: true })
    expect(document).toMatch(/^\\documentclass.*\\begin\{document\}.*\\end\{document\}\n$/s)
    expect(latex).not.toContain('documentclass')
  })
})

describe('Markdown', () => {
  it('escapes what Markdown would read in words, and nothing in formulas', () => {
    const written = derivationMarkdown(changed({ why: 'a_b *c* <d> where $x_{*} \\, a < y$' }))
    expect(written).toContain('a\\_b \\*c\\* \\<d\\> where $x_{\\ast } \\thinspace a \\lt y$')
  })
})
