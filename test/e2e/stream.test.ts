import { mkdirSync } from 'node:fs'
import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { at } from '../../tools/setup/paths.mjs'
import { findBrowser, launch, NO_BROWSER } from './_browser.ts'
import { startTestLab, type TestLab } from './_lab.ts'
import { FIGURE_MIME, type Notebook, readNotebook } from './_notebook.ts'
import { kernel, opened, restart, save } from './_page.ts'

/** A packet that goes round, drawn by hand so that the frames cost the kernel nothing that is to be measured. */
const SCENE = `import { pack } from 'psilab/figure'
const well = qde({ objective: '(x^2 + y^2)/8', D: 0.5 })
class Scene {
  constructor(readonly t: number, readonly points: number) {}
  figure() {
    const { points, t } = this
    const axis = Float64Array.from({ length: points }, (_, i) => (8 * i) / (points - 1) - 4)
    const zeta = new Float64Array(points ** 2)
    const density = new Float64Array(points ** 2)
    const [x, y] = [2 * Math.cos(t), 2 * Math.sin(t)]
    const [a, b] = [x, y].map((c) => axis.map((u) => Math.exp(-((u - c) ** 2))))
    for (let i = 0; i < points; i++)
      for (let j = 0; j < points; j++) {
        zeta[points * i + j] = (axis[i]! ** 2 + axis[j]! ** 2) / 8
        density[points * i + j] = a![i]! * b![j]!
      }
    const field = { dtype: 'uint8', shape: [points, points] } as const
    return {
      kind: 'landscape', version: 1, title: 'A packet', alt: 'A packet goes round.', provenance: { psilab: '0' },
      problem: well.figure().problem, axes: [pack(axis), pack(axis)], zeta: pack(zeta, field),
      densities: [pack(density, field)], frames: { symbol: 't', values: [t] }, points: [], paths: [],
    } as const
  }
  async [Symbol.for('Jupyter.display')]() {
    return { '${FIGURE_MIME}': this.figure(), 'image/png': await Promise.resolve('iVBORw0KGgo='), 'text/plain': 'scene at ' + this.t.toFixed(2) }
  }
  toString() { return 'scene at ' + this.t.toFixed(2) }
}
const rest = (ms: number) => new Promise<void>((r) => setTimeout(r, ms))
const until = async (seconds: number, points: number) => {
  const shown = display(new Scene(0, points))
  for (const end = Date.now() + 1000 * seconds; Date.now() < end; await rest(8)) shown.update(new Scene(Date.now() / 500 % 6.3, points))
  shown.update(new Scene(3.33, points))
}
const untilBusy = (seconds: number, points: number) => {
  const shown = display(new Scene(0, points))
  for (const end = Date.now() + 1000 * seconds; Date.now() < end; ) {
    shown.update(new Scene(Date.now() / 500 % 6.3, points))
    for (const next = Date.now() + 8; Date.now() < next; ) {}
  }
}`
const CELLS = [
  SCENE,
  'await until(6, 256)',
  'untilBusy(4, 256)',
  'await until(16, 128)',
  'await until(60, 64)',
]
const [SETUP, AWAITING, BUSY, LONG, ENDLESS] = [0, 1, 2, 3, 4]

const notebook = {
  cells: CELLS.map((source, index) => ({
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

/** What is told from a stream that queues or draws anew, on two cores with many times their work; see docs/kernel.md. */
const FRAMES_A_SECOND = 5
const LAG = 400

const STREAM = '.psilab-stream:not([hidden])'

/** What JupyterLab's application object has for this. */
interface LabWindow {
  jupyterapp: {
    commands: { execute(command: string): Promise<unknown> }
    shell: {
      currentWidget: { content: { activeCellIndex: number; scrollToItem(index: number): Promise<void> } }
    }
  }
}

/** Runs one cell, and does not wait for it. */
const run = (page: Page, index: number): Promise<void> =>
  page.evaluate((cell) => {
    const { commands, shell } = (window as unknown as LabWindow).jupyterapp
    shell.currentWidget.content.activeCellIndex = cell
    void commands.execute('notebook:run-cell')
  }, index)

/** Opens the notebook, and scrolls to a cell as its reader would. */
const openAt = async (page: Page, url: string, index: number): Promise<void> => {
  await page.goto(url)
  await page.waitForFunction(
    (cell) => {
      const panel = (window as unknown as LabWindow).jupyterapp?.shell.currentWidget
      void panel?.content?.scrollToItem?.(cell)
      return document.querySelector('.psilab-stream[data-psilab-frame]') !== null
    },
    index,
    { timeout: 30_000, polling: 500 },
  )
}

const idle = async (page: Page, seconds = 60): Promise<void> => {
  const end = Date.now() + 1000 * seconds
  do await page.waitForTimeout(100)
  while ((await kernel(page)).status !== 'idle' && Date.now() < end)
}

/** Frames painted and their lags in milliseconds, for so long. */
const watch = (page: Page, time: number): Promise<{ frames: number; rate: number; lag: number }> =>
  page.evaluate(
    async ([selector, duration]) => {
      const line = document.querySelector<HTMLElement>(selector)!
      const lags: number[] = []
      let last = ''
      const began = performance.now()
      while (performance.now() - began < duration) {
        await new Promise(requestAnimationFrame)
        const { psilabFrame = '', psilabLag } = line.dataset
        if (psilabFrame !== last) lags.push(Number(psilabLag))
        last = psilabFrame
      }
      const sorted = lags.toSorted((a, b) => a - b)
      return {
        frames: lags.length,
        rate: (1000 * lags.length) / duration,
        lag: sorted[Math.floor(sorted.length / 2)] ?? Number.POSITIVE_INFINITY,
      }
    },
    [STREAM, time] as const,
  )

const outputsOf = (file: string, cell: number) => readNotebook(file).cells[cell]!.outputs ?? []

describe.skipIf(!browserPath && !process.env.CI)('figures streamed from the kernel', () => {
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
    await run(page, SETUP)
    await idle(page)
  })

  afterAll(async () => {
    await browser?.close()
    await lab?.stop()
    lab?.discard()
  })

  test.each([
    ['that awaits', AWAITING],
    ['that does not await', BUSY],
  ])('a loop %s is seen as it runs, and what was last seen is saved', async (_, cell) => {
    await run(page, cell)
    await page.waitForSelector(`${STREAM}[data-psilab-frame]`, { timeout: 20_000 })
    const { rate, lag } = await watch(page, 2500)
    console.log(`${rate.toFixed(1)} frames/s, ${lag} ms from kernel to page`)
    await page.screenshot({ path: path.join(screenshots, `stream-${cell}.png`) })
    expect(rate).toBeGreaterThan(FRAMES_A_SECOND)
    expect(lag).toBeLessThan(LAG)
    await idle(page)
    await page.waitForFunction((s) => document.querySelector(s) === null, STREAM)
    await save(page)
    const [output, ...others] = outputsOf(lab.file, cell)
    expect(others).toEqual([])
    expect(Object.keys(output!.data!)).toEqual(expect.arrayContaining([FIGURE_MIME, 'image/png']))
    expect(JSON.stringify(output)).not.toContain('"stream"')
    if (cell === AWAITING) expect(String(output!.data!['text/plain'])).toBe('scene at 3.33')
  })

  test('pausing keeps a frame while the run goes on', async () => {
    await run(page, LONG)
    await page.waitForSelector(`${STREAM}[data-psilab-frame]`, { timeout: 20_000 })
    await page.click(`${STREAM} button`)
    await page.waitForFunction((s) => document.querySelector(s)?.textContent?.includes('Paused'), STREAM)
    const { frames } = await watch(page, 700)
    expect(frames).toBeLessThanOrEqual(1)
    expect((await kernel(page)).status).toBe('busy')
    await page.click(`${STREAM} button`)
    await page.waitForTimeout(300)
    expect((await watch(page, 1000)).frames).toBeGreaterThan(3)
  })

  test('a page that is loaded anew goes on with the stream, and gets the end', async () => {
    await page.evaluate(() => {
      window.onbeforeunload = null
    })
    page.on('dialog', (dialog) => void dialog.accept())
    await openAt(page, lab.url, LONG)
    expect((await watch(page, 1000)).frames).toBeGreaterThan(3)
    expect(
      await page.evaluate(
        (s) =>
          [...document.querySelectorAll('.jp-Notebook .jp-Cell')].indexOf(
            document.querySelector(s)!.closest('.jp-Cell')!,
          ),
        STREAM,
      ),
    ).toBe(LONG)
    await idle(page)
    await page.waitForFunction((s) => document.querySelector(s) === null, STREAM)
    await save(page)
    const output = outputsOf(lab.file, LONG).at(-1)!
    expect(String(output.data!['text/plain'])).toBe('scene at 3.33')
    expect(output.data!).toHaveProperty(['image/png'])
  })

  test('two pages see the same stream; closing one does not stop the run', async () => {
    await run(page, ENDLESS)
    await page.waitForSelector(`${STREAM}[data-psilab-frame]`, { timeout: 20_000 })
    await save(page)
    const other = await browser.newPage({ viewport: { width: 1000, height: 900 } })
    await openAt(other, lab.url, ENDLESS)
    const [here, there] = await Promise.all([watch(page, 1500), watch(other, 1500)])
    console.log(`two pages: ${here.rate.toFixed(1)} and ${there.rate.toFixed(1)} frames/s`)
    expect(Math.min(here.frames, there.frames)).toBeGreaterThan(3)
    await other.close()
    expect((await watch(page, 2500)).frames).toBeGreaterThan(3)
    expect((await kernel(page)).status).toBe('busy')
  })

  test('running the cell again begins another stream, and a restart ends that with a sentence', async () => {
    const first = await page.getAttribute(STREAM, 'data-psilab-stream')
    await page.evaluate(() =>
      (window as unknown as LabWindow).jupyterapp.commands.execute('notebook:interrupt-kernel'),
    )
    await idle(page)
    await run(page, ENDLESS)
    await page.waitForSelector(`${STREAM}[data-psilab-frame]`, { timeout: 20_000 })
    expect(await page.getAttribute(STREAM, 'data-psilab-stream')).not.toBe(first)
    const told = page.waitForFunction(
      (s) => document.querySelector(s)?.textContent?.includes('The kernel was restarted'),
      STREAM,
      { timeout: 30_000 },
    )
    await page.evaluate(async () => {
      const { sessionContext } = (
        window as unknown as {
          jupyterapp: {
            shell: {
              currentWidget: { sessionContext: { session: { kernel: { restart(): Promise<void> } } } }
            }
          }
        }
      ).jupyterapp.shell.currentWidget
      await sessionContext.session.kernel.restart()
    })
    await told
    await restart(page)
  })
})
