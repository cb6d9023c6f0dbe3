import { describe, expect, it } from 'vitest'
import { type StepperAxis, stepper } from '../../../src/engine/index.js'
import { distance, randomField, requestOf, sizeOf } from './_requests.js'

/** Rounding of a few steps, against sums over all modes. */
const AGREEMENT = 1e-12

/** The basis function of mode k at point j. */
function basis({ points: n, boundary }: StepperAxis, k: number, j: number): number {
  return boundary === 'walls'
    ? Math.sin((Math.PI * (k + 1) * (j + 1)) / (n + 1))
    : Math.cos((Math.PI * k * (j + 0.5)) / n)
}

describe.each(['walls', 'zero-flux'] as const)('%s', (boundary) => {
  const lengths = boundary === 'walls' ? [7, 8, 9, 24, 31] : [6, 8, 9, 24, 32]
  it.each(lengths)('advances every mode of %i points by its own factor', (points) => {
    const axes = [{ points, boundary }]
    const { stages } = requestOf({ axes, angle: 0.7, method: 'strang' })
    const ones = new Float64Array(2 * points).map((_, i) => 1 - (i % 2))
    const T = stages[1]
    if (T.part !== 'T') throw new Error('the middle of a Strang step is T')
    const free = stepper({ axes, stages: [{ part: 'V', table: ones }, T] })
    for (let k = 0; k < points; k++) {
      const psi = new Float64Array(2 * points).map((_, i) => (i % 2 === 0 ? basis(axes[0], k, i / 2) : 0))
      const expected = psi.map((_, i) => T.tables[0][2 * k + (i % 2)] * basis(axes[0], k, i >> 1))
      free.load(psi)
      free.run(1)
      free.store(psi)
      expect(distance(psi, expected)).toBeLessThan(AGREEMENT)
    }
  })

  it.each([false, true])('keeps to its symmetry in long imaginary time, real field: %s', (real) => {
    const axes = [
      { points: boundary === 'walls' ? 11 : 12, boundary },
      { points: 7, boundary: 'walls' as const },
    ]
    const request = requestOf({ axes, angle: Math.PI / 2, method: 'chin4a', real })
    const one = stepper(request)
    expect(one.kind).toBe('webassembly')
    const width = real ? 1 : 2
    const psi = randomField(width * sizeOf(axes))
    const grown = (): Float64Array => {
      one.load(psi)
      one.run(500)
      const next = new Float64Array(psi.length)
      one.store(next)
      const norm = Math.hypot(...next)
      return next.map((v) => v / norm)
    }
    // The lowest state of the symmetry, which further steps only scale.
    for (let n = 0; n < 160; n++) psi.set(grown())
    expect(distance(grown(), psi)).toBeLessThan(AGREEMENT)
  })
})

it.each([
  ['walls', 12, /boundary 'walls'; allowed: one less than a product of 2, 3 and 5; got 12. Try 11 or 14./],
  ['zero-flux', 13, /boundary 'zero-flux'; allowed: products of 2, 3 and 5; got 13. Try 12 or 15./],
  ['periodic', 4.5, /boundary 'periodic'; .*; got 4.5. Try 5./],
] as const)('refuses a length without fast transform, %s %i', (boundary, points, message) => {
  expect(() => stepper({ axes: [{ points, boundary }], stages: [] })).toThrow(message)
})
