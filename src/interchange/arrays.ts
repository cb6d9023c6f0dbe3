/** The arrays that results write: a column of numbers, and the coordinates of a grid by their names. */
import type { NpyArray } from './npy.js'

export function column(data: Float64Array): NpyArray {
  return { dtype: 'float64', shape: [data.length], data }
}

export function coordinates(
  axes: readonly { readonly name: string; readonly coordinates: Float64Array }[],
): Record<string, NpyArray> {
  return Object.fromEntries(axes.map((a) => [a.name, column(a.coordinates)]))
}
