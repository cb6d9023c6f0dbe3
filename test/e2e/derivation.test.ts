import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { rolldown } from 'rolldown'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { DerivationFigure } from '../../src/figure/index.js'
import { at } from '../../tools/setup/paths.mjs'
import { derivationSample } from '../src/figure/samples.ts'
import { findBrowser, launch, NO_BROWSER } from './_browser.ts'

/** What the tests call in the page. */
interface ShowingWindow {
  show(figure: DerivationFigure): Promise<void>
}

/** The view of a derivation as a page gets it, with MathJax set up as JupyterLab sets it up. */
async function bundled(): Promise<string> {
  const source = `
    import { mathjax } from 'mathjax-full/js/mathjax.js'
    import { CHTML } from 'mathjax-full/js/output/chtml.js'
    import { TeX } from 'mathjax-full/js/input/tex.js'
    import { AllPackages } from 'mathjax-full/js/input/tex/AllPackages.js'
    import { HTMLHandler } from 'mathjax-full/js/handlers/html/HTMLHandler.js'
    import { browserAdaptor } from 'mathjax-full/js/adaptors/browserAdaptor.js'
    import { DerivationView } from ${JSON.stringify(at('src/page/derivation.ts'))}
    mathjax.handlers.register(new HTMLHandler(browserAdaptor()))
    const math = mathjax.document(document, {
      InputJax: new TeX({ packages: AllPackages, inlineMath: [['$', '$']] }),
      OutputJax: new CHTML(),
    })
    const typeset = async (node) => {
      math.options.elements = [node]
      math.clear().render()
    }
    window.show = async (figure) => {
      const view = new DerivationView(figure, { typeset })
      document.body.replaceChildren(view.node)
      await view.typeset()
      new ResizeObserver(() => view.layOut()).observe(view.node)
    }`
  const bundle = await rolldown({
    input: 'page',
    platform: 'browser',
    resolve: { alias: { 'psilab/figure': at('src/figure/index.ts') } },
    plugins: [
      {
        name: 'page',
        resolveId: (id) => (id === 'page' ? at('test/e2e/page.js') : null),
        load: (id) => (id === at('test/e2e/page.js') ? source : null),
      },
    ],
  })
  const { output } = await bundle.generate({ format: 'iife', codeSplitting: false })
  return output[0].code
}

const { steps, ...rest } = derivationSample()

/** The sample, and a step with sides wider than any narrow page. */
const SAMPLE: DerivationFigure = {
  ...rest,
  steps: [
    ...steps,
    {
      ...steps[2]!,
      id: 'wide',
      from: 'imaginary',
      left: '\\int_{-\\infty}^{\\infty} e^{-\\frac{\\left(x - y\\right)^{2}}{4 D \\tau}} \\, \\psi\\left(y\\right) \\, dy',
      right: Array.from({ length: 9 }, (_, k) => `\\frac{a_{${k}}}{${k + 2}} x^{${k}}`).join(' + '),
    },
  ],
}

/** Rounding of positions in pixels to whole device pixels. */
const PIXEL = 1

const browserPath = findBrowser()

describe.skipIf(!browserPath && !process.env.CI)('a derivation in a page', () => {
  let browser: Browser
  let page: Page
  let script: string
  const home = mkdtempSync(path.join(tmpdir(), 'psilab-derivation-'))

  beforeAll(async () => {
    if (!browserPath) throw new Error(NO_BROWSER)
    browser = await launch(browserPath, home)
    script = await bundled()
  })

  beforeEach(async () => {
    page = await browser.newPage({ viewport: { width: 860, height: 700 } })
    await page.addStyleTag({ path: at('src/page/style.css') })
    await page.addScriptTag({ content: script })
    await page.evaluate((figure) => (window as unknown as ShowingWindow).show(figure), SAMPLE)
    await page.waitForSelector('[data-psilab-whole]')
  })

  afterEach(() => page.close())

  afterAll(async () => {
    await browser?.close()
    rmSync(home, { recursive: true, force: true })
  })

  const step = (number: number) => page.getByRole('button', { name: new RegExp(`^Step ${number},`) })
  const edges = (selector: string, edge: 'left' | 'right') =>
    page.$$eval(selector, (parts, side) => parts.map((part) => part.getBoundingClientRect()[side]), edge)

  test('sets every formula, and the signs of a section below each other', async () => {
    expect(
      await page.$$eval('.psilab-piece', (all) => all.filter((one) => !one.querySelector('mjx-math'))),
    ).toEqual([])
    expect(await page.textContent('body')).not.toContain('$')
    expect(await page.$$('[data-mjx-error], mjx-merror')).toEqual([])
    const [first, second] = await edges('.psilab-section:first-of-type .psilab-sign', 'left')
    expect(Math.abs(first! - second!)).toBeLessThan(PIXEL)
  })

  test('says each line in words, its mark and where it comes from', async () => {
    const line = page.getByRole('math', { name: 'i ∂ₜψ = [−D ∇² + ζ] ψ', exact: true })
    expect(await line.count()).toBe(1)
    expect(await step(3).getAttribute('aria-label')).toBe(
      'Step 3, Change of variable: checked to 60 digits, corrected',
    )
    expect(await page.textContent('.psilab-step:nth-child(2) .psilab-standing')).toBe('derived✓proved')
  })

  test.each([860, 560, 320])('keeps within a page of %i pixels, broken at its terms', async (width) => {
    await page.setViewportSize({ width, height: 700 })
    await page.waitForTimeout(100)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
    const tops = await page.$$eval('.psilab-step:last-child .psilab-right > .psilab-piece', (pieces) =>
      pieces.map((piece) => Math.round(piece.getBoundingClientRect().top)),
    )
    expect(new Set(tops).size).toBeGreaterThan(1)
    for (const right of await edges('.psilab-piece', 'right')) expect(right).toBeLessThanOrEqual(width)
  })

  test('opens and closes a step by keyboard, and walks between steps with arrows', async () => {
    const panel = page.locator('.psilab-step:nth-child(2) .psilab-details').first()
    await step(1).focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    expect(await step(2).getAttribute('aria-expanded')).toBe('true')
    expect(await panel.isVisible()).toBe(true)
    expect(await panel.textContent()).toContain('takes the place of')
    await page.keyboard.press('Space')
    expect(await panel.isVisible()).toBe(false)
    await page.keyboard.press('End')
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toMatch(/^Step 4,/)
    await page.keyboard.press('ArrowUp')
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toMatch(/^Step 3,/)
  })

  test('goes to the step that another starts from, also in a closed section', async () => {
    await step(3).click()
    const heading = page.getByRole('button', { name: 'From physics to learning' })
    await heading.click()
    expect(await step(2).isVisible()).toBe(false)
    await page.getByRole('button', { name: 'Go to step 2' }).click()
    expect(await step(2).isVisible()).toBe(true)
    expect(await step(2).evaluate((button) => button === document.activeElement)).toBe(true)
  })

  test('opens and closes all at once, and shows the symbols', async () => {
    await page.getByRole('button', { name: 'Open all' }).click()
    expect(await page.locator('.psilab-details:visible').count()).toBe(SAMPLE.steps.length)
    await page.getByRole('button', { name: 'Close all' }).click()
    expect(await page.locator('.psilab-details:visible').count()).toBe(0)
    expect(await page.locator('.psilab-legend').isVisible()).toBe(false)
    await page.getByRole('button', { name: 'Symbols' }).click()
    expect(await page.locator('.psilab-legend').innerText()).toContain('learning objective')
  })

  test('opens a step by a click on its line', async () => {
    await page.locator('.psilab-line').nth(1).click()
    expect(await step(2).getAttribute('aria-expanded')).toBe('true')
  })

  test('is printed with all that stands behind the lines', async () => {
    await page.getByRole('button', { name: 'Imaginary time' }).click()
    await page.emulateMedia({ media: 'print' })
    expect(await page.locator('.psilab-details:visible').count()).toBe(SAMPLE.steps.length)
    expect(await page.locator('.psilab-legend').isVisible()).toBe(true)
    expect(await page.getByRole('button', { name: 'Open all' }).isVisible()).toBe(false)
  })
})
