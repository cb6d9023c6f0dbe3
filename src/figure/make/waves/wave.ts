import { base64Length } from '../../base64.js'
import { encode } from '../../coding.js'
import { FigureError } from '../../errors.js'
import { pack, plainBytes } from '../../packed.js'
import type { PackedArray, ProblemRecord, WaveFigure } from '../../payload.js'
import { provenance } from '../../provenance.js'
import { expectLength } from '../check.js'
import { decimated } from '../decimate.js'
import { peakPlace } from '../extrema.js'
import { packField } from '../field.js'
import { list, say, timeOf } from '../words.js'
import { envelopes, picked, type Reach, reachOf, shownPart } from './axes.js'
import { type Basis, commonBasis, type Parts } from './basis.js'
import { type Points, sampled, strideError } from './sampling.js'
import { surfaceOver } from './surface.js'

/** Characters of the fields in a saved figure: with ζ and the rest it stays below 200 KB. */
const BUDGET = 140_000

/** Share of ψ that may be lost: by points that are left out, by frames made of common fields, and at the very most. */
const [POINTS_LOSS, FRAMES_LOSS, MOST_LOSS] = [0.01, 0.01, 0.04]

/** Most frames, and the fewest that a run is thinned to. */
const FRAMES = 201
const FEWEST = 7

/** Most points along an axis, by dimension. */
const SIDE = [0, 0, 256, 64] as const

/** Strides that are tried, rising, and frames on which they are. */
const STRIDES = [2, 3, 4, 5, 6, 8]
const TRIED = 4

/** Fewest points along an axis that a picture is drawn from. */
const COARSEST = 12

export interface WaveData {
  readonly problem: ProblemRecord
  /** Equidistant coordinates of two or three axes. */
  readonly axes: readonly Float64Array[]
  /** ζ in C order. */
  readonly zeta: Float64Array
  /** T frames of ψ in the same order, each interleaved re, im; any norm. */
  readonly psi: readonly Float64Array[]
  /** What distinguishes the frames, one value a frame; `labels` are their captions, default "symbol = value". */
  readonly frames: {
    readonly symbol: string
    readonly values: readonly number[]
    readonly labels?: readonly string[]
  }
  /** Wick angle, where the frames are times of one run. */
  readonly angle?: number
  /** ⟨H⟩ of each frame. */
  readonly energy?: ArrayLike<number>
  /** Default "Wave function", and of a run "Wave function in real time". */
  readonly title?: string
  readonly seed?: number
}

/**
 * ψ in two or three dimensions. Where it is nearly 0 in all frames the box is cut off; of the other points as many are
 * kept as ψ is drawn from; the frames are sums of common fields in 8 bits. What does not fit into a saved figure so has fewer
 * frames, of a run spread over it, of others the first; then fewer points.
 */
export function waveFigure(data: WaveData): WaveFigure {
  const { problem, axes, frames, angle, energy, seed } = data
  const shape = axes.map((axis) => axis.length)
  const size = shape.reduce((product, n) => product * n, 1)
  expectLength('zeta', data.zeta, size)
  expectLength('frames.values', frames.values, data.psi.length)
  if (frames.labels)
    expectLength('frames.labels', frames.labels as unknown as ArrayLike<number>, data.psi.length)
  if (energy) expectLength('energy', energy, data.psi.length)
  const factors = data.psi.map((frame, t) => {
    expectLength(`psi[${t}]`, frame, 2 * size)
    return 1 / normOf(frame, axes, t)
  })
  const reaches = axes.map((axis, d) => reachOf(problem.grid[d], axis))
  const parts = envelopes(shape, data.psi).map((envelope, d) => shownPart(envelope, reaches[d]!))
  const at = (t: number, points: Points): Parts => sampled(data.psi[t]!, shape, points, reaches, factors[t]!)
  const { points, kept, basis, packed } = chosen(data, parts, reaches, at)
  const ends = axes.map((axis, d) => {
    const indices = points[d]!
    return indices.map((j) => coordinate(axis, j))
  })
  return {
    kind: 'wave',
    version: 1,
    title: data.title ?? (angle === undefined ? 'Wave function' : `Wave function in ${timeOf(angle).words}`),
    alt: describe(data),
    provenance: provenance(problem, seed),
    problem,
    axes: ends.map((coordinates, d) => pack(coordinates, { dtype: 'float64', name: `axes[${d}]` })),
    zeta: surface(data, points),
    fields: packed,
    weights: pack(basis.weights, {
      dtype: 'uint16',
      shape: [kept.length, basis.fields.length, 2],
      name: 'weights',
    }),
    frames: {
      symbol: frames.symbol,
      values: kept.map((t) => frames.values[t]!),
      ...(frames.labels && { labels: kept.map((t) => frames.labels![t]!) }),
    },
    ...(angle === undefined ? {} : { angle }),
    ...(energy && {
      energy: pack(
        kept.map((t) => energy[t]!),
        { dtype: 'float64', name: 'energy' },
      ),
    }),
  }
}

interface Choice {
  readonly points: Points
  /** Indices of the frames that are kept. */
  readonly kept: readonly number[]
  readonly basis: Basis
  readonly packed: readonly PackedArray[]
}

/** Points and frames that fit: those that are wanted, else fewer frames, else fewer points. */
function chosen(
  data: WaveData,
  parts: readonly (readonly [number, number])[],
  reaches: readonly Reach[],
  at: (t: number, points: Points) => Parts,
): Choice {
  const all = data.psi.length
  const continuous = data.angle !== undefined
  let strides = fineStrides(data, parts, reaches, at)
  for (;;) {
    const points = parts.map((part, d) => picked(part, strides[d]!, reaches[d]!))
    const size = points.reduce((product, { length }) => product * length, 1)
    const most = Math.max(1, Math.floor(BUDGET / (size * LEAST_CHARACTERS)))
    const coarsest = points.every(({ length }) => length <= COARSEST)
    for (let count = Math.min(all, FRAMES); ; count = Math.ceil(count / 2)) {
      const kept = continuous ? decimated(0, all, count) : [...Array(count).keys()]
      const basis = commonBasis(
        kept.map((t) => at(t, points)),
        FRAMES_LOSS,
        Math.min(most, 2 * kept.length),
      )
      const { packed, within } = packedFields(
        basis,
        kept.length,
        points.map(({ length }) => length),
      )
      const lost = basis.errors[within]!
      const last = count <= FEWEST
      if (lost <= MOST_LOSS || (coarsest && last)) {
        return { points, kept, basis: first(basis, within), packed: packed.slice(0, within) }
      }
      if (last) break
    }
    // The axis of most points gives way.
    const lengths = points.map(({ length }) => length)
    const longest = lengths.indexOf(Math.max(...lengths))
    strides = strides.map((stride, d) =>
      d === longest || lengths[d]! > 0.75 * lengths[longest]! ? stride + 1 : stride,
    )
  }
}

/** Characters of a number of a field, deflated, at the least; and of a complex weight. */
const LEAST_CHARACTERS = 0.2
const WEIGHT_CHARACTERS = (2 * 2 * 4) / 3

/** As many of the fields as the budget holds, packed. */
function packedFields(
  { fields }: Basis,
  frames: number,
  shape: readonly number[],
): { packed: PackedArray[]; within: number } {
  const packed: PackedArray[] = []
  let used = 0
  for (const [k, field] of fields.entries()) {
    const each = pack(field, { dtype: 'int8', shape, name: `fields[${k}]` })
    used += base64Length(encode(plainBytes(each, 'fields'), 1, shape).bytes.length)
    if (used + (k + 1) * frames * WEIGHT_CHARACTERS > BUDGET && k > 0) break
    packed.push(each)
  }
  return { packed, within: packed.length }
}

/** The basis of its first fields. */
function first({ fields, weights, errors }: Basis, count: number): Basis {
  const row = 2 * fields.length
  return {
    fields: fields.slice(0, count),
    weights: weights.filter((_, i) => i % row < 2 * count),
    errors: errors.slice(0, count + 1),
  }
}

/** The widest strides from which ψ is drawn as well as from all points, axis by axis. */
function fineStrides(
  { psi }: WaveData,
  parts: readonly (readonly [number, number])[],
  reaches: readonly Reach[],
  at: (t: number, points: Points) => Parts,
): number[] {
  const points = parts.map((part, d) => picked(part, 1, reaches[d]!))
  const lengths = points.map(({ length }) => length)
  const tried = decimated(0, psi.length, TRIED).map((t) => at(t, points))
  return lengths.map((length, d) => {
    const fails = STRIDES.findIndex(
      (stride) => length / stride < COARSEST || strideError(tried, lengths, d, stride) > POINTS_LOSS,
    )
    const resolving = fails < 0 ? STRIDES[STRIDES.length - 1]! : (STRIDES[fails - 1] ?? 1)
    return Math.max(resolving, Math.ceil(length / SIDE[points.length as 2 | 3]))
  })
}

/** The coordinate of an index, beyond the ends too. */
function coordinate(axis: Float64Array, j: number): number {
  const n = axis.length
  return axis[0]! + (j * (axis[n - 1]! - axis[0]!)) / (n - 1)
}

function surface(data: WaveData, points: Points): PackedArray {
  const { values, shape } = surfaceOver(
    data.zeta,
    data.axes.map(({ length }) => length),
    points,
  )
  return packField(values, shape)
}

/** (∫|ψ|²)^½ by the rectangle rule. */
function normOf(frame: Float64Array, axes: readonly Float64Array[], index: number): number {
  let sum = 0
  for (const value of frame) sum += value * value
  const cell = axes.reduce(
    (product, axis) => product * ((axis[axis.length - 1]! - axis[0]!) / (axis.length - 1)),
    1,
  )
  const norm = Math.sqrt(sum * cell)
  if (Number.isFinite(norm) && norm > 0) return norm
  throw new FigureError({
    code: 'invalid',
    name: `psi[${index}]`,
    expected: 'of finite norm above 0',
    got: String(norm),
  })
}

/** Frames whose peaks are named. */
const NAMED = 3

function describe({ problem, axes, psi, frames, angle, energy }: WaveData): string {
  const names = axes.map((_, d) => problem.grid[d]?.name ?? 'xyz'[d]!)
  const place = (frame: Float64Array): string => {
    const density = Float64Array.from(
      { length: frame.length / 2 },
      (_, i) => frame[2 * i]! ** 2 + frame[2 * i + 1]! ** 2,
    )
    return `(${peakPlace(density, axes)
      .map((at) => say(at))
      .join(', ')})`
  }
  const last = psi.length - 1
  const caption = (t: number): string => frames.labels?.[t] ?? `${frames.symbol} = ${say(frames.values[t]!)}`
  const spoken = last < NAMED ? [...psi.keys()] : [0, last]
  const peaks = spoken.map((t) =>
    last === 0
      ? `its density |ψ|² peaks at ${place(psi[t]!)}`
      : `at ${caption(t)} its density peaks at ${place(psi[t]!)}`,
  )
  const energies = energy
    ? ` Its energy ⟨H⟩ ${last === 0 ? 'is' : 'goes from'} ${say(energy[0]!)}${last === 0 ? '' : ` to ${say(energy[last]!)}`}.`
    : ''
  const run = angle === undefined ? '' : ` in ${timeOf(angle).words}`
  return (
    `Wave function ψ(${names.join(', ')})${run} over the contours of ζ, hue by phase: ${list(peaks)}; the norm is 1.` +
    energies
  )
}
