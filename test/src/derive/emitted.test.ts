import { describe, expect, it } from 'vitest'
import { plainTex } from '../../../src/figure/index.js'
import { katexErrors } from '../expr/_katex.js'
import { mathjaxErrors } from '../expr/_mathjax.js'
import { SHIPPED } from './_shipped.js'

const errors = (tex: string): readonly string[] => [...katexErrors(tex), ...mathjaxErrors(tex)]

/** The formulas of a text, between single dollar signs. */
const inline = (text: string): string[] => [...text.matchAll(/\$([^$]+)\$/g)].map(([, tex]) => tex!)

it('there are derivations that ship', () => {
  expect(SHIPPED.map(([name]) => name)).toEqual(expect.arrayContaining(['qde', 'wickRotation']))
})

describe.each(SHIPPED)('derive.%s()', (_, derivation) => {
  const figure = derivation.figure()

  it('has records whose every formula passes KaTeX in strict mode, and MathJax', () => {
    for (const { statement, left, sign, right, at = '', why, when } of figure.steps) {
      const texts = [why, ...when].flatMap(inline)
      for (const tex of [statement, left, sign, right, at, ...texts]) expect(errors(tex)).toEqual([])
    }
    for (const { tex, meaning } of figure.symbols) {
      for (const each of [tex, ...inline(meaning)]) expect(errors(each)).toEqual([])
    }
  })

  it('is LaTeX whose every display passes both', () => {
    const latex = derivation.toLatex()
    const displays = latex.match(/\\begin\{align\}.*?\\end\{align\}/gs)!
    for (const display of displays) {
      const tex = display.replace(/^\\intertext\{.*\}$/gm, '')
      expect(errors(tex)).toEqual([])
    }
    expect(latex.match(/\\tag\{\d+\}/g)).toHaveLength(figure.steps.length)
    expect(latex).not.toContain('\\label')
  })

  it('is LaTeX of characters that pdflatex knows', () => {
    expect([...derivation.toLatex()].filter((letter) => !/[\n -~§À-ÿ‘’“”–—]/.test(letter))).toEqual([])
  })

  it('is Markdown whose every formula passes both', () => {
    const markdown = derivation.toMarkdown()
    const displays = [...markdown.matchAll(/^\$\$\n(.*)\n\$\$$/gm)].map(([, tex]) => tex!)
    expect(displays).toHaveLength(figure.steps.length)
    const rest = markdown.replace(/^\$\$\n.*\n\$\$$/gm, '')
    for (const tex of [...displays, ...inline(rest)]) {
      expect(errors(tex)).toEqual([])
      expect(tex).not.toMatch(/\\[^a-zA-Z]|[<*]/)
    }
  })

  it('is plain text without TeX', () => {
    expect(derivation.toString()).not.toMatch(/[$\\]/)
    for (const { left, right } of figure.steps) expect(plainTex(left) + plainTex(right)).not.toMatch(/[\\{}]/)
  })
})
