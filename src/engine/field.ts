/**
 * Fields and tables in the memory of a plan, to and from arrays in C order: interleaved complex ones, or one
 * number a point where the field is real.
 */
import { type Layout, wallsOf } from './layout.js'
import { type Factors, refuse, type StepperAxis, sizeOf } from './request.js'
import { type RowExports, VECTOR_BYTES } from './rows.js'

/** Points that a table is asked for at a time, at least. */
const AT_ONCE = 4096

/** The memory of a plan, as numbers, with the functions that carry rows. */
export interface FieldMemory {
  readonly layout: Layout
  readonly doubles: Float64Array
  readonly rows: RowExports
}

/** Calls `each` with the first point of every row of an array and the offset of the row in bytes. */
function eachRow({ axes, strides }: Layout, each: (point: number, offset: number) => void): void {
  const outer = axes.slice(0, -1)
  const [rows, planes] = outer.toReversed()
  const count = (axis: StepperAxis | undefined): number => axis?.points ?? 1
  const offset = (d: number, j: number): number => (d < 0 ? 0 : (j + wallsOf(axes[d])) * strides[d])
  const last = axes.length - 1
  for (let p = 0, point = 0; p < count(planes); p++)
    for (let r = 0; r < count(rows); r++, point += axes[last].points)
      each(point, offset(last - 2, p) + offset(last - 1, r))
}

/** The points of a row in an array, and those that the field holds before them, and in all. */
function rowOf({ axes, points }: Layout): {
  readonly length: number
  readonly lead: number
  readonly held: number
} {
  const last = axes[axes.length - 1]
  return { length: last.points, lead: wallsOf(last), held: points[points.length - 1] }
}

/** Writes an array as the field at an address. */
export function writeField({ layout, doubles, rows }: FieldMemory, address: number, psi: Float64Array): void {
  const { length, lead, held } = rowOf(layout)
  const width = layout.real ? 1 : 2
  eachRow(layout, (point, offset) => {
    const at = address + offset
    doubles.fill(0, at / 8, at / 8 + width * lead)
    doubles.set(psi.subarray(width * point, width * (point + length)), at / 8 + width * lead)
    if (!layout.real) rows.transpose(at, held / 2)
  })
}

/** What takes the numbers of ψ from place `at` of its array on. */
export type Reader = (numbers: Float64Array, at: number) => void

/** Reads the field at an address row by row, times the table V at another where there is one, by way of a workspace. */
export function readField(
  { layout, doubles, rows }: FieldMemory,
  address: number,
  work: number,
  V: number | undefined,
  read: Reader,
): void {
  const { length, lead, held } = rowOf(layout)
  const width = layout.real ? 1 : 2
  const bytes = VECTOR_BYTES[layout.potential]
  eachRow(layout, (point, offset) => {
    let from = work
    if (V !== undefined)
      rows.copyTimes(address + offset, V + (offset / bytes.field) * bytes.V, work, held / 2)
    else if (layout.real) from = address + offset
    else rows.copy(address + offset, work, held / 2)
    const start = from / 8 + width * lead
    read(doubles.subarray(start, start + width * length), width * point)
  })
}

/** The reader that fills an array. */
export function fill(psi: Float64Array): Reader {
  return (numbers, at) => psi.set(numbers, at)
}

/** Writes factors as the table at an address. */
export function writePotential(
  { layout, doubles, rows }: FieldMemory,
  address: number,
  factors: Factors,
): void {
  const { length, lead, held } = rowOf(layout)
  const bytes = VECTOR_BYTES[layout.potential]
  const together = Math.ceil(AT_ONCE / length) * length
  const size = sizeOf(layout.axes)
  const buffer = typeof factors === 'function' ? new Float64Array(2 * Math.min(together, size)) : factors
  eachRow(layout, (point, offset) => {
    let from = 2 * point
    if (typeof factors === 'function') {
      from = 2 * (point % together)
      if (from === 0) factors(point, buffer.subarray(0, 2 * Math.min(together, size - point)))
    }
    const to = (address + (offset / bytes.field) * bytes.V) / 8
    if (layout.potential === 'complex') {
      doubles.set(buffer.subarray(from, from + 2 * length), to + 2 * lead)
      rows.transpose(8 * to, held / 2)
    } else {
      const write = layout.potential === 'phase' ? writeHalfTangents : writeRealParts
      write(buffer, from, doubles, to + lead, length)
    }
  })
}

function writeRealParts(
  factors: Float64Array,
  from: number,
  to: Float64Array,
  at: number,
  count: number,
): void {
  for (let i = 0; i < count; i++) {
    if (factors[from + 2 * i + 1] !== 0) refuse('a factor of a step of real factors is not real')
    to[at + i] = factors[from + 2 * i]
  }
}

/** Departure of |factor|² from 1 that a phase may have by rounding. */
const UNIT = 1e-12
/** Stands for tan(π/2): its square is finite, and the phase −1 to all digits. */
const VERTICAL = 1e17

/** Writes tan(φ/2) of each e^{−iφ}. */
function writeHalfTangents(
  factors: Float64Array,
  from: number,
  to: Float64Array,
  at: number,
  count: number,
): void {
  for (let i = 0; i < count; i++) {
    const re = factors[from + 2 * i]
    const im = factors[from + 2 * i + 1]
    if (!(Math.abs(re * re + im * im - 1) <= UNIT)) refuse('a factor of a step of phases is none')
    if (re >= 0) to[at + i] = -im / (1 + re)
    else to[at + i] = im === 0 ? VERTICAL : Math.max(-VERTICAL, Math.min(VERTICAL, (re - 1) / im))
  }
}

/** Multiplies the table at one address by that at another. */
export function multiplyPotential({ layout, doubles, rows }: FieldMemory, to: number, by: number): void {
  const { potential, potentialBytes } = layout
  if (potential === 'complex') {
    rows.multiply(to, by, potentialBytes / VECTOR_BYTES.complex.V)
    return
  }
  const target = doubles.subarray(to / 8, (to + potentialBytes) / 8)
  const factor = doubles.subarray(by / 8, (by + potentialBytes) / 8)
  if (potential !== 'phase') for (let i = 0; i < target.length; i++) target[i] *= factor[i]
  else {
    // The tangent of a sum.
    for (let i = 0; i < target.length; i++) {
      const tangent = (target[i] + factor[i]) / (1 - target[i] * factor[i])
      target[i] = tangent > VERTICAL ? VERTICAL : tangent >= -VERTICAL ? tangent : -VERTICAL
    }
  }
}
