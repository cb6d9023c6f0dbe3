/**
 * A figure as PNG bytes, in Node: the same bytes on every machine.
 */
import { PsilabError } from '../error.js'
import { aboutOf } from './export/about.js'
import { type ExportOptions, PIXELS_PER_INCH, sheetOf } from './export/options.js'
import { withPngMetadata } from './export/png-metadata.js'
import type { Figure } from './payload.js'
import { rasterise } from './still/rasterise.js'
import { stillPage } from './svg.js'

/** Most pixels of a picture: what the renderer allocates is four bytes for each, some times over. */
export const MAX_PIXELS = 60_000_000

/** Differences of 255 between shades of the edges of letters: 16 colours look as all do, and take 4 bits. */
const SHADES = 20

/**
 * Draw the figure without a browser.
 * @throws PsilabError `too-large` where the picture would have more than {@link MAX_PIXELS}
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

function requirePixels(width: number, height: number, dpi: number): void {
  if (width * height <= MAX_PIXELS) return
  throw new PsilabError({
    code: 'too-large',
    parameter: 'dpi',
    problem: `a picture of ${width} × ${height} pixels`,
    allowed: `at most ${MAX_PIXELS / 1e6} million pixels`,
    got: dpi,
    advice:
      'Ask for fewer dots an inch, for a narrower figure, or for a PDF or an SVG, which have no pixels.',
  })
}
