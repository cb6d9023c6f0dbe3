/**
 * A raster as a PNG file: 8 bits a channel, lines not filtered, one IDAT chunk. The deflate is fflate's, in plain
 * JavaScript, so that the bytes do not depend on the zlib of a machine.
 *
 * @see ISO/IEC 15948:2004, Portable Network Graphics
 */
import { zlibSync } from 'fflate'
import { encodeBase64 } from '../base64.js'
import type { Raster } from '../raster/raster.js'

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

/** Colour types of PNG, and their channels. */
const RGB = { type: 2, channels: 3 }
const RGBA = { type: 6, channels: 4 }

/** The picture as a file; without its alpha channel where all of it is opaque. */
export function encodePng(raster: Raster): Uint8Array {
  const { width, height } = raster
  const { type, channels } = opaque(raster) ? RGB : RGBA
  const header = new Uint8Array(13)
  new DataView(header.buffer).setUint32(0, width)
  new DataView(header.buffer).setUint32(4, height)
  header.set([8, type, 0, 0, 0], 8) // 8 bits, deflate, adaptive filters, not interlaced
  const parts = [
    Uint8Array.from(SIGNATURE),
    chunk('IHDR', header),
    chunk('IDAT', zlibSync(scanLines(raster, channels), { level: 6 })),
    chunk('IEND', new Uint8Array(0)),
  ]
  const file = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    file.set(part, at)
    at += part.length
  }
  return file
}

/** The raster as a `data:image/png` URL. */
export function pngUrl(raster: Raster): string {
  return `data:image/png;base64,${encodeBase64(encodePng(raster))}`
}

function opaque({ rgba }: Raster): boolean {
  for (let i = 3; i < rgba.length; i += 4) if (rgba[i] !== 255) return false
  return true
}

/** Lines from the top, each behind its filter byte 0, "none". */
function scanLines({ width, height, rgba }: Raster, channels: number): Uint8Array {
  const lines = new Uint8Array(height * (channels * width + 1))
  let from = 0
  let to = 0
  for (let row = 0; row < height; row++) {
    to++
    for (let column = 0; column < width; column++) {
      for (let c = 0; c < channels; c++) lines[to++] = rgba[from + c]!
      from += 4
    }
  }
  return lines
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(12 + data.length)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, data.length)
  for (let i = 0; i < 4; i++) bytes[4 + i] = type.charCodeAt(i)
  bytes.set(data, 8)
  view.setUint32(8 + data.length, crc32(bytes.subarray(4, 8 + data.length)))
  return bytes
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1
  return c
})

/** Cyclic redundancy check of type and data, annex D of the standard. */
function crc32(bytes: Uint8Array): number {
  let c = 0xffffffff
  for (const byte of bytes) c = CRC_TABLE[(c ^ byte) & 0xff]! ^ (c >>> 8)
  return (c ^ 0xffffffff) >>> 0
}
