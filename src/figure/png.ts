/**
 * A figure as PNG bytes, in Node: the same bytes on every machine.
 */
import type { Figure } from './payload.js'
import { rasterise } from './still/rasterise.js'
import { type StillOptions, toSVG } from './svg.js'

export interface PngOptions extends StillOptions {
  /** Pixels of the image for each pixel of the layout; default 1.5. */
  readonly scale?: number
}

/** Differences of 255 between shades of the edges of letters: 16 colours look as all do, and take 4 bits. */
const SHADES = 20

/** Draw the figure without a browser. */
export async function toPNG(figure: Figure, options: PngOptions = {}): Promise<Uint8Array> {
  const { scale = 1.5, ...still } = options
  return rasterise(await toSVG(figure, still), scale, figure.kind === 'derivation' ? SHADES : 0)
}
