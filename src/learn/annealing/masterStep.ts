/** Steps of a master equation dp/dt = R(t)p: the pair of orders 5 and 4 of Dormand and Prince, J. Comput. Appl. Math. 6, 19 (1980). */

const NODES = [0, 1 / 5, 3 / 10, 4 / 5, 8 / 9, 1, 1]
const STAGES = [
  [],
  [1 / 5],
  [3 / 40, 9 / 40],
  [44 / 45, -56 / 15, 32 / 9],
  [19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729],
  [9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656],
  [35 / 384, 0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84],
]
const DIFFERENCE = [71 / 57600, 0, -71 / 16695, 71 / 1920, -17253 / 339200, 22 / 525, -1 / 40]

/** p after a step, and the mass that is in the wrong place. */
export function masterStep(
  rates: (t: number, p: Float64Array) => Float64Array,
  p: Float64Array,
  t: number,
  h: number,
): { readonly next: Float64Array; readonly error: number } {
  const slopes: Float64Array[] = []
  let next = p
  STAGES.forEach((row, stage) => {
    next = p.slice()
    row.forEach((a, k) => {
      const slope = slopes[k]
      for (let i = 0; i < p.length; i++) next[i] += h * a * slope[i]
    })
    slopes.push(rates(t + NODES[stage] * h, next))
  })
  let error = 0
  for (let i = 0; i < p.length; i++)
    error += Math.abs(h * DIFFERENCE.reduce((sum, d, k) => sum + d * slopes[k][i], 0))
  return { next, error }
}
