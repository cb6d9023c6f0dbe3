/**
 * Crank–Nicolson, the Cayley form of the propagator:
 *
 *   (1 + ½a(H − E_ref)) ψ(s + h) = (1 − ½a(H − E_ref)) ψ(s),     local error a³H³/12.
 *
 * In real time it is unitary for every step. Far out in imaginary time it flips the sign of high levels instead of
 * removing them, which the tolerance keeps in check. The linear system is solved by BiCGSTAB (van der Vorst, SIAM J.
 * Sci. Stat. Comput. 13, 631 (1992)) with the kinetic part, diagonal in the spectral representation, as
 * preconditioner.
 *
 * Reference: Crank and Nicolson, Proc. Camb. Phil. Soc. 43, 50 (1947).
 */
import { PsilabError } from '../../error.js'
import { complexStep } from './complexStep.js'
import type { IntegratorSettings } from './integrator.js'
import type { Stepper } from './stepControl.js'
import { add, inner, norm } from './vector.js'

/** Relative residual at which the linear system counts as solved. */
const SOLVED = 1e-14
/** Iterations before the step is given up as too long. */
const MAX_ITERATIONS = 400

export function crankNicolsonStepper({ hamiltonian, angle, reference }: IntegratorSettings): Stepper {
  const fixed = hamiltonian.at(0)
  const { spectral, D, zeta } = fixed
  return {
    name: 'crankNicolson',
    order: 2,
    *step(psi, s, h, count) {
      const a = complexStep(angle, h / 2)
      const mean = expectation(zeta, psi) - reference
      /** v + sign·½a(H − E_ref)v. */
      const shifted = (v: Float64Array, sign: 1 | -1): Float64Array => {
        const result = Float64Array.from(v)
        const image = fixed.apply(v)
        add(image, v, -reference, 0)
        add(result, image, sign * a.re, sign * a.im)
        return result
      }
      /** v ↦ (1 + ½a(T + ⟨ζ⟩ − E_ref))⁻¹ v. */
      const preconditioned = (v: Float64Array): Float64Array => {
        const result = Float64Array.from(v)
        spectral.forward(result)
        for (let k = 0; k < result.length; k += 2) {
          const energy = D * spectral.wavenumberSquared[k / 2] + mean
          const [re, im] = [1 + a.re * energy, a.im * energy]
          const square = re * re + im * im
          const real = (result[k] * re + result[k + 1] * im) / square
          result[k + 1] = (result[k + 1] * re - result[k] * im) / square
          result[k] = real
        }
        spectral.inverse(result)
        return result
      }
      for (let done = 1; ; done++) {
        psi.set(solve((v) => shifted(v, 1), preconditioned, shifted(psi, -1), psi))
        if (done === count || (yield s + done * h) === true) return done
      }
    },
  }
}

/** ⟨ζ⟩ in the state. */
function expectation(zeta: Float64Array, psi: Float64Array): number {
  let sum = 0
  for (let i = 0; i < zeta.length; i++) sum += zeta[i] * (psi[2 * i] ** 2 + psi[2 * i + 1] ** 2)
  return sum / norm(psi) ** 2
}

type LinearMap = (v: Float64Array) => Float64Array

/** Solves A x = b by preconditioned BiCGSTAB from a start. */
function solve(A: LinearMap, precondition: LinearMap, b: Float64Array, start: Float64Array): Float64Array {
  const x = Float64Array.from(start)
  const r = Float64Array.from(b)
  add(r, A(x), -1, 0)
  const shadow = Float64Array.from(r)
  const p = Float64Array.from(r)
  const target = SOLVED * norm(b)
  let rho = inner(shadow, r)
  for (let iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
    if (norm(r) <= target) return x
    const pHat = precondition(p)
    const v = A(pHat)
    const alpha = divide(rho, inner(shadow, v))
    add(x, pHat, alpha[0], alpha[1])
    add(r, v, -alpha[0], -alpha[1])
    if (norm(r) <= target) return x
    const rHat = precondition(r)
    const t = A(rHat)
    const omega = divide(inner(t, r), inner(t, t))
    add(x, rHat, omega[0], omega[1])
    add(r, t, -omega[0], -omega[1])
    const next = inner(shadow, r)
    const beta = multiply(divide(next, rho), divide(alpha, omega))
    // p ← r + β(p − ω v).
    add(p, v, -omega[0], -omega[1])
    for (let i = 0; i < p.length; i += 2) {
      const re = beta[0] * p[i] - beta[1] * p[i + 1] + r[i]
      p[i + 1] = beta[0] * p[i + 1] + beta[1] * p[i] + r[i + 1]
      p[i] = re
    }
    rho = next
  }
  // Rounding keeps a residual of a few ulps: a solution that is as good as the arithmetic is accepted.
  if (norm(r) <= 1e3 * target) return x
  throw new PsilabError({
    code: 'not-converged',
    parameter: 'steps',
    problem: 'the linear system of a Crank–Nicolson step was not solved: the step is too long for this ζ',
    got: norm(r) / norm(b),
    advice: 'Take more steps, or another method.',
  })
}

type Pair = readonly [number, number]

function multiply(a: Pair, b: Pair): Pair {
  return [a[0] * b[0] - a[1] * b[1], a[0] * b[1] + a[1] * b[0]]
}

function divide(a: Pair, b: Pair): Pair {
  const square = b[0] * b[0] + b[1] * b[1]
  return [(a[0] * b[0] + a[1] * b[1]) / square, (a[1] * b[0] - a[0] * b[1]) / square]
}
