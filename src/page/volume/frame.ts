/** The edges of a box, and the names of its axes beside it. */
import { THEMES, type ThemeName, type VolumeAxis } from '../../figure/index.js'
import { MATH_FONT } from '../host.js'
import { type Basis, dot, type Edge, edgesOf, type Vector } from './camera.js'

export interface Frame {
  readonly context: CanvasRenderingContext2D
  /** Pixels of the canvas in a pixel of the page. */
  readonly scale: number
  /** Half the height of what is seen. */
  readonly half: number
  readonly box: Vector
  readonly basis: Basis
  readonly theme: ThemeName
  /** Face of numbers. */
  readonly font: string
}

type Pixel = readonly [x: number, y: number]

/** Pixels of the page: from an edge to the name of its axis, and to the numbers at its ends. */
const [NAME_APART, END_APART] = [19, 11]

/** A shorter edge has no numbers, and one much shorter no name. */
const [SHORT, SHORTEST] = [70, 16]

/** Where a point is seen. */
function pixelOf({ context, half, basis }: Frame, point: Vector): Pixel {
  const { width, height } = context.canvas
  const unit = height / 2 / half
  return [width / 2 + unit * dot(point, basis.right), height / 2 - unit * dot(point, basis.up)]
}

/** The edges behind the box, or the others. */
export function drawEdges(frame: Frame, hidden: boolean): void {
  const { context, scale, box, basis, theme } = frame
  context.strokeStyle = THEMES[theme].muted
  context.globalAlpha = hidden ? 0.45 : 0.8
  context.lineWidth = scale
  context.setLineDash(hidden ? [3 * scale, 3 * scale] : [])
  context.beginPath()
  for (const edge of edgesOf(box, basis)) {
    if (edge.hidden !== hidden) continue
    context.moveTo(...pixelOf(frame, edge.from))
    context.lineTo(...pixelOf(frame, edge.to))
  }
  context.stroke()
  context.globalAlpha = 1
}

/** Each axis is named along one edge of the outline: the lowest, of an upright axis the leftmost. */
export function drawNames(frame: Frame, axes: readonly VolumeAxis[]): void {
  const { context, scale, box, basis, theme, font } = frame
  const { width, height } = context.canvas
  const edges = edgesOf(box, basis)
  const middle = ({ from, to }: Edge): Pixel => {
    const [a, b] = [pixelOf(frame, from), pixelOf(frame, to)]
    return [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]
  }
  context.textAlign = 'center'
  context.textBaseline = 'middle'
  for (const [axis, { name, ends }] of axes.entries()) {
    const outline = edges.filter((edge) => edge.axis === axis && edge.outer)
    const place = (edge: Edge): number => (axis === 2 ? -middle(edge)[0] : middle(edge)[1])
    const edge = outline.reduce<Edge | undefined>(
      (best, one) => (!best || place(one) > place(best) ? one : best),
      undefined,
    )
    if (!edge) continue
    const [a, b] = [pixelOf(frame, edge.from), pixelOf(frame, edge.to)]
    const length = Math.hypot(b[0] - a[0], b[1] - a[1])
    if (length < SHORTEST * scale) continue
    // Across the edge, away from the box.
    const [x, y] = middle(edge)
    const across: Pixel = [(b[1] - a[1]) / length, (a[0] - b[0]) / length]
    const side = Math.sign(across[0] * (x - width / 2) + across[1] * (y - height / 2)) || 1
    const write = (words: string, [atX, atY]: Pixel, apart: number): void => {
      const more = (context.measureText(words).width / 2) * Math.abs(across[0])
      const away = side * (apart * scale + more)
      context.fillText(words, atX + away * across[0], atY + away * across[1])
    }
    context.fillStyle = THEMES[theme].ink
    context.font = `italic ${15 * scale}px ${MATH_FONT}`
    write(name, [x, y], length < SHORT * scale ? END_APART : NAME_APART)
    if (length < SHORT * scale) continue
    context.fillStyle = THEMES[theme].muted
    context.font = `${11 * scale}px ${font}`
    const inward = 0.09
    for (const [from, to, words] of [
      [a, b, ends[0]],
      [b, a, ends[1]],
    ] as const)
      write(words, [from[0] + inward * (to[0] - from[0]), from[1] + inward * (to[1] - from[1])], END_APART)
  }
}
