import type { C } from '../_complex.js'

const add = (a: C, b: C): C => [a[0] + b[0], a[1] + b[1]]
const scale = (a: C, s: number): C => [a[0] * s, a[1] * s]

/**
 * ∫ f over a range by the tanh–sinh rule, x = tanh(½π sinh u) and its kin for endless ranges (Takahasi and Mori,
 * Publ. RIMS 9, 721 (1974)); f smooth inside, decaying at infinity.
 */
export function quadrature(f: (x: number) => C, from: number, to: number): C {
  const step = 1 / 32
  let sum: C = [0, 0]
  for (let k = -160; k <= 160; k++) {
    const u = k * step
    const [x, weight] = nodeAt(u, from, to)
    if (!Number.isFinite(x) || weight === 0 || !Number.isFinite(weight)) continue
    const value = f(x)
    if (Number.isFinite(value[0]) && Number.isFinite(value[1])) sum = add(sum, scale(value, weight * step))
  }
  return sum
}

function nodeAt(u: number, from: number, to: number): readonly [x: number, weight: number] {
  const [s, c] = [(Math.PI / 2) * Math.sinh(u), (Math.PI / 2) * Math.cosh(u)]
  if (Number.isFinite(from) && Number.isFinite(to)) {
    const half = (to - from) / 2
    // 1 + tanh s without its cancellation at the lower end.
    return [from + (2 * half) / (1 + Math.exp(-2 * s)), (half * c) / Math.cosh(s) ** 2]
  }
  // A double-exponential map of the half line, and of the line.
  if (Number.isFinite(from)) return [from + Math.exp(s), c * Math.exp(s)]
  return [Math.sinh(s), c * Math.cosh(s)]
}

/** ∫ f over the real line by the trapezoidal rule, for f analytic about it that decays beyond ±reach. */
export function trapezoid(f: (x: number) => C, reach: number, step: number): C {
  let sum: C = [0, 0]
  for (let x = -reach; x <= reach; x += step) sum = add(sum, scale(f(x), step))
  return sum
}
