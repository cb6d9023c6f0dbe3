/**
 * Integrals of semiclassics at an energy E between turning points, where ζ = E:
 *
 *   θ = ∫ √((ζ − E)/D) dx  under a barrier,    n(E) = (1/π) ∫ √((E − ζ)/D) dx − ½  and  T_cl = ∫ dx/√(D(E − ζ))  in a well.
 *
 * Bohr and Sommerfeld's rule is n(E) = 0, 1, 2, …; a barrier lets pass e^{−2θ} far below its top, 1/(1 + e^{2θ}) near it
 * (Kemble). With x = m + h sin u the integrands are smooth up to the turning points.
 *
 * References: Landau and Lifshitz, Quantum Mechanics §§ 48 and 50; Child, Semiclassical Mechanics (1991), chapter 3.
 */
import { gaussRule } from '../numeric/index.js'

export type Line = (x: Float64Array) => Float64Array

/** Points of the quadrature. */
const POINTS = 96
const rule = gaussRule(POINTS)

/** Where ζ crosses E between a point on one side of it and one on the other, to the last bit. */
export function crossing(zeta: Line, E: number, below: number, above: number): number {
  const value = (x: number): number => zeta(Float64Array.of(x))[0]
  let [low, high] = [below, above]
  for (;;) {
    const middle = (low + high) / 2
    if (middle === low || middle === high) return middle
    if (value(middle) < E) low = middle
    else high = middle
  }
}

/** ∫ f((ζ − E)·sign) dx from a to b, with f(0) at both ends. */
function between(
  zeta: Line,
  E: number,
  a: number,
  b: number,
  f: (height: number) => number,
  sign: 1 | -1,
): number {
  const [middle, half] = [(a + b) / 2, (b - a) / 2]
  const u = rule.nodes.map((node) => (Math.PI / 2) * node)
  const values = zeta(u.map((angle) => middle + half * Math.sin(angle)))
  let sum = 0
  for (let q = 0; q < POINTS; q++)
    sum += rule.weights[q] * Math.cos(u[q]) * f(Math.max(0, sign * (values[q] - E)))
  return (Math.PI / 2) * half * sum
}

/** θ from a to b. */
export function barrierAction(zeta: Line, D: number, E: number, a: number, b: number): number {
  return between(zeta, E, a, b, (height) => Math.sqrt(height / D), 1)
}

/** ∫ √((E − ζ)/D) dx from a to b: π(n + ½) at a level. */
export function wellAction(zeta: Line, D: number, E: number, a: number, b: number): number {
  return between(zeta, E, a, b, (depth) => Math.sqrt(depth / D), -1)
}

/** T_cl: time for the way from a to b and back. */
export function period(zeta: Line, D: number, E: number, a: number, b: number): number {
  return between(zeta, E, a, b, (depth) => (depth > 0 ? 1 / Math.sqrt(D * depth) : 0), -1)
}
