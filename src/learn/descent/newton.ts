/**
 * Newton's method in a trust region: the step is the least of the quadratic model over a ball of radius Δ,
 *
 *   p = argmin g·p + ½p·Hp,  ‖p‖ ≤ Δ     ⇔     (H + λI)p = −g,  λ ≥ max(0, −h₁),  λ(Δ − ‖p‖) = 0,
 *
 * which is Newton's own step, λ = 0, where H is positive definite and that is short enough, and leaves saddles along the
 * direction of least curvature h₁. Δ grows where the model foretells ζ well and shrinks where it does not.
 *
 * Reference: Moré and Sorensen, SIAM J. Sci. Stat. Comput. 4, 553 (1983); Conn, Gould and Toint, Trust-Region Methods
 * (2000), algorithm 6.1.1 and section 17.4.2 on rounding.
 */
import { requireKeys, requireNumber } from '../../error.js'
import type { Course, Situation } from './course.js'
import { Dynamics } from './dynamics.js'
import { norm, requireTolerance } from './firstOrder.js'
import { type Eigenbasis, eigenbasis, requireMatrixSize } from './symmetric.js'

export interface NewtonOptions {
  /** Radius Δ of the trust region at first; default 1. */
  readonly radius?: number
  /** Converged where |∇ζ| falls to this and no curvature is negative; default 1e-10. */
  readonly gradientTolerance?: number
}

/** Ratios of the fall of ζ to the one foretold, for a step to be taken, Δ to shrink, and Δ to grow. */
const TAKEN = 1e-4
const POOR = 0.25
const GOOD = 0.75
/** Rounding of ζ in these ratios, and of curvatures, as a share of the largest. */
const ROUNDING = 10 * Number.EPSILON
const FLAT = 1e-10

/**
 * Newton's method in a trust region.
 * @throws PsilabError `parameter` for options out of range
 * @example
 * newton().run('x^4/4 - x', { start: [2] }).point // [1]
 */
export function newton(options: NewtonOptions = {}): Dynamics {
  requireKeys('newton', options, ['radius', 'gradientTolerance'])
  const radius = requireNumber('radius', options.radius ?? 1, 'a finite number > 0', (r) => r > 0)
  const tolerance = requireTolerance(options.gradientTolerance)
  return new Dynamics({
    name: 'Newton',
    settings: { radius },
    course: (situation) => trustRegion(situation, radius, tolerance),
  })
}

function* trustRegion({ ledger, start }: Situation, first: number, tolerance: number): Course {
  requireMatrixSize(start.length, "Newton's method")
  let x = start
  let radius = first
  yield { point: x, observables: { radius } }
  if (!ledger.affords(1)) return { ended: 'budget' }
  let value = ledger.value(x)
  while (ledger.affords(1, 1, 1)) {
    const slope = ledger.gradient(x)
    const hessian = ledger.hessian(x)
    if (!slope.every(Number.isFinite) || !hessian.every(Number.isFinite)) return { ended: 'diverged' }
    const basis = eigenbasis(hessian, x.length)
    const g = basis.into(slope)
    const [least, largest] = [basis.values[0], Math.max(...basis.values.map(Math.abs))]
    if (norm(g) <= tolerance && least >= -FLAT * largest) return { ended: 'converged' }
    for (let taken = false; !taken && ledger.affords(1); ) {
      const { step, foretold } = modelStep(basis, g, radius)
      const p = basis.outOf(step)
      const next = x.map((at, d) => at + p[d])
      if (next.every((at, d) => at === x[d])) return { ended: 'converged' }
      const found = ledger.value(next)
      const rounding = ROUNDING * Math.max(1, Math.abs(value))
      const ratio = (value - found + rounding) / (foretold + rounding)
      const length = norm(p)
      taken = ratio >= TAKEN
      // A value that is no number counts as a poor step.
      if (!(ratio >= POOR)) radius = length / 4
      else if (ratio > GOOD && length >= 0.99 * radius) radius *= 2
      if (taken) [x, value] = [next, found]
      yield { point: x, observables: { radius } }
    }
  }
  return { ended: 'budget' }
}

/** The step in the eigenbasis, and how far ζ falls along it by the model. */
export function modelStep(
  { values: h }: Eigenbasis,
  g: Float64Array,
  radius: number,
): { readonly step: Float64Array; readonly foretold: number } {
  const foretell = (step: Float64Array) => ({
    step,
    foretold: -step.reduce((sum, p, i) => sum + p * (g[i] + (h[i] * p) / 2), 0),
  })
  if (h[0] > 0) {
    const own = g.map((slope, i) => -slope / h[i])
    if (norm(own) <= radius) return foretell(own)
  }
  // λ = pole + s, with the curvatures counted from the pole, so that none is a difference of large numbers.
  const pole = Math.max(0, -h[0])
  const above = h.map((value) => (h[0] < 0 ? value - h[0] : value))
  const scale = Math.max(...h.map(Math.abs))
  const flat = Array.from(above, (value) => h[0] <= 0 && value <= FLAT * scale)
  const along = norm(g.map((slope, i) => (flat[i] ? slope : 0)))
  const beyond = g.map((slope, i) => (flat[i] ? 0 : -slope / above[i]))
  const missing = radius * radius - norm(beyond) ** 2
  // The hard case: hardly any slope along the least curvature, and the step is made up along that.
  if (flat[0] && along <= FLAT * scale * radius && missing >= 0) {
    if (pole > 0 || g[0] !== 0) beyond[0] = (g[0] > 0 ? -1 : 1) * Math.sqrt(missing)
    return foretell(beyond)
  }
  // ‖p‖ falls from above Δ at the pole to below it at s = ‖g‖/Δ.
  const at = (s: number): Float64Array => g.map((slope, i) => -slope / (above[i] + s))
  let [low, high] = [0, norm(g) / radius]
  for (;;) {
    const middle = (low + high) / 2
    if (middle <= low || middle >= high) return foretell(at(high))
    if (norm(at(middle)) > radius) low = middle
    else high = middle
  }
}
