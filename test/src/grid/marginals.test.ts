import { describe, expect, it } from 'vitest'
import {
  axis,
  type Boundary,
  grid,
  layerWeights,
  modeWeights,
  WaveFunction,
} from '../../../src/grid/index.js'

/** Rounding of transforms of some tens of points. */
const ROUNDING = 1e-13
const INTERVALS = [12, 10, 20] as const

const boxOf = (...boundaries: readonly Boundary[]) =>
  grid(
    boundaries.map((boundary, d) =>
      axis({ name: 'xyz'[d], lower: 0, upper: 1 + d, intervals: INTERVALS[d], boundary }),
    ),
  )

describe('what lies in the layers and in the modes of an axis', () => {
  it.each([
    [['periodic']],
    [['walls', 'periodic']],
    [['zero-flux', 'walls', 'periodic']],
    [['periodic', 'zero-flux', 'walls']],
  ] as const)('adds up to the same: %s', (boundaries) => {
    const box = boxOf(...boundaries)
    const state = new WaveFunction(
      box,
      Float64Array.from({ length: 2 * box.size }, (_, i) => Math.sin(1 + i * i)),
    )
    const all = state.normSquared / box.cell
    for (const d of box.axes.keys())
      for (const weights of [layerWeights(state, d), modeWeights(state, d)])
        expect(weights.reduce((sum, w) => sum + w, 0) / all).toBeCloseTo(1, -Math.log10(ROUNDING))
  })

  it.each(['periodic', 'walls', 'zero-flux'] as const)(
    'is one mode for a standing or a running wave: %s',
    (boundary) => {
      const box = boxOf('periodic', boundary, 'walls')
      const [, { coordinates, wavenumbers, lower }] = box.axes
      const mode = 3
      const kappa = wavenumbers[mode]
      const values = new Float64Array(2 * box.size)
      for (let i = 0; i < box.size; i++) {
        const phase = kappa * (coordinates[Math.floor(i / box.shape[2]) % box.shape[1]] - lower)
        values[2 * i] = boundary === 'walls' ? Math.sin(phase) : Math.cos(phase)
        values[2 * i + 1] = boundary === 'periodic' ? Math.sin(phase) : 0
      }
      const weights = modeWeights(new WaveFunction(box, values), 1)
      const all = weights.reduce((sum, w) => sum + w, 0)
      weights.forEach((w, k) => {
        expect(Math.abs(w / all - (k === mode ? 1 : 0))).toBeLessThan(ROUNDING)
      })
    },
  )
})
