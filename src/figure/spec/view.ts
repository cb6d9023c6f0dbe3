import type { PhaseMapName } from '../colour/phase.js'
import type { ThemeName } from '../colour/theme.js'
import type { DerivationFigure, Figure, PanelsFigure, ThermodynamicsFigure } from '../payload.js'
import type { Raster } from '../raster/raster.js'

/** A figure that is one chart. */
export type ChartFigure = Exclude<Figure, DerivationFigure | PanelledFigure>

/** A figure of several charts and tables. */
export type PanelledFigure = PanelsFigure | ThermodynamicsFigure

/** How a figure is looked at: nothing in it changes what the figure says. */
export interface View {
  /** Index of the frame shown; default 0. Between whole frames an evolution is blended. */
  readonly frame?: number
  /** Default `light`. */
  readonly theme?: ThemeName
  /** Outer width in pixels; default 680. */
  readonly width?: number
  /** Outer height in pixels; default: what suits the kind and width. */
  readonly height?: number
  /** Font families for words and for symbols; default those that the PNG ships with. */
  readonly fonts?: Fonts
  /** What eigenstates show: the wave φₙ (default) or its density φₙ². */
  readonly states?: 'wave' | 'density'
  /** Colours of phases; default `uniform`. `safe` is for eyes that confuse red and green. */
  readonly map?: PhaseMapName
  /** The point that sections of a figure in space go through; default that of the figure's view, else where |ψ|² is largest. */
  readonly slice?: readonly number[]
  /** One of several on a page: only what says most is drawn. */
  readonly compact?: boolean
  /** Turns a painted field into what an image mark takes: a URL, or a canvas in a page. Default: fields stay blank. */
  readonly picture?: (raster: Raster) => unknown
}

export interface Fonts {
  readonly text: string
  readonly math: string
}

/** Those that the PNG is drawn with; where a file is opened without them, what is as wide. */
export const PNG_FONTS: Fonts = {
  text: 'DejaVu Sans, Verdana, sans-serif',
  math: 'DejaVu Serif, Georgia, serif',
}

/** A chart, or a part of one, in the grammar of vega-lite 6: plain data, so that no user of the library needs its types. */
export type Unit = Readonly<Record<string, unknown>>

/** A row of a data set. */
export type Row = Readonly<Record<string, unknown>>

/** What changes from frame to frame: whole data sets, and parameters, by name. */
export interface FrameUpdate {
  readonly data: Readonly<Record<string, readonly Row[]>>
  readonly params: Readonly<Record<string, unknown>>
}

/** A kind of figure under axes: its chart, its frames, and what differs between them. */
export interface ChartKind<F extends ChartFigure> {
  /** The chart at `view.frame`, pure JSON. */
  readonly spec: (figure: F, view: View) => Unit
  /** Number of frames; 1 for a still figure. */
  readonly frames: (figure: F) => number
  /** At most `shown` frames that stand for all of them. */
  readonly keyFrames: (figure: F, shown: number) => readonly number[]
  /** What the frames run over, for example "t"; empty for a still figure. */
  readonly symbol: (figure: F) => string
  /** The caption of a frame, for example "t = 1.25"; empty for a still figure. */
  readonly label: (figure: F, frame: number) => string
  /** Whether it is as wide as the page, also where several frames are shown; default no. */
  readonly wide?: (figure: F) => boolean
  /** What to push into a drawn chart so that it shows `view.frame`. */
  readonly update: (figure: F, view: View) => FrameUpdate
}

/** What a kind without frames has in their place. */
export const STILL = {
  frames: (): number => 1,
  keyFrames: (): readonly number[] => [0],
  symbol: (): string => '',
  label: (): string => '',
  update: (): FrameUpdate => ({ data: {}, params: {} }),
} as const
