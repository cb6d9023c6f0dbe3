import { kind } from './base.js'
import { fits, line, packed } from './packed.js'
import { problem } from './problem-record.js'
import { finite, list, named, oneOf, type Schema, type TypeOf, where } from './schema.js'

const fields = kind(
  'evolution',
  {
    problem,
    /** Wick angle θ in radians: 0 real time, π/2 imaginary time. */
    angle: finite,
    /** Readings of ψ to draw: `born` |ψ|²/∫|ψ|², `population` ψ/∫ψ. */
    readings: list(oneOf('born', 'population'), 2),
    x: line,
    zeta: line,
    /** Times of the frames, shape [T]. */
    times: line,
    /** |ψ|, shape [T, N], each frame with ∫|ψ|² = 1. */
    magnitude: packed(2),
    /** arg ψ in radians, shape [T, N]. It only colours, so it is stored coarsely; ψ = |ψ| e^{i arg ψ} is interpolated, never the angle. */
    phase: packed(2),
    /** ⟨H⟩ of each frame, shape [T]: the line that the density stands on. */
    energy: line,
  },
  {
    /** Energy of the ground state, drawn as a reference where it is known. */
    groundEnergy: finite,
  },
)

/** ψ(x, s) in one dimension at the times of a run. */
export interface EvolutionFigure extends TypeOf<typeof fields> {}
export const evolutionSchema: Schema<EvolutionFigure> = named(
  'EvolutionFigure',
  where(fields, ({ x, zeta, times, magnitude, phase, energy }, name) => {
    const [n, t] = [x.shape[0], times.shape[0]]
    fits(`${name}.zeta`, zeta, [n])
    fits(`${name}.energy`, energy, [t])
    fits(`${name}.magnitude`, magnitude, [t, n])
    fits(`${name}.phase`, phase, [t, n])
  }),
)
