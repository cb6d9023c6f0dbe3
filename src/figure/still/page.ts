/**
 * A still page: blocks below each other, as one SVG.
 */
import type { About } from '../export/about.js'
import { escaped, svgMetadata } from '../export/svg-metadata.js'
import { PNG_FONTS } from '../spec/view.js'
import { type Face, px, textWidth, typeset } from './tools.js'

/** Something of a height that draws itself with its upper left corner at (x, y). */
export interface Block {
  readonly height: number
  readonly svg: (x: number, y: number) => string
}

/** What blocks are put on. */
export interface Paper {
  /** Outer width in pixels, and the margin on all sides. */
  readonly width: number
  readonly margin: number
  /** Colour of the paper; none where what is behind shows through. */
  readonly paper?: string
  /** A number of pixels as the length that the document states. */
  readonly sized: (pixels: number) => string
  readonly about: About
}

/** The blocks on paper, and their size in pixels. */
export function page(blocks: readonly Block[], { width, margin, paper, sized, about }: Paper) {
  let y = margin
  const drawn = blocks.map((block) => {
    const svg = block.svg(margin, y)
    y += block.height
    return svg
  })
  const [w, h] = [Math.round(width * 1000) / 1000, Math.ceil(y + margin)]
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${plain(sized(w))}" height="${plain(sized(h))}" viewBox="0 0 ${w} ${h}">` +
    `${svgMetadata(about)}${paper === undefined ? '' : `<rect width="${w}" height="${h}" fill="${paper}"/>`}${drawn.join('')}</svg>`
  return { svg, width: w, height: h }
}

/** Pixels are the unit of a document that states none. */
function plain(length: string): string {
  return length.replace(/px$/, '')
}

export interface TextStyle {
  readonly size: number
  readonly colour: string
  readonly face?: Face
  /** Distance of baselines as a multiple of the size; default 1.5. */
  readonly leading?: number
}

/** One word, or one formula. */
interface Piece {
  readonly width: number
  readonly ascent: number
  readonly descent: number
  readonly svg: (x: number, baseline: number) => string
}

/** A paragraph with formulas between dollar signs, broken into lines of at most `width`. */
export function paragraph(text: string, width: number, style: TextStyle): Block {
  const { size, leading = 1.5 } = style
  const space = textWidth(' ', size, style.face)
  const lines: Piece[][] = [[]]
  let used = 0
  for (const piece of pieces(text, style)) {
    const line = lines[lines.length - 1]!
    if (line.length > 0 && used + space + piece.width > width) {
      lines.push([piece])
      used = piece.width
    } else {
      used += (line.length > 0 ? space : 0) + piece.width
      line.push(piece)
    }
  }
  const boxes = lines.map((line) => {
    const ascent = Math.max(size * 0.95, ...line.map((piece) => piece.ascent))
    const descent = Math.max(size * 0.25, ...line.map((piece) => piece.descent))
    return { line, ascent, height: Math.max(leading * size, ascent + descent + 0.2 * size) }
  })
  return {
    height: boxes.reduce((sum, box) => sum + box.height, 0),
    svg: (x, y) => {
      let top = y
      return boxes
        .map(({ line, ascent, height }) => {
          let at = x
          const drawn = line.map((piece) => {
            const svg = piece.svg(at, top + ascent)
            at += piece.width + space
            return svg
          })
          top += height
          return drawn.join('')
        })
        .join('')
    },
  }
}

/** The words and formulas of a text; punctuation that touches a formula stays with it. */
function pieces(text: string, style: TextStyle): Piece[] {
  const parts = text.split(/\$([^$]+)\$/)
  const found: Piece[] = []
  let glued = false
  parts.forEach((part, i) => {
    const formula = i % 2 === 1
    const tokens = formula ? [part] : part.split(/\s+/).filter((word) => word !== '')
    tokens.forEach((token, k) => {
      const piece = formula ? formulaPiece(token, style) : wordPiece(token, style)
      const touches = k === 0 && found.length > 0 && (formula ? glued : i > 0 && !/^\s/.test(part))
      if (touches) found.push(join(found.pop()!, piece))
      else found.push(piece)
    })
    glued = !formula && part !== '' && !/\s$/.test(part)
  })
  return found
}

function wordPiece(word: string, style: TextStyle): Piece {
  return {
    width: textWidth(word, style.size, style.face),
    ascent: 0.8 * style.size,
    descent: 0.2 * style.size,
    svg: (x, y) => textAt(word, x, y, style),
  }
}

function formulaPiece(tex: string, style: TextStyle): Piece {
  const set = typeset(tex, 1.12 * style.size)
  return { ...set, svg: (x, y) => set.svg(x, y, style.colour) }
}

function join(a: Piece, b: Piece): Piece {
  return {
    width: a.width + b.width,
    ascent: Math.max(a.ascent, b.ascent),
    descent: Math.max(a.descent, b.descent),
    svg: (x, y) => a.svg(x, y) + b.svg(x + a.width, y),
  }
}

/** A formula on its own line, scaled down where it is wider than the page. */
export function displayed(tex: string, width: number, size: number, colour: string): Block {
  const natural = typeset(tex, size, true)
  const set = natural.width > width ? typeset(tex, (size * width) / natural.width, true) : natural
  return { height: set.ascent + set.descent, svg: (x, y) => set.svg(x, y + set.ascent, colour) }
}

/** Empty height. */
export function gap(height: number): Block {
  return { height, svg: () => '' }
}

/** A drawing made elsewhere. */
export function picture(svg: string, height: number): Block {
  return { height, svg: (x, y) => `<g transform="translate(${px(x)},${px(y)})">${svg}</g>` }
}

/** One run of text with its baseline at y. */
export function textAt(
  text: string,
  x: number,
  y: number,
  { size, colour, face = 'regular' }: TextStyle,
): string {
  const family = face === 'italic' ? PNG_FONTS.math : PNG_FONTS.text
  const style = face === 'italic' ? ' font-style="italic"' : face === 'bold' ? ' font-weight="bold"' : ''
  return `<text x="${px(x)}" y="${px(y)}" font-family="${family}" font-size="${size}"${style} fill="${colour}">${escaped(text)}</text>`
}
