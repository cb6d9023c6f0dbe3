/**
 * ψ in space as a volume: what is painted, in which colours, by how many contexts, and what is said where none is to be had.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { boxOf, windowOf } from '../../src/page/volume/camera.js'
import { browserArguments } from '../../tools/setup/browser.mjs'
import { findBrowser, launch, NO_BROWSER } from './_browser.ts'
import { openBench } from './_draw.mjs'

// biome-ignore lint/suspicious/noExplicitAny: the page has its own types
type Bench = any
declare const bench: Bench

/** What the page counts: contexts that were made, pictures that were drawn by them. */
declare const made: WebGL2RenderingContext[]
declare const counted: { draws: number }

const browserPath = findBrowser()

describe.skipIf(!browserPath && !process.env['CI'])('the volume of a figure', () => {
  let browser: Browser
  let page: Page
  const home = mkdtempSync(path.join(tmpdir(), 'psilab-volume-'))

  beforeAll(async () => {
    if (!browserPath) throw new Error(NO_BROWSER)
    browser = await launch(browserPath, home)
  })

  afterEach(() => page?.close())

  afterAll(async () => {
    await browser?.close()
    rmSync(home, { recursive: true, force: true })
  })

  const open = async (from: Browser = browser): Promise<void> => {
    page = await openBench(from, { height: 1300 })
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await page.evaluate(() => {
      const contexts: unknown[] = []
      const counted = { draws: 0 }
      const { getContext } = HTMLCanvasElement.prototype
      HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, ...given: [string]) {
        const context = getContext.apply(this, given)
        if (given[0] === 'webgl2' && context) contexts.push(context)
        return context
      } as typeof getContext
      const { drawArrays } = WebGL2RenderingContext.prototype
      WebGL2RenderingContext.prototype.drawArrays = function (...given) {
        counted.draws++
        drawArrays.apply(this, given)
      }
      Object.assign(globalThis, { made: contexts, counted })
    })
  }

  const show = (): Promise<void> =>
    page.evaluate(async () => {
      await bench.show(bench.samples.spaceSample())
    })

  const press = (k = 0): Promise<void> =>
    page.locator('.psilab-volume-place > button').nth(k).click({ timeout: 10_000 })

  const picture = (k = 0) => page.locator('.psilab-volume-picture').nth(k)

  /** Waits until one more picture is drawn than there were. */
  const drawn = (before: number): Promise<unknown> =>
    page.waitForFunction((before) => counted.draws > before, before, { timeout: 10_000 })

  const draws = (): Promise<number> => page.evaluate(() => counted.draws)

  const turn = async (...keys: readonly string[]): Promise<void> => {
    for (const key of keys) {
      const before = await draws()
      await picture().press(key)
      await drawn(before)
    }
  }

  /** Keeps what a picture shows under a name. */
  const keep = (name: string, k = 0): Promise<void> =>
    picture(k).evaluate((canvas: HTMLCanvasElement, name) => {
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height)
      Object.assign(globalThis, { kept: { ...(globalThis as { kept?: object }).kept, [name]: data } })
    }, name)

  /** Share of the bytes of a picture that differ from what was kept. */
  const difference = (name: string, k = 0): Promise<number> =>
    picture(k).evaluate((canvas: HTMLCanvasElement, name) => {
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height)
      const before = (globalThis as unknown as { kept: Record<string, Uint8ClampedArray> }).kept[name]!
      return data.reduce((sum, value, i) => sum + Number(value !== before[i]), 0) / data.length
    }, name)

  test('has sections above it that sliders move, say where they are, and are saved with', async () => {
    await open()
    await show()
    const chart = page.locator('.psilab-chart canvas, .psilab-chart svg')
    const drawn = await chart.elementHandle()
    const slider = page.getByRole('group', { name: 'Sections' }).getByRole('slider', { name: 'z' })
    const before = await chart.screenshot()
    await slider.focus()
    await slider.press('PageUp')
    await slider.press('ArrowRight')
    const z = Number(await page.getByRole('textbox', { name: 'z, typed' }).inputValue())
    expect(z).toBeGreaterThan(0.1)
    const words = `z = ${Number(z.toPrecision(4))}`
    const figure = page.locator('.psilab-figure')
    await expect.poll(() => figure.getAttribute('aria-label')).toContain(words)
    // Words that are read aloud come at most once a second.
    await expect.poll(() => page.textContent('.psilab-aloud'), { timeout: 3000 }).toContain(words)
    expect(await chart.evaluate((node, before) => node === before, drawn)).toBe(true)
    expect((await chart.screenshot()).equals(before)).toBe(false)
    const slice = () => page.evaluate(() => bench.views[0].context.view.slice as number[] | undefined)
    expect((await slice())![2]).toBe(z)
    await page.getByRole('button', { name: 'As at first' }).click()
    expect(await slice()).toBeUndefined()
    await expect.poll(async () => (await chart.screenshot()).equals(before)).toBe(true)
  })

  test('is there when it is asked for, under the sections, and goes again', async () => {
    await open()
    await show()
    expect(await picture().count()).toBe(0)
    expect(await page.evaluate(() => made.length)).toBe(0)
    await press()
    await drawn(0)
    expect(await page.locator('.psilab-chart canvas, .psilab-chart svg').count()).toBeGreaterThan(0)
    const opaque = await picture().evaluate((canvas: HTMLCanvasElement) => {
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height)
      return data.reduce((sum, value, i) => sum + Number(i % 4 === 3 && value > 128), 0)
    })
    expect(opaque).toBeGreaterThan(1000)
    await press()
    expect(await picture().count()).toBe(0)
    expect(await page.evaluate(() => made.map((context) => context.isContextLost()))).toEqual([true])
  })

  test('turns by keys and pointer, comes nearer, goes back, and says how it is seen', async () => {
    await open()
    await show()
    await press()
    await drawn(0)
    await keep('first')
    const label = await picture().getAttribute('aria-label')
    expect(label).toContain('azimuth 30°')
    await turn('ArrowRight')
    expect(await difference('first')).toBeGreaterThan(0.02)
    expect(await picture().getAttribute('aria-label')).not.toBe(label)
    await turn('ArrowLeft')
    expect(await difference('first')).toBe(0)
    await turn('+')
    expect(await difference('first')).toBeGreaterThan(0.02)
    await turn('Home')
    expect(await difference('first')).toBe(0)
    const place = (await picture().boundingBox())!
    const before = await draws()
    await page.mouse.move(place.x + 150, place.y + 150)
    await page.mouse.down()
    await page.mouse.move(place.x + 190, place.y + 130)
    await page.mouse.up()
    await drawn(before)
    expect(await difference('first')).toBeGreaterThan(0.02)
    // And nothing moves by itself.
    const rest = await draws()
    await page.waitForTimeout(300)
    expect(await draws()).toBe(rest)
  })

  test('has the colour of the phase, which turns once about the vortex and with the frame', async () => {
    await open()
    const known = await page.evaluate(async () => {
      const { figures, samples } = bench
      const figure = samples.spaceSample()
      const weights = [...figures.unpack(figure.weights)]
      // The second frame is i times the first.
      const turned = weights.map((_, k) => (k % 2 === 0 ? -weights[k + 1]! : weights[k - 1]!))
      await bench.show({
        ...figure,
        weights: figures.pack([...weights, ...turned], {
          dtype: 'float64',
          shape: [2, weights.length / 2, 2],
        }),
        frames: { symbol: 'n', values: [1, 2] },
      })
      return {
        domains: figures.volumeAxes(figure).map(({ domain }: { domain: number[] }) => domain),
        uniform: [...figures.volumeColours('light', 'uniform')],
        safe: [...figures.volumeColours('dark', 'safe')],
      }
    })
    await press()
    await drawn(0)
    // From above, x to the right: along the line of sight arg(x + i(y + 1/2)) is one.
    await turn(...Array(4).fill('ArrowRight'), ...Array(9).fill('ArrowDown'))
    expect(await picture().getAttribute('aria-label')).toContain('azimuth 0° and elevation 90°')
    const lengths = known.domains.map(([a, b]: number[]) => b! - a!)
    const half = windowOf(boxOf(lengths), { azimuth: 0, elevation: 90, zoom: 1 })
    const expectPhases = async (colours: readonly number[], shift: number): Promise<void> => {
      const { width, height } = await picture().evaluate(({ width, height }: HTMLCanvasElement) => ({
        width,
        height,
      }))
      for (let k = 0; k < 16; k++) {
        // Not at angles where edges are drawn over it.
        const angle = (2 * Math.PI * (k + 0.5)) / 16
        const [x, y] = [Math.cos(angle), Math.sin(angle) - 0.5]
        const unit = height / half / Math.max(...lengths)
        const [column, row] = [
          Math.floor(width / 2 + unit * (x - (known.domains[0][0] + known.domains[0][1]) / 2)),
          Math.floor(height / 2 - unit * (y - (known.domains[1][0] + known.domains[1][1]) / 2)),
        ]
        const phase = Math.round((256 * angle) / (2 * Math.PI) + shift + 256) % 256
        const rgba = await picture().evaluate(
          (canvas: HTMLCanvasElement, [x, y]) => [...canvas.getContext('2d')!.getImageData(x, y, 1, 1).data],
          [column, row] as const,
        )
        expect(rgba[3]).toBeGreaterThan(60)
        for (let c = 0; c < 3; c++)
          expect(Math.abs(rgba[c]! - colours[4 * phase + c]!), `${k}`).toBeLessThan(HUE)
      }
    }
    await expectPhases(known.uniform, 0)
    const before = await draws()
    await page.evaluate(() => bench.views[0].show(1))
    await drawn(before)
    await expectPhases(known.uniform, 64)
    const again = await draws()
    await page.evaluate(() => {
      bench.setPreferences({ colourMap: 'safe' })
      bench.setTheme('dark')
    })
    await drawn(again)
    await page.waitForTimeout(300)
    await expectPhases(known.safe, 64)
  })

  test('of three figures is drawn by one context, and only where it is seen', async () => {
    await open()
    for (const _ of '123') await show()
    for (const k of [0, 1, 2]) {
      await press(k)
      await picture(k).scrollIntoViewIfNeeded()
      await page.waitForFunction(
        (k) => document.querySelectorAll<HTMLCanvasElement>('.psilab-volume-picture')[k]!.width !== 300,
        k,
        { timeout: 10_000 },
      )
    }
    expect(await page.evaluate(() => made.length)).toBe(1)
    await keep('first', 0)
    expect(await difference('first', 1)).toBe(0)
    // The third is in sight, the first is not: it is drawn when it comes.
    await page.waitForTimeout(200)
    const before = await draws()
    await page.evaluate(() => bench.setPreferences({ colourMap: 'safe' }))
    await drawn(before)
    await page.waitForTimeout(300)
    expect(await difference('first', 0)).toBe(0)
    expect(await difference('first', 2)).toBeGreaterThan(0.02)
    const now = await draws()
    await picture(0).scrollIntoViewIfNeeded()
    await drawn(now)
    await keep('other', 2)
    expect(await difference('other', 0)).toBe(0)
    await page.evaluate(() => bench.clear())
    expect(await page.evaluate(() => made.map((context) => context.isContextLost()))).toEqual([true])
  })

  test('whose context is lost says so, and is drawn again when it is asked for', async () => {
    await open()
    await show()
    await press()
    await drawn(0)
    await page.evaluate(() => made[0]!.getExtension('WEBGL_lose_context')!.loseContext())
    await page.waitForSelector('.psilab-volume .psilab-sentence', { timeout: 10_000 })
    expect(await page.textContent('.psilab-volume .psilab-sentence')).toContain('taken its graphics back')
    const before = await draws()
    await press()
    await press()
    await drawn(before)
    expect(await page.evaluate(() => made.length)).toBe(2)
  })

  test('without WebGL is a sentence, and the sections stay', async () => {
    const plain = await chromium.launch({
      executablePath: browserPath!,
      headless: true,
      env: { ...process.env, HOME: home },
      args: [...browserArguments, '--disable-3d-apis'],
    })
    try {
      await open(plain)
      await show()
      await press()
      await page.waitForSelector('.psilab-volume .psilab-sentence', { timeout: 10_000 })
      expect(await page.textContent('.psilab-volume .psilab-sentence')).toContain('no WebGL 2')
      expect(await page.locator('.psilab-chart canvas, .psilab-chart svg').isVisible()).toBe(true)
    } finally {
      await plain.close()
    }
  })
})

/** Levels of 255: ψ is stored in 8 bits, which turns its phase by a step or two of 256, and a step moves a colour by at most 3. */
const HUE = 10
