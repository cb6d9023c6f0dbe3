import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { formulasOf } from '../../../../src/figure/export/formulas.js'
import { figurePage, type PageTemplate } from '../../../../src/figure/export/html.js'
import { toHTML } from '../../../../src/figure/html.js'
import { type Figure, validateFigure } from '../../../../src/figure/index.js'
import * as samples from '../samples.js'

const sha256 = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`

const template: PageTemplate = {
  script: 'draw()',
  style: 'body{}',
  scriptHash: sha256('draw()'),
  styleHash: sha256('body{}'),
}
const page = (figure: Figure): string => figurePage([figure], { template, formulas: {}, pictures: [] })

const contentsOf = (html: string) =>
  JSON.parse(/<script type="application\/json" id="psilab-contents">(.*)<\/script>/.exec(html)![1]!)

describe('a page of figures', () => {
  it('lets run its own script and style, and lets nothing be loaded', async () => {
    const html = await toHTML([samples.eigenstatesSample()])
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)![1]!
    const [, style] = /<style>([\s\S]*?)<\/style>/.exec(html)!
    const [, script] = /<script>([\s\S]*?)<\/script>/.exec(html)!
    expect(policy).toMatch(/^default-src 'none'; /)
    expect(policy).toContain(`script-src '${sha256(script!)}'`)
    expect(policy).toContain(`style-src '${sha256(style!)}'`)
    expect(policy).not.toMatch(/https?:|connect-src|'unsafe-eval'|script-src [^;]*unsafe-inline/)
    expect(html).not.toMatch(/<(link|iframe|object|embed|base)\b|<script [^>]*src=/)
  })

  it('holds the figures, whole, and a picture for readers without scripts', async () => {
    const figures = [samples.thermodynamicsSample(), samples.derivationSample()]
    const html = await toHTML(figures)
    const contents = contentsOf(html)
    expect(contents.figures.map((each: unknown) => validateFigure(each).kind)).toEqual([
      'thermodynamics',
      'derivation',
    ])
    expect(
      html.match(/<noscript>.*<\/noscript>/)![0].match(/<img alt="[^"]+" src="data:image\/png/g),
    ).toHaveLength(2)
    expect(html).toContain(`<title>${figures.map(({ title }) => title).join('; ')}</title>`)
    expect(html).toContain('<meta name="generator" content="psilab 0.1.0">')
  })

  it('has the same bytes every time, and carries the frame that was asked for', async () => {
    const figure = samples.evolutionSample(0, 9)
    const html = await toHTML([figure], { frame: 3 })
    expect(await toHTML([structuredClone(figure)], { frame: 3 })).toBe(html)
    expect(contentsOf(html).figures[0].view).toEqual({ frame: 3 })
  })

  it.each([
    '</script><script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    '<!-- <script>',
    '\u2028\u2029 & &amp; \0',
    "'; alert(1); '",
  ])('keeps the words %j as words', (words) => {
    const figure = { ...samples.problemSample(), title: words, alt: words, notes: [words] }
    const html = page(figure)
    expect(html.match(/<script/g)).toHaveLength(2)
    expect(html.match(/<\/script/g)).toHaveLength(2)
    expect(html).not.toMatch(/<img src=x|<!--/)
    expect(html.match(/<script.*<\/script>/g)!.join('')).not.toMatch(/\u2028|\u2029/)
    expect(contentsOf(html).figures[0].title).toBe(words)
  })

  it('has MathML of every formula of a derivation, without a link or a script', async () => {
    const figure = samples.derivationSample()
    const { formulas } = contentsOf(await toHTML([figure]))
    for (const tex of formulasOf(figure)) {
      expect(formulas[tex], tex).toMatch(/^<math[\s\S]*<\/math>$/)
      expect(formulas[tex], tex).not.toMatch(/merror|href|<script/i)
    }
    for (const { left } of figure.steps) expect(Object.keys(formulas)).toContain(left)
  })
})
