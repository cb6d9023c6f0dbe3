import { mkdirSync } from 'node:fs'
import path from 'node:path'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { at } from '../../tools/setup/paths.mjs'
import { findBrowser, launch, NO_BROWSER } from './_browser.ts'
import { startTestLab, type TestLab } from './_lab.ts'
import { type Notebook, savedNotebook } from './_notebook.ts'
import { kernel, opened, save } from './_page.ts'
import { ink, pixelsOf } from './_pixels.ts'

/** Places of the cells in the notebook below. */
const [PROBLEM, TYPED, ASKING, ENDLESS, LAST] = [0, 1, 2, 3, 4]

const SOURCES = [
  "const problem = qde({ objective: '(x^2 - 1)^2', D: 0.1 })\nproblem",
  '',
  "const name = prompt('name? ')\nconst secret = prompt('password? ', { password: true })\nname + secret.length",
  'let ticks = 0\nwhile (true) {\n  await new Promise((resolve) => setTimeout(resolve, 100))\n  ticks++\n}',
  'ticks > 0',
]

const notebook = (): Notebook => ({
  ...savedNotebook(),
  cells: SOURCES.map((source, index) => ({
    cell_type: 'code',
    id: `cell-${index}`,
    metadata: {},
    execution_count: null,
    outputs: [],
    source,
  })),
})

/** Milliseconds within which a busy machine shows what a user waits for. */
const PATIENCE = { timeout: 20_000 }

const browserPath = findBrowser()
const screenshots = at('test', 'e2e', 'screenshots')

describe.skipIf(!browserPath && !process.env.CI)('a user at', () => {
  let lab: TestLab
  let browser: Browser

  beforeAll(async () => {
    if (!browserPath) throw new Error(NO_BROWSER)
    mkdirSync(screenshots, { recursive: true })
    lab = await startTestLab(notebook())
    browser = await launch(browserPath, lab.browserHome)
  })

  afterAll(async () => {
    await browser?.close()
    await lab?.stop()
    lab?.discard()
  })

  const cell = (page: Page, index: number): Locator => page.locator('.jp-Notebook .jp-CodeCell').nth(index)

  const run = async (page: Page, index: number) => {
    await cell(page, index).locator('.cm-content').click()
    await page.keyboard.press('Control+Enter')
  }

  const type = async (page: Page, text: string) => {
    await cell(page, TYPED).locator('.cm-content').click()
    await page.keyboard.press('Control+a')
    await page.keyboard.press('Delete')
    await page.keyboard.type(text)
  }

  const output = (page: Page, index: number) => cell(page, index).locator('.jp-OutputArea').innerText()

  /** What Tab offers, and what it says of the first. */
  const completions = async (page: Page, text: string): Promise<string[]> => {
    await type(page, text)
    await page.keyboard.press('Tab')
    const items = page.locator('.jp-Completer-item .jp-Completer-match')
    await items.first().waitFor()
    return items.allInnerTexts()
  }

  /** Has the figure of the first cell drawn and gives its picture. */
  const drawn = async (page: Page, name: string) => {
    await run(page, PROBLEM)
    const figure = cell(page, PROBLEM).locator('[data-psilab-ready="true"]')
    await figure.waitFor()
    return pixelsOf(await figure.screenshot({ path: path.join(screenshots, `${name}.png`) }))
  }

  describe('JupyterLab', () => {
    let page: Page

    test('sees the kernel’s logo in the launcher', async () => {
      page = await browser.newPage({ viewport: { width: 1280, height: 1000 } })
      await page.goto(lab.url)
      await opened(page)
      await page.getByRole('menuitem', { name: 'File', exact: true }).click()
      await page.getByText('New Launcher', { exact: true }).click()
      const logo = page.locator('.jp-LauncherCard[title*="TypeScript"] img').first()
      await logo.waitFor()
      expect(await logo.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0)
      await page.locator('.lm-TabBar-tab', { hasText: 'Launcher' }).locator('.lm-TabBar-tabCloseIcon').click()
      await opened(page)
    })

    test('gets completions with their documentation, and a tooltip', async () => {
      await drawn(page, 'lab-problem')
      expect(await completions(page, 'problem.evo')).toContain('evolve')
      const documentation = page.locator('.jp-Completer-docpanel')
      await expect.poll(() => documentation.innerText(), PATIENCE).toContain('until: number — End of the run')
      await page.screenshot({ path: path.join(screenshots, 'lab-completer.png') })
      await page.keyboard.press('Escape')
      await type(page, 'qde')
      await page.keyboard.press('Shift+Tab')
      await expect
        .poll(() => page.locator('.jp-Tooltip').innerText(), PATIENCE)
        .toContain('quantum dynamic equation')
      await page.keyboard.press('Escape')
    })

    test('answers what a cell asks, a password unseen', async () => {
      await run(page, ASKING)
      const box = page.locator('.jp-Stdin-input')
      await box.fill('Ada')
      await box.press('Enter')
      await expect.poll(() => box.getAttribute('type'), PATIENCE).toBe('password')
      await box.fill('hush')
      await box.press('Enter')
      await expect.poll(() => output(page, ASKING), PATIENCE).toContain("'Ada4'")
      expect(await output(page, ASKING)).not.toContain('hush')
    })

    test('finds a running cell running after the page is loaded anew, and stops it', async () => {
      await run(page, ENDLESS)
      await expect.poll(() => kernel(page), PATIENCE).toMatchObject({ status: 'busy' })
      await save(page)
      await page.reload()
      await cell(page, LAST).waitFor()
      await expect.poll(() => kernel(page).catch(() => null), PATIENCE).toMatchObject({ status: 'busy' })
      await page.getByRole('menuitem', { name: 'Kernel', exact: true }).click()
      await page.getByText('Interrupt Kernel', { exact: true }).click()
      await opened(page)
      await run(page, LAST)
      await expect.poll(() => output(page, LAST), PATIENCE).toContain('true')
    })

    test('restarts a kernel whose cell runs, and its variables are gone', async () => {
      await run(page, ENDLESS)
      await expect.poll(() => kernel(page), PATIENCE).toMatchObject({ status: 'busy' })
      await page.getByRole('menuitem', { name: 'Kernel', exact: true }).click()
      await page.getByText('Restart Kernel…', { exact: true }).click()
      await page.locator('.jp-Dialog .jp-mod-accept').click()
      await opened(page)
      await run(page, LAST)
      await expect.poll(() => output(page, LAST), PATIENCE).toContain("Cannot find name 'ticks'")
      await page.close()
    })
  })

  describe('Notebook 7', () => {
    let page: Page

    test('sees figures and the kernel’s logo', async () => {
      page = await browser.newPage({ viewport: { width: 1280, height: 1000 } })
      await page.goto(lab.url.replace('/lab/tree/', '/notebooks/'))
      const logo = page.locator('.jp-NotebookKernelLogo img')
      await expect
        .poll(() => logo.evaluate((image: HTMLImageElement) => image.naturalWidth).catch(() => 0), PATIENCE)
        .toBeGreaterThan(0)
      const picture = ink(await drawn(page, 'notebook-problem'))
      expect(picture.width).toBeGreaterThan(0.4)
      expect(picture.height).toBeGreaterThan(0.4)
      await page.screenshot({ path: path.join(screenshots, 'notebook.png') })
    })

    test('gets completions and a tooltip', async () => {
      expect(await completions(page, 'problem.evo')).toContain('evolve')
      await page.keyboard.press('Escape')
      await type(page, 'qde')
      await page.keyboard.press('Shift+Tab')
      await expect
        .poll(() => page.locator('.jp-Tooltip').innerText(), PATIENCE)
        .toContain('quantum dynamic equation')
      await page.keyboard.press('Escape')
    })

    test('stops a cell by the button', async () => {
      await run(page, ENDLESS)
      await page.locator('[data-jp-item-name="interrupt"] jp-button').click()
      await expect.poll(() => output(page, ENDLESS), PATIENCE).toContain('Interrupted')
    })
  })
})
