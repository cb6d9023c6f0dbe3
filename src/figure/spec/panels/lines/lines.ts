/**
 * Curves, points, bars and steps over common axes.
 */
import type { CursorRecord, LinesPanelRecord } from '../../../payload.js'
import { chart, position } from '../../grammar.js'
import { DASHES, type Sign } from '../../key.js'
import type { FrameUpdate, Unit, View } from '../../view.js'
import { betweenStops, cursorValue, frameOf } from '../cursor.js'
import { thousands } from '../words.js'
import { type Curve, curvesOf, isFramed } from './curves.js'
import { layoutOf, scaleOf } from './layout.js'
import { seriesRows } from './rows.js'
import { stylesOf } from './styles.js'
import { cursorLayers, cursorRows } from './values.js'

/** Which points are not drawn. */
export function linesNotes({ series }: LinesPanelRecord): readonly string[] {
  return series.flatMap(({ label, x, of, omitted }) => {
    const name = label === '' ? '' : `${label}: `
    return [
      ...(of && x ? [`${name}${thousands(x.shape[0]!)} of ${thousands(of)} points are drawn.`] : []),
      ...(omitted
        ? [
            `${name}${thousands(omitted)} ${omitted === 1 ? 'point has' : 'points have'} no place on the axes.`,
          ]
        : []),
    ]
  })
}

/** Curves of one label beyond this number are thin. */
const BUNDLE = 6

/** Points beyond the first number are smaller, beyond the second they are dots that let others show through. */
const [MANY, CROWD] = [60, 250]

/** The chart at `view.frame`: at the cursor's first stop to be shown, unless the view says another. */
export function linesSpec(panel: LinesPanelRecord, view: View, cursor?: CursorRecord): Unit {
  const layout = layoutOf(panel, view)
  const { setting: s, height, padding, across, up } = layout
  const styles = stylesOf(panel, s.theme)
  const curves = curvesOf(panel)
  const layer: Unit[] = []
  const [x, y] = [position('x', across), position('y', up)]
  // The backdrop and bars lie under curves, and what is compared with lies on top.
  const order = ({ series: { mark, role } }: Curve): number =>
    (mark === 'bars' ? 0 : 2) + (role === 'reference' ? 1 : role === 'backdrop' ? -3 : 0)
  const sorted = [...curves.keys()].sort((a, b) => order(curves[a]!) - order(curves[b]!) || a - b)
  for (const k of sorted) {
    const curve = curves[k]!
    const { colour, sign } = styles[k]!
    const { mark, role } = curve.series
    const reference = role === 'reference'
    const crowd = curves.filter(({ series }) => series.label === curve.series.label).length
    const of = { data: { name: `series ${k}` } }
    if (role === 'backdrop') {
      const area = { type: 'area', color: s.theme.zetaFill, line: false, clip: true }
      layer.push(
        { ...of, mark: area, encoding: { x, y: position('base', up), y2: { field: 'y' } } },
        {
          ...of,
          mark: { type: 'line', color: colour, strokeWidth: 1, clip: true },
          encoding: { x, y, detail: { field: 'stroke' } },
        },
      )
      continue
    }
    if (curve.error) {
      layer.push({
        ...of,
        mark: { type: 'rule', color: colour, strokeWidth: 1.25, strokeOpacity: 0.75, clip: true },
        encoding: { x, y: position('below', up), y2: { field: 'above' } },
      })
    }
    if (mark === 'bars') {
      layer.push({
        ...of,
        mark: { type: 'rect', color: colour, fillOpacity: reference ? 0.25 : 0.75, clip: true },
        encoding: {
          x: position('x0', across),
          x2: { field: 'x1' },
          y: position('base', up),
          y2: { field: 'y' },
        },
      })
    } else if (mark === 'levels') {
      layer.push({
        ...of,
        mark: { type: 'rule', color: colour, strokeWidth: 2, strokeOpacity: 0.9, clip: true },
        encoding: { x: position('x0', across), x2: { field: 'x1' }, y },
      })
    } else if (mark === 'heads') {
      layer.push({
        ...of,
        mark: {
          type: 'point',
          filled: true,
          color: colour,
          size: 90,
          fillOpacity: 1,
          stroke: s.theme.background,
          strokeWidth: 1.5,
          clip: true,
        },
        encoding: { x, y },
      })
    } else if (mark === 'points') {
      const crowded = curve.points > CROWD
      layer.push({
        ...of,
        mark: crowded
          ? { type: 'point', filled: true, size: 9, color: colour, fillOpacity: 0.45, clip: true }
          : {
              type: 'point',
              ...pointOf(sign),
              color: colour,
              filled: false,
              opacity: 1,
              size: curve.points > MANY ? 18 : 38,
              strokeWidth: 1.75,
              clip: true,
            },
        encoding: { x, y },
      })
    } else {
      const dash = DASHES[sign]
      layer.push({
        ...of,
        mark: {
          type: 'line',
          color: colour,
          strokeWidth: crowd > BUNDLE || curve.ragged ? 1.1 : reference ? 1.5 : 2,
          ...(crowd > BUNDLE && { strokeOpacity: 0.7 }),
          ...(dash && { strokeDash: dash }),
          ...(mark === 'steps' && { interpolate: 'step-after' }),
          clip: true,
        },
        encoding: { x, y, detail: { field: 'stroke' }, order: { field: 'i', type: 'quantitative' } },
      })
      if (strokeOfOne(curve)) {
        layer.push({
          ...of,
          transform: [{ filter: 'datum.alone' }],
          mark: { type: 'point', filled: true, color: colour, size: 22, fillOpacity: 1, clip: true },
          encoding: { x, y },
        })
      }
    }
  }
  if (panel.cursor && cursor) layer.push(...cursorLayers(layout))
  if (layer.length === 0) {
    layer.push({ data: { values: [] }, mark: { type: 'point' }, encoding: { x, y } })
  }
  const frame = frameOf(cursor, view)
  const still = curves.flatMap((curve, k) =>
    isFramed(curve.series) ? [] : [[`series ${k}`, seriesRows(panel, k, layout, undefined)] as const],
  )
  return chart({
    setting: s,
    height,
    padding,
    data: Object.fromEntries(still),
    update: linesFrame(panel, { ...view, frame }, cursor),
    layer,
  })
}

/** What changes with the cursor: where it stands, what the curves are worth there, and series of their own at each stop. */
export function linesFrame(panel: LinesPanelRecord, view: View, cursor?: CursorRecord): FrameUpdate {
  if (!cursor) return { data: {}, params: {} }
  const layout = layoutOf(panel, view)
  const frame = frameOf(cursor, view)
  const at = betweenStops(cursor, frame)
  const framed = curvesOf(panel).flatMap(({ series }, k) =>
    isFramed(series) ? [[`series ${k}`, seriesRows(panel, k, layout, at)] as const] : [],
  )
  return {
    data: {
      ...Object.fromEntries(framed),
      ...(panel.cursor && cursorRows(panel, layout, cursorValue(cursor, frame))),
    },
    params: {},
  }
}

/** The coordinate at a pixel of the chart, at most that of its ends. */
export function linesAt(panel: LinesPanelRecord, view: View, [x]: readonly [number, number]): number {
  const { across, padding, setting } = layoutOf(panel, view)
  const { to, from } = scaleOf(across)
  const [low, high] = across.domain.map(to) as [number, number]
  const share = (x - padding.left) / (setting.width - padding.left - padding.right)
  return from(low + Math.min(1, Math.max(0, share)) * (high - low))
}

/** Whether some stroke of a curve is a point, which no line shows. */
function strokeOfOne({ stroke }: Curve): boolean {
  return stroke.some((each, i) => each !== stroke[i - 1] && each !== stroke[i + 1])
}

function pointOf(sign: Sign): Unit {
  return { shape: sign === 'triangle' ? 'triangle-up' : sign }
}
