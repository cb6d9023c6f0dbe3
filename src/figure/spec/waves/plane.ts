/**
 * ψ(x, y): one picture a frame, hue by phase, under the contours of ζ.
 */
import { waveColours } from '../../colour/wave.js'
import { symbol } from '../../make/words.js'
import type { WaveFigure } from '../../payload.js'
import { paintWave } from '../../raster/wave.js'
import { fieldHeight, fieldLayer, fieldRow } from '../field.js'
import { type Axis, chart, levelTitle, position, setting, uprightTitle } from '../grammar.js'
import { memo } from '../memo.js'
import type { FrameUpdate, Row, Unit, View } from '../view.js'
import { decoded, largestAt, partsAt, waveAt } from './decoded.js'
import { contourMark, contoursOf, type Scenery, sceneryOf } from './scenery.js'

/** Widest chart: a square field larger than this says no more. */
const WIDEST_WAVE = 560

/** Longest side of the picture in pixels: what is drawn larger is smoothed. So many samples are drawn as they are. */
const [PIXELS, ENOUGH] = [256, 176]

const PADDING = { left: 52, right: 16, top: 34, bottom: 46 }

const contours = memo((scenery: Scenery) => contoursOf(scenery, scenery.bent, [0, 1]))

/** The picture that was painted last: while a slider moves, and in a pause, the next is the same. */
const lastPicture = memo((_figure: WaveFigure): { looks: readonly unknown[]; row?: Row } => ({ looks: [] }))

function axesOf(figure: WaveFigure, width: number): { across: Axis; up: Axis } {
  const [x, y] = decoded(figure).axes as [Float64Array, Float64Array]
  const name = (d: number): string => symbol(figure.problem.grid[d]?.name ?? 'xy'[d]!)
  return {
    across: { domain: [x[0]!, x[x.length - 1]!], labelled: { ...levelTitle(name(0), width), zindex: 1 } },
    up: {
      domain: [y[0]!, y[y.length - 1]!],
      labelled: { ...uprightTitle(name(1)), tickCount: 6, zindex: 1 },
    },
  }
}

/** Pixels of the picture. */
function picture(
  shape: readonly [number, number],
  across: Axis,
  up: Axis,
  width: number,
): readonly [number, number] {
  if (Math.min(...shape) >= ENOUGH) return shape
  const inner = width - PADDING.left - PADDING.right
  const height = fieldHeight(across, up, width, PADDING) - PADDING.top - PADDING.bottom
  const shrink = Math.min(1, PIXELS / Math.max(inner, height))
  return [Math.max(2, Math.round(inner * shrink)), Math.max(2, Math.round(height * shrink))]
}

export function planeUpdate(figure: WaveFigure, view: View): FrameUpdate {
  const width = Math.min(view.width ?? WIDEST_WAVE, WIDEST_WAVE)
  const { theme, frame, map } = setting(view)
  const { across, up } = axesOf(figure, width)
  const shape = decoded(figure).shape as unknown as readonly [number, number]
  const painted = (): Row =>
    fieldRow(
      across,
      up,
      view.picture?.(
        paintWave(waveAt(figure, frame), {
          shape,
          largest: largestAt(figure, frame),
          colours: waveColours(theme.name, map),
          size: picture(shape, across, up, width),
        }),
      ),
    )
  const kept = lastPicture(figure)
  const looks = [
    partsAt(figure, frame).join(),
    largestAt(figure, frame),
    width,
    theme.name,
    map,
    view.picture,
  ]
  if (kept.row === undefined || kept.looks.some((each, i) => each !== looks[i]))
    Object.assign(kept, { looks, row: painted() })
  return { data: { field: [kept.row!] }, params: {} }
}

export function planeSpec(figure: WaveFigure, view: View): Unit {
  const width = Math.min(view.width ?? WIDEST_WAVE, WIDEST_WAVE)
  const s = setting({ ...view, width })
  const { across, up } = axesOf(figure, width)
  return chart({
    setting: s,
    height: view.height ?? fieldHeight(across, up, width, PADDING),
    padding: PADDING,
    data: { contours: contours(sceneryOf(figure)) },
    update: planeUpdate(figure, view),
    layer: [
      fieldLayer(across, up),
      {
        data: { name: 'contours' },
        mark: contourMark(s.theme.ink),
        encoding: {
          x: position('x', across),
          y: position('y', up),
          detail: { field: 'line' },
          order: { field: 'i', type: 'quantitative' },
        },
      },
    ],
  })
}
