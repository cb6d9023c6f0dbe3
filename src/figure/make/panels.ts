/**
 * Panels: charts and tables as plain data. What is stored is what is drawn, so long curves, large fields and many
 * samples are thinned here, by picking; the payload says where that shows.
 */
import { FigureError } from '../errors.js'
import { pack } from '../packed.js'
import type {
  CursorRecord,
  FieldPanelRecord,
  LinesPanelRecord,
  MarginRecord,
  PackedArray,
  PanelRecord,
  PanelsFigure,
  ProblemRecord,
  SeriesRecord,
  TablePanelRecord,
} from '../payload.js'
import { provenance } from '../provenance.js'
import { wellLevels } from '../raster/contours.js'
import { validateFigure } from '../validate.js'
import { expectLength } from './check.js'
import { decimated, equidistant, outlined, spread, take, takeField } from './decimate.js'
import { packField } from './field.js'
import { indexed } from './words.js'

/** Most points of a curve and of all curves of a panel, of points or samples, and of bars. */
const [LINE, LINES] = [640, 10_240]
const SCATTER = 3000
const BARS = 400

/** Most samples along a side of a field, along a path, and of all paths of a panel. */
const SIDE = 160
const [STEPS, PATHS] = [400, 8000]

/** Contours drawn where no levels are given, and the share of an objective below the highest. */
const CONTOURS = 9
const SHARE = 0.9

/** Most stops of a cursor, and most numbers of one array that has a row for each. */
const STOPS = 200
const FRAMED = 12_000
const FRAMED_FIELD = 120_000

/** One array, or one a stop of the figure's cursor. */
export type Framed = ArrayLike<number> | readonly ArrayLike<number>[]

/** A number that the panels share: a temperature, a time. Panels show where it stands, or what belongs to it. */
export interface PanelCursor {
  /**
   * Its letter: on the slider, and in captions such as "T = 0.5". Figures of the same problem share the cursors of a
   * letter, and show where it stands along their axes of that name.
   */
  readonly symbol: string
  /** Values of the stops, rising or falling throughout: at most 200. */
  readonly values: ArrayLike<number>
  /** Captions of the stops in place of "T = 0.5". */
  readonly labels?: readonly string[]
  /** The stop shown first, and in pictures; default the middle one. */
  readonly shown?: number
  /** Whether the figure is a film that plays by itself; default false: the cursor waits to be moved. */
  readonly plays?: boolean
}

/** An axis: its label, and `linear` (default) or `log`. In all labels and headings `x_n` is set with an index. */
export interface PanelScale {
  readonly label: string
  readonly scale?: 'linear' | 'log'
}

/**
 * One curve (default), or one set of points, bars or steps. A step holds from its x to the next. Series of one label look
 * alike and stand in the key once; without a label they are not in it.
 */
export interface PanelSeries {
  readonly label: string
  /** `levels`: short horizontal lines, as of energies; `heads`: points that stand out, as of what moves. */
  readonly mark?: 'line' | 'points' | 'bars' | 'steps' | 'levels' | 'heads'
  /**
   * `reference` for what the data is compared with: dashed, and it does not widen the axes by much. `backdrop` for a shape
   * behind all, of a scale of its own: an objective. Default `data`.
   */
  readonly role?: 'data' | 'reference' | 'backdrop'
  /** Any length; points that are not finite, or not above 0 on a logarithmic axis, break the line and are counted. */
  readonly x: Framed
  /** One array a stop of the cursor makes a series that moves; its numbers must all have a place on the axes. */
  readonly y: Framed
  /** Half the length of the error bar of each point, for example its standard error. */
  readonly error?: ArrayLike<number>
}

/** Curves, points, bars and steps over common axes: at most 64, of which up to twelve labels can be told apart. */
export interface LinesPanel {
  readonly type: 'lines'
  readonly heading: string
  readonly x: PanelScale
  readonly y: PanelScale
  readonly series: readonly PanelSeries[]
  /** `x` where the horizontal axis is the variable of the figure's cursor: its place and the values there are marked. */
  readonly cursor?: 'x'
}

/** A density beside a field: a curve, or bars, along the axis of its side. */
export interface FieldMargin {
  readonly side: 'top' | 'left' | 'right'
  /** In the key. */
  readonly label: string
  /** Default `line`. */
  readonly mark?: 'line' | 'bars'
  /** At equidistant points from the first coordinate of the field to its last; of bars, one a bin of equal width. */
  readonly values: Framed
}

/** A function of two coordinates as colours, with contours, paths, points and samples over it. */
export interface FieldPanel {
  readonly type: 'field'
  readonly heading: string
  /** Labels of the horizontal and the vertical axis. */
  readonly labels: readonly [string, string]
  /** Equidistant, rising. */
  readonly axes: readonly [ArrayLike<number>, ArrayLike<number>]
  /** C order [Nx, Ny]: index i·Ny + j. Thinned to 160 a side by picking: give what is fine no finer than that. */
  readonly values: Framed
  /**
   * `sequential` (default) for what has no sign, `diverging` about 0 for what has, `wells` for an objective: its wells
   * are told apart however high its walls are.
   */
  readonly scale?: 'sequential' | 'diverging' | 'wells'
  /** Symbol of what is coloured. */
  readonly quantity: string
  /** Lines of equal value: at levels that suit the values, or at these. Default none; for `wells` those that suit. */
  readonly contours?: boolean | readonly number[]
  readonly points?: readonly { readonly label: string; readonly x: number; readonly y: number }[]
  /** Paths: interleaved x, y. Those of one label look alike and stand in the key once; without one they are not in it. */
  readonly paths?: readonly FieldPath[]
  /** Samples as dots: their x and y. At most 3000 are drawn, evenly picked. */
  readonly samples?: readonly [Framed, Framed]
  /** Curves beside it, for example its marginals. */
  readonly margins?: readonly FieldMargin[]
  /** The axis that is the variable of the figure's cursor: its place is marked. */
  readonly cursor?: 'x' | 'y'
}

/** A path of interleaved x, y; with `at`, the cursor's value at each point, rising, its end moves with the cursor. */
export interface FieldPath {
  readonly label: string
  readonly points: ArrayLike<number>
  readonly at?: ArrayLike<number>
}

/** Rows of text. Columns are aligned to the left (default) or to the right. */
export interface TablePanel {
  readonly type: 'table'
  readonly heading: string
  readonly columns: readonly { readonly label: string; readonly align?: 'left' | 'right' }[]
  readonly rows: readonly (readonly string[])[]
  /** Whether its rows belong to the stops of the cursor. */
  readonly cursor?: true
}

export type Panel = LinesPanel | FieldPanel | TablePanel

export interface PanelsData {
  readonly title: string
  /** One sentence, or some, for a reader who cannot see the figure. */
  readonly alt: string
  readonly problem?: ProblemRecord
  readonly seed?: number
  /** Drawn in this order: charts beside each other as the width allows, tables in full width. */
  readonly panels: readonly Panel[]
  /** Sentences below: limits, what is not converged. Default none. */
  readonly notes?: readonly string[]
  /** What the panels share, where they do. */
  readonly cursor?: PanelCursor
}

/** Charts and tables of any computation in one figure. Throws a {@link FigureError} for what cannot be drawn. */
export function panelsFigure(data: PanelsData): PanelsFigure {
  const { title, alt, problem, seed, panels, notes = [], cursor } = data
  if (alt.trim() === '') {
    throw new FigureError({
      code: 'invalid',
      name: 'alt',
      expected: 'a sentence that says what is shown',
      got: 'none',
    })
  }
  const figure: PanelsFigure = {
    kind: 'panels',
    version: 1,
    title,
    alt,
    provenance: provenance(problem, seed),
    ...(problem && { problem }),
    panels: panels.map((panel, k) => recordOf(panel, `panels[${k}]`)),
    notes: notes.map(typeset),
    ...(cursor && { cursor: cursorRecord(cursor) }),
  }
  validateFigure(figure)
  return figure
}

function cursorRecord({ symbol, values, labels, shown, plays = false }: PanelCursor): CursorRecord {
  const count = values.length
  if (count > STOPS)
    throw new FigureError({ code: 'too-large', name: 'cursor.values', limit: STOPS, got: count })
  return {
    symbol,
    values: pack(values, { dtype: 'float64', name: 'cursor.values' }),
    ...(labels && { labels: [...labels] }),
    shown: shown ?? Math.floor(count / 2),
    plays,
  }
}

/** The arrays of the stops, or the one array there is. */
function framesOf(values: Framed): readonly ArrayLike<number>[] | undefined {
  return typeof values[0] === 'object' ? (values as readonly ArrayLike<number>[]) : undefined
}

/** The array of values that do not move. */
function stillOf(values: Framed, name: string): ArrayLike<number> {
  if (!framesOf(values)) return values as ArrayLike<number>
  throw new FigureError({ code: 'invalid', name, expected: 'one array', got: 'one a stop of the cursor' })
}

/** Rows of the same length, thinned to some places and packed as one array [rows, places]. */
function packRows(
  rows: readonly ArrayLike<number>[],
  places: readonly number[],
  { name, dtype = 'uint16' }: { readonly name: string; readonly dtype?: PackedArray['dtype'] },
): PackedArray {
  const all = new Float64Array(rows.length * places.length)
  rows.forEach((row, k) => {
    expectLength(`${name}[${k}]`, row, rows[0]!.length)
    all.set(take(row, places), k * places.length)
  })
  return pack(all, { dtype, shape: [rows.length, places.length], name })
}

function recordOf(panel: Panel, name: string): PanelRecord {
  switch (panel.type) {
    case 'lines':
      return lines(panel, name)
    case 'field':
      return field(panel, name)
    case 'table':
      return table(panel)
  }
}

function lines({ heading, x, y, series, cursor }: LinesPanel, name: string): LinesPanelRecord {
  const scale = (axis: PanelScale) => ({ label: indexed(axis.label), scale: axis.scale ?? 'linear' })
  const scales = [scale(x), scale(y)] as const
  const logarithmic = scales.map((each) => each.scale === 'log') as [boolean, boolean]
  return {
    type: 'lines',
    heading: indexed(heading),
    x: scales[0],
    y: scales[1],
    series: series.map((each, k) =>
      seriesRecord(
        each,
        logarithmic,
        Math.min(LINE, Math.floor(LINES / series.length)),
        `${name}.series[${k}]`,
      ),
    ),
    ...(cursor && { cursor }),
  }
}

function seriesRecord(
  series: PanelSeries,
  [logX, logY]: readonly [boolean, boolean],
  limit: number,
  name: string,
): SeriesRecord {
  const { label, mark = 'line', role = 'data', error } = series
  if (framesOf(series.y)) return framedSeries(series, limit, name)
  const [x, y] = [stillOf(series.x, `${name}.x`), stillOf(series.y, `${name}.y`)]
  expectLength(`${name}.y`, y, x.length)
  if (error) expectLength(`${name}.error`, error, x.length)
  const has = (value: number, log: boolean): boolean => Number.isFinite(value) && (!log || value > 0)
  const placed: number[] = []
  const starts = new Set<number>()
  for (let i = 0; i < x.length; i++) {
    if (!has(x[i]!, logX) || !has(y[i]!, logY) || (error && !Number.isFinite(error[i]!))) continue
    if (placed.length > 0 && placed[placed.length - 1] !== i - 1) starts.add(i)
    placed.push(i)
  }
  const omitted = x.length - placed.length
  const said = { label: indexed(label), mark, role, ...(omitted > 0 && { omitted }) }
  if (placed.length === 0) return said
  const picked = picks(mark, take(x, placed), take(y, placed), { logX, limit }).map((k) => placed[k]!)
  const strokes = mark === 'line' || mark === 'steps' ? breaksOf(picked, starts) : []
  return {
    ...said,
    x: packLine(take(x, picked), `${name}.x`),
    y: packLine(take(y, picked), `${name}.y`),
    ...(error && { error: packLine(take(error, picked), `${name}.error`) }),
    ...(strokes.length > 0 && { breaks: strokes }),
    ...(mark === 'points' && picked.length < placed.length && { of: placed.length }),
  }
}

/** A series that moves with the cursor: thinned at the same places for all stops. */
function framedSeries(
  { label, mark = 'line', role = 'data', x, y }: PanelSeries,
  limit: number,
  name: string,
): SeriesRecord {
  const rows = framesOf(y)!
  const [along] = framesOf(x) ?? [x as ArrayLike<number>]
  const count = along!.length
  expectLength(`${name}.y[0]`, rows[0]!, count)
  const most = Math.max(2, Math.min(limit, Math.floor(FRAMED / rows.length)))
  if (mark === 'bars' && count > most)
    throw new FigureError({ code: 'too-large', name: 'bars (of one series)', limit: most, got: count })
  const places = mark === 'points' ? spread(count, most) : decimated(0, count, most)
  const across = framesOf(x)
  return {
    label: indexed(label),
    mark,
    role,
    x: across ? packRows(across, places, { name: `${name}.x` }) : packLine(take(along!, places), `${name}.x`),
    y: packRows(rows, places, { name: `${name}.y` }),
  }
}

/** Indices of what is stored of a series. */
function picks(
  mark: SeriesRecord['mark'],
  x: Float64Array,
  y: Float64Array,
  { logX, limit }: { readonly logX: boolean; readonly limit: number },
): number[] {
  if (mark === 'points') return spread(x.length, SCATTER)
  if (mark === 'bars') {
    if (x.length <= BARS) return spread(x.length, BARS)
    throw new FigureError({ code: 'too-large', name: 'bars (of one series)', limit: BARS, got: x.length })
  }
  return outlined(logX ? x.map(Math.log) : x, y, limit)
}

/** Places among the picked indices at which a stroke begins: after each break, the first that was picked. */
function breaksOf(picked: readonly number[], starts: ReadonlySet<number>): number[] {
  const rising = [...starts].sort((a, b) => a - b)
  const breaks: number[] = []
  let next = 0
  picked.forEach((i, k) => {
    let broken = false
    while (next < rising.length && rising[next]! <= i) {
      broken = true
      next++
    }
    if (broken && k > 0) breaks.push(k)
  })
  return breaks
}

/** Rounding to single precision may move a point by this share of the range. */
const ROUNDING = 1e-4

/** Range of single precision with all its digits. */
const [SMALLEST, LARGEST] = [1.2e-38, 3.4e38]

/** A curve in single precision where that shows it as it is, else in double. */
function packLine(values: Float64Array, name: string): PackedArray {
  let [low, high, least] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
  for (const value of values) {
    low = Math.min(low, value)
    high = Math.max(high, value)
    if (value !== 0) least = Math.min(least, Math.abs(value))
  }
  const largest = Math.max(Math.abs(low), Math.abs(high))
  const fine = 2 ** -24 * largest <= ROUNDING * (high - low) || low === high
  const single = fine && largest < LARGEST && (values.length === 0 || least > SMALLEST)
  return pack(values, { dtype: single ? 'float32' : 'float64', name })
}

function field(panel: FieldPanel, name: string): FieldPanelRecord {
  const { heading, labels, axes, values, scale = 'sequential', quantity } = panel
  const { contours = scale === 'wells', points = [], paths = [], samples, margins, cursor } = panel
  const [x, y] = axes
  expectEquidistant(x, `${name}.axes[0]`)
  expectEquidistant(y, `${name}.axes[1]`)
  const frames = framesOf(values)
  const side = frames ? Math.min(SIDE, Math.floor(Math.sqrt(FRAMED_FIELD / frames.length))) : SIDE
  const [columns, rows] = [equidistant(x.length, side), equidistant(y.length, side)]
  const shape = [columns.length, rows.length] as const
  const shown = (frames ?? [values as ArrayLike<number>]).map((frame, k) => {
    expectLength(frames ? `${name}.values[${k}]` : `${name}.values`, frame, x.length * y.length)
    return takeField(frame, y.length, columns, rows)
  })
  const levels =
    contours === true && !frames ? levelsOf(shown[0]!, scale) : Array.isArray(contours) ? [...contours] : []
  return {
    type: 'field',
    heading: indexed(heading),
    labels: [indexed(labels[0]), indexed(labels[1])],
    axes: [
      pack(take(x, columns), { dtype: 'float64', name: `${name}.axes[0]` }),
      pack(take(y, rows), { dtype: 'float64', name: `${name}.axes[1]` }),
    ],
    values: frames
      ? packFrames(shown, shape, scale, `${name}.values`)
      : packValues(shown[0]!, shape, scale, levels.length > 0, `${name}.values`),
    scale,
    quantity: indexed(quantity),
    levels,
    points: points.map(({ label, x, y }) => ({ label: indexed(label), x, y })),
    paths: paths.map(({ label, points: path, at }) => {
      const steps = decimated(
        0,
        path.length / 2,
        Math.max(3, Math.min(STEPS, Math.floor(PATHS / paths.length))),
      )
      if (at) expectLength(`path ${label}.at`, at, path.length / 2)
      return {
        label: indexed(label),
        points: pack(takeField(path, 2, steps, [0, 1]), { shape: [steps.length, 2], name: `path ${label}` }),
        ...(at && { at: packLine(take(at, steps), `path ${label}.at`) }),
      }
    }),
    ...(samples && { samples: packSamples(samples, `${name}.samples`) }),
    ...(margins && { margins: margins.map((margin, k) => marginRecord(margin, `${name}.margins[${k}]`)) }),
    ...(cursor && { cursor }),
  }
}

/** Fields of the stops: of densities each is scaled to its own largest value, which the eye compares within it alone. */
function packFrames(
  frames: readonly Float64Array[],
  shape: readonly [number, number],
  scale: FieldPanelRecord['scale'],
  name: string,
): PackedArray {
  const all = new Float64Array(frames.length * shape[0] * shape[1])
  frames.forEach((frame, k) => {
    const largest = scale === 'diverging' ? 1 : frame.reduce((most, value) => Math.max(most, value), 0) || 1
    all.set(
      frame.map((value) => value / largest),
      k * frame.length,
    )
  })
  return pack(all, {
    dtype: scale === 'diverging' ? 'int8' : 'uint8',
    shape: [frames.length, ...shape],
    name,
  })
}

function marginRecord({ side, label, mark = 'line', values }: FieldMargin, name: string): MarginRecord {
  const frames = framesOf(values)
  const count = frames?.[0]?.length ?? (values as ArrayLike<number>).length
  const places = mark === 'bars' ? spread(count, BARS) : equidistant(count, frames ? SIDE : LINE)
  return {
    side,
    label: indexed(label),
    mark,
    values: frames
      ? packRows(frames, places, { name })
      : pack(take(values as ArrayLike<number>, places), { dtype: 'uint16', name }),
  }
}

/** A picture shows 256 colours; lines of equal value and wells want finer steps. */
function packValues(
  values: Float64Array,
  shape: readonly [number, number],
  scale: FieldPanelRecord['scale'],
  lined: boolean,
  name: string,
): PackedArray {
  if (scale === 'wells') return packField(values, shape)
  return pack(values, { dtype: lined ? 'uint16' : scale === 'diverging' ? 'int8' : 'uint8', shape, name })
}

/** Levels of lines: of the wells, or evenly spaced strictly between the lowest and the highest value. */
function levelsOf(values: Float64Array, scale: FieldPanelRecord['scale']): number[] {
  if (scale === 'wells') return [...wellLevels(values, SHARE, CONTOURS).values]
  let [low, high] = [scale === 'sequential' ? Number.POSITIVE_INFINITY : 0, Number.NEGATIVE_INFINITY]
  for (const value of values) {
    low = Math.min(low, value)
    high = Math.max(high, scale === 'diverging' ? Math.abs(value) : value)
  }
  if (scale === 'diverging') low = -high
  const even = Array.from({ length: CONTOURS }, (_, k) => low + ((high - low) * (k + 1)) / (CONTOURS + 1))
  return high > low ? even.filter((level) => scale !== 'diverging' || Math.abs(level) > 1e-9 * high) : []
}

function packSamples([x, y]: readonly [Framed, Framed], name: string) {
  const [xs, ys] = [x, y].map((values) => framesOf(values) ?? [values as ArrayLike<number>]) as [
    readonly ArrayLike<number>[],
    readonly ArrayLike<number>[],
  ]
  const count = xs[0]!.length
  expectLength(`${name}[1]`, ys[0]!, count)
  const moving = framesOf(x) !== undefined
  if (moving) expectLength(`${name}[1]`, ys as unknown as ArrayLike<number>, xs.length)
  const picked = spread(count, moving ? Math.floor(FRAMED / xs.length) : SCATTER)
  const packed = (rows: readonly ArrayLike<number>[], k: number): PackedArray =>
    moving
      ? packRows(rows, picked, { name: `${name}[${k}]` })
      : pack(take(rows[0]!, picked), { dtype: 'uint16', name: `${name}[${k}]` })
  return { x: packed(xs, 0), y: packed(ys, 1), of: count }
}

/** How far a coordinate may lie from where equal steps put it, as a share of a step. */
const UNEVEN = 0.01

function expectEquidistant(axis: ArrayLike<number>, name: string): void {
  const n = axis.length
  const step = (axis[n - 1]! - axis[0]!) / (n - 1)
  let even = n > 1 && step > 0
  for (let i = 0; i < n && even; i++) even = Math.abs(axis[i]! - axis[0]! - i * step) < UNEVEN * step
  if (even) return
  throw new FigureError({
    code: 'invalid',
    name,
    expected: 'two or more rising, equidistant coordinates',
    got: `${n} that are not`,
  })
}

/** Numbers with the sign of minus, as on the axes: −1.5, 2e−7. */
function typeset(cell: string): string {
  return cell.replaceAll(/(?<![\p{L}\p{N}_)\]])-(?=\.?\d|∞)|(?<=\de)-(?=\d)/gu, '−')
}

function table({ heading, columns, rows, cursor }: TablePanel): TablePanelRecord {
  return {
    type: 'table',
    heading: indexed(heading),
    columns: columns.map(({ label, align = 'left' }) => ({ label: indexed(label), align })),
    rows: rows.map((row) => row.map(typeset)),
    ...(cursor && { cursor }),
  }
}
