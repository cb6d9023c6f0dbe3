import { decode } from 'fast-png'
import { describe, expect, it } from 'vitest'
import { mimeBundle } from '../../../src/figure/display.js'
import { FIGURE_MIME, type Figure, THEMES } from '../../../src/figure/index.js'
import { toPNG } from '../../../src/figure/png.js'
import { textWidth } from '../../../src/figure/still/fonts.js'
import { encodePng } from '../../../src/figure/still/png-encode.js'
import { typeset } from '../../../src/figure/still/tex.js'
import { toSVG } from '../../../src/figure/svg.js'
import * as samples from './samples.js'

const ALL: Record<string, Figure> = {
  problem: samples.problemSample(),
  field: samples.fieldSample(),
  evolution: samples.evolutionSample(0),
  eigenstates: samples.eigenstatesSample(),
  thermodynamics: samples.thermodynamicsSample(),
  landscape: samples.landscapeSample(),
  derivation: samples.derivationSample(),
}

/** Share of pixels that are not the colour of the paper. */
function inked(png: Uint8Array, paper: string): number {
  const { data, channels } = decode(png)
  const wanted = [1, 3, 5].map((at) => Number.parseInt(paper.slice(at, at + 2), 16))
  let count = 0
  for (let i = 0; i < data.length; i += channels) {
    if (wanted.some((value, c) => Math.abs(data[i + c]! - value) > 8)) count++
  }
  return (count * channels) / data.length
}

describe.each(Object.entries(ALL))('the PNG of the %s figure', (_, figure) => {
  it.each(['light', 'dark'] as const)('is drawn on %s paper', async (theme) => {
    const png = await toPNG(figure, { theme })
    const { width, height } = decode(png)
    expect(width).toBe(1140)
    expect(height).toBeGreaterThan(300)
    const share = inked(png, THEMES[theme].background)
    expect(share).toBeGreaterThan(0.01)
    expect(share).toBeLessThan(0.9)
  })

  it('has the same bytes every time', async () => {
    const [once, again] = [await toPNG(figure), await toPNG(structuredClone(figure))]
    expect(Buffer.compare(once, again)).toBe(0)
  })
})

it('toPNG() scales', async () => {
  const { width } = decode(await toPNG(samples.problemSample(), { scale: 1 }))
  expect(width).toBe(760)
})

it('toSVG() shows an evolution in six frames, each captioned', async () => {
  const svg = await toSVG(samples.evolutionSample(0))
  expect(svg.match(/>t = /g)).toHaveLength(6)
})

it('toSVG() embeds fields and loads nothing', async () => {
  const svg = await toSVG(samples.landscapeSample())
  expect(svg.match(/href="data:image\/png;base64,/g)).toHaveLength(5)
  expect(svg).not.toMatch(/href="(?!data:)/)
})

it('toSVG() writes text from a payload as text', async () => {
  const figure = { ...samples.problemSample(), title: '<script>alert(1)</script>', notes: ['a & b < c'] }
  const svg = await toSVG(figure)
  expect(svg).not.toContain('<script')
  expect(svg).toContain('&#60;script&#62;')
})

it('mimeBundle() has the figure, its PNG and the text', async () => {
  const figure = samples.eigenstatesSample()
  const bundle = await mimeBundle(figure, 'E0 = 0.395')
  expect(Object.keys(bundle)).toEqual([FIGURE_MIME, 'image/png', 'text/plain'])
  expect(bundle[FIGURE_MIME]).toBe(figure)
  expect(decode(Buffer.from(bundle['image/png'] as string, 'base64')).width).toBe(1140)
})

describe('encodePng()', () => {
  const rgba = Uint8ClampedArray.from({ length: 5 * 3 * 4 }, (_, i) => (i * 37) % 256)

  it('is read back by another decoder', () => {
    const { width, height, data } = decode(encodePng({ width: 5, height: 3, rgba }))
    expect([width, height]).toEqual([5, 3])
    expect(Array.from(data)).toEqual(Array.from(rgba))
  })

  it('leaves the alpha channel out where all is opaque', () => {
    const { channels, data } = decode(
      encodePng({ width: 5, height: 3, rgba: rgba.map((v, i) => (i % 4 === 3 ? 255 : v)) }),
    )
    expect(channels).toBe(3)
    expect(data[3]).toBe(rgba[4])
  })
})

it('typeset() sets formulas as paths, and bad TeX as its message', () => {
  const { width, ascent, descent, svg } = typeset('\\frac{a}{b}', 20)
  expect(width).toBeGreaterThan(5)
  expect(ascent).toBeGreaterThan(10)
  expect(descent).toBeGreaterThan(5)
  expect(svg(0, 0, 'red')).toContain('<path')
  expect(typeset('\\frac{', 20).svg(0, 0, 'red')).toContain('merror')
})

it('textWidth() reads the font: DejaVu Sans’ "a" is 1255/2048 of the size wide', () => {
  expect(textWidth('a', 2048)).toBe(1255)
  expect(textWidth('aa', 10)).toBeCloseTo((2 * 12550) / 2048)
})
