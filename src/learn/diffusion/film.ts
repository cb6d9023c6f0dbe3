/** Particles on their way through time with the density that they should have, as panels under one cursor. */
import type { FieldPanel, PanelCursor } from '../../figure/index.js'
import type { GaussianMixture } from './mixture.js'
import { linspace, planeColumns } from './panels.js'
import type { Trajectories } from './sampling.js'

/** Points along each side of a field, and of a line against time; points of a marginal, and bins. */
const [SIDE, LINE, MARGIN, BINS] = [36, 120, 81, 24]
/** Trajectories over the density of a line. */
const PATHS = 16
/** Share of the particles that lie beyond each end of an axis, and the room beside. */
const [OUTSIDE, ROOM] = [2e-3, 0.05]
/** Earliest time at which samples have a density to show. */
const EARLIEST = 0.01

interface Film {
  readonly panel: FieldPanel
  readonly cursor: PanelCursor
}

/** Undefined where nothing moved, or in more than two coordinates. */
export function filmOf(
  cloud: Trajectories,
  names: readonly string[],
  law: ((t: number) => GaussianMixture) | undefined,
): Film | undefined {
  const { times, columns, count } = cloud
  if (columns.length > 2 || times.length < 3 || count === 0 || law === undefined) return undefined
  const cursor = { symbol: 't', values: times, shown: times.length - 1 }
  const at = (t: number): GaussianMixture => law(Math.max(t, EARLIEST))
  return columns.length === 1
    ? { panel: onLine(cloud, names[0], at), cursor }
    : { panel: inPlane(cloud, names, at), cursor: { ...cursor, plays: true } }
}

/** Density over time and place, trajectories over it, and at both ends the densities and the particles. */
function onLine(
  { times, columns: [x], count }: Trajectories,
  name: string,
  law: (t: number) => GaussianMixture,
): FieldPanel {
  const last = times.length - 1
  const rising = linspace([times[last], times[0]], LINE)
  const across = linspace(reach(x), LINE)
  const rows = Array.from(rising, (t) => law(t).density([across]))
  const peaks = rows.map((row) => row.reduce((most, p) => Math.max(most, p), 0))
  const column = (k: number): Float64Array =>
    Float64Array.from({ length: count }, (_, p) => x[p * times.length + k])
  const range = [across[0], across[LINE - 1]] as const
  return {
    type: 'field',
    heading: 'Particles going back',
    labels: ['t', name],
    axes: [rising, across],
    values: Float64Array.from(rows.flatMap((row, k) => [...row].map((p) => p / peaks[k]))),
    quantity: 'p/max',
    paths: Array.from({ length: Math.min(PATHS, count) }, (_, p) => ({
      label: '',
      points: Array.from(times, (t, k) => [t, x[p * times.length + k]]).flat(),
    })),
    margins: [
      { side: 'left', label: 'samples', mark: 'bars', values: shares(column(last), range) },
      { side: 'left', label: 'density at the ends', values: rows[0] },
      { side: 'right', label: 'samples', mark: 'bars', values: shares(column(0), range) },
      { side: 'right', label: 'density at the ends', values: rows[LINE - 1] },
    ],
    cursor: 'x',
  }
}

/** The particles at each time over the density, with both marginals of each. */
function inPlane(
  { times, columns, count }: Trajectories,
  names: readonly string[],
  law: (t: number) => GaussianMixture,
): FieldPanel {
  const ranges = columns.map(reach)
  const axes = [linspace(ranges[0], SIDE), linspace(ranges[1], SIDE)] as const
  const plane = planeColumns(axes[0], axes[1])
  const column = (d: number, k: number): Float64Array =>
    Float64Array.from({ length: count }, (_, p) => columns[d][p * times.length + k])
  const stops = [...times.keys()]
  return {
    type: 'field',
    heading: 'Particles going back',
    labels: [names[0], names[1]],
    axes,
    values: stops.map((k) => law(times[k]).density(plane)),
    quantity: 'p',
    samples: [stops.map((k) => column(0, k)), stops.map((k) => column(1, k))],
    margins: ([0, 1] as const).flatMap((d) => {
      const side = d === 0 ? 'top' : 'right'
      const range = ranges[d]
      const along = linspace(range, MARGIN)
      return [
        {
          side,
          label: 'particles',
          mark: 'bars',
          values: stops.map((k) => shares(column(d, k), range)),
        } as const,
        {
          side,
          label: 'exact marginals',
          values: stops.map((k) => law(times[k]).marginal(d).density([along])),
        } as const,
      ]
    }),
  }
}

/** Where nearly all particles are at all times. */
function reach(x: Float64Array): readonly [number, number] {
  const sorted = x.toSorted()
  const skip = Math.floor(OUTSIDE * sorted.length)
  const [low, high] = [sorted[skip], sorted[sorted.length - 1 - skip]]
  const room = ROOM * (high - low) || 1
  return [low - room, high + room]
}

/** The density of particles in equal bins of a range. */
function shares(x: Float64Array, [low, high]: readonly [number, number]): Float64Array {
  const width = (high - low) / BINS
  const bins = new Float64Array(BINS)
  for (const v of x) if (v >= low && v < high) bins[Math.floor((v - low) / width)] += 1 / (x.length * width)
  return bins
}
