/**
 * What panels are made of: charts and tables as plain data.
 */
import type { ProblemRecord } from '../../payload.js'

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
