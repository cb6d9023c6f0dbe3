/**
 * A complex Gaussian kernel on a line, K(x, x′) = exp(quadratic in x and x′), as the operator it is:
 *
 *   U = e^w T(l) μ(M) T(r),    T(q, p) = exp(px − q∂),    M = (a b; c d),  ad − bc = 1,
 *
 * where μ(M) moves position and derivative linearly, μ x μ⁻¹ = ax + b∂ and μ ∂ μ⁻¹ = cx + d∂, with the kernel
 *
 *   μ(x, x′) = (2πb)^{−1/2} exp{−[ax² − 2xx′ + dx′²]/2b}.
 *
 * M is classical motion in complex time; T displaces. The sign of the root is kept by the continuous argument of
 * b. A displacement could always be carried to the left, μ(M)T(z) = T(Nz)μ(M) with N = (d −b; −c a), but N grows
 * as e^{ωτ} in imaginary time while K does not: two of them keep every number as moderate as K is.
 *
 * Sources: R. Howe, "The oscillator semigroup", Proc. Symp. Pure Math. 48, 61 (1988); G. B. Folland, Harmonic
 * Analysis in Phase Space (1989), chapters 4 and 5.
 */
import { Complex } from 'complex.js'
import { fall, motion, phase } from './entire.js'
import { addPoints, cocycle, ORIGIN, type PhasePoint } from './phasePoint.js'

/** M, and the branch of its root. */
export interface Metaplectic {
  readonly a: Complex
  /** 0 where the operator maps points to points: at time 0, and at a focus. */
  readonly b: Complex
  readonly c: Complex
  readonly d: Complex
  /** Continuous argument of b; of d where b = 0. */
  readonly turn: number
}

export interface LineKernel extends Metaplectic {
  readonly left: PhasePoint
  readonly right: PhasePoint
  readonly w: Complex
}

/** ζ = g(x − x₀) + ½h(x − x₀)² on a line. */
export interface LineObjective {
  readonly slope: number
  readonly curvature: number
  readonly center: number
}

/**
 * e^{−σH} of H = −D∂² + g(x − x₀) + ½h(x − x₀)² in complex time σ, Re σ ≥ 0:
 *   U = e^{−Dg²F} T(x₀, 0) T(2DgE, −gS) μ(M) T(−x₀, 0),   M = (C 2DS; hS C).
 *
 * h > 0 is Mehler's kernel (J. reine angew. Math. 66, 161 (1866)), h = 0 that of Avron and Herbst (Commun. Math.
 * Phys. 52, 239 (1977)), 2DgE = −Dgt² and −gS = −igt being the fall.
 */
export function lineKernel(D: number, objective: LineObjective, sigma: Complex): LineKernel {
  const { slope: g, curvature: h, center } = objective
  const omegaSquared = 2 * D * h
  // E, S and F grow with ωσ, which the completed square does not; near ω = 0 there is no square to complete.
  if (g !== 0 && phase(omegaSquared, sigma).abs() >= 1) {
    const well = lineKernel(D, { slope: 0, curvature: h, center: center - g / h }, sigma)
    return { ...well, w: well.w.add(sigma.mul((g * g) / (2 * h))) }
  }
  const { C, S, turn } = motion(omegaSquared, sigma)
  const about = { ...ORIGIN, q: new Complex(center) }
  const still: LineKernel = {
    a: C,
    b: S.mul(2 * D),
    c: S.mul(h),
    d: C,
    turn,
    left: about,
    right: { ...ORIGIN, q: new Complex(-center) },
    w: new Complex(0),
  }
  if (g === 0) return still
  const { E, F } = fall(omegaSquared, sigma)
  const fallen = { q: E.mul(2 * D * g), p: S.mul(-g) }
  return {
    ...still,
    left: addPoints(about, fallen),
    w: F.mul(-D * g * g).add(cocycle(about, fallen)),
  }
}

/** N z = (dq − bp, ap − cq): T(Nz)μ(M) = μ(M)T(z). */
export function carryLeft({ a, b, c, d }: Metaplectic, { q, p }: PhasePoint): PhasePoint {
  return { q: d.mul(q).sub(b.mul(p)), p: a.mul(p).sub(c.mul(q)) }
}

/** N⁻¹z = (aq + bp, cq + dp). */
export function carryRight({ a, b, c, d }: Metaplectic, { q, p }: PhasePoint): PhasePoint {
  return { q: a.mul(q).add(b.mul(p)), p: c.mul(q).add(d.mul(p)) }
}

/** Whether M is a motion of real time: a and d real, b and c imaginary. */
export function isRealTime({ a, b, c, d }: Metaplectic): boolean {
  return a.im === 0 && b.re === 0 && c.re === 0 && d.im === 0
}

/** The continuous argument of j(α) = d + bα, whose root divides the image of exp(−½αx²); Re(α + d/b) > 0. */
export function factorTurn({ b, d, turn }: Metaplectic, alpha: Complex): number {
  return b.isZero() ? turn : turn + alpha.add(d.div(b)).arg()
}

/** M·α = (c + aα)/(d + bα): exp(−½αx²) becomes exp(−½(M·α)x²). */
export function moebius({ a, b, c, d }: Metaplectic, alpha: Complex): Complex {
  return c.add(a.mul(alpha)).div(d.add(b.mul(alpha)))
}
