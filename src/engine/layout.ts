/**
 * Where a field and its tables lie in the memory of a plan, in bytes.
 *
 *   constants · twiddle factors of each axis and stage · field · what the plan adds: tables of K and V, workspaces
 *
 * The field is in C order. A complex field holds two neighbouring points of a row as (re₀, re₁)(im₀, im₁),
 * 32 bytes; a real field as (x₀, x₁), 16 bytes. Rows and planes are padded by a cache line, so that a column
 * does not fall on one set of the cache; the padding is zero and stays zero.
 *
 * A real field is transformed two lines at a time, one as the real and one as the imaginary part, which K
 * and V, being real, keep apart: a row with the row half a plane on, a column with the column half a row on.
 *
 * Tables of V lie as the field does, in half the space where one number serves real and imaginary part.
 */

import { radicesOf } from '../numeric/index.js'
import { CONSTANTS } from './butterflies.js'
import { KINETIC_BYTES, type LineShape, type PotentialKind, type Space } from './passes.js'
import type { StepperAxis } from './request.js'
import { VECTOR_BYTES } from './rows.js'

/** What kind of numbers a plan works with. */
export interface Numbers {
  readonly realKinetic: boolean
  /** 'separate' where ψ is real. */
  readonly potential: PotentialKind
  /** In two and three dimensions: V² may be multiplied in as V and V, so that its table can be spared. */
  readonly squares: boolean
  readonly fma: boolean
}

export interface Layout extends Numbers {
  readonly axes: readonly StepperAxis[]
  /** Points that the field holds along each axis: with walls also the first, where ψ vanishes. */
  readonly points: readonly number[]
  readonly real: boolean
  /** Vectors of a row with padding to whole blocks of columns, without the cache line. */
  readonly rowVectors: number
  /** Bytes from one point to the next along each axis, for the last from one vector to the next. */
  readonly strides: readonly number[]
  readonly lines: readonly LineShape[]
  readonly field: number
  readonly fieldBytes: number
  /** Bytes of a table of V. */
  readonly potentialBytes: number
  /** Bytes from the start of a K table to its part for each axis, and its whole length. */
  readonly kinetic: readonly number[]
  readonly kineticBytes: number
  /** Bytes that a thread needs for the lines that it works on, or to hand on a row. */
  readonly workBytes: number
}

const CACHE_LINE = 64
/**
 * Columns are transformed in blocks as wide as fits the second-level cache, where memory delivers many lines
 * in a row, and no wider than that pays.
 */
const BLOCK_BYTES = 256 * 1024
const WIDEST_BYTES = 1024

/** @returns undefined where the generated code does not cover the shape. */
export function layoutOf(axes: readonly StepperAxis[], numbers: Numbers): Layout | undefined {
  const { realKinetic, potential, fma } = numbers
  const real = potential === 'separate'
  const points = axes.map((axis) => axis.points + wallsOf(axis))
  const last = points.length - 1
  const held = points.map((n, d) => (d === last ? n / 2 : n))
  const radices = held.map((n, d) => {
    const stages = Number.isInteger(n) && n >= 2 ? radicesOf(n) : undefined
    return stages && axes[d].boundary !== 'periodic' ? [2, ...stages] : stages
  })
  if (points.length > 3 || !radices.every((r) => r !== undefined)) return undefined
  if (real && (last === 0 || points[last - 1] % 2 !== 0)) return undefined

  const bytes = VECTOR_BYTES[potential]
  const vectorStep = bytes.field
  const lengths = radices.map((stages) => stages.reduce((product, r) => product * r, 1))
  const width = last === 0 ? 1 : blockWidth([...lengths.slice(0, -1), held[last]], vectorStep, real)
  const unit = real ? 2 * width : width
  const rowVectors = last === 0 ? held[0] : Math.ceil(held[last] / unit) * unit
  const strides = [vectorStep]
  for (let d = last - 1; d >= 0; d--) {
    const inner = d === last - 1 ? rowVectors * vectorStep : points[d + 1] * strides[0]
    strides.unshift(aligned(inner) + CACHE_LINE)
  }

  let end = aligned(8 * CONSTANTS.length)
  const twiddles = radices.map((stages, d) => {
    let length = lengths[d]
    return stages.map((r) => {
      const address = end
      end += 16 * (r - 1) * (length / r)
      length /= r
      return address
    })
  })
  const base = aligned(end)
  const lines = radices.map((stages, d): LineShape => {
    const apart = d === last ? (points[d - 1] / 2) * strides[d - 1] : (rowVectors / 2) * vectorStep
    const field: Space = { base, stride: strides[d], step: vectorStep, imaginary: real ? apart : 16 }
    const across = d === last ? 1 : width
    return {
      radices: stages,
      width: across,
      field,
      work: { base: 0, stride: 32 * across, step: 32, imaginary: 16 },
      potential: {
        kind: potential,
        base: 0,
        stride: (strides[d] / bytes.field) * bytes.V,
        step: bytes.V,
        imaginary: field.imaginary,
      },
      twiddles: twiddles[d],
      lanes: d === last ? 'points' : 'lines',
      fold: FOLDS[axes[d].boundary],
      realKinetic,
      fma,
    }
  })
  const kinetic: number[] = []
  let kineticBytes = 0
  lengths.forEach((n, d) => {
    kinetic.push(kineticBytes)
    kineticBytes = aligned(kineticBytes + n * KINETIC_BYTES[lines[d].lanes])
  })
  const fieldBytes = last === 0 ? held[0] * vectorStep : points[0] * strides[0]
  return {
    ...numbers,
    axes,
    points,
    real,
    rowVectors,
    strides,
    lines,
    field: base,
    fieldBytes,
    potentialBytes: (fieldBytes / bytes.field) * bytes.V,
    kinetic,
    kineticBytes,
    workBytes: aligned(Math.max(...lines.map(({ work }, d) => lengths[d] * work.stride))),
  }
}

const FOLDS = { periodic: undefined, walls: 'odd', 'zero-flux': 'even' } as const

/** Points that the field holds before those of the axis. */
export function wallsOf({ boundary }: StepperAxis): number {
  return boundary === 'walls' ? 1 : 0
}

/** Vectors in a block of columns: an even number, and as even a division of the row as there is. */
function blockWidth(lengths: readonly number[], vectorStep: number, real: boolean): number {
  const columns = lengths[lengths.length - 1] / (real ? 2 : 1)
  const tallest = Math.max(...lengths.slice(0, -1))
  const most = Math.max(2, Math.min(WIDEST_BYTES, BLOCK_BYTES / tallest) / vectorStep)
  const blocks = Math.ceil(columns / most)
  return 2 * Math.ceil(columns / blocks / 2)
}

/** The next multiple of a cache line. */
export function aligned(bytes: number): number {
  return Math.ceil(bytes / CACHE_LINE) * CACHE_LINE
}
