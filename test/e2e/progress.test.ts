import { mkdirSync } from 'node:fs'
import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { at } from '../../tools/setup/paths.mjs'
import { findBrowser, launch, NO_BROWSER } from './_browser.ts'
import { startTestLab, type TestLab } from './_lab.ts'
import { type Notebook, readNotebook } from './_notebook.ts'
import { opened, outputErrors, restart, runAll, save } from './_page.ts'

/** Seconds of work on any machine: the bar appears after one. */
const LONG = `const run = qde({ objective: 'x^2/2', D: 0.5 }).evolve(wavePacket({ x0: 1, sigma: 0.5 }),
  { until: 2000, steps: 2000000, frames: 10 })
run.complete`
const LOOP = "for (const i of progress(20, { label: 'loop' })) await new Promise((r) => setTimeout(r, 150))"
const TABLE =
  'Array.from({ length: 40 }, (_, n) => ({ n, E: Math.sqrt(n + 0.5), parity: n % 2 ? "odd" : "even" }))'

const notebook = {
  cells: [LONG, LOOP, TABLE].map((source, index) => ({
    cell_type: 'code',
    id: `cell-${index}`,
    source,
    outputs: [],
    execution_count: null,
    metadata: {},
  })),
  metadata: { kernelspec: { name: 'psilab', display_name: 'TypeScript (ψlab)', language: 'typescript' } },
  nbformat: 4,
  nbformat_minor: 5,
} as Notebook

const browserPath = findBrowser()
if (!browserPath && !process.env.CI) console.warn(`${NO_BROWSER} The tests in the browser are skipped.`)

const screenshots = at('test', 'e2e', 'screenshots')
const BAR = '.psilab-running[role="progressbar"]'

describe.skipIf(!browserPath && !process.env.CI)('progress in JupyterLab', () => {
  let lab: TestLab
  let browser: Browser
  let page: Page

  beforeAll(async () => {
    if (!browserPath) throw new Error(NO_BROWSER)
    mkdirSync(screenshots, { recursive: true })
    lab = await startTestLab(notebook)
    browser = await launch(browserPath, lab.browserHome)
    page = await browser.newPage({ viewport: { width: 1000, height: 900 } })
    await page.goto(lab.url)
    await opened(page)
  })

  afterAll(async () => {
    await browser?.close()
    await lab?.stop()
    lab?.discard()
  })

  /** Runs all cells, and tells what the bar of the long run says meanwhile, and what is drawn below it. */
  const watchRun = async (): Promise<{
    values: number[]
    text: string
    cell: number
    pictures: Set<string>
    paints: number
  }> => {
    const ended = runAll(page)
    const bar = await page.waitForSelector(BAR, { timeout: 60_000 })
    const values: number[] = []
    const pictures = new Set<string>()
    let paints = 0
    const text = (await bar.getAttribute('aria-valuetext'))!
    const cell = await bar.evaluate((node) =>
      [...document.querySelectorAll('.jp-Notebook .jp-Cell')].indexOf(node.closest('.jp-Cell')!),
    )
    await page.screenshot({ path: path.join(screenshots, 'run.png') })
    while (await bar.evaluate((node) => node.isConnected)) {
      values.push(Number(await bar.getAttribute('aria-valuenow')))
      const drawn = await page.evaluate(() => {
        const drawing = document.querySelector<HTMLElement | SVGElement>('.psilab-running-picture .marks')
        if (!drawing) return undefined
        drawing.dataset['name'] ??= String(performance.now())
        const { name } = drawing.dataset
        return { name, paints: drawing.closest<HTMLElement>('.psilab-figure')!.dataset['psilabPaints'] }
      })
      if (drawn) pictures.add(drawn.name!)
      paints = Math.max(paints, Number(drawn?.paints ?? 0))
      await page.waitForTimeout(100)
    }
    await ended
    return { values, text, cell, pictures, paints }
  }

  test('a long run of the library shows under its cell how far it is, and leaves nothing', async () => {
    const { values, text, cell, pictures, paints } = await watchRun()
    expect(cell).toBe(0)
    expect(text).toMatch(/^\d+ %, .* left$/)
    expect(values).toEqual(values.toSorted((a, b) => a - b))
    expect(values.at(-1)!).toBeGreaterThan(values[0]!)
    // One drawing, in which the later pictures are shown.
    expect(pictures.size).toBe(1)
    expect(paints).toBeGreaterThan(0)
    expect(await outputErrors(page)).toEqual([])
    await save(page)
    const [run, loop] = readNotebook(lab.file).cells
    expect(run!.outputs).toMatchObject([{ output_type: 'execute_result', data: { 'text/plain': ['true'] } }])
    expect(run!.outputs).toHaveLength(1)
    expect(loop!.outputs).toHaveLength(1)
    expect(Object.keys(loop!.outputs![0]!.data!)).toEqual(['text/plain'])
    expect(String(loop!.outputs![0]!.data!['text/plain'])).toMatch(/^loop: 20\/20 · \d/)
    await page.screenshot({ path: path.join(screenshots, 'progress.png') })
  })

  test('it does so after a restart of the kernel, too', async () => {
    await restart(page)
    const { values } = await watchRun()
    expect(values.at(-1)!).toBeGreaterThan(0)
  })
})
