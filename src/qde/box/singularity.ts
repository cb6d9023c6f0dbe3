/**
 * Poles of ζ between the points of a grid. Sampled, they look like any steep place; but whoever goes nearer to a steep
 * place of a function finds its height, and at a pole finds no end. So the places where the second difference of ζ
 * stands out are magnified again and again: |ζ| that goes on growing to the last is a pole.
 *
 * A pole at an end of a box that was given is none of its grid: walls keep points away from it.
 */
import { PsilabError } from '../../error.js'
import { type Grid, stridesOf } from '../../grid/index.js'
import type { Objective } from '../../objective/index.js'
import { magnify, type Place, steepPlaces } from './magnify.js'

/** By how much a pole grows at least over the later half of the magnifications. */
const GROWTH = 30
/** Share of a chosen box by which poles are looked for beyond its ends: ζ seems to confine beside one. */
const BEYOND = 0.01
/** Samples of a line. */
const SAMPLES = 4096
/** Share of the box that counts as its end, and to which the place of a pole is told. */
const [END, TOLD] = [1e-6, 1e-9] as const

/** @throws PsilabError `not-finite` naming the pole */
export function requireRegular(objective: Objective, grid: Grid, zeta: Float64Array, given: boolean): void {
  const { axes } = grid
  const scale = axes.map((a) => a.upper - a.lower)
  for (const start of axes.length === 1
    ? steepest(objective, grid, given ? 0 : BEYOND)
    : [lowest(grid, zeta)]) {
    const { place, heights } = magnify(objective, start, scale, Math.abs)
    const [middle, last] = [heights[heights.length >> 1], heights[heights.length - 1]]
    const grows = !Number.isFinite(last) || Math.abs(last) > GROWTH * Math.abs(middle)
    const inside =
      !given || place.every((x, d) => Math.min(x - axes[d].lower, axes[d].upper - x) > END * scale[d])
    if (!grows || !inside) continue
    const where = objective.variables
      .map(
        (v, d) =>
          `${v} ≈ ${Number((TOLD * scale[d] * Math.round(place[d] / (TOLD * scale[d]))).toPrecision(6))}`,
      )
      .join(', ')
    throw new PsilabError({
      code: 'not-finite',
      parameter: 'objective',
      problem: `ζ has a pole at ${where}`,
      allowed: 'a finite ζ everywhere in the box',
      advice:
        'Give a grid that ends there or leaves it out, for example grid: { lower: 0.1, upper: 5 }, or change ζ there.',
    })
  }
}

function steepest(objective: Objective, { axes: [{ lower, upper }] }: Grid, beyond: number): Place[] {
  const first = lower - beyond * (upper - lower)
  const h = ((1 + 2 * beyond) * (upper - lower)) / SAMPLES
  const x = Float64Array.from({ length: SAMPLES }, (_, i) => first + (i + 0.5) * h)
  return steepPlaces(objective.evaluate([x]), x[0], h)
}

/** The lowest point of a grid: a pole that attracts is near it. */
function lowest({ axes, shape }: Grid, zeta: Float64Array): Place {
  const strides = stridesOf(shape)
  let best = 0
  for (let i = 1; i < zeta.length; i++) if (zeta[i] < zeta[best]) best = i
  return {
    place: axes.map((a, d) => a.coordinates[Math.floor(best / strides[d]) % a.points]),
    half: axes.map((a) => a.spacing),
  }
}
