/**
 * The objective as scenery: which part of it is worth showing, and how it is drawn under other things.
 */
import type { Theme } from '../colour/theme.js'
import { argmin, localMaxima, quantile } from '../make/extrema.js'
import { type Axis, position } from './grammar.js'
import type { Row, Unit } from './view.js'

/** How far above its lowest value ζ is shown, as a multiple of its highest interior barrier. */
const BARRIERS = 2.5
/** Where no barrier is: the share of the grid that is shown below the ceiling. */
const SHARE = 0.7

/** [lowest, ceiling] of the values of a 1-D objective worth showing: its wells and barriers, not its far walls. */
export function interestingRange(zeta: ArrayLike<number>): readonly [number, number] {
  const low = zeta[argmin(zeta)]!
  const barrier = Math.max(low, ...localMaxima(zeta).map((i) => zeta[i]!))
  let top = Number.NEGATIVE_INFINITY
  for (let i = 0; i < zeta.length; i++) top = Math.max(top, zeta[i]!)
  const ceiling = barrier > low ? low + BARRIERS * (barrier - low) : quantile(zeta, SHARE)
  return [low, ceiling > low ? Math.min(ceiling, top) : low + 1]
}

/** Data sets of {@link zetaLayers}: the surface, and the pieces of its line, both cut where ζ leaves the chart. */
export function zetaData(x: ArrayLike<number>, zeta: ArrayLike<number>, up: Axis): Record<string, Row[]> {
  const top = up.domain[1]
  const surface: Row[] = []
  const line: Row[] = []
  let part = 0
  for (let i = 0; i < x.length; i++) {
    const [before, here] = [i > 0 ? zeta[i - 1]! - top : -1, zeta[i]! - top]
    if (before * here < 0 && i > 0) {
      const crossing = { x: x[i]! - ((x[i]! - x[i - 1]!) * here) / (here - before), y: top }
      surface.push(crossing)
      if (before > 0) part++
      line.push({ ...crossing, part })
    }
    surface.push({ x: x[i]!, y: Math.min(top, zeta[i]!) })
    if (here <= 0) line.push({ x: x[i]!, y: zeta[i]!, part })
  }
  return { zeta: surface, 'zeta line': line }
}

/** ζ as a grey surface with a line along its top. */
export function zetaLayers(theme: Theme, x: Axis, y: Axis): readonly Unit[] {
  const encoding = { x: position('x', x), y: position('y', y) }
  return [
    {
      data: { name: 'zeta' },
      mark: { type: 'area', color: theme.zetaFill },
      encoding: { ...encoding, y2: { datum: y.domain[0] } },
    },
    {
      data: { name: 'zeta line' },
      mark: { type: 'line', color: theme.zeta, strokeWidth: 1.5 },
      encoding: { ...encoding, detail: { field: 'part' } },
    },
  ]
}
