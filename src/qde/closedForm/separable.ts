/** Fields that are products of one complex column an axis: Ψ(i₁, i₂, …) = Π_d ψ_d(i_d). */
import type { Complex } from 'complex.js'
import type { Grid } from '../../grid/index.js'

/**
 * exp Σ_d f_d(x_d) on a grid.
 * @param logarithm f_d at a coordinate of axis d
 * @returns interleaved re, im of length 2·grid.size, C order
 */
export function separableField(grid: Grid, logarithm: (d: number, x: number) => Complex): Float64Array {
  let field: Float64Array = new Float64Array([1, 0])
  grid.axes.forEach((axis, d) => {
    const column = new Float64Array(2 * axis.points)
    axis.coordinates.forEach((x, j) => {
      const { re, im } = logarithm(d, x)
      column[2 * j] = Math.exp(re) * Math.cos(im)
      column[2 * j + 1] = Math.exp(re) * Math.sin(im)
    })
    field = outerProduct(field, column)
  })
  return field
}

/** The product of every number of `slow` with every number of `fast`. */
function outerProduct(slow: Float64Array, fast: Float64Array): Float64Array {
  const product = new Float64Array((slow.length * fast.length) / 2)
  for (let i = 0, to = 0; i < slow.length; i += 2)
    for (let j = 0; j < fast.length; j += 2, to += 2) {
      product[to] = slow[i] * fast[j] - slow[i + 1] * fast[j + 1]
      product[to + 1] = slow[i] * fast[j + 1] + slow[i + 1] * fast[j]
    }
  return product
}
