/**
 * A figure as one still page. Of a figure that moves, the page shows key frames.
 */
import { PsilabError } from '../../error.js'
import { THEMES, type Theme } from '../colour/theme.js'
import { aboutOf } from '../export/about.js'
import { inUnitOf, type Sheet } from '../export/options.js'
import type { Figure, PanelsFigure } from '../payload.js'
import { frameCount, frameLabel, isChart, isPanelled, isWide, keyFrames, panelsOf } from '../spec/index.js'
import { keyOf } from '../spec/key.js'
import { cursorStops } from '../spec/panels/index.js'
import type { ChartFigure, PanelledFigure } from '../spec/view.js'
import { drawFrames } from './charts.js'
import { derivationBlocks } from './derivation.js'
import { keyBlock } from './key.js'
import { type Block, displayed, gap, page, paragraph, picture, textAt } from './page.js'
import { panelBlocks } from './panels.js'
import { textWidth } from './tools.js'

/** Key frames beside each other, at most, and at most in all: fewer where only one has room. */
const COLUMNS = 3
const [KEY_FRAMES, NARROW_FRAMES] = [6, 3]

/** Narrowest and widest panel in pixels. */
const [NARROWEST_PANEL, WIDEST_PANEL] = [200, 300]

/** A still page: an SVG document and its size in pixels of its layout. */
export interface StillPage {
  readonly svg: string
  readonly width: number
  readonly height: number
}

/** The figure on a sheet: title, equation where the figure is about it, charts, notes. @throws PsilabError `parameter` for a frame that it does not have */
export async function stillPage(figure: Figure, sheet: Sheet): Promise<StillPage> {
  const { margin, transparent, zoom } = sheet
  const theme = THEMES[sheet.theme]
  const outer = sheet.width / zoom
  const width = outer - 2 * margin
  const title: Block = paragraph(figure.title, width, { size: 15, colour: theme.ink, face: 'bold' })
  const body = await bodyOf(figure, width, theme, sheet.frame)
  return page(sheet.titled ? [title, ...body] : body, {
    width: outer,
    margin,
    ...(!transparent && { paper: theme.background }),
    sized: (pixels) => inUnitOf(sheet.length, pixels * zoom),
    about: aboutOf(figure),
  })
}

async function bodyOf(
  figure: Figure,
  width: number,
  theme: Theme,
  frame: number | undefined,
): Promise<Block[]> {
  if (frame !== undefined) requireFrame(figure, frame)
  if (isChart(figure)) return chartBlocks(figure, width, theme, frame)
  if (figure.kind === 'derivation') return [gap(2), ...derivationBlocks(figure, width, theme)]
  return [gap(2), ...(await panelBlocks(panelsAt(figure, frame), width, theme))]
}

/** The panels with their cursor at a stop. */
function panelsAt(figure: PanelledFigure, frame: number | undefined): PanelsFigure {
  const panels = panelsOf(figure)
  if (frame === undefined || !panels.cursor) return panels
  return { ...panels, cursor: { ...panels.cursor, shown: frame } }
}

/** Number of frames, or of stops of the cursor. */
function countOf(figure: Figure): number {
  if (isChart(figure)) return frameCount(figure)
  const cursor = isPanelled(figure) ? panelsOf(figure).cursor : undefined
  return cursor ? cursorStops(cursor) : 1
}

function requireFrame(figure: Figure, frame: number): void {
  const count = countOf(figure)
  if (frame < count) return
  throw new PsilabError({
    code: 'parameter',
    parameter: 'frame',
    problem: 'this figure does not have so many frames',
    allowed: count === 1 ? '0: it has one frame' : `0 to ${count - 1}`,
    got: frame,
  })
}

async function chartBlocks(
  figure: ChartFigure,
  width: number,
  theme: Theme,
  frame: number | undefined,
): Promise<Block[]> {
  const room = isWide(figure) ? 1 : Math.min(COLUMNS, Math.floor(width / NARROWEST_PANEL))
  const frames = frame === undefined ? keyFrames(figure, room > 1 ? KEY_FRAMES : NARROW_FRAMES) : [frame]
  const key = keyOf(figure, theme)
  const above = key ? [gap(8), keyBlock(key, width, theme)] : [gap(4)]
  if (frames.length > 1) return [...above, await panels(figure, frames, room, width, theme)]
  const [drawn] = await drawFrames(figure, { theme: theme.name, width }, frames)
  const chart = captioned(picture(drawn!.svg, drawn!.height), frameLabel(figure, frames[0]!), width, theme)
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
  room: number,
  width: number,
  theme: Theme,
): Promise<Block> {
  const columns = Math.max(1, Math.min(room, frames.length % 3 === 1 || frames.length === 2 ? 2 : COLUMNS))
  const panel = Math.min(columns === 1 ? width : WIDEST_PANEL, Math.floor(width / columns))
  const drawn = await drawFrames(figure, { theme: theme.name, width: panel, compact: true }, frames)
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

/** A chart with its caption, where it has one. */
function captioned(chart: Block, words: string, width: number, theme: Theme): Block {
  if (words === '') return chart
  return {
    height: chart.height,
    svg: (x, y) => chart.svg(x, y) + captionAt(words, x, y, width, theme),
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
