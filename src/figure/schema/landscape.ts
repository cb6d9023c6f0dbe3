import { FigureError } from '../errors.js'
import { kind } from './base.js'
import { fits, line, packed } from './packed.js'
import { path, place } from './places.js'
import { problem } from './problem-record.js'
import { finite, LABEL, list, named, pair, record, type Schema, type TypeOf, text, where } from './schema.js'

const fields = kind(
  'landscape',
  {
    problem,
    /** Two axes, x first. */
    axes: pair(line),
    /** ζ, shape [Nx, Ny]. */
    zeta: packed(2),
    /** Densities |ψ|², or what `quantity` says, one packed [Nx, Ny] array a frame: each keeps its own scale, so that narrow peaks do not blank broad ones. */
    densities: list(packed(2), 200),
    /**
     * What distinguishes the frames, for example { symbol: 'D', values: [1, 0.1, 0.01] }, and their captions;
     * without these a frame is called "D = 0.1".
     */
    frames: record({ symbol: text(20), values: list(finite, 200) }, { labels: list(LABEL, 200) }),
    points: list(place, 20),
    /** Paths over the landscape. */
    paths: list(path, 10),
  },
  {
    /** Symbol of what is coloured; `|ψ|²` where it is not said. */
    quantity: text(40),
  },
)

/** Densities in two dimensions over the contours of ζ, one frame a value of `frames`. */
export interface LandscapeFigure extends TypeOf<typeof fields> {}
export const landscapeSchema: Schema<LandscapeFigure> = named(
  'LandscapeFigure',
  where(fields, ({ axes, zeta, densities, frames }, name) => {
    const shape = axes.map((each) => each.shape[0])
    fits(`${name}.zeta`, zeta, shape)
    densities.forEach((each, k) => {
      fits(`${name}.densities[${k}]`, each, shape)
    })
    const { values, labels = values } = frames
    for (const [key, each] of Object.entries({ values, labels })) {
      if (each.length === densities.length) continue
      throw new FigureError({
        code: 'length',
        name: `${name}.frames.${key}`,
        expected: densities.length,
        got: each.length,
      })
    }
  }),
)
