/**
 * The classical motion of H = −D∂² + ½hx² in complex time σ, through four functions of σ and ω² = 2Dh:
 *
 *   C = cosh ωσ,   S = sinh ωσ / ω,   E = (C − 1)/ω²,   F = (S − σ)/ω².
 *
 * All are even in ω and entire in ω², so one set of formulas serves the oscillator (ω² > 0), the inverted
 * oscillator (ω² < 0) and, with C = 1, S = σ, E = σ²/2, F = σ³/6, free and linear motion (ω = 0).
 */
import { Complex } from 'complex.js'

export interface Motion {
  readonly C: Complex
  /** 0 exactly at a focus, ωt = nπ in real time. */
  readonly S: Complex
  /** The argument of S, continuous along the ray from σ = 0; at a focus the argument of C, nπ. */
  readonly turn: number
}

/** How a slope displaces; where |ωσ| ≥ 1 its square is completed instead. */
export interface Fall {
  readonly E: Complex
  readonly F: Complex
}

/** Rounding of sin ωt at ωt = nπ, relative to ωt. */
const FOCUS = 4 * Number.EPSILON

/**
 * C and S at time σ, Re σ ≥ 0.
 * @param omegaSquared ω² = 2Dh, any sign
 */
export function motion(omegaSquared: number, sigma: Complex): Motion {
  const z = phase(omegaSquared, sigma)
  if (isFocus(sigma, z)) {
    const n = Math.round(z.im / Math.PI)
    return { C: new Complex(n % 2 === 0 ? 1 : -1), S: new Complex(0), turn: n * Math.PI }
  }
  return { C: z.cosh(), S: sigma.mul(shc(z)), turn: sigma.arg() + shcArgument(z) }
}

/** E and F at time σ, |ωσ| < 1. */
export function fall(omegaSquared: number, sigma: Complex): Fall {
  const z = phase(omegaSquared, sigma)
  const half = shc(z.div(2))
  const square = sigma.mul(sigma)
  return { E: square.mul(half).mul(half).div(2), F: square.mul(sigma).mul(shcRemainder(z)) }
}

/** z = ωσ, with the sign of ω for which Re z ≥ 0. */
export function phase(omegaSquared: number, sigma: Complex): Complex {
  const omega = Math.sqrt(Math.abs(omegaSquared))
  return omegaSquared < 0
    ? new Complex(omega * sigma.im, -omega * sigma.re)
    : new Complex(omega * sigma.re, omega * sigma.im)
}

/** Whether S = 0 up to rounding: time 0, or a focus of real time. */
function isFocus(sigma: Complex, { re, im }: Complex): boolean {
  return sigma.isZero() || (re === 0 && im !== 0 && Math.abs(Math.sin(im)) <= FOCUS * Math.abs(im))
}

/** sinh z / z. */
function shc(z: Complex): Complex {
  return z.isZero() ? new Complex(1) : z.sinh().div(z)
}

/**
 * The argument of sinh z / z, continuous in Re z ≥ 0 from 0 at z = 0, its zeros z = iπn passed on their right:
 *   sinh z = ½ e^z (1 − e^{−2z}),   Re(1 − e^{−2z}) ≥ 0.
 * In real time, z = iωt, it stays as it is but for a step of π at each zero, half of which is Maslov's phase.
 */
function shcArgument(z: Complex): number {
  if (z.abs() < 1) return shc(z).arg()
  return z.im - z.arg() + z.mul(-2).expm1().neg().arg()
}

/** (sinh z / z − 1)/z² = Σ z^{2k}/(2k + 3)! for |z| < 1, where the difference would cancel. */
function shcRemainder(z: Complex): Complex {
  const square = z.mul(z)
  let sum = new Complex(1)
  for (let k = 8; k >= 1; k--)
    sum = sum
      .mul(square)
      .div((2 * k + 2) * (2 * k + 3))
      .add(1)
  return sum.div(6)
}
