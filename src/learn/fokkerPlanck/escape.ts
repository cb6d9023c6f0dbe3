/**
 * How fast Langevin dynamics at low D changes wells. A passage from minimum i over a saddle s happens at the rate
 *
 *   k = (|λ₋|/2π) √(det H_i/|det H_s|) e^{−(U_s − U_i)/D},
 *
 * λ₋ the negative curvature at the saddle; in one dimension it is Kramers' √(U″_i |U″_s|)/2π e^{−ΔU/D}. The wells with
 * these rates are a Markov chain, whose slowest relaxation stands for λ₁ of the Fokker–Planck equation. Of two wells it is
 * the sum of the two rates. It is the leading order in D/ΔU: the ratio to λ₁ is 1 + O(D).
 *
 * References: Kramers, Physica 7, 284 (1940); Langer, Ann. Phys. 54, 258 (1969).
 */
import { symmetricEigen } from '../../numeric/index.js'
import type { Pass, StationaryPoint, Terrain } from './stationaryPoints.js'

/** The slowest relaxation of the wells by Kramers' rates; undefined where there are not two wells, or no passes join them all. */
export function kramersRate({ minima, passes }: Terrain, D: number): number | undefined {
  const n = minima.length
  if (n < 2 || !isConnected(n, passes)) return undefined
  // The generator made symmetric by detailed balance: exponents of rates there and back are added before they are taken.
  const matrix = new Float64Array(n * n)
  for (const pass of passes) {
    const [i, j] = pass.joins
    const [there, back] = [rate(minima[i], pass, D), rate(minima[j], pass, D)]
    matrix[i * n + i] += there
    matrix[j * n + j] += back
    matrix[i * n + j] -= Math.sqrt(there * back)
    matrix[j * n + i] -= Math.sqrt(there * back)
  }
  // The lowest is 0, for the stationary state.
  return symmetricEigen(matrix, n, { vectors: false }).values[1]
}

/** Whether passes lead from each well to each other. */
function isConnected(n: number, passes: readonly Pass[]): boolean {
  const reached = new Set([0])
  for (let before = 0; before < reached.size; ) {
    before = reached.size
    for (const { joins } of passes)
      if (joins.some((i) => reached.has(i))) for (const i of joins) reached.add(i)
  }
  return reached.size === n
}

/** Rate of passages from a minimum over a saddle. */
function rate(minimum: StationaryPoint, saddle: StationaryPoint, D: number): number {
  const product = (values: Float64Array): number => values.reduce((p, v) => p * Math.abs(v), 1)
  const prefactor =
    (Math.abs(saddle.curvatures[0]) / (2 * Math.PI)) *
    Math.sqrt(product(minimum.curvatures) / product(saddle.curvatures))
  return prefactor * Math.exp(-(saddle.value - minimum.value) / D)
}
