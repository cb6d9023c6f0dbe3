import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { continuedRequest, symmetryOf } from '../../../src/engine/boundary.js'
import {
  operator,
  referenceOperator,
  referenceStepper,
  type StepperAxis,
  type StepperBoundary,
  stepper,
} from '../../../src/engine/index.js'
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

/** Axes of 4 to `most` points along each, with the points that a field with walls needs for a fast transform. */
const axesOf = (count: number, most: number): fc.Arbitrary<StepperAxis[]> =>
  fc.array(
    fc
      .tuple(
        fc.constantFrom<StepperBoundary>('periodic', 'walls', 'zero-flux'),
        fc.constantFrom(...[4, 6, 8, 10, 12, 16, 18, 20, 24, 30, 32, 64, 120].filter((n) => n <= most)),
      )
      .map(([boundary, n]) => ({ points: boundary === 'walls' ? n - 1 : n, boundary })),
    { minLength: count, maxLength: count },
  )
const anyAxes = fc.oneof(axesOf(1, 120), axesOf(2, 32), axesOf(3, 12))

describe('boxes of any boundaries', () => {
  it('step as the periodic boxes of their continued lines do', () => {
    const kinds = [
      { angle: 0, factors: 'phases', real: false },
      { angle: 0.7, factors: 'complex', real: false },
      { angle: Math.PI / 2, factors: 'real', real: false },
      { angle: Math.PI / 2, factors: 'real', real: true },
    ] as const
    fc.assert(
      fc.property(
        anyAxes,
        fc.constantFrom(...kinds),
        fc.constantFrom('strang' as const, 'chin4a' as const),
        fc.constantFrom(1, 2),
        (axes, kind, method, threads) => {
          const request = { ...requestOf({ axes, method, ...kind }), threads }
          const width = kind.real ? 1 : 2
          const psi = randomField(width * sizeOf(axes))
          const one = stepper(request)
          expect(one.kind).toBe('webassembly')
          one.load(psi)
          one.run(1)
          one.run(2)
          const result = new Float64Array(psi.length)
          one.store(result)
          const symmetry = symmetryOf(axes)
          const whole = referenceStepper(continuedRequest(request, symmetry))
          const field = symmetry.continue(psi, width)
          whole.load(field)
          whole.run(3)
          whole.store(field)
          symmetry.restrict(field, psi, width)
          expect(distance(result, psi)).toBeLessThan(AGREEMENT)
        },
      ),
      { numRuns: 80, seed: 2 },
    )
  })

  it('have the H·ψ of those', () => {
    fc.assert(
      fc.property(anyAxes, fc.constantFrom('real', 'complex', 'absorbing'), (axes, kind) => {
        const real = kind === 'real'
        const each = kind === 'absorbing' ? 2 : 1
        const width = real ? 1 : 2
        // Even in k, so that a real field stays real.
        const kinetic = axes.map(({ points: n }) =>
          Float64Array.from({ length: n }, (_, k) => 0.1 * Math.min(k, n - k) ** 2),
        )
        const potential = randomField(each * sizeOf(axes), 5)
        const psi = randomField(width * sizeOf(axes))
        const result = new Float64Array(psi.length)
        operator({ axes, kinetic, potential, real }).apply(psi, result)
        const symmetry = symmetryOf(axes)
        const field = symmetry.continue(psi, width)
        referenceOperator({
          axes: symmetry.axes,
          kinetic: symmetry.kinetic(kinetic, 1),
          potential: symmetry.potential(potential, each),
          real,
        }).apply(field, field)
        symmetry.restrict(field, psi, width)
        expect(distance(result, psi)).toBeLessThan(AGREEMENT)
      }),
      { numRuns: 60, seed: 3 },
    )
  })
})

it.each([
  ['walls', 12, /boundary 'walls'; allowed: one less than a product of 2, 3 and 5; got 12. Try 11 or 14./],
  ['zero-flux', 13, /boundary 'zero-flux'; allowed: products of 2, 3 and 5; got 13. Try 12 or 15./],
  ['periodic', 4.5, /boundary 'periodic'; .*; got 4.5. Try 5./],
] as const)('refuses a length without fast transform, %s %i', (boundary, points, message) => {
  expect(() => stepper({ axes: [{ points, boundary }], stages: [] })).toThrow(message)
})
