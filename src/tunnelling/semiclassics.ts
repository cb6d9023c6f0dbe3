/** Reference lines of semiclassics: the levels of one well by Bohr and Sommerfeld, and what passes a barrier by Kemble. */
import { PsilabError, requireInteger, requireNumber } from '../error.js'
import type { Problem } from '../qde/index.js'
import { along, requireLine, shapeOf } from './wells.js'
import { barrierAction, crossing, type Line, wellAction } from './wkb.js'

/** Most levels, and most energies. */
const LEVELS = 10_000
/** Share of the height of the well from its bottom at which a level is first looked for, and up to which. */
const FIRST = 1e-9
const BELOW = 1 - 1e-12
/** Times that a box is doubled until ζ at its ends lies above an energy, and parts in which a barrier is looked for. */
const DOUBLINGS = 60
const PARTS = 2000

/**
 * The lowest levels of a single well by Bohr and Sommerfeld's rule ∫√((E − ζ)/D) dx = π(n + ½) between the turning points:
 * exact for the oscillator and for Morse's well, and the better the larger n elsewhere.
 *
 * @throws PsilabError `parameter` where ζ has not exactly one minimum, `not-confining` where it does not rise above a level
 * @example
 * wkbLevels(qde({ objective: 'x^4', D: 0.5 }), 4)
 */
export function wkbLevels(problem: Problem, levels: number): Float64Array {
  requireLine(problem, 'the rule of Bohr and Sommerfeld')
  requireInteger('levels', levels, 1, LEVELS)
  const { objective, D, grid } = problem
  const { lower, upper } = grid.axes[0]
  const { minima } = shapeOf(objective, lower, upper)
  if (minima.length !== 1)
    throw new PsilabError({
      code: 'parameter',
      parameter: 'problem',
      problem: `ζ = ${objective.text} has ${minima.length} minima`,
      allowed: 'one well',
      got: minima.map(({ x }) => x),
    })
  const [{ x, zeta: floor }] = minima
  // Far out ζ may exceed every number.
  const zeta: Line = (at) => objective.evaluate([at])
  const count = (E: number): number => {
    const [a, b] = [lower - x, upper - x].map((reach) => turning(zeta, E, x, reach))
    return wellAction(zeta, D, E, a, b) / Math.PI - 0.5
  }
  const [left, right] = [lower - x, upper - x].map((reach) => highest(zeta, x, reach))
  const cap = floor + BELOW * (Math.min(left, right) - floor)
  let below = floor
  return Float64Array.from({ length: levels }, (_, n) => {
    let step = n === 0 ? FIRST * (Math.min(cap, zeta(Float64Array.of(upper))[0]) - floor) : below - floor
    while (below + step < cap && count(below + step) < n) step *= 2
    if (!(below + step < cap) && count(cap) < n)
      throw new PsilabError({
        code: 'not-confining',
        parameter: 'levels',
        problem: `the well holds ${n} levels by this rule`,
        allowed: `1 to ${n}`,
        got: levels,
      })
    let [low, high] = [below, Math.min(cap, below + step)]
    for (;;) {
      const middle = (low + high) / 2
      if (middle <= low || middle >= high) break
      if (count(middle) < n) low = middle
      else high = middle
    }
    below = high
    return high
  })
}

/** The largest ζ on one side of the well. */
function highest(zeta: Line, x: number, reach: number): number {
  const far = zeta(Float64Array.from({ length: DOUBLINGS }, (_, k) => x + reach * 2 ** k))
  return far.reduce((most, v) => (v > most ? v : most), Number.NEGATIVE_INFINITY)
}

/** Where ζ reaches E on one side of the well. */
function turning(zeta: Line, E: number, x: number, reach: number): number {
  let far = reach
  for (let k = 0; k < DOUBLINGS && !(zeta(Float64Array.of(x + far))[0] > E); k++) far *= 2
  return crossing(zeta, E, x, x + far)
}

/**
 * What passes a barrier of one top by WKB at each energy: 1/(1 + e^{2θ}) with θ = ∫√((ζ − E)/D) dx between the turning points
 * (Gamow's e^{−2θ} far below the top; Kemble, Phys. Rev. 48, 549 (1935)); NaN above the top.
 *
 * @throws PsilabError `parameter` for energies at which the barrier has no two sides
 * @example
 * wkbTransmission(qde({ objective: '1/cosh(x)^2', D: 0.05 }), [0.2, 0.5])
 */
export function wkbTransmission(problem: Problem, energies: ArrayLike<number>): Float64Array {
  requireLine(problem, 'transmission')
  if (typeof energies !== 'object' || energies === null)
    throw new PsilabError({
      code: 'parameter',
      parameter: 'energies',
      problem: 'not a list',
      allowed: 'a list of energies',
      got: energies,
      advice: 'For example [0.1, 0.2].',
    })
  const zeta = along(problem.objective)
  const { lower, upper } = problem.grid.axes[0]
  const x = Float64Array.from({ length: PARTS + 1 }, (_, i) => lower + ((upper - lower) * i) / PARTS)
  const v = zeta(x)
  const best = v.reduce((top, u, i) => (u > v[top] ? i : top), 0)
  return Float64Array.from(energies, (energy) => {
    const E = requireNumber(
      'energies',
      energy,
      `finite numbers above ζ on both sides`,
      (e) => v[0] < e && v[PARTS] < e,
    )
    if (E >= v[best]) return Number.NaN
    const [a, b] = [crossing(zeta, E, lower, x[best]), crossing(zeta, E, upper, x[best])]
    return 1 / (1 + Math.exp(2 * barrierAction(zeta, problem.D, E, a, b)))
  })
}
