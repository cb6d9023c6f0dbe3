/** States in phase space, as the library shows them. */
import type { Figure } from '../figure/index.js'
import type { WaveFunction } from '../grid/index.js'
import { type DensityMatrix, husimi, phaseSpace, wigner } from '../phase/index.js'
import type { LiveFigure, Values } from './request.js'

/** Whether a figure shows a state of its computation in phase space. */
export function portraitOf({ live }: LiveFigure) {
  return 'portrait' in live ? live.portrait : undefined
}

/** The state that a figure shows in phase space, of all that were computed anew. */
export function portrayed(
  figure: LiveFigure,
  states: readonly (WaveFunction | DensityMatrix)[],
  values: Values,
): Figure {
  const { form, index, width, D } = portraitOf(figure)!
  const state = states[Math.min(index, states.length - 1)]
  const smoothed = { ...(width !== undefined && { width }) }
  switch (form) {
    case 'wigner':
      return wigner(state).figure()
    case 'husimi':
      return husimi(state, smoothed).figure()
    case 'phase space': {
      // The D of the problem follows its slider, another one stays.
      const own = D === figure.problem.D ? (values['D'] ?? D) : D
      return phaseSpace(state, { ...smoothed, ...(own !== undefined && { D: own }) }).figure()
    }
  }
}
