/** ζ of one or two coordinates with the paths of runs over it. */
import type { FieldPanel, LinesPanel, PanelCursor, PanelSeries } from '../../figure/index.js'
import type { Objective } from '../../objective/index.js'
import type { SearchBox } from './box.js'
import { quantile } from './quantiles.js'

interface Run {
  readonly name: string
  readonly path: readonly (readonly number[])[]
  readonly answers: readonly (readonly number[])[]
  /** Cost until each point of the path, rising. */
  readonly costs: ArrayLike<number>
}

/** Points of ζ on a line, and along each side of a plane. */
const LINE = 600
const SIDE = 120
/** Room about the marks where no box is given, as a share of their extent. */
const MARGIN = 0.25
/** Share of a path's coordinates at either end that the picture may leave out. */
const LEFT_OUT = 0.02
/** Distance from the picture, in its own widths, at which a path has left for good. */
const FAR = 1000
/** Most paths that can be told apart, and most points of each. */
const MOST = 10
const STEPS = 300
/** Most stops of the cursor. */
const STOPS = 100

/** The stops of a figure's cursor, which runs over the cost. */
export function costCursor(costs: ArrayLike<number>): PanelCursor {
  const count = Math.min(costs.length, STOPS)
  const values = Array.from(
    { length: count },
    (_, k) => costs[count === 1 ? 0 : Math.round((k * (costs.length - 1)) / (count - 1))],
  )
  const rising = values.filter((cost, k) => k === 0 || cost > values[k - 1])
  return { symbol: 'cost', values: rising, shown: rising.length - 1 }
}

/**
 * Undefined in more than two coordinates.
 * @param stops costs at which the runs are shown
 */
export function landscapePanel(
  objective: Objective,
  box: SearchBox | undefined,
  runs: readonly Run[],
  stops: ArrayLike<number>,
): LinesPanel | FieldPanel | undefined {
  const d = objective.variables.length
  if (d > 2) return undefined
  const shown = runs.slice(0, MOST)
  const sides = Array.from({ length: d }, (_, k) => side(objective, box, shown, k, d === 1 ? LINE : SIDE))
  const paths = shown.map(({ name, path, costs }): Path => {
    // What leaves the picture of a plane and comes back is drawn on both sides of its edge.
    const beyond = d === 1 ? 0 : FAR
    const rows = thinned(path.map((point, i) => ({ point, cost: costs[i] }))).filter(({ point }) =>
      point.every((x, k) => {
        const [lower, upper] = [sides[k][0], sides[k][sides[k].length - 1]]
        const room = beyond * (upper - lower)
        return x >= lower - room && x <= upper + room
      }),
    )
    return { name, path: rows.map(({ point }) => point), costs: rows.map(({ cost }) => cost) }
  })
  return d === 1 ? onLine(objective, sides[0], paths, stops) : inPlane(objective, sides, paths)
}

function thinned<T>(rows: readonly T[]): readonly T[] {
  if (rows.length <= STEPS) return rows
  return Array.from({ length: STEPS }, (_, k) => rows[Math.round((k * (rows.length - 1)) / (STEPS - 1))])
}

interface Path {
  readonly name: string
  readonly path: readonly (readonly number[])[]
  readonly costs: readonly number[]
}

/** ζ on a line, the points of each path, and where it is at each stop. */
function onLine(
  objective: Objective,
  x: Float64Array,
  paths: readonly Path[],
  stops: ArrayLike<number>,
): LinesPanel {
  const labelled = (label: string, at: Float64Array): PanelSeries => ({
    label,
    mark: 'points',
    x: at,
    y: objective.evaluate([at]),
  })
  return {
    type: 'lines',
    heading: 'Paths on the objective',
    x: { label: objective.variables[0] },
    y: { label: 'ζ' },
    series: [
      { label: 'ζ', role: 'reference', x, y: objective.evaluate([x]) },
      ...paths.flatMap(({ name, path, costs }): PanelSeries[] => {
        if (path.length === 0) return []
        const at = Float64Array.from(path, ([p]) => p)
        const trail = labelled(name, at)
        if (stops.length < 2) return [trail]
        const reached = Array.from(stops, (stop) =>
          Float64Array.of(
            at[
              Math.max(
                0,
                costs.findLastIndex((cost) => cost <= stop),
              )
            ],
          ),
        )
        const values = reached.map((place) => objective.evaluate([place]))
        return [trail, { label: name, mark: 'heads', x: reached, y: values }]
      }),
    ],
  }
}

function inPlane(objective: Objective, [x, y]: readonly Float64Array[], paths: readonly Path[]): FieldPanel {
  const columns = [new Float64Array(x.length * y.length), new Float64Array(x.length * y.length)]
  for (let i = 0; i < x.length; i++)
    for (let j = 0; j < y.length; j++) {
      columns[0][i * y.length + j] = x[i]
      columns[1][i * y.length + j] = y[j]
    }
  const [lowest] = objective.minima ?? []
  return {
    type: 'field',
    heading: 'Paths on the objective',
    labels: [objective.variables[0], objective.variables[1]],
    axes: [x, y],
    values: objective.evaluate(columns),
    scale: 'wells',
    quantity: 'ζ',
    points: lowest === undefined ? [] : [{ label: 'minimum', x: lowest.point[0], y: lowest.point[1] }],
    paths: paths
      .filter(({ path }) => path.length > 1)
      .map(({ name, path, costs }) => ({ label: name, points: Float64Array.from(path.flat()), at: costs })),
  }
}

/**
 * Points along one side: of the box, or of starts, answers and minima with the paths between them, as far as those stay
 * within the extent of these.
 */
function side(
  { minima = [] }: Objective,
  box: SearchBox | undefined,
  runs: readonly Run[],
  d: number,
  points: number,
): Float64Array {
  let [lower, upper] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  if (box !== undefined) [lower, upper] = [box.lower[d], box.upper[d]]
  else {
    const marks = [
      ...runs.flatMap(({ path, answers }) => [path[0], answers[answers.length - 1]]),
      ...minima.map(({ point }) => point),
    ]
    for (const mark of marks) {
      lower = Math.min(lower, mark[d])
      upper = Math.max(upper, mark[d])
    }
    const extent = upper - lower || 1
    const passed = runs.flatMap(({ path }) => path.map((point) => point[d])).filter(Number.isFinite)
    const [low, high] = [quantile(passed, LEFT_OUT), quantile(passed, 1 - LEFT_OUT)]
    lower = Math.max(lower - extent, Math.min(lower, low))
    upper = Math.min(upper + extent, Math.max(upper, high))
    const room = MARGIN * (upper - lower) || 1
    ;[lower, upper] = [lower - room, upper + room]
  }
  return Float64Array.from({ length: points }, (_, i) => lower + ((upper - lower) * i) / (points - 1))
}
