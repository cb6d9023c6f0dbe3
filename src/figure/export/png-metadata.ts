/**
 * What a PNG says about itself: its resolution (chunk pHYs), and title, description, software and origin as text (iTXt).
 *
 * @see ISO/IEC 15948:2004, Portable Network Graphics, chapters 11.3.3.4 and 11.3.4.3
 */
import { pngChunk } from '../still/png-encode.js'
import type { About } from './about.js'
import { joined } from './joined.js'

/** Bytes of the signature and of the header's chunk, which stand first in every file. */
const HEAD = 8 + 25

const INCHES_PER_METRE = 1 / 0.0254

/** The file with its chunks of text behind the header; `dpi` dots an inch. */
export function withPngMetadata(
  png: Uint8Array,
  { about, dpi }: { readonly about: About; readonly dpi: number },
): Uint8Array<ArrayBuffer> {
  const { software, title, description, origin } = about
  const text = { Title: title, Description: description, Software: software, Source: origin }
  const chunks = [
    resolution(dpi),
    ...Object.entries(text).map(([keyword, words]) => international(keyword, words)),
  ]
  return joined([png.subarray(0, HEAD), ...chunks, png.subarray(HEAD)])
}

/** Pixels a metre, the same along both axes. */
function resolution(dpi: number): Uint8Array {
  const data = new Uint8Array(9)
  const view = new DataView(data.buffer)
  view.setUint32(0, Math.round(dpi * INCHES_PER_METRE))
  view.setUint32(4, Math.round(dpi * INCHES_PER_METRE))
  data[8] = 1 // the unit is the metre
  return pngChunk('pHYs', data)
}

/** Keyword, a zero; not compressed, no language, no other keyword; text in UTF-8. */
function international(keyword: string, text: string): Uint8Array {
  return pngChunk('iTXt', new TextEncoder().encode(`${keyword}\0\0\0\0\0${text.replaceAll('\0', '\uFFFD')}`))
}
