import { pack } from '../packed.js'
import type { PackedArray } from '../payload.js'
import { quantile } from './extrema.js'

/** The lowest share of a field that must be told apart, and by how many steps. */
const [SHARE, STEPS] = [0.02, 64]

/** ζ over a grid in two dimensions: in 65 536 steps where these resolve its wells, else in single precision. */
export function packField(zeta: Float64Array, shape: readonly number[]): PackedArray {
  const packed = pack(zeta, { dtype: 'uint16', shape, name: 'zeta' })
  const depth = quantile(zeta, SHARE) - quantile(zeta, 0)
  return depth >= STEPS * packed.scale ? packed : pack(zeta, { shape, name: 'zeta' })
}
