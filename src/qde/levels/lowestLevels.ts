/** The lowest levels of ζ: on a grid fine enough for them, and only where ζ and not the box holds them. */
import { requireInteger } from '../../error.js'
import { grid } from '../../grid/index.js'
import type { GridChoice } from '../box/index.js'
import type { Discretisation } from '../discretisation.js'
import type { Hamiltonian } from '../hamiltonian.js'
import { liveEigenstates } from '../live/index.js'
import { boxLevels } from './boxLevels.js'
import { Eigenstates } from './eigenstates.js'
import { withIntervals } from './leanGrid.js'
import { lineLevels } from './lineLevels.js'
import { radialLevels } from './radialLevels.js'
import { requireBoundStates, requireHeldByObjective } from './refusals.js'

/** Most levels that may be asked for. */
const MOST = 256
/** Estimated errors from which on the user is warned, as a share of the energy above min ζ. */
const ROUGH = 1e-7

/** Fewest intervals along each axis of a plane that is drawn. */
const DRAWN = 108

export function lowestLevels(space: Discretisation, levels: number): Eigenstates {
  requireInteger('levels', levels, 1, MOST)
  const found =
    space.dimension === 1
      ? lineLevels(space, levels)
      : (radialLevels(space, levels) ?? levelsInBox(space, levels))
  return found.withLive(() => liveEigenstates(space, found.grid, levels))
}

/** In two and three dimensions. */
function levelsInBox(space: Discretisation, levels: number): Eigenstates {
  const choice = roomFor(space, levels, levels + 1)
  requireBoundStates(space, choice, levels)
  const { hamiltonian, pairs } = boxLevels(space, choice.grid, choice.energy, levels)
  const result = new Eigenstates(hamiltonian, pairs, space.record(hamiltonian.grid), () =>
    space.given === undefined && space.dimension === 2
      ? space.hamiltonian(grid(hamiltonian.grid.axes.map((a) => withIntervals(a, Math.max(a.points, DRAWN)))))
      : hamiltonian,
  )
  requireHeldByObjective(space, choice, result)
  const worst = Math.max(...pairs.errors)
  if (worst > ROUGH * energyScale(result, hamiltonian))
    console.warn(
      `grid.points: the energies are good to about ${worst.toExponential(0)} only; give ${space.given === undefined ? 'a grid of your own' : 'more points or a smaller box'}.`,
    )
  return result
}

/** The energy above min ζ, against which errors count. */
function energyScale({ energies }: Eigenstates, { zeta }: Hamiltonian): number {
  return (
    energies[energies.length - 1] - zeta.reduce((least, v) => Math.min(least, v), Number.POSITIVE_INFINITY)
  )
}

/** A grid with room to spare, or in a well of finite depth just for the wanted levels: the highest decay slowly. */
function roomFor(space: Discretisation, levels: number, room: number): GridChoice {
  const choice = space.choose({ levels: room })
  const held = choice.levels ?? room
  return held < room && held >= levels ? space.choose({ levels }) : choice
}
