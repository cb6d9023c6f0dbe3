import { FigureError } from '../errors.js'
import { kind } from './base.js'
import { fits, line, packed } from './packed.js'
import { path, place } from './places.js'
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
} from './schema.js'

const scaleFields = record({ label: LABEL, scale: oneOf('linear', 'log') })

/** Axis of a chart. */
export interface ScaleRecord extends TypeOf<typeof scaleFields> {}
const scale: Schema<ScaleRecord> = named('ScaleRecord', scaleFields)

const seriesFields = record(
  {
    label: LABEL,
    mark: oneOf('line', 'points', 'bars', 'steps'),
    /** `reference`: what `data` is compared with. It is dashed, and does not widen the axes by much. */
    role: oneOf('data', 'reference'),
  },
  {
    x: line,
    y: line,
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
    fits(`${name}.y`, y, x.shape)
    if (error) fits(`${name}.error`, error, x.shape)
  }),
)

const linesFields = record({
  type: oneOf('lines'),
  heading: LABEL,
  x: scale,
  y: scale,
  series: list(series, 64),
})

/** Curves, points, bars and steps over common axes. */
export interface LinesPanelRecord extends TypeOf<typeof linesFields> {}
const lines: Schema<LinesPanelRecord> = named('LinesPanelRecord', linesFields)

const fieldFields = record(
  {
    type: oneOf('field'),
    heading: LABEL,
    /** Labels of both axes, the horizontal one first. */
    labels: pair(LABEL),
    /** Equidistant coordinates. */
    axes: pair(line),
    /** Shape [Nx, Ny]. */
    values: packed(2),
    /** `sequential` from 0 or the lowest value; `diverging` about 0; `wells`: an objective, by contour. */
    scale: oneOf('sequential', 'diverging', 'wells'),
    /** Symbol of what is coloured. */
    quantity: text(40),
    /** Values at which lines are drawn. */
    levels: list(finite, 40),
    points: list(place, 40),
    /** Paths over the field. */
    paths: list(path, 400),
  },
  {
    /** Samples as dots, and how many there were before some were picked. */
    samples: record({ x: line, y: line, of: finite }),
  },
)

/** A function of two coordinates, as colours. */
export interface FieldPanelRecord extends TypeOf<typeof fieldFields> {}
const field: Schema<FieldPanelRecord> = named(
  'FieldPanelRecord',
  where(fieldFields, ({ axes, values, samples }, name) => {
    fits(
      `${name}.values`,
      values,
      axes.map((each) => each.shape[0]),
    )
    if (samples) fits(`${name}.samples.y`, samples.y, samples.x.shape)
  }),
)

const tableFields = record({
  type: oneOf('table'),
  heading: LABEL,
  columns: list(record({ label: LABEL, align: oneOf('left', 'right') }), 24),
  rows: list(list(text(400), 24), 400),
})

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

const fields = kind('panels', {
  /** In reading order. */
  panels: list(panel, 24),
  /** Sentences below the panels: choices, limits, what is not converged. */
  notes: list(SENTENCE, 40),
})

/** Charts and tables beside and below each other. */
export interface PanelsFigure extends TypeOf<typeof fields> {}
export const panelsSchema: Schema<PanelsFigure> = named('PanelsFigure', fields)
