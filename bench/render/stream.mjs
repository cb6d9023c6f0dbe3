/** Figures that the kernel streams while a cell runs: painted frames a second, and the lag from `update` to the paint. */
import { idle, inLab, startCell } from './lab.mjs'

/** Milliseconds for which a stream is watched, and for which its cell runs. */
const WATCHED = 4000
const RUNS = 12_000

/** What is streamed: a figure whose numbers are there already, so that the way to the page is what is measured. */
const SETUP = `import { evolutionFigure, landscapeFigure, pack } from 'psilab/figure'
const line = qde({ objective: 'x^2/2', D: 0.5 }).figure().problem
const plane = qde({ objective: '(x^2 + y^2)/2', D: 0.5 }).figure().problem
const range = (n: number) => Float64Array.from({ length: n }, (_, i) => (8 * i) / (n - 1) - 4)
class Frame {
  constructor(readonly make: () => object) {}
  figure() { return this.make() }
  async [Symbol.for('Jupyter.display')]() { return { 'text/plain': 'the last frame' } }
}
const onLine = (points: number, t: number) => {
  const x = range(points)
  const psi = new Float64Array(2 * points)
  x.forEach((at, i) => {
    const size = Math.exp(-((at - 2 * Math.cos(t)) ** 2) / 2)
    psi[2 * i] = size * Math.cos(2 * at * Math.sin(t))
    psi[2 * i + 1] = -size * Math.sin(2 * at * Math.sin(t))
  })
  const zeta = x.map((at) => at ** 2 / 2)
  return evolutionFigure({ problem: line, angle: 0, readings: ['born'], x, zeta, times: [t], psi: [psi], energy: [2.5] })
}
const fields = new Map<number, object[]>()
const onPlane = (points: number, t: number) => {
  if (!fields.has(points)) {
    const axis = range(points)
    const well = (c: number) => axis.map((at) => Math.exp(-((at - c) ** 2)))
    const field = (f: (i: number, j: number) => number) =>
      pack(Float64Array.from({ length: points ** 2 }, (_, k) => f(Math.floor(k / points), k % points)),
        { dtype: 'uint8', shape: [points, points] })
    const zeta = field((i, j) => (axis[i]! ** 2 + axis[j]! ** 2) / 2)
    const small = range(8)
    const base = landscapeFigure({ problem: plane, axes: [small, small], zeta: new Float64Array(64),
      densities: [Float64Array.from({ length: 64 }, (_, k) => k)], frames: { symbol: 't', values: [0] }, points: [], paths: [] })
    fields.set(points, Array.from({ length: 32 }, (_, k) => {
      const [a, b] = [well(2 * Math.cos(k / 5)), well(2 * Math.sin(k / 5))]
      return { ...base, axes: [pack(axis), pack(axis)], zeta, densities: [field((i, j) => a![i]! * b![j]!)],
        frames: { symbol: 't', values: [k / 5] } }
    }))
  }
  return fields.get(points)![Math.floor(5 * t) % 32]!
}
const stream = async (make: (t: number) => object) => {
  make(0)
  const shown = display(new Frame(() => make(0)))
  for (const end = Date.now() + ${RUNS}; Date.now() < end; await new Promise((r) => setTimeout(r, 4))) {
    const t = Date.now() / 300 % 6
    shown.update(new Frame(() => make(t)))
  }
}`

const CELLS = /** @type {const} */ ([
  ['stream.line', 'await stream((t) => onLine(512, t))'],
  ['stream.plane', 'await stream((t) => onPlane(256, t))'],
  ['stream.large', 'await stream((t) => onPlane(512, t))'],
])

/** @returns {Promise<Readonly<Record<string, number>>>} `….rate` in frames a second, `….lag` in milliseconds, the median */
export async function streamed() {
  /** @type {Record<string, number>} */
  const found = {}
  await inLab([SETUP, ...CELLS.map(([, source]) => source)], async (page) => {
    await startCell(page, 0)
    await idle(page)
    for (const [index, [id]] of CELLS.entries()) {
      await startCell(page, index + 1)
      await page.waitForSelector('.psilab-stream:not([hidden])[data-psilab-frame]', { timeout: 30_000 })
      const lags = await page.evaluate(async (duration) => {
        const line = document.querySelector('.psilab-stream:not([hidden])')
        const { dataset } = /** @type {HTMLElement} */ (line)
        /** @type {number[]} */
        const all = []
        let last = ''
        const began = performance.now()
        while (performance.now() - began < duration) {
          await new Promise(requestAnimationFrame)
          const { psilabFrame = '', psilabLag } = dataset
          if (psilabFrame !== last) all.push(Number(psilabLag))
          last = psilabFrame
        }
        return all
      }, WATCHED)
      found[`${id}.rate`] = (1000 * lags.length) / WATCHED
      found[`${id}.lag`] = lags.toSorted((a, b) => a - b)[Math.floor(lags.length / 2)] ?? Number.NaN
      await idle(page)
    }
  })
  return found
}
