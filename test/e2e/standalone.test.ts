import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { toHTML } from '../../src/figure/html.js'
import type { Figure } from '../../src/figure/index.js'
import { qde, wavePacket } from '../../src/index.js'
import { at } from '../../tools/setup/paths.mjs'
import {
  derivationSample,
  evolutionSample,
  landscapeSample,
  panelsSample,
  problemSample,
} from '../src/figure/samples.ts'
import { findBrowser, launch, NO_BROWSER } from './_browser.ts'
import { changed, pixelsOf } from './_pixels.ts'

const HOSTILE = '</script><script>document.title="taken"</script><img src="https://example.org/x.png">'

let browser: Browser
let folder: string

beforeAll(async () => {
  const program = findBrowser()
  if (!program) throw new Error(NO_BROWSER)
  folder = mkdtempSync(path.join(tmpdir(), 'psilab-standalone-'))
  browser = await launch(program, folder)
})

afterAll(async () => {
  await browser?.close()
  rmSync(folder, { recursive: true, force: true })
})

interface Opened {
  readonly page: Page
  /** What the page asked for, and what its console said. */
  readonly requests: readonly string[]
  readonly said: readonly string[]
}

/** Opens figures as a file on the disk, with the network off. */
async function opened(figures: readonly Figure[], options: BrowserContextOptions = {}): Promise<Opened> {
  const file = path.join(folder, `${Math.random().toString(36).slice(2)}.html`)
  writeFileSync(file, await toHTML(figures))
  const context = await browser.newContext({
    offline: true,
    viewport: { width: 900, height: 760 },
    ...options,
  })
  const page = await context.newPage()
  const requests: string[] = []
  const said: string[] = []
  page.on('request', (request) => requests.push(request.url()))
  page.on('console', (message) => said.push(message.text()))
  page.on('pageerror', (error) => said.push(String(error)))
  await page.goto(pathToFileURL(file).href)
  if (options.javaScriptEnabled !== false) {
    await page.waitForFunction(
      (count) => document.querySelectorAll('[data-psilab-ready="true"]').length === count,
      figures.length,
    )
  }
  return { page, requests: requests.slice(1), said }
}

/** Share of a figure's pixels that are not its paper. */
const inked = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const canvas = document.querySelector<HTMLCanvasElement>('canvas.marks')!
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height)
    let count = 0
    for (let i = 3; i < data.length; i += 4) if (data[i]! > 32) count++
    return (4 * count) / data.length
  })

const frame = (page: Page): Promise<number> =>
  page.evaluate(() => Number(document.querySelector<HTMLElement>('.psilab-figure')!.dataset['psilabFrame']))

describe('a figure in a file of its own', () => {
  test('passes the checks of axe, light and dark', async () => {
    const run = qde({ objective: '(x^2 - 1)^2', D: 0.1 }).evolve(wavePacket({ x0: 1, sigma: 0.2 }), {
      until: 4,
    })
    for (const colorScheme of ['light', 'dark'] as const) {
      const { page } = await opened([run.figure(), derivationSample()], { colorScheme, bypassCSP: true })
      await page.getByRole('button', { name: 'Sliders' }).click()
      await page.addScriptTag({ path: at('node_modules/axe-core/axe.min.js') })
      const violations = await page.evaluate(async () => {
        // @ts-expect-error: a script of the page
        const { violations } = await axe.run()
        return (violations as { id: string; nodes: { html: string }[] }[]).map(
          ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
        )
      })
      expect(violations).toEqual([])
      await page.close()
    }
  })

  test('plays, pauses and steps, and asks for nothing', async () => {
    const { page, requests, said } = await opened([evolutionSample(0)])
    expect(await inked(page)).toBeGreaterThan(0.05)
    const first = await frame(page)
    await page.waitForFunction(
      (before) =>
        Number(document.querySelector<HTMLElement>('.psilab-figure')!.dataset['psilabFrame']) > before,
      first,
    )
    await page.getByRole('button', { name: 'Pause' }).click()
    await page.locator('.psilab-figure').press('Home')
    await expect.poll(() => frame(page)).toBe(0)
    await page.locator('.psilab-figure').press('ArrowRight')
    await expect.poll(() => frame(page)).toBe(1)
    expect(requests).toEqual([])
    expect(said).toEqual([])
  })

  test('is computed anew by its sliders, and asks for nothing', async () => {
    const run = qde({ objective: '(x^2 - 1)^2', D: 0.1 }).evolve(wavePacket({ x0: 1, sigma: 0.2 }), {
      until: 4,
    })
    const { page, requests, said } = await opened([run.figure()], { reducedMotion: 'reduce' })
    await page.getByRole('button', { name: 'Sliders' }).click()
    await page.locator('.psilab-player input[type=range]').press('End')
    const before = await page.locator('canvas.marks').screenshot()
    await page.getByRole('slider', { name: 'D', exact: true }).press('End')
    const state = () => page.locator('.psilab-controls').getAttribute('data-psilab-state')
    await expect.poll(state, { timeout: 15_000 }).toBe('done')
    expect(
      changed(pixelsOf(before), pixelsOf(await page.locator('canvas.marks').screenshot())),
    ).toBeGreaterThan(400)
    // The worker's own script is the one thing that is loaded: out of the file.
    expect(requests.filter((url) => !url.startsWith('blob:'))).toEqual([])
    expect(said).toEqual([])
  })

  test('follows the theme of the system until the reader chooses', async () => {
    const { page, said } = await opened([landscapeSample()], { colorScheme: 'dark' })
    const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
    const dark = await paper()
    await page.emulateMedia({ colorScheme: 'light' })
    await expect.poll(paper).not.toBe(dark)
    await page.getByRole('button', { name: 'Dark theme' }).click()
    await expect.poll(paper).toBe(dark)
    await page.emulateMedia({ colorScheme: 'dark' })
    await page.emulateMedia({ colorScheme: 'light' })
    expect(await paper()).toBe(dark)
    expect(said).toEqual([])
  })

  test('sets its formulas as MathML, several figures below each other', async () => {
    const { page, requests, said } = await opened([problemSample(), derivationSample(), panelsSample()])
    const widths = await page.evaluate(() =>
      [...document.querySelectorAll('.psilab-equation math, .psilab-line math')].map(
        (math) => math.getBoundingClientRect().width,
      ),
    )
    // One equation, and of three lines two sides and a sign; wide sides are broken into more pieces.
    expect(widths.length).toBeGreaterThanOrEqual(10)
    expect(Math.min(...widths)).toBeGreaterThan(0)
    expect(await page.textContent('main')).not.toMatch(/\$|\\displaystyle/)
    expect(requests).toEqual([])
    expect(said).toEqual([])
  })

  test('shows words that look like a page as words', async () => {
    const figure = { ...problemSample(), title: HOSTILE, alt: HOSTILE, notes: [HOSTILE] }
    const { page, requests, said } = await opened([figure])
    expect(await page.title()).toBe(HOSTILE)
    expect(await page.textContent('.psilab-title')).toBe(HOSTILE)
    expect(await page.locator('img[src^="http"]').count()).toBe(0)
    expect(requests).toEqual([])
    expect(said).toEqual([])
  })

  test('lets no other script and no request through', async () => {
    const { page } = await opened([problemSample()])
    const blocked = await page.evaluate(async () => {
      const violations: string[] = []
      document.addEventListener('securitypolicyviolation', (event) => {
        violations.push(event.effectiveDirective)
      })
      const script = document.createElement('script')
      script.textContent = 'window.taken = true'
      document.body.append(script)
      await fetch('https://example.org/').catch(() => undefined)
      await new Promise((resolve) => setTimeout(resolve, 50))
      return { violations, taken: 'taken' in window }
    })
    expect(blocked).toEqual({ violations: ['script-src-elem', 'connect-src'], taken: false })
  })

  test('is a picture where no script runs, and light on paper', async () => {
    const { page } = await opened([evolutionSample(0)], { javaScriptEnabled: false })
    const image = await page.locator('noscript img').boundingBox()
    expect(image!.width).toBeGreaterThan(300)
    const printed = await opened([evolutionSample(0)], { colorScheme: 'dark' })
    await printed.page.emulateMedia({ media: 'print', colorScheme: 'dark' })
    expect(await printed.page.locator('.psilab-player').isVisible()).toBe(false)
  })
})
