/**
 * How a box is looked at: from far away, so that parallel edges stay parallel, with the third axis upright.
 */

export type Vector = readonly [number, number, number]

export interface Camera {
  /** Degrees about the upright axis; at 0 the first axis runs to the right and the second one away. */
  readonly azimuth: number
  /** Degrees above the plane of the first two axes; at 90 the second axis runs up. */
  readonly elevation: number
  readonly zoom: number
}

export const FIRST_LOOK: Camera = { azimuth: 30, elevation: 22.5, zoom: 1 }

const ZOOMS = [0.5, 8] as const

/** Half the height of what is seen, in radii of the box: its labels need a little. */
const ROOM = 1.03

/** Degrees by which what is seen turns to the right and up, and the factor by which it grows. */
export interface Change {
  readonly right?: number
  readonly up?: number
  readonly zoom?: number
}

/** Turned by so many degrees and zoomed by a factor, within bounds. */
export function moved({ azimuth, elevation, zoom }: Camera, change: Change): Camera {
  const turned = (azimuth - (change.right ?? 0)) % 360
  return {
    azimuth: turned < 0 ? turned + 360 : turned,
    elevation: Math.min(90, Math.max(-90, elevation - (change.up ?? 0))),
    zoom: Math.min(ZOOMS[1], Math.max(ZOOMS[0], zoom * (change.zoom ?? 1))),
  }
}

/** Unit vectors to the right, up, and towards the eye. */
export interface Basis {
  readonly right: Vector
  readonly up: Vector
  readonly towards: Vector
}

export function basisOf({ azimuth, elevation }: Camera): Basis {
  const [a, e] = [(azimuth * Math.PI) / 180, (elevation * Math.PI) / 180]
  const [sa, ca, se, ce] = [Math.sin(a), Math.cos(a), Math.sin(e), Math.cos(e)]
  return { right: [ca, sa, 0], up: [-sa * se, ca * se, ce], towards: [sa * ce, -ca * ce, se] }
}

export const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2]

/** Half the height of what is seen of a box with these half edges. */
export const windowOf = (box: Vector, { zoom }: Camera): number => (ROOM * Math.hypot(...box)) / zoom

/** Half edges of the box of axes with these lengths: the longest is 1, and none is too thin to be seen. */
export function boxOf(lengths: readonly number[], thinnest = 0.2): Vector {
  const longest = Math.max(...lengths)
  return lengths.map((length) => Math.max(thinnest, length / longest)) as unknown as Vector
}

/** An edge of the box, along axis `axis`, at the sides −1 or 1 of the two other axes. */
export interface Edge {
  readonly axis: number
  readonly from: Vector
  readonly to: Vector
  /** Whether it lies behind the box. */
  readonly hidden: boolean
  /** Whether it bounds what the box covers. */
  readonly outer: boolean
}

export function edgesOf(box: Vector, { towards }: Basis): Edge[] {
  return [0, 1, 2].flatMap((axis) => {
    const [p, q] = [(axis + 1) % 3, (axis + 2) % 3]
    return [-1, 1].flatMap((a) =>
      [-1, 1].map((b): Edge => {
        const corner = (side: number): Vector =>
          [0, 1, 2].map((d) => (d === axis ? side : d === p ? a : b) * box[d]!) as unknown as Vector
        // Whether the two faces that meet in it are seen.
        const [seenP, seenQ] = [a * towards[p]! > 0, b * towards[q]! > 0]
        return {
          axis,
          from: corner(-1),
          to: corner(1),
          hidden: !seenP && !seenQ,
          outer: seenP !== seenQ,
        }
      }),
    )
  })
}
