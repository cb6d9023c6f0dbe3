/**
 * What a grid misses of energies: where a share s of φ lies in the outermost momenta of an axis, about BEYOND as much
 * lies past the largest momentum κ, with the energy Dκ².
 */
import { type Grid, stridesOf } from '../../grid/index.js'
import { outerModes } from './axisBasis.js'

const BEYOND = 0.1
/** Amplitude of a line that counts as none. */
const NOTHING = 1e-9

/** Estimated error of each energy, for real φ with Σφ² = 1. */
export function tailErrors(grid: Grid, D: number, vectors: readonly Float64Array[]): Float64Array {
  const strides = stridesOf(grid.shape)
  const outer = grid.axes.map(outerModes)
  const line = new Float64Array(Math.max(...grid.shape))
  return Float64Array.from(vectors, (phi) => {
    let error = 0
    outer.forEach(({ modes, square }, d) => {
      const [stride, n] = [strides[d], grid.shape[d]]
      let share = 0
      for (let block = 0; block < phi.length; block += n * stride)
        for (let start = block; start < block + stride; start++) {
          let most = 0
          for (let j = 0, i = start; j < n; j++, i += stride) {
            line[j] = phi[i]
            most = Math.max(most, Math.abs(phi[i]))
          }
          if (most < NOTHING) continue
          for (const mode of modes) {
            let overlap = 0
            for (let j = 0; j < n; j++) overlap += mode[j] * line[j]
            share += overlap * overlap
          }
        }
      error += share * BEYOND * D * square
    })
    return error
  })
}
