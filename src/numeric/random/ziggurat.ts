/**
 * The ziggurat of 256 layers under e^{−x²/2}: layer i is the rectangle [0, xᵢ) of the height from f(xᵢ) to f(xᵢ₊₁), all
 * of one area v; layer 0 is the rectangle below f(r) with the tail x > r beside it, of width x₀ = v/f(r) if it were a
 * rectangle alone. A point of a random layer lies under the curve at once where |x| < xᵢ₊₁.
 *
 * References: Marsaglia and Tsang, J. Stat. Softw. 5(8) (2000); Doornik, An improved ziggurat method to generate normal
 * random samples (2005), from whom it is that layer and place take different bits.
 */

export const LAYERS = 256
/** Where the tail begins: the r for which the topmost layer ends at f(0) = 1; and the area of a layer. */
export const TAIL = 3.654152885361008771645
const AREA = 0.004928673233974655347362
/** Places within a layer are odd multiples of half a unit, of which it has so many on either side of 0. */
const UNITS = 2 ** 52

const f = (x: number): number => Math.exp((-x * x) / 2)

export interface Ziggurat {
  /** Width of a unit in each layer. */
  readonly unit: Float64Array
  /** Units below which a place in a layer is under the curve for certain. */
  readonly inside: Float64Array
  /** f at the lower edge of each layer, and at 0. */
  readonly heights: Float64Array
}

export function ziggurat(): Ziggurat {
  // x₀, r, x₂, …, x₂₅₆ = 0.
  const x = new Float64Array(LAYERS + 1)
  x[0] = AREA / f(TAIL)
  x[1] = TAIL
  for (let i = 2; i < LAYERS; i++) x[i] = Math.sqrt(-2 * Math.log(AREA / x[i - 1] + f(x[i - 1])))
  const layers = x.subarray(0, LAYERS)
  return {
    unit: layers.map((edge) => edge / UNITS),
    inside: layers.map((edge, i) => (x[i + 1] / edge) * UNITS),
    heights: x.map(f),
  }
}
