import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { inflateSync } from 'node:zlib'
import { DOMParser } from '@xmldom/xmldom'
import { decode } from 'fast-png'
import type { Browser, Page } from 'playwright-core'
import { rolldown } from 'rolldown'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Figure } from '../../src/figure/index.js'
import { readNpz } from '../../src/interchange/index.js'
import { at } from '../../tools/setup/paths.mjs'
import { csvRows, pngChunks, pngTexts, text } from '../src/figure/export/_decode.ts'
import { evolutionSample, landscapeSample, panelsSample } from '../src/figure/samples.ts'
import { findBrowser, launch, NO_BROWSER } from './_browser.ts'

let browser: Browser
let folder: string
let page: Page

beforeAll(async () => {
  const program = findBrowser()
  if (!program) throw new Error(NO_BROWSER)
  folder = mkdtempSync(path.join(tmpdir(), 'psilab-export-'))
  browser = await launch(program, folder)
  page = await browser.newPage()
  const bundle = await rolldown({
    input: at('src/page/export/save.ts'),
    platform: 'browser',
    checks: { eval: false },
  })
  const { output } = await bundle.generate({ format: 'iife', name: 'saver', codeSplitting: false })
  await bundle.close()
  await page.addScriptTag({ content: output[0].code })
})

afterAll(async () => {
  await browser?.close()
  rmSync(folder, { recursive: true, force: true })
})

interface Saved {
  readonly name: string
  readonly bytes: Uint8Array
}

/** What the browser hands to the reader when a function of the menu is called. */
async function saved(name: string, figure: Figure, frame: number, ...more: unknown[]): Promise<Saved> {
  const coming = page.waitForEvent('download')
  await page.evaluate(
    ([name, shown, more]) =>
      (window as unknown as { saver: Record<string, (...args: unknown[]) => unknown> }).saver[name]!(
        shown,
        ...more,
      ),
    [name, { figure, frame, theme: 'light' }, more] as const,
  )
  const download = await coming
  const bytes = readFileSync(await download.path())
  return { name: download.suggestedFilename(), bytes: new Uint8Array(bytes) }
}

test('the SVG of a page is well formed, and shows the frame that is shown', async () => {
  const { name, bytes } = await saved('saveSvg', evolutionSample(0), 40)
  expect(name).toBe('wave-function-in-real-time.svg')
  const root = new DOMParser().parseFromString(text(bytes), 'image/svg+xml').documentElement!
  expect(root.getElementsByTagName('dc:creator')[0]!.textContent).toBe('psilab 0.1.0')
  const captions = [...root.getElementsByTagName('text')].map(({ textContent }) => textContent)
  expect(captions.filter((each) => each?.startsWith('t = '))).toHaveLength(1)
})

test('the PNG of a page has its size, its dots an inch and its origin, and is painted', async () => {
  const { bytes } = await saved('savePng', panelsSample(), 0, 192)
  const { width, channels, data } = decode(bytes)
  expect(width).toBe(2 * 760)
  let inked = 0
  for (let i = 0; i < data.length; i += channels) if (data[i]! < 200) inked++
  expect((inked * channels) / data.length).toBeGreaterThan(0.01)
  const { data: resolution } = pngChunks(bytes).find(({ type }) => type === 'pHYs')!
  expect(new DataView(resolution.buffer, resolution.byteOffset).getUint32(0)).toBe(Math.round(192 / 0.0254))
  expect(JSON.parse(pngTexts(bytes)['Source']!).seed).toBe(7)
})

test('the PDF of a page holds one picture in the size of the figure', async () => {
  const { bytes } = await saved('savePdf', landscapeSample(), 1)
  const source = Buffer.from(bytes).toString('latin1')
  const [, width, height] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(source)!.map(Number)
  expect(width).toBeCloseTo((760 * 72) / 96, 0)
  const [head, columns, rows, length] = /\/Width (\d+) \/Height (\d+) .*?\/Length (\d+) >>\nstream\n/.exec(
    source,
  )!
  const start = source.indexOf(head!) + head!.length
  const pixels = inflateSync(bytes.subarray(start, start + Number(length)))
  expect(pixels).toHaveLength(3 * Number(columns) * Number(rows))
  expect(Number(columns) / Number(rows)).toBeCloseTo(width! / height!, 2)
  // The places in the table are those of the objects.
  const places = [...source.matchAll(/^(\d{10}) 00000 n $/gm)].map(([, place]) => Number(place))
  places.forEach((place, k) => {
    expect(source.slice(place, place + 7)).toBe(`${k + 1} 0 obj`)
  })
})

test('the numbers of a page are those of the figure', async () => {
  const figure = evolutionSample(0, 5)
  const csv = await saved('saveCsv', figure, 0)
  expect(csvRows(text(csv.bytes))).toHaveLength(1 + 5 * 160)
  const npz = await saved('saveNpz', figure, 0)
  expect(readNpz(npz.bytes)['magnitude']!.shape).toEqual([5, 160])
})

test('the HTML of a page carries the frame and a picture', async () => {
  const template = JSON.parse(readFileSync(at('src/dist/page/standalone.json'), 'utf8'))
  const { name, bytes } = await saved('saveHtml', evolutionSample(0), 40, template)
  expect(name).toBe('wave-function-in-real-time.html')
  expect(text(bytes)).toContain('"view":{"frame":40}')
  expect(text(bytes)).toMatch(/<noscript><img alt="[^"]+" src="data:image\/png;base64,/)
})
