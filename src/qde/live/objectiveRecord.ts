/** ζ and what was fixed of the grid, as a live figure carries them: trees of the expression, else samples. */
import { type GridRecord, type ObjectiveRecord, pack } from '../../figure/index.js'
import type { Grid } from '../../grid/index.js'
import type { Discretisation } from '../discretisation.js'

/** Most samples of ζ that a figure carries, and most characters of its formulas. */
const SAMPLES = 2 ** 14
const TEXT = 4000
/** Most tokens of all trees together: with more a saved figure would be mostly formula. */
const TOKENS = 4000

export interface ObjectiveAndGrid {
  readonly objective: ObjectiveRecord
  readonly grid: GridRecord
}

/** @returns undefined where neither trees nor samples are small enough */
export function objectiveAndGrid(space: Discretisation, grid: Grid): ObjectiveAndGrid | undefined {
  const { objective, request } = space
  const { variables, tex, text } = objective
  if (tex.length > TEXT || text.length > TEXT) return undefined
  const formula = objective.formula?.()
  if (formula !== undefined) {
    const { value, gradient = [], breaks = [] } = formula
    const tokens = [value, ...gradient, ...breaks].reduce((sum, tree) => sum + tree.length, 0)
    if (tokens > TOKENS) return undefined
    return {
      objective: { variables, tex, text, ...formula },
      grid: {
        ...(request.box && {
          lower: request.box.map(({ lower }) => lower),
          upper: request.box.map(({ upper }) => upper),
        }),
        ...(request.intervals && { intervals: request.intervals }),
        ...(request.boundary && { boundary: request.boundary }),
      },
    }
  }
  if (grid.size > SAMPLES || grid.axes.some(({ layer }) => layer > 0)) return undefined
  const { zeta } = space.hamiltonian(grid)
  return {
    objective: {
      variables,
      tex,
      text,
      zeta: pack(zeta, { shape: grid.shape, name: 'zeta' }),
    },
    grid: wholeGrid(grid),
  }
}

/** The grid as if all of it had been given. */
function wholeGrid({ axes }: Grid): GridRecord {
  return {
    lower: axes.map(({ lower }) => lower),
    upper: axes.map(({ upper }) => upper),
    intervals: axes.map(({ lower, upper, spacing }) => Math.round((upper - lower) / spacing)),
    boundary: axes.map(({ boundary }) => boundary),
  }
}
