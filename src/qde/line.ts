/** The line that a one-dimensional figure is drawn on: finer than the grid, which resolves ψ but not the eye. */
import type { Axis } from '../grid/index.js'
import type { Objective } from '../objective/index.js'

export interface Line {
  readonly x: Float64Array
  /** ζ at x. */
  readonly zeta: Float64Array
}

/** Points that a line has at least. */
const FINE = 1024

/** The axis with each interval cut into equal parts; the grid itself where ζ is not finite in between. */
export function fineLine(objective: Objective, { coordinates, spacing, points }: Axis): Line {
  const parts = Math.max(1, Math.ceil(FINE / points))
  const x = Float64Array.from(
    { length: (points - 1) * parts + 1 },
    (_, i) => coordinates[0] + (i * spacing) / parts,
  )
  const zeta = objective.evaluate([x])
  return zeta.every(Number.isFinite)
    ? { x, zeta }
    : { x: coordinates, zeta: objective.evaluate([coordinates]) }
}
