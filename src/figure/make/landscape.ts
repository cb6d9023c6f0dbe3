import { pack } from '../packed.js'
import type { LandscapeFigure, ProblemRecord } from '../payload.js'
import { provenance } from '../provenance.js'
import { expectLength } from './check.js'
import { decimated, take, takeField } from './decimate.js'
import { peakPlace } from './extrema.js'
import { packField } from './field.js'
import { list, say } from './words.js'

/** Most samples along each side of a field and along a path. */
const SIDE = 128
const STEPS = 400

export interface LandscapeData {
  readonly problem: ProblemRecord
  /** Coordinates x and y. */
  readonly axes: readonly [Float64Array, Float64Array]
  /** ζ in C order, index i·Ny + j. */
  readonly zeta: Float64Array
  /** |ψ|² of each frame, in the same order. */
  readonly densities: readonly Float64Array[]
  /** What distinguishes the frames, one value a frame; `labels` are their captions, default "symbol = value". */
  readonly frames: {
    readonly symbol: string
    readonly values: readonly number[]
    readonly labels?: readonly string[]
  }
  readonly points: readonly { readonly label: string; readonly x: number; readonly y: number }[]
  /** Paths, interleaved x, y. */
  readonly paths: readonly { readonly label: string; readonly points: Float64Array }[]
  /** Default "Density on the loss landscape". */
  readonly title?: string
  /** Symbol of what is coloured; default "|ψ|²". */
  readonly quantity?: string
  readonly seed?: number
}

/** Densities in two dimensions over the contours of ζ. */
export function landscapeFigure(data: LandscapeData): LandscapeFigure {
  const { problem, axes, zeta, densities, frames, points, paths, quantity, seed } = data
  const { title = 'Density on the loss landscape' } = data
  const [x, y] = axes
  expectLength('zeta', zeta, x.length * y.length)
  expectLength('frames.values', frames.values, densities.length)
  if (frames.labels) {
    expectLength('frames.labels', frames.labels as unknown as ArrayLike<number>, densities.length)
  }
  const rows = decimated(0, x.length, SIDE)
  const columns = decimated(0, y.length, SIDE)
  const shape = [rows.length, columns.length]
  return {
    kind: 'landscape',
    version: 1,
    title,
    alt: describe(data),
    provenance: provenance(problem, seed),
    problem,
    axes: [pack(take(x, rows), { name: 'axes[0]' }), pack(take(y, columns), { name: 'axes[1]' })],
    zeta: packField(takeField(zeta, y.length, rows, columns), [rows.length, columns.length]),
    densities: densities.map((density, k) => {
      const name = `densities[${k}]`
      expectLength(name, density, x.length * y.length)
      return pack(takeField(density, y.length, rows, columns), { dtype: 'uint8', shape, name })
    }),
    frames: {
      symbol: frames.symbol,
      values: [...frames.values],
      ...(frames.labels && { labels: [...frames.labels] }),
    },
    ...(quantity === undefined ? {} : { quantity }),
    points: points.map(({ label, x, y }) => ({ label, x, y })),
    paths: paths.map(({ label, points: path }) => {
      const steps = decimated(0, path.length / 2, STEPS)
      return {
        label,
        points: pack(takeField(path, 2, steps, [0, 1]), { shape: [steps.length, 2], name: `path ${label}` }),
      }
    }),
  }
}

function describe(data: LandscapeData): string {
  const {
    problem,
    axes: [x, y],
    densities,
    frames,
    points,
    paths,
    quantity = '|ψ|²',
  } = data
  const [nameX, nameY] = [problem.grid[0]?.name ?? 'x', problem.grid[1]?.name ?? 'y']
  const surface = `${problem.grid.length > 2 ? 'a section of ' : ''}ζ(${problem.grid.map((a) => a.name).join(', ')})`
  const at = (px: number, py: number): string => `(${say(px)}, ${say(py)})`
  const peaks = densities.map((density, k) => {
    const [px, py] = peakPlace(density, [x, y])
    return `at ${frames.labels?.[k] ?? `${frames.symbol} = ${say(frames.values[k]!)}`} it peaks at ${at(px!, py!)}`
  })
  const shown = peaks.length > 3 ? [peaks[0]!, peaks[peaks.length - 1]!] : peaks
  const marks = points.map((point) => `${point.label} at ${at(point.x, point.y)}`)
  const traces = paths.map(({ label }) => `the path of ${label}`)
  const also = [...marks, ...traces]
  return (
    `Probability density ${quantity} over the contours of ${surface}, coordinates (${nameX}, ${nameY}): ${list(shown)}.` +
    (also.length > 0 ? ` Marked: ${list(also)}.` : '')
  )
}
