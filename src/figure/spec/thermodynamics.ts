import { STATE_FUNCTIONS, type StateFunction } from '../make/thermodynamics.js'
import { superscript } from '../make/words.js'
import { unpack } from '../packed.js'
import type { ThermodynamicsFigure } from '../payload.js'
import { frame, setting } from './grammar.js'
import { memo } from './memo.js'
import { type ChartKind, type Row, STILL, type Unit } from './view.js'

const NAMES: Readonly<Record<StateFunction, string>> = {
  Z: 'partition function',
  F: 'free energy',
  U: 'energy',
  S: 'entropy',
  C: 'heat capacity',
}

/** A range of T wider than this ratio gets a logarithmic axis; so does Z. */
const WIDE = 30

/** Fewer temperatures than these are marked each. */
const MARKED = 12

/** Margin beside marked values, as a share of their range. */
const MARGIN = 0.06

/** Space in pixels for the labels left of a panel, below it, above it, and between panels. */
const ROOM = { left: 46, bottom: 44, top: 36, gap: 14 }

const decoded = memo((figure: ThermodynamicsFigure) => ({
  T: unpack(figure.temperature),
  Z: unpack(figure.Z),
  F: unpack(figure.F),
  U: unpack(figure.U),
  S: unpack(figure.S),
  C: unpack(figure.C),
}))

/** Panels beside each other at an outer width. */
function columnsAt(width: number): number {
  return width >= 480 ? 3 : 2
}

/** Five panels over temperature. */
export const thermodynamicsChart: ChartKind<ThermodynamicsFigure> = {
  spec: (figure, view) => {
    const s = setting(view)
    const data = decoded(figure)
    const { T } = data
    const marked = T.length < MARKED
    const columns = columnsAt(s.width)
    const width = Math.floor((s.width - 8 - columns * (ROOM.left + ROOM.gap)) / columns)
    const height = Math.round(Math.max(96, 0.68 * width))
    const logT = T.every((each) => each > 0) && ratio(T) > WIDE
    const across = domainOf(T, logT, marked)
    const table: Row[] = Array.from(T, (_, i) => ({
      T: T[i]!,
      Z: data.Z[i]!,
      F: data.F[i]!,
      U: data.U[i]!,
      S: data.S[i]!,
      C: data.C[i]!,
    }))
    const panel = (name: StateFunction): Unit => {
      const logY = name === 'Z' && data.Z.every((z) => z > 0) && ratio(data.Z) > WIDE
      const at = STATE_FUNCTIONS.indexOf(name)
      const last = at >= STATE_FUNCTIONS.length - columns
      return {
        width,
        height,
        data: { name: 'table' },
        layer: [
          ...(T.length > 1 ? [{ mark: { type: 'line', color: s.theme.accent, strokeWidth: 2 } }] : []),
          ...(marked
            ? [{ mark: { type: 'point', filled: true, color: s.theme.accent, size: 40, fillOpacity: 1 } }]
            : []),
          heading(name, { font: s.fonts.math, fontStyle: 'italic', fontSize: 14, color: s.theme.ink }, 0),
          heading(NAMES[name], { fontSize: 11, color: s.theme.muted }, 17),
        ],
        encoding: {
          x: {
            field: 'T',
            type: 'quantitative',
            scale: {
              type: logT ? 'log' : 'linear',
              nice: false,
              domain: across,
            },
            axis: { title: last ? 'T' : null, tickCount: 4, ...(logT && logLabels(T)) },
          },
          y: {
            field: name,
            type: 'quantitative',
            scale: {
              type: logY ? 'log' : 'linear',
              nice: !logY,
              ...upwards(name, data[name], logY),
            },
            axis: {
              title: null,
              tickCount: 4,
              grid: true,
              domain: false,
              ticks: false,
              ...(logY && logLabels(data[name])),
            },
          },
        },
      }
    }
    return {
      ...frame(s),
      padding: { left: 0, right: 8, top: 6, bottom: 4 },
      autosize: { type: 'pad' },
      bounds: 'flush',
      columns,
      spacing: { column: ROOM.left + ROOM.gap, row: ROOM.top + ROOM.bottom + 4 },
      datasets: { table },
      concat: STATE_FUNCTIONS.map(panel),
    }
  },
  ...STILL,
}

/** What an axis shows: the range of the values, and a margin where they are marked; around a single value, from 0. */
function domainOf(values: Float64Array, log: boolean, marked: boolean): readonly [number, number] {
  const [low, high] = [Math.min(...values), Math.max(...values)]
  if (flat(values)) return around(low)
  if (!marked) return [low, high]
  if (log) return [low * ratio(values) ** -MARGIN, high * ratio(values) ** MARGIN]
  return [low - MARGIN * (high - low), high + MARGIN * (high - low)]
}

/** The vertical scale: from 0 where that means something; around a value that is the same everywhere. */
function upwards(name: StateFunction, values: Float64Array, log: boolean): Unit {
  if (log) return {}
  if (flat(values)) return { domain: around(values[0]!) }
  return { zero: name === 'S' || name === 'C' }
}

/** Values whose differences are rounding. */
function flat(values: Float64Array): boolean {
  const [low, high] = [Math.min(...values), Math.max(...values)]
  return high - low <= 1e-9 * Math.max(Math.abs(low), Math.abs(high))
}

/** From 0 to twice a value, so that it stands in the middle. */
function around(value: number): readonly [number, number] {
  if (value === 0) return [-1, 1]
  return value > 0 ? [0, 2 * value] : [2 * value, 0]
}

/** Words above a panel, at a distance from its left edge. */
function heading(text: string, style: Unit, x: number): Unit {
  return {
    data: { values: [{}] },
    mark: { ...style, type: 'text', text, align: 'left', baseline: 'alphabetic' },
    encoding: { x: { value: x }, y: { value: -14 } },
  }
}

/** A logarithmic axis labelled at powers of ten, at most five of them, written 10ⁿ beyond a thousand. */
function logLabels(values: Float64Array): Unit {
  const [low, high] = [
    Math.ceil(Math.log10(Math.min(...values))),
    Math.floor(Math.log10(Math.max(...values))),
  ]
  const stride = Math.max(1, Math.ceil((high - low) / 4))
  const powers: number[] = []
  for (let power = high; power >= low; power -= stride) powers.push(power)
  const ticks = powers.map((power) => 10 ** power)
  const words = powers.map((power) => (Math.abs(power) < 3 ? String(10 ** power) : `10${superscript(power)}`))
  return {
    values: ticks,
    labelExpr: `${JSON.stringify(words)}[indexof(${JSON.stringify(powers)}, round(log(datum.value) / LN10))]`,
  }
}

function ratio(values: Float64Array): number {
  return Math.max(...values) / Math.min(...values)
}
