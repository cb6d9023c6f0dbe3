/** The constant tables of a stepper, written to its memory in the order in which the generated code reads them. */

import { modeOrder, rootOfUnity } from '../numeric/index.js'
import { CONSTANTS } from './butterflies.js'
import type { Layout } from './layout.js'
import { KINETIC_BYTES } from './passes.js'
import { refuse } from './request.js'

/** Constants of the butterflies and twiddle factors ω_L^{js} of every axis and stage. */
export function writeTwiddles(memory: Float64Array, { lines }: Layout): void {
  memory.set(CONSTANTS)
  for (const { radices, twiddles } of lines) {
    let length = radices.reduce((product, r) => product * r, 1)
    radices.forEach((r, stage) => {
      let to = twiddles[stage] / 8
      for (let j = 0; j < length / r; j++)
        for (let s = 1; s < r; s++) {
          const [re, im] = rootOfUnity(length, j * s)
          memory[to++] = re
          memory[to++] = im
        }
      length /= r
    })
  }
}

/** The factors of the modes of every axis (natural order, interleaved), with the 1/n of the transforms. */
export function writeKinetic(
  memory: Float64Array,
  address: number,
  layout: Layout,
  tables: readonly Float64Array[],
): void {
  layout.lines.forEach(({ radices, lanes, realKinetic }, d) => {
    if (realKinetic && tables[d].some((v, i) => i % 2 === 1 && v !== 0))
      refuse('a factor of a step of real factors is not real')
    const start = (address + layout.kinetic[d]) / 8
    const doubles = KINETIC_BYTES[lanes] / 8
    modeOrder(radices).forEach((k, position) => {
      const entry = lanes === 'points' ? pairEntry(tables[d], k) : modeEntry(tables[d], k)
      memory.set(entry, start + doubles * position)
    })
  })
}

function modeEntry(table: Float64Array, k: number): number[] {
  const n = table.length / 2
  return [table[2 * k] / n, table[2 * k + 1] / n]
}

/** S, then C w and C w̄ as two lanes of real and two of imaginary parts; see passes.ts. */
function pairEntry(table: Float64Array, k: number): number[] {
  const n = table.length / 2
  const [re, im] = [table[2 * k], table[2 * k + 1]]
  const [otherRe, otherIm] = [table[2 * k + n], table[2 * k + n + 1]]
  const [cRe, cIm] = [(re - otherRe) / n, (im - otherIm) / n]
  const [cosine, minusSine] = rootOfUnity(n, k)
  const sine = -minusSine
  return [
    (re + otherRe) / n,
    (im + otherIm) / n,
    cRe * cosine + cIm * sine,
    cRe * cosine - cIm * sine,
    cIm * cosine - cRe * sine,
    cIm * cosine + cRe * sine,
  ]
}
