/** The constant tables of a stepper, written to its memory in the order in which the generated code reads them. */

import { modeOrder, rootsOfUnity } from '../numeric/index.js'
import { continuedModes } from './boundary.js'
import { CONSTANTS } from './butterflies.js'
import type { Layout } from './layout.js'
import { KINETIC_BYTES } from './passes.js'
import { refuse } from './request.js'

/** Constants of the butterflies and twiddle factors ω_L^{js} of every axis and stage: all before the field. */
export function twiddlesOf({ lines, field }: Layout): Float64Array {
  const memory = new Float64Array(field / 8)
  memory.set(CONSTANTS)
  for (const { radices, twiddles } of lines) {
    const whole = radices.reduce((product, r) => product * r, 1)
    const roots = rootsOfUnity(whole)
    let length = whole
    radices.forEach((r, stage) => {
      let to = twiddles[stage] / 8
      for (let j = 0; j < length / r; j++)
        for (let s = 1; s < r; s++) {
          const t = ((j * s) % length) * (whole / length)
          memory[to++] = roots[2 * t]
          memory[to++] = roots[2 * t + 1]
        }
      length /= r
    })
  }
  return memory
}

/** The factors of the modes of every axis (natural order, interleaved), with the 1/n of the transforms. */
export function writeKinetic(
  memory: Float64Array,
  address: number,
  layout: Layout,
  tables: readonly Float64Array[],
): void {
  layout.lines.forEach(({ radices, lanes, realKinetic }, d) => {
    const table = continuedModes(layout.axes[d], tables[d])
    if (realKinetic) requireReal(table)
    const doubles = KINETIC_BYTES[lanes] / 8
    const roots = lanes === 'points' ? rootsOfUnity(table.length / 2) : undefined
    let to = (address + layout.kinetic[d]) / 8
    for (const k of modeOrder(radices)) {
      if (roots === undefined) writeMode(memory, to, table, k)
      else writePair(memory, to, table, k, roots)
      to += doubles
    }
  })
}

function requireReal(table: Float64Array): void {
  for (let i = 1; i < table.length; i += 2)
    if (table[i] !== 0) refuse('a factor of a step of real factors is not real')
}

function writeMode(memory: Float64Array, to: number, table: Float64Array, k: number): void {
  const n = table.length / 2
  memory[to] = table[2 * k] / n
  memory[to + 1] = table[2 * k + 1] / n
}

/** S, then C w and C w̄ as two lanes of real and two of imaginary parts; see passes.ts. */
function writePair(
  memory: Float64Array,
  to: number,
  table: Float64Array,
  k: number,
  roots: Float64Array,
): void {
  const n = table.length / 2
  const [re, im] = [table[2 * k], table[2 * k + 1]]
  const [otherRe, otherIm] = [table[2 * k + n], table[2 * k + n + 1]]
  const [cRe, cIm] = [(re - otherRe) / n, (im - otherIm) / n]
  const [cosine, sine] = [roots[2 * k], -roots[2 * k + 1]]
  memory[to] = (re + otherRe) / n
  memory[to + 1] = (im + otherIm) / n
  memory[to + 2] = cRe * cosine + cIm * sine
  memory[to + 3] = cRe * cosine - cIm * sine
  memory[to + 4] = cIm * cosine - cRe * sine
  memory[to + 5] = cIm * cosine + cRe * sine
}
