/**
 * A figure as one still SVG page, in Node. Of a figure that moves, the page shows key frames.
 */
import { type Theme, type ThemeName, THEMES } from './colour/theme.js'
import type { Figure } from './payload.js'
import { frameCount, frameLabel, isChart } from './spec/index.js'
import type { ChartFigure } from './spec/view.js'
import { drawFrames } from './still/charts.js'
import { derivationBlocks } from './still/derivation.js'
import { colourKey } from './still/key.js'
import { type Block, displayed, gap, page, paragraph, picture, textAt } from './still/page.js'
import { px } from './still/tex.js'

export interface StillOptions {
  /** Default `light`. */
  readonly theme?: ThemeName
  /** Width of the drawing in pixels, without its margin of 20; default 720. */
  readonly width?: number
}

/** Key frames beside each other, and at most in all. */
const COLUMNS = 3
const KEY_FRAMES = 6

/** The figure as an SVG document: title, equation where the figure is about it, charts, notes. */
export async function toSVG(figure: Figure, options: StillOptions = {}): Promise<string> {
  const { theme: name = 'light', width = 720 } = options
  const theme = THEMES[name]
  const title: Block = paragraph(figure.title, width, { size: 15, colour: theme.ink, face: 'bold' })
  const body = isChart(figure)
    ? await chartBlocks(figure, width, theme)
    : [gap(14), ...derivationBlocks(figure, width, theme)]
  return page([title, ...body], width, theme)
}

async function chartBlocks(figure: ChartFigure, width: number, theme: Theme): Promise<Block[]> {
  const frames = keyFrames(frameCount(figure))
  if (frames.length > 1) return [await panels(figure, frames, width, theme)]
  const [drawn] = await drawFrames(figure, { theme: theme.name, width }, [0])
  const chart = picture(drawn!.svg, drawn!.height)
  if (figure.kind !== 'problem') return [gap(4), chart]
  const notes = figure.notes.map((note) => paragraph(note, width, { size: 11.5, colour: theme.muted }))
  return [
    gap(10),
    displayed(figure.problem.tex, width, 18, theme.ink),
    gap(12),
    chart,
    ...(notes.length > 0 ? [gap(6), ...notes] : []),
  ]
}

/** Evenly spread frames, first and last among them. */
export function keyFrames(count: number): number[] {
  const shown = Math.min(count, KEY_FRAMES)
  if (shown < 2) return [0]
  return Array.from({ length: shown }, (_, k) => Math.round((k * (count - 1)) / (shown - 1)))
}

/** Small multiples with a caption each, and one colour key for all. */
async function panels(
  figure: ChartFigure,
  frames: readonly number[],
  width: number,
  theme: Theme,
): Promise<Block> {
  const columns = frames.length === 4 || frames.length === 2 ? 2 : COLUMNS
  const panel = Math.floor(width / columns)
  const drawn = await drawFrames(figure, { theme: theme.name, width: panel, legend: false }, frames)
  const height = Math.max(...drawn.map((chart) => chart.height)) + 6
  const key = 26
  return {
    height: key + height * Math.ceil(frames.length / columns),
    svg: (x, y) =>
      colourKey(figure, theme, x + width, y - 16) +
      drawn
        .map((chart, k) => {
          const [left, top] = [x + (k % columns) * panel, y + key + Math.floor(k / columns) * height]
          const caption = frameLabel(figure, frames[k]!)
          return (
            `<g transform="translate(${px(left)},${px(top)})">${chart.svg}` +
            `${textAt(caption, panel / 2 + 18, 22, { size: 12, colour: theme.ink, face: 'italic' })}</g>`
          )
        })
        .join(''),
  }
}
