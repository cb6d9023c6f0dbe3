/**
 * A figure as PNG bytes, in Node: the same bytes on every machine.
 */
import { aboutOf } from './export/about.js'
import { type ExportOptions, PIXELS_PER_INCH, requirePixels, sheetOf } from './export/options.js'
import { withPngMetadata } from './export/png-metadata.js'
import type { Figure } from './payload.js'
import { rasterise } from './still/rasterise.js'
import { stillPage } from './svg.js'

/** Differences of 255 between shades of the edges of letters: 16 colours look as all do, and take 4 bits. */
const SHADES = 20

/**
 * Draw the figure without a browser.
 * @throws PsilabError `too-large` where the picture would have more than 60 million
 */
export async function toPNG(figure: Figure, options: ExportOptions = {}): Promise<Uint8Array> {
  const sheet = sheetOf(options)
  const { svg, width, height } = await stillPage(figure, sheet)
  const scale = sheet.dpi / PIXELS_PER_INCH
  const pixels = (length: number): number => Math.round(length * sheet.zoom * scale)
  requirePixels(pixels(width), pixels(height), sheet.dpi)
  const png = await rasterise(svg, scale, figure.kind === 'derivation' ? SHADES : 0, figure.kind === 'wave')
  return withPngMetadata(png, { about: aboutOf(figure), dpi: sheet.dpi })
}
