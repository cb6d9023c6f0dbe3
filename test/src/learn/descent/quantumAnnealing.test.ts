import { describe, expect, it } from 'vitest'
import { geometric, quantumAnnealing } from '../../../../src/learn/index.js'
import { expressionObjective, testFunction } from '../../../../src/objective/index.js'
import { qde, wavePacket } from '../../../../src/qde/index.js'

const rastrigin = expressionObjective('x^2 + 10*(1 - cos(2*pi*x))')
const box = { lower: -5.12, upper: 5.12 }

describe('the escape from a local minimum in imaginary time', () => {
  it('has the published means of the population at τ = 1 and 2', () => {
    // ψ(0) ∝ exp[−(x − x₀)²/0.02]: |ψ|² has the variance 0.005.
    const packet = wavePacket({ x0: 2.9848557008784, sigma: Math.sqrt(0.005) })
    const run = qde({ objective: rastrigin, D: 1 }).evolve(packet, {
      until: 2,
      angle: Math.PI / 2,
      frames: [1, 2],
    })
    const [, first, second] = run.mean('population')[0]
    expect(first).toBeCloseTo(0.8700013, 6)
    expect(second).toBeCloseTo(0.1388961, 6)
  })
})

describe('quantumAnnealing', () => {
  it('leaves in imaginary time the well that it starts in, and counts ζ at each point of its grid once', () => {
    const run = quantumAnnealing({ D: geometric(1, 0.05), until: 4, time: 'imaginary', sigma: 0.1 }).run(
      rastrigin,
      {
        start: [2.98],
        box,
      },
    )
    expect(run.path[0][0]).toBeCloseTo(2.98, 6)
    expect(Math.abs(run.point[0])).toBeLessThan(0.01)
    expect(run.stopped).toBe('schedule')
    // Walls: 511 points inside 512 parts.
    expect(run.evaluations).toBe(511)
    expect(run.cost).toBe(511)
  })

  it('follows the ground state in real time where D falls slowly: its energy goes to the bias √(Dh/2)', () => {
    const run = quantumAnnealing({ D: geometric(1, 0.05), until: 30, time: 'real' }).run(
      expressionObjective('x^2/2'),
      { box: { lower: -8, upper: 8 } },
    )
    // E₀ = √(D/2) for h = 1; an adiabatic error of (Ḋ/8Dω)², ω = √(2D) ≥ 0.3.
    expect(run.observables.energy[0]).toBeCloseTo(Math.SQRT1_2, 8)
    expect(run.observables.energy.at(-1)).toBeCloseTo(Math.sqrt(0.025), 3)
    expect(run.covariance![0]).toBeCloseTo(Math.sqrt(0.05 / 2), 2)
  })

  it('keeps all states that it has when it is stopped', () => {
    let frames = 0
    const stop = new AbortController()
    const run = quantumAnnealing({ D: geometric(1, 0.01), until: 1000, sigma: 0.2 }).run(rastrigin, {
      start: [1],
      box,
      progress: ({ fraction }) => {
        frames++
        if (fraction > 0 && frames > 5) stop.abort()
      },
      signal: stop.signal,
    })
    expect(run.stopped).toBe('signal')
    expect(run.complete).toBe(false)
    expect(run.observables.time.at(-1)).toBeLessThan(1000)
    expect(run.path.length).toBeGreaterThan(1)
  })

  it('refuses more than three coordinates, a budget below its grid, and a missing box', () => {
    const wave = quantumAnnealing({ D: geometric(1, 0.1), until: 1 })
    expect(() => wave.run(testFunction('sphere', { dimensions: 4 }))).toThrow(
      /too many coordinates for a wave/,
    )
    expect(() => wave.run(rastrigin, { start: [0] })).toThrow(/box: a wave on a grid/)
    expect(() =>
      quantumAnnealing({ D: 1, until: 1, points: 128 }).run(rastrigin, { box, evaluations: 100 }),
    ).toThrow(/evaluations: 127 values of ζ are needed/)
    expect(() => quantumAnnealing({ D: 1, until: 1, time: 'both' as never })).toThrow(/time: unknown/)
  })
})
