/**
 * A function of two coordinates as colours, with lines of equal value, paths, points and samples over it.
 */
import type { Theme } from '../../../colour/theme.js'
import { unpack } from '../../../packed.js'
import type { CursorRecord, FieldPanelRecord } from '../../../payload.js'
import { paint, type Raster } from '../../../raster/raster.js'
import { fieldLayer, fieldRow } from '../../field.js'
import { type Axis, chart, fixed, position } from '../../grammar.js'
import { DASHES } from '../../key.js'
import { memo } from '../../memo.js'
import type { FrameUpdate, Row, Unit, View } from '../../view.js'
import { paintWells } from '../../wells.js'
import { type Between, betweenStops, cursorValue, frameOf, rowAt } from '../cursor.js'
import { thousands } from '../words.js'
import { decoded, isFramed, type Layout, layoutOf, PADDING } from './layout.js'
import { marginData, marginLayers } from './margins.js'
import { isMoving, isRagged, pathRows, upTo } from './paths.js'
import { pathStyles, pointSigns } from './styles.js'

export function fieldNotes({ samples }: FieldPanelRecord): readonly string[] {
  const drawn = samples?.x.shape[samples.x.shape.length - 1] ?? 0
  if (!samples || drawn === samples.of) return []
  return [`${thousands(drawn)} of ${thousands(samples.of)} samples are drawn.`]
}

function rasterOf(panel: FieldPanelRecord, theme: Theme, at: Between | undefined): Raster {
  const { x, y, values, wells, range } = decoded(panel)
  const shape = [x.length, y.length] as const
  if (wells) return paintWells(values.map(wells.height), shape, theme)
  const shown = at ? rowAt(values, x.length * y.length, at) : values
  const diverging = panel.scale === 'diverging'
  // Each frame of a density has colours of its own: narrow peaks do not blank broad ones.
  const own = isFramed(panel) && !diverging
  return paint(shown, {
    shape,
    range: own ? [0, shown.reduce((most, value) => Math.max(most, value), 0)] : range,
    colours: diverging ? theme.diverging : theme.ramp,
  })
}

/** More samples than these are small and let others show through. */
const CROWD = 500

/** Paths of more points than these are lines alone, and more paths than these are thin. */
const [FEW, BUNDLE] = [60, 13]

/** Widths of a path and of its halo in the colour of the paper, and how much shows through. */
const STROKE = { alone: { line: 1.75, halo: 4, opacity: 1 }, thin: { line: 0.9, halo: 2, opacity: 0.7 } }

export function fieldSpec(panel: FieldPanelRecord, view: View, cursor?: CursorRecord): Unit {
  const layout = layoutOf(panel, view)
  const { setting: s, field, across, up } = layout
  const { theme, width } = s
  const [x, y] = [position('x', across), position('y', up)]
  const order = { field: 'i', type: 'quantitative' }
  const colour = { field: 'colour', type: 'nominal', scale: null, legend: null }
  const shape = { field: 'sign', type: 'nominal', scale: null, legend: null }
  const size = width < 400 ? 60 : 120
  const signs = pointSigns(panel)
  const bundle = panel.paths.length > BUNDLE
  const paths = pathRows(panel, theme)
  const moving = paths.some(isMoving)
  const stroke = bundle || paths.some(isRagged) ? STROKE.thin : STROKE.alone
  const few = bundle || moving ? [] : paths.filter((path) => path.length <= FEW).flat()
  const count = sampleCount(panel)
  const runs = panel.paths.length > 0
  const strokes = (data: string, opacity: number): Unit[] =>
    [...new Set(pathStyles(panel, theme).map(({ sign }) => sign))].map((sign) => ({
      data: { name: data },
      transform: [{ filter: `datum.sign === '${sign}'` }],
      mark: {
        type: 'line',
        strokeWidth: stroke.line,
        strokeOpacity: opacity * stroke.opacity,
        ...(DASHES[sign] && { strokeDash: DASHES[sign] }),
        clip: true,
      },
      encoding: { x, y, order, detail: { field: 'path' }, color: colour },
    }))
  return chart({
    setting: s,
    height: layout.height,
    padding: PADDING,
    data: {
      contours: decoded(panel).contours,
      paths: paths.flat(),
      steps: few,
      points: panel.points.map(({ x, y }, i) => ({ x, y, sign: signs[i]! })),
      ...marginData(panel, layout, undefined),
      ...stillData(panel, view, layout),
    },
    update: fieldFrame(panel, { ...view, frame: frameOf(cursor, view) }, cursor),
    layer: [
      fieldLayer(across, up),
      {
        data: { name: 'contours' },
        mark: { type: 'line', color: theme.zeta, strokeWidth: 0.8, strokeOpacity: 0.75 },
        encoding: { x, y, detail: { field: 'line' }, order },
      },
      ...marginLayers(panel, layout),
      ...(count > 0
        ? [
            {
              data: { name: 'samples' },
              mark: {
                type: 'point',
                filled: true,
                size: count > CROWD ? 5 : 9,
                color: theme.contrast,
                fillOpacity: count > CROWD ? 0.35 : 0.6,
                clip: true,
              },
              encoding: { x, y },
            },
          ]
        : []),
      ...(runs
        ? [
            {
              data: { name: moving ? 'travelled' : 'paths' },
              mark: {
                type: 'line',
                color: theme.background,
                strokeWidth: stroke.halo,
                strokeOpacity: 0.6,
                clip: true,
              },
              encoding: { x, y, order, detail: { field: 'path' } },
            },
            ...strokes('paths', moving ? 0.3 : 1),
            ...(moving ? strokes('travelled', 1) : []),
            {
              data: { name: 'steps' },
              mark: { type: 'point', filled: true, size: 12, fillOpacity: 1, clip: true },
              encoding: { x, y, color: colour },
            },
            {
              data: { name: 'ends' },
              mark: {
                type: 'point',
                filled: true,
                size: bundle ? 12 : 46,
                fillOpacity: 1,
                stroke: theme.background,
                strokeWidth: bundle ? 0 : 1.25,
                clip: true,
              },
              encoding: { x, y, fill: colour },
            },
          ]
        : []),
      // A halo in the colour of the paper: no colour hides a sign.
      ...(panel.points.length === 0
        ? []
        : [
            { stroke: theme.background, strokeWidth: width < 400 ? 4.5 : 6, fillOpacity: 0 },
            { stroke: theme.ink, strokeWidth: width < 400 ? 1.5 : 2, fillOpacity: 0.55 },
          ].map((mark) => ({
            data: { name: 'points' },
            mark: { type: 'point', filled: false, size, fill: theme.background, clip: true, ...mark },
            encoding: { x, y, shape },
          }))),
      ...(panel.cursor && cursor ? [cursorLayer(panel.cursor, { field, across, up }, theme)] : []),
    ],
  })
}

/** What changes with the cursor: the field, the samples, the ends of moving paths, curves beside it, and its own line. */
export function fieldFrame(panel: FieldPanelRecord, view: View, cursor?: CursorRecord): FrameUpdate {
  if (!cursor) return { data: {}, params: {} }
  const layout = layoutOf(panel, view)
  const frame = frameOf(cursor, view)
  const at = betweenStops(cursor, frame)
  const value = cursorValue(cursor, frame)
  const { theme } = layout.setting
  const paths = pathRows(panel, theme)
  const here = paths.some(isMoving)
    ? paths.map((path) => (isMoving(path) ? upTo(path, value) : path))
    : undefined
  const [low, high] = layout.field[panel.cursor === 'y' ? 1 : 0]
  return {
    data: {
      ...(isFramed(panel) && {
        field: [fieldRow(...fieldOf(layout), view.picture?.(rasterOf(panel, theme, at)))],
      }),
      ...((panel.samples?.x.shape.length ?? 0) > 1 && { samples: sampleRows(panel, at) }),
      ...(here && { travelled: here.flat(), ends: here.flatMap((path) => path.slice(-1)) }),
      ...marginData(panel, layout, at),
      ...(panel.cursor && { cursor: value >= low && value <= high ? [{ [panel.cursor]: value }] : [] }),
    },
    params: {},
  }
}

/** The coordinate along the cursor's axis at a pixel of the chart, at most that of the ends of the field. */
export function fieldAt(panel: FieldPanelRecord, view: View, [x, y]: readonly [number, number]): number {
  const { field, across, up, height, setting } = layoutOf(panel, view)
  const along = panel.cursor === 'y' ? 1 : 0
  const share =
    along === 0
      ? (x - PADDING.left) / (setting.width - PADDING.left - PADDING.right)
      : 1 - (y - PADDING.top) / (height - PADDING.top - PADDING.bottom)
  const [low, high] = (along === 0 ? across : up).domain
  const [first, last] = field[along]
  return Math.min(last, Math.max(first, low + share * (high - low)))
}

function fieldOf({ field: [x, y] }: Layout): [Pick<Axis, 'domain'>, Pick<Axis, 'domain'>] {
  return [{ domain: x }, { domain: y }]
}

/** What no cursor changes. */
function stillData(panel: FieldPanelRecord, view: View, layout: Layout): Record<string, Row[]> {
  const { theme } = layout.setting
  const paths = pathRows(panel, theme)
  const { samples } = panel
  return {
    ...(!isFramed(panel) && {
      field: [fieldRow(...fieldOf(layout), view.picture?.(rasterOf(panel, theme, undefined)))],
    }),
    ...(samples && samples.x.shape.length === 1 && { samples: sampleRows(panel, undefined) }),
    ...(!paths.some(isMoving) && { ends: paths.flatMap((path) => path.slice(-1)) }),
  }
}

const samplesOf = memo((panel: FieldPanelRecord) => {
  const { samples } = panel
  return samples && { x: unpack(samples.x), y: unpack(samples.y) }
})

function sampleCount({ samples }: FieldPanelRecord): number {
  return samples?.x.shape[samples.x.shape.length - 1] ?? 0
}

function sampleRows(panel: FieldPanelRecord, at: Between | undefined): Row[] {
  const { x, y } = samplesOf(panel)!
  const count = sampleCount(panel)
  const [xs, ys] = at ? [rowAt(x, count, at), rowAt(y, count, at)] : [x, y]
  return Array.from(xs, (each, i) => ({ x: each, y: ys[i]! }))
}

function cursorLayer(
  axis: 'x' | 'y',
  { field, across, up }: Pick<Layout, 'field' | 'across' | 'up'>,
  theme: Theme,
): Unit {
  const [low, high] = field[axis === 'x' ? 1 : 0]
  const encoding =
    axis === 'x'
      ? { x: position('x', across), y: fixed(low, up), y2: { datum: high } }
      : { y: position('y', up), x: fixed(low, across), x2: { datum: high } }
  return { data: { name: 'cursor' }, mark: { type: 'rule', color: theme.ink, strokeWidth: 1.25 }, encoding }
}
