/**
 * The figure for other values of its sliders, by the functions that made it: what comes out is what a kernel would have
 * sent, and the sliders stay as they were, each at its value.
 */
import type { Figure, LiveEvolution } from '../figure/index.js'
import {
  type Discretisation,
  densityMatrix,
  type Eigenstates,
  type Evolution,
  type EvolveOptions,
  lowestLevels,
  run,
  runFrames,
  shownGrid,
  shownProblem,
  thermodynamics,
} from '../qde/index.js'
import type { ThermalDensityMatrix } from '../thermal/index.js'
import { MAX_RECORDED, MAX_TIME, refuse } from './limits.js'
import { portraitOf, portrayed } from './portrait.js'
import { initialOf, type LiveFigure, type Values } from './request.js'

/** What asks a computation to stop: as much of an AbortSignal as is looked at. */
export interface Stop {
  readonly aborted: boolean
}

/** A stop after so many milliseconds, or when another says so. */
export function deadline(milliseconds: number, other?: Stop): Stop {
  const end = performance.now() + milliseconds
  return {
    get aborted() {
      return other?.aborted === true || performance.now() > end
    },
  }
}

/** At once. @throws PsilabError as the solver does, and `too-large` where it takes longer than a page waits */
export function computed(figure: LiveFigure, space: Discretisation, values: Values): Figure {
  const { live } = figure
  if (live.computation !== 'evolution') return still(figure, space, values)
  const { initial, options } = motion(figure, live, values)
  const evolution = run(space, initial, options, groundEnergy(space))
  return settled(figure, shown(figure, wholeOf(evolution), values), values)
}

/** The same in slices, between which others have their turn; undefined where the stop came first. */
export async function computedInSlices(
  figure: LiveFigure,
  space: Discretisation,
  values: Values,
  stop: Stop,
): Promise<Figure | undefined> {
  const { live } = figure
  if (live.computation !== 'evolution') return still(figure, space, values)
  const { initial, options } = motion(figure, live, values, deadline(MAX_TIME, stop))
  const frames = runFrames(space, initial, options, groundEnergy(space))
  for (;;) {
    const turn = await frames.next()
    if (stop.aborted) return undefined
    if (turn.done === true) return settled(figure, shown(figure, wholeOf(turn.value), values), values)
  }
}

function still(figure: LiveFigure, space: Discretisation, values: Values): Figure {
  const { live } = figure
  switch (live.computation) {
    case 'evolution':
      throw new TypeError('An evolution is no stationary computation.')
    case 'problem':
      return settled(figure, shownProblem(space, shownGrid(space)), values)
    case 'eigenstates':
      return settled(figure, shown(figure, lowestLevels(space, live.count), values), values)
    case 'densityMatrix': {
      const { route } = live
      const density = densityMatrix(space, { beta: values['beta'] ?? live.beta, ...(route && { route }) })
      return settled(figure, shown(figure, density, values), values)
    }
    case 'thermodynamics': {
      const { temperatures, route } = live
      const options = {
        ...(temperatures && { temperatures }),
        ...(route && { route }),
        signal: deadline(MAX_TIME) as AbortSignal,
      }
      return settled(figure, thermodynamics(space, options).figure(), values)
    }
  }
}

/** What was computed, or one of its states in phase space. */
export function shown(
  figure: LiveFigure,
  found: Evolution | Eigenstates | ThermalDensityMatrix,
  values: Values,
): Figure {
  if (portraitOf(figure) === undefined) return found.figure()
  return portrayed(figure, 'states' in found ? found.states : [found], values)
}

function groundEnergy(space: Discretisation): () => number {
  return () => lowestLevels(space, 1).energy
}

/** An evolution's initial state and options for some values. */
export function motion(
  figure: LiveFigure,
  live: LiveEvolution,
  values: Values,
  stop: Stop = deadline(MAX_TIME),
): { readonly initial: ReturnType<typeof initialOf>; readonly options: EvolveOptions } {
  const { from, frames, shares, reading, method, tolerance, steps } = live
  const until = values['until'] ?? live.until
  const recorded = (frames ?? shares?.length ?? 0) * 2 * figure.problem.grid.reduce((n, a) => n * a.points, 1)
  if (recorded > MAX_RECORDED)
    refuse('frames', 'too many numbers for a page', `up to ${MAX_RECORDED}`, recorded)
  return {
    initial: initialOf(figure, live, values),
    options: {
      ...(from !== 0 && { from }),
      until,
      angle: values['angle'] ?? live.angle,
      reading,
      threads: 1,
      signal: stop as AbortSignal,
      ...(frames !== undefined && { frames }),
      ...(shares && { frames: shares.map((share) => from + share * (until - from)) }),
      ...(method && { method }),
      ...(tolerance !== undefined && { tolerance }),
      ...(steps !== undefined && { steps }),
    },
  }
}

/** The evolution, where it reached its end. */
export function wholeOf(evolution: Evolution): Evolution {
  if (!evolution.complete) refuse('until', 'this run takes longer than a page waits', 'shorter runs')
  return evolution
}

/** The figure with the sliders of the one before, at these values. */
export function settled(before: LiveFigure, now: Figure, values: Values): Figure {
  const controls = before.live.controls.map((control) => ({ ...control, value: values[control.name] }))
  return {
    ...now,
    live: { ...before.live, controls },
    ...(before.view && { view: { ...before.view, values } }),
  } as Figure
}
