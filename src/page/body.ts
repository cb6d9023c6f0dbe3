import type { Figure, View } from '../figure/index.js'
import type { Run } from './run.js'
import type { Across } from './vega.js'

/** What stands between the title of a figure and its player: chart, panels or steps. */
export interface Body {
  readonly node: HTMLElement
  /** What its frames run through; undefined for a still figure. */
  readonly run: Run | undefined
  /** How it is shown. */
  readonly view: View
  readonly isDrawn: boolean
  /** Keep the room that it will take. */
  reserve(): void
  /** Draw it at the present width and theme. */
  draw(): Promise<void>
  /** Follow another width. */
  fit(): Promise<void>
  /** Show a frame; a fraction lies between two. Resolves once it is painted. */
  show(frame: number): Promise<void>
  /** Show another figure; resolves once it is painted, to false where that needs another body. */
  replace(figure: Figure, frame: number | undefined): Promise<boolean>
  /** Give back what the drawing takes, but not its room. */
  release(): void
  dispose(): void
  /** The charts whose horizontal axes carry cursors. */
  readonly charts: readonly ChartPlace[]
}

/** A chart, where it is, and the axis that a pointer moves along in it. */
export interface ChartPlace {
  readonly stage: HTMLElement
  readonly across: Across | undefined
  /** The frame at a pixel of the stage, where an axis is what the frames run over. */
  readonly frameAt?: (pixel: readonly [number, number]) => number
}
