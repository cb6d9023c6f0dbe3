/**
 * Figures as files, in Node.
 */
import { Drawable } from './drawable.js'
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

/** The bytes of a file of a format. */
export async function encode(
  result: Drawable,
  format: FileFormat,
  options: ExportOptions,
): Promise<Uint8Array> {
  requireFormat(format)
  sheetOf(options)
  const figure = result.figure()
  switch (format) {
    case 'svg':
      return utf8(`${XML}${await toSVG(figure, options)}\n`)
    case 'pdf':
      return toPDF(figure, options)
    case 'png':
      return toPNG(figure, options)
    case 'csv':
      return utf8(
        isDrawn(result, 'toCsv') ? figureCsv(figure) : csvWithAbout(figure, [result.toCsv().trimEnd()]),
      )
    case 'npz':
      return isDrawn(result, 'toNpz') ? figureNpz(figure) : npzWithAbout(figure, result.toNpz())
    case 'html':
      return utf8(await toHTML([figure], options))
    case 'psilab.json':
      return utf8(`${JSON.stringify(saved(figure))}\n`)
  }
}

/** Whether a result writes what its figure holds, and no numbers of its own. */
function isDrawn(result: Drawable, method: 'toCsv' | 'toNpz'): boolean {
  return result[method] === Drawable.prototype[method] && result['tabulated']() === undefined
}

/** Write the file that a name asks for. */
export async function save(result: Drawable, file: string, options: ExportOptions): Promise<void> {
  await writeWhole(file, await encode(result, formatOf(file), options))
}

const XML = '<?xml version="1.0" encoding="UTF-8"?>\n'

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
