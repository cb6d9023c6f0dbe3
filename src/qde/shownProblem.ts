/** The figure of a problem: ζ on the grid that is shown with it, and why that grid. */
import { type ProblemFigure, problemFigure } from '../figure/index.js'
import type { GridChoice } from './box/index.js'
import type { Discretisation } from './discretisation.js'
import { liveProblem } from './live/index.js'
import { planeOf } from './plane.js'

/** The grid shown with a problem: the one given, or one that holds the lowest levels. */
export function shownGrid(space: Discretisation): GridChoice {
  return space.choose({ levels: space.defaultLevels })
}

export function shownProblem(space: Discretisation, { grid, notes }: GridChoice): ProblemFigure {
  const live = liveProblem(space, grid)
  return { ...drawn(space, { grid, notes }), ...(live && { live }) }
}

function drawn(space: Discretisation, { grid, notes }: Pick<GridChoice, 'grid' | 'notes'>): ProblemFigure {
  const problem = space.record(grid)
  if (grid.axes.length === 1) {
    const { x, zeta } = space.line(grid)
    return problemFigure({ problem, axes: [x], zeta, notes })
  }
  const { axes, zeta, section } = planeOf(space.hamiltonian(grid))
  return problemFigure({ problem, axes, zeta, notes: section === '' ? notes : [...notes, section] })
}
