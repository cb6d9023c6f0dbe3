/** What the grid of a run leaves of error in its states, and the sentences where that is more than was asked for. */
import type { Axis, WaveFunction } from '../../grid/index.js'
import { edgeShare, gridError } from '../box/index.js'
import type { Discretisation } from '../discretisation.js'
import type { Hamiltonian } from '../hamiltonian.js'

/** The error that is warned of: this many times the tolerance, and never less than this. */
const [MULTIPLE, LEAST] = [100, 1e-6] as const
/** The same with absorbing layers, which themselves send back up to 1e-2 of an amplitude. */
const LEAST_ABSORBING = 1e-3

export interface GridFindings {
  /** Largest ‖error‖ of a state by box and spacing, as a share of the norm of the first. */
  readonly error: number
  readonly warnings: readonly string[]
}

/**
 * @param at the time of a state, in words
 * @param momentum largest |k| of the first state along each axis, where that is known
 */
export function gridFindings(
  space: Discretisation,
  hamiltonian: Hamiltonian,
  states: readonly WaveFunction[],
  tolerance: number,
  at: (index: number) => string,
  momentum?: readonly number[],
): GridFindings {
  const absorbs = hamiltonian.absorption !== undefined
  const felt = Math.max(absorbs ? LEAST_ABSORBING : LEAST, MULTIPLE * tolerance)
  // The ends of a box that was given are part of the problem; layers absorb what comes to them.
  const ends = (a: Axis): boolean => !space.boxGiven && a.boundary !== 'absorbing'
  const probed = probes(states.length, space.dimension)
  const errors = probed.map((k) => {
    const { box, spacing } = gridError(states[k], ends, k === 0 ? momentum : undefined)
    const left = absorbs ? Math.sqrt(states[k].normSquared / states[0].normSquared) : 1
    return { box: left * box, spacing: left * spacing }
  })
  const reached = space.boxGiven ? -1 : states.findIndex((s) => edgeShare(s, ends) > felt ** 2)
  const fast = errors.findIndex(({ spacing }) => spacing > felt)
  return {
    error: Math.max(...errors.map(({ box, spacing }) => box + spacing)),
    warnings: [
      ...(reached < 0
        ? []
        : [
            `grid: the wave function reaches the edge of the box at ${at(reached)}; from there on the box shapes it. State the box that you mean: grid: { lower, upper, points, boundary }.`,
          ]),
      ...(fast < 0
        ? []
        : [
            `grid.points: at ${at(probed[fast])} the wave function reaches the largest momenta of the grid, which leaves an error of about ${errors[fast].spacing.toExponential(0)}. Give a finer one: grid: { lower, upper, points }.`,
          ]),
    ],
  }
}

/** The states that are looked at: some on a line, where that costs little, and three otherwise. */
function probes(count: number, dimension: number): number[] {
  const parts = dimension === 1 ? 20 : 2
  return [...new Set(Array.from({ length: parts + 1 }, (_, k) => Math.floor(((count - 1) * k) / parts)))]
}
