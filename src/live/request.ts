/** A live record with the values of its sliders, as what the solver takes. */
import { PsilabError } from '../error.js'
import {
  type Figure,
  type LiveEvolution,
  type LiveRecord,
  type ObjectiveRecord,
  unpack,
} from '../figure/index.js'
import { type Axis, axis, type Grid, grid, WaveFunction } from '../grid/index.js'
import { TensorSpline } from '../numeric/index.js'
import { formulaObjective, type Objective } from '../objective/index.js'
import { Discretisation, type InitialState, wavePacket } from '../qde/index.js'
import { MAX_POINTS, refuse } from './limits.js'

/** Values of sliders by the names of the controls. */
export type Values = Readonly<Record<string, number>>

/** A figure that says how it is computed. */
export type LiveFigure = Figure & {
  readonly live: LiveRecord
  readonly problem: NonNullable<Figure['problem']>
}

/** Whether a figure has what computes it anew. */
export function isLive(figure: Figure): figure is LiveFigure {
  return figure.live !== undefined && figure.problem !== undefined
}

/**
 * All values, those that are not given from the record itself; beyond the ends of a slider the end.
 * @throws PsilabError `parameter` for names of no slider and what is no number
 */
export function valuesOf({ controls }: LiveRecord, given: Values): Values {
  const names = controls.map(({ name }) => name)
  for (const [name, value] of Object.entries(given))
    if (!names.includes(name) || !Number.isFinite(value))
      throw new PsilabError({
        code: 'parameter',
        parameter: name.slice(0, 80),
        problem: 'no value of a slider of this figure',
        allowed: `finite numbers for ${names.join(', ')}`,
        got: value,
      })
  return Object.fromEntries(
    controls.map(({ name, lower, upper, value }) => [
      name,
      Math.min(upper, Math.max(lower, Object.hasOwn(given, name) ? given[name] : value)),
    ]),
  )
}

/** ζ, D and grid of the figure with these values. */
export function spaceOf({ live, problem }: LiveFigure, values: Values): Discretisation {
  const { objective, grid: fixed } = live
  const { variables } = objective
  const dimension = variables.length
  const lists = [fixed.lower, fixed.upper, fixed.intervals, fixed.boundary, problem.grid]
  for (const list of lists)
    if (list !== undefined && list.length !== dimension)
      refuse('grid', 'not as many axes as coordinates', `${dimension}`, list.length)
  const points = fixed.intervals?.reduce((product, n) => product * n, 1) ?? 0
  if (points > MAX_POINTS) refuse('grid.points', 'too many for a page', `up to ${MAX_POINTS} in all`, points)
  const box = fixed.lower?.map((lower, d) => ({ lower, upper: fixed.upper?.[d] ?? Number.NaN }))
  return new Discretisation(objectiveOf(live, problem, values), values['D'] ?? problem.D, {
    ...(box && { box }),
    ...(fixed.intervals && { intervals: fixed.intervals }),
    ...(fixed.boundary && { boundary: fixed.boundary }),
  })
}

function objectiveOf({ objective }: LiveRecord, problem: LiveFigure['problem'], values: Values): Objective {
  const { variables, tex, text, value, gradient, breaks } = objective
  if (value === undefined) return sampled(objective, problem)
  const parameters = Object.fromEntries(
    Object.entries(problem.parameters ?? {}).map(([name, own]) => [
      name,
      values[`parameters.${name}`] ?? own,
    ]),
  )
  return formulaObjective({
    formula: { value, ...(gradient && { gradient }), ...(breaks && { breaks }) },
    variables,
    parameters,
    tex,
    text,
    ...(problem.objective !== undefined && { source: problem.objective }),
  })
}

/** ζ through samples on the problem's grid, between them as a cubic spline; it ends with the grid. */
function sampled({ variables, tex, text, zeta }: ObjectiveRecord, problem: LiveFigure['problem']): Objective {
  const own = gridOf(problem)
  if (zeta === undefined || zeta.shape.join() !== own.shape.join())
    refuse('zeta', 'no samples of ζ on the grid', own.shape.join(' × '), zeta?.shape)
  const spline = new TensorSpline(
    own.axes.map(({ coordinates }) => coordinates),
    unpack(zeta!),
  )
  return { variables, tex, text, evaluate: (columns) => spline.at(columns) }
}

/** The grid of the figure's record. */
export function gridOf({ grid: axes }: LiveFigure['problem']): Grid {
  const points = axes.reduce((product, one) => product * one.points, 1)
  if (points > MAX_POINTS) refuse('grid.points', 'too many for a page', `up to ${MAX_POINTS} in all`, points)
  return grid(
    axes.map(
      ({ name, lower, upper, points: count, boundary, layer }): Axis =>
        axis({
          name,
          lower,
          upper,
          intervals: boundary === 'walls' ? count + 1 : count,
          boundary,
          ...(layer !== undefined && { layer }),
        }),
    ),
  )
}

/** ψ(0): the packet where the sliders put it, or the samples. */
export function initialOf(
  { problem }: LiveFigure,
  { initial }: LiveEvolution,
  values: Values,
): InitialState | WaveFunction {
  if (initial.form === 'packet') {
    const along = (name: 'x0' | 'sigma' | 'k0', own: readonly number[]): number[] =>
      own.map((value, d) => values[`${name}.${problem.grid[d]?.name}`] ?? value)
    return wavePacket({
      x0: along('x0', initial.center),
      sigma: along('sigma', initial.sigma),
      k0: along('k0', initial.momentum),
    })
  }
  const own = gridOf(problem)
  for (const part of [initial.re, initial.im])
    if (part.shape.join() !== own.shape.join())
      refuse('initial', 'no samples of ψ on the grid', own.shape.join(' × '), part.shape)
  const [re, im] = [unpack(initial.re), unpack(initial.im)]
  const psi = new Float64Array(2 * own.size)
  re.forEach((value, i) => {
    psi[2 * i] = value
    psi[2 * i + 1] = im[i]
  })
  return new WaveFunction(own, psi).normalized()
}
