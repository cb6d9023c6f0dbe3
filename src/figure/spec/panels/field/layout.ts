/**
 * The numbers of a field, and where it and what stands beside it lie in the chart.
 */
import { unpack } from '../../../packed.js'
import type { FieldPanelRecord } from '../../../payload.js'
import { contourLines, wellLevels } from '../../../raster/contours.js'
import { fieldHeight } from '../../field.js'
import { type Axis, type Setting, setting, uprightTitle } from '../../grammar.js'
import { memo } from '../../memo.js'
import { labelled, linearTicks } from '../../ticks.js'
import type { Row, View } from '../../view.js'

/** Widest chart: a square field larger than this says no more. */
export const WIDEST_FIELD = 520

export const PADDING = { left: 52, right: 16, top: 30, bottom: 46 }

/** A lowest value that lies no further below 0, as a share of the highest, is rounding. */
const ROUNDING = 1e-9

/** Share of an objective below its highest contour, and steps of its shades. */
const [SHARE, STEPS] = [0.9, 10]

export const decoded = memo((panel: FieldPanelRecord) => {
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
export function isFramed({ values }: FieldPanelRecord): boolean {
  return values.shape.length > 2
}

/** The picture reaches half a step beyond the outermost samples: each is a cell. */
function domainOf(axis: Float64Array): [number, number] {
  const [first, last] = [axis[0]!, axis[axis.length - 1]!]
  const half = (last - first) / (axis.length - 1) / 2
  return [first - half, last + half]
}

/** Heights of the curves beside a field, as a share of its side, and the space between. */
export const [BESIDE, SPACE] = [0.2, 0.02]

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

export interface Layout extends ReturnType<typeof axesOf> {
  readonly setting: Setting
  readonly height: number
}

export function layoutOf(panel: FieldPanelRecord, view: View): Layout {
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
