import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { at } from '../../tools/setup/paths.mjs'
import { findBrowser, launch, NO_BROWSER } from './_browser.ts'
import { pinFonts } from './_fonts.ts'
import { startTestLab, type TestLab } from './_lab.ts'
import { readNotebook } from './_notebook.ts'
import { type Figure, figures, opened, outputErrors, readerView, runAll } from './_page.ts'
import { farShare, pixelsOf } from './_pixels.ts'

/**
 * Every kind of figure, made by a cell, painted by JupyterLab, beside a picture that somebody looked at.
 * `PSILAB_REFERENCES=write npm test -- e2e` makes the pictures anew.
 */
const NOTEBOOK = at('test', 'e2e', 'every-figure.ipynb')
const REFERENCES = at('test', 'e2e', 'references')
const SCREENSHOTS = at('test', 'e2e', 'screenshots')

/**
 * Share of the squares of 4 × 4 pixels that may differ from the reference. All fonts are the tests' own; what is left
 * are the edges that Chromium's releases draw otherwise: two runs of one release differ in none. A curve that moves
 * by its own width changes 2 %.
 */
const TOLERANCE = 0.006

/** A window in which every figure is seen whole, below the toolbars. */
const TALL = { width: 960, height: 2200 }

interface NamedCell {
  readonly id: string
}

const names = (readNotebook(NOTEBOOK).cells as unknown as NamedCell[]).map(({ id }) => id)
const writing = process.env.PSILAB_REFERENCES === 'write'

const browserPath = findBrowser()

describe.skipIf(!browserPath && !process.env.CI)('every kind of figure in JupyterLab', () => {
  let lab: TestLab
  let browser: Browser
  let page: Page
  const shown = new Map<string, Figure>()

  beforeAll(async () => {
    if (!browserPath) throw new Error(NO_BROWSER)
    for (const folder of [REFERENCES, SCREENSHOTS]) mkdirSync(folder, { recursive: true })
    lab = await startTestLab(readNotebook(NOTEBOOK))
    browser = await launch(browserPath, lab.browserHome)
    page = await browser.newPage({ viewport: TALL, reducedMotion: 'reduce' })
    await pinFonts(page)
    await page.goto(lab.url)
    await opened(page)
    await readerView(page)
    await page.setViewportSize(TALL)
    await runAll(page)
    for (const { figure } of await figures(page)) {
      const id = await figure.evaluate(
        (node, cells) =>
          cells[[...document.querySelectorAll('.jp-Cell')].indexOf(node.closest('.jp-Cell')!)]!,
        names,
      )
      shown.set(id, figure)
    }
  })

  afterAll(async () => {
    await browser?.close()
    await lab?.stop()
    lab?.discard()
  })

  test('is made without an error', async () => {
    expect(await outputErrors(page)).toEqual([])
    expect([...shown.keys()]).toEqual(names)
  })

  test.each(names)('%s looks as it did when somebody looked at it', async (name) => {
    const figure = shown.get(name)!
    await figure.scrollIntoViewIfNeeded()
    const painted = await figure.screenshot({ path: path.join(SCREENSHOTS, `every-${name}.png`) })
    const reference = path.join(REFERENCES, `${name}.png`)
    if (writing) writeFileSync(reference, painted)
    expect(existsSync(reference), `${reference} is there`).toBe(true)
    expect(farShare(pixelsOf(painted), pixelsOf(readFileSync(reference)))).toBeLessThan(TOLERANCE)
  })
})
