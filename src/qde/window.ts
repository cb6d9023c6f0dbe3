/** ζ as a symmetric window of the axes shows it: the samples from which a grid is chosen. */
import { PsilabError } from '../error.js'
import type { Objective } from '../objective/index.js'

/** log2 of the half-widths that are tried, by dimension. */
export const SCALES = [
  [0, 0],
  [-10, 24],
  [-2, 14],
] as const
/** Samples along an axis, by dimension. */
const SAMPLES = [0, 4001, 65] as const

/** Stands for ζ = ±∞. */
export const HUGE = 1e300

/** ζ on a symmetric window of every axis, and its minimum profile along each axis. */
export interface Window {
  readonly half: number
  readonly step: number
  readonly zeta: Float64Array
  readonly minimum: number
  readonly profiles: readonly Float64Array[]
}

/** Windows already sampled: they depend on ζ alone, and serve every D and every demand. */
const sampled = new WeakMap<Objective, Map<number, Window>>()

export function sample(objective: Objective, half: number): Window {
  const windows = sampled.get(objective) ?? new Map<number, Window>()
  sampled.set(objective, windows)
  const window = windows.get(half) ?? sampleWindow(objective, half)
  windows.set(half, window)
  return window
}

function sampleWindow(objective: Objective, half: number): Window {
  const dimension = objective.variables.length
  const n = SAMPLES[dimension]
  const step = (2 * half) / (n - 1)
  const line = Float64Array.from({ length: n }, (_, j) => -half + j * step)
  const columns =
    dimension === 1
      ? [line]
      : [
          Float64Array.from({ length: n * n }, (_, i) => line[Math.floor(i / n)]),
          Float64Array.from({ length: n * n }, (_, i) => line[i % n]),
        ]
  const zeta = objective.evaluate(columns).map((v, i) => {
    if (Number.isNaN(v)) notFinite(objective, columns, i)
    return Math.max(-HUGE, Math.min(v, HUGE))
  })
  const minimum = zeta.reduce((least, v) => Math.min(least, v), Number.POSITIVE_INFINITY)
  const profiles =
    dimension === 1
      ? [zeta]
      : [0, 1].map((d) => {
          const profile = new Float64Array(n).fill(HUGE)
          for (let i = 0; i < zeta.length; i++) {
            const j = d === 0 ? Math.floor(i / n) : i % n
            profile[j] = Math.min(profile[j], zeta[i])
          }
          return profile
        })
  return { half, step, zeta, minimum, profiles }
}

function notFinite(objective: Objective, columns: readonly Float64Array[], i: number): never {
  const where = objective.variables.map((v, d) => `${v} = ${Number(columns[d][i].toPrecision(6))}`).join(', ')
  throw new PsilabError({
    code: 'not-finite',
    parameter: 'objective',
    problem: `ζ is not a number at ${where}`,
    allowed: 'a number everywhere, when the grid is to be chosen from ζ',
    advice:
      'Give a grid that leaves this point out, for example grid: { lower: 0.1, upper: 5, points: 256 }.',
  })
}
