/** Panels that several results of this folder show. */
import type { LinesPanel, Panel } from '../../figure/index.js'
import type { Columns } from '../../objective/index.js'
import type { Trajectories } from './sampling.js'
import type { Target } from './target.js'

/** Points of a curve; points along each side of a field. */
const CURVE = 401
const SIDE = 97
/** Bins of a histogram in a figure. */
const BINS = 80
/** Trajectories that can be told apart in one panel. */
const PATHS = 6

export function histogramOf(x: Float64Array, bins: number): { centres: Float64Array; density: Float64Array } {
  const [low, high] = extent(x, 0)
  const width = (high - low) / bins || 1
  const density = new Float64Array(bins)
  for (const v of x) density[Math.min(bins - 1, Math.floor((v - low) / width))] += 1 / (x.length * width)
  return { centres: density.map((_, b) => low + (b + 0.5) * width), density }
}

/** Least and largest value, widened by a share of the range. */
export function extent(x: ArrayLike<number>, margin: number): readonly [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (let i = 0; i < x.length; i++) {
    low = Math.min(low, x[i])
    high = Math.max(high, x[i])
  }
  const room = margin * (high - low) || (low === high ? 1 : 0)
  return [low - room, high + room]
}

export function linspace([low, high]: readonly [number, number], count = CURVE): Float64Array {
  return Float64Array.from({ length: count }, (_, i) => low + ((high - low) * i) / (count - 1))
}

/** Both coordinates of each point of a plane of nx × ny points, C order. */
export function planeColumns(x: Float64Array, y: Float64Array): [Float64Array, Float64Array] {
  return [
    Float64Array.from({ length: x.length * y.length }, (_, i) => x[Math.floor(i / y.length)]),
    Float64Array.from({ length: x.length * y.length }, (_, i) => y[i % y.length]),
  ]
}

/** Samples as a histogram or as dots, beside the density or the data that they should follow. */
export function densityPanel(
  heading: string,
  columns: readonly Float64Array[],
  target: Target,
  names: readonly string[],
): Panel {
  if (columns.length === 2 && target.density !== undefined)
    return planePanel(heading, columns, target.density, names)
  if (columns.length === 2)
    return {
      type: 'lines',
      heading: 'Samples and data',
      x: { label: names[0] },
      y: { label: names[1] },
      series: [
        { label: 'samples', mark: 'points', x: columns[0], y: columns[1] },
        { label: 'data', mark: 'points', role: 'reference', x: target.points![0], y: target.points![1] },
      ],
    }
  const { centres, density } = histogramOf(columns[0], BINS)
  const reference = referenceLine(target, extent(columns[0], 0.05))
  return {
    type: 'lines',
    heading: columns.length === 1 ? heading : `${heading}: ${names[0]}`,
    x: { label: names[0] },
    y: { label: 'density' },
    series: [{ label: 'samples', mark: 'bars', x: centres, y: density }, reference],
  }
}

function referenceLine(target: Target, range: readonly [number, number]): LinesPanel['series'][number] {
  const label = target.points === undefined ? 'exact' : 'data'
  if (target.density !== undefined && target.dimension === 1) {
    const x = linspace(range)
    return { label, role: 'reference', x, y: target.density([x]) }
  }
  const cumulative = target.cumulative(0)
  if (cumulative === undefined) {
    const { centres, density } = histogramOf(target.points![0] as Float64Array, 40)
    return { label, role: 'reference', mark: 'steps', x: centres, y: density }
  }
  // The density of one coordinate by differences of its distribution: exact enough to be seen.
  const edges = linspace(range, CURVE + 1)
  const f = edges.map(cumulative)
  const step = edges[1] - edges[0]
  return {
    label,
    role: 'reference',
    x: edges.slice(1).map((x) => x - step / 2),
    y: f.slice(1).map((v, i) => (v - f[i]) / step),
  }
}

function planePanel(
  heading: string,
  [x, y]: readonly Float64Array[],
  density: (points: Columns) => Float64Array,
  [nameX, nameY]: readonly string[],
): Panel {
  const axes = [linspace(extent(x, 0.03), SIDE), linspace(extent(y, 0.03), SIDE)] as const
  return {
    type: 'field',
    heading,
    labels: [nameX, nameY],
    axes,
    values: density(planeColumns(axes[0], axes[1])),
    quantity: 'p',
    contours: true,
    samples: [x.subarray(0, 1000), y.subarray(0, 1000)],
  }
}

/** Trajectories against time, or in the plane of the first two coordinates. */
export function pathsPanel(
  { times, columns, count }: Trajectories,
  names: readonly string[],
  heading = 'Particles going back',
): Panel[] {
  const shown = Math.min(count, PATHS)
  if (shown === 0 || times.length < 2) return []
  const part = (d: number, p: number): Float64Array =>
    columns[d].subarray(p * times.length, (p + 1) * times.length)
  const plane = columns.length > 1
  return [
    {
      type: 'lines',
      heading,
      x: { label: plane ? names[0] : 't' },
      y: { label: plane ? names[1] : names[0] },
      series: Array.from({ length: shown }, (_, p) => ({
        label: `${p + 1}`,
        x: plane ? part(0, p) : times,
        y: plane ? part(1, p) : part(0, p),
      })),
    },
  ]
}
