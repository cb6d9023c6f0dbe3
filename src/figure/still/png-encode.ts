/**
 * A raster as a PNG file: lines not filtered but in smooth pictures, one IDAT chunk. The deflate is fflate's, in plain
 * JavaScript, so that the bytes do not depend on the zlib of a machine.
 *
 * @see ISO/IEC 15948:2004, Portable Network Graphics
 */
import { zlibSync } from 'fflate'
import { encodeBase64 } from '../base64.js'
import { joined } from '../export/joined.js'
import { maybePaletted, type Paletted } from '../raster/palette.js'
import type { Raster } from '../raster/raster.js'

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

/** Colour types of PNG. */
const [RGB, INDEXED, RGBA] = [2, 3, 6]

/** Of deflate: 6 takes nearly twice as long for files of plots that are 1 to 2 % smaller. */
const LEVEL = 5

/**
 * The picture as a file: without its alpha channel where all of it is opaque, and as places in a palette where its
 * colours are few.
 *
 * @param tolerances colours that differ by at most so many of 255 from a more frequent one are drawn as that: the first
 * of these with which 256 are enough, and nothing is lost where none is. Default 0 alone.
 * @param smooth 0 (default) for plots; where most of the picture is colours that run into each other, the steps to which
 * these are rounded: 1 for none.
 */
export function encodePng(raster: Raster, tolerances: readonly number[] = [0], smooth = 0): Uint8Array {
  const solid = opaque(raster)
  const paletted = solid ? maybePaletted(raster, tolerances) : undefined
  if (paletted) return indexed(raster, paletted)
  const channels = solid ? 3 : 4
  const lines = scanLines(smooth > 1 ? rounded(raster, smooth) : raster, channels)
  if (smooth > 0) predict(lines, channels * raster.width, channels)
  return file(raster, 8, solid ? RGB : RGBA, [pngChunk('IDAT', zlibSync(lines, { level: LEVEL }))])
}

/** With 1, 2, 4 or 8 bits a pixel, as many as the palette needs. */
function indexed(raster: Raster, { colours, places }: Paletted): Uint8Array {
  const bits = [1, 2, 4, 8].find((each) => colours.length <= 2 ** each)!
  const palette = Uint8Array.from(
    colours.flatMap((colour) => [0, 8, 16].map((shift) => (colour >> shift) & 255)),
  )
  const lines = packedLines(raster, places, bits)
  return file(raster, bits, INDEXED, [
    pngChunk('PLTE', palette),
    pngChunk('IDAT', zlibSync(lines, { level: LEVEL })),
  ])
}

/** The file of a header and the chunks after it. */
function file(
  { width, height }: Raster,
  bits: number,
  type: number,
  chunks: readonly Uint8Array[],
): Uint8Array {
  const header = new Uint8Array(13)
  new DataView(header.buffer).setUint32(0, width)
  new DataView(header.buffer).setUint32(4, height)
  header.set([bits, type, 0, 0, 0], 8) // deflate, adaptive filters, not interlaced
  return joined([
    Uint8Array.from(SIGNATURE),
    pngChunk('IHDR', header),
    ...chunks,
    pngChunk('IEND', new Uint8Array(0)),
  ])
}

/** The raster as a `data:image/png` URL. */
export function pngUrl(raster: Raster): string {
  return `data:image/png;base64,${encodeBase64(encodePng(raster, [0], 1))}`
}

function opaque({ rgba }: Raster): boolean {
  for (let i = 3; i < rgba.length; i += 4) if (rgba[i] !== 255) return false
  return true
}

/** The raster with its colours rounded; white stays white. */
function rounded({ width, height, rgba }: Raster, step: number): Raster {
  return { width, height, rgba: rgba.map((value) => (value === 255 ? 255 : step * Math.round(value / step))) }
}

/** Lines from the top, each behind its filter byte 0, "none". */
function scanLines({ width, height, rgba }: Raster, channels: 3 | 4): Uint8Array {
  const lines = new Uint8Array(height * (channels * width + 1))
  let from = 0
  let to = 0
  for (let row = 0; row < height; row++) {
    to++
    for (const end = from + 4 * width; from < end; from += 4, to += channels) {
      lines[to] = rgba[from]!
      lines[to + 1] = rgba[from + 1]!
      lines[to + 2] = rgba[from + 2]!
      if (channels === 4) lines[to + 3] = rgba[from + 3]!
    }
  }
  return lines
}

/** A line is predicted where that leaves such a share of its bytes, as numbers about 0; lines of plots repeat each other. */
const WORTH = 0.25

const PAETH = 4

/** Filter "Paeth": of each pixel what those beside it do not say, line by line from the last, so that these are still whole. */
function predict(lines: Uint8Array, length: number, channels: number): void {
  const rest = new Uint8Array(length)
  const size = (byte: number): number => (byte < 128 ? byte : 256 - byte)
  for (let start = lines.length - length - 1; start >= 0; start -= length + 1) {
    let [plain, predicted] = [0, 0]
    for (let i = 0; i < length; i++) {
      const at = start + 1 + i
      const left = i < channels ? 0 : lines[at - channels]!
      const up = start === 0 ? 0 : lines[at - length - 1]!
      const corner = start === 0 || i < channels ? 0 : lines[at - length - 1 - channels]!
      const byte = (lines[at]! - paeth(left, up, corner)) & 255
      rest[i] = byte
      plain += size(lines[at]!)
      predicted += size(byte)
    }
    if (predicted > WORTH * plain) continue
    lines[start] = PAETH
    lines.set(rest, start + 1)
  }
}

/** That of three neighbours which is nearest to left + up − corner. */
function paeth(left: number, up: number, corner: number): number {
  const [a, b] = [Math.abs(up - corner), Math.abs(left - corner)]
  const c = Math.abs(left + up - 2 * corner)
  return a <= b && a <= c ? left : b <= c ? up : corner
}

/** Lines of places in a palette, the leftmost pixel in the highest bits, each line behind its filter byte 0. */
function packedLines({ width, height }: Raster, places: Uint8Array, bits: number): Uint8Array {
  const stride = 1 + Math.ceil((width * bits) / 8)
  const lines = new Uint8Array(height * stride)
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const bit = column * bits
      lines[row * stride + 1 + (bit >> 3)]! |= places[row * width + column]! << (8 - bits - (bit & 7))
    }
  }
  return lines
}

/** A chunk of a PNG file: its length, type, data and check sum. */
export function pngChunk(type: string, data: Uint8Array): Uint8Array {
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
