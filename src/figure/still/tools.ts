/**
 * What a still page needs of where it is drawn: widths of texts, formulas, and charts as SVG. In Node these come from
 * files of fonts, MathJax and vega; a page in a browser has its own.
 */
import type { Row, Unit } from '../spec/view.js'

export type Face = 'regular' | 'bold' | 'italic'

/** A formula set at a font size: its box in pixels, and its drawing. */
export interface Typeset {
  readonly width: number
  /** Above and below the baseline. */
  readonly ascent: number
  readonly descent: number
  /** SVG with the left end of the baseline at (x, y). */
  readonly svg: (x: number, y: number, colour: string) => string
}

/** A chart that nobody sees, of vega's kind. */
export interface UnseenChart {
  data(name: string, rows: Row[]): unknown
  signal(name: string, value: unknown): unknown
  runAsync(): Promise<unknown>
  toSVG(): Promise<string>
  finalize(): unknown
}

export interface StillTools {
  /** Width of a line of text in pixels. */
  readonly textWidth: (text: string, fontSize: number, face: Face) => number
  readonly typeset: (tex: string, fontSize: number, display: boolean) => Typeset
  readonly chart: (spec: Unit) => Promise<UnseenChart>
}

let provided: StillTools | undefined

/** Say what still pages are drawn with from now on. */
export function provideTools(tools: StillTools): void {
  provided = tools
}

export function tools(): StillTools {
  if (!provided) throw new Error('Still pages have no tools to be drawn with.')
  return provided
}

export function textWidth(text: string, fontSize: number, face: Face = 'regular'): number {
  return tools().textWidth(text, fontSize, face)
}

export function typeset(tex: string, fontSize: number, display = false): Typeset {
  return tools().typeset(tex, fontSize, display)
}

/** Pixels to a hundredth. */
export function px(value: number): string {
  return String(Math.round(value * 100) / 100)
}
