/**
 * Colours and signs of what lies over a field, and the key that says what they mean.
 */
import type { Theme } from '../../../colour/theme.js'
import { say } from '../../../make/words.js'
import type { FieldPanelRecord } from '../../../payload.js'
import {
  colourBar,
  type Key,
  type KeyEntry,
  labelledOnce,
  lineStyle,
  POINT_SIGNS,
  type Sign,
} from '../../key.js'
import { decoded, isFramed } from './layout.js'

/**
 * Colour and line of each path, one a label: those that curves of the same order have in a chart beside it. One alone has
 * the colour that stands out from a field; paths without a label have ink.
 */
export function pathStyles(
  { paths }: FieldPanelRecord,
  theme: Theme,
): readonly Pick<KeyEntry, 'colour' | 'sign'>[] {
  const labels = [...new Set(paths.map(({ label }) => label))].filter((label) => label !== '')
  return paths.map(({ label }) => {
    if (label === '') return { colour: theme.ink, sign: 'line' }
    if (labels.length === 1) return { colour: theme.contrast, sign: 'line' }
    return lineStyle(theme, labels.indexOf(label))
  })
}

/** Sign of each point, one a label. */
export function pointSigns({ points }: FieldPanelRecord): readonly Sign[] {
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
