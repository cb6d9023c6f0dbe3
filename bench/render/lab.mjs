/** Figures in a real JupyterLab in a real browser. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { chromium } from 'playwright-core'
import { browserArguments, findBrowser, NO_BROWSER } from '../../tools/setup/browser.mjs'
import { Failure } from '../../tools/setup/failure.mjs'
import { freePort, startLab } from '../../tools/setup/lab.mjs'
import { at } from '../../tools/setup/paths.mjs'

/** @typedef {import('playwright-core').Page} Page */

/** What is used of the application object that JupyterLab shows with expose_app_in_browser. @typedef {any} Lab */

const MIME = 'application/vnd.psilab.figure.v1+json'

/**
 * Opens a notebook of these cells in JupyterLab, hands its page to `use`, and ends both.
 * @template T
 * @param {readonly string[]} sources
 * @param {(page: Page, requested: readonly string[]) => Promise<T>} use with the URLs that have been asked for so far
 */
export async function inLab(sources, use) {
  const executablePath = findBrowser()
  if (!executablePath) throw new Failure(NO_BROWSER)
  mkdirSync(at('.setup'), { recursive: true })
  const folder = mkdtempSync(at('.setup', 'bench-'))
  const notebook = {
    cells: sources.map((source, k) => ({
      cell_type: 'code',
      id: `cell-${k}`,
      metadata: {},
      execution_count: null,
      outputs: [],
      source,
    })),
    metadata: {
      kernelspec: { name: 'psilab', display_name: 'TypeScript (ψlab)', language: 'typescript' },
      language_info: { name: 'typescript' },
    },
    nbformat: 4,
    nbformat_minor: 5,
  }
  for (const name of ['home', 'browser', 'notebooks']) mkdirSync(path.join(folder, name))
  writeFileSync(path.join(folder, 'notebooks', 'bench.ipynb'), JSON.stringify(notebook))
  const lab = await startLab({
    port: await freePort(0),
    rootDir: path.join(folder, 'notebooks'),
    notebook: 'bench.ipynb',
    browser: false,
    log: at('.setup', 'bench-jupyterlab.log'),
    extra: ['--LabApp.expose_app_in_browser=True'],
    env: {
      HOME: path.join(folder, 'home'),
      JUPYTER_RUNTIME_DIR: path.join(folder, 'runtime'),
      JUPYTERLAB_WORKSPACES_DIR: path.join(folder, 'workspaces'),
      JUPYTERLAB_SETTINGS_DIR: path.join(folder, 'settings'),
    },
  })
  try {
    const browser = await chromium.launch({
      executablePath,
      headless: true,
      env: { ...process.env, HOME: path.join(folder, 'browser') },
      args: [...browserArguments],
    })
    try {
      const page = await browser.newPage({ viewport: { width: 1100, height: 1400 } })
      /** @type {string[]} */
      const requested = []
      page.on('request', (request) => requested.push(request.url()))
      await page.goto(lab.url)
      await idle(page)
      return await use(page, requested)
    } finally {
      await browser.close()
    }
  } finally {
    await lab.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Waits until the kernel waits. @param {Page} page */
export async function idle(page) {
  await page.waitForFunction(
    () => {
      const panel = /** @type {Lab} */ (window).jupyterapp?.shell?.currentWidget
      return (
        panel?.context?.isReady &&
        panel.sessionContext?.isReady &&
        panel.sessionContext.session?.kernel?.status === 'idle'
      )
    },
    undefined,
    { timeout: 120_000 },
  )
}

/** Starts a cell without waiting for its end. @param {Page} page @param {number} index */
export async function startCell(page, index) {
  await page.evaluate(async (i) => {
    const { jupyterapp } = /** @type {Lab} */ (window)
    const { content } = jupyterapp.shell.currentWidget
    content.activeCellIndex = i
    await content.scrollToItem(i)
    void jupyterapp.commands.execute('notebook:run-cell')
  }, index)
}

/**
 * Runs a cell; milliseconds from the arrival of its figure in the page until that is painted.
 * @param {Page} page
 * @param {number} index
 */
export async function untilPainted(page, index) {
  const painted = page.evaluate(
    ([i, mime]) =>
      new Promise((resolve) => {
        const panel = /** @type {Lab} */ (window).jupyterapp.shell.currentWidget
        const node = panel.content.widgets[i].node
        /** @param {unknown} _sender @param {any} message */
        const arrived = (_sender, message) => {
          if (!message.content.data?.[mime]) return
          panel.sessionContext.iopubMessage.disconnect(arrived)
          const began = performance.now()
          const look = () => {
            if (node.querySelector('[data-psilab-ready="true"]'))
              requestAnimationFrame(() => resolve(performance.now() - began))
            else requestAnimationFrame(look)
          }
          requestAnimationFrame(look)
        }
        panel.sessionContext.iopubMessage.connect(arrived)
      }),
    /** @type {const} */ ([index, MIME]),
  )
  await startCell(page, index)
  const milliseconds = /** @type {number} */ (await painted)
  await idle(page)
  return milliseconds
}

/** Milliseconds for which a slider is moved. */
const SLIDING = 4000

/**
 * Moves a slider of a cell's figure in every frame of the page; figures that were painted in a second.
 * @param {Page} page
 * @param {number} index
 * @param {string} label of the slider
 */
export async function slide(page, index, label) {
  const figure = page.locator('.jp-Notebook .jp-CodeCell').nth(index).locator('.psilab-figure')
  await figure.scrollIntoViewIfNeeded()
  const fold = figure.getByRole('button', { name: 'Sliders' })
  if ((await fold.getAttribute('aria-expanded')) === 'false') await fold.click()
  const slider = figure.getByRole('slider', { name: label, exact: true })
  // The first change loads what computes.
  await slider.press('ArrowRight')
  await page.waitForTimeout(3000)
  return slider.evaluate(async (input, duration) => {
    const node = /** @type {HTMLInputElement} */ (input)
    const figure = /** @type {HTMLElement} */ (node.closest('.psilab-figure'))
    const painted = () => Number(figure.dataset['psilabPaints'] ?? 0)
    const [before, began] = [painted(), performance.now()]
    for (let turn = 0; performance.now() - began < duration; turn++) {
      node.value = String(20 + (turn % 120))
      node.dispatchEvent(new Event('input', { bubbles: true }))
      await new Promise((resolve) => requestAnimationFrame(resolve))
    }
    return (1000 * (painted() - before)) / (performance.now() - began)
  }, SLIDING)
}
