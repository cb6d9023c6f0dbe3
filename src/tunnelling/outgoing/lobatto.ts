/**
 * Gauss–Lobatto points of an element and the functions that are 1 at one of them and 0 at the others: with their quadrature
 * the overlaps and ζ are diagonal.
 *
 * Reference: Rescigno and McCurdy, Phys. Rev. A 62, 032706 (2000).
 */
import { legendre } from '../../numeric/index.js'

export interface Lobatto {
  /** Points on [−1, 1], ascending, the ends among them, and weights. */
  readonly nodes: Float64Array
  readonly weights: Float64Array
  /** Row-major: slope of function j at point i. */
  readonly slopes: Float64Array
  /** Row-major ∫ of the product of two slopes. */
  readonly stiffness: Float64Array
}

const STEPS = 12
const made = new Map<number, Lobatto>()

/** n points, polynomials of degree n − 1. */
export function lobatto(n: number): Lobatto {
  const known = made.get(n)
  if (known !== undefined) return known
  const N = n - 1
  const nodes = Float64Array.from({ length: n }, (_, j) => {
    let x = -Math.cos((Math.PI * j) / N)
    if (j === 0 || j === N) return Math.round(x)
    for (let step = 0; step < STEPS; step++) {
      const p = legendre(N, x)
      x -= (x * p[N] - p[N - 1]) / (n * p[N])
    }
    return x
  })
  const p = nodes.map((x) => legendre(N, x)[N])
  const slopes = new Float64Array(n * n)
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++)
      slopes[i * n + j] =
        i !== j ? p[i] / (p[j] * (nodes[i] - nodes[j])) : i === 0 ? (-N * n) / 4 : i === N ? (N * n) / 4 : 0
  const weights = p.map((v) => 2 / (N * n * v * v))
  const stiffness = new Float64Array(n * n)
  for (let q = 0; q < n; q++)
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) stiffness[i * n + j] += weights[q] * slopes[q * n + i] * slopes[q * n + j]
  const rule = { nodes, weights, slopes, stiffness }
  made.set(n, rule)
  return rule
}
