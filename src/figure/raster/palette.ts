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
 * lose some of the shades between. Of several tolerances the first with which 256 colours are enough is taken.
 */
export function maybePaletted({ rgba }: Raster, tolerances: readonly number[] = [0]): Paletted | undefined {
  const exact = tolerances.every((tolerance) => tolerance === 0)
  const counts = new Map<number, number>()
  for (const [colour, from, to] of runs(rgba)) {
    counts.set(colour, (counts.get(colour) ?? 0) + to - from)
    if (exact && counts.size > MOST) return undefined
  }
  const frequent = [...counts].sort(([a, m], [b, n]) => n - m || a - b).map(([colour]) => colour)
  for (const tolerance of tolerances) {
    const found = merged(frequent, tolerance)
    if (!found) continue
    const places = new Uint8Array(rgba.length / 4)
    for (const [colour, from, to] of runs(rgba)) places.fill(found.places.get(colour)!, from, to)
    return { colours: found.colours, places }
  }
  return undefined
}

/** Colours, the most frequent first, and which of those kept each is drawn as. */
function merged(
  frequent: readonly number[],
  tolerance: number,
): { readonly colours: readonly number[]; readonly places: ReadonlyMap<number, number> } | undefined {
  const colours: number[] = []
  const places = new Map<number, number>()
  for (const colour of frequent) {
    const near = tolerance === 0 ? -1 : colours.findIndex((kept) => isNear(kept, colour, tolerance))
    if (near >= 0) places.set(colour, near)
    else {
      if (colours.length === MOST) return undefined
      places.set(colour, colours.length)
      colours.push(colour)
    }
  }
  return { colours, places }
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

/** Whether two colours differ by no more in any channel. */
function isNear(a: number, b: number, tolerance: number): boolean {
  return (
    Math.abs((a & 255) - (b & 255)) <= tolerance &&
    Math.abs(((a >> 8) & 255) - ((b >> 8) & 255)) <= tolerance &&
    Math.abs((a >> 16) - (b >> 16)) <= tolerance
  )
}
