/**
 * What a grid misses of energies: where a share s of φ lies in the outermost momenta of an axis, about BEYOND as much
 * lies past the largest momentum κ, with the energy Dκ².
 */
import { type Grid, stridesOf } from '../../grid/index.js'
import { outerModes } from './axisBasis.js'

const BEYOND = 0.1

/** Estimated error of each energy, for real φ with Σφ² = 1. */
export function tailErrors(grid: Grid, D: number, vectors: readonly Float64Array[]): Float64Array {
  const strides = stridesOf(grid.shape)
  const outer = grid.axes.map(outerModes)
  return Float64Array.from(vectors, (phi) => {
    let error = 0
    outer.forEach(({ modes, square }, d) => {
      const [stride, n] = [strides[d], grid.shape[d]]
      const sum = new Float64Array(stride)
      for (let block = 0; block < phi.length; block += n * stride)
        for (const mode of modes) {
          sum.fill(0)
          for (let j = 0, i = block; j < n; j++)
            for (let s = 0; s < stride; s++, i++) sum[s] += mode[j] * phi[i]
          for (let s = 0; s < stride; s++) error += sum[s] * sum[s] * D * square * BEYOND
        }
    })
    return error
  })
}
