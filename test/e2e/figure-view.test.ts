/**
 * Figures in a plain page: what a reader can do with them, and what is done only when it can be seen.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { at } from '../../tools/setup/paths.mjs'
import { findBrowser, launch, NO_BROWSER } from './_browser.ts'
import { openBench } from './_draw.mjs'

// biome-ignore lint/suspicious/noExplicitAny: the page has its own types
type Bench = any
declare const bench: Bench

const browserPath = findBrowser()

const KINDS = [
  'problemSample',
  'fieldSample',
  'evolutionSample',
  'eigenstatesSample',
  'thermodynamicsSample',
  'landscapeSample',
  'derivationSample',
  'panelsSample',
] as const

describe.skipIf(!browserPath && !process.env['CI'])('a figure in a page', () => {
  let browser: Browser
  let page: Page
  const home = mkdtempSync(path.join(tmpdir(), 'psilab-figures-'))

  beforeAll(async () => {
    if (!browserPath) throw new Error(NO_BROWSER)
    browser = await launch(browserPath, home)
  })

  afterEach(() => page?.close())

  afterAll(async () => {
    await browser?.close()
    rmSync(home, { recursive: true, force: true })
  })

  const open = async (options: Parameters<typeof openBench>[1] = {}): Promise<void> => {
    page = await openBench(browser, options)
    await page.emulateMedia({ reducedMotion: 'reduce' })
  }

  const show = (sample: string): Promise<void> =>
    page.evaluate(async (name) => {
      await bench.show(bench.samples[name]())
    }, sample)

  const frame = async (): Promise<number> =>
    Number(await page.getAttribute('[data-psilab-frame]', 'data-psilab-frame'))

  describe('shows another in its place', () => {
    test('with new numbers in the same drawing, without drawing anew', async () => {
      await open()
      const same = await page.evaluate(async () => {
        const view = await bench.show(bench.samples.evolutionSample(0.3, 9))
        const canvas = document.querySelector('canvas')!
        const before = canvas.toDataURL()
        await view.replace(bench.samples.evolutionSample(0.35, 9))
        return [canvas === document.querySelector('canvas'), before !== canvas.toDataURL()]
      })
      expect(same).toEqual([true, true])
    })

    test('looks as if it were drawn anew, to the pixel', async () => {
      await open()
      const different = await page.evaluate(async () => {
        const { samples } = bench
        const replaced = await bench.show(samples.evolutionSample(0.6, 9))
        await replaced.replace({ ...samples.evolutionSample(0.9, 9), title: 'Wave function in real time' })
        const anew = await bench.show(samples.evolutionSample(0.9, 9))
        await replaced.show(5)
        await anew.show(5)
        const [a, b] = [...document.querySelectorAll('canvas')].map((canvas) =>
          canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height),
        )
        return a!.data.reduce((sum, value, i) => sum + Number(value !== b!.data[i]), 0)
      })
      expect(different).toBe(0)
    })

    test('of another kind, drawn out of sight before it takes the place', async () => {
      await open()
      const blank = await page.evaluate(async () => {
        const view = await bench.show(bench.samples.evolutionSample(0, 9))
        let blank = 0
        new MutationObserver(() => {
          if (!document.querySelector('.psilab-body:not(.psilab-hidden) :is(canvas, svg.marks)')) blank++
        }).observe(document.body, { childList: true, subtree: true })
        await view.replace(bench.samples.eigenstatesSample())
        return blank
      })
      expect(blank).toBe(0)
      expect(await page.getAttribute('.psilab-figure', 'data-psilab-kind')).toBe('eigenstates')
      expect(await page.$('.psilab-player')).toBeNull()
    })

    test('the latest alone where several come at once', async () => {
      await open()
      const [drops, end] = await page.evaluate(async () => {
        const view = await bench.show(bench.samples.evolutionSample(0, 9))
        const all = [0.1, 0.2, 0.3, 0.4].map((angle) => view.replace(bench.samples.evolutionSample(angle, 9)))
        await Promise.all(all)
        return [bench.page.liveFigures.list[0].drops, view.figure.angle]
      })
      expect(drops).toBe(3)
      expect(end).toBeCloseTo(0.4, 12)
    })

    test('not while it cannot be seen, nor while paused', async () => {
      await open()
      const order = await page.evaluate(async () => {
        const view = await bench.show(bench.samples.evolutionSample(0, 9))
        const wait = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 150))
        const angles: number[] = []
        const look = async (): Promise<void> => {
          await wait()
          angles.push(view.figure.angle)
        }
        view.pause()
        void view.replace(bench.samples.evolutionSample(0.1, 9))
        await look()
        view.resume()
        await look()
        view.node.style.marginTop = '3000px'
        await wait()
        void view.replace(bench.samples.evolutionSample(0.2, 9))
        await look()
        view.node.style.marginTop = ''
        await look()
        return angles
      })
      expect(order).toEqual([0, 0.1, 0.1, 0.2])
    })
  })

  describe('with a player', () => {
    test('obeys the keys that its help names', async () => {
      await open()
      await show('evolutionSample')
      await page.focus('.psilab-figure')
      await page.keyboard.press('ArrowRight')
      expect(await frame()).toBe(1)
      await page.keyboard.press('Shift+ArrowRight')
      expect(await frame()).toBe(6)
      await page.keyboard.press('End')
      expect(await frame()).toBe(54)
      await page.keyboard.press('Home')
      expect(await frame()).toBe(0)
      await page.keyboard.press('+')
      expect(await page.inputValue('.psilab-player select')).toBe('2')
      await page.keyboard.press('l')
      expect(await page.getAttribute('[aria-label="Again from the start"]', 'aria-pressed')).toBe('false')
      await page.keyboard.press('Space')
      await page.waitForFunction(
        () => Number(document.querySelector<HTMLElement>('.psilab-figure')!.dataset['psilabFrame']) > 3,
      )
      await page.keyboard.press('Space')
      const resting = await frame()
      await page.waitForTimeout(150)
      expect(await frame()).toBe(resting)
      await page.keyboard.press('?')
      expect(await page.locator('.psilab-help').innerText()).toContain('play or pause')
      await page.keyboard.press('Escape')
      expect(await page.locator('.psilab-help').count()).toBe(0)
    })

    test('stops at the end where it is not to begin again', async () => {
      await open()
      await show('evolutionSample')
      await page.focus('.psilab-figure')
      for (const key of ['l', '+', '+', 'End', 'Shift+ArrowLeft', 'Space']) await page.keyboard.press(key)
      await page.getByRole('button', { name: 'Play' }).waitFor()
      expect(await frame()).toBe(54)
    })

    test('does not play by itself for who wants nothing to move', async () => {
      await open()
      await show('evolutionSample')
      await page.waitForTimeout(200)
      expect(await frame()).toBe(0)
      await page.emulateMedia({ reducedMotion: 'no-preference' })
      await page.evaluate(() => bench.setPreferences({ reducedMotion: 'always' }))
      await show('evolutionSample')
      await page.waitForTimeout(200)
      expect(await page.locator('[data-psilab-frame="0"]').count()).toBe(2)
    })

    test('tells its frame at most once a second', async () => {
      await open()
      await show('evolutionSample')
      const told = await page.evaluate(async () => {
        const words: string[] = []
        const aloud = document.querySelector('.psilab-aloud')!
        new MutationObserver(() => words.push(aloud.textContent!)).observe(aloud, { childList: true })
        const figure = document.querySelector<HTMLElement>('.psilab-figure')!
        for (let k = 0; k < 20; k++) {
          figure.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true }))
          await new Promise((resolve) => setTimeout(resolve, 60))
        }
        await new Promise((resolve) => setTimeout(resolve, 1100))
        return words
      })
      expect(told.length).toBeGreaterThan(1)
      expect(told.length).toBeLessThanOrEqual(3)
      expect(told.at(-1)).toBe(
        await page.inputValue('.psilab-player output').catch(() => page.textContent('.psilab-player output')),
      )
    })
  })

  describe('beside others of its problem', () => {
    const both = (): Promise<unknown> =>
      page.evaluate(async () => {
        const provenance = { psilab: '0.1.0', problem: 'abc' }
        for (const frames of [9, 17]) {
          await bench.show({ ...bench.samples.evolutionSample(0, frames), provenance })
        }
      })
    const frames = (): Promise<number[]> =>
      page.$$eval('[data-psilab-frame]', (all) =>
        all.map((one) => Number((one as HTMLElement).dataset['psilabFrame'])),
      )

    test('leads them through time, until it leaves', async () => {
      await open({ height: 1400 })
      await both()
      await page.locator('.psilab-figure').first().focus()
      await page.keyboard.press('End')
      await expect.poll(frames).toEqual([8, 16])
      await page.keyboard.press('ArrowLeft')
      await expect.poll(frames).toEqual([7, 14])
      await page.keyboard.press('a')
      await page.keyboard.press('Home')
      await expect.poll(frames).toEqual([0, 14])
    })

    test('is where they are when it is drawn later', async () => {
      await open({ height: 1400 })
      await both()
      await page.locator('.psilab-figure').first().focus()
      await page.keyboard.press('End')
      await expect.poll(frames).toEqual([8, 16])
      await page.evaluate(async () => {
        const provenance = { psilab: '0.1.0', problem: 'abc' }
        await bench.show({ ...bench.samples.evolutionSample(0, 5), provenance })
      })
      await expect.poll(frames).toEqual([8, 16, 4])
    })

    test('leads those that can be seen, and the others once they are', async () => {
      await open({ height: 700 })
      await both()
      await page.locator('.psilab-figure').last().scrollIntoViewIfNeeded()
      await page.evaluate(() => scrollTo(0, 0))
      await page.addStyleTag({ content: '.output { margin-bottom: 700px }' })
      await page.locator('.psilab-figure').first().focus()
      await page.waitForTimeout(200)
      await page.keyboard.press('End')
      await page.waitForTimeout(200)
      expect(await frames()).toEqual([8, 0])
      await page.locator('.psilab-figure').last().scrollIntoViewIfNeeded()
      await expect.poll(frames).toEqual([8, 16])
    })

    test('leads them through temperatures', async () => {
      await open({ height: 3000 })
      await page.evaluate(async () => {
        const provenance = { psilab: '0.1.0', problem: 'abc' }
        const figure = bench.samples.thermodynamicsSample()
        for (const title of ['one', 'other']) await bench.show({ ...figure, title, provenance })
        await bench.show({ ...figure, title: 'of another problem' })
      })
      const [first] = await frames()
      await page.locator('.psilab-figure').first().focus()
      await page.keyboard.press('ArrowRight')
      await expect.poll(frames).toEqual([first! + 1, first! + 1, first])
    })

    test('keeps to them while its own sliders vary the problem', async () => {
      await open({ height: 1800 })
      await page.evaluate(async () => {
        const provenance = { psilab: '0.1.0', problem: 'abc' }
        const controls = [{ name: 'D', label: 'D', lower: 0.1, upper: 1, value: 0.1, scale: 'linear' }]
        const figure = { ...bench.samples.evolutionSample(0, 9), provenance }
        await bench.show(figure)
        const other = { ...figure, provenance: { ...provenance, problem: 'xyz' } }
        const live = async () => ({
          recompute: async () => other,
          settle: async () => other,
          dispose: () => {},
        })
        await bench.show({ ...figure, live: { computation: 'evolution', controls } }, {}, { live })
      })
      await page.getByRole('slider', { name: 'D', exact: true }).press('End')
      await expect.poll(() => page.evaluate(() => bench.views[1].figure.provenance.problem)).toBe('xyz')
      await page.locator('.psilab-player input[type=range]').last().press('End')
      await expect.poll(frames).toEqual([8, 8])
      await page.locator('.psilab-player input[type=range]').first().press('Home')
      await expect.poll(frames).toEqual([0, 0])
    })

    test('shows them where the pointer is', async () => {
      await open({ height: 1400 })
      await both()
      const box = (await page.locator('.psilab-chart').first().boundingBox())!
      await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
      await expect.poll(() => page.locator('.psilab-cursor').count()).toBe(2)
      await page.mouse.move(box.x, box.y - 20)
      await expect.poll(() => page.locator('.psilab-cursor').count()).toBe(0)
    })
  })

  describe('with sliders', () => {
    const showLive = (): Promise<void> =>
      page.evaluate(async () => {
        const controls = [
          { name: 'angle', label: 'θ', lower: 0, upper: 1, value: 0.2, scale: 'linear' },
          { name: 'D', label: 'D', lower: 0.01, upper: 1, value: 0.1, scale: 'log' },
        ]
        const figure = {
          ...bench.samples.evolutionSample(0.2, 9),
          live: { computation: 'evolution', controls },
        }
        const asked: unknown[] = []
        Object.assign(window, { asked })
        const settled: unknown[] = []
        Object.assign(window, { settled })
        const figureAt = async (values: Record<string, number>) => {
          await new Promise((resolve) => setTimeout(resolve, 30))
          if (values['D']! > 0.9) throw new Error('D above 0.9 is too much for this test.')
          return { ...bench.samples.evolutionSample(values['angle'], 9), live: figure.live }
        }
        const live = async () => ({
          recompute: (values: Record<string, number>) => {
            asked.push(values)
            return figureAt(values)
          },
          settle: (values: Record<string, number>) => {
            settled.push(values)
            return figureAt(values)
          },
          dispose: () => {},
        })
        await bench.show(figure, {}, { live })
      })
    const angle = (): Promise<number> => page.evaluate(() => bench.views[0].figure.angle)
    const slider = (name: string) => page.getByRole('slider', { name, exact: true })
    const field = (name: string) => page.getByRole('textbox', { name: `${name}, typed` })

    test('is computed anew at what a slider, its keys and its field say', async () => {
      await open()
      await showLive()
      await slider('θ').focus()
      await page.keyboard.press('End')
      await expect.poll(angle).toBe(1)
      await field('θ').fill('0.25')
      await page.keyboard.press('Enter')
      await expect.poll(angle).toBe(0.25)
      expect(await slider('θ').inputValue()).toBe('100')
      await slider('θ').dblclick()
      await expect.poll(angle).toBe(0.2)
      expect(await page.getByRole('button', { name: 'As saved' }).isVisible()).toBe(false)
    })

    test('goes from decade to decade at the same pace, where the scale is logarithmic', async () => {
      await open()
      await showLive()
      await slider('D').fill('200')
      expect(await field('D').inputValue()).toBe('0.1')
      await slider('D').fill('100')
      expect(Number(await field('D').inputValue())).toBeCloseTo(0.01 * 10 ** 0.5, 4)
    })

    test('says what cannot be computed, keeps what is shown, and goes back to what was saved', async () => {
      await open()
      await showLive()
      await field('D').fill('0.95')
      await page.keyboard.press('Enter')
      await page.getByText('D above 0.9 is too much for this test.').waitFor()
      expect(await page.locator('canvas').count()).toBe(1)
      await field('D').fill('7')
      await page.keyboard.press('Enter')
      expect(await page.locator('.psilab-controls-status').textContent()).toBe('D goes from 0.01 to 1.')
      expect(await field('D').getAttribute('aria-invalid')).toBe('true')
      await page.getByRole('button', { name: 'As saved' }).click()
      await expect.poll(() => field('D').inputValue()).toBe('0.1')
      await expect.poll(() => page.locator('.psilab-controls-status').textContent()).toBe('')
    })

    test('computes what was asked last, not all that was asked', async () => {
      await open()
      await showLive()
      await slider('θ').focus()
      for (let k = 0; k < 30; k++) await page.keyboard.press('ArrowRight')
      await expect.poll(angle).toBe(0.275)
      expect(
        await page.evaluate(() => (window as unknown as { asked: unknown[] }).asked.length),
      ).toBeLessThan(31)
      const settled = () => page.evaluate(() => (window as unknown as { settled: unknown[] }).settled)
      // The whole figure, once, when the slider rests.
      await expect.poll(settled).toEqual([{ angle: 0.275, D: 0.1 }])
    })

    test('takes the sliders of a figure that comes from elsewhere, and leaves those of the one before', async () => {
      await open()
      await showLive()
      await slider('θ').focus()
      await page.keyboard.press('End')
      await expect.poll(angle).toBe(1)
      await page.evaluate(async () => {
        const [view] = bench.views
        const controls = [{ name: 'until', label: 'end', lower: 1, upper: 3, value: 2, scale: 'linear' }]
        const next = {
          ...bench.samples.evolutionSample(0.4, 9),
          live: { computation: 'evolution', controls },
        }
        await view.replace(next)
      })
      expect(await slider('end').count()).toBe(1)
      expect(await slider('θ').count()).toBe(0)
      await page.evaluate(async () => {
        await bench.views[0].replace(bench.samples.evolutionSample(0.5, 9))
      })
      expect(await page.locator('.psilab-controls').count()).toBe(0)
    })

    test('stands at its own values where what was kept of them is of another name, or beyond the ends', async () => {
      await open()
      await page.evaluate(async () => {
        const control = (name: string) => ({
          name,
          label: name,
          lower: 0,
          upper: 1,
          value: 0.5,
          scale: 'linear',
        })
        const controls = [control('toString'), control('D')]
        const figure = {
          ...bench.samples.evolutionSample(0.2, 9),
          live: { computation: 'evolution', controls },
          view: { values: { D: 1e300 } },
        }
        await bench.show(figure, {}, { live: async () => undefined })
      })
      expect(await field('toString').inputValue()).toBe('0.5')
      expect(await field('D').inputValue()).toBe('1')
    })
  })

  describe('that cannot be drawn', () => {
    /** Places that no axis has room for: all the same, but for a few of the smallest numbers there are. */
    const tiny = (sample: string): Promise<[refused: boolean, words: string, pictures: number]> =>
      page.evaluate(async (name) => {
        const figure = bench.samples[name]()
        const x = { ...figure.x, dtype: 'float32', scale: 5e-324 }
        const view = await bench.show({ ...figure, x }, { png: 'iVBORw0KGgo=' })
        return [view.isRefused, view.node.textContent!, view.node.querySelectorAll('img').length]
      }, sample)

    test.each(['evolutionSample', 'eigenstatesSample'])(
      '%s ends in a sentence beside its picture',
      async (sample) => {
        await open()
        const uncaught: unknown[] = []
        page.on('pageerror', (error) => uncaught.push(error))
        expect(await tiny(sample)).toEqual([true, 'This figure cannot be drawn.', 1])
        await show('problemSample')
        expect(await page.locator('.psilab-figure[data-psilab-ready] .psilab-chart').count()).toBe(1)
        expect(uncaught).toEqual([])
      },
    )
  })

  describe('among many', () => {
    test('is printed as its picture while it is not drawn', async () => {
      await open()
      await page.evaluate(async () => {
        const canvas = document.createElement('canvas')
        canvas.getContext('2d')!.fillRect(0, 0, 100, 100)
        const png = canvas.toDataURL().split(',')[1]
        for (let k = 0; k < 12; k++) await bench.show(bench.samples.eigenstatesSample(), { png })
      })
      const pictures = page.locator('.psilab-printed')
      const printed = (): Promise<boolean[]> =>
        pictures.evaluateAll((all) => all.map((one) => one.checkVisibility()))
      const drawn = await page
        .locator('.psilab-figure')
        .evaluateAll((all) => all.map((one) => one.querySelector('.marks') !== null))
      expect(drawn).toContain(true)
      expect(drawn).toContain(false)
      expect(await printed()).not.toContain(true)
      const paper = (await page.pdf()).toString('latin1')
      expect(paper.match(/\/Subtype \/Image/g)).not.toBeNull()
      await page.emulateMedia({ media: 'print' })
      expect(await printed()).toEqual(drawn.map((is) => !is))
    })

    test('is drawn when it comes near, without a jump of what is below', async () => {
      await open()
      const heights = await page.evaluate(async () => {
        for (let k = 0; k < 12; k++) {
          await bench.show(bench.samples[k % 2 ? 'eigenstatesSample' : 'evolutionSample']())
        }
        await new Promise((resolve) => setTimeout(resolve, 300))
        return document.body.scrollHeight
      })
      const drawn = (): Promise<number> => page.locator('.psilab-chart :is(canvas, svg)').count()
      expect(await drawn()).toBeLessThan(8)
      await page.locator('.psilab-figure').last().scrollIntoViewIfNeeded()
      await expect.poll(drawn).toBeGreaterThan(3)
      for (let y = heights; y > 0; y -= 600) {
        await page.evaluate((top) => scrollTo(0, top), y)
        await page.waitForTimeout(60)
      }
      await expect.poll(drawn).toBe(12)
      expect(await page.evaluate(() => document.body.scrollHeight)).toBe(heights)
    })
  })

  describe('for every reader', () => {
    test('shows its data as a table that follows the frame', async () => {
      await open()
      await show('evolutionSample')
      await page.focus('.psilab-figure')
      await page.keyboard.press('d')
      const caption = page.locator('.psilab-data caption')
      expect(await caption.textContent()).toContain('t = 0')
      expect(await page.locator('.psilab-data tbody tr').count()).toBe(160)
      expect(await page.locator('.psilab-data th').allTextContents()).toEqual([
        'x',
        'zeta',
        'magnitude',
        'phase',
      ])
      await page.focus('.psilab-figure')
      await page.keyboard.press('End')
      await expect.poll(() => caption.textContent()).toContain('t = 8')
      await page.keyboard.press('d')
      expect(await page.locator('.psilab-data').count()).toBe(0)
    })

    test('holds the focus nowhere', async () => {
      await open()
      await show('evolutionSample')
      await page.evaluate(() => {
        document
          .querySelector('main')!
          .append(Object.assign(document.createElement('button'), { id: 'after', textContent: 'After' }))
      })
      const passed: string[] = []
      for (let k = 0; k < 20 && passed.at(-1) !== 'after'; k++) {
        await page.keyboard.press('Tab')
        passed.push(
          await page.evaluate(() => document.activeElement!.id || document.activeElement!.className),
        )
      }
      expect(passed.at(-1)).toBe('after')
      expect(passed[0]).toBe('psilab-figure')
    })

    test('passes the checks of axe in both themes, every kind, with data and keys shown', async () => {
      await open()
      await page.addScriptTag({ path: at('node_modules/axe-core/axe.min.js') })
      const found: string[] = []
      for (const sample of KINDS) {
        await show(sample)
        for (const button of await page.getByRole('button', { name: /^(Data as a table|Keys of)/ }).all())
          await button.click()
        for (const theme of ['light', 'dark']) {
          const violations: string[] = await page.evaluate(async (name) => {
            bench.setTheme(name)
            // @ts-expect-error: a script of the page
            const { violations } = await axe.run('main')
            return violations.map(
              ({ id, nodes }: Bench) =>
                `${id}: ${nodes.map(({ html }: Bench) => html.slice(0, 160)).join(' | ')}`,
            )
          }, theme)
          found.push(...violations.map((violation) => `${sample}, ${theme}: ${violation}`))
        }
        await page.evaluate(() => bench.clear())
      }
      expect(found).toEqual([])
    })
  })
})
