/**
 * Pictures of fields: numbers through a colour table, one pixel a sample.
 */
import type { Rgb } from '../colour/oklab.js'

/** RGBA bytes, row by row from the top. */
export interface Raster {
  readonly width: number
  readonly height: number
  readonly rgba: Uint8ClampedArray<ArrayBuffer>
}

export interface PaintOptions {
  /** Lengths [Nx, Ny] of the field. */
  readonly shape: readonly [number, number]
  /** Values that get the first and the last colour; beyond them the colour stays. */
  readonly range: readonly [number, number]
  readonly colours: readonly Rgb[]
  /** Share of the range over which the colour fades in from the paper; default 0, opaque throughout. */
  readonly fade?: number
}

/** Paint a C-order field, x slow: x runs to the right, y upwards. */
export function paint(field: ArrayLike<number>, options: PaintOptions): Raster {
  const { shape, range, colours, fade = 0 } = options
  const [width, height] = shape
  const [low, high] = range
  const last = colours.length - 1
  const rgba = new Uint8ClampedArray(4 * width * height)
  for (let i = 0; i < width; i++) {
    for (let j = 0; j < height; j++) {
      const share = Math.min(1, Math.max(0, (field[i * height + j]! - low) / (high - low || 1)))
      const [r, g, b] = colours[Math.round(share * last)]!
      const at = 4 * ((height - 1 - j) * width + i)
      rgba[at] = r
      rgba[at + 1] = g
      rgba[at + 2] = b
      rgba[at + 3] = share >= fade ? 255 : (255 * share) / fade
    }
  }
  return { width, height, rgba }
}
