import { describe, expect, it } from 'vitest'
import { stepper } from '../../../src/engine/index.js'
import { layoutOf } from '../../../src/engine/layout.js'
import { planOf } from '../../../src/engine/plan.js'
import { operatorModule } from '../../../src/engine/product.js'
import { moduleOf } from '../../../src/engine/sweeps.js'
import { webAssembly } from '../../../src/webassembly/index.js'
import { periodic } from './_requests.js'

const numbers = (real: boolean) =>
  ({ realKinetic: real, potential: real ? 'separate' : 'complex', squares: false, fma: false }) as const

describe('the modules', () => {
  it.each([
    [[4], false],
    [[4096], false],
    [[3000], false],
    [[512, 512], false],
    [[30, 36], true],
    [[128, 128, 128], true],
  ])('of %j points are valid, real: %s', (points, real) => {
    const layout = layoutOf(periodic(...points), numbers(real))
    expect(layout).toBeDefined()
    for (const shared of [false, true]) {
      expect(webAssembly.validate(moduleOf(layout!, shared))).toBe(true)
      expect(webAssembly.validate(operatorModule(layout!, shared))).toBe(true)
    }
  })
})

describe('planOf()', () => {
  it('keeps the plan of a shape', () => {
    const plan = planOf(periodic(48, 64), numbers(false))
    expect(planOf(periodic(48, 64), numbers(false))).toBe(plan)
    expect(planOf(periodic(48, 64), numbers(true))).not.toBe(plan)
    expect(planOf(periodic(64, 48), numbers(false))).not.toBe(plan)
  })

  it('has none for lengths with a prime factor beyond 5, odd rows and more than three axes', () => {
    for (const points of [[14], [7, 16], [16, 15], [4, 4, 4, 4]])
      expect(planOf(periodic(...points), numbers(false))).toBeUndefined()
  })
})

it('a field beyond the memory is refused before anything is allocated', () => {
  const points = 2 ** 15
  const table = new Float64Array(0)
  Object.defineProperty(table, 'length', { value: 2 * points * points })
  const line = new Float64Array(2 * points)
  const request = {
    axes: periodic(points, points),
    stages: [
      { part: 'V' as const, table },
      { part: 'T' as const, tables: [line, line] },
    ],
  }
  expect(() => stepper(request)).toThrow(
    /grid.points: a step on 32768 × 32768 points needs \d+ MiB; allowed: at most 4096 MiB.*; got 1073741824/,
  )
})
