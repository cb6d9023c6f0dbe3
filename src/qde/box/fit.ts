/** Whether a grid holds a state: how much of it sits at the edge of the box and at the largest momenta. */
import { PsilabError } from '../../error.js'
import { type Axis, type Grid, modeWeights, stridesOf, type WaveFunction } from '../../grid/index.js'
import { boxOf } from '../record.js'

/**
 * Largest |ψ|² at the edges of the box, as a share of the largest |ψ|²: at the outermost points of its axes, and in
 * absorbing layers.
 * @param counts which axes have edges; default all
 */
export function edgeShare(
  { grid, values }: WaveFunction,
  counts: (axis: Axis) => boolean = () => true,
): number {
  let peak = 0
  let edge = 0
  const outside = marked(
    grid,
    grid.axes.map((a) =>
      Uint8Array.from({ length: a.points }, (_, j) => {
        const depth = Math.min(a.coordinates[j] - a.lower, a.upper - a.coordinates[j])
        return counts(a) && (j === 0 || j === a.points - 1 || depth < a.layer) ? 1 : 0
      }),
    ),
  )
  for (let i = 0; i < grid.size; i++) {
    const density = values[2 * i] ** 2 + values[2 * i + 1] ** 2
    if (density > peak) peak = density
    if (density > edge && outside[i] === 1) edge = density
  }
  return edge / peak
}

/** Share of the norm in the outer eighth of the momenta of an axis, summed over the axes; none where momenta are known to be lower. */
function tailShare(state: WaveFunction, momentum: readonly number[]): number {
  return state.grid.axes.reduce((sum, { wavenumbers }, d) => {
    const limit = 0.875 * wavenumbers.reduce((most, k) => Math.max(most, Math.abs(k)), 0)
    if (momentum[d] <= limit) return sum
    const weight = modeWeights(state, d)
    const outer = weight.reduce((part, w, k) => (Math.abs(wavenumbers[k]) > limit ? part + w : part), 0)
    return sum + outer / weight.reduce((all, w) => all + w, 0)
  }, 0)
}

/** The points of a grid that are marked along one of its axes at least. */
function marked({ shape, size }: Grid, marks: readonly Uint8Array[]): Uint8Array {
  const strides = stridesOf(shape)
  const found = new Uint8Array(size)
  marks.forEach((along, d) => {
    const stride = strides[d]
    for (let start = 0, j = 0; start < size; start += stride, j = j + 1 === along.length ? 0 : j + 1)
      if (along[j] === 1) found.fill(1, start, start + stride)
  })
  return found
}

/** Largest share at the edges that an initial state may have. */
const ROOM = 1e-8

/**
 * @param momentum largest |k| of the state along each axis, where it is known: sampled, a faster wave looks like a slower one
 * @param given whether the user stated the box: then the seam of a ring is no edge, nor is an end without flux
 * @throws PsilabError `resolution` where the box is too small or the spacing too wide for the state
 */
export function requireRoom(state: WaveFunction, given: boolean, momentum: readonly number[] = []): void {
  const { axes } = state.grid
  const box = axes.map(boxOf).join(', ')
  const edge = edgeShare(state, (a) => !given || a.boundary === 'walls' || a.boundary === 'absorbing')
  if (edge > ROOM)
    throw new PsilabError({
      code: 'resolution',
      parameter: 'grid',
      problem: `the box ${box} is too small for the state: at its edge |ψ|² is still ${edge.toExponential(1)} of its peak`,
      allowed: `at most ${ROOM}`,
      advice:
        'Widen lower and upper, narrow or move the packet, or leave the grid out so that it is chosen for the state.',
    })
  const slow = axes.findIndex((a, d) => (momentum[d] ?? 0) > Math.PI / a.spacing)
  if (slow >= 0) {
    const { name, spacing } = axes[slow]
    throw new PsilabError({
      code: 'resolution',
      parameter: 'grid.points',
      problem: `the grid holds wave numbers up to ${(Math.PI / spacing).toPrecision(3)} along ${name}, and the packet reaches ${momentum[slow].toPrecision(3)}`,
      allowed: `a spacing of at most ${(Math.PI / momentum[slow]).toPrecision(2)}`,
      got: spacing,
      advice: given
        ? 'Give more points, or lower k0.'
        : 'A chosen grid has no more points: widen the packet, or state the box that you mean: grid: { lower, upper, points }.',
    })
  }
  const tail = tailShare(state, momentum)
  if (tail > ROOM)
    throw new PsilabError({
      code: 'resolution',
      parameter: 'grid.points',
      problem: `the spacing ${axes.map((a) => a.spacing.toPrecision(2)).join(', ')} is too wide for the state: a share of ${tail.toExponential(1)} of it lies at the largest momenta`,
      allowed: `at most ${ROOM}`,
      advice: `Double the points, widen the packet, or leave the grid out so that it is chosen for the state.`,
    })
}
