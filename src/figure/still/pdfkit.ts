/**
 * The packages that write PDF. Of pdfkit it is the build for pages, in Node too: it compresses by fflate, in plain
 * JavaScript, so that the bytes do not depend on the zlib of a machine.
 */
import { createRequire } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type { PdfImage } from './pdf-image.js'

/** What we use of a document of pdfkit. */
export interface PdfDocument {
  openImage: (link: string) => PdfImage
  readonly info: Record<string, string | Date>
  registerFont(name: string, file: Uint8Array): void
  on(event: 'data', take: (chunk: Uint8Array) => void): void
  on(event: 'end', done: () => void): void
  end(): void
}

export interface PdfPackages {
  readonly PDFDocument: new (options: object) => PdfDocument
  readonly drawSvg: (document: PdfDocument, svg: string, x: number, y: number, options: object) => void
}

export async function pdfPackages(): Promise<PdfPackages> {
  const folder = path.dirname(createRequire(import.meta.url).resolve('pdfkit'))
  const [kit, svg] = (await Promise.all([
    import(pathToFileURL(path.join(folder, 'pdfkit.browser.mjs')).href),
    import('svg-to-pdfkit' as string),
  ])) as [{ default: PdfPackages['PDFDocument'] }, { default: PdfPackages['drawSvg'] }]
  return { PDFDocument: kit.default, drawSvg: svg.default }
}
