import { describe, expect, it } from 'vitest'
import { operator, type StepperAxis, stepper } from '../../../src/engine/index.js'
import { periodic, randomField, requestOf, sizeOf } from './_requests.js'

const BOXES: readonly (readonly StepperAxis[])[] = [
  periodic(24, 32),
  periodic(64, 64),
  periodic(6, 8, 10),
  periodic(16, 20, 24),
  [
    { points: 31, boundary: 'walls' },
    { points: 40, boundary: 'zero-flux' },
  ],
  [
    { points: 8, boundary: 'zero-flux' },
    { points: 12, boundary: 'periodic' },
    { points: 15, boundary: 'walls' },
  ],
]

describe.each([false, true])('real fields: %s', (real) => {
  const angle = real ? Math.PI / 2 : 0.7

  it.each(BOXES.map((axes) => [axes]))('steps on %j give the same bits by any number of threads', (axes) => {
    const trial = { axes, angle, method: 'chin4a' as const, real }
    const psi = randomField((real ? 1 : 2) * sizeOf(trial.axes))
    const by = (threads: number): Float64Array => {
      const one = stepper({ ...requestOf(trial), threads })
      const result = new Float64Array(psi.length)
      one.load(psi)
      for (const count of [1, 2, 5]) one.run(count)
      one.store(result)
      return result
    }
    const alone = by(1)
    for (const threads of [2, 3]) expect(by(threads)).toEqual(alone)
  })

  it.each(BOXES.map((axes) => [axes]))('H·ψ on %j too', (axes) => {
    const psi = randomField((real ? 1 : 2) * sizeOf(axes))
    const by = (threads: number): Float64Array => {
      const kinetic = axes.map(({ points }) => randomField(points, 4))
      const result = new Float64Array(psi.length)
      operator({ axes, kinetic, potential: randomField(sizeOf(axes), 5), real, threads }).apply(psi, result)
      return result
    }
    const alone = by(1)
    for (const threads of [2, 3]) expect(by(threads)).toEqual(alone)
  })
})
