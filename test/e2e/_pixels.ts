import { decode } from 'fast-png'

/** Eight-bit red, green and blue of every pixel. */
export interface Pixels {
  readonly width: number
  readonly height: number
  readonly rgb: Uint8Array
}

/** Channels closer than this are one colour: antialiasing of a flat background is below it. */
const SAME_COLOUR = 24

export function pixelsOf(png: Uint8Array): Pixels {
  const { width, height, channels, data, palette } = decode(png)
  const rgb = new Uint8Array(3 * width * height)
  for (let i = 0; i < width * height; i++) {
    const [r = 0, g = 0, b = 0] =
      palette?.[data[i] ?? 0] ??
      (channels < 3
        ? [data[channels * i], data[channels * i], data[channels * i]]
        : [data[channels * i], data[channels * i + 1], data[channels * i + 2]])
    rgb.set([r, g, b], 3 * i)
  }
  return { width, height, rgb }
}

const differ = (a: Uint8Array, i: number, b: Uint8Array, j: number): boolean =>
  Math.abs(a[i]! - b[j]!) > SAME_COLOUR ||
  Math.abs(a[i + 1]! - b[j + 1]!) > SAME_COLOUR ||
  Math.abs(a[i + 2]! - b[j + 2]!) > SAME_COLOUR

/** The commonest colour. */
function background({ rgb }: Pixels): Uint8Array {
  const count = new Map<number, number>()
  for (let i = 0; i < rgb.length; i += 3) {
    const colour = (rgb[i]! << 16) | (rgb[i + 1]! << 8) | rgb[i + 2]!
    count.set(colour, (count.get(colour) ?? 0) + 1)
  }
  const [commonest] = [...count].reduce((best, entry) => (entry[1] > best[1] ? entry : best))
  return Uint8Array.of(commonest >> 16, (commonest >> 8) & 255, commonest & 255)
}

/** What is drawn on the background: its share of the pixels, and the share of the width and height that it spans. */
export function ink(pixels: Pixels): { share: number; width: number; height: number } {
  const paper = background(pixels)
  let drawn = 0
  let [left, right, top, bottom] = [pixels.width, -1, pixels.height, -1]
  for (let y = 0; y < pixels.height; y++) {
    for (let x = 0; x < pixels.width; x++) {
      if (!differ(pixels.rgb, 3 * (y * pixels.width + x), paper, 0)) continue
      drawn++
      left = Math.min(left, x)
      right = Math.max(right, x)
      top = Math.min(top, y)
      bottom = y
    }
  }
  return {
    share: drawn / (pixels.width * pixels.height),
    width: Math.max(0, right - left + 1) / pixels.width,
    height: Math.max(0, bottom - top + 1) / pixels.height,
  }
}

/** How many pixels of two pictures of one size differ; all of them where the sizes differ. */
export function changed(a: Pixels, b: Pixels): number {
  if (a.width !== b.width || a.height !== b.height) return Math.max(a.width * a.height, b.width * b.height)
  let count = 0
  for (let i = 0; i < a.rgb.length; i += 3) if (differ(a.rgb, i, b.rgb, i)) count++
  return count
}
/** Side of the squares over which two pictures are averaged before they are compared: letters differ by machine inside of it. */
const SQUARE = 4
/** Channels of averages closer than this are one colour. */
const SAME_AVERAGE = 20

/**
 * Share of the squares of 4 × 4 pixels whose average colours differ. Pictures whose sizes differ by more than a square
 * have nothing in common.
 */
export function farShare(a: Pixels, b: Pixels): number {
  if (Math.abs(a.width - b.width) > SQUARE || Math.abs(a.height - b.height) > SQUARE) return 1
  const columns = Math.floor(Math.min(a.width, b.width) / SQUARE)
  const rows = Math.floor(Math.min(a.height, b.height) / SQUARE)
  let far = 0
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const [one, other] = [average(a, column, row), average(b, column, row)]
      if (one.some((channel, k) => Math.abs(channel - other[k]!) > SAME_AVERAGE)) far++
    }
  }
  return far / (columns * rows)
}

function average({ width, rgb }: Pixels, column: number, row: number): number[] {
  const sums = [0, 0, 0]
  for (let y = row * SQUARE; y < (row + 1) * SQUARE; y++) {
    for (let x = column * SQUARE; x < (column + 1) * SQUARE; x++) {
      for (let k = 0; k < 3; k++) sums[k]! += rgb[3 * (y * width + x) + k]!
    }
  }
  return sums.map((sum) => sum / SQUARE ** 2)
}
