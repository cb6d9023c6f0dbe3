/**
 * The error that box and spacing leave in a state, from the state alone.
 *
 * What lies outside the box, or at momenta beyond π/dx, is not on the grid but folded back onto it. It is foreseen from
 * the way in which |ψ|² falls towards the ends, and |φ|² towards the largest momenta: with the weights w₂ and w₁ of the
 * bands ¾…⅞ and ⅞…1 of the way, a power law |ψ|² ∝ r^{−q} through both has beyond r = 1 the weight
 *
 *   w = w₁/((7/8)^{1−q} − 1),   w₁/w₂ = [(7/8)^{1−q} − 1]/[(6/8)^{1−q} − (7/8)^{1−q}],
 *
 * an upper estimate for states that fall faster, as smooth ones do. A weight w is missing and once more misplaced, which
 * makes ‖ψ − ψ_exact‖ ≈ √(2w); 2√w allows for bands that nodes of the state happen to thin out.
 */
import { type Axis, layerWeights, modeWeights, type WaveFunction } from '../../grid/index.js'

export interface GridError {
  /** ‖error‖ of the normalised state by what lies outside the box. */
  readonly box: number
  /** ‖error‖ by what lies at momenta beyond those of the grid. */
  readonly spacing: number
}

/** Inner ends of the two bands. */
const [INNER, OUTER] = [3 / 4, 7 / 8] as const
/** Slowest and fastest power laws that are told apart; one of q ≤ 1 has no finite weight. */
const [SLOWEST, FASTEST] = [1.5, 400] as const

/**
 * @param ends which axes have ends that a state should not feel: neither seams of a ring that was meant, nor walls
 * @param momentum largest |k| of the state along each axis, where that is known
 */
export function gridError(
  state: WaveFunction,
  ends: (axis: Axis) => boolean = () => true,
  momentum: readonly number[] = [],
): GridError {
  const { axes } = state.grid
  let [box, spacing] = [0, 0]
  axes.forEach((a, d) => {
    if (ends(a)) {
      const density = layerWeights(state, d)
      const middle = (a.lower + a.upper) / 2
      const half = (a.upper - a.lower) / 2
      for (const side of [-1, 1] as const)
        box += beyond(density, (j) => (side * (a.coordinates[j] - middle)) / half)
    }
    const most = Math.PI / a.spacing
    // Then its outer bands are empty, but for what walls cut off.
    if (a.boundary !== 'walls' && momentum[d] <= INNER * most) return
    spacing += beyond(modeWeights(state, d), (k) => Math.abs(a.wavenumbers[k]) / most)
  })
  return { box: 2 * Math.sqrt(box), spacing: 2 * Math.sqrt(spacing) }
}

/** Weight at r > 1 as a share of all, from what lies at each r. */
function beyond(weight: Float64Array, r: (index: number) => number): number {
  let [all, first, second] = [0, 0, 0]
  weight.forEach((w, j) => {
    all += w
    const at = r(j)
    if (at >= OUTER) first += w
    else if (at >= INNER) second += w
  })
  if (first === 0 || all === 0) return 0
  const wanted = first / second
  // The ratio of the bands falls as q grows.
  let [slow, fast] = [SLOWEST, FASTEST] as [number, number]
  for (let step = 0; step < 50; step++) {
    const q = (slow + fast) / 2
    const [inner, outer] = [INNER ** (1 - q), OUTER ** (1 - q)]
    if ((outer - 1) / (inner - outer) > wanted) slow = q
    else fast = q
  }
  return Math.min(1, first / (OUTER ** (1 - slow) - 1) / all)
}
