/** ζ as a rectangle of the coordinates shows it: the samples from which a grid is chosen. */
import { PsilabError } from '../../error.js'
import { columnsOf, stridesOf } from '../../grid/index.js'
import { evaluateAll, type Interval, type Objective } from '../../objective/index.js'

/** log2 of the half-widths of the windows about the origin, by dimension. */
const SCALES = [
  [],
  range(-10, 24),
  [-20, -14, -8, ...range(-2, 14), 20],
  [-20, -14, -8, ...range(-2, 8), 14, 20],
] as const

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, k) => first + k)
}

/** log2 of the half-widths that are tried, ascending. */
export function scalesOf({ variables }: Objective): readonly number[] {
  return SCALES[variables.length]
}

/** Samples along an axis, by dimension. */
const SAMPLES = [0, 4001, 97, 33] as const

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
  /** min ζ over the other axes at each sample of an axis; ζ itself on a line. */
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

/** Times a part of a shell is halved before it is given up. */
const HALVINGS = 3

/** The scales whose windows show, outside the next smaller one, places at which ζ may be as low as an energy. */
export function scalesBelow(objective: Objective, energy: number): readonly number[] {
  const scales = scalesOf(objective)
  const { lowerBound, variables } = objective
  if (lowerBound === undefined) return scales
  const isAbove = (box: readonly Interval[], halvings: number): boolean => {
    if (lowerBound(box) > energy) return true
    if (halvings === 0) return false
    const widths = box.map(([a, b]) => b - a)
    const d = widths.indexOf(Math.max(...widths))
    const middle = (box[d][0] + box[d][1]) / 2
    return (
      isAbove(box.with(d, [box[d][0], middle]), halvings - 1) &&
      isAbove(box.with(d, [middle, box[d][1]]), halvings - 1)
    )
  }
  const cube = (half: number): Interval[] => variables.map(() => [-half, half])
  return scales.filter((scale, k) => {
    const outer = 2 ** scale
    if (k === 0) return !isAbove(cube(outer), 0)
    const inner = 2 ** scales[k - 1]
    return !variables.every((_, d) =>
      (
        [
          [-outer, -inner],
          [inner, outer],
        ] as const
      ).every((side) => isAbove(cube(outer).with(d, side), HALVINGS)),
    )
  })
}

function sampleWindow(objective: Objective, { center, half }: Rectangle): Window {
  const dimension = objective.variables.length
  const n = SAMPLES[dimension]
  const step = half.map((h) => (2 * h) / (n - 1))
  const lines = center.map((c, d) => {
    const line = new Float64Array(n)
    const [start, h] = [c - half[d], step[d]]
    for (let j = 0; j < n; j++) line[j] = start + j * h
    return line
  })
  const columns = dimension === 1 ? lines : productOf(lines)
  const zeta = finite(objective, columns)
  let best = 0
  for (let i = 1; i < zeta.length; i++) if (zeta[i] < zeta[best]) best = i
  let profiles: readonly Float64Array[] | undefined
  return {
    center,
    half,
    step,
    columns,
    zeta,
    minimum: zeta[best],
    lowest: columns.map((c) => c[best]),
    get profiles() {
      profiles ??=
        dimension === 1 ? [zeta] : lines.map((_, d) => profileAlong(objective, d, lines, step, zeta))
      return profiles
    },
  }
}

/** The coordinates of all points of a product, C order. */
function productOf(lines: readonly Float64Array[]): Float64Array[] {
  const shape = lines.map((line) => line.length)
  const axes = lines.map((coordinates) => ({ coordinates, points: coordinates.length }))
  return columnsOf({ axes, shape }, 0, stridesOf(shape)[0] * shape[0])
}

/**
 * min over the other coordinates at each sample of one: the least sample, then golden section between its neighbours
 * along each of the others in turn, so that a valley narrower than the samples is not missed.
 */
function profileAlong(
  objective: Objective,
  d: number,
  lines: readonly Float64Array[],
  step: readonly number[],
  zeta: Float64Array,
): Float64Array {
  const strides = stridesOf(lines.map((line) => line.length))
  const n = lines[d].length
  const lowest = new Int32Array(n).fill(-1)
  for (let i = 0; i < zeta.length; i++) {
    const j = Math.floor(i / strides[d]) % n
    if (lowest[j] < 0 || zeta[i] < zeta[lowest[j]]) lowest[j] = i
  }
  const place: Float64Array[] = lines.map((line, e) =>
    Float64Array.from(lowest, (i) => line[Math.floor(i / strides[e]) % line.length]),
  )
  const coarse = Float64Array.from(lowest, (i) => zeta[i])
  lines.forEach((_, e) => {
    if (e !== d) place[e] = goldenSection(objective, place, e, step[e])
  })
  const refined = finite(objective, place)
  return refined.map((v, j) => Math.min(v, coarse[j]))
}

/** The coordinate e of each place moved to the least ζ within a step of it. */
function goldenSection(
  objective: Objective,
  place: readonly Float64Array[],
  e: number,
  step: number,
): Float64Array {
  const value = (x: Float64Array): Float64Array =>
    finite(
      objective,
      place.map((line, c) => (c === e ? x : line)),
    )
  let low = place[e].map((y) => y - step)
  let high = place[e].map((y) => y + step)
  for (let iteration = 0; iteration < GOLDEN_STEPS; iteration++) {
    const left = low.map((a, j) => high[j] - GOLDEN * (high[j] - a))
    const right = low.map((a, j) => a + GOLDEN * (high[j] - a))
    const [f, g] = [value(left), value(right)]
    low = low.map((a, j) => (f[j] < g[j] ? a : left[j]))
    high = high.map((b, j) => (f[j] < g[j] ? right[j] : b))
  }
  return low.map((a, j) => (a + high[j]) / 2)
}

/** ζ with infinities replaced by HUGE. */
function finite(objective: Objective, columns: readonly Float64Array[]): Float64Array {
  const zeta = evaluateAll(objective, columns)
  for (let i = 0; i < zeta.length; i++) {
    const value = zeta[i]
    if (Number.isNaN(value)) notFinite(objective, columns, i)
    if (value > HUGE) zeta[i] = HUGE
    else if (value < -HUGE) zeta[i] = -HUGE
  }
  return zeta
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
