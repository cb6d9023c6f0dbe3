/**
 * Functions of two coordinates as they are stored, with what lies over them and stands beside them.
 */
import { FigureError } from '../../errors.js'
import { pack } from '../../packed.js'
import type { FieldPanelRecord, MarginRecord, PackedArray } from '../../payload.js'
import { wellLevels } from '../../raster/contours.js'
import { expectLength } from '../check.js'
import { decimated, equidistant, spread, take, takeField } from '../decimate.js'
import { packField } from '../field.js'
import { indexed } from '../words.js'
import { BARS, FRAMED, framesOf, LINE, packLine, packRows, SCATTER } from './packing.js'
import type { FieldMargin, FieldPanel, Framed } from './panel.js'

/** Most samples along a side of a field, along a path, and of all paths of a panel. */
const SIDE = 160
const [STEPS, PATHS] = [400, 8000]

/** Most numbers of a field that has a row for each stop of the cursor. */
const FRAMED_FIELD = 120_000

/** Contours drawn where no levels are given, and the share of an objective below the highest. */
const CONTOURS = 9
const SHARE = 0.9

export function fieldRecord(panel: FieldPanel, name: string): FieldPanelRecord {
  const { heading, labels, axes, values, scale = 'sequential', quantity } = panel
  const { contours = scale === 'wells', points = [], paths = [], samples, margins, cursor } = panel
  const [x, y] = axes
  expectEquidistant(x, `${name}.axes[0]`)
  expectEquidistant(y, `${name}.axes[1]`)
  const frames = framesOf(values)
  const side = frames ? Math.min(SIDE, Math.floor(Math.sqrt(FRAMED_FIELD / frames.length))) : SIDE
  const [columns, rows] = [equidistant(x.length, side), equidistant(y.length, side)]
  const shape = [columns.length, rows.length] as const
  const shown = (frames ?? [values as ArrayLike<number>]).map((frame, k) => {
    expectLength(frames ? `${name}.values[${k}]` : `${name}.values`, frame, x.length * y.length)
    return takeField(frame, y.length, columns, rows)
  })
  const levels =
    contours === true && !frames ? levelsOf(shown[0]!, scale) : Array.isArray(contours) ? [...contours] : []
  return {
    type: 'field',
    heading: indexed(heading),
    labels: [indexed(labels[0]), indexed(labels[1])],
    axes: [
      pack(take(x, columns), { dtype: 'float64', name: `${name}.axes[0]` }),
      pack(take(y, rows), { dtype: 'float64', name: `${name}.axes[1]` }),
    ],
    values: frames
      ? packFrames(shown, shape, scale, `${name}.values`)
      : packValues(shown[0]!, shape, scale, levels.length > 0, `${name}.values`),
    scale,
    quantity: indexed(quantity),
    levels,
    points: points.map(({ label, x, y }) => ({ label: indexed(label), x, y })),
    paths: paths.map(({ label, points: path, at }) => {
      const steps = decimated(
        0,
        path.length / 2,
        Math.max(3, Math.min(STEPS, Math.floor(PATHS / paths.length))),
      )
      if (at) expectLength(`path ${label}.at`, at, path.length / 2)
      return {
        label: indexed(label),
        points: pack(takeField(path, 2, steps, [0, 1]), { shape: [steps.length, 2], name: `path ${label}` }),
        ...(at && { at: packLine(take(at, steps), `path ${label}.at`) }),
      }
    }),
    ...(samples && { samples: packSamples(samples, `${name}.samples`) }),
    ...(margins && { margins: margins.map((margin, k) => marginRecord(margin, `${name}.margins[${k}]`)) }),
    ...(cursor && { cursor }),
  }
}

/** Fields of the stops: of densities each is scaled to its own largest value, which the eye compares within it alone. */
function packFrames(
  frames: readonly Float64Array[],
  shape: readonly [number, number],
  scale: FieldPanelRecord['scale'],
  name: string,
): PackedArray {
  const all = new Float64Array(frames.length * shape[0] * shape[1])
  frames.forEach((frame, k) => {
    const largest = scale === 'diverging' ? 1 : frame.reduce((most, value) => Math.max(most, value), 0) || 1
    all.set(
      frame.map((value) => value / largest),
      k * frame.length,
    )
  })
  return pack(all, {
    dtype: scale === 'diverging' ? 'int8' : 'uint8',
    shape: [frames.length, ...shape],
    name,
  })
}

function marginRecord({ side, label, mark = 'line', values }: FieldMargin, name: string): MarginRecord {
  const frames = framesOf(values)
  const count = frames?.[0]?.length ?? (values as ArrayLike<number>).length
  const places = mark === 'bars' ? spread(count, BARS) : equidistant(count, frames ? SIDE : LINE)
  return {
    side,
    label: indexed(label),
    mark,
    values: frames
      ? packRows(frames, places, { name })
      : pack(take(values as ArrayLike<number>, places), { dtype: 'uint16', name }),
  }
}

/** A picture shows 256 colours; lines of equal value and wells want finer steps. */
function packValues(
  values: Float64Array,
  shape: readonly [number, number],
  scale: FieldPanelRecord['scale'],
  lined: boolean,
  name: string,
): PackedArray {
  if (scale === 'wells') return packField(values, shape)
  return pack(values, { dtype: lined ? 'uint16' : scale === 'diverging' ? 'int8' : 'uint8', shape, name })
}

/** Levels of lines: of the wells, or evenly spaced strictly between the lowest and the highest value. */
function levelsOf(values: Float64Array, scale: FieldPanelRecord['scale']): number[] {
  if (scale === 'wells') return [...wellLevels(values, SHARE, CONTOURS).values]
  let [low, high] = [scale === 'sequential' ? Number.POSITIVE_INFINITY : 0, Number.NEGATIVE_INFINITY]
  for (const value of values) {
    low = Math.min(low, value)
    high = Math.max(high, scale === 'diverging' ? Math.abs(value) : value)
  }
  if (scale === 'diverging') low = -high
  const even = Array.from({ length: CONTOURS }, (_, k) => low + ((high - low) * (k + 1)) / (CONTOURS + 1))
  return high > low ? even.filter((level) => scale !== 'diverging' || Math.abs(level) > 1e-9 * high) : []
}

function packSamples([x, y]: readonly [Framed, Framed], name: string) {
  const [xs, ys] = [x, y].map((values) => framesOf(values) ?? [values as ArrayLike<number>]) as [
    readonly ArrayLike<number>[],
    readonly ArrayLike<number>[],
  ]
  const count = xs[0]!.length
  expectLength(`${name}[1]`, ys[0]!, count)
  const moving = framesOf(x) !== undefined
  if (moving) expectLength(`${name}[1]`, ys as unknown as ArrayLike<number>, xs.length)
  const picked = spread(count, moving ? Math.floor(FRAMED / xs.length) : SCATTER)
  const packed = (rows: readonly ArrayLike<number>[], k: number): PackedArray =>
    moving
      ? packRows(rows, picked, { name: `${name}[${k}]` })
      : pack(take(rows[0]!, picked), { dtype: 'uint16', name: `${name}[${k}]` })
  return { x: packed(xs, 0), y: packed(ys, 1), of: count }
}

/** How far a coordinate may lie from where equal steps put it, as a share of a step. */
const UNEVEN = 0.01

function expectEquidistant(axis: ArrayLike<number>, name: string): void {
  const n = axis.length
  const step = (axis[n - 1]! - axis[0]!) / (n - 1)
  let even = n > 1 && step > 0
  for (let i = 0; i < n && even; i++) even = Math.abs(axis[i]! - axis[0]! - i * step) < UNEVEN * step
  if (even) return
  throw new FigureError({
    code: 'invalid',
    name,
    expected: 'two or more rising, equidistant coordinates',
    got: `${n} that are not`,
  })
}
