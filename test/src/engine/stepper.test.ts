import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { generatedStepper } from '../../../src/engine/generated.js'
import { referenceStepper, type Stepper, type StepperStage, stepper } from '../../../src/engine/index.js'
import { hasFMA, planOf } from '../../../src/engine/plan.js'
import { distance, periodic, randomField, requestOf, sizeOf, type Trial } from './_requests.js'

/** Rounding of a few steps of transforms of a few thousand points. */
const AGREEMENT = 1e-13
/** The same with products fused into sums, where the two differ in every rounding. */
const FUSED_AGREEMENT = 1e-12
/** Growth of the norm by rounding over a thousand steps. */
const NORM_DRIFT = 1e-12

const REAL_TIME = 0
const BETWEEN = 0.7
const IMAGINARY_TIME = Math.PI / 2

function advanced(one: Stepper, psi: Float64Array, ...counts: number[]): Float64Array {
  one.load(psi)
  for (const count of counts) one.run(count)
  const result = new Float64Array(psi.length)
  one.store(result)
  return result
}

function fieldOf({ axes, real }: Trial): Float64Array {
  return randomField((real === true ? 1 : 2) * sizeOf(axes))
}

function disagreement(trial: Trial, count: number): number {
  const request = requestOf(trial)
  const psi = fieldOf(trial)
  const generated = stepper(request)
  expect(generated.kind).toBe('webassembly')
  return distance(advanced(generated, psi, count), advanced(referenceStepper(request), psi, count))
}

/** Even lengths 2^a·3^b·5^c. */
const length = (most: number): fc.Arbitrary<number> =>
  fc
    .tuple(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 2 }))
    .map(([a, b, c]) => 2 ** a * 3 ** b * 5 ** c)
    .filter((n) => n >= 4 && n <= most)

const shape = fc.oneof(
  fc.tuple(length(1500)),
  fc.tuple(length(48), length(48)),
  fc.tuple(length(16), length(16), length(16)),
)
const angle = fc.constantFrom(REAL_TIME, BETWEEN, IMAGINARY_TIME)
const method = fc.constantFrom('strang' as const, 'chin4a' as const)

describe('other factors in the same stepper', () => {
  it.each([[[64]], [[24, 16]]])('give the bits of a stepper of their own: %j', (points) => {
    const trial: Trial = { axes: periodic(...points), angle: BETWEEN, method: 'chin4a' }
    const scaled = (table: Float64Array): Float64Array => table.map((v) => 0.9 * v)
    const request = requestOf(trial)
    const stages = request.stages.map(
      (stage): StepperStage =>
        stage.part === 'T'
          ? { part: 'T', tables: stage.tables.map(scaled) }
          : { part: 'V', table: scaled(stage.table as Float64Array) },
    )
    const one = stepper(request)
    const psi = fieldOf(trial)
    advanced(one, psi, 3)
    expect(one.retable!(stages)).toBe(true)
    expect(advanced(one, psi, 3)).toEqual(advanced(stepper({ ...request, stages }), psi, 3))
    // One V for all stages is stored once: another arrangement, and no change.
    const [V] = stages
    expect(one.retable!(stages.map((stage) => (stage.part === 'V' ? V : stage)))).toBe(false)
    expect(advanced(one, psi, 3)).toEqual(advanced(stepper({ ...request, stages }), psi, 3))
  })
})

describe('the generated code agrees with the reference', () => {
  it('on every shape, method and angle', () => {
    fc.assert(
      fc.property(shape, angle, method, fc.integer({ min: 1, max: 3 }), (points, theta, name, count) => {
        const trial = { axes: periodic(...points), angle: theta, method: name }
        expect(disagreement(trial, count)).toBeLessThan(AGREEMENT)
      }),
      { numRuns: 60, seed: 1 },
    )
  })

  it.each([[[4096]], [[20000]], [[64, 256]], [[15, 10]], [[3, 5, 4]], [[2, 4]], [[16, 32, 20]]])(
    'on %j points',
    (points) => {
      const trial = { axes: periodic(...points), angle: BETWEEN, method: 'chin4a' as const }
      expect(disagreement(trial, 2)).toBeLessThan(AGREEMENT)
    },
  )

  it.each([[[8, 8]], [[6, 10]], [[30, 36]], [[4, 6, 10]], [[5, 8, 12]]])(
    'on real fields of %j points',
    (points) => {
      for (const name of ['strang', 'chin4a'] as const)
        for (const count of [1, 2, 3]) {
          const trial = { axes: periodic(...points), angle: IMAGINARY_TIME, method: name, real: true }
          expect(disagreement(trial, count)).toBeLessThan(AGREEMENT)
        }
    },
  )

  it.each([[[96]], [[16, 24]], [[8, 10, 12]]])('however %j points keep their factors', (points) => {
    const kinds = [
      { potential: 'complex', factors: 'complex', angle: BETWEEN },
      { potential: 'phase', factors: 'phases', angle: REAL_TIME },
      { potential: 'shared', factors: 'real', angle: IMAGINARY_TIME },
    ] as const
    for (const { potential, factors, angle: theta } of kinds)
      for (const squares of points.length > 1 ? [false, true] : [false])
        for (const name of ['strang', 'chin4a'] as const) {
          const request = requestOf({ axes: periodic(...points), angle: theta, method: name, factors })
          const numbers = { realKinetic: factors === 'real', potential, squares, fma: false }
          const one = generatedStepper(planOf(request.axes, numbers)!, request, 1)
          const psi = randomField(2 * sizeOf(request.axes))
          expect(
            distance(advanced(one, psi, 1, 2), advanced(referenceStepper(request), psi, 3)),
          ).toBeLessThan(AGREEMENT)
        }
  })

  it('where tables are given as functions', () => {
    const trial = { axes: periodic(6, 40, 50), angle: BETWEEN, method: 'chin4a' as const }
    const request = requestOf(trial)
    const psi = fieldOf(trial)
    const stages = request.stages.map((stage): StepperStage => {
      if (stage.part === 'T') return stage
      const { table } = stage
      if (typeof table === 'function') throw new Error('tables of trials are arrays')
      return {
        part: 'V',
        table: (first, out) => out.set(table.subarray(2 * first, 2 * first + out.length)),
      }
    })
    expect(advanced(stepper({ ...request, stages }), psi, 2)).toEqual(advanced(stepper(request), psi, 2))
  })

  it.runIf(hasFMA())('with fused multiply-add, nearly', () => {
    for (const points of [[1024], [60], [32, 60], [8, 12, 20]]) {
      const trial = { axes: periodic(...points), angle: BETWEEN, method: 'chin4a' as const }
      expect(disagreement({ ...trial, fma: 'auto' }, 3)).toBeLessThan(FUSED_AGREEMENT)
    }
  })
})

describe('a real field', () => {
  it.each([[[64]], [[9, 16]], [[12, 20]], [[4, 6, 8]]])('of %j points is the complex one', (points) => {
    const trial = { axes: periodic(...points), angle: IMAGINARY_TIME, method: 'chin4a' as const }
    const psi = randomField(sizeOf(trial.axes))
    const complex = new Float64Array(2 * psi.length)
    for (const [i, value] of psi.entries()) complex[2 * i] = value
    const whole = advanced(stepper(requestOf(trial)), complex, 5)
    const half = advanced(stepper(requestOf({ ...trial, real: true })), psi, 5)
    expect(
      distance(
        half,
        whole.filter((_, i) => i % 2 === 0),
      ),
    ).toBeLessThan(AGREEMENT)
  })

  it('refuses factors that are not real', () => {
    const trial = { axes: periodic(8, 8), angle: BETWEEN, method: 'strang' as const }
    expect(() => stepper(requestOf({ ...trial, real: true }))).toThrow(/stages: .* is not real/)
    expect(() => stepper(requestOf({ ...trial, factors: 'real' }))).toThrow(/stages: .* is not real/)
  })
})

describe('steps in real time', () => {
  it.each([[[512]], [[36, 50]], [[8, 10, 12]]])('keep the norm on %j points', (points) => {
    const trial = { axes: periodic(...points), angle: REAL_TIME, method: 'chin4a' as const }
    const psi = fieldOf(trial)
    const norm = (values: Float64Array): number => values.reduce((sum, v) => sum + v * v, 0)
    const result = advanced(stepper(requestOf(trial)), psi, 1000)
    expect(Math.abs(norm(result) / norm(psi) - 1)).toBeLessThan(NORM_DRIFT)
  })
})

describe('run()', () => {
  it.each([[[256]], [[16, 24]], [[6, 8, 10]]])('in pieces is run() in one on %j points', (points) => {
    const trial = { axes: periodic(...points), angle: BETWEEN, method: 'strang' as const }
    const psi = fieldOf(trial)
    const one = stepper(requestOf(trial))
    expect(distance(advanced(one, psi, 3, 0, 1, 4), advanced(one, psi, 8))).toBeLessThan(AGREEMENT)
  })

  it('gives the same bits every time', () => {
    const trial = { axes: periodic(32, 32), angle: BETWEEN, method: 'chin4a' as const }
    const psi = fieldOf(trial)
    expect(advanced(stepper(requestOf(trial)), psi, 7)).toEqual(advanced(stepper(requestOf(trial)), psi, 7))
  })
})

describe('a cancelled run', () => {
  const asked = (times: number) => () => times-- <= 0

  it.each([[[64]], [[16, 24]], [[6, 8, 10]], [[15]]])(
    'on %j points ends after a whole step, and can go on',
    (points) => {
      for (const name of ['strang', 'chin4a'] as const) {
        const trial = { axes: periodic(...points), angle: REAL_TIME, method: name }
        const psi = fieldOf(trial)
        for (const [threads, times] of [
          [1, 4],
          [2, 5],
        ] as const) {
          const one = stepper({ ...requestOf(trial), threads })
          one.load(psi)
          const done = one.run(1e9, asked(times))
          expect(done).toBeLessThan(1e9)
          expect(one.whole).toBe(true)
          expect(one.run(2)).toBe(2)
          const result = new Float64Array(psi.length)
          one.store(result)
          expect(distance(result, advanced(one, psi, done + 2))).toBeLessThan(AGREEMENT * (done + 2))
        }
      }
    },
  )

  it('that is cancelled before it begins does nothing', () => {
    const trial = { axes: periodic(8, 12), angle: BETWEEN, method: 'strang' as const }
    const psi = fieldOf(trial)
    const one = stepper(requestOf(trial))
    one.load(psi)
    expect(one.run(5, () => true)).toBe(0)
    const result = new Float64Array(psi.length)
    one.store(result)
    expect(result).toEqual(psi)
  })

  it('of a large field gives up its step, and the field with it', () => {
    const points = [64, 128, 128]
    const ones = (_: number, out: Float64Array): void => {
      for (let i = 0; i < out.length; i += 2) out[i] = 1
    }
    const tables = points.map((n) => new Float64Array(2 * n).map((_, i) => 1 - (i % 2)))
    const one = stepper({
      axes: periodic(...points),
      factors: 'phases',
      stages: [
        { part: 'V', table: ones },
        { part: 'T', tables },
      ],
    })
    const psi = new Float64Array(2 * 64 * 128 * 128)
    one.load(psi)
    expect(one.run(100, asked(1))).toBe(0)
    expect(one.whole).toBe(false)
    expect(() => one.store(psi)).toThrow(/psi: the last run ended within a step/)
    expect(() => one.run(1)).toThrow(/left no field/)
    one.load(psi)
    expect(one.whole).toBe(true)
  })
})

it('phases of a half turn are kept as well as others', () => {
  const request = requestOf({ axes: periodic(8, 12), angle: REAL_TIME, method: 'strang', factors: 'phases' })
  const half = Float64Array.from({ length: 2 * 96 }, (_, i) => (i % 2 === 0 ? -1 : 0))
  const ones = request.axes.map(({ points }) => new Float64Array(2 * points).map((_, i) => 1 - (i % 2)))
  const one = generatedStepper(
    planOf(periodic(8, 12), { realKinetic: false, potential: 'phase', squares: false, fma: false })!,
    {
      ...request,
      stages: [
        { part: 'V', table: half },
        { part: 'T', tables: ones },
      ],
    },
    1,
  )
  const psi = randomField(2 * 96)
  expect(
    distance(
      advanced(one, psi, 3),
      psi.map((v) => -v),
    ),
  ).toBeLessThan(AGREEMENT)
})

it('a shape that the generated code does not cover goes to the reference', () => {
  for (const points of [[15], [9, 5], [2]]) {
    const trial = { axes: periodic(...points), angle: BETWEEN, method: 'strang' as const }
    const request = requestOf(trial)
    expect(stepper(request).kind).toBe('reference')
    const psi = fieldOf(trial)
    expect(advanced(stepper(request), psi, 2)).toEqual(advanced(referenceStepper(request), psi, 2))
  }
})

describe('a request is refused', () => {
  const trial: Trial = { axes: periodic(16), angle: REAL_TIME, method: 'strang' }
  const { axes, stages } = requestOf(trial)
  it.each([
    ['without a stage T', stages.slice(0, 1), /stages: a step has no stage T/],
    ['where it begins and ends with T', stages.slice(1, 2), /neither begins nor ends with V/],
    ['where a part follows itself', [...stages, ...stages], /two neighbouring stages are of one part/],
    [
      'where a table has the wrong length',
      [{ part: 'V' as const, table: new Float64Array(16) }, ...stages.slice(1)],
      /a table has 16 numbers where 16 complex factors need 32/,
    ],
  ])('%s', (_, wrong, message) => {
    expect(() => stepper({ axes, stages: wrong })).toThrow(message)
  })
})

it('a field of the wrong length and a count that is none are refused', () => {
  const one = stepper(requestOf({ axes: periodic(4, 8), angle: REAL_TIME, method: 'strang' }))
  expect(() => one.load(new Float64Array(32))).toThrow(/psi: .* wrong length; allowed: 64 numbers; got 32/)
  expect(() => one.store(new Float64Array(65))).toThrow(/allowed: 64 numbers; got 65/)
  expect(() => one.run(1.5)).toThrow(/steps: .*got 1.5/)
})
