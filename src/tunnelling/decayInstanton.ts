/**
 * Γ of the lowest level of a well as D → 0, through a barrier beyond which ζ falls below the bottom ζ_m of the well, at b.
 * With ε = √D, ζ − ζ_m = (x − a)² r², e₁ = r(a) and w = |b − a|, the state e^{−σ₀/ε − σ₁} of the well alone goes on as an outgoing wave,
 *
 *   Γ = 2ε w e₁ √(e₁/πε) e^{A − B},   B = 2∫√((ζ − ζ_m)/D) dx,   A = ∫ (e₁/r − 1) dy/y,  y = |x − a|  from 0 to w,
 *
 * which is the bounce's ω√(…)e^{−B}: for ½x² − gx³ and D = ½ it is 2/(g√π) e^{−2/(15g²)}. What leaves on both sides adds up.
 *
 * References: Callan and Coleman, Phys. Rev. D 16, 1762 (1977); Garg, Am. J. Phys. 68, 430 (2000).
 */
import { chebyshevFit, gaussRule } from '../numeric/index.js'
import type { Side } from './outgoing/contour.js'
import { barrierAction, crossing, type Line } from './wkb.js'

const POINTS = 64
const rule = gaussRule(POINTS)
/** How far beyond the top a place below the bottom of the well is looked for, in distances of the top, and in how many steps. */
const FAR = 20
const STEPS = 2000
/** How far below, in heights of the barrier. */
const BELOW = 1e-3

/** NaN where ζ is not smooth, or does not fall below the bottom of the well. */
export function decayInstanton(
  zeta: Line,
  D: number,
  well: { readonly x: number; readonly zeta: number; readonly sides: readonly [Side, Side] },
): number {
  return well.sides.reduce(
    (sum, side) => (side.open ? sum + through(zeta, D, well.x, well.zeta, side.top) : sum),
    0,
  )
}

function through(zeta: Line, D: number, a: number, floor: number, top: number): number {
  const x = Float64Array.from({ length: STEPS }, (_, i) => top + ((top - a) * FAR * (i + 1)) / STEPS)
  const height = zeta(Float64Array.of(top))[0] - floor
  const out = zeta(x).findIndex((v) => v < floor - BELOW * height)
  if (out < 0) return Number.NaN
  const b = crossing(zeta, floor, x[out], top)
  const direction = Math.sign(b - a)
  const w = Math.abs(b - a)
  // In y the well is at 0 and the barrier ends at w.
  const series = chebyshevFit((y) => zeta(y.map((v) => a + direction * v)), -0.1 * w, 1.1 * w)
  const q = series?.quotient(0).quotient(0)
  if (q === undefined || !(q.at(0) > 1e-9 * Math.abs(q.at(w / 2)))) return Number.NaN
  const e1 = Math.sqrt(q.at(0))
  // q = (w − y) p and e₁² − q = −y·fall; with y = w − u² the integrand is smooth.
  const [p, fall] = [q.quotient(w), q.quotient(0)]
  const half = Math.sqrt(w) / 2
  let A = 0
  rule.nodes.forEach((node, i) => {
    const u = half * (1 + node)
    const y = w - u * u
    const root = Math.sqrt(-p.at(y))
    A += (rule.weights[i] * half * -2 * fall.at(y)) / (root * (e1 + u * root))
  })
  const B = 2 * barrierAction(zeta, D, floor, Math.min(a, b), Math.max(a, b))
  const epsilon = Math.sqrt(D)
  return 2 * epsilon * w * e1 * Math.sqrt(e1 / (Math.PI * epsilon)) * Math.exp(A - B)
}
