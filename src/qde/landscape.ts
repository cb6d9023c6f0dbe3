/**
 * Several two-dimensional ground states of one objective on one map: how the density concentrates as D falls,
 * with points and descent paths on the contours of ζ.
 */
import { PsilabError } from '../error.js'
import { Drawable, type LandscapeFigure, landscapeFigure } from '../figure/index.js'
import { axis, type Grid, grid, type Interval, interpolate, type WaveFunction } from '../grid/index.js'
import { evaluateOn } from '../objective/index.js'
import type { Problem } from './problem.js'
import { problemRecord } from './record.js'

export interface LandscapeMarks {
  /** Region of the map, one interval an axis; default: where the states have visible density. */
  readonly region?: readonly [readonly [number, number], readonly [number, number]]
  /** Points [x, y] by label. */
  readonly points?: Readonly<Record<string, readonly number[]>>
  /** Paths as rows of [x, y], by label. */
  readonly paths?: Readonly<Record<string, readonly (readonly number[])[]>>
}

/** Intervals of the map along each axis. */
const MAP = 128
/** Standard deviations of the widest state, and share of a path's extent, that the default map shows. */
const REACH = 2.6
const MARGIN = 0.1
/** Shortest step of a drawn path, in cells of the map. */
const STEP = 0.4

export class Landscape extends Drawable {
  private readonly payload: LandscapeFigure
  private readonly text: string

  constructor(payload: LandscapeFigure, text: string) {
    super()
    this.payload = payload
    this.text = text
  }

  override figure(): LandscapeFigure {
    return this.payload
  }

  override toString(): string {
    return this.text
  }
}

/**
 * Ground states of two-dimensional problems that differ in D only, on one map.
 * @param problems one problem for each value of D, drawn in this order
 */
export function landscape(problems: readonly Problem[], marks: LandscapeMarks = {}): Landscape {
  const [first] = problems
  const differs = ({ objective }: Problem): boolean =>
    objective !== first.objective &&
    (objective.text !== first.objective.text ||
      JSON.stringify(objective.parameters) !== JSON.stringify(first.objective.parameters))
  if (first !== undefined && problems.some(differs))
    throw new PsilabError({
      code: 'parameter',
      parameter: 'problems',
      problem: 'the problems have different objectives, and a map shows the contours of one',
      allowed: 'problems that differ in D only',
      got: problems.map((p) => p.objective.text),
    })
  if (first === undefined || problems.some((p) => p.objective.variables.length !== 2))
    throw new PsilabError({
      code: 'parameter',
      parameter: 'problems',
      problem: 'a landscape needs problems in two coordinates',
      allowed: 'at least one problem whose objective has two coordinates',
      got: problems.map((p) => p.objective.variables),
    })
  const grounds = problems.map((p) => p.groundState())
  const states = grounds.map((g) => g.state)
  const paths = Object.entries(marks.paths ?? {})
  const points = Object.entries(marks.points ?? {})
  const map = mapGrid(first.objective.variables, marks.region ?? regionOf(states, paths, points))
  const payload = landscapeFigure({
    problem: problemRecord(first.objective, first.D, map, false),
    axes: [map.axes[0].coordinates, map.axes[1].coordinates],
    zeta: evaluateOn(first.objective, map),
    densities: states.map((s) => onMap(s, map)),
    frames: { symbol: 'D', values: problems.map((p) => p.D) },
    points: points.map(([label, [x, y]]) => ({ label, x, y })),
    paths: paths.map(([label, rows]) => ({ label, points: Float64Array.from(thinned(rows, map).flat()) })),
  })
  const lines = problems.map((p, k) => {
    const mean = states[k].mean().map((v) => v.toFixed(6))
    const spread = states[k].variance().map((v) => Math.sqrt(v).toFixed(4))
    return `D = ${p.D}: E₀ = ${grounds[k].energy.toFixed(8)}, mean (${mean.join(', ')}), σ (${spread.join(', ')})`
  })
  return new Landscape(payload, lines.join('\n'))
}

function regionOf(
  states: readonly WaveFunction[],
  paths: readonly (readonly [string, readonly (readonly number[])[]])[],
  points: readonly (readonly [string, readonly number[]])[],
): readonly [Interval, Interval] {
  const marked = [...paths.flatMap(([, rows]) => rows), ...points.map(([, at]) => at)]
  const along = (d: 0 | 1): Interval => {
    const ends = states.flatMap((s) => {
      const mean = s.mean()[d]
      const spread = Math.sqrt(s.variance()[d])
      return [mean - REACH * spread, mean + REACH * spread]
    })
    const values = marked.map((m) => m[d])
    const [low, high] = [Math.min(...values, ...ends), Math.max(...values, ...ends)]
    const margin = MARGIN * (high - low)
    return [Math.min(...ends) === low ? low : low - margin, Math.max(...ends) === high ? high : high + margin]
  }
  return [along(0), along(1)]
}

function mapGrid(names: readonly string[], region: readonly [Interval, Interval]): Grid {
  return grid(
    region.map(([lower, upper], d) =>
      axis({ name: names[d], lower, upper, intervals: MAP, boundary: 'periodic' }),
    ),
  )
}

/** The rows of a path that the eye can tell apart: each moves on by a fraction of a cell of the map; both ends stay. */
function thinned(rows: readonly (readonly number[])[], map: Grid): readonly (readonly number[])[] {
  const cells = (a: readonly number[], b: readonly number[]): number =>
    Math.hypot(...a.map((v, d) => (v - b[d]) / map.axes[d].spacing))
  const kept: (readonly number[])[] = []
  for (const [k, row] of rows.entries())
    if (k === 0 || k === rows.length - 1 || cells(row, kept[kept.length - 1]) > STEP) kept.push(row)
  return kept
}

/** |ψ|² of a state at the points of a map. */
function onMap(state: WaveFunction, map: Grid): Float64Array {
  const psi = interpolate(
    state,
    map.axes.map((a) => a.coordinates),
  )
  return Float64Array.from({ length: map.size }, (_, i) => psi[2 * i] ** 2 + psi[2 * i + 1] ** 2)
}
