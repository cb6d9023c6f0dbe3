/**
 * A function of two coordinates as colours, with lines of equal value, paths, points and samples over it.
 */
import type { Theme } from '../../colour/theme.js'
import { say } from '../../make/words.js'
import { unpack } from '../../packed.js'
import type { CursorRecord, FieldPanelRecord, MarginRecord } from '../../payload.js'
import { contourLines, wellLevels } from '../../raster/contours.js'
import { paint, type Raster } from '../../raster/raster.js'
import { fieldHeight, fieldLayer, fieldRow } from '../field.js'
import { type Axis, chart, fixed, position, type Setting, setting, uprightTitle } from '../grammar.js'
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
import type { FrameUpdate, Row, Unit, View } from '../view.js'
import { paintWells } from '../wells.js'
import { type Between, betweenStops, cursorValue, frameOf, rowAt } from './cursor.js'
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
    contours:
      panel.levels.length === 0
        ? []
        : (contourLines(values.map(bend), x, y, panel.levels.map(bend)) as unknown as Row[]),
  }
})

/** Whether the field is another one at each stop of the cursor. */
function isFramed({ values }: FieldPanelRecord): boolean {
  return values.shape.length > 2
}

/** The picture reaches half a step beyond the outermost samples: each is a cell. */
function domainOf(axis: Float64Array): [number, number] {
  const [first, last] = [axis[0]!, axis[axis.length - 1]!]
  const half = (last - first) / (axis.length - 1) / 2
  return [first - half, last + half]
}

/** Heights of the curves beside a field, as a share of its side, and the space between. */
const [BESIDE, SPACE] = [0.2, 0.02]

/** The ends of the field, and the axes, which reach further where curves stand beside it. */
function axesOf(
  panel: FieldPanelRecord,
  width: number,
): { field: readonly [Range, Range]; across: Axis; up: Axis } {
  const { x, y } = decoded(panel)
  const field = [domainOf(x), domainOf(y)] as const
  const sides = new Set((panel.margins ?? []).map(({ side }) => side))
  const reach = ([low, high]: Range, before: boolean, after: boolean): Range => {
    const extra = (BESIDE + SPACE) * (high - low)
    return [before ? low - extra : low, after ? high + extra : high]
  }
  const count = Math.max(3, Math.floor((width - PADDING.left) / 62))
  // Lines of axes that end with the field are drawn as part of it.
  const line = { domain: sides.size === 0, zindex: 1 }
  return {
    field,
    across: {
      domain: reach(field[0], sides.has('left'), sides.has('right')),
      labelled: { title: panel.labels[0], ...labelled(linearTicks(field[0], count)), ...line },
    },
    up: {
      domain: reach(field[1], false, sides.has('top')),
      labelled: { ...uprightTitle(panel.labels[1]), ...labelled(linearTicks(field[1], count)), ...line },
    },
  }
}

type Range = readonly [number, number]

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
    ...labelledOnce(
      (panel.margins ?? []).map(
        ({ label, mark }): KeyEntry => ({
          label,
          ...(mark === 'bars'
            ? { sign: 'block', colour: theme.contrast }
            : { sign: 'line', colour: theme.accent }),
        }),
      ),
    ),
  ]
  if (panel.scale === 'wells') return { entries }
  const diverging = panel.scale === 'diverging'
  const labels = diverging ? [low, '0', high] : isFramed(panel) ? ['0', 'max'] : [low, high]
  return { entries, bar: colourBar(panel.quantity, diverging ? theme.diverging : theme.ramp, labels) }
}

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
const STROKE = { alone: { line: 1.75, halo: 4, opacity: 1 }, bundle: { line: 0.9, halo: 2, opacity: 0.7 } }

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
  const stroke = bundle ? STROKE.bundle : STROKE.alone
  const paths = pathRows(panel, theme)
  const moving = paths.some(isMoving)
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

interface Layout extends ReturnType<typeof axesOf> {
  readonly setting: Setting
  readonly height: number
}

function layoutOf(panel: FieldPanelRecord, view: View): Layout {
  const width = Math.min(view.width ?? WIDEST_FIELD, WIDEST_FIELD)
  const axes = axesOf(panel, width)
  const height = fieldHeight(axes.across, axes.up, width, PADDING)
  const [low, high] = axes.up.domain
  const above = ((high - axes.field[1][1]) / (high - low)) * (height - PADDING.top - PADDING.bottom)
  const titleY = (axes.up.labelled['titleY'] as number) + above
  return {
    setting: setting({ ...view, width }),
    height,
    ...axes,
    up: { ...axes.up, labelled: { ...axes.up.labelled, titleY } },
  }
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

/** The points of each path; those of a path that the cursor moves along have the cursor's value in `at`. */
function pathRows(panel: FieldPanelRecord, theme: Theme): Row[][] {
  const styles = pathStyles(panel, theme)
  return panel.paths.map(({ points, at }, path): Row[] => {
    const xy = unpack(points)
    const when = at && unpack(at)
    const of = { path, ...styles[path]! }
    return Array.from({ length: xy.length / 2 }, (_, i) => ({
      x: xy[2 * i]!,
      y: xy[2 * i + 1]!,
      i,
      ...(when && { at: when[i]! }),
      ...of,
    }))
  })
}

function isMoving([first]: readonly Row[]): boolean {
  return first?.['at'] !== undefined
}

/** The part of a path until the cursor's value, its end between two points. */
function upTo(path: readonly Row[], value: number): Row[] {
  const when = (row: Row): number => row['at'] as number
  const next = path.findIndex((row) => when(row) > value)
  if (next < 0) return [...path]
  if (next === 0) return path.slice(0, 1)
  const [a, b] = [path[next - 1]!, path[next]!]
  const share = (value - when(a)) / (when(b) - when(a))
  const between = (name: string): number =>
    (a[name] as number) + share * ((b[name] as number) - (a[name] as number))
  return [...path.slice(0, next), { ...b, x: between('x'), y: between('y'), i: between('i') }]
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

const decodedMargin = memo((margin: MarginRecord) => {
  const values = unpack(margin.values)
  return { values, most: values.reduce((most, value) => Math.max(most, value), 0) }
})

/** Rows of the curves beside a field: those that the cursor changes at a place between stops, else the others. */
function marginData(panel: FieldPanelRecord, layout: Layout, at: Between | undefined): Record<string, Row[]> {
  const { margins = [] } = panel
  const largest = (side: MarginRecord['side']): number =>
    Math.max(...margins.filter((each) => each.side === side).map((each) => decodedMargin(each).most)) || 1
  return Object.fromEntries(
    margins.flatMap((margin, k) => {
      const { side, mark, values: packed } = margin
      if (packed.shape.length > 1 !== (at !== undefined)) return []
      const count = packed.shape[packed.shape.length - 1]!
      const { values } = decodedMargin(margin)
      const heights = at ? rowAt(values, count, at) : values
      const along = side === 'top' ? 0 : 1
      const [near, far] = layout.field[1 - along]
      const [base, unit] =
        side === 'left'
          ? [near - SPACE * (far - near), -(BESIDE * (far - near)) / largest(side)]
          : [far + SPACE * (far - near), (BESIDE * (far - near)) / largest(side)]
      const { x, y } = decoded(panel)
      const axis = along === 0 ? x : y
      const [first, last] = [axis[0]!, axis[axis.length - 1]!]
      const rows = Array.from(heights, (value, i): Row => {
        const height = base + unit * Math.max(0, value)
        if (mark === 'line') {
          return { i, base, along: first + ((last - first) * i) / (count - 1), height }
        }
        const edge = (share: number): number => first + ((last - first) * (i + share)) / count
        return { i, base, along: edge(0.06), until: edge(0.94), height }
      })
      return [[`margin ${k}`, rows] as const]
    }),
  )
}

function marginLayers(
  panel: FieldPanelRecord,
  { field: [dx, dy], across, up, setting: { theme } }: Layout,
): Unit[] {
  const { margins = [] } = panel
  if (margins.length === 0) return []
  const frame = { type: 'rule', color: theme.muted, strokeWidth: 0.75 }
  const axisLines: Unit[] = [
    {
      data: { values: [{}] },
      mark: frame,
      encoding: { x: fixed(dx[0], across), x2: { datum: dx[1] }, y: fixed(dy[0], up) },
    },
    {
      data: { values: [{}] },
      mark: frame,
      encoding: { y: fixed(dy[0], up), y2: { datum: dy[1] }, x: fixed(dx[0], across) },
    },
  ]
  return [
    ...axisLines,
    ...margins.flatMap(({ side, mark }, k): Unit[] => {
      const data = { name: `margin ${k}` }
      const level = side === 'top'
      const [along, out] = level ? [across, up] : [up, across]
      const [main, cross] = level ? ['x', 'y'] : ['y', 'x']
      const order = { field: 'i', type: 'quantitative' }
      const filled = { [cross]: position('base', out), [`${cross}2`]: { field: 'height' } }
      if (mark === 'bars') {
        const encoding = { [main]: position('along', along), [`${main}2`]: { field: 'until' }, ...filled }
        return [{ data, mark: { type: 'rect', color: theme.contrast, fillOpacity: 0.5 }, encoding }]
      }
      return [
        {
          data,
          mark: {
            type: 'area',
            orient: level ? 'vertical' : 'horizontal',
            color: theme.accent,
            fillOpacity: 0.18,
          },
          encoding: { [main]: position('along', along), ...filled },
        },
        {
          data,
          mark: { type: 'line', color: theme.accent, strokeWidth: 1.5 },
          encoding: { [main]: position('along', along), [cross]: position('height', out), order },
        },
      ]
    }),
  ]
}
