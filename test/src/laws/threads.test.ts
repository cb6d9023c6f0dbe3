/** A result does not know how many threads found it. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { stepper } from '../../../src/engine/index.js'
import { periodic, randomField, requestOf, sizeOf } from '../engine/_requests.js'
import { angle, runs } from './_draw.js'

const shape = fc.oneof(
  fc.tuple(fc.constantFrom(16, 30, 48, 64), fc.constantFrom(16, 32, 40)),
  fc.tuple(fc.constantFrom(8, 12), fc.constantFrom(10, 16), fc.constantFrom(8, 20)),
)

it('steps on any plane or space give the same bits by any number of threads', () => {
  fc.assert(
    fc.property(
      shape,
      angle,
      fc.constantFrom('strang', 'chin4a'),
      fc.constantFrom('off', 'auto'),
      (points, theta, method, fma) => {
        const axes = periodic(...points)
        const psi = randomField(2 * sizeOf(axes))
        const [one, two, three] = [1, 2, 3].map((threads) => {
          const plan = stepper({ ...requestOf({ axes, angle: theta, method, fma }), threads })
          const result = new Float64Array(psi.length)
          plan.load(psi)
          plan.run(7)
          plan.store(result)
          return result
        })
        expect(two).toEqual(one)
        expect(three).toEqual(one)
      },
    ),
    runs(6),
  )
})
