/**
 * Colours and signs of series, and the key that tells them apart.
 */
import type { Theme } from '../../../colour/theme.js'
import type { LinesPanelRecord } from '../../../payload.js'
import { type Key, type KeyEntry, labelledOnce, lineStyle, type Sign } from '../../key.js'

/** How a series is drawn: by its place among those of its role. */
interface Style {
  readonly colour: string
  readonly sign: Sign
}

/** Signs in the order in which they are taken: colours first, then these. */
const REFERENCES: readonly Sign[] = ['dashed', 'dotted', 'dashdot']
const POINTS: readonly Sign[] = ['circle', 'diamond', 'square', 'triangle', 'cross']

export function stylesOf({ series }: LinesPanelRecord, theme: Theme): readonly Style[] {
  const seen = { data: new Map<string, number>(), reference: new Map<string, number>() }
  return series.map(({ mark, role, label }) => {
    if (role === 'backdrop') return { colour: theme.zeta, sign: 'line' }
    const places = seen[role]
    if (!places.has(label)) places.set(label, places.size)
    const k = places.get(label)!
    if (role === 'reference') {
      const sign = mark === 'points' ? POINTS[k % POINTS.length]! : REFERENCES[k % REFERENCES.length]!
      return {
        colour: k < REFERENCES.length ? theme.ink : theme.muted,
        sign: mark === 'bars' ? 'block' : sign,
      }
    }
    if (mark === 'bars') return { ...lineStyle(theme, k), sign: 'block' }
    // Points of another colour also have another shape.
    if (mark === 'points' || mark === 'heads')
      return { ...lineStyle(theme, k), sign: POINTS[k % POINTS.length]! }
    return lineStyle(theme, k)
  })
}

/** The key of the series; nothing where the only one is what the vertical axis says. */
export function linesKey(panel: LinesPanelRecord, theme: Theme): Key | undefined {
  const styles = stylesOf(panel, theme)
  const entries: KeyEntry[] = labelledOnce(panel.series.map(({ label }, k) => ({ ...styles[k]!, label })))
  const [first] = entries
  if (!first || (entries.length === 1 && [panel.y.label, panel.heading].includes(first.label)))
    return undefined
  return { entries }
}
