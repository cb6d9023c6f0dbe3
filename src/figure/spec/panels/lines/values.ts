/**
 * What curves are worth where the cursor stands: its line, their places on it, and their values above the panel.
 */
import { say } from '../../../make/words.js'
import type { LinesPanelRecord } from '../../../payload.js'
import { position } from '../../grammar.js'
import type { FrameUpdate, Unit } from '../../view.js'
import { type Curve, curvesOf, hasWorth, isFramed } from './curves.js'
import { CHARACTER, type Layout, SAID, scaleOf, VALUE } from './layout.js'
import { stylesOf } from './styles.js'

/** Ends of axes and stops of the cursor that differ by less are the same, as a share of the axis. */
const ROUNDING = 1e-9

/** The cursor's line, the curves' places on it, and above the panel, in their colours, what they are worth there. */
export function cursorLayers({ across, up, setting: { theme } }: Layout): Unit[] {
  const [x, y] = [position('x', across), position('y', up)]
  const colour = { field: 'colour', type: 'nominal', scale: null, legend: null }
  return [
    {
      data: { name: 'cursor' },
      mark: { type: 'rule', color: theme.ink, strokeWidth: 1, strokeOpacity: 0.6 },
      encoding: { x },
    },
    {
      data: { name: 'cursor places' },
      mark: { type: 'point', filled: true, size: 44, fillOpacity: 1, stroke: theme.background },
      encoding: { x, y, fill: colour },
    },
    {
      data: { name: 'cursor values' },
      mark: { type: 'text', align: 'right', baseline: 'alphabetic', fontSize: VALUE.size },
      encoding: {
        x: position('at', across),
        y: { value: -VALUE.above },
        text: { field: 'said' },
        color: colour,
      },
    },
  ]
}

export function cursorRows(panel: LinesPanelRecord, layout: Layout, value: number): FrameUpdate['data'] {
  const { across, up, padding, setting } = layout
  const styles = stylesOf(panel, setting.theme)
  const [low, high] = across.domain
  const [wide, tall] = [scaleOf(across), scaleOf(up)]
  const slack = ROUNDING * (wide.to(high) - wide.to(low))
  const inside = wide.to(value) >= wide.to(low) - slack && wide.to(value) <= wide.to(high) + slack
  const curves = curvesOf(panel)
  const known = !inside
    ? []
    : curves.flatMap((curve, k) => {
        const y = isFramed(curve.series) ? undefined : worthAt(curve, value, wide, tall)
        const { label } = curve.series
        // Points on a curve of the same label say the same again.
        const again = label !== '' && curves.slice(0, k).some(({ series }) => series.label === label)
        return y === undefined || again ? [] : [{ x: value, y, colour: styles[k]!.colour }]
      })
  const inner = setting.width - padding.left - padding.right
  const coordinate = (pixel: number): number =>
    wide.from(wide.to(low) + (pixel / inner) * (wide.to(high) - wide.to(low)))
  let right = inner
  const values = known.length > SAID ? [] : [...known].reverse()
  return {
    cursor: inside ? [{ x: value }] : [],
    'cursor places': known.filter(({ y }) => y >= up.domain[0] && y <= up.domain[1]),
    'cursor values': values.map(({ y, colour }) => {
      const row = { at: coordinate(right), said: say(y, values.length > 2 ? 3 : 4), colour }
      right -= CHARACTER * row.said.length + VALUE.between
      return row
    }),
  }
}

/** What a curve is worth at a coordinate, along the strokes as they are drawn. */
function worthAt(
  { series, x, y, stroke }: Curve,
  value: number,
  wide: ReturnType<typeof scaleOf>,
  tall: ReturnType<typeof scaleOf>,
): number | undefined {
  if (!hasWorth(series)) return undefined
  const exact = x.indexOf(value)
  if (exact >= 0) return y[exact]
  for (let i = 0; i + 1 < x.length; i++) {
    const [a, b] = [x[i]!, x[i + 1]!]
    if (stroke[i] !== stroke[i + 1] || (value - a) * (value - b) > 0) continue
    if (series.mark === 'steps') return y[i]
    const share = (wide.to(value) - wide.to(a)) / (wide.to(b) - wide.to(a))
    return tall.from(tall.to(y[i]!) + share * (tall.to(y[i + 1]!) - tall.to(y[i]!)))
  }
  return undefined
}
