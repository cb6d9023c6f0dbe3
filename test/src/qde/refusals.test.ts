import { describe, expect, it } from 'vitest'
import { PsilabError } from '../../../src/error.js'
import { type Grid, WaveFunction } from '../../../src/grid/index.js'
import { functionObjective } from '../../../src/objective/index.js'
import {
  gaussianPacket,
  type InitialState,
  linearPropagator,
  oscillatorPropagator,
  qde,
  wavePacket,
} from '../../../src/qde/index.js'
import { distance } from './_exact.js'

/** The code and the parameter of the error that a call ends with. */
function refusal(call: () => unknown): { code: string; parameter: string; message: string } {
  try {
    call()
  } catch (error) {
    if (error instanceof PsilabError)
      return { code: error.code, parameter: error.parameter, message: error.message }
    throw error
  }
  throw new Error('not refused')
}

const problem = (objective: Parameters<typeof qde>[0]['objective'], more: object = {}) =>
  qde({ objective, D: 0.5, ...more })
const packet = wavePacket({ x0: 0, sigma: 1 })
const well = problem('x^2')
const stateOf = (value: (i: number) => number) =>
  new WaveFunction(
    well.grid,
    Float64Array.from({ length: 2 * well.grid.size }, (_, i) => value(i)),
  )
const custom = (state: (grid: Grid) => WaveFunction, more: Partial<InitialState> = {}): InitialState => ({
  sample: state,
  toString: () => 'custom',
  ...more,
})

describe('ζ that no grid takes', () => {
  it.each([
    ['1/x', /pole at x ≈ 0;/],
    ['1/(x - 0.3)', /pole at x ≈ 0\.3/],
    ['-1/(x - 0.3)^2', /pole at x ≈ 0\.3/],
    ['x^2 + 1/(x - 1/3)^2', /pole at x ≈ 0\.333333/],
    ['x^2 - 0.001/abs(x - 0.1234)', /pole at x ≈ 0\.1234/],
    ['tan(x)', /pole at x ≈ -?\d/],
    ['log(x)', /ζ is not a number at x = -/],
    ['-1/sqrt((x - 0.1)^2 + y^2)', /pole at x ≈ 0\.1, y ≈ 0/],
    ['-1/(x^2 + y^2 + z^2)', /pole at x ≈ 0, y ≈ 0, z ≈ 0/],
    [() => Number.NaN, /ζ is not a number/],
    [(x: number) => (Math.abs(x) < 1 ? Number.POSITIVE_INFINITY : x * x), /ζ is Infinity/],
  ])('%s', (objective, message) => {
    const { code, parameter, message: said } = refusal(() => problem(objective))
    expect([code, parameter]).toEqual(['not-finite', 'objective'])
    expect(said).toMatch(message)
    expect(said).toMatch(/grid: \{/)
  })

  it('one that gives the wrong number of values', () => {
    const broken = { ...functionObjective((x) => x * x), evaluate: () => new Float64Array(3) }
    expect(refusal(() => problem(broken))).toMatchObject({ code: 'parameter', parameter: 'objective' })
  })

  it('but steep ones, kinks, and a pole at a wall are taken', () => {
    for (const objective of ['1/(1e-6 + x^2) + x^2', 'abs(x)', 'exp(x^2)', 'x^2 - 50*exp(-1e4*(x - 0.3)^2)'])
      expect(() => problem(objective)).not.toThrow()
    expect(() => problem('1/x^2 + x^2', { grid: { lower: 0, upper: 5 } })).not.toThrow()
    expect(refusal(() => problem('1/x^2 + x^2', { grid: { lower: -1, upper: 5 } })).message).toMatch(
      /pole at x ≈ 0;/,
    )
  })
})

describe('D and grids', () => {
  it.each([
    [{ D: 0 }, 'parameter', 'D'],
    [{ D: -1 }, 'parameter', 'D'],
    [{ D: Number.POSITIVE_INFINITY }, 'parameter', 'D'],
    [{ D: undefined }, 'parameter', 'D'],
    [{ grid: null }, 'parameter', 'grid'],
    [{ grid: 'walls' }, 'parameter', 'grid'],
    [{ grid: { lower: 1, upper: 1 } }, 'parameter', 'grid'],
    [{ grid: { lower: 2, upper: 1 } }, 'parameter', 'grid'],
    [{ grid: { lower: Number.NEGATIVE_INFINITY, upper: 1 } }, 'parameter', 'grid'],
    [{ grid: { lower: '0', upper: 1 } }, 'parameter', 'grid'],
    [{ grid: { lower: 0, upper: 1, points: 1e9 } }, 'parameter', 'grid.points'],
    [{ grid: { lower: 0, upper: 1, points: Number.NaN } }, 'parameter', 'grid.points'],
    [{ grid: { lower: 0, upper: 1, points: 14 } }, 'parameter', 'grid.points'],
    [{ grid: { lower: 0, upper: 1, boundary: 3 } }, 'parameter', 'grid.boundary'],
  ])('%j', (options, code, parameter) => {
    expect(refusal(() => problem('x^2', options))).toMatchObject({ code, parameter })
  })

  it('too many points are refused with the memory that a state would need, before any is taken', () => {
    for (const grid of [{ lower: -1, upper: 1, points: 1024 }, { points: 1024 }]) {
      const { code, message } = refusal(() => problem('x^2 + y^2 + z^2', { grid }))
      expect(code).toBe('too-large')
      expect(message).toMatch(/needs 16\d{3} MiB a state/)
    }
  })
})

describe('initial states', () => {
  it.each([
    [{ x0: Number.NaN, sigma: 1 }, 'parameter', 'x0'],
    [{ x0: '0', sigma: 1 }, 'parameter', 'x0'],
    [{}, 'parameter', 'x0'],
    [null, 'parameter', 'wavePacket'],
    [{ x0: 0, sigma: 0 }, 'parameter', 'sigma'],
    [{ x0: 0, sigma: Number.POSITIVE_INFINITY }, 'parameter', 'sigma'],
    [{ x0: 0, sigma: 1, k0: Number.NaN }, 'parameter', 'k0'],
    [{ x0: [0, 0], sigma: 1 }, 'parameter', 'x0'],
    [{ x0: 1e6, sigma: 1 }, 'resolution', 'grid.points'],
    [{ x0: 0, sigma: 1e-9 }, 'resolution', 'grid.points'],
    [{ x0: 0, sigma: 1, k0: 1e9 }, 'resolution', 'grid.points'],
  ])('wavePacket(%j)', (options, code, parameter) => {
    const call = () => well.evolve(wavePacket(options as never), { until: 0.1, frames: 1 })
    expect(refusal(call)).toMatchObject({ code, parameter })
  })

  it.each([
    ['zero', () => 0],
    ['not a number at one point', (i: number) => (i === 7 ? Number.NaN : 1)],
    ['infinite at one point', (i: number) => (i === 7 ? Number.POSITIVE_INFINITY : 1)],
    ['beyond the largest double', () => 1e200],
  ])('a ψ(0) that is %s has no norm', (_, value) => {
    const none = { code: 'not-finite', parameter: 'psi' }
    const state = stateOf(value)
    expect(refusal(() => well.evolve(state, { until: 0.1 }))).toMatchObject(none)
    expect(
      refusal(() =>
        well.evolve(
          custom(() => state),
          { until: 0.1 },
        ),
      ),
    ).toMatchObject(none)
    expect(refusal(() => state.normalized())).toMatchObject(none)
    expect(refusal(() => state.mean())).toMatchObject(none)
    expect(String(state)).toMatch(/without a finite norm/)
  })

  it('recipes of no extent, and what is no state', () => {
    const free = problem('0')
    const wide = custom((grid) => packet.sample(grid), {
      support: () => [[Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]],
    })
    expect(refusal(() => free.evolve(wide, { until: 1 }))).toMatchObject({ code: 'resolution' })
    const none = custom((grid) => packet.sample(grid), { momentum: [Number.NaN] })
    expect(() => free.evolve(none, { until: 0.01, frames: 1 })).not.toThrow()
    expect(refusal(() => free.evolve(undefined as never, { until: 1 })).parameter).toBe('initial')
    expect(refusal(() => free.evolve(packet, undefined as never)).code).toBe('parameter')
  })
})

describe('ζ without a lower bound', () => {
  /** Distance of a run to 1e-10 from its closed form: rounding at the ends of the box grows by e^{|ζ|τ}. */
  const GROWN = 1e-8
  const still = { x0: -0.5, sigma: 0.5 }

  it.each(['x', 'x^3', '-x^2', 'x*y', 'x^2 + y^2 - z^4'])('%s has no ground state and no Z', (objective) => {
    const endless = problem(objective)
    expect(refusal(() => endless.groundState())).toMatchObject({ code: 'unbounded', parameter: 'objective' })
    if (endless.grid.axes.length === 1)
      expect(refusal(() => endless.thermodynamics()).code).toMatch(/unbounded|not-confining/)
  })

  it.each([undefined, { lower: -9, upper: 8, points: 192 }])(
    'a finite imaginary time is allowed, and is that of the linear propagator; grid %j',
    (grid) => {
      const run = qde({ objective: '0.6*x', D: 0.7, ...(grid && { grid }) }).evolve(wavePacket(still), {
        until: 0.5,
        angle: Math.PI / 2,
        frames: 1,
        tolerance: 1e-10,
      })
      const exact = linearPropagator({ D: 0.7, slope: 0.6 })
        .at({ s: 0.5, angle: Math.PI / 2 })
        .apply(gaussianPacket(still))
      expect(distance(run.final, exact.on(run.final.grid))).toBeLessThan(GROWN)
      expect(Math.abs(run.logNorm[1] - exact.logNorm)).toBeLessThan(GROWN)
    },
  )

  it.each([undefined, { lower: -8, upper: 7.5, points: 192 }])(
    'and of the inverted oscillator; grid %j',
    (grid) => {
      const run = qde({ objective: '-x^2/2', D: 0.5, ...(grid && { grid }) }).evolve(wavePacket(still), {
        until: 0.5,
        angle: Math.PI / 2,
        frames: 1,
        tolerance: 1e-10,
      })
      const exact = oscillatorPropagator({ D: 0.5, curvature: -1 })
        .at({ s: 0.5, angle: Math.PI / 2 })
        .apply(gaussianPacket(still))
      expect(distance(run.final, exact.on(run.final.grid))).toBeLessThan(GROWN)
      expect(Math.abs(run.logNorm[1] - exact.logNorm)).toBeLessThan(GROWN)
    },
  )
})

describe('narrow wells', () => {
  it.each([1e-2, 1e-3, 2e-4])('one of width %f, off the samples, is found with its levels', (width) => {
    const depth = 200 / width ** 2
    const narrow = problem(`-${depth}/cosh((x - 3.31)/${width})^2`)
    // −D l² of Pöschl and Teller, l = ½(√(1 + 4·depth·width²/D) − 1).
    const l = 0.5 * (Math.sqrt(1 + 1600) - 1)
    expect(Math.abs((narrow.groundState().energy * width ** 2) / (-0.5 * l * l) - 1)).toBeLessThan(1e-10)
  })
})
