/**
 * Real spherical harmonics, orthonormal on the unit sphere of two or three dimensions.
 *
 *   d = 2:  1/√2π,  cos lφ/√π,  sin lφ/√π
 *   d = 3:  Y_lm = N_lm Q_lm(z) {Re, Im}(x + iy)^m  on x² + y² + z² = 1, with P_l^m(z) = (1 − z²)^{m/2} Q_lm(z),
 *           (l − m) Q_lm = (2l − 1) z Q_{l−1,m} − (l + m − 1) Q_{l−2,m},   Q_mm = (2m − 1)!!
 *
 * Reference: Press et al., Numerical Recipes (1992), § 6.8; without the Condon–Shortley phase.
 */

/** A harmonic at the points of unit vectors, one column a coordinate. */
export type Harmonic = (directions: readonly Float64Array[]) => Float64Array

/** The harmonics of angular momentum l: 1 or 2 of them in two dimensions, 2l + 1 in three. */
export function harmonics(dimension: number, l: number): Harmonic[] {
  if (dimension === 2) {
    const scale = l === 0 ? 1 / Math.sqrt(2 * Math.PI) : 1 / Math.sqrt(Math.PI)
    const parts = l === 0 ? ([0] as const) : ([0, 1] as const)
    return parts.map((part) => (u) => u[0].map((x, i) => scale * power(x, u[1][i], l)[part]))
  }
  return Array.from({ length: 2 * l + 1 }, (_, k) => {
    const m = Math.ceil(k / 2)
    const part = k > 0 && k % 2 === 0 ? 1 : 0
    const scale = normOf(l, m)
    return (u: readonly Float64Array[]) =>
      u[2].map((z, i) => scale * legendreQuotient(l, m, z) * power(u[0][i], u[1][i], m)[part])
  })
}

/** (x + iy)^m. */
function power(x: number, y: number, m: number): readonly [number, number] {
  let [re, im] = [1, 0]
  for (let k = 0; k < m; k++) [re, im] = [re * x - im * y, re * y + im * x]
  return [re, im]
}

/** Q_lm(z). */
function legendreQuotient(l: number, m: number, z: number): number {
  let last = 0
  let here = 1
  for (let k = 1; k <= m; k++) here *= 2 * k - 1
  for (let k = m + 1; k <= l; k++)
    [last, here] = [here, ((2 * k - 1) * z * here - (k + m - 1) * last) / (k - m)]
  return here
}

/** √((2l+1)/4π · (l−m)!/(l+m)!), times √2 for m > 0. */
function normOf(l: number, m: number): number {
  let ratio = (2 * l + 1) / (4 * Math.PI)
  for (let k = l - m + 1; k <= l + m; k++) ratio /= k
  return Math.sqrt(m === 0 ? ratio : 2 * ratio)
}
