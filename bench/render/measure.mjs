/** All that the page of `npm run bench:render` states. */
import { idle, inLab, slide, startCell, untilPainted } from './lab.mjs'
import { bundleSize, LINE, PLANE, savedSizes } from './sizes.mjs'
import { streamed } from './stream.mjs'

const PANELS = `phaseSpace(qde({ objective: '(x^2 - 1)^2', D: 0.1 })
  .evolve(wavePacket({ x0: 1, sigma: 0.2 }), { until: 6 }).final, { D: 0.1 })`

/** Runs on a line of 1024 points and in a plane of 128², whose sliders are moved. */
const LIVE = {
  'live.line': `qde({ objective: '(x^2 - 1)^2 + 0.2*x', D: 0.1, grid: { lower: -4, upper: 4, points: 1024 } })
  .evolve(wavePacket({ x0: 1, sigma: 0.2 }), { until: 6 })`,
  'live.plane': `qde({ objective: '(x^2 - 1)^2 + y^2', D: 0.1, grid: { lower: -4, upper: 4, points: 128 } })
  .evolve(wavePacket({ x0: [1, 0], sigma: 0.25, k0: [0, 1] }), { until: 3 })`,
}

const THIRTY = 30

/** @param {readonly number[]} values */
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

/**
 * @param {number} repeats
 * @param {(line: string) => void} say
 * @returns {Promise<Readonly<Record<string, number>>>}
 */
export async function measure(repeats, say) {
  /** @type {Record<string, number>} */
  const found = { 'size.bundle': bundleSize(), ...(await savedSizes()) }
  say('figures in JupyterLab')
  await inLab([LINE, PLANE, PANELS], async (page, requested) => {
    const own = requested.filter((url) => url.includes('/extensions/@psilab/') && url.includes('.js'))
    found['size.start'] = bundleSize(own.map((url) => new URL(url).pathname.split('/').at(-1) ?? ''))
    // The first figure loads the renderer.
    await untilPainted(page, 0)
    for (const [index, id] of ['first.line', 'first.plane', 'first.panels'].entries()) {
      const times = []
      for (let k = 0; k < repeats; k++) times.push(await untilPainted(page, index))
      found[id] = median(times)
    }
  })
  say('a notebook of thirty outputs')
  const other = "qde({ objective: 'x^4', D: 0.1 }).eigenstates(5)"
  const cells = Array.from({ length: THIRTY }, (_, k) => [LINE, PANELS, other][k % 3] ?? LINE)
  await inLab([...cells.slice(1), LINE], async (page) => {
    for (let k = 0; k < THIRTY - 1; k++) {
      await startCell(page, k)
      await idle(page)
    }
    const times = []
    for (let k = 0; k < repeats; k++) times.push(await untilPainted(page, THIRTY - 1))
    found['first.thirtieth'] = median(times)
  })
  say('sliders')
  await inLab(Object.values(LIVE), async (page) => {
    for (const [index, id] of Object.keys(LIVE).entries()) {
      await startCell(page, index)
      await idle(page)
      const rates = []
      for (let k = 0; k < repeats; k++) rates.push(await slide(page, index, 'D'))
      found[id] = median(rates)
    }
  })
  say('streams')
  return { ...found, ...(await streamed()) }
}
