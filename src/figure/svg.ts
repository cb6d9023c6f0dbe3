/**
 * A figure as one still SVG page, in Node. Of a figure that moves, the page shows key frames.
 */
import { THEMES, type Theme, type ThemeName } from './colour/theme.js'
import type { Figure } from './payload.js'
import { frameLabel, isChart, keyFrames } from './spec/index.js'
import { keyOf } from './spec/key.js'
import type { ChartFigure } from './spec/view.js'
import { drawFrames } from './still/charts.js'
import { derivationBlocks } from './still/derivation.js'
import { textWidth } from './still/fonts.js'
import { keyBlock } from './still/key.js'
import { type Block, displayed, gap, page, paragraph, picture, textAt } from './still/page.js'
import { panelBlocks } from './still/panels.js'

export interface StillOptions {
  /** Default `light`. */
  readonly theme?: ThemeName
  /** Width of the drawing in pixels, without its margin of 20; default 720. */
  readonly width?: number
}

/** Key frames beside each other, and at most in all. */
const COLUMNS = 3
const KEY_FRAMES = 6

/** Widest panel in pixels. */
const WIDEST_PANEL = 300

/** The figure as an SVG document: title, equation where the figure is about it, charts, notes. */
export async function toSVG(figure: Figure, options: StillOptions = {}): Promise<string> {
  const { theme: name = 'light', width = 720 } = options
  const theme = THEMES[name]
  const title: Block = paragraph(figure.title, width, { size: 15, colour: theme.ink, face: 'bold' })
  return page([title, ...(await bodyOf(figure, width, theme))], width, theme)
}

async function bodyOf(figure: Figure, width: number, theme: Theme): Promise<Block[]> {
  if (isChart(figure)) return chartBlocks(figure, width, theme)
  if (figure.kind === 'derivation') return [gap(2), ...derivationBlocks(figure, width, theme)]
  return [gap(2), ...(await panelBlocks(figure, width, theme))]
}

async function chartBlocks(figure: ChartFigure, width: number, theme: Theme): Promise<Block[]> {
  const frames = keyFrames(figure, KEY_FRAMES)
  const key = keyOf(figure, theme)
  const above = key ? [gap(8), keyBlock(key, width, theme)] : [gap(4)]
  if (frames.length > 1) return [...above, await panels(figure, frames, width, theme)]
  const [drawn] = await drawFrames(figure, { theme: theme.name, width }, [0])
  const chart = picture(drawn!.svg, drawn!.height)
  if (figure.kind !== 'problem') return [...above, chart]
  const notes = figure.notes.map((note) => paragraph(note, width, { size: 11.5, colour: theme.muted }))
  return [
    gap(10),
    displayed(figure.problem.tex, width, 18, theme.ink),
    gap(12),
    chart,
    ...(notes.length > 0 ? [gap(6), ...notes] : []),
  ]
}

/** Small multiples with a caption each. */
async function panels(
  figure: ChartFigure,
  frames: readonly number[],
  width: number,
  theme: Theme,
): Promise<Block> {
  const columns = frames.length % 3 === 1 || frames.length === 2 ? 2 : COLUMNS
  const panel = Math.min(WIDEST_PANEL, Math.floor(width / columns))
  const drawn = await drawFrames(figure, { theme: theme.name, width: panel }, frames)
  const height = Math.max(...drawn.map((chart) => chart.height)) + 6
  return {
    height: height * Math.ceil(frames.length / columns),
    svg: (x, y) =>
      drawn
        .map((chart, k) => {
          const [left, top] = [x + (k % columns) * panel, y + Math.floor(k / columns) * height]
          return (
            picture(chart.svg, chart.height).svg(left, top) +
            captionAt(frameLabel(figure, frames[k]!), left, top, panel, theme)
          )
        })
        .join(''),
  }
}

/** Captions begin so far right of the middle of their panel, and end so far before its right side. */
const [CAPTION_AFTER, CAPTION_BEFORE] = [18, 16]

/** A caption above a panel, right of the middle where it fits; a long one begins further left, and is set smaller. */
function captionAt(words: string, left: number, top: number, panel: number, theme: Theme): string {
  const room = panel - CAPTION_BEFORE - 64
  const size = Math.min(12, (12 * room) / textWidth(words, 12, 'italic'))
  const latest = panel - CAPTION_BEFORE - textWidth(words, size, 'italic')
  const x = left + Math.min(panel / 2 + CAPTION_AFTER, latest)
  return textAt(words, x, top + 22, { size, colour: theme.ink, face: 'italic' })
}
