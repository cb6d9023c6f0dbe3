import { FigureError } from '../errors.js'
import { kind } from './base.js'
import { fits, line, packed } from './packed.js'
import { problem } from './problem-record.js'
import { finite, LABEL, list, named, record, type Schema, type TypeOf, text, where } from './schema.js'

const fields = kind(
  'wave',
  {
    problem,
    /** Equidistant coordinates of two or three axes. */
    axes: list(line, 3, 2),
    /** ζ at equidistant points from the first to the last coordinate of each axis; they may be fewer. */
    zeta: packed(2, 3),
    /** K real fields, each of the shape of the axes. */
    fields: list(packed(2, 3), 400, 1),
    /** w, shape [T, K, 2]: frame t is ψ_t = Σ_k (w_tk0 + i w_tk1) b_k of the fields b_k, with ∫|ψ_t|² = 1. */
    weights: packed(3),
    /** What distinguishes the frames, for example { symbol: 't', values: [0, 0.1] }, and their captions. */
    frames: record({ symbol: text(20), values: list(finite, 10_000, 1) }, { labels: list(LABEL, 10_000) }),
  },
  {
    /** Wick angle in radians, where the frames are times of one run: what lies between two of them can be drawn. */
    angle: finite,
    /** ⟨H⟩ of each frame, shape [T]. */
    energy: line,
  },
)

/** ψ in two or three dimensions: hue is its phase, and what is far from the paper is large. */
export interface WaveFigure extends TypeOf<typeof fields> {}
export const waveSchema: Schema<WaveFigure> = named(
  'WaveFigure',
  where(fields, ({ axes, zeta, fields, weights, frames, energy }, name) => {
    const shape = axes.map((axis) => axis.shape[0])
    const count = frames.values.length
    fields.forEach((field, k) => {
      fits(`${name}.fields[${k}]`, field, shape)
    })
    fits(`${name}.weights`, weights, [count, fields.length, 2])
    if (energy) fits(`${name}.energy`, energy, [count])
    for (const [key, got, expected] of [
      ['zeta.shape', zeta.shape.length, axes.length],
      ['frames.labels', frames.labels?.length ?? count, count],
      // A picture needs two points along each axis.
      ...[...axes, ...zeta.shape.map((length) => ({ shape: [length] }))].map(
        ({ shape: [length = 0] }) => ['axes', Math.min(2, length), 2] as const,
      ),
    ] as const) {
      if (got !== expected) throw new FigureError({ code: 'length', name: `${name}.${key}`, expected, got })
    }
  }),
)
