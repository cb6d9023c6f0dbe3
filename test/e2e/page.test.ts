import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { rolldown } from 'rolldown'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Stepper, type StepperAxis, type StepperRequest, stepper } from '../../src/engine/index.js'
import { qde, wavePacket } from '../../src/index.js'
import { at } from '../../tools/setup/paths.mjs'
import { periodic, randomField, requestOf, sizeOf } from '../src/engine/_requests.ts'
import { findBrowser, launch, NO_BROWSER } from './_browser.ts'

/** What the tests call in the page's worker. */
interface Laboratory {
  readonly stepper: (request: StepperRequest) => Stepper
  readonly qde: typeof qde
  readonly wavePacket: typeof wavePacket
}

/** The library as a page gets it: one script, without Node. */
async function bundled(): Promise<string> {
  const source = `
    import { stepper } from ${JSON.stringify(at('src/engine/index.ts'))}
    import { qde, wavePacket } from ${JSON.stringify(at('src/index.ts'))}
    const laboratory = { stepper, qde, wavePacket }
    onmessage = ({ data: { work, given } }) => {
      try { postMessage({ answer: new Function('laboratory', 'given', 'return (' + work + ')(laboratory, given)')(laboratory, given) }) }
      catch (error) { postMessage({ failure: String(error) }) }
    }`
  const bundle = await rolldown({
    input: 'worker',
    platform: 'browser',
    plugins: [
      {
        name: 'worker',
        resolveId: (id) => (id === 'worker' ? id : null),
        load: (id) => (id === 'worker' ? source : null),
      },
    ],
  })
  const { output } = await bundle.generate({ format: 'iife', codeSplitting: false })
  return output[0].code
}

/** Rounding of runs of some hundred steps whose factors come from another host's sine and exponential. */
const OTHER_HOST = 1e-11

const browserPath = findBrowser()

describe.skipIf(!browserPath && !process.env.CI)('the library in the worker of a page', () => {
  let browser: Browser
  let page: Page
  const home = mkdtempSync(path.join(tmpdir(), 'psilab-page-'))

  beforeAll(async () => {
    if (!browserPath) throw new Error(NO_BROWSER)
    browser = await launch(browserPath, home)
    page = await browser.newPage()
    await page.evaluate(
      (code) => {
        const url = URL.createObjectURL(new Blob([code], { type: 'text/javascript' }))
        Object.assign(globalThis, { worker: new Worker(url) })
      },
      await bundled(),
    )
  })

  afterAll(async () => {
    await browser?.close()
    rmSync(home, { recursive: true, force: true })
  })

  /** Does some work in the page's worker. Its text travels, so it sees nothing but its arguments. */
  async function inWorker<Given, Answer>(
    given: Given,
    work: (laboratory: Laboratory, given: Given) => Answer,
  ): Promise<Answer> {
    const reply = await page.evaluate(
      ([text, value]) =>
        new Promise<{ answer?: unknown; failure?: string }>((resolve) => {
          const { worker } = globalThis as unknown as { worker: Worker }
          worker.onmessage = ({ data }) => resolve(data)
          worker.postMessage({ work: text, given: value })
        }),
      [String(work), given] as const,
    )
    if (reply.failure !== undefined) throw new Error(reply.failure)
    return reply.answer as Answer
  }

  test.each<[string, readonly StepperAxis[]]>([
    ['a line', periodic(128)],
    ['a plane', periodic(48, 64)],
    ['a box with walls', [{ points: 15, boundary: 'walls' }, ...periodic(16, 20)]],
  ])('%s: the same factors give the same bits as here', async (_, axes) => {
    const request = requestOf({ axes, angle: 0, method: 'chin4a' })
    const psi = randomField(2 * sizeOf(axes))
    const here = stepper(request)
    here.load(psi)
    here.run(50)
    const expected = new Float64Array(psi.length)
    here.store(expected)
    const given = {
      axes,
      psi: Array.from(psi),
      stages: request.stages.map((stage) =>
        stage.part === 'V'
          ? { part: 'V' as const, table: Array.from(stage.table as Float64Array) }
          : { part: 'T' as const, tables: stage.tables.map((table) => Array.from(table)) },
      ),
    }
    const answer = await inWorker(given, (laboratory, { axes, psi, stages }) => {
      const there = laboratory.stepper({
        axes,
        stages: stages.map((stage) =>
          stage.part === 'V'
            ? { part: 'V', table: Float64Array.from(stage.table) }
            : { part: 'T', tables: stage.tables.map((table) => Float64Array.from(table)) },
        ),
      })
      there.load(Float64Array.from(psi))
      there.run(50)
      const result = new Float64Array(psi.length)
      there.store(result)
      return { kind: there.kind, psi: Array.from(result) }
    })
    expect(answer.kind).toBe('webassembly')
    expect(answer.psi).toEqual(Array.from(expected))
  })

  test('a packet in a plane moves as it does here', async () => {
    const options = { until: 1, frames: 1, steps: 64, reproducible: true } as const
    const objective = '(x^2 + y^2)/2 + 0.1*x^2*y'
    const packet = { x0: [1, 0], sigma: [0.7, 0.7] }
    const grid = { lower: -8, upper: 8, points: 64, boundary: 'periodic' } as const
    const here = qde({ objective, D: 0.5, grid }).evolve(wavePacket(packet), options).final
    const there = await inWorker({ objective, grid, packet, options }, (laboratory, given) => {
      const problem = laboratory.qde({ objective: given.objective, D: 0.5, grid: given.grid })
      return Array.from(problem.evolve(laboratory.wavePacket(given.packet), given.options).final.values)
    })
    const difference = there.reduce((most, v, i) => Math.max(most, Math.abs(v - here.values[i]!)), 0)
    expect(difference).toBeLessThan(OTHER_HOST)
  })

  test('levels of a line and of a plane', async () => {
    const [line, plane] = await inWorker(['(x^2 - 1)^2', 'x^4 + y^4 + x*y'], (laboratory, objectives) =>
      objectives.map((objective) => Array.from(laboratory.qde({ objective, D: 1 }).eigenstates(3).energies)),
    )
    expect(line![0]).toBeCloseTo(1.137785848188223, 11)
    const here = qde({ objective: 'x^4 + y^4 + x*y', D: 1 }).eigenstates(3).energies
    for (let n = 0; n < 3; n++) expect(plane![n]).toBeCloseTo(here[n]!, 8)
  })
})
