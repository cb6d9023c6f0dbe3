/**
 * A Gaussian on a line, ψ(x) = exp{−½α(x − q)² + ik(x − q) + κ}, Re α > 0, and what a Gaussian kernel makes of it.
 * Its |ψ|² has mean q and variance 1/(2 Re α); its momentum has mean k and variance |α|²/(2 Re α).
 */
import { Complex } from 'complex.js'
import { PsilabError } from '../../error.js'
import { factorTurn, type LineKernel, moebius } from './lineKernel.js'
import type { PhasePoint } from './phasePoint.js'

export interface LineGaussian {
  readonly alpha: Complex
  readonly q: number
  readonly k: number
  /** ln ψ(q), its imaginary part continuous in time. */
  readonly kappa: Complex
}

/**
 * Uψ. With ψ = exp(−½αx² + ηx + κ₀) after T(r), j = d + bα and α′ = (c + aα)/j,
 *   μ(M)ψ = j^{−1/2} exp{−½α′x² + (η/j)x + κ₀ + ½bη²/j}.
 * @throws PsilabError `unbounded` where Uψ cannot be normalised
 */
export function applyLine(kernel: LineKernel, psi: LineGaussian): LineGaussian {
  const { b, d, left, right } = kernel
  const { alpha, k } = psi
  if (!b.isZero() && !(alpha.add(d.div(b)).re > 0)) cannotBeNormalised()
  const j = d.add(b.mul(alpha))
  const size = j.re ** 2 + j.im ** 2
  const decay = realPart(kernel, alpha)
  if (!(decay > 0)) cannotBeNormalised()
  const center = right.q.add(psi.q)
  const boost = right.p.add(new Complex(0, k))
  const eta = alpha.mul(center).add(boost)
  const image = new Complex(decay / size, moebius(kernel, alpha).im)
  const slope = eta.div(j)
  // Re(η/j)/Re α′, its terms apart: in real time those that Re α does not multiply are 0 and not just small.
  const { re, im } = alpha
  const direct = center.re * (re * d.re + im * d.im + (re * re + im * im) * b.re)
  const rest = boost.add(alpha.mul(new Complex(0, center.im))).mul(j.conjugate()).re
  const q = (direct + rest) / decay
  const moved: LineGaussian = {
    alpha: image,
    q,
    k: slope.im - image.im * q,
    kappa: kernel.w
      .add(psi.kappa)
      .sub(alpha.mul(center).mul(center).div(2))
      .sub(new Complex(0, k).mul(center))
      .sub(right.p.mul(right.q).div(2))
      .add(b.mul(eta).mul(slope).div(2))
      .sub(new Complex(Math.log(size) / 2, factorTurn(kernel, alpha)).div(2))
      .add(image.mul((-q * q) / 2))
      .add(slope.mul(q)),
  }
  return displace(moved, left)
}

/**
 * Re α′·|d + bα|² = Re c d̄ + Re α (1 + 2b Re c − 2ia Im d) + |α|² Re a b̄, from ad − bc = 1: no terms cancel in
 * real time, where it is Re α, and none in imaginary time.
 */
function realPart({ a, b, c, d }: LineKernel, alpha: Complex): number {
  const mixed = b.mul(2 * c.re).sub(a.mul(new Complex(0, 2 * d.im)))
  const { re, im } = alpha
  return c.mul(d.conjugate()).re + re + alpha.mul(mixed).re + (re * re + im * im) * a.mul(b.conjugate()).re
}

/** T(z)ψ = exp{−½α(x − Q)² + P(x − Q) + …} with Q and P complex, about its real centre. */
function displace({ alpha, q, k, kappa }: LineGaussian, z: PhasePoint): LineGaussian {
  const Q = z.q.add(q)
  const P = z.p.add(new Complex(0, k))
  const center = Q.re + (P.re - alpha.im * Q.im) / alpha.re
  const away = Q.neg().add(center)
  return {
    alpha,
    q: center,
    k: P.im - alpha.re * away.im - alpha.im * away.re,
    kappa: kappa
      .add(z.p.mul(z.q.div(2).add(q)))
      .add(P.mul(away))
      .sub(alpha.mul(away).mul(away).div(2)),
  }
}

/** ln ψ(x). */
export function logValue({ alpha, q, k, kappa }: LineGaussian, x: number): Complex {
  const u = x - q
  return alpha.mul((-u * u) / 2).add(new Complex(kappa.re, kappa.im + k * u))
}

/** ln ∫ψ dx. */
export function logIntegral({ alpha, k, kappa }: LineGaussian): Complex {
  return logRoot(alpha)
    .add(kappa)
    .sub(new Complex(k * k).div(alpha.mul(2)))
}

/** ln ‖ψ‖. */
export function logNorm({ alpha, kappa }: LineGaussian): number {
  return kappa.re + 0.25 * Math.log(Math.PI / alpha.re)
}

/** ln ⟨ψ|φ⟩, the integral of exp{−½(ᾱ + α′)x² + …} about the centre of φ. */
export function logOverlap(psi: LineGaussian, phi: LineGaussian): Complex {
  const alpha = psi.alpha.conjugate()
  const away = phi.q - psi.q
  const total = alpha.add(phi.alpha)
  const linear = alpha.mul(-away).add(new Complex(0, phi.k - psi.k))
  return logValue(psi, phi.q)
    .conjugate()
    .add(phi.kappa)
    .add(linear.mul(linear).div(total.mul(2)))
    .add(logRoot(total))
}

/** ln √(2π/α). */
function logRoot(alpha: Complex): Complex {
  return alpha
    .log()
    .neg()
    .add(Math.log(2 * Math.PI))
    .div(2)
}

function cannotBeNormalised(): never {
  throw new PsilabError({
    code: 'unbounded',
    parameter: 's',
    problem: 'the state can no longer be normalised: ζ without a lower bound has pulled it out to infinity',
    allowed: 'imaginary times at which Re α > 0 still holds',
    advice: 'Shorten s, start from a narrower packet, or turn the Wick angle towards real time.',
  })
}
