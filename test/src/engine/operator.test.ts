import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type OperatorRequest, operator, referenceOperator } from '../../../src/engine/index.js'
import { distance, periodic, randomField, sizeOf } from './_requests.js'

/** Rounding of two transforms of a few thousand points. */
const AGREEMENT = 1e-13

/** H = −½∇² + V on a box of length 10 on every axis with a random V. */
function hamiltonian(points: readonly number[], options: Partial<OperatorRequest> = {}): OperatorRequest {
  const axes = options.axes ?? periodic(...points)
  return {
    axes,
    kinetic: axes.map(({ points: n, boundary }) =>
      Float64Array.from({ length: n }, (_, k) => {
        const order = boundary === 'periodic' ? 2 * (k < n / 2 ? k : k - n) : boundary === 'walls' ? k + 1 : k
        return 0.5 * ((Math.PI * order) / 10) ** 2
      }),
    ),
    potential: randomField(sizeOf(axes), 11),
    ...options,
  }
}

function applied(request: OperatorRequest, psi: Float64Array, how = operator): Float64Array {
  const result = new Float64Array(psi.length)
  how(request).apply(psi, result)
  return result
}

/** Even lengths 2^a·3^b·5^c. */
const length = (most: number): fc.Arbitrary<number> =>
  fc
    .tuple(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 2 }))
    .map(([a, b, c]) => 2 ** a * 3 ** b * 5 ** c)
    .filter((n) => n >= 4 && n <= most)

describe('H·ψ on the generated code is that of the reference', () => {
  it('on every shape, with real and complex potentials', () => {
    const shape = fc.oneof(
      fc.tuple(length(1500)),
      fc.tuple(length(48), length(48)),
      fc.tuple(length(16), length(16), length(16)),
    )
    fc.assert(
      fc.property(shape, fc.boolean(), (points, absorbing) => {
        const size = points.reduce((product, n) => product * n, 1)
        const request = hamiltonian(points, absorbing ? { potential: randomField(2 * size, 5) } : {})
        const psi = randomField(2 * size)
        expect(operator(request).kind).toBe('webassembly')
        expect(distance(applied(request, psi), applied(request, psi, referenceOperator))).toBeLessThan(
          AGREEMENT,
        )
      }),
      { numRuns: 40, seed: 1 },
    )
  })

  it.each([[[64]], [[9, 16]], [[8, 8]], [[30, 36]], [[4, 6, 10]], [[5, 8, 12]], [[3, 4]]])(
    'on real fields of %j points',
    (points) => {
      const request = hamiltonian(points, { real: true })
      const psi = randomField(sizeOf(request.axes))
      expect(distance(applied(request, psi), applied(request, psi, referenceOperator))).toBeLessThan(
        AGREEMENT,
      )
    },
  )
})

describe.each(['walls', 'zero-flux'] as const)('with %s', (boundary) => {
  const shapes = boundary === 'walls' ? [[15], [7, 9], [5, 7, 3]] : [[15], [8, 9], [6, 8, 3]]
  it.each(shapes.map((points) => [points]))('every mode of %j points has its own energy', (points) => {
    const axes = points.map((n) => ({ points: n, boundary }))
    const size = sizeOf(axes)
    const request = hamiltonian(points, { axes, potential: new Float64Array(size).fill(0.3), real: true })
    const wave = (n: number, k: number, j: number): number =>
      boundary === 'walls'
        ? Math.sin((Math.PI * (k + 1) * (j + 1)) / (n + 1))
        : Math.cos((Math.PI * k * (j + 0.5)) / n)
    const modes = points.map((n, d) => (d + 1) % n)
    const psi = new Float64Array(size)
    for (let i = 0; i < size; i++) {
      let rest = i
      psi[i] = 1
      for (let d = points.length - 1; d >= 0; d--) {
        psi[i] *= wave(points[d]!, modes[d]!, rest % points[d]!)
        rest = Math.floor(rest / points[d]!)
      }
    }
    const energy = 0.3 + modes.reduce((sum, k, d) => sum + request.kinetic[d]![k]!, 0)
    expect(
      distance(
        applied(request, psi),
        psi.map((v) => energy * v),
      ),
    ).toBeLessThan(AGREEMENT)
  })
})

it('the result may be the field itself', () => {
  const request = hamiltonian([12, 16])
  const psi = randomField(2 * 12 * 16)
  const expected = applied(request, psi)
  operator(request).apply(psi, psi)
  expect(psi).toEqual(expected)
})

describe('a request is refused', () => {
  it.each([
    ['with a table too short', { kinetic: [new Float64Array(7)] }, /kinetic: not one number for each mode/],
    [
      'with half a potential',
      { potential: new Float64Array(12) },
      /potential: neither one nor two .* got 12/,
    ],
    [
      'where a real field meets a complex potential',
      { real: true, potential: new Float64Array(16) },
      /potential: a real field has a real potential/,
    ],
  ])('%s', (_, options, message) => {
    expect(() => operator(hamiltonian([8], options))).toThrow(message)
  })

  it('and a field of the wrong length', () => {
    const one = operator(hamiltonian([8]))
    expect(() => one.apply(new Float64Array(8), new Float64Array(16))).toThrow(/psi: .* wrong length; got 8/)
  })
})
