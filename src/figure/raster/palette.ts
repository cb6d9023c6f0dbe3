import type { Raster } from './raster.js'

/** A raster of few colours: for each pixel its place in the list, colours as 0xBBGGRR. */
export interface Paletted {
  readonly colours: readonly number[]
  readonly places: Uint8Array
}

/** Colours that a place of 8 bits tells apart. */
const MOST = 256

/**
 * An opaque raster by its colours; nothing where they are more than 256. With a tolerance, a colour that differs from
 * a more frequent one by at most so many of 255 in each channel is drawn as that one: letters keep paper and ink, and
 * lose some of the shades between.
 */
export function maybePaletted({ rgba }: Raster, tolerance = 0): Paletted | undefined {
  const counts = new Map<number, number>()
  for (const [colour, from, to] of runs(rgba)) {
    counts.set(colour, (counts.get(colour) ?? 0) + to - from)
    if (tolerance === 0 && counts.size > MOST) return undefined
  }
  const colours: number[] = []
  const places = new Map<number, number>()
  for (const [colour] of [...counts].sort(([a, m], [b, n]) => n - m || a - b)) {
    const near = tolerance === 0 ? -1 : colours.findIndex((kept) => differ(kept, colour) <= tolerance)
    if (near >= 0) places.set(colour, near)
    else {
      if (colours.length === MOST) return undefined
      places.set(colour, colours.length)
      colours.push(colour)
    }
  }
  const found = new Uint8Array(rgba.length / 4)
  for (const [colour, from, to] of runs(rgba)) found.fill(places.get(colour)!, from, to)
  return { colours, places: found }
}

/** Pixels in a row of one colour: most of a page is paper. */
function* runs(rgba: Uint8ClampedArray): Generator<readonly [colour: number, from: number, to: number]> {
  const words = new DataView(rgba.buffer, rgba.byteOffset, rgba.byteLength)
  const pixels = rgba.length / 4
  const colourAt = (pixel: number): number => words.getUint32(4 * pixel, true) & 0xffffff
  for (let from = 0, to = 0; from < pixels; from = to) {
    const colour = colourAt(from)
    for (to = from + 1; to < pixels && colourAt(to) === colour; to++);
    yield [colour, from, to]
  }
}

/** Largest difference of two colours in a channel. */
function differ(a: number, b: number): number {
  return Math.max(...[0, 8, 16].map((shift) => Math.abs(((a >> shift) & 255) - ((b >> shift) & 255))))
}
