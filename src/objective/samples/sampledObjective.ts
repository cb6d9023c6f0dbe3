/**
 * ζ that is known by samples only: on a line or on a tensor grid as the cubic spline through them, at scattered points of
 * the plane as the thin-plate spline. How far it is off between samples is estimated by leaving samples out: each is
 * compared with what the others say of it. There the gap is twice as wide, so that the error of a smooth ζ is some
 * sixteen times less than this, and that of noise is not.
 */
import { PsilabError, requireKeys } from '../../error.js'
import { splineSlopes, TensorSpline, ThinPlateSpline } from '../../numeric/index.js'
import { type Columns, coordinateNames, type Objective } from '../objective.js'
import { shownObjective } from '../shownObjective.js'

export interface SampledData {
  /** Coordinates of samples on a line, in any order. */
  readonly x?: ArrayLike<number>
  /** Or the coordinates of a tensor grid, rising, a list for each of its two or three axes. */
  readonly axes?: readonly ArrayLike<number>[]
  /** Or scattered points of the plane, at most 600. */
  readonly points?: readonly (readonly [number, number] | readonly number[])[]
  /** ζ at each sample; of a grid in C order, the last axis running fastest. */
  readonly values: ArrayLike<number>
  /** Names of the coordinates; default x, y, z. */
  readonly variables?: readonly string[]
  /**
   * Beyond the box of the samples: `refuse` (default) throws; `confine` goes on with the value at the nearest point of the
   * box and adds a wall that rises by the range of ζ within a tenth of the box, with a kink where it begins.
   */
  readonly outside?: 'refuse' | 'confine'
}

export interface SampledObjective extends Objective {
  /**
   * What leaving single samples out changes at their places: root mean square, and the largest; in the unit of ζ. Of more
   * than 20 000 samples on a grid evenly picked ones are left out.
   */
  readonly interpolationError: { readonly rms: number; readonly largest: number }
}

/** Most samples, and most scattered ones: their system is dense. */
const MOST = 4_000_000
const MOST_SCATTERED = 600

/**
 * An objective through samples, with gradient and an estimate of its error.
 *
 * @example
 * sampledObjective({ x: [0, 1, 2, 3], values: [1, 0, 1, 4] }).interpolationError
 *
 * @throws PsilabError `parameter` for samples that are not usable, `too-large` for too many; its functions throw
 * `not-finite` beyond the samples where `outside` is `refuse`
 */
export function sampledObjective(data: SampledData): SampledObjective {
  requireKeys('sampledObjective', data, ['x', 'axes', 'points', 'values', 'variables', 'outside'])
  const { outside = 'refuse' } = data
  if (outside !== 'refuse' && outside !== 'confine')
    refuse('outside', 'no such rule', 'refuse, confine', outside)
  const given = [data.x, data.axes, data.points].filter((places) => places !== undefined)
  if (given.length !== 1)
    refuse(
      'x, axes, points',
      'the places of the samples are needed',
      'one of x, axes and points',
      given.length,
    )
  const values = Float64Array.from(data.values ?? [])
  const wrong = values.findIndex((v) => !Number.isFinite(v))
  if (wrong >= 0) refuse('values', `sample ${wrong} is not usable`, 'finite numbers', values[wrong])
  if (values.length > MOST) tooMany(values.length, MOST)
  const surface = data.points === undefined ? onGrid(data, values) : scattered(data.points, values)
  const variables = data.variables ?? coordinateNames(surface.box.length)
  if (variables.length !== surface.box.length)
    refuse('variables', 'wrong number of names', `${surface.box.length}`, variables)
  const text = `ζ through ${values.length} samples`
  const { leftOut, ...rest } = objectiveOf(surface, outside, values)
  return shownObjective({
    variables,
    tex: `\\zeta(${variables.join(',')})`,
    text,
    domain: surface.box,
    ...rest,
    interpolationError: {
      rms: Math.sqrt(leftOut.reduce((sum, e) => sum + e * e, 0) / Math.max(1, leftOut.length)),
      largest: leftOut.reduce((most, e) => Math.max(most, Math.abs(e)), 0),
    },
  })
}

/** A function of the coordinates of a box, with its derivatives, and what leaving samples out changed. */
interface Surface {
  readonly box: readonly { readonly lower: number; readonly upper: number }[]
  readonly at: (columns: Columns) => Float64Array
  readonly slope: (columns: Columns) => Float64Array[]
  readonly curvature?: (columns: Columns) => Float64Array[][]
  readonly leftOut: Float64Array
  /** Of a line: its samples, between which it is a cubic. */
  readonly knots?: Float64Array
}

function onGrid({ x, axes }: SampledData, given: Float64Array): Surface {
  const sorted = x === undefined ? undefined : Array.from(x, (_, i) => i).toSorted((a, b) => x[a] - x[b])
  const lines =
    sorted === undefined
      ? axes!.map((axis) => Float64Array.from(axis))
      : [Float64Array.from(sorted, (i) => x![i])]
  if (sorted === undefined && (lines.length < 2 || lines.length > 3))
    refuse('axes', 'wrong number of axes', 'two or three; a line is given by x', lines.length)
  for (const [d, line] of lines.entries())
    if (line.length < 2 || !line.every((v, i) => Number.isFinite(v) && (i === 0 || v > line[i - 1])))
      refuse(
        sorted === undefined ? `axes[${d}]` : 'x',
        'not the coordinates of samples',
        `at least two different finite numbers${sorted === undefined ? ', rising' : ''}`,
        Array.from(line.slice(0, 8)),
      )
  const count = lines.reduce((product, line) => product * line.length, 1)
  if (given.length !== count)
    refuse('values', 'wrong number of samples', `${count}, one a place`, given.length)
  const values = sorted === undefined ? given : Float64Array.from(sorted, (i) => given[i])
  const spline = new TensorSpline(lines, values)
  const order = (...axesOf: number[]): number[] =>
    lines.map((_, d) => axesOf.reduce((n, axis) => n + (axis === d ? 1 : 0), 0))
  return {
    box: lines.map((line) => ({ lower: line[0], upper: line.at(-1)! })),
    at: (columns) => spline.at(columns),
    slope: (columns) => lines.map((_, u) => spline.at(columns, order(u))),
    curvature: (columns) => lines.map((_, u) => lines.map((__, v) => spline.at(columns, order(u, v)))),
    leftOut: leaveOut(lines, values),
    ...(lines.length === 1 && { knots: lines[0] }),
  }
}

/** Neighbours to each side from which a left-out sample is foretold: the influence of one falls by 0.27 a step. */
const NEIGHBOURS = 8

/** Samples that are left out along each axis at most, evenly picked. */
const LEFT_OUT = 20_011

/** Samples less the spline through their neighbours on each line of the grid; those at its ends are kept. */
function leaveOut(lines: readonly Float64Array[], values: Float64Array): Float64Array {
  const errors: number[] = []
  lines.forEach((line, d) => {
    const n = line.length
    const stride = lines.slice(d + 1).reduce((product, other) => product * other.length, 1)
    // A prime number of parts, so that the picked ones are spread over all axes.
    const every = Math.max(1, values.length / LEFT_OUT)
    for (let k = 0; k * every < values.length; k++) {
      const start = Math.floor(k * every)
      const i = Math.floor(start / stride) % n
      if (i === 0 || i === n - 1) continue
      const places: number[] = []
      for (let j = Math.max(0, i - NEIGHBOURS); j <= Math.min(n - 1, i + NEIGHBOURS); j++)
        if (j !== i) places.push(j)
      const x = Float64Array.from(places, (j) => line[j])
      const y = Float64Array.from(places, (j) => values[start + (j - i) * stride])
      const slopes = splineSlopes(x, y)
      const left = places.indexOf(i - 1)
      const h = x[left + 1] - x[left]
      const t = (line[i] - x[left]) / h
      const foretold =
        y[left] * (1 - t * t * (3 - 2 * t)) +
        y[left + 1] * t * t * (3 - 2 * t) +
        h * t * (1 - t) * (slopes[left] * (1 - t) - slopes[left + 1] * t)
      errors.push(values[start] - foretold)
    }
  })
  return Float64Array.from(errors)
}

function scattered(points: NonNullable<SampledData['points']>, values: Float64Array): Surface {
  if (points.length > MOST_SCATTERED) tooMany(points.length, MOST_SCATTERED)
  const wrong = points.findIndex((point) => point.length !== 2 || !point.every(Number.isFinite))
  if (wrong >= 0) refuse('points', `point ${wrong} is not usable`, 'two finite numbers', points[wrong])
  if (points.length !== values.length || points.length < 4)
    refuse('values', 'wrong number of samples', 'one a point, and at least four points', values.length)
  const columns = [0, 1].map((u) => Float64Array.from(points, (point) => point[u]))
  const spline = ThinPlateSpline.through(columns[0], columns[1], values)
  if (spline === undefined)
    return refuse(
      'points',
      'they lie on a line, or two of them at one place',
      'points of the plane',
      points.slice(0, 4),
    )
  return {
    box: columns.map((column) => ({ lower: Math.min(...column), upper: Math.max(...column) })),
    at: (where) => spline.at(where),
    slope: (where) => spline.gradientAt(where),
    leftOut: spline.leftOut,
  }
}

/** Share of the box within which a wall rises by the range of ζ. */
const WALL = 0.1
/** Most knots of a line that are told as breaks: at more, jumps of ζ‴ are small, and breaks cost levels their time. */
const MOST_KNOTS = 16

function objectiveOf(
  { box, at, slope, curvature, leftOut, knots }: Surface,
  outside: 'refuse' | 'confine',
  values: Float64Array,
): Pick<Objective, 'evaluate' | 'gradient' | 'hessian' | 'breaks'> & { readonly leftOut: Float64Array } {
  const ends = box.flatMap(({ lower, upper }) => [lower, upper])
  const breaks =
    knots === undefined
      ? {}
      : {
          breaks: (lower: number, upper: number) =>
            Array.from(knots.length <= MOST_KNOTS ? knots : ends).filter((x) => x > lower && x < upper),
        }
  if (outside === 'refuse') {
    const inside = <T>(f: (columns: Columns) => T): ((columns: Columns) => T) => {
      return (columns) => {
        requireInside(columns, box)
        return f(columns)
      }
    }
    return {
      evaluate: inside(at),
      gradient: inside(slope),
      ...(curvature && { hessian: inside(curvature) }),
      ...breaks,
      leftOut,
    }
  }
  const [least, most] = [
    values.reduce((m, v) => Math.min(m, v), Number.POSITIVE_INFINITY),
    values.reduce((m, v) => Math.max(m, v), Number.NEGATIVE_INFINITY),
  ]
  const height = most > least ? most - least : 1
  const steepness = box.map(({ lower, upper }) => height / (WALL * (upper - lower)) ** 2)
  const clamped = (columns: Columns): Float64Array[] =>
    columns.map((column, u) => column.map((x) => Math.min(box[u].upper, Math.max(box[u].lower, x))))
  /** Adds f(distance beyond the box) along axis u. */
  const beyond = (
    column: Float64Array,
    u: number,
    out: Float64Array,
    f: (distance: number) => number,
  ): void => {
    for (let p = 0; p < column.length; p++) {
      const distance = Math.max(0, column[p] - box[u].upper) + Math.min(0, column[p] - box[u].lower)
      if (distance !== 0) out[p] = f(distance) + out[p]
    }
  }
  const erase = (column: Float64Array, u: number, out: Float64Array): void => {
    for (let p = 0; p < column.length; p++)
      if (column[p] > box[u].upper || column[p] < box[u].lower) out[p] = 0
  }
  return {
    evaluate: (columns) => {
      const sum = at(clamped(columns))
      columns.forEach((column, u) => {
        beyond(column, u, sum, (d) => steepness[u] * d * d)
      })
      return sum
    },
    gradient: (columns) =>
      slope(clamped(columns)).map((out, u) => {
        erase(columns[u], u, out)
        beyond(columns[u], u, out, (d) => 2 * steepness[u] * d)
        return out
      }),
    ...(curvature && {
      hessian: (columns: Columns) =>
        curvature(clamped(columns)).map((row, u) =>
          row.map((out, v) => {
            erase(columns[u], u, out)
            erase(columns[v], v, out)
            if (u === v) beyond(columns[u], u, out, () => 2 * steepness[u])
            return out
          }),
        ),
    }),
    ...breaks,
    leftOut,
  }
}

function requireInside(columns: Columns, box: Surface['box']): void {
  columns.forEach((column, u) => {
    const { lower, upper } = box[u]
    const slack = 1e-12 * (upper - lower)
    const beyond = column.findIndex((x) => !(x >= lower - slack && x <= upper + slack))
    if (beyond < 0) return
    throw new PsilabError({
      code: 'not-finite',
      parameter: 'objective',
      problem: `ζ is asked for at ${column[beyond]}, beyond its samples`,
      allowed: `${lower} to ${upper} along coordinate ${u + 1}`,
      advice: `Give a grid within the samples, such as grid: { lower: ${lower}, upper: ${upper} }, or outside: 'confine'.`,
    })
  })
}

function tooMany(got: number, most: number): never {
  throw new PsilabError({
    code: 'too-large',
    parameter: 'values',
    problem: 'too many samples',
    allowed: `at most ${most}${most === MOST_SCATTERED ? ' that are scattered; many more on a grid' : ''}`,
    got,
  })
}

function refuse(parameter: string, problem: string, allowed: string, got: unknown): never {
  throw new PsilabError({ code: 'parameter', parameter, problem, allowed, got })
}
