/** Composite Gauss–Legendre quadrature with six points a panel, exact for polynomials of degree 11 on each. */

/** Positive nodes and weights on [−1, 1]: Abramowitz and Stegun, Table 25.4, n = 6. */
const RULE = [
  [0.238619186083196909, 0.467913934572691047],
  [0.661209386466264514, 0.360761573048138608],
  [0.93246951420315202781, 0.171324492379170345],
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
