/** Composite Gauss–Legendre quadrature with six points a panel, exact for polynomials of degree 11 on each. */

/** Positive nodes and weights on [−1, 1]: Abramowitz and Stegun, Table 25.4, n = 6. */
const RULE = [
  [0.2386191860831969, 0.467913934572691],
  [0.6612093864662645, 0.3607615730481386],
  [0.932469514203152, 0.1713244923791703],
] as const

export interface Quadrature {
  readonly nodes: Float64Array
  readonly weights: Float64Array
}

/** Nodes and weights for ∫ over [lower, upper] cut into equal panels. */
export function gaussLegendre(lower: number, upper: number, panels: number): Quadrature {
  const half = (upper - lower) / panels / 2
  const points = RULE.flatMap(([x, w]) => [
    [-x, w],
    [x, w],
  ])
  const nodes: number[] = []
  const weights: number[] = []
  for (let p = 0; p < panels; p++) {
    for (const [x, w] of points) {
      nodes.push(lower + half * (2 * p + 1 + x))
      weights.push(half * w)
    }
  }
  return { nodes: Float64Array.from(nodes), weights: Float64Array.from(weights) }
}
