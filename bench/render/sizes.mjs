/** Sizes of what is loaded and of what is saved. */
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { qde, wavePacket } from 'psilab'
import { JUPYTER_DISPLAY } from 'psilab/figure'
import { at } from '../../tools/setup/paths.mjs'

const KILO = 1000
const STATIC = at('extension', 'labextension', 'static')

/** @param {string} file */
const packed = (file) => gzipSync(readFileSync(file), { level: 9 }).length / KILO

/** Kilobytes of files of the extension, packed. @param {readonly string[]} [names] default all */
export function bundleSize(names = readdirSync(STATIC).filter((name) => name.endsWith('.js'))) {
  return names.reduce((sum, name) => sum + packed(path.join(STATIC, name)), 0)
}

/** The 1-D run whose figure is saved and drawn. */
export const LINE = `qde({ objective: '(x^2 - 1)^2 + 0.2*x', D: 0.1 })
  .evolve(wavePacket({ x0: 1, sigma: 0.2, k0: 0 }), { until: 12 })`

/** The 2-D run on 256². */
export const PLANE = `qde({ objective: '(x^2 - 1)^2 + y^2', D: 0.1, grid: { lower: -4, upper: 4, points: 256 } })
  .evolve(wavePacket({ x0: [1, 0], sigma: 0.25, k0: [0, 2] }), { until: 3 })`

/** Kilobytes of outputs, as a notebook keeps them with picture and text, and of a figure in a file of its own. */
export async function savedSizes() {
  const line = qde({ objective: '(x^2 - 1)^2 + 0.2*x', D: 0.1 }).evolve(
    wavePacket({ x0: 1, sigma: 0.2, k0: 0 }),
    { until: 12 },
  )
  const plane = qde({
    objective: '(x^2 - 1)^2 + y^2',
    D: 0.1,
    grid: { lower: -4, upper: 4, points: 256 },
  }).evolve(wavePacket({ x0: [1, 0], sigma: 0.25, k0: [0, 2] }), { until: 3 })
  /** @param {{ [JUPYTER_DISPLAY](): Promise<object> }} result */
  const kilobytes = async (result) => JSON.stringify(await result[JUPYTER_DISPLAY]()).length / KILO
  return {
    'size.line': await kilobytes(line),
    'size.plane': await kilobytes(plane),
    'size.html': (await line.export('html')).length / KILO,
  }
}
