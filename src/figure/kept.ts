/**
 * What is kept of a figure where it is stored: all, a preview, or the problem alone.
 */
import { decimated } from './make/decimate.js'
import { BYTES, pack, plainBytes, unpack } from './packed.js'
import type { Figure, LiveRecord, PackedArray, PanelsFigure } from './payload.js'
import { FIGURE_VERSION } from './version.js'
import { saved } from './wire.js'

/**
 * - `full`: the figure as it is.
 * - `preview`: at most {@link PREVIEW_FRAMES} of its frames, the first and the last among them, and fields with 8 bits
 *   a number; its points stay.
 * - `none`: title, description, problem and what computes the figure anew, where that is a formula: no array.
 */
export type Kept = 'full' | 'preview' | 'none'

const PREVIEW_FRAMES = 24

/** Which arrays have one row a frame, the times among them. */
const FRAMES: Readonly<Record<string, readonly string[]>> = {
  evolution: ['times', 'magnitude', 'phase', 'energy'],
}

/** Said in place of what is not there. */
const NOT_KEPT = 'The numbers of this figure are not in the notebook: run its cell to see it alive.'

/** The figure with no more than is kept of it; a valid figure again. */
export function kept(figure: Figure, what: Kept): Figure {
  switch (what) {
    case 'full':
      return figure
    case 'preview':
      return saved(withCoarseFields(fewerFrames(figure)))
    case 'none':
      return figure.kind === 'derivation' ? figure : withoutData(figure)
  }
}

/** Whether nothing of the figure was kept that could be drawn. */
export function hasNothingDrawn(figure: Figure): boolean {
  return figure.kind === 'panels' && figure.panels.length === 0
}

/** A derivation has no numbers and stays; of all others the sentences stay, and what takes no array. */
function withoutData({ title, alt, provenance, problem, live, view }: Figure): PanelsFigure {
  return {
    kind: 'panels',
    version: FIGURE_VERSION,
    title,
    alt,
    provenance,
    panels: [],
    notes: [...(problem ? [problem.text] : []), NOT_KEPT],
    ...(problem && { problem }),
    ...(live && isFormula(live) && { live }),
    ...(view && { view }),
  }
}

function isFormula(live: LiveRecord): boolean {
  return !JSON.stringify(live).includes('"dtype"')
}

function fewerFrames(figure: Figure): Figure {
  if (figure.kind === 'landscape') {
    const { densities, frames } = figure
    const picked = decimated(0, densities.length, PREVIEW_FRAMES)
    const pick = <T>(all: readonly T[]): T[] => picked.map((k) => all[k]!)
    const labels = frames.labels && { labels: pick(frames.labels) }
    return {
      ...figure,
      densities: pick(densities),
      frames: { ...frames, values: pick(frames.values), ...labels },
    }
  }
  const names = FRAMES[figure.kind]
  if (!names) return figure
  const arrays = figure as unknown as Readonly<Record<string, PackedArray>>
  const picked = decimated(0, arrays[names[0]!]!.shape[0]!, PREVIEW_FRAMES)
  return { ...figure, ...Object.fromEntries(names.map((name) => [name, rows(arrays[name]!, picked)])) }
}

/** The rows of an array at the indices, bit by bit as they are stored. */
function rows(array: PackedArray, picked: readonly number[]): PackedArray {
  const { coding: _, delta: __, ...fields } = array
  const rest = array.shape.slice(1)
  const bytes = plainBytes(array, 'array')
  const size = rest.reduce((product, length) => product * length, BYTES[array.dtype])
  const data = new Uint8Array(picked.length * size)
  picked.forEach((row, k) => {
    data.set(bytes.subarray(row * size, (row + 1) * size), k * size)
  })
  return { ...fields, shape: [picked.length, ...rest], data }
}

/** What the figure is computed from keeps its digits. */
function withCoarseFields(figure: Figure): Figure {
  const { live, ...drawn } = figure
  return { ...(coarse(drawn) as Figure), ...(live && { live }) }
}

/** The fields below a value with 8 bits a number. */
function coarse(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(coarse)
  if (isPacked(value)) {
    const { dtype, shape } = value
    return isField(shape) && BYTES[dtype] > 1 ? pack(unpack(value), { dtype: 'uint8', shape }) : value
  }
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, coarse(each)]))
}

/** Numbers over two and more axes; the points of a path are rows of two or three. */
function isField(shape: readonly number[]): boolean {
  return shape.length > 1 && Math.min(...shape) > 3
}

function isPacked(value: object): value is PackedArray {
  return 'dtype' in value && 'shape' in value && 'data' in value
}
