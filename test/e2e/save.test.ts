/**
 * What the menu of a figure in JupyterLab saves and copies: every file says where it comes from, and is the same twice.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { DOMParser } from '@xmldom/xmldom'
import { unzipSync } from 'fflate'
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type EvolutionFigure, saved } from '../../src/figure/index.js'
import { qde, wavePacket } from '../../src/index.js'
import { readNpz } from '../../src/interchange/index.js'
import { csvRows, pdfObjects, pngTexts, text } from '../src/figure/export/_decode.ts'
import { findBrowser, launch, NO_BROWSER } from './_browser.ts'
import { startTestLab, type TestLab } from './_lab.ts'
import { FIGURE_MIME, type Notebook } from './_notebook.ts'
import { opened } from './_page.ts'
import { changed, ink, pixelsOf } from './_pixels.ts'

const PATIENCE = { timeout: 20_000 }

const figure = qde({ objective: '(x^2 - 1)^2', D: 0.1 })
  .evolve(wavePacket({ x0: 1, sigma: 0.2 }), { until: 4 })
  .figure() as EvolutionFigure
const { problem } = figure.provenance

const notebook = {
  cells: [
    {
      cell_type: 'code',
      id: 'cell',
      metadata: {},
      execution_count: 1,
      outputs: [{ output_type: 'display_data', data: { [FIGURE_MIME]: saved(figure) }, metadata: {} }],
      source: '1',
    },
  ],
  metadata: { kernelspec: { name: 'psilab', display_name: 'TypeScript (ψlab)', language: 'typescript' } },
  nbformat: 4,
  nbformat_minor: 5,
} as unknown as Notebook

const browserPath = findBrowser()

/** Where the numbers of a file come from, as it says itself. */
const ORIGINS: Readonly<Record<string, (bytes: Uint8Array) => unknown>> = {
  svg: (bytes) => {
    const root = new DOMParser().parseFromString(text(bytes), 'image/svg+xml').documentElement!
    return JSON.parse(root.getElementsByTagName('dc:source')[0]!.textContent!)
  },
  png: (bytes) => JSON.parse(pngTexts(bytes)['Source']!),
  pdf: (bytes) => {
    const heads = [...pdfObjects(bytes).values()].map(({ head }) => head)
    const info = heads.find((head) => head.includes('/Creator'))!
    const hex = /\/Source <FEFF([0-9a-f]+)>/i.exec(info)![1]!
    return JSON.parse(
      (hex.match(/.{4}/g) ?? []).map((unit) => String.fromCharCode(Number.parseInt(unit, 16))).join(''),
    )
  },
  csv: (bytes) => JSON.parse(/^# origin: (.*)$/m.exec(text(bytes))![1]!),
  npz: (bytes) => JSON.parse(text(unzipSync(bytes)['psilab.json']!)).origin,
  json: (bytes) => JSON.parse(text(bytes)).provenance,
  html: (bytes) => {
    const content = /<meta name="psilab:origin" content="([^"]*)">/.exec(text(bytes))![1]!
    return JSON.parse(content.replaceAll(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code))))
  },
}

const FILES = ['svg', 'svg-column', 'png', 'png-print', 'pdf', 'csv', 'npz', 'json', 'html'] as const

describe.skipIf(!browserPath && !process.env.CI)('the menu of a figure in JupyterLab', () => {
  let lab: TestLab
  let browser: Browser
  let context: BrowserContext
  let page: Page
  let shown: Locator

  beforeAll(async () => {
    if (!browserPath) throw new Error(NO_BROWSER)
    lab = await startTestLab(notebook)
    browser = await launch(browserPath, lab.browserHome)
    context = await browser.newContext({
      viewport: { width: 1000, height: 900 },
      reducedMotion: 'reduce',
      acceptDownloads: true,
    })
    page = await context.newPage()
    await page.goto(lab.url)
    await opened(page)
    shown = page.locator('.psilab-figure')
    await shown.locator('canvas').waitFor(PATIENCE)
  })

  afterAll(async () => {
    await browser?.close()
    await lab?.stop()
    lab?.discard()
  })

  const choose = async (id: string): Promise<void> => {
    await shown.hover()
    await shown.locator('[data-psilab-action="save"]').click()
    await shown.locator(`[data-psilab-action="save-${id}"]`).click()
  }

  const download = async (id: string): Promise<{ name: string; bytes: Uint8Array }> => {
    const coming = page.waitForEvent('download')
    await choose(id)
    const file = await coming
    return { name: file.suggestedFilename(), bytes: new Uint8Array(readFileSync(await file.path())) }
  }

  test.each(FILES)('%s: the same file twice, with where it comes from inside', async (id) => {
    const [one, other] = [await download(id), await download(id)]
    const ending = id === 'json' ? 'psilab.json' : id.split('-')[0]!
    expect(one.name).toBe(`wave-function-in-real-time.${ending}`)
    expect(Buffer.compare(one.bytes, other.bytes)).toBe(0)
    expect(problem).toMatch(/^[0-9a-f]{16}$/)
    expect(ORIGINS[id.split('-')[0]!]!(one.bytes)).toMatchObject({ problem })
    if (id === 'csv') expect(csvRows(text(one.bytes)).length).toBeGreaterThan(100)
    if (id === 'npz') expect(readNpz(one.bytes)['magnitude']!.shape).toEqual(figure.magnitude.shape)
    if (id === 'png') expect(ink(pixelsOf(one.bytes)).width).toBeGreaterThan(0.8)
  })

  test('a saved page opens from the disk without a network, and its sliders compute', async () => {
    const { bytes } = await download('html')
    const file = path.join(lab.browserHome, 'figure.html')
    writeFileSync(file, bytes)
    const offline = await browser.newContext({ offline: true, reducedMotion: 'reduce' })
    const alone = await offline.newPage()
    const [asked, said]: [string[], string[]] = [[], []]
    alone.on('request', (request) => asked.push(request.url()))
    alone.on('console', (message) => said.push(message.text()))
    alone.on('pageerror', (error) => said.push(String(error)))
    await alone.goto(pathToFileURL(file).href)
    await alone.locator('[data-psilab-ready="true"]').waitFor()
    await alone.getByRole('button', { name: 'Sliders' }).click()
    await alone.locator('.psilab-player input[type=range]').press('End')
    const chart = alone.locator('canvas.marks')
    const before = pixelsOf(await chart.screenshot())
    await alone.getByRole('slider', { name: 'D', exact: true }).press('End')
    const state = () => alone.locator('.psilab-controls').getAttribute('data-psilab-state')
    await expect.poll(state, PATIENCE).toBe('done')
    await expect.poll(async () => changed(before, pixelsOf(await chart.screenshot()))).toBeGreaterThan(400)
    // A page saved from a page is the same page.
    const coming = alone.waitForEvent('download')
    await alone.reload()
    await alone.locator('[data-psilab-ready="true"]').waitFor()
    await alone.locator('[data-psilab-action="save"]').click()
    await alone.locator('[data-psilab-action="save-html"]').click()
    const again = readFileSync(await (await coming).path(), 'utf8')
    const scriptOf = (html: string): string => html.slice(html.lastIndexOf('<script>'))
    expect(scriptOf(again)).toBe(scriptOf(text(bytes)))
    expect(asked.filter((url) => !/^(blob|data|file):/.test(url))).toEqual([])
    expect(said).toEqual([])
    await offline.close()
  })

  test('copies a picture where the browser lets it, and says so where it does not', async () => {
    await context.grantPermissions([])
    await choose('copy')
    await page.getByText('This page cannot copy: save the PNG as a file.').waitFor(PATIENCE)
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await choose('copy')
    await page.getByText('The picture is on the clipboard.').waitFor(PATIENCE)
    const copied = await page.evaluate(async () => {
      const [item] = await navigator.clipboard.read()
      const bytes = new Uint8Array(await (await item!.getType('image/png')).arrayBuffer())
      return [...bytes]
    })
    expect(ink(pixelsOf(Uint8Array.from(copied))).width).toBeGreaterThan(0.8)
  })

  test('is opened by the command of the palette', async () => {
    await page.keyboard.press('Control+Shift+C')
    await page.locator('.lm-CommandPalette-input').fill('Export Figure')
    await page.locator('.lm-CommandPalette-item', { hasText: 'Export Figure' }).first().click()
    await shown.getByRole('menuitem', { name: 'CSV' }).waitFor(PATIENCE)
    const coming = page.waitForEvent('download')
    await shown.getByRole('menuitem', { name: 'CSV' }).click()
    expect((await coming).suggestedFilename()).toBe('wave-function-in-real-time.csv')
  })
})
