import { convertIndexedToRgb, decode } from 'fast-png'
import { describe, expect, it } from 'vitest'
import { mimeBundle } from '../../../src/figure/display.js'
import { FIGURE_MIME, type Figure, plainChart, saved, THEMES } from '../../../src/figure/index.js'
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
  wave: samples.waveSample(),
  derivation: samples.derivationSample(),
  panels: samples.panelsSample(),
}

/** The channels of a file's pixels, those of a palette written out. */
function pixels(png: Uint8Array): { data: ArrayLike<number>; channels: number } {
  const image = decode(png)
  return image.palette ? { data: convertIndexedToRgb(image), channels: 3 } : image
}

/** Share of pixels that are not the colour of the paper. */
function inked(png: Uint8Array, paper: string): number {
  const { data, channels } = pixels(png)
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
  const { width } = decode(await toPNG(samples.problemSample(), { dpi: 96 }))
  expect(width).toBe(760)
})

describe('the still page of a derivation', () => {
  const { steps, ...rest } = samples.derivationSample()

  it('has each heading once, and for each step its number, its mark and where it comes from', async () => {
    const svg = await toSVG({ ...rest, steps })
    for (const words of ['(1)', '(2)', '(3)', 'proved', 'postulate', 'checked to 60 digits', 'corrected'])
      expect(svg.split(`>${words}<`)).toHaveLength(2)
    expect(svg.match(/>physics</g)).toHaveLength(1)
  })

  it('breaks a wide line, so that it is as wide as the page and higher', async () => {
    const terms = Array.from({ length: 12 }, (_, k) => `\\frac{a_{${k}}}{b} x^{${k}}`).join(' + ')
    const wide = steps.map((step) => ({ ...step, right: terms }))
    const [before, after] = await Promise.all([steps, wide].map((each) => toPNG({ ...rest, steps: each })))
    const [one, other] = [decode(before!), decode(after!)]
    expect(other.width).toBe(one.width)
    expect(other.height).toBeGreaterThan(one.height + 3 * 20)
  })

  it('of 40 steps takes less than 8 KB a step', async () => {
    const many = Array.from({ length: 40 }, (_, k) => {
      const { from: _from, ...step } = steps[k % 3]!
      return { ...step, id: `step-${k}` }
    })
    expect((await toPNG({ ...rest, steps: many })).length).toBeLessThan(40 * 8e3)
  })
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

it('mimeBundle() of a plain chart has a vega-lite document, too', async () => {
  const figure = samples.thermodynamicsSample()
  const bundle = await mimeBundle(figure, '')
  expect(bundle['application/vnd.vegalite.v5+json']).toEqual(plainChart(figure))
})

it('mimeBundle() refuses what the page would refuse', async () => {
  const figure = { ...samples.eigenstatesSample(), title: 'x'.repeat(201) }
  await expect(mimeBundle(figure, '')).rejects.toThrow('figure.title (characters) asks for 201')
})

it('mimeBundle() has the figure, its PNG and the text', async () => {
  const figure = samples.eigenstatesSample()
  const bundle = await mimeBundle(figure, 'E0 = 0.395')
  expect(Object.keys(bundle)).toEqual([FIGURE_MIME, 'image/png', 'text/plain'])
  expect(bundle[FIGURE_MIME]).toEqual(saved(figure))
  expect(decode(Buffer.from(bundle['image/png'] as string, 'base64')).width).toBe(1140)
})

describe('encodePng()', () => {
  it('predicts smooth pictures without loss, in less', () => {
    const side = 64
    const rgba = new Uint8ClampedArray(4 * side * side)
    for (let i = 0; i < side; i++)
      for (let j = 0; j < side; j++)
        rgba.set([128 + 90 * Math.sin(i / 9 + j / 17), 2 * i + j, 255 - 3 * j, 255], 4 * (i * side + j))
    const raster = { width: side, height: side, rgba }
    const smooth = encodePng(raster, [0], 1)
    const { data, channels } = decode(smooth)
    expect(channels).toBe(3)
    expect([...data]).toEqual([...rgba].filter((_, i) => i % 4 !== 3))
    expect(smooth.length).toBeLessThan(0.7 * encodePng(raster).length)
    const coarse = encodePng(raster, [0], 4)
    expect(coarse.length).toBeLessThan(smooth.length)
    const [fine, rounded] = [decode(smooth).data, decode(coarse).data]
    expect(Math.max(...fine.map((value, i) => Math.abs(value - rounded[i]!)))).toBeLessThanOrEqual(2)
  })

  const rgba = Uint8ClampedArray.from({ length: 5 * 3 * 4 }, (_, i) => (i * 37) % 256)

  it('is read back by another decoder', () => {
    const { width, height, data } = decode(encodePng({ width: 5, height: 3, rgba }))
    expect([width, height]).toEqual([5, 3])
    expect(Array.from(data)).toEqual(Array.from(rgba))
  })

  it('leaves the alpha channel out where all is opaque', () => {
    const many = Uint8ClampedArray.from({ length: 20 * 20 * 4 }, (_, i) => [i >> 2, i >> 10, 77, 255][i % 4]!)
    const { channels, data } = decode(encodePng({ width: 20, height: 20, rgba: many }))
    expect(channels).toBe(3)
    expect(data[3]).toBe(many[4])
  })

  /** Stripes of so many colours, opaque, in lines whose pixels do not fill their last byte. */
  const stripes = (count: number) => ({
    width: 13,
    height: 23,
    rgba: Uint8ClampedArray.from({ length: 13 * 23 * 4 }, (_, i) => {
      const colour = (i >> 2) % count
      return [3 * colour, 255 - colour, 77, 255][i % 4]!
    }),
  })

  it.each([
    [1, 1],
    [2, 1],
    [3, 2],
    [16, 4],
    [17, 8],
    [80, 8],
  ])('%i colours take %i bits a pixel and come back as they were', (count, bits) => {
    const raster = stripes(count)
    const file = encodePng(raster)
    expect(file[24]).toBe(bits)
    const expected = raster.rgba.filter((_, i) => i % 4 < 3)
    expect(Array.from(pixels(file).data)).toEqual(Array.from(expected))
  })

  it('keeps the frequent colours, and draws rare ones that are near as those', () => {
    const colours = [0, 0, 0, 0, 255, 255, 255, 9, 250, 128]
    const rgba = Uint8ClampedArray.from(colours.flatMap((grey) => [grey, grey, grey, 255]))
    const { data } = pixels(encodePng({ width: 10, height: 1, rgba }, [20]))
    expect(Array.from(data).filter((_, i) => i % 3 === 0)).toEqual([0, 0, 0, 0, 255, 255, 255, 0, 255, 128])
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
