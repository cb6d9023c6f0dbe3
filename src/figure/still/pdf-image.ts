/**
 * A raster as an image of a PDF: colours, and opacity as its mask. pdfkit would decode a PNG by and by, and write the
 * images in the order in which they happen to be ready.
 *
 * @see ISO 32000-1, chapter 8.9.5, Image Dictionaries
 */
import { zlibSync } from 'fflate'
import type { Raster } from '../raster/raster.js'

/** An object of a document that is being written. */
export interface PdfReference {
  readonly data: Record<string, unknown>
  end(bytes?: Uint8Array): void
}

export interface PdfWriter {
  ref(data: object): PdfReference
}

/** What pdfkit draws as an image. */
export interface PdfImage {
  readonly label: string
  readonly width: number
  readonly height: number
  obj: PdfReference | null
  embed(document: PdfWriter): void
}

export function pdfImage({ width, height, rgba }: Raster, label: string): PdfImage {
  const common = {
    Type: 'XObject',
    Subtype: 'Image',
    Width: width,
    Height: height,
    BitsPerComponent: 8,
    Filter: 'FlateDecode',
    Interpolate: true,
  }
  return {
    label,
    width,
    height,
    obj: null,
    embed(document) {
      if (this.obj) return
      const colours = rgba.filter((_, i) => i % 4 !== 3)
      const opacity = rgba.filter((_, i) => i % 4 === 3)
      this.obj = document.ref({ ...common, ColorSpace: 'DeviceRGB' })
      if (opacity.some((value) => value !== 255)) {
        const mask = document.ref({ ...common, ColorSpace: 'DeviceGray' })
        mask.end(zlibSync(new Uint8Array(opacity)))
        this.obj.data['SMask'] = mask
      }
      this.obj.end(zlibSync(new Uint8Array(colours)))
    },
  }
}
