import { chmod, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { DOMParser } from '@xmldom/xmldom'
import { decode } from 'fast-png'
import { unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Drawable, type Figure, unpack } from '../../../../src/figure/index.js'
import { readNpz } from '../../../../src/interchange/index.js'
import * as samples from '../samples.js'
import { csvRows, pdfObjects, pdfText, pngChunks, pngTexts, text } from './_decode.js'

class Result extends Drawable {
  readonly shown: Figure
  constructor(shown: Figure) {
    super()
    this.shown = shown
  }
  override figure(): Figure {
    return this.shown
  }
  override toString(): string {
    return 'a result'
  }
}

const KINDS: Record<string, Figure> = {
  problem: samples.problemSample(),
  evolution: samples.evolutionSample(0),
  eigenstates: samples.eigenstatesSample(),
  thermodynamics: samples.thermodynamicsSample(),
  landscape: samples.landscapeSample(),
  wave: samples.waveSample(),
  derivation: samples.derivationSample(),
  panels: samples.panelsSample(),
}

const HOSTILE = '</metadata><script>alert("ψ & φ")</script>]]>\u0001'
const hostile: Figure = { ...samples.problemSample(), title: HOSTILE, alt: HOSTILE }

const xml = (svg: string) => {
  const problems: string[] = []
  const onError = (level: string, message: string) => level !== 'warning' && problems.push(message)
  const document = new DOMParser({ onError }).parseFromString(svg, 'image/svg+xml')
  expect(problems).toEqual([])
  return document.documentElement!
}

describe.each(Object.entries(KINDS))('a figure of kind %s', (_, figure) => {
  const result = new Result(figure)

  it('is a well-formed SVG that says what it shows and where it comes from', async () => {
    const root = xml(text(await result.export('svg')))
    const said = (name: string) => root.getElementsByTagName(name)[0]?.textContent
    expect([said('title'), said('desc')]).toEqual([figure.title, figure.alt])
    expect(said('dc:creator')).toBe('psilab 0.1.0')
    if (figure.problem) expect(JSON.parse(said('dc:source')!).computed.D).toBe(figure.problem.D)
  })

  it('is a PDF of vectors with its fonts in it, whose text can be found', async () => {
    const pdf = await result.export('pdf')
    const heads = [...pdfObjects(pdf).values()].map(({ head }) => head)
    const fonts = heads.filter((head) => head.includes('/Type /FontDescriptor'))
    expect(fonts.length).toBeGreaterThan(0)
    for (const font of fonts) expect(font).toMatch(/\/FontName \/[A-Z]{6}\+DejaVu[\s\S]*\/FontFile2/)
    expect(pdfText(pdf).join(' ')).toContain(figure.title)
    expect(heads.join()).not.toMatch(/CreationDate|ModDate/)
    expect(pdf.length).toBeLessThan(400e3)
  })
})

it.each(['evolution', 'landscape', 'panels'])(
  'a figure of kind %s has the same bytes every time',
  async (kind) => {
    const figure = KINDS[kind]!
    for (const format of ['svg', 'pdf', 'npz'] as const) {
      const [once, again] = [figure, structuredClone(figure)].map((each) => new Result(each).export(format))
      expect(Buffer.compare(await once!, await again!), format).toBe(0)
    }
  },
)

describe('a PNG', () => {
  it.each([
    [{}, 1140, 144],
    [{ preset: 'single-column' }, Math.round((86 / 25.4) * 300), 300],
    [{ preset: 'double-column', dpi: 150 }, Math.round((178 / 25.4) * 150), 150],
    [{ preset: 'slide' }, 1920, 144],
    [{ width: '4in', dpi: 96 }, 384, 96],
    [{ width: '300px', dpi: 192 }, 600, 192],
  ] as const)('with %j is %i pixels wide and says %i dots an inch', async (options, width, dpi) => {
    const png = await new Result(samples.problemSample()).export('png', options)
    expect(Math.abs(decode(png).width - width)).toBeLessThanOrEqual(1)
    const { data } = pngChunks(png).find(({ type }) => type === 'pHYs')!
    const perMetre = new DataView(data.buffer, data.byteOffset).getUint32(0)
    expect(Math.round(perMetre * 0.0254)).toBe(dpi)
    expect(data[8]).toBe(1)
  })

  it('carries title, description, software and origin', async () => {
    const figure = samples.panelsSample()
    const said = pngTexts(await new Result(figure).export('png'))
    expect(said).toMatchObject({ Title: figure.title, Description: figure.alt, Software: 'psilab 0.1.0' })
    expect(JSON.parse(said['Source']!).seed).toBe(7)
  })

  it('without paper is transparent at its corners, and keeps its colours', async () => {
    const result = new Result(samples.landscapeSample())
    const [bare, paper] = [
      decode(await result.export('png', { transparent: true })),
      decode(await result.export('png', { dpi: 144 })),
    ]
    expect(bare.channels).toBe(4)
    expect(bare.data[3]).toBe(0)
    expect([bare.width, bare.height]).toEqual([paper.width, paper.height])
  })

  it('is refused before it is drawn where it has too many pixels', async () => {
    const began = performance.now()
    const far = new Result(samples.problemSample()).export('png', { width: '1m' as '1px' })
    await expect(far).rejects.toThrow("width: out of range; allowed: a number with its unit: '86mm'")
    const fine = new Result(samples.problemSample()).export('png', { width: '900mm', dpi: 1200 })
    await expect(fine).rejects.toMatchObject({ code: 'too-large', parameter: 'dpi' })
    expect(performance.now() - began).toBeLessThan(1000)
  })
})

describe('options', () => {
  const figure = samples.evolutionSample(0)
  const result = new Result(figure)

  it.each([
    [{ width: 86 }, 'width'],
    [{ width: '86' }, 'width'],
    [{ width: '5mm' }, 'width'],
    [{ width: '-86mm' }, 'width'],
    [{ dpi: 10 }, 'dpi'],
    [{ dpi: Number.NaN }, 'dpi'],
    [{ preset: 'nature' }, 'preset'],
    [{ theme: 'sepia' }, 'theme'],
    [{ frame: 161 }, 'frame'],
    [{ frame: -1 }, 'frame'],
    [{ transparent: 1 }, 'transparent'],
    [{ scale: 2 }, 'options'],
  ])('%j are refused: the message names %s', async (options, parameter) => {
    await expect(result.export('svg', options as object)).rejects.toMatchObject({ parameter })
  })

  it('a still figure has frame 0 alone', async () => {
    const still = new Result(samples.eigenstatesSample())
    await expect(still.export('svg', { frame: 0 })).resolves.toBeDefined()
    await expect(still.export('svg', { frame: 1 })).rejects.toThrow('0: it has one frame')
  })

  it('a frame stands alone with its caption', async () => {
    const svg = text(await result.export('svg', { frame: 40 }))
    expect(svg.match(/>t = [^<]*</g)).toEqual([`>t = ${unpack(figure.times)[40]}<`])
  })

  it('an SVG for a column states its width in millimetres and leaves the title to the caption', async () => {
    const svg = text(await result.export('svg', { preset: 'single-column' }))
    expect(svg).toMatch(/<svg [^>]*width="86mm" height="[\d.]+mm"/)
    expect(pdfText(await result.export('pdf', { preset: 'single-column' })).join(' ')).not.toContain('Wave')
  })

  it('letters of a column are 8 to 10 points high, those of a slide twice as high', async () => {
    const sizes = async (preset: 'single-column' | 'slide'): Promise<number[]> => {
      const [, width, , box] = /width="([\d.]+)(mm)?"[^>]*viewBox="0 0 ([\d.]+)/.exec(
        text(await result.export('svg', { preset })),
      )!
      const millimetres = preset === 'slide' ? (Number(width) / 96) * 25.4 : Number(width)
      const points = (millimetres / 25.4) * 72
      const svg = text(await result.export('svg', { preset }))
      return [...svg.matchAll(/font-size="([\d.]+)(?:px)?"/g)].map(
        (m) => (Number(m[1]) * points) / Number(box),
      )
    }
    const [column, slide] = [await sizes('single-column'), await sizes('slide')]
    expect(Math.min(...column)).toBeGreaterThan(7.4)
    expect(Math.max(...column)).toBeLessThan(10.1)
    expect(Math.min(...slide) / Math.min(...column)).toBeCloseTo(2, 5)
  })
})

describe('numbers', () => {
  it('of an evolution stand at their times and places', async () => {
    const figure = samples.evolutionSample(0, 5)
    const [head, ...rows] = csvRows(text(await new Result(figure).export('csv')))
    expect(head).toEqual(['t', 'x', 'zeta', 'energy', 'magnitude', 'phase'])
    const [x, times, magnitude] = [figure.x, figure.times, figure.magnitude].map(unpack)
    expect(rows).toHaveLength(times!.length * x!.length)
    const [k, i] = [3, 70]
    const row = rows[k * x!.length + i]!.map(Number)
    // The digits of the file tell the steps of each type apart.
    expect(row[0]).toBeCloseTo(times![k]!, 6)
    expect(row[1]).toBeCloseTo(x![i]!, 6)
    expect(row[4]).toBeCloseTo(magnitude![k * x!.length + i]!, 4)
  })

  it('of an npz are arrays with the shapes of the figure', async () => {
    const figure = samples.evolutionSample(0, 5)
    const bytes = await new Result(figure).export('npz')
    const arrays = readNpz(bytes)
    expect(arrays['magnitude']!.shape).toEqual([5, 160])
    expect(arrays['magnitude']!.data).toEqual(unpack(figure.magnitude))
    const about = JSON.parse(text(unzipSync(bytes)['psilab.json']!))
    expect(about).toMatchObject({ software: 'psilab 0.1.0', title: figure.title })
    expect(about.origin.computed.objective).toBe('(x^2 - 1)^2 + 0.2*x')
  })

  it('of panels say which panel and which series they belong to, and tables keep their words', async () => {
    const figure = samples.panelsSample()
    const [head, ...rows] = csvRows(text(await new Result(figure).export('csv')))
    const column = (name: string) => head!.indexOf(name)
    const sampled = rows.filter((row) => row[column('series')] === 'sampled')
    expect(sampled).toHaveLength(9)
    expect(Number(sampled[4]![column('T')])).toBeCloseTo(1, 6)
    expect(rows.some((row) => row[column('what it found')] === 'the minimum at (1.2, 0.8)')).toBe(true)
    const arrays = readNpz(await new Result(figure).export('npz'))
    expect(arrays['1_W']!.shape).toEqual([61, 61])
  })

  it('that a result keeps itself are written in whole', async () => {
    class Long extends Result {
      override toCsv(): string {
        return 't,x\n0,1\n'
      }
    }
    const csv = text(await new Long(samples.evolutionSample(0, 5)).export('csv'))
    expect(csv).toMatch(/^# psilab 0\.1\.0\n# title: [^\n]*\n(# [^\n]*\n)*t,x\n0,1\n$/)
    expect(csv).not.toContain('thinned')
  })

  it('are refused as arrays where there are only words', async () => {
    const derivation = new Result(samples.derivationSample())
    await expect(derivation.export('npz')).rejects.toThrow('holds words and no arrays')
    expect(csvRows(text(await derivation.export('csv')))).toHaveLength(4)
  })
})

it('words that would break a format become text of it', async () => {
  const result = new Result(hostile)
  const root = xml(text(await result.export('svg')))
  expect(root.getElementsByTagName('script')).toHaveLength(0)
  expect(root.getElementsByTagName('title')[0]!.textContent).toBe(HOSTILE.replace('\u0001', '\uFFFD'))
  expect(pngTexts(await result.export('png'))['Title']).toBe(HOSTILE)
  expect(pdfText(await result.export('pdf')).join('')).toContain('</metadata><script>')
  expect(text(await result.export('csv')).split('\n')[1]).toBe(`# title: ${HOSTILE}`)
})

describe('save()', () => {
  const result = new Result(samples.problemSample())
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'psilab-save-'))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  it.each(['svg', 'pdf', 'png', 'csv', 'npz', 'psilab.json'] as const)(
    'writes the bytes of export() into x.%s, and nothing beside it',
    async (format) => {
      await result.save(path.join(folder, `x.${format}`), { theme: 'dark' })
      const bytes = await result.export(format, { theme: 'dark' })
      expect(Buffer.compare(await readFile(path.join(folder, `x.${format}`)), bytes)).toBe(0)
      expect((await readdir(folder)).filter((name) => name.startsWith('.'))).toEqual([])
    },
  )

  it.each(['x.jpg', 'x', '.svg', 'x.json', ''])('refuses the name %j', async (name) => {
    await expect(result.save(name)).rejects.toThrow('its ending names no format; allowed: .svg, .pdf')
  })

  it('says why a place cannot be written, and leaves nothing there', async () => {
    await expect(result.save(path.join(folder, 'none', 'x.svg'))).rejects.toThrow('its folder does not exist')
    await expect(result.save(path.join(folder, 'x.svg', 'y.svg'))).rejects.toThrow('its folder is a file')
    const closed = await mkdtemp(path.join(folder, 'closed-'))
    await chmod(closed, 0o500)
    if (process.getuid?.() !== 0) {
      await expect(result.save(path.join(closed, 'x.svg'))).rejects.toThrow('writing there is not allowed')
    }
    expect(await readdir(closed)).toEqual([])
  })
})
