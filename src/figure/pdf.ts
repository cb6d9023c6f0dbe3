/**
 * A figure as a PDF of one page, in Node: vectors, fonts as subsets, text that can be searched; the same bytes on
 * every machine.
 */
import { decodeBase64 } from './base64.js'
import { type About, aboutOf } from './export/about.js'
import { joined } from './export/joined.js'
import { type ExportOptions, PIXELS_PER_INCH, sheetOf } from './export/options.js'
import type { Figure } from './payload.js'
import { fontFile } from './still/fonts.js'
import { pdfImage } from './still/pdf-image.js'
import { type PdfDocument, type PdfPackages, pdfPackages } from './still/pdfkit.js'
import { decodePng } from './still/png-decode.js'
import type { Face } from './still/tools.js'
import { stillPage } from './svg.js'

/** Points of a PDF for each pixel. */
const POINTS = 72 / PIXELS_PER_INCH

/** How the images of our pages begin. */
const PNG_URL = 'data:image/png;base64,'

const FACES: readonly Face[] = ['regular', 'bold', 'italic']

let packages: Promise<PdfPackages> | undefined

/** The page is as large as the figure. */
export async function toPDF(figure: Figure, options: ExportOptions = {}): Promise<Uint8Array> {
  const sheet = sheetOf(options)
  const { svg, width, height } = await stillPage(figure, sheet)
  packages ??= pdfPackages()
  const { PDFDocument, drawSvg } = await packages
  const size = { width: width * sheet.zoom * POINTS, height: height * sheet.zoom * POINTS }
  const document = new PDFDocument({
    size: [size.width, size.height],
    margin: 0,
    font: null,
    pdfVersion: '1.7',
    info: { ...pdfInfo(aboutOf(figure)), CreationDate: NO_DATE },
  })
  const chunks: Uint8Array[] = []
  document.on('data', (chunk) => chunks.push(chunk))
  let images = 0
  document.openImage = (link) => pdfImage(decodePng(decodeBase64(link.slice(PNG_URL.length))), `I${++images}`)
  for (const face of FACES) document.registerFont(face, fontFile(face))
  drawSvg(document, svg, 0, 0, {
    ...size,
    fontCallback: (_family: string, bold: boolean, italic: boolean) =>
      bold ? 'bold' : italic ? 'italic' : 'regular',
  })
  return finished(document, chunks)
}

/** The identifier of a document is made of its date and its facts; ours has only facts. */
const NO_DATE = new Date(0)

/** Entries of the information dictionary. */
function pdfInfo({ software, title, description, origin }: About): Record<string, string> {
  return { Title: title, Subject: description, Creator: software, Producer: software, Source: origin }
}

async function finished(document: PdfDocument, chunks: readonly Uint8Array[]): Promise<Uint8Array> {
  delete document.info['CreationDate']
  // Metadata in a second form, which is always dated.
  Object.assign(document, { endMetadata: () => undefined })
  const ended = new Promise<void>((done) => {
    document.on('end', done)
  })
  document.end()
  await ended
  return joined(chunks)
}
