/**
 * Pictures of a figure, made by the browser: an SVG in the layout of saved files, and from it a PNG or a PDF.
 */
import {
  aboutOf,
  type ExportOptions,
  type Figure,
  pdfPicture,
  provideTools,
  requirePixels,
  type Sheet,
  sheetOf,
  stillPage,
  withPngMetadata,
} from '../../figure/index.js'
import { unseenChart } from '../vega.js'
import { pageTools } from './tools.js'

/** Pixels of one inch. */
const INCH = 96

export async function svgText(figure: Figure, options: ExportOptions): Promise<string> {
  const { svg } = await drawn(figure, sheetOf(options))
  return `<?xml version="1.0" encoding="UTF-8"?>\n${svg}\n`
}

export async function pngBlob(figure: Figure, options: ExportOptions): Promise<Blob> {
  const { canvas, sheet } = await painted(figure, options)
  const blob = await new Promise<Blob>((resolve, reject) => {
    canvas.toBlob((made) => {
      if (made) resolve(made)
      else reject(new Error('The browser made no picture.'))
    }, 'image/png')
  })
  const bytes = new Uint8Array(await blob.arrayBuffer())
  return new Blob([withPngMetadata(bytes, { about: aboutOf(figure), dpi: sheet.dpi })], { type: 'image/png' })
}

export async function pdfBytes(figure: Figure, options: ExportOptions): Promise<Uint8Array<ArrayBuffer>> {
  const { canvas, sheet } = await painted(figure, options)
  const { width, height } = canvas
  const { data } = canvas.getContext('2d')!.getImageData(0, 0, width, height)
  return pdfPicture({ width, height, rgba: data }, { dpi: sheet.dpi, about: aboutOf(figure) })
}

function drawn(figure: Figure, sheet: Sheet) {
  provideTools(pageTools(unseenChart))
  return stillPage(figure, sheet)
}

/** The figure on a canvas, at the dots an inch that were asked for. */
async function painted(
  figure: Figure,
  options: ExportOptions,
): Promise<{ canvas: HTMLCanvasElement; sheet: Sheet }> {
  const sheet = sheetOf(options)
  const { svg, width, height } = await drawn(figure, sheet)
  const scale = (sheet.zoom * sheet.dpi) / INCH
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(width * scale)
  canvas.height = Math.round(height * scale)
  requirePixels(canvas.width, canvas.height, sheet.dpi)
  const image = new Image()
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`
  await image.decode()
  canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height)
  return { canvas, sheet }
}
