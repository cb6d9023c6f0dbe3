/**
 * ζ behind ψ: its contours in a plane.
 */
import { unpack } from '../../packed.js'
import type { PackedArray, WaveFigure } from '../../payload.js'
import { contourLines, wellLevels } from '../../raster/contours.js'
import { memo } from '../memo.js'
import type { Row, Unit } from '../view.js'

/** Contours drawn, and the share of the points below the highest. */
const CONTOURS = 9
const SHARE = 0.85

export interface Scenery {
  /** ζ on a scale along which lines are interpolated, in C order, and its levels on it. */
  readonly bent: Float64Array
  readonly levels: readonly number[]
  readonly shape: readonly number[]
  /** Coordinates of its points along each axis. */
  readonly axes: readonly Float64Array[]
}

/** By the arrays that it comes of, which figures of one run have in common. */
const scenery = memo((field: PackedArray) => {
  const zeta = unpack(field)
  const { values, bend } = wellLevels(zeta, SHARE, CONTOURS)
  const { shape } = field
  const [bent, levels] = [zeta.map(bend), values.map(bend)]
  return memo(
    (axes: WaveFigure['axes']): Scenery => ({
      bent,
      levels,
      shape,
      axes: axes.map((packed, d) => {
        const axis = unpack(packed)
        const [first, last, count] = [axis[0]!, axis[axis.length - 1]!, shape[d]!]
        return Float64Array.from({ length: count }, (_, i) => first + ((last - first) * i) / (count - 1))
      }),
    }),
  )
})

export const sceneryOf = (figure: WaveFigure): Scenery => scenery(figure.zeta)(figure.axes)

/** Contours of a section of it over the axes p and q. */
export function contoursOf(
  { axes, levels }: Scenery,
  section: Float64Array,
  [p, q]: readonly [number, number],
): readonly Row[] {
  return contourLines(section, axes[p]!, axes[q]!, levels) as unknown as Row[]
}

/** How contours are drawn: over colours as over paper. */
export function contourMark(ink: string): Unit {
  return { type: 'line', color: ink, strokeWidth: 0.8, strokeOpacity: 0.32, clip: true }
}
