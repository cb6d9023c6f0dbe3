/** ζ as a rectangle of the coordinates shows it: the samples from which a grid is chosen. */
import { PsilabError } from '../../error.js'
import type { Objective } from '../../objective/index.js'

/** log2 of the half-widths that are tried, by dimension. */
export const SCALES = [
  [0, 0],
  [-10, 24],
  [-2, 14],
] as const
/** Samples along an axis, by dimension. */
const SAMPLES = [0, 4001, 97] as const

/** The golden ratio's part, and how often the bracket of a profile shrinks by it: to 1/300 of a sample. */
const GOLDEN = 0.6180339887498949
const GOLDEN_STEPS = 12

/** Stands for ζ = ±∞. */
export const HUGE = 1e300

/** A rectangle of the coordinates: its centre, and half its width along each axis. */
export interface Rectangle {
  readonly center: readonly number[]
  readonly half: readonly number[]
}

/** ζ on a rectangle, and its minimum profile along each axis. */
export interface Window extends Rectangle {
  /** Distance of the samples along each axis. */
  readonly step: readonly number[]
  /** Coordinates of the samples. */
  readonly columns: readonly Float64Array[]
  readonly zeta: Float64Array
  readonly minimum: number
  /** Where the minimum lies. */
  readonly lowest: readonly number[]
  /** min ζ over the other axis at each sample of an axis; ζ itself on a line. */
  readonly profiles: readonly Float64Array[]
}

/** Windows already sampled: they depend on ζ alone, and serve every D and every demand. */
const sampled = new WeakMap<Objective, Map<string, Window>>()

export function sample(objective: Objective, rectangle: Rectangle): Window {
  const windows = sampled.get(objective) ?? new Map<string, Window>()
  sampled.set(objective, windows)
  const key = [...rectangle.center, ...rectangle.half].join()
  const window = windows.get(key) ?? sampleWindow(objective, rectangle)
  windows.set(key, window)
  return window
}

/** The window of half-width 2^scale about the origin. */
export function around(objective: Objective, scale: number): Window {
  const { variables } = objective
  return sample(objective, { center: variables.map(() => 0), half: variables.map(() => 2 ** scale) })
}

function sampleWindow(objective: Objective, { center, half }: Rectangle): Window {
  const dimension = objective.variables.length
  const n = SAMPLES[dimension]
  const step = half.map((h) => (2 * h) / (n - 1))
  const lines = center.map((c, d) => Float64Array.from({ length: n }, (_, j) => c - half[d] + j * step[d]))
  const columns =
    dimension === 1
      ? lines
      : [
          Float64Array.from({ length: n * n }, (_, i) => lines[0][Math.floor(i / n)]),
          Float64Array.from({ length: n * n }, (_, i) => lines[1][i % n]),
        ]
  const zeta = finite(objective, columns)
  const best = zeta.reduce((least, v, i) => (v < zeta[least] ? i : least), 0)
  return {
    center,
    half,
    step,
    columns,
    zeta,
    minimum: zeta[best],
    lowest: columns.map((c) => c[best]),
    profiles: dimension === 1 ? [zeta] : [0, 1].map((d) => profileAlong(objective, d, lines, step, zeta)),
  }
}

/**
 * min over the other coordinate at each sample of one: the least sample, then golden section between its neighbours,
 * so that a valley narrower than the samples is not missed.
 */
function profileAlong(
  objective: Objective,
  d: number,
  lines: readonly Float64Array[],
  step: readonly number[],
  zeta: Float64Array,
): Float64Array {
  const n = lines[0].length
  const other = 1 - d
  const at = (j: number, k: number): number => (d === 0 ? zeta[j * n + k] : zeta[k * n + j])
  const start = lines[d].map((_, j) => {
    let best = 0
    for (let k = 1; k < n; k++) if (at(j, k) < at(j, best)) best = k
    return lines[other][best]
  })
  const value = (y: Float64Array): Float64Array => finite(objective, d === 0 ? [lines[0], y] : [y, lines[1]])
  let low = start.map((y) => y - step[other])
  let high = start.map((y) => y + step[other])
  for (let iteration = 0; iteration < GOLDEN_STEPS; iteration++) {
    const left = low.map((a, j) => high[j] - GOLDEN * (high[j] - a))
    const right = low.map((a, j) => a + GOLDEN * (high[j] - a))
    const [f, g] = [value(left), value(right)]
    low = low.map((a, j) => (f[j] < g[j] ? a : left[j]))
    high = high.map((b, j) => (f[j] < g[j] ? right[j] : b))
  }
  const refined = value(low.map((a, j) => (a + high[j]) / 2))
  const coarse = value(start)
  return refined.map((v, j) => Math.min(v, coarse[j]))
}

/** ζ with infinities replaced by HUGE. */
function finite(objective: Objective, columns: readonly Float64Array[]): Float64Array {
  return objective.evaluate(columns).map((v, i) => {
    if (Number.isNaN(v)) notFinite(objective, columns, i)
    return Math.max(-HUGE, Math.min(v, HUGE))
  })
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
