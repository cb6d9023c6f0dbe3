/**
 * Curves, points, bars and steps as they are stored: long curves are thinned by picking, and it is said what is left out.
 */
import { FigureError } from '../../errors.js'
import type { LinesPanelRecord, SeriesRecord } from '../../payload.js'
import { expectLength } from '../check.js'
import { decimated, outlined, spread, take } from '../decimate.js'
import { indexed } from '../words.js'
import { BARS, FRAMED, framesOf, LINE, packLine, packRows, SCATTER, stillOf } from './packing.js'
import type { LinesPanel, PanelScale, PanelSeries } from './panel.js'

/** Most points of all curves of a panel. */
const LINES = 10_240

export function linesRecord({ heading, x, y, series, cursor }: LinesPanel, name: string): LinesPanelRecord {
  const scale = (axis: PanelScale) => ({ label: indexed(axis.label), scale: axis.scale ?? 'linear' })
  const scales = [scale(x), scale(y)] as const
  const logarithmic = scales.map((each) => each.scale === 'log') as [boolean, boolean]
  return {
    type: 'lines',
    heading: indexed(heading),
    x: scales[0],
    y: scales[1],
    series: series.map((each, k) =>
      seriesRecord(
        each,
        logarithmic,
        Math.min(LINE, Math.floor(LINES / series.length)),
        `${name}.series[${k}]`,
      ),
    ),
    ...(cursor && { cursor }),
  }
}

function seriesRecord(
  series: PanelSeries,
  [logX, logY]: readonly [boolean, boolean],
  limit: number,
  name: string,
): SeriesRecord {
  const { label, mark = 'line', role = 'data', error } = series
  if (framesOf(series.y)) return framedSeries(series, limit, name)
  const [x, y] = [stillOf(series.x, `${name}.x`), stillOf(series.y, `${name}.y`)]
  expectLength(`${name}.y`, y, x.length)
  if (error) expectLength(`${name}.error`, error, x.length)
  const has = (value: number, log: boolean): boolean => Number.isFinite(value) && (!log || value > 0)
  const placed: number[] = []
  const starts = new Set<number>()
  for (let i = 0; i < x.length; i++) {
    if (!has(x[i]!, logX) || !has(y[i]!, logY) || (error && !Number.isFinite(error[i]!))) continue
    if (placed.length > 0 && placed[placed.length - 1] !== i - 1) starts.add(i)
    placed.push(i)
  }
  const omitted = x.length - placed.length
  const said = { label: indexed(label), mark, role, ...(omitted > 0 && { omitted }) }
  if (placed.length === 0) return said
  const picked = picks(mark, take(x, placed), take(y, placed), { logX, limit }).map((k) => placed[k]!)
  const strokes = mark === 'line' || mark === 'steps' ? breaksOf(picked, starts) : []
  return {
    ...said,
    x: packLine(take(x, picked), `${name}.x`),
    y: packLine(take(y, picked), `${name}.y`),
    ...(error && { error: packLine(take(error, picked), `${name}.error`) }),
    ...(strokes.length > 0 && { breaks: strokes }),
    ...(mark === 'points' && picked.length < placed.length && { of: placed.length }),
  }
}

/** A series that moves with the cursor: thinned at the same places for all stops. */
function framedSeries(
  { label, mark = 'line', role = 'data', x, y }: PanelSeries,
  limit: number,
  name: string,
): SeriesRecord {
  const rows = framesOf(y)!
  const [along] = framesOf(x) ?? [x as ArrayLike<number>]
  const count = along!.length
  expectLength(`${name}.y[0]`, rows[0]!, count)
  const most = Math.max(2, Math.min(limit, Math.floor(FRAMED / rows.length)))
  if (mark === 'bars' && count > most)
    throw new FigureError({ code: 'too-large', name: 'bars (of one series)', limit: most, got: count })
  const places = mark === 'points' ? spread(count, most) : decimated(0, count, most)
  const across = framesOf(x)
  return {
    label: indexed(label),
    mark,
    role,
    x: across ? packRows(across, places, { name: `${name}.x` }) : packLine(take(along!, places), `${name}.x`),
    y: packRows(rows, places, { name: `${name}.y` }),
  }
}

/** Indices of what is stored of a series. */
function picks(
  mark: SeriesRecord['mark'],
  x: Float64Array,
  y: Float64Array,
  { logX, limit }: { readonly logX: boolean; readonly limit: number },
): number[] {
  if (mark === 'points') return spread(x.length, SCATTER)
  if (mark === 'bars') {
    if (x.length <= BARS) return spread(x.length, BARS)
    throw new FigureError({ code: 'too-large', name: 'bars (of one series)', limit: BARS, got: x.length })
  }
  return outlined(logX ? x.map(Math.log) : x, y, limit)
}

/** Places among the picked indices at which a stroke begins: after each break, the first that was picked. */
function breaksOf(picked: readonly number[], starts: ReadonlySet<number>): number[] {
  const rising = [...starts].sort((a, b) => a - b)
  const breaks: number[] = []
  let next = 0
  picked.forEach((i, k) => {
    let broken = false
    while (next < rising.length && rising[next]! <= i) {
      broken = true
      next++
    }
    if (broken && k > 0) breaks.push(k)
  })
  return breaks
}
