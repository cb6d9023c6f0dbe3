/**
 * Paths over a field, in whole or as far as the cursor has come.
 */
import type { Theme } from '../../../colour/theme.js'
import { unpack } from '../../../packed.js'
import type { FieldPanelRecord } from '../../../payload.js'
import type { Row } from '../../view.js'
import { pathStyles } from './styles.js'

/** The points of each path; those of a path that the cursor moves along have the cursor's value in `at`. */
export function pathRows(panel: FieldPanelRecord, theme: Theme): Row[][] {
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

/** Times that a path may turn back and still be seen as one: beyond, thick lines would hide its course. */
const TURNS = 24

/** Whether a path turns back as often as the steps of noise do. */
export function isRagged(path: readonly Row[]): boolean {
  const step = (name: string, i: number): number =>
    (path[i]![name] as number) - (path[i - 1]![name] as number)
  let count = 0
  for (let i = 2; i < path.length && count <= TURNS; i++) {
    if (step('x', i) * step('x', i - 1) + step('y', i) * step('y', i - 1) < 0) count++
  }
  return count > TURNS
}

export function isMoving([first]: readonly Row[]): boolean {
  return first?.['at'] !== undefined
}

/** The part of a path until the cursor's value, its end between two points. */
export function upTo(path: readonly Row[], value: number): Row[] {
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
