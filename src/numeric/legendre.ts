/**
 * Legendre polynomials P_k on [−1, 1] and the quadrature that belongs to them.
 *
 *   (k+1) P_{k+1} = (2k+1) ξ P_k − k P_{k−1},   (1 − ξ²) P_k′ = k (P_{k−1} − ξ P_k)
 *
 * The n nodes of Gauss's rule are the roots of P_n, the weights 2/((1 − ξ²) P_n′(ξ)²); the rule is exact for
 * polynomials of degree 2n − 1.
 */
import type { Quadrature } from './gaussLegendre.js'

/** P_0 … P_degree at a point. */
export function legendre(degree: number, at: number): Float64Array {
  const values = new Float64Array(degree + 1)
  values[0] = 1
  if (degree > 0) values[1] = at
  for (let k = 1; k < degree; k++)
    values[k + 1] = ((2 * k + 1) * at * values[k] - k * values[k - 1]) / (k + 1)
  return values
}

/** Newton steps from Tricomi's estimate of a root: it is quadratic, and three suffice. */
const STEPS = 6

/** Gauss's rule with n points on [−1, 1], nodes ascending. */
export function gaussRule(n: number): Quadrature {
  const nodes = new Float64Array(n)
  const weights = new Float64Array(n)
  for (let i = 0; i < n; i++) {
    let root = Math.cos((Math.PI * (n - i - 0.25)) / (n + 0.5)) * (1 - (n - 1) / (8 * n ** 3))
    let slope = 0
    for (let step = 0; step < STEPS; step++) {
      const p = legendre(n, root)
      slope = (n * (p[n - 1] - root * p[n])) / (1 - root * root)
      root -= p[n] / slope
    }
    nodes[i] = root
    weights[i] = 2 / ((1 - root * root) * slope * slope)
  }
  return { nodes, weights }
}
