/**
 * The fonts that are drawn with: shipped, never the machine's, so that a figure is the same everywhere.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Face } from './tools.js'

const FACES = {
  regular: 'DejaVuSans.ttf',
  bold: 'DejaVuSans-Bold.ttf',
  italic: 'DejaVuSerif-Italic.ttf',
} as const satisfies Record<Face, string>

const files = new Map<Face, Buffer>()

/** Bytes of a font file. */
export function fontFile(face: Face): Buffer {
  let file = files.get(face)
  if (!file) {
    file = readFileSync(createRequire(import.meta.url).resolve(`dejavu-fonts-ttf/ttf/${FACES[face]}`))
    files.set(face, file)
  }
  return file
}

/** All faces, in a fixed order. */
export function fontFiles(): Buffer[] {
  return (Object.keys(FACES) as Face[]).map(fontFile)
}

/** Advance of each character as a share of the font size. */
type Advances = (codePoint: number) => number

const advances = new Map<Face, Advances>()

/** Width of a line of text in pixels: the sum of its characters' advances. */
export function textWidth(text: string, fontSize: number, face: Face = 'regular'): number {
  let advance = advances.get(face)
  if (!advance) {
    advance = readAdvances(fontFile(face))
    advances.set(face, advance)
  }
  let width = 0
  for (const character of text) width += advance(character.codePointAt(0)!)
  return width * fontSize
}

/**
 * Advances out of a TrueType file: character to glyph by `cmap` format 4, glyph to width by `hmtx`.
 *
 * @see OpenType specification 1.9, chapters cmap, head, hhea and hmtx
 */
function readAdvances(file: Buffer): Advances {
  const table = new Map<string, number>()
  for (let i = 0; i < file.readUInt16BE(4); i++) {
    const at = 12 + 16 * i
    table.set(file.toString('latin1', at, at + 4), file.readUInt32BE(at + 8))
  }
  const unitsPerEm = file.readUInt16BE(table.get('head')! + 18)
  const metrics = file.readUInt16BE(table.get('hhea')! + 34)
  const hmtx = table.get('hmtx')!
  const cmap = table.get('cmap')!
  const subtables = Array.from(
    { length: file.readUInt16BE(cmap + 2) },
    (_, i) => cmap + file.readUInt32BE(cmap + 4 + 8 * i + 4),
  )
  const format4 = subtables.find((at) => file.readUInt16BE(at) === 4)!
  const segments = file.readUInt16BE(format4 + 6) / 2
  const [ends, starts, deltas, offsets] = [14, 16 + 2 * segments, 16 + 4 * segments, 16 + 6 * segments].map(
    (at) => format4 + at,
  ) as [number, number, number, number]
  const glyph = (code: number): number => {
    for (let s = 0; s < segments; s++) {
      if (code > file.readUInt16BE(ends + 2 * s)) continue
      const start = file.readUInt16BE(starts + 2 * s)
      if (code < start) return 0
      const offset = file.readUInt16BE(offsets + 2 * s)
      if (offset === 0) return (code + file.readUInt16BE(deltas + 2 * s)) & 0xffff
      return file.readUInt16BE(offsets + 2 * s + offset + 2 * (code - start))
    }
    return 0
  }
  const known = new Map<number, number>()
  return (code) => {
    let width = known.get(code)
    if (width === undefined) {
      width = file.readUInt16BE(hmtx + 4 * Math.min(glyph(code), metrics - 1)) / unitsPerEm
      known.set(code, width)
    }
    return width
  }
}
