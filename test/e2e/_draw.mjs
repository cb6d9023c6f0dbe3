/**
 * Figures in a plain page of Chromium, without Jupyter: what tests draw on, and a look at a figure while one works on it.
 *
 *     node test/e2e/_draw.mjs FIGURE… [--dark] [--width 360] [--height 900] [--frame 7] [--out picture.png]
 *
 * FIGURE is a file with a payload, a notebook with figures in its outputs, or the name of a sample of
 * test/src/figure/samples.ts such as evolutionSample. The browser is CHROME_PATH, or chromium on the PATH.
 */
import { readFileSync, realpathSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'
import { at } from '../../tools/setup/paths.mjs'
import { SLIM } from '../../tools/slim/vega.mjs'

const MIME = 'application/vnd.psilab.figure.v1+json'

/** What the page can be asked for: `window.bench`. */
const PAGE = `
  import { FigureView, DEFAULT_PREFERENCES, fontsOf } from ${JSON.stringify(at('src/page/index.ts'))}
  import * as page from ${JSON.stringify(at('src/page/index.ts'))}
  import * as figures from ${JSON.stringify(at('src/figure/index.ts'))}
  import * as samples from ${JSON.stringify(at('test/src/figure/samples.ts'))}
  const themeWatchers = new Set()
  const preferenceWatchers = new Set()
  const watch = (all) => (changed) => {
    all.add(changed)
    return () => all.delete(changed)
  }
  let preferences = DEFAULT_PREFERENCES
  const theme = () => document.documentElement.dataset.psilabTheme ?? 'light'
  const host = {
    theme,
    watchTheme: watch(themeWatchers),
    fonts: fontsOf,
    typesetter: null,
    preferences: () => preferences,
    watchPreferences: watch(preferenceWatchers),
  }
  window.bench = {
    page,
    figures,
    samples,
    host,
    views: [],
    setTheme(name) {
      document.documentElement.dataset.psilabTheme = name
      for (const changed of themeWatchers) changed()
    },
    setPreferences(changes) {
      preferences = { ...preferences, ...changes }
      for (const changed of preferenceWatchers) changed()
    },
    async show(figure, options, more = {}) {
      const place = document.createElement('div')
      place.className = 'output'
      document.querySelector('main').append(place)
      const view = new FigureView(place, figure, { ...host, ...more }, options)
      this.views.push(view)
      await view.draw()
      return view
    },
    clear() {
      for (const view of this.views.splice(0)) view.dispose()
      document.querySelector('main').replaceChildren()
    },
  }`

/** @type {Promise<string> | undefined} */
let built

/** The script of the page, built once. @returns {Promise<string>} */
export function pageScript() {
  built ??= (async () => {
    const bundle = await rolldown({
      input: 'bench',
      platform: 'browser',
      resolve: { alias: SLIM },
      plugins: [
        {
          name: 'bench',
          resolveId: (id) => (id === 'bench' ? at('test/e2e/bench.js') : null),
          load: (id) => (id === at('test/e2e/bench.js') ? PAGE : null),
        },
      ],
    })
    const { output } = await bundle.generate({ format: 'iife', codeSplitting: false })
    await bundle.close()
    return output[0].code
  })()
  return built
}

const PAPER = `
  body { margin: 0; background: var(--psilab-paper); }
  main { padding: 0 8px; }`

/**
 * An empty page with \`window.bench\` in it.
 * @param {import('playwright-core').Browser} browser
 * @param {{ width?: number, height?: number, theme?: 'light' | 'dark' }} [options]
 */
export async function openBench(browser, { width = 860, height = 900, theme = 'light' } = {}) {
  const page = await browser.newPage({ viewport: { width, height } })
  await page.setContent(
    `<!doctype html><html lang="en" data-psilab-theme="${theme}"><title>Figures</title><main></main></html>`,
  )
  await page.addStyleTag({ path: at('src/page/style.css') })
  await page.addStyleTag({ content: PAPER })
  await page.addScriptTag({ content: await pageScript() })
  return page
}

/** The payloads of a file. @param {string} file @returns {unknown[]} */
function payloadsOf(file) {
  const content = JSON.parse(readFileSync(file, 'utf8'))
  if (!Array.isArray(content.cells)) return [content[MIME] ?? content]
  return content.cells
    .flatMap((/** @type {any} */ cell) => cell.outputs ?? [])
    .flatMap((/** @type {any} */ output) => output.data?.[MIME] ?? [])
}

/** @param {readonly string[]} words */
async function main(words) {
  /** @param {string} name */
  const value = (name) => (words.includes(name) ? words[words.indexOf(name) + 1] : undefined)
  const named = words.filter(
    (word, i) => !word.startsWith('--') && (i === 0 || !/^--(?!dark)/.test(words[i - 1] ?? '')),
  )
  const { chromium } = await import('playwright-core')
  const browser = await chromium.launch({
    executablePath: process.env['CHROME_PATH'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
  })
  try {
    const page = await openBench(browser, {
      width: Number(value('--width') ?? 860),
      height: Number(value('--height') ?? 900),
      theme: words.includes('--dark') ? 'dark' : 'light',
    })
    page.on('console', (message) => console.log(message.text()))
    page.on('pageerror', (error) => console.error(error))
    await page.emulateMedia({ reducedMotion: 'reduce' })
    for (const name of named) {
      const figures = /^\w+$/.test(name) ? [name] : payloadsOf(name)
      for (const figure of figures) {
        await page.evaluate(
          async ([figure, frame]) => {
            const { bench } = /** @type {any} */ (window)
            const view = await bench.show(typeof figure === 'string' ? bench.samples[figure]() : figure)
            if (frame !== undefined) await view.show?.(Number(frame))
          },
          /** @type {const} */ ([figure, value('--frame')]),
        )
      }
    }
    const out = value('--out') ?? 'figure.png'
    await page.waitForTimeout(300)
    await page.screenshot({ path: out, fullPage: true })
    console.log(path.resolve(out))
  } finally {
    await browser.close()
  }
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url))
  await main(process.argv.slice(2))
