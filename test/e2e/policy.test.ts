/**
 * Figures in pages whose policy allows little: no text is evaluated, and where no worker may run there is a sentence in
 * place of sliders. JupyterLab itself does not start without 'unsafe-eval', which its own checks of settings need.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type PageTemplate, saved } from '../../src/figure/index.js'
import { qde, wavePacket } from '../../src/index.js'
import { at } from '../../tools/setup/paths.mjs'
import { findBrowser, launch, NO_BROWSER } from './_browser.ts'
import { changed, pixelsOf } from './_pixels.ts'

const PAGE = 'http://figures.test/'

const STRICT = "default-src 'none'; script-src 'self'; style-src 'self'; img-src data: blob:"

const browserPath = findBrowser()

describe.skipIf(!browserPath && !process.env.CI)('in a page of a strict policy', () => {
  let browser: Browser
  let page: Page
  const home = mkdtempSync(path.join(tmpdir(), 'psilab-policy-'))

  beforeAll(async () => {
    if (!browserPath) throw new Error(NO_BROWSER)
    browser = await launch(browserPath, home)
  })

  afterAll(async () => {
    await browser?.close()
    rmSync(home, { recursive: true, force: true })
  })

  /** The script of saved pages, served with a policy; returns what it forbade. */
  const open = async (policy: string): Promise<string[]> => {
    const { script, style } = JSON.parse(
      readFileSync(at('src/dist/page/standalone.json'), 'utf8'),
    ) as PageTemplate
    const figure = qde({ objective: '(x^2 - 1)^2', D: 0.1 })
      .evolve(wavePacket({ x0: 1, sigma: 0.2 }), { until: 4 })
      .figure()
    const contents = JSON.stringify({ figures: [saved(figure)], formulas: {} }).replaceAll('<', '\\u003c')
    const files: Readonly<Record<string, readonly [type: string, body: string]>> = {
      '/script.js': ['text/javascript; charset=utf-8', script],
      '/style.css': ['text/css; charset=utf-8', style],
      '/': [
        'text/html; charset=utf-8',
        `<!doctype html><html lang="en"><title>A figure</title><link rel="stylesheet" href="style.css"><main></main>
        <script type="application/json" id="psilab-contents">${contents}</script><script src="script.js"></script>`,
      ],
    }
    page = await browser.newPage({ reducedMotion: 'reduce' })
    await page.route(`${PAGE}**`, (route) => {
      const [type, body] = files[new URL(route.request().url()).pathname] ?? ['text/plain', '']
      return route.fulfill({ body, headers: { 'content-type': type, 'content-security-policy': policy } })
    })
    const forbidden: string[] = []
    await page.exposeFunction('forbid', (directive: string) => forbidden.push(directive))
    await page.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
        ;(window as unknown as { forbid(directive: string): void }).forbid(effectiveDirective)
      })
    })
    await page.goto(PAGE)
    await page.locator('[data-psilab-ready="true"] canvas').waitFor()
    return forbidden
  }

  test.each([
    ['with WebAssembly', "script-src 'self' 'wasm-unsafe-eval'"],
    ['without WebAssembly', "script-src 'self'"],
  ])('figures are drawn and their sliders compute, %s', async (_, scripts) => {
    const forbidden = await open(`${STRICT.replace("script-src 'self'", scripts)}; worker-src blob:`)
    const canvas = page.locator('canvas.marks')
    await page.locator('.psilab-player input[type=range]').press('End')
    await page.waitForTimeout(200)
    const before = pixelsOf(await canvas.screenshot())
    await page.getByRole('button', { name: 'Sliders' }).click()
    await page.getByRole('slider', { name: 'D', exact: true }).press('End')
    await expect
      .poll(() => page.locator('.psilab-controls').getAttribute('data-psilab-state'), { timeout: 15_000 })
      .toBe('done')
    expect(changed(before, pixelsOf(await canvas.screenshot()))).toBeGreaterThan(400)
    expect(forbidden).toEqual([])
    await page.close()
  })

  test('a sentence stands in place of sliders where no worker may run', async () => {
    const forbidden = await open(`${STRICT}; worker-src 'self'`)
    await page.getByText('lets nothing compute in it').waitFor()
    expect(await page.getByRole('slider', { name: 'D', exact: true }).count()).toBe(0)
    expect(await page.locator('.psilab-player').isVisible()).toBe(true)
    expect(forbidden).toEqual(['worker-src'])
    await page.screenshot({ path: at('test', 'e2e', 'screenshots', 'policy.png') })
    await page.close()
  })
})
