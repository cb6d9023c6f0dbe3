import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { jupyterEnvironment } from '../../tools/setup/jupyter.mjs'
import { at, root, venvPython } from '../../tools/setup/paths.mjs'
import { capture } from '../../tools/setup/processes.mjs'
import { findBrowser, launch, NO_BROWSER } from './_browser.ts'
import { startTestLab, type TestLab, temporaryFolder } from './_lab.ts'
import {
  errors,
  figureKinds,
  figurePngs,
  readNotebook,
  sameNumbers,
  savedNotebook,
  texts,
  withoutOutputs,
} from './_notebook.ts'
import {
  type Figure,
  figures,
  frameOf,
  kernel,
  opened,
  outputErrors,
  readerView,
  runAll,
  save,
  toTop,
} from './_page.ts'
import { changed, ink, pixelsOf } from './_pixels.ts'

/** The six outputs of the guide; the evolution is shown in real time and at least at one more Wick angle. */
const KINDS = [
  'problem',
  'evolution',
  'evolution',
  'eigenstates',
  'thermodynamics',
  'landscape',
  'derivation',
]

/** Share of a figure's pixels that are drawn on: thin lines and a line of typeset mathematics have more. */
const LEAST_INK = 0.005

/** Pixels that a moved wave packet changes; a moved slider knob changes fewer. */
const MOVED = 400

/** Messages of the browser that say nothing about the page: none so far. */
const allowedMessages: readonly RegExp[] = []

const browserPath = findBrowser()
if (!browserPath && !process.env.CI) console.warn(`${NO_BROWSER} The tests in the browser are skipped.`)

const screenshots = at('test', 'e2e', 'screenshots')

describe.skipIf(!browserPath && !process.env.CI)('first-steps.ipynb in JupyterLab', () => {
  let lab: TestLab
  let browser: Browser
  let page: Page
  let shown: { kind: string; figure: Figure }[]
  const messages: string[] = []

  beforeAll(async () => {
    if (!browserPath) throw new Error(NO_BROWSER)
    mkdirSync(screenshots, { recursive: true })
    lab = await startTestLab(withoutOutputs(savedNotebook()))
    browser = await launch(browserPath, lab.browserHome)
    page = await browser.newPage({ viewport: { width: 1280, height: 1000 } })
    page.on('console', (message) => {
      if (message.type() === 'error') messages.push(`${message.text()} (${message.location().url})`)
    })
    page.on('pageerror', (error) => messages.push(String(error)))
    await page.goto(lab.url)
  })

  afterAll(async () => {
    await browser?.close()
    await lab?.stop()
    lab?.discard()
  })

  const picture = async (figure: Figure, name: string) => {
    const file = path.join(screenshots, `${name}.png`)
    await figure.scrollIntoViewIfNeeded()
    return pixelsOf(await figure.screenshot({ path: file, animations: 'allow' }))
  }

  test('opens with the ψlab kernel', async () => {
    await opened(page)
    await expect.poll(() => kernel(page)).toEqual({ name: 'psilab', status: 'idle' })
  })

  test('runs all cells without an error', async () => {
    await runAll(page)
    await page.screenshot({ path: path.join(screenshots, 'page.png') })
    expect(await outputErrors(page)).toEqual([])
    await expect.poll(async () => (await kernel(page)).status).toBe('idle')
  })

  test('paints every figure of the notebook', async () => {
    shown = await figures(page)
    const missing = [...KINDS]
    for (const { kind } of shown) if (missing.includes(kind)) missing.splice(missing.indexOf(kind), 1)
    expect(missing, 'kinds that were not painted').toEqual([])
    for (const [index, { kind, figure }] of shown.entries()) {
      const drawn = ink(await picture(figure, `${index + 1}-${kind}`))
      expect(drawn.share, `ink of figure ${index + 1}, ${kind}`).toBeGreaterThan(LEAST_INK)
      expect(drawn.width, `width drawn of figure ${index + 1}, ${kind}`).toBeGreaterThan(0.4)
      expect(drawn.height, `height drawn of figure ${index + 1}, ${kind}`).toBeGreaterThan(0.4)
    }
  })

  test('plays, pauses and seeks each wave packet', async () => {
    for (const [index, { figure }] of shown.filter(({ kind }) => kind === 'evolution').entries()) {
      await figure.scrollIntoViewIfNeeded()
      const slider = (await figure.$('input[type="range"]'))!
      const play = (await figure.$('button[aria-label*="play" i], button[aria-label*="pause" i]'))!
      const isPlaying = async () => /pause/i.test((await play.getAttribute('aria-label')) ?? '')
      if (await isPlaying()) await play.click()

      await slider.focus()
      await page.keyboard.press('Home')
      await expect.poll(() => frameOf(figure)).toBe(0)
      const first = await picture(figure, `evolution-${index + 1}-first`)

      await play.click()
      await expect.poll(() => frameOf(figure), { timeout: 10_000 }).toBeGreaterThan(3)
      if (await isPlaying()) await play.click()
      const paused = await frameOf(figure)
      const later = await picture(figure, `evolution-${index + 1}-paused`)
      expect(changed(first, later), 'pixels that playing changed').toBeGreaterThan(MOVED)
      expect(await frameOf(figure), 'the frame at which it was paused').toBe(paused)

      await slider.focus()
      await page.keyboard.press('End')
      await expect.poll(() => frameOf(figure)).toBe(Number(await slider.getAttribute('max')))
      const last = await picture(figure, `evolution-${index + 1}-last`)
      expect(changed(first, last), 'pixels that the slider changed').toBeGreaterThan(MOVED)
    }
  })

  test('looks as in the README', async () => {
    const { figure } = shown.find(({ kind }) => kind === 'evolution')!
    await readerView(page)
    const slider = (await figure.$('input[type="range"]'))!
    await slider.fill(String(Math.round(Number(await slider.getAttribute('max')) / 4)))
    await toTop(page, figure)
    await page.screenshot({ path: path.join(screenshots, 'readme.png') })
  })

  test('says nothing on the browser’s console', () => {
    expect(messages.filter((message) => !allowedMessages.some((allowed) => allowed.test(message)))).toEqual(
      [],
    )
  })

  test('saves each figure with its picture, and computes the numbers of the file', async () => {
    await save(page)
    const saved = readNotebook(lab.file)
    expect(figureKinds(saved)).toEqual(figureKinds(savedNotebook()))
    expect(figurePngs(saved)).not.toContain(undefined)
    sameNumbers(texts(saved), texts(savedNotebook()))
  })

  test('ends with its kernels, and wrote nothing into the home folder', async () => {
    await lab.stop()
    await expect.poll(() => lab.kernels(), { timeout: 5_000 }).toEqual([])
    expect(readdirSync(lab.home)).toEqual([])
  })
})

describe('first-steps.ipynb without a browser', () => {
  const folder = temporaryFolder()
  const executed = path.join(folder, 'executed.ipynb')

  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  const nbconvert = async (...args: string[]) => {
    const { code, output } = await capture(venvPython, ['-m', 'jupyter', 'nbconvert', ...args], {
      cwd: root,
      env: jupyterEnvironment(),
      timeout: 180_000,
    })
    expect(code, output).toBe(0)
  }

  test('nbconvert --execute computes the numbers of the file', async () => {
    const source = path.join(folder, 'first-steps.ipynb')
    writeFileSync(source, JSON.stringify(withoutOutputs(savedNotebook())))
    await nbconvert('--to', 'notebook', '--execute', source, '--output', executed)
    expect(errors(readNotebook(executed))).toEqual([])
    sameNumbers(texts(readNotebook(executed)), texts(savedNotebook()))
  })

  test('nbconvert --execute stores a picture of every figure', () => {
    const pngs = figurePngs(readNotebook(executed))
    expect(pngs.length).toBeGreaterThanOrEqual(KINDS.length)
    for (const [index, png] of pngs.entries()) {
      expect(png, `picture ${index + 1}`).toBeDefined()
      expect(ink(pixelsOf(png!)).share, `ink of picture ${index + 1}`).toBeGreaterThan(LEAST_INK)
    }
  })

  test('the HTML page that nbconvert makes shows the pictures', async () => {
    const html = path.join(folder, 'page.html')
    await nbconvert('--to', 'html', executed, '--output', html)
    const images = readFileSync(html, 'utf8').match(/<img[^>]+src="data:image\/png;base64,/g) ?? []
    expect(images.length).toBeGreaterThanOrEqual(KINDS.length)
  })

  test('the saved notebook holds every output: figures, pictures and text', () => {
    const saved = savedNotebook()
    const missing = [...KINDS]
    for (const kind of figureKinds(saved))
      if (missing.includes(kind)) missing.splice(missing.indexOf(kind), 1)
    expect(missing).toEqual([])
    expect(figurePngs(saved)).not.toContain(undefined)
    expect(errors(saved)).toEqual([])
  })
})
