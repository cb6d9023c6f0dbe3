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

/** What colours of a notebook's pictures may differ by, tried in this order until 256 of them do; the last where all are lines and narrow areas. */
const [NEAR, NEAR_LINES] = [
  [3, 6, 10],
  [3, 6, 10, 16],
] as const

/** Of pictures whose colours run into each other: as many pixels as the page has, and colours in steps of 255, so that an output stays below 200 KB. */
const SMALL: ExportOptions = { dpi: PIXELS_PER_INCH }
const COARSE = 4

/**
 * Draw the figure without a browser.
 * @throws PsilabError `too-large` where the picture would have more than 60 million
 */
export async function toPNG(figure: Figure, options: ExportOptions = {}): Promise<Uint8Array> {
  return draw(figure, options, figure.kind === 'derivation' ? [SHADES] : [0])
}

/** The picture that a notebook keeps beside the figure: in 256 colours where that looks as all do. */
export async function notebookPNG(figure: Figure): Promise<Uint8Array> {
  if (figure.kind === 'derivation') return toPNG(figure)
  if (figure.kind === 'wave') return draw(figure, SMALL, [0], COARSE)
  return draw(figure, {}, figure.kind === 'evolution' ? NEAR_LINES : NEAR)
}

async function draw(
  figure: Figure,
  options: ExportOptions,
  tolerances: readonly number[],
  smooth = figure.kind === 'wave' ? 1 : 0,
): Promise<Uint8Array> {
  const sheet = sheetOf(options)
  const { svg, width, height } = await stillPage(figure, sheet)
  const scale = sheet.dpi / PIXELS_PER_INCH
  const pixels = (length: number): number => Math.round(length * sheet.zoom * scale)
  requirePixels(pixels(width), pixels(height), sheet.dpi)
  const png = await rasterise(svg, scale, tolerances, smooth)
  return withPngMetadata(png, { about: aboutOf(figure), dpi: sheet.dpi })
}
