/**
 * A complex Gaussian kernel on a line, K(x, x′) = exp(quadratic in x and x′), as the operator it is:
 *
 *   U = e^w T(q, p) μ(M),    T(q, p) = exp(px − q∂),    M = (a b; c d),  ad − bc = 1,
 *
 * where μ(M) moves position and derivative linearly, μ x μ⁻¹ = ax + b∂ and μ ∂ μ⁻¹ = cx + d∂, with the kernel
 *
 *   μ(x, x′) = (2πb)^{−1/2} exp{−[ax² − 2xx′ + dx′²]/2b}.
 *
 * M is what classical motion does to a phase point in complex time, T(q, p) moves by q and boosts by p = ik.
 * Kernels of this kind are closed under composition: M multiplies, T(z)T(z′) = e^{(pq′ − qp′)/2} T(z + z′), and
 * μ(M) T(z) = T(Nz) μ(M) with N = (d −b; −c a). The sign of the root is kept by the continuous argument of b.
 *
 * Sources: R. Howe, "The oscillator semigroup", Proc. Symp. Pure Math. 48, 61 (1988); G. B. Folland, Harmonic
 * Analysis in Phase Space (1989), chapters 4 and 5.
 */
import { Complex } from 'complex.js'
import { PsilabError } from '../../error.js'
import { type Motion, motion } from './entire.js'

export interface LineKernel {
  readonly a: Complex
  /** 0 where the operator maps points to points: at time 0, and at a focus. */
  readonly b: Complex
  readonly c: Complex
  readonly d: Complex
  /** Continuous argument of b; of d where b = 0. */
  readonly turn: number
  readonly q: Complex
  readonly p: Complex
  readonly w: Complex
}

/** ζ = g(x − x₀) + ½h(x − x₀)² on a line. */
export interface LineObjective {
  readonly slope: number
  readonly curvature: number
  readonly center: number
}

/** Rounding of a sum of two products, relative to its terms. */
const ROUNDING = 16 * Number.EPSILON

/**
 * e^{−σH} of H = −D∂² + g(x − x₀) + ½h(x − x₀)² in complex time σ, Re σ ≥ 0:
 *   M = (C 2DS; hS C),   q = 2DgE,   p = −gS,   w = −Dg²F    about x₀.
 *
 * h > 0 is Mehler's kernel (J. reine angew. Math. 66, 161 (1866)), h = 0 that of Avron and Herbst (Commun. Math.
 * Phys. 52, 239 (1977)), q = −Dgt² and p = −igt being the fall.
 */
export function lineKernel(
  D: number,
  { slope: g, curvature: h, center }: LineObjective,
  sigma: Complex,
): LineKernel {
  const { C, S, E, F, turn }: Motion = motion(2 * D * h, sigma)
  const about: LineKernel = {
    a: C,
    b: S.mul(2 * D),
    c: S.mul(h),
    d: C,
    turn,
    q: E.mul(2 * D * g),
    p: S.mul(-g),
    w: F.mul(-D * g * g),
  }
  return center === 0 ? about : composeLine(composeLine(translation(center), about), translation(-center))
}

/** ψ(x) ↦ ψ(x − q). */
function translation(q: number): LineKernel {
  const [zero, one] = [new Complex(0), new Complex(1)]
  return { a: one, b: zero, c: zero, d: one, turn: 0, q: new Complex(q), p: zero, w: zero }
}

/**
 * first ∘ second: `second` acts first. The integral over the point between is ∫exp(−½Γy² + …)dy with
 * Γ = a₂/b₂ + d₁/b₁; where it converges Re Γ ≥ 0, so its root is the principal one and the arguments add up.
 * @throws PsilabError `unbounded` where it diverges
 */
export function composeLine(first: LineKernel, second: LineKernel): LineKernel {
  const { a: a1, b: b1, c: c1, d: d1 } = first
  const { a: a2, b: b2, c: c2, d: d2 } = second
  const matrix = {
    a: a2.mul(a1).add(b2.mul(c1)),
    b: a2.mul(b1).add(b2.mul(d1)),
    c: c2.mul(a1).add(d2.mul(c1)),
    d: c2.mul(b1).add(d2.mul(d1)),
  }
  const moved = movePoint(first, second.q, second.p)
  const shift = {
    q: first.q.add(moved.q),
    p: first.p.add(moved.p),
    w: first.w.add(second.w).add(first.p.mul(moved.q).sub(first.q.mul(moved.p)).div(2)),
  }
  const turn = first.turn + second.turn
  if (b1.isZero() || b2.isZero()) return { ...matrix, ...shift, turn }
  const [left, right] = [a2.div(b2), d1.div(b1)]
  const gamma = left.add(right)
  const scale = left.abs() + right.abs()
  if (gamma.re < -ROUNDING * scale) divergesBetween()
  if (gamma.abs() > ROUNDING * scale) return { ...matrix, ...shift, turn: turn + gamma.arg() }
  return { ...matrix, b: new Complex(0), ...shift, turn: focusTurn(first, second) }
}

/** N(q, p): where T(q, p) stands after the motion M. */
export function movePoint(
  { a, b, c, d }: LineKernel,
  q: Complex,
  p: Complex,
): { readonly q: Complex; readonly p: Complex } {
  return { q: d.mul(q).sub(b.mul(p)), p: a.mul(p).sub(c.mul(q)) }
}

/** The continuous argument of j(α) = d + bα, by which exp(−½αx²) is divided under the root; Re(α + d/b) > 0. */
export function factorTurn({ b, d, turn }: LineKernel, alpha: Complex): number {
  return b.isZero() ? turn : turn + alpha.add(d.div(b)).arg()
}

/** M·α = (c + aα)/(d + bα): what becomes of exp(−½αx²). */
export function moebius({ a, b, c, d }: LineKernel, alpha: Complex): Complex {
  return c.add(a.mul(alpha)).div(d.add(b.mul(alpha)))
}

/** The argument of d at a focus of first ∘ second, followed through exp(−½x²): j₁₂(1) = j₁(M₂·1) j₂(1). */
function focusTurn(first: LineKernel, second: LineKernel): number {
  const one = new Complex(1)
  return factorTurn(first, moebius(second, one)) + factorTurn(second, one)
}

function divergesBetween(): never {
  throw new PsilabError({
    code: 'unbounded',
    parameter: 'compose',
    problem: 'the integral over the point between the two kernels diverges: both grow as Gaussians there',
    allowed: 'kernels of an H that is bounded below, or short imaginary times of an inverted oscillator',
    advice: 'Shorten s, or turn the Wick angle towards real time.',
  })
}
