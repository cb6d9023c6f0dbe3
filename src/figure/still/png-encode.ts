/**
 * A raster as a PNG file (8-bit RGBA, one IDAT chunk), and as a data URL.
 *
 * @see ISO/IEC 15948:2004, Portable Network Graphics
 */
import { crc32, deflateSync } from 'node:zlib'
import { encodeBase64 } from '../base64.js'
import type { Raster } from '../raster/raster.js'

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

export function encodePng({ width, height, rgba }: Raster): Uint8Array {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 6, 0, 0, 0], 8) // 8 bits, RGBA, deflate, adaptive filters, not interlaced
  const stride = 4 * width
  const lines = Buffer.alloc(height * (stride + 1)) // each line begins with filter 0, "none"
  for (let row = 0; row < height; row++) {
    lines.set(rgba.subarray(row * stride, (row + 1) * stride), row * (stride + 1) + 1)
  }
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(lines)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** The raster as a `data:image/png` URL. */
export function pngUrl(raster: Raster): string {
  return `data:image/png;base64,${encodeBase64(encodePng(raster))}`
}

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const check = Buffer.alloc(4)
  check.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, check])
}
