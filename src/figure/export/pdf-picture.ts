/**
 * A picture as a PDF of one page, where no fonts and no vectors are at hand.
 *
 * @see ISO 32000-1, chapters 7.5, File Structure, and 8.9.5, Image Dictionaries
 */
import { zlibSync } from 'fflate'
import type { Raster } from '../raster/raster.js'
import type { About } from './about.js'
import { joined } from './joined.js'

const POINTS_PER_INCH = 72

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text)

/** The picture at so many dots an inch; it is opaque. */
export function pdfPicture(
  { width, height, rgba }: Raster,
  { dpi, about }: { readonly dpi: number; readonly about: About },
): Uint8Array<ArrayBuffer> {
  const points = (pixels: number): number => Math.round((pixels / dpi) * POINTS_PER_INCH * 1000) / 1000
  const colours = new Uint8Array(3 * width * height)
  for (let from = 0, to = 0; from < rgba.length; from += 4, to += 3) {
    colours.set(rgba.subarray(from, from + 3), to)
  }
  const page = ascii(`${points(width)} 0 0 ${points(height)} 0 0 cm /I Do`)
  const { title, description, software, origin } = about
  const info = { Title: title, Subject: description, Creator: software, Producer: software, Source: origin }
  const image =
    `/Type /XObject /Subtype /Image /Width ${width} /Height ${height} ` +
    '/ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /FlateDecode'
  return pdfFile([
    object('/Type /Catalog /Pages 2 0 R'),
    object('/Type /Pages /Kids [3 0 R] /Count 1'),
    object(
      `/Type /Page /Parent 2 0 R /MediaBox [0 0 ${points(width)} ${points(height)}] ` +
        '/Resources << /XObject << /I 5 0 R >> >> /Contents 4 0 R',
    ),
    object('', page),
    object(image, zlibSync(colours)),
    object(
      Object.entries(info)
        .map(([name, text]) => `/${name} ${utf16(text)}`)
        .join(' '),
    ),
  ])
}

function object(entries: string, stream?: Uint8Array): Uint8Array {
  if (!stream) return ascii(`<< ${entries} >>`)
  return joined([ascii(`<< ${entries} /Length ${stream.length} >>\nstream\n`), stream, ascii('\nendstream')])
}

/** A text in UTF-16 with its mark, as hexadecimal digits. */
function utf16(text: string): string {
  let digits = 'FEFF'
  for (let i = 0; i < text.length; i++) digits += text.charCodeAt(i).toString(16).padStart(4, '0')
  return `<${digits}>`
}

/** Objects 1, 2, … with the table of their places; the first is the catalogue, the last the information. */
function pdfFile(objects: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = [ascii('%PDF-1.7\n')]
  const places: number[] = []
  let at = parts[0]!.length
  objects.forEach((body, k) => {
    const part = joined([ascii(`${k + 1} 0 obj\n`), body, ascii('\nendobj\n')])
    places.push(at)
    at += part.length
    parts.push(part)
  })
  const table = [
    '0000000000 65535 f ',
    ...places.map((place) => `${String(place).padStart(10, '0')} 00000 n `),
  ]
  const size = objects.length + 1
  parts.push(
    ascii(
      `xref\n0 ${size}\n${table.join('\n')}\ntrailer\n<< /Size ${size} /Root 1 0 R /Info ${objects.length} 0 R >>\nstartxref\n${at}\n%%EOF\n`,
    ),
  )
  return joined(parts)
}
