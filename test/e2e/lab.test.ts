import { mkdirSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type EvolutionFigure, saved } from '../../src/figure/index.js'
import { at } from '../../tools/setup/paths.mjs'
import { evolutionSample } from '../src/figure/samples.js'
import { findBrowser, launch, NO_BROWSER } from './_browser.ts'
import { startTestLab, type TestLab } from './_lab.ts'
import { errors, FIGURE_MIME, figureKinds, type Notebook, readNotebook } from './_notebook.ts'
import { opened, runAll, save } from './_page.ts'
import { changed, ink, pixelsOf } from './_pixels.ts'

/** Milliseconds within which a busy machine shows what a user waits for. */
const PATIENCE = { timeout: 20_000 }

/** A red pixel: what stands in for a figure. */
const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg=='

const figure = saved(evolutionSample()) as EvolutionFigure
const SCRIPT = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>'

/** What a hostile notebook may hold in the place of a figure. */
const HOSTILE: Readonly<Record<string, unknown>> = {
  'a field of 10¹² numbers': {
    ...figure,
    magnitude: { ...figure.magnitude, shape: [1e6, 1e6] },
  },
  'a number that is none': { ...figure, angle: null },
  'a key that reaches a prototype': JSON.parse('{"version":1,"kind":"evolution","__proto__":{"x":1}}'),
  'a chart of its own, with a URL': {
    ...figure,
    spec: {
      $schema: 'https://vega.github.io/schema/vega/v6.json',
      data: { url: 'https://example.org/x.json' },
    },
  },
  'TeX that links': { ...figure, problem: { ...figure.problem, tex: '\\href{javascript:alert(1)}{x}' } },
}

const output = (payload: unknown) => ({
  output_type: 'display_data',
  data: { [FIGURE_MIME]: payload, 'image/png': PNG, 'text/plain': 'figure' },
  metadata: {},
})

const notebook = {
  cells: [
    output(figure),
    output({ ...figure, title: SCRIPT, alt: SCRIPT }),
    output({ ...figure, version: 99 }),
    ...Object.values(HOSTILE).map(output),
  ].map((each, index) => ({
    cell_type: 'code',
    id: `cell-${index}`,
    metadata: {},
    execution_count: 1,
    outputs: [each],
    source: '1',
  })),
  metadata: { kernelspec: { name: 'psilab', display_name: 'TypeScript (ψlab)', language: 'typescript' } },
  nbformat: 4,
  nbformat_minor: 5,
} as Notebook

/** Figures of a long notebook. */
const MANY = 30

/** Milliseconds within which figures are painted that are scrolled to, and on a busy machine: as a share of the first. */
const [SOON, BUSY] = [300, 3]

const browserPath = findBrowser()
const screenshots = at('test', 'e2e', 'screenshots')

interface Registry {
  set(plugin: string, key: string, value: unknown): Promise<void>
}

interface Lab {
  jupyterapp: {
    commands: { execute(command: string, args?: object): Promise<unknown> }
    pluginRegistry: { _services: ReadonlyMap<{ readonly name: string }, unknown> }
    resolveOptionalService(token: object): Promise<unknown>
    shell: {
      currentWidget: {
        content: { widgets: readonly { node: HTMLElement; model: { trusted: boolean } }[] }
        context: { path: string; isReady: boolean }
      } | null
    }
  }
}

describe.skipIf(!browserPath && !process.env.CI)('ψlab in JupyterLab', () => {
  let lab: TestLab
  let browser: Browser
  let page: Page
  const foreign: string[] = []

  /** A page that notes who evaluates text as code, and what is asked of other servers. */
  const newPage = async (): Promise<Page> => {
    const made = await browser.newPage({ viewport: { width: 1280, height: 900 } })
    await made.addInitScript(() => {
      const noted: string[] = []
      Object.assign(window, { noted })
      const note = (): void => {
        const stack = String(new Error('code').stack)
        if (stack.includes('@psilab')) noted.push(stack)
      }
      // Both by one way: to name them is what linters forbid.
      for (const name of ['eval', 'Function'] as const) {
        const evaluator = window[name] as unknown as (...args: unknown[]) => unknown
        const watched = new Proxy(evaluator, {
          apply: (target, self, args) => {
            note()
            return Reflect.apply(target, self, args)
          },
          construct: (target, args) => {
            note()
            return Reflect.construct(target, args) as object
          },
        })
        Object.assign(window, { [name]: watched })
      }
    })
    const origin = new URL(lab.url).origin
    made.on('request', (request) => {
      const url = request.url()
      if (!url.startsWith(origin) && !/^(data|blob):/.test(url)) foreign.push(url)
    })
    return made
  }

  const execute = (command: string, args: object = {}): Promise<void> =>
    page.evaluate(
      async ([name, given]) => {
        await (window as unknown as Lab).jupyterapp.commands.execute(name, given)
      },
      [command, args] as const,
    )

  /** Sets a setting of figures, as the settings' editor does. */
  const set = (name: string, value: string): Promise<void> =>
    page.evaluate(
      async ([key, given]) => {
        const { jupyterapp } = window as unknown as Lab
        const token = [...jupyterapp.pluginRegistry._services.keys()].find((each) =>
          each.name.endsWith(':ISettingRegistry'),
        )!
        const registry = (await jupyterapp.resolveOptionalService(token)) as Registry
        await registry.set('@psilab/jupyterlab:figures', key, given)
      },
      [name, value] as const,
    )

  const folder = (): string => path.dirname(path.dirname(lab.file))

  const shot = (name: string) => page.screenshot({ path: path.join(screenshots, `lab-${name}.png`) })

  const first = (on: Page = page): Locator =>
    on.locator('.psilab-figure[data-psilab-kind="evolution"]').first()

  const picture = async (locator: Locator) => pixelsOf(await locator.screenshot({ animations: 'allow' }))

  beforeAll(async () => {
    if (!browserPath) throw new Error(NO_BROWSER)
    mkdirSync(screenshots, { recursive: true })
    lab = await startTestLab(notebook)
    browser = await launch(browserPath, lab.browserHome)
    page = await newPage()
    await page.goto(lab.url)
    await opened(page)
  })

  afterAll(async () => {
    await browser?.close()
    await lab?.stop()
    lab?.discard()
  })

  test('an untrusted notebook shows its figures, and evaluates nothing', async () => {
    const trusted = await page.evaluate(() =>
      (window as unknown as Lab).jupyterapp.shell.currentWidget!.content.widgets.map(
        ({ model }) => model.trusted,
      ),
    )
    expect(trusted).not.toContain(true)
    await first().locator('canvas').waitFor()
    expect(ink(await picture(first())).width).toBeGreaterThan(0.4)
    await shot('untrusted')
  })

  test('what is hostile or newer ends in a sentence beside the picture', async () => {
    const sentences: string[] = []
    const count = await page.locator('.jp-Notebook .jp-CodeCell').count()
    for (let index = 2; index < count; index++) {
      const cell = page.locator('.jp-Notebook .jp-CodeCell').nth(index)
      await cell.scrollIntoViewIfNeeded()
      const said = cell.locator('.psilab-sentence')
      await said.waitFor(PATIENCE)
      sentences.push(await said.innerText())
      expect(await cell.locator('img.psilab-fallback').getAttribute('src')).toBe(
        `data:image/png;base64,${PNG}`,
      )
    }
    expect(sentences[0]).toMatch(/version 99.*Update ψlab to see it alive/)
    expect(sentences).toHaveLength(1 + Object.keys(HOSTILE).length)
    for (const sentence of sentences) expect(sentence).toMatch(/^\S.*\.$/)
    const titled = page.locator('.psilab-title').nth(1)
    expect(await titled.innerText()).toBe(SCRIPT)
    expect(await page.evaluate(() => (window as unknown as { hacked?: number }).hacked)).toBeUndefined()
    expect(await page.evaluate(() => (window as unknown as { noted: string[] }).noted)).toEqual([])
    expect(foreign).toEqual([])
  })

  test('figures and panels follow the theme', async () => {
    await page.locator('.jp-Notebook .jp-CodeCell').first().scrollIntoViewIfNeeded()
    await execute('psilab:pause-all')
    await execute('psilab:show-inspector')
    await page.locator('#psilab-inspector .psilab-inspector-empty').waitFor()
    // The figure follows the width that the panel has left.
    let light = pixelsOf(await first().screenshot())
    await expect
      .poll(async () => {
        await page.waitForTimeout(300)
        const before = light
        light = pixelsOf(await first().screenshot())
        return changed(before, light)
      }, PATIENCE)
      .toBe(0)
    for (const theme of ['JupyterLab Dark High Contrast', 'JupyterLab Dark']) {
      await execute('apputils:change-theme', { theme })
      await expect
        .poll(async () => {
          const dark = pixelsOf(await first().screenshot())
          return changed(light, dark) / (light.width * light.height)
        }, PATIENCE)
        .toBeGreaterThan(0.8)
      await shot(theme.replaceAll(' ', '-'))
    }
    await execute('apputils:change-theme', { theme: 'JupyterLab Light' })
    await expect
      .poll(async () => changed(light, pixelsOf(await first().screenshot())), PATIENCE)
      .toBeLessThan(0.01 * light.width * light.height)
  })

  test('a setting changes figures that are open', async () => {
    const before = pixelsOf(await first().screenshot())
    await set('colourMap', 'safe')
    await expect
      .poll(async () => changed(before, pixelsOf(await first().screenshot())), PATIENCE)
      .toBeGreaterThan(100)
    await set('colourMap', 'uniform')
  })

  test('the palette makes a notebook, and it runs', async () => {
    await page.keyboard.press('Control+Shift+C')
    await page.locator('.lm-CommandPalette-input').fill('New ψlab Notebook')
    await page.locator('.lm-CommandPalette-item', { hasText: 'New ψlab Notebook' }).first().click()
    await expect
      .poll(
        () => page.evaluate(() => (window as unknown as Lab).jupyterapp.shell.currentWidget?.context?.path),
        PATIENCE,
      )
      .toMatch(/Untitled\.ipynb$/)
    await opened(page)
    await runAll(page)
    await page.locator('.jp-Notebook:visible .psilab-figure canvas').first().waitFor(PATIENCE)
    await shot('template')
  })

  test('a saved notebook keeps what is set', async () => {
    const file = path.join(folder(), 'guide', 'Untitled.ipynb')
    await save(page)
    const whole = statSync(file).size
    const kinds = figureKinds(readNotebook(file))
    expect(errors(readNotebook(file))).toEqual([])
    expect(kinds).toEqual(['problem', 'evolution', 'eigenstates', 'thermodynamics'])
    const payloads = (): string[] =>
      readNotebook(file).cells.flatMap(({ outputs = [] }) =>
        outputs.flatMap(({ data }) => (data?.[FIGURE_MIME] ? [JSON.stringify(data[FIGURE_MIME])] : [])),
      )
    const full = payloads()
    await set('embedding', 'none')
    // What lessens notebooks is loaded once it is asked for.
    await expect
      .poll(async () => {
        await save(page)
        return statSync(file).size
      }, PATIENCE)
      .toBeLessThan(whole)
    for (const payload of payloads()) expect(payload).not.toContain('"dtype"')
    expect(await page.locator('.jp-Notebook:visible .psilab-figure canvas').count()).toBeGreaterThan(0)
    await set('embedding', 'preview')
    await save(page)
    const preview = payloads()
    expect(preview.join('').length).toBeLessThan(full.join('').length)
    expect(preview.every((payload, k) => payload.length <= full[k]!.length)).toBe(true)
    await set('embedding', 'none')
    await save(page)
    await execute('docmanager:reload')
    const none = page.locator('.jp-Notebook:visible .psilab-output').first()
    await none.locator('img.psilab-fallback').waitFor(PATIENCE)
    expect(await none.innerText()).toContain('run its cell to see it alive')
    await shot('none')
  })

  test('files of figures open as figures, and others say that they are none', async () => {
    writeFileSync(path.join(folder(), 'a.psilab.json'), JSON.stringify(figure))
    writeFileSync(path.join(folder(), 'b.json'), '{"a": 1}')
    await execute('docmanager:open', { path: 'a.psilab.json' })
    await page.locator('.psilab-document:visible .psilab-figure canvas').waitFor(PATIENCE)
    await shot('document')
    await execute('docmanager:open', { path: 'b.json', factory: 'ψlab Figure' })
    await expect
      .poll(() => page.locator('.psilab-document:visible').innerText(), PATIENCE)
      .toContain('no ψlab figure')
  })

  test('of thirty figures those are painted that are near, each as fast as the first', async () => {
    const many = {
      ...notebook,
      cells: Array.from({ length: MANY }, (_, k) => ({
        ...(notebook.cells[0] as object),
        id: `many-${k}`,
        outputs: [output({ ...figure, title: `Figure ${k + 1}` })],
      })),
    }
    writeFileSync(path.join(folder(), 'many.ipynb'), JSON.stringify(many))
    const painted = (): Promise<number> => page.locator('.jp-Notebook:visible .psilab-chart canvas').count()
    await execute('docmanager:open', { path: 'many.ipynb' })
    await page.locator('.jp-Notebook:visible [data-psilab-ready="true"]').first().waitFor(PATIENCE)
    await page.waitForTimeout(500)
    const near = await painted()
    expect(near).toBeGreaterThan(0)
    expect(near).toBeLessThan(MANY / 3)
    /** Scrolls a cell on the screen and keeps it there; milliseconds until its figure is painted from then on. */
    const scrollTo = (cell: number): Promise<number> =>
      page.evaluate(async (k) => {
        const { content } = (window as unknown as Lab).jupyterapp.shell.currentWidget!
        const { node } = content.widgets[k]!
        let there: number | undefined
        for (const begun = performance.now(); performance.now() - begun < 10_000; ) {
          // What lies above takes its height when it comes on the screen.
          node.scrollIntoView()
          await new Promise((resolve) => requestAnimationFrame(resolve))
          const { top } = node.getBoundingClientRect()
          if (top >= 0 && top < innerHeight) there ??= performance.now()
          if (there && node.querySelector('[data-psilab-ready="true"] .psilab-chart canvas'))
            return performance.now() - there
        }
        throw new Error(`The figure of cell ${k + 1} is not painted.`)
      }, cell)
    const times: number[] = []
    for (let k = 0; k < MANY; k++) times.push(await scrollTo(k))
    const median = (some: readonly number[]): number => some.toSorted((a, b) => a - b)[some.length >> 1]!
    const [first, last] = [median(times.slice(0, 9)), median(times.slice(-9))]
    console.log(
      `on the screen, then painted: the first figures ${first.toFixed(0)} ms, the last of ${MANY} ${last.toFixed(0)} ms, ` +
        `the slowest ${Math.max(...times).toFixed(0)} ms; near at first: ${near}`,
    )
    expect(last).toBeLessThan(Math.max(SOON, BUSY * first))
    // A canvas each at most, and no more nodes than figures: nothing is left of what was drawn before.
    expect(await painted()).toBeLessThanOrEqual(MANY)
    expect(await page.locator('.jp-Notebook:visible canvas').count()).toBeLessThanOrEqual(MANY)
    expect(await page.locator('.jp-Notebook:visible .psilab-figure').count()).toBeLessThanOrEqual(MANY)
  })

  test('Notebook 7 has figures, commands and menu', async () => {
    const notebook7 = await newPage()
    await notebook7.goto(lab.url.replace('/lab/tree/', '/notebooks/'))
    await first(notebook7).locator('canvas').waitFor(PATIENCE)
    await notebook7.locator('[data-jp-item-name="psilab"]').click()
    const menu = notebook7.locator('.lm-Menu')
    await menu.waitFor()
    expect(await menu.innerText()).toContain('Copy Problem as Code')
    await menu.getByText('Live ψlab Figures').click()
    await notebook7.locator('#psilab-inspector').waitFor(PATIENCE)
    await notebook7.screenshot({ path: path.join(screenshots, 'lab-notebook7.png') })
    expect(await notebook7.evaluate(() => (window as unknown as { noted: string[] }).noted)).toEqual([])
    await notebook7.close()
  })

  test('without the extension the pictures stand', async () => {
    const without = await newPage()
    await without.route(/@psilab/, (route) => route.abort())
    await without.goto(lab.url)
    const pictures = without.locator('.jp-Notebook .jp-RenderedImage img')
    await pictures.first().waitFor({ timeout: 60_000 })
    expect(await without.locator('.psilab-figure').count()).toBe(0)
    await without.close()
  })
})
