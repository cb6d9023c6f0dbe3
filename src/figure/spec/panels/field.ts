/**
 * A function of two coordinates as colours, with lines of equal value, paths, points and samples over it.
 */
import type { Theme } from '../../colour/theme.js'
import { say } from '../../make/words.js'
import { unpack } from '../../packed.js'
import type { FieldPanelRecord } from '../../payload.js'
import { contourLines, wellLevels } from '../../raster/contours.js'
import { paint, type Raster } from '../../raster/raster.js'
import { fieldHeight, fieldLayer, fieldRow } from '../field.js'
import { type Axis, chart, position, setting, uprightTitle } from '../grammar.js'
import {
  colourBar,
  DASHES,
  type Key,
  type KeyEntry,
  labelledOnce,
  lineStyle,
  POINT_SIGNS,
  type Sign,
} from '../key.js'
import { memo } from '../memo.js'
import { labelled, linearTicks } from '../ticks.js'
import type { Row, Unit, View } from '../view.js'
import { paintWells } from '../wells.js'
import { thousands } from './words.js'

/** Widest chart: a square field larger than this says no more. */
export const WIDEST_FIELD = 520

const PADDING = { left: 52, right: 16, top: 30, bottom: 46 }

/** A lowest value that lies no further below 0, as a share of the highest, is rounding. */
const ROUNDING = 1e-9

/** Share of an objective below its highest contour, and steps of its shades. */
const [SHARE, STEPS] = [0.9, 10]

const decoded = memo((panel: FieldPanelRecord) => {
  const [x, y] = [unpack(panel.axes[0]), unpack(panel.axes[1])]
  const values = unpack(panel.values)
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const value of values) {
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  const largest = Math.max(Math.abs(low), Math.abs(high)) || 1
  const wells = panel.scale === 'wells' ? wellLevels(values, SHARE, STEPS) : undefined
  const bend = wells?.bend ?? ((value: number) => value)
  return {
    x,
    y,
    values,
    wells,
    range: (panel.scale === 'diverging' ? [-largest, largest] : [low < -ROUNDING * high ? low : 0, high]) as [
      number,
      number,
    ],
    contours: contourLines(values.map(bend), x, y, panel.levels.map(bend)) as unknown as Row[],
  }
})

/** The picture reaches half a step beyond the outermost samples: each is a cell. */
function domainOf(axis: Float64Array): [number, number] {
  const [first, last] = [axis[0]!, axis[axis.length - 1]!]
  const half = (last - first) / (axis.length - 1) / 2
  return [first - half, last + half]
}

function axesOf(panel: FieldPanelRecord, width: number): { across: Axis; up: Axis } {
  const { x, y } = decoded(panel)
  const [dx, dy] = [domainOf(x), domainOf(y)]
  const count = Math.max(3, Math.floor((width - PADDING.left) / 62))
  return {
    across: {
      domain: dx,
      labelled: { title: panel.labels[0], ...labelled(linearTicks(dx, count)), zindex: 1 },
    },
    up: {
      domain: dy,
      labelled: { ...uprightTitle(panel.labels[1]), ...labelled(linearTicks(dy, count)), zindex: 1 },
    },
  }
}

export function fieldPanelHeight(panel: FieldPanelRecord, width: number): number {
  const outer = Math.min(width, WIDEST_FIELD)
  const { across, up } = axesOf(panel, outer)
  return fieldHeight(across, up, outer, PADDING)
}

/**
 * Colour and line of each path, one a label: those that curves of the same order have in a chart beside it. One alone has
 * the colour that stands out from a field; paths without a label have ink.
 */
function pathStyles({ paths }: FieldPanelRecord, theme: Theme): readonly Pick<KeyEntry, 'colour' | 'sign'>[] {
  const labels = [...new Set(paths.map(({ label }) => label))].filter((label) => label !== '')
  return paths.map(({ label }) => {
    if (label === '') return { colour: theme.ink, sign: 'line' }
    if (labels.length === 1) return { colour: theme.contrast, sign: 'line' }
    return lineStyle(theme, labels.indexOf(label))
  })
}

/** Sign of each point, one a label. */
function pointSigns({ points }: FieldPanelRecord): readonly Sign[] {
  const labels = [...new Set(points.map(({ label }) => label))]
  return points.map(({ label }) => POINT_SIGNS[labels.indexOf(label) % POINT_SIGNS.length]!)
}

export function fieldKey(panel: FieldPanelRecord, theme: Theme): Key {
  const { range } = decoded(panel)
  const [low, high] = range.map((value) => say(value, 2)) as [string, string]
  const lines: KeyEntry[] =
    panel.scale === 'wells'
      ? [{ sign: 'line', colour: theme.zeta, label: `contours of ${panel.quantity}` }]
      : []
  const { samples } = panel
  const dots: KeyEntry[] = samples ? [{ sign: 'circle', colour: theme.contrast, label: 'samples' }] : []
  const styles = pathStyles(panel, theme)
  const signs = pointSigns(panel)
  const entries: KeyEntry[] = [
    ...lines,
    ...labelledOnce(panel.paths.map(({ label }, i): KeyEntry => ({ ...styles[i]!, label }))),
    ...labelledOnce(
      panel.points.map(({ label }, i): KeyEntry => ({ sign: signs[i]!, colour: theme.ink, label })),
    ),
    ...dots,
  ]
  if (panel.scale === 'wells') return { entries }
  const diverging = panel.scale === 'diverging'
  const labels = diverging ? [low, '0', high] : [low, high]
  return { entries, bar: colourBar(panel.quantity, diverging ? theme.diverging : theme.ramp, labels) }
}

export function fieldNotes({ samples }: FieldPanelRecord): readonly string[] {
  const drawn = samples?.x.shape[0] ?? 0
  if (!samples || drawn === samples.of) return []
  return [`${thousands(drawn)} of ${thousands(samples.of)} samples are drawn.`]
}

function rasterOf(panel: FieldPanelRecord, theme: Theme): Raster {
  const { x, y, values, wells, range } = decoded(panel)
  const shape = [x.length, y.length] as const
  if (wells) return paintWells(values.map(wells.height), shape, theme)
  return paint(values, { shape, range, colours: panel.scale === 'diverging' ? theme.diverging : theme.ramp })
}

/** More samples than these are small and let others show through. */
const CROWD = 500

/** Paths of more points than these are lines alone, and more paths than these are thin. */
const [FEW, BUNDLE] = [60, 13]

export function fieldSpec(panel: FieldPanelRecord, view: View): Unit {
  const width = Math.min(view.width ?? WIDEST_FIELD, WIDEST_FIELD)
  const s = setting({ ...view, width })
  const { theme } = s
  const { across, up } = axesOf(panel, width)
  const [x, y] = [position('x', across), position('y', up)]
  const order = { field: 'i', type: 'quantitative' }
  const colour = { field: 'colour', type: 'nominal', scale: null, legend: null }
  const shape = { field: 'sign', type: 'nominal', scale: null, legend: null }
  const size = width < 400 ? 60 : 120
  const { samples } = panel
  const drawn = samples && { x: unpack(samples.x), y: unpack(samples.y) }
  const [styles, signs] = [pathStyles(panel, theme), pointSigns(panel)]
  const bundle = panel.paths.length > BUNDLE
  const paths = panel.paths.map(({ points }, path): Row[] => {
    const xy = unpack(points)
    const of = { path, ...styles[path]! }
    return Array.from({ length: xy.length / 2 }, (_, i) => ({ x: xy[2 * i]!, y: xy[2 * i + 1]!, i, ...of }))
  })
  const few = bundle ? [] : paths.filter((path) => path.length <= FEW).flat()
  const ends = paths.flatMap((path) => path.slice(-1))
  return chart({
    setting: s,
    height: fieldHeight(across, up, width, PADDING),
    padding: PADDING,
    data: {
      field: [fieldRow(across, up, view.picture?.(rasterOf(panel, theme)))],
      contours: decoded(panel).contours,
      ...(drawn && { samples: Array.from(drawn.x, (at, i) => ({ x: at, y: drawn.y[i]! })) }),
      paths: paths.flat(),
      steps: few,
      ends,
      points: panel.points.map(({ x, y }, i) => ({ x, y, sign: signs[i]! })),
    },
    layer: [
      fieldLayer(across, up),
      {
        data: { name: 'contours' },
        mark: { type: 'line', color: theme.zeta, strokeWidth: 0.8, strokeOpacity: 0.75 },
        encoding: { x, y, detail: { field: 'line' }, order },
      },
      ...(drawn
        ? [
            {
              data: { name: 'samples' },
              mark: {
                type: 'point',
                filled: true,
                size: drawn.x.length > CROWD ? 5 : 9,
                color: theme.contrast,
                fillOpacity: drawn.x.length > CROWD ? 0.35 : 0.6,
                clip: true,
              },
              encoding: { x, y },
            },
          ]
        : []),
      ...(paths.length === 0
        ? []
        : [
            {
              data: { name: 'paths' },
              mark: { type: 'line', color: theme.background, strokeWidth: 4, strokeOpacity: 0.6, clip: true },
              encoding: { x, y, order, detail: { field: 'path' } },
            },
            ...[...new Set(styles.map(({ sign }) => sign))].map((sign) => ({
              data: { name: 'paths' },
              transform: [{ filter: `datum.sign === '${sign}'` }],
              mark: {
                type: 'line',
                strokeWidth: bundle ? 1.1 : 1.75,
                ...(DASHES[sign] && { strokeDash: DASHES[sign] }),
                clip: true,
              },
              encoding: { x, y, order, detail: { field: 'path' }, color: colour },
            })),
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
          ]),
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
    ],
  })
}
