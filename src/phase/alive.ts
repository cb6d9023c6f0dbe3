/** What lets a page compute a picture of phase space anew: that of the state's own origin. */
import { type Origin, originOf, type PanelsFigure, type PhasePortraitRecord } from '../figure/index.js'
import type { WaveFunction } from '../grid/index.js'
import type { DensityMatrix } from './source.js'

/** How a state is shown, and what it was computed from. */
export interface Alive {
  readonly origin: Origin
  readonly portrait: Omit<PhasePortraitRecord, 'index'>
}

/** @returns undefined for states of no known origin, and of several coordinates */
export function alive(state: WaveFunction | DensityMatrix, portrait: Alive['portrait']): Alive | undefined {
  const origin = state?.grid?.axes.length === 1 ? originOf(state) : undefined
  return origin && { origin, portrait }
}

/** The problem of a figure that is alive. */
export function problemOf(it: Alive | undefined): Pick<PanelsFigure, 'problem'> {
  return it ? { problem: it.origin.problem } : {}
}

/** The figure with what computes it anew. */
export function withLive(figure: PanelsFigure, it: Alive | undefined): PanelsFigure {
  const live = it?.origin.live()
  if (it === undefined || live === undefined) return figure
  return { ...figure, live: { ...live, portrait: { ...it.portrait, index: it.origin.index ?? 0 } } }
}
