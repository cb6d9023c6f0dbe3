/**
 * Outgoing-wave (Siegert) states −Dψ″ + ζψ = Eψ by exterior complex scaling: beyond a point R on either side, where ζ is
 * analytic, x goes on along
 *
 *   z(s) = R + (s − R)e^{iθ},
 *
 * on which an outgoing wave decays, so that the state is square-integrable and E = E_r − iΓ/2 an eigenvalue that does not
 * depend on θ. On elements with z′ = 1 or e^{iθ} the weak form ∫ [(D/z′) u′v′ + z′(ζ − E)uv] ds is complex symmetric.
 *
 * Γ follows twice: as −2 Im E, and as what flows out of the real part of the line,
 *
 *   Γ ∫|ψ|² dx = 2D Im ψ*ψ′ at its ends,
 *
 * exact too, and without the cancellation that loses a Γ far below E.
 *
 * References: Simon, Phys. Lett. A 71, 211 (1979); McCurdy, Baertschy and Rescigno, J. Phys. B 37, R137 (2004).
 */
import type { OutgoingOperator } from './operator.js'

export interface Siegert {
  /** E, re and im. */
  readonly energy: readonly [number, number]
  /** Γ by the flux. */
  readonly width: number
  /** ψ on the real part of the line, ∫|ψ|² = 1 there: points, and interleaved values. */
  readonly x: Float64Array
  readonly psi: Float64Array
  /** Last change of E in the iteration. */
  readonly change: number
}

/** Steps of the iteration, those at a fixed shift first, and relative change at which it ends, or ends if it no longer falls. */
const STEPS = 40
const FIXED = 2
const SETTLED = 1e-15
const STALLED = 1e-11

/**
 * The state next to a guess, by inverse iteration with the quotient xᵀHx/xᵀMx as shift.
 * @param start ψ at points s of the contour, to begin with
 */
export function siegert(
  operator: OutgoingOperator,
  guess: readonly [number, number],
  start: (s: Float64Array) => Float64Array,
): Siegert | undefined {
  let [Er, Ei] = guess
  let factors = operator.shifted(Er, Ei)
  let x = operator.sampled(start)
  let change = Number.POSITIVE_INFINITY
  for (let step = 0; step < STEPS; step++) {
    const b = operator.weighted(x)
    const y = b.slice()
    factors.solve(y)
    // With (H − E M)y = M x the quotient yᵀHy/yᵀMy is E + yᵀMx/yᵀMy.
    const [pr, pi] = product(y, b)
    const [qr, qi] = product(y, operator.weighted(y))
    const square = qr * qr + qi * qi
    const [dr, di] = [(pr * qr + pi * qi) / square, (pi * qr - pr * qi) / square]
    if (!Number.isFinite(dr + di)) return undefined
    const size = Math.sqrt(Math.sqrt(square))
    x = y.map((v) => v / size)
    if (step < FIXED) continue
    const before = change
    change = Math.hypot(dr, di)
    Er += dr
    Ei += di
    const scale = Math.hypot(Er, Ei)
    if (change <= SETTLED * scale || (change >= before && change < STALLED * scale))
      return observed(operator, x, [Er, Ei], change)
    factors = operator.shifted(Er, Ei)
  }
  return undefined
}

/** Σ a_i b_i without conjugation. */
function product(a: Float64Array, b: Float64Array): [number, number] {
  let [re, im] = [0, 0]
  for (let i = 0; i < a.length; i += 2) {
    re += a[i] * b[i] - a[i + 1] * b[i + 1]
    im += a[i] * b[i + 1] + a[i + 1] * b[i]
  }
  return [re, im]
}

/** ψ on the real part of the line, and what flows out of it. */
function observed(
  operator: OutgoingOperator,
  x: Float64Array,
  energy: readonly [number, number],
  change: number,
): Siegert {
  const { contour, points, D, at } = operator
  const still = contour.map(({ turn }, e) => (turn[1] === 0 ? e : -1)).filter((e) => e >= 0)
  const [first, last] = [still[0], still[still.length - 1]]
  const norm = operator.norm(x, contour[first].from, contour[last].to)
  const out =
    (last < contour.length - 1 ? flux(operator, x, last, points - 1) : 0) -
    (first > 0 ? flux(operator, x, first, 0) : 0)
  const size = Math.sqrt(norm)
  const places: number[] = []
  const psi: number[] = []
  for (const e of still)
    for (let i = e === first ? 0 : 1; i < points; i++) {
      places.push(at[e][i])
      psi.push(...operator.value(x, e, i).map((v) => v / size))
    }
  return {
    energy,
    width: (D * out) / norm,
    x: Float64Array.from(places),
    psi: Float64Array.from(psi),
    change,
  }
}

/** 2 Im ψ*ψ′ at a point of an element. */
function flux(operator: OutgoingOperator, x: Float64Array, e: number, i: number): number {
  const { contour, points, rule } = operator
  const scale = 2 / (contour[e].to - contour[e].from)
  let [re, im] = [0, 0]
  for (let j = 0; j < points; j++) {
    const [a, b] = operator.value(x, e, j)
    re += scale * rule.slopes[i * points + j] * a
    im += scale * rule.slopes[i * points + j] * b
  }
  const [a, b] = operator.value(x, e, i)
  return 2 * (a * im - b * re)
}
