/**
 * What levels beyond an energy E* weigh at most. By the inequality of Golden, Thompson and Symanzik Z ≤ Z_cl at every
 * temperature, so that for any β′ < β, with the levels E_n that are known below E*,
 *
 *   Σ_{E_n ≥ E*} e^{−βE_n} ≤ e^{−(β−β′)E*} [Z_cl(β′) − Σ_{E_n < E*} e^{−β′E_n}],   Z_cl = ∫ e^{−βζ} dx / (4πDβ)^{n/2}.
 *
 * On a ring, and between walls of zero flux, the free kernel at x = x′ has images, and Z_cl their factor.
 *
 * Reference: B. Simon, Functional Integration and Quantum Physics (1979), theorem 9.2.
 */
import type { Axis } from '../../grid/index.js'
import type { Discretisation } from '../discretisation.js'
import { nodesUpTo } from './nodes.js'
import { lowestOf } from './refusals.js'

/** β′ as shares of the least β. */
const SHARES = [0.05, 0.1, 0.2, 0.35, 0.5, 0.7] as const
/** Nodes along each axis, by dimension. */
const COUNT = [0, 768, 144, 48] as const
/** e^{−DEEP} of the integrand at the ends of the box. */
const DEEP = 20

/**
 * The bound as a function of T and ln Z.
 * @param hottest the highest temperature that it is asked for
 * @param energy E*
 * @param levels those known below E*; default none
 */
export function tailBound(
  space: Discretisation,
  hottest: number,
  energy: number,
  levels: Float64Array = new Float64Array(),
): (temperature: number, logZ: number) => number {
  const least = 1 / hottest
  const known = SHARES.map((share) => {
    const beta = share * least
    return { beta, logarithm: classical(space, beta, levels) }
  })
  return (temperature, logZ) =>
    Math.exp(
      known.reduce(
        (best, { beta, logarithm }) => Math.min(best, logarithm - (1 / temperature - beta) * energy - logZ),
        Number.POSITIVE_INFINITY,
      ),
    )
}

/** ln [Z_cl(β) − Σ e^{−βE}]; ln Z_cl/100 where the difference is less than quadrature and rounding. */
function classical(space: Discretisation, beta: number, levels: Float64Array): number {
  const { grid } = space.choose({ levels: space.defaultLevels })
  const bottom = lowestOf(space.hamiltonian(grid).zeta)
  const { zeta, weights } = nodesUpTo(space, bottom + DEEP / beta, COUNT[space.dimension])
  const minimum = Math.min(bottom, lowestOf(zeta))
  let sum = 0
  for (let i = 0; i < zeta.length; i++) sum += weights[i] * Math.exp(-beta * (zeta[i] - minimum))
  sum *= (4 * Math.PI * space.D * beta) ** (-space.dimension / 2)
  if (space.boxGiven) for (const axis of grid.axes) sum *= images(axis, space.D * beta)
  const known = levels.reduce((total, e) => total + Math.exp(-beta * (e - minimum)), 0)
  return Math.log(Math.max(sum - known, sum / 100)) - beta * minimum
}

/** What the images of a point add to the free kernel at most, as a factor. */
function images({ boundary, lower, upper }: Axis, spread: number): number {
  if (boundary !== 'periodic' && boundary !== 'zero-flux') return 1
  const length = boundary === 'periodic' ? upper - lower : 2 * (upper - lower)
  let sum = 1
  for (let n = 1; ; n++) {
    const weight = Math.exp((-n * n * length * length) / (4 * spread))
    sum += 2 * weight
    if (weight < Number.EPSILON) break
  }
  return boundary === 'periodic' ? sum : 2 * sum
}
