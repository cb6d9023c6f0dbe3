/**
 * An objective in two dimensions as shades of its wells.
 */
import { fromRgb, type Rgb, toRgb } from '../colour/oklab.js'
import type { Theme } from '../colour/theme.js'
import { paint, type Raster } from '../raster/raster.js'

/** The heights of a field, 0 at its lowest value and 1 at its highest contour, as a picture. */
export function paintWells(
  heights: ArrayLike<number>,
  shape: readonly [number, number],
  theme: Theme,
): Raster {
  return paint(heights, { shape, range: [1, 0], colours: bands(theme) })
}

/** Colours of the heights of ζ from high to low: paper, then the accent growing. */
function bands(theme: Theme): Rgb[] {
  const number = (text: string, at: number): number => Number.parseInt(text.slice(at, at + 2), 16)
  const oklab = (text: string) => fromRgb([number(text, 1), number(text, 3), number(text, 5)])
  const [from, to] = [oklab(theme.background), oklab(theme.accent)]
  return Array.from({ length: 256 }, (_, i) => {
    const share = 0.75 * (1 - (1 - i / 255) ** 2) ** 2
    return toRgb([0, 1, 2].map((k) => from[k]! + (to[k]! - from[k]!) * share) as unknown as typeof from)
  })
}
