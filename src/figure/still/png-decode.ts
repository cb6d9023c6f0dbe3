/**
 * A PNG of our own encoder as a raster again: 8 bits a channel, or places in a palette; lines not filtered.
 */
import { unzlibSync } from 'fflate'
import type { Raster } from '../raster/raster.js'

const COLOUR_TYPES = { rgb: 2, indexed: 3, rgba: 6 } as const

export function decodePng(png: Uint8Array): Raster {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength)
  const [width, height, bits, type] = [view.getUint32(16), view.getUint32(20), png[24]!, png[25]!]
  const rgba = new Uint8ClampedArray(4 * width * height).fill(255)
  const lines = unzlibSync(chunkOf(png, view, 'IDAT')!)
  const palette = chunkOf(png, view, 'PLTE')
  const channels = type === COLOUR_TYPES.rgba ? 4 : type === COLOUR_TYPES.rgb ? 3 : 1
  const stride = 1 + Math.ceil((width * channels * bits) / 8)
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const to = 4 * (row * width + column)
      if (palette) {
        const bit = column * bits
        const byte = lines[row * stride + 1 + (bit >> 3)]!
        const place = 3 * ((byte >> (8 - bits - (bit & 7))) & (2 ** bits - 1))
        rgba.set(palette.subarray(place, place + 3), to)
      } else {
        const from = row * stride + 1 + channels * column
        rgba.set(lines.subarray(from, from + channels), to)
      }
    }
  }
  return { width, height, rgba }
}

function chunkOf(png: Uint8Array, view: DataView, type: string): Uint8Array | undefined {
  for (let at = 8; at < png.length; ) {
    const length = view.getUint32(at)
    const found = String.fromCharCode(...png.subarray(at + 4, at + 8))
    if (found === type) return png.subarray(at + 8, at + 8 + length)
    at += 12 + length
  }
  return undefined
}
