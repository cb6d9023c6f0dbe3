/**
 * What figures over more than one coordinate are drawn on: the plane of the first two axes. In space densities are
 * integrated over the third axis, and ζ is cut where it is lowest.
 */
import type { Reading, WaveFunction } from '../grid/index.js'
import type { Hamiltonian } from './hamiltonian.js'

export interface Plane {
  readonly axes: readonly [Float64Array, Float64Array]
  /** ζ in the plane, C order. */
  readonly zeta: Float64Array
  /** The density of a state in the plane. */
  readonly density: (state: WaveFunction, reading?: Reading) => Float64Array
  /** Where ζ is cut, as a sentence; empty in a plane. */
  readonly section: string
  /** What is left of the third axis in a title, and around the symbol of a density; empty in a plane. */
  readonly remark: string
  readonly quantity: (symbol: string) => string
}

export function planeOf({ grid, zeta }: Hamiltonian): Plane {
  const [x, y, z] = grid.axes
  const axes = [x.coordinates, y.coordinates] as const
  if (z === undefined)
    return {
      axes,
      zeta,
      density: (state, reading) => state.density(reading),
      section: '',
      remark: '',
      quantity: (symbol) => symbol,
    }
  const lowest = zeta.reduce((least, v, i) => (v < zeta[least] ? i : least), 0) % z.points
  const place = `${z.name} = ${Number(z.coordinates[lowest].toPrecision(3))}`.replace('-', '−')
  return {
    axes,
    zeta: Float64Array.from({ length: x.points * y.points }, (_, i) => zeta[i * z.points + lowest]),
    density: (state, reading) => state.marginal([x.name, y.name], reading),
    section: `drawn: the section of ζ at its minimum, ${place}`,
    remark: `, integrated over ${z.name}; ζ at ${place}`,
    quantity: (symbol) => `∫${symbol} d${z.name}`,
  }
}
