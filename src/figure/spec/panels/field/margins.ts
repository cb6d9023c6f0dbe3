/**
 * Curves and bars beside a field, along the axis of their side.
 */
import { unpack } from '../../../packed.js'
import type { FieldPanelRecord, MarginRecord } from '../../../payload.js'
import { fixed, position } from '../../grammar.js'
import { memo } from '../../memo.js'
import type { Row, Unit } from '../../view.js'
import { type Between, rowAt } from '../cursor.js'
import { BESIDE, decoded, type Layout, SPACE } from './layout.js'

const decodedMargin = memo((margin: MarginRecord) => {
  const values = unpack(margin.values)
  return { values, most: values.reduce((most, value) => Math.max(most, value), 0) }
})

/** Rows of the curves beside a field: those that the cursor changes at a place between stops, else the others. */
export function marginData(
  panel: FieldPanelRecord,
  layout: Layout,
  at: Between | undefined,
): Record<string, Row[]> {
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

export function marginLayers(
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
