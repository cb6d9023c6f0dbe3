/**
 * A figure as one still SVG page, in Node.
 */
import { type ExportOptions, sheetOf } from './export/options.js'
import type { Figure } from './payload.js'
import { NODE_TOOLS } from './still/node.js'
import { stillPage } from './still/sheet.js'
import { provideTools } from './still/tools.js'

provideTools(NODE_TOOLS)

export { stillPage }

/** The figure as an SVG document: title, equation where the figure is about it, charts, notes. */
export async function toSVG(figure: Figure, options: ExportOptions = {}): Promise<string> {
  const { svg } = await stillPage(figure, sheetOf(options))
  return svg
}
