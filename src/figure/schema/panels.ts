import { FigureError } from '../errors.js'
import { kind } from './base.js'
import { fits, line, type PackedArray, packed } from './packed.js'
import { movingPath, place } from './places.js'
import {
  finite,
  LABEL,
  list,
  named,
  oneOf,
  pair,
  record,
  refuse,
  type Schema,
  SENTENCE,
  type TypeOf,
  text,
  union,
  where,
  whole,
} from './schema.js'

/** Most stops of a cursor. */
const MOST_STOPS = 200

const scaleFields = record({ label: LABEL, scale: oneOf('linear', 'log') })

/** Axis of a chart. */
export interface ScaleRecord extends TypeOf<typeof scaleFields> {}
const scale: Schema<ScaleRecord> = named('ScaleRecord', scaleFields)

/** Numbers along one axis, or such a row for each stop of the figure's cursor: shape [n] or [K, n]. */
const framed = packed(1, 2)

const seriesFields = record(
  {
    label: LABEL,
    /** `levels`: short horizontal lines, as of energies; `heads`: points that stand out, as of what moves. */
    mark: oneOf('line', 'points', 'bars', 'steps', 'levels', 'heads'),
    /**
     * `reference`: what `data` is compared with. It is dashed, and does not widen the axes by much. `backdrop`: a shape
     * behind all, of a scale of its own.
     */
    role: oneOf('data', 'reference', 'backdrop'),
  },
  {
    x: framed,
    y: framed,
    /** Half the length of the error bar of each point. */
    error: line,
    /** Indices, rising, at which a new stroke begins. */
    breaks: list(finite, 4000),
    /** How many points there were, where fewer than all are stored. */
    of: finite,
    /** How many points have no place on the axes: not finite, or not above 0 on a logarithmic one. */
    omitted: finite,
  },
)

/** One curve, or one set of points, bars or steps. Where no point can be drawn the arrays are absent. */
export interface SeriesRecord extends TypeOf<typeof seriesFields> {}
const series: Schema<SeriesRecord> = named(
  'SeriesRecord',
  where(seriesFields, ({ x, y, error }, name) => {
    if ((x === undefined) !== (y === undefined)) refuse(`${name}.y`, 'there where x is', y)
    if (!x || !y) return
    const points = x.shape[x.shape.length - 1]
    fits(`${name}.y`, y, y.shape.length > 1 ? [y.shape[0], points] : [points])
    if (x.shape.length > 1) fits(`${name}.x`, x, y.shape)
    if (error) fits(`${name}.error`, error, y.shape)
  }),
)

const linesFields = record(
  {
    type: oneOf('lines'),
    heading: LABEL,
    x: scale,
    y: scale,
    series: list(series, 64),
  },
  {
    /** The horizontal axis is the variable of the figure's cursor. */
    cursor: oneOf('x'),
  },
)

/** Curves, points, bars and steps over common axes. */
export interface LinesPanelRecord extends TypeOf<typeof linesFields> {}
const lines: Schema<LinesPanelRecord> = named('LinesPanelRecord', linesFields)

const marginFields = record({
  side: oneOf('top', 'left', 'right'),
  label: LABEL,
  mark: oneOf('line', 'bars'),
  /** At equidistant points from the first coordinate of the side's axis to its last; of bars, one a bin of equal width. */
  values: framed,
})

/** A density beside a field, along the axis of its side. */
export interface MarginRecord extends TypeOf<typeof marginFields> {}
const margin: Schema<MarginRecord> = named('MarginRecord', marginFields)

const fieldFields = record(
  {
    type: oneOf('field'),
    heading: LABEL,
    /** Labels of both axes, the horizontal one first. */
    labels: pair(LABEL),
    /** Equidistant coordinates. */
    axes: pair(line),
    /** Shape [Nx, Ny], or [K, Nx, Ny] for the K stops of the figure's cursor. */
    values: packed(2, 3),
    /** `sequential` from 0 or the lowest value; `diverging` about 0; `wells`: an objective, by contour. */
    scale: oneOf('sequential', 'diverging', 'wells'),
    /** Symbol of what is coloured. */
    quantity: text(40),
    /** Values at which lines are drawn. */
    levels: list(finite, 40),
    points: list(place, 40),
    /** Paths over the field. */
    paths: list(movingPath, 400),
  },
  {
    /** Samples as dots, and how many there were before some were picked. */
    samples: record({ x: framed, y: framed, of: finite }),
    /** Curves beside it. */
    margins: list(margin, 6),
    /** The axis that is the variable of the figure's cursor. */
    cursor: oneOf('x', 'y'),
  },
)

/** A function of two coordinates, as colours. */
export interface FieldPanelRecord extends TypeOf<typeof fieldFields> {}
const field: Schema<FieldPanelRecord> = named(
  'FieldPanelRecord',
  where(fieldFields, ({ axes, values, samples }, name) => {
    const [x, y] = axes.map((each) => each.shape[0])
    fits(`${name}.values`, values, values.shape.length > 2 ? [values.shape[0], x, y] : [x, y])
    if (samples) fits(`${name}.samples.y`, samples.y, samples.x.shape)
  }),
)

const tableFields = record(
  {
    type: oneOf('table'),
    heading: LABEL,
    columns: list(record({ label: LABEL, align: oneOf('left', 'right') }), 24),
    rows: list(list(text(400), 24), 400),
  },
  {
    /** There is a row for each stop of the figure's cursor. */
    cursor: oneOf(true),
  },
)

/** Rows of text under headings. */
export interface TablePanelRecord extends TypeOf<typeof tableFields> {}
const table: Schema<TablePanelRecord> = named(
  'TablePanelRecord',
  where(tableFields, ({ columns, rows }, name) => {
    for (const [k, row] of rows.entries())
      if (row.length !== columns.length)
        throw new FigureError({
          code: 'length',
          name: `${name}.rows[${k}]`,
          expected: columns.length,
          got: row.length,
        })
  }),
)

const panel = union('type', lines, field, table)
export type PanelRecord = TypeOf<typeof panel>

const cursorFields = record(
  {
    /** Its letter on the slider, in captions and along axes: figures of the same problem share the cursors of a letter. */
    symbol: text(20),
    /** The stops, rising or falling throughout: shape [K]. */
    values: line,
    /** The stop shown first, and in still pictures. */
    shown: whole(0, MOST_STOPS - 1),
    /** Whether it plays by itself. */
    plays: oneOf(true, false),
  },
  {
    /** Captions of the stops in place of "T = 0.5". */
    labels: list(LABEL, MOST_STOPS),
  },
)

/** A number that the panels of a figure share: each shows where it stands, or what belongs to it. */
export interface CursorRecord extends TypeOf<typeof cursorFields> {}
const cursor: Schema<CursorRecord> = named(
  'CursorRecord',
  where(cursorFields, ({ values, labels, shown }, name) => {
    const stops = values.shape[0]!
    if (stops < 1 || stops > MOST_STOPS) refuse(`${name}.values`, `1 to ${MOST_STOPS} stops`, stops)
    if (shown >= stops) refuse(`${name}.shown`, `below ${stops}`, shown)
    if (labels && labels.length !== stops)
      throw new FigureError({
        code: 'length',
        name: `${name}.labels`,
        expected: stops,
        got: labels.length,
      })
  }),
)

const fields = kind(
  'panels',
  {
    /** In reading order. */
    panels: list(panel, 24),
    /** Sentences below the panels: choices, limits, what is not converged. */
    notes: list(SENTENCE, 40),
  },
  { cursor },
)

/** Charts and tables beside and below each other. */
export interface PanelsFigure extends TypeOf<typeof fields> {}
export const panelsSchema: Schema<PanelsFigure> = named(
  'PanelsFigure',
  where(fields, ({ panels, cursor }, name) => {
    const stops = cursor?.values.shape[0]
    for (const [k, panel] of panels.entries()) {
      const at = `${name}.panels[${k}]`
      if (panel.cursor && stops === undefined)
        refuse(`${at}.cursor`, 'absent where the figure has none', 'one')
      for (const [what, rows] of rowsIn(panel)) {
        if (rows === stops) continue
        refuse(`${at}.${what}`, stops === undefined ? 'the same throughout' : `for ${stops} stops`, rows)
      }
    }
  }),
)

/** What of a panel has a row a stop of the cursor, and how many there are. */
function rowsIn(panel: PanelRecord): (readonly [what: string, rows: number])[] {
  const rows = (what: string, array: PackedArray | undefined, axes: number) =>
    array && array.shape.length > axes ? [[what, array.shape[0]!] as const] : []
  switch (panel.type) {
    case 'lines':
      return panel.series.flatMap(({ y }, k) => rows(`series[${k}].y`, y, 1))
    case 'field':
      return [
        ...rows('values', panel.values, 2),
        ...rows('samples', panel.samples?.x, 1),
        ...(panel.margins ?? []).flatMap(({ values }, k) => rows(`margins[${k}].values`, values, 1)),
      ]
    case 'table':
      return panel.cursor ? [['rows', panel.rows.length]] : []
  }
}
