/** One live figure: what was computed for its last values is kept, so that the next tick of a slider costs little. */
import { PsilabError } from '../error.js'
import { type Figure, validateFigure } from '../figure/index.js'
import type { Discretisation } from '../qde/index.js'
import { computed, computedInSlices, type Stop } from './compute.js'
import { preview } from './preview.js'
import { isLive, type LiveFigure, spaceOf, type Values, valuesOf } from './request.js'

/** Equations that are kept with their grids, ζ and generated code: a slider comes back to where it was. */
const KEPT = 4
/** Controls that change the equation itself. */
const EQUATION = /^(?:D$|parameters\.)/

export class LiveCore {
  private readonly figure: LiveFigure
  private readonly spaces = new Map<string, Discretisation>()

  /** @throws FigureError where it is no figure, PsilabError `parameter` where it has no sliders */
  constructor(figure: Figure) {
    const checked = validateFigure(figure)
    if (!isLive(checked))
      throw new PsilabError({
        code: 'parameter',
        parameter: 'figure',
        problem: 'this figure does not say how it is computed',
        allowed: 'a figure with sliders',
      })
    this.figure = checked
  }

  /** What is shown while a slider moves, with ψ to about 1e-3 on a line and 1e-2 in a plane. */
  preview(given: Values, frame = 0): Figure {
    const values = valuesOf(this.figure.live, given)
    return preview(this.figure, this.space(values), values, frame)
  }

  /** The figure as a kernel makes it, at once. */
  whole(given: Values): Figure {
    const values = valuesOf(this.figure.live, given)
    return computed(this.figure, this.space(values), values)
  }

  /** The same in slices; undefined where it was stopped. */
  async wholeInSlices(given: Values, stop: Stop): Promise<Figure | undefined> {
    const values = valuesOf(this.figure.live, given)
    return computedInSlices(this.figure, this.space(values), values, stop)
  }

  private space(values: Values): Discretisation {
    const key = JSON.stringify(Object.entries(values).filter(([name]) => EQUATION.test(name)))
    const found = this.spaces.get(key) ?? spaceOf(this.figure, values)
    this.spaces.delete(key)
    this.spaces.set(key, found)
    if (this.spaces.size > KEPT) this.spaces.delete(this.spaces.keys().next().value!)
    return found
  }
}

export interface RecomputeOptions {
  /** The frame that is shown: then only what is needed to show it while a slider moves. Default: the whole figure. */
  readonly frame?: number
}

/**
 * A figure for other values of its sliders, as a kernel would make it; pure and at once.
 * @throws PsilabError as the solver does, and `too-large` for what takes longer than a page waits
 * @example
 * recompute(figure, { D: 0.2, angle: Math.PI / 2 })
 */
export function recompute(figure: Figure, values: Values, { frame }: RecomputeOptions = {}): Figure {
  const core = new LiveCore(figure)
  return frame === undefined ? core.whole(values) : core.preview(values, frame)
}
