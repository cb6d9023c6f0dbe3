/**
 * Figures as files, in Node.
 */
import type { Drawable } from './drawable.js'
import { csvWithAbout, figureCsv } from './export/csv.js'
import { type FileFormat, formatOf, requireFormat } from './export/formats.js'
import { figureNpz, npzWithAbout } from './export/npz.js'
import { type ExportOptions, sheetOf } from './export/options.js'
import { writeWhole } from './export/write-file.js'
import { toHTML } from './html.js'
import { toPDF } from './pdf.js'
import { notebookPNG, toPNG } from './png.js'
import { toSVG } from './svg.js'
import { saved } from './wire.js'

export { notebookPNG, toPNG }

/** Results that are more than their figure write all their numbers. */
interface Tabulated {
  readonly toCsv?: () => string
  readonly toNpz?: () => Uint8Array
}

/** The bytes of a file of a format. */
export async function encode(
  result: Drawable,
  format: FileFormat,
  options: ExportOptions,
): Promise<Uint8Array> {
  requireFormat(format)
  sheetOf(options)
  const figure = result.figure()
  const { toCsv, toNpz } = result as Tabulated
  switch (format) {
    case 'svg':
      return utf8(`${XML}${await toSVG(figure, options)}\n`)
    case 'pdf':
      return toPDF(figure, options)
    case 'png':
      return toPNG(figure, options)
    case 'csv':
      return utf8(toCsv ? csvWithAbout(figure, [toCsv.call(result).trimEnd()]) : figureCsv(figure))
    case 'npz':
      return toNpz ? npzWithAbout(figure, toNpz.call(result)) : figureNpz(figure)
    case 'html':
      return utf8(await toHTML([figure], options))
    case 'psilab.json':
      return utf8(`${JSON.stringify(saved(figure))}\n`)
  }
}

/** Write the file that a name asks for. */
export async function save(result: Drawable, file: string, options: ExportOptions): Promise<void> {
  await writeWhole(file, await encode(result, formatOf(file), options))
}

const XML = '<?xml version="1.0" encoding="UTF-8"?>\n'

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
