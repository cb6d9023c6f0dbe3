import { describe, expect, it } from 'vitest'
import { type EvolveOptions, type Observation, qde, WaveFunction, wavePacket } from '../../../../src/index.js'

const IMAGINARY = Math.PI / 2
/** What follows from a state that is off by the default tolerance 1e-8. */
const OBSERVED = 1e-7
/** Sums over the grid, in another order. */
const ROUNDING = 1e-12

const well = qde({ objective: '(x^2 - 1)^2 + 0.2*x', D: 0.1 })
const packet = wavePacket({ x0: -0.5, sigma: 0.2, k0: 1 })

describe('samples', () => {
  it('lie at the frames and between them, and leave the states as they are without them', () => {
    const options: EvolveOptions = { until: 2, frames: [0.5, 2], samples: 8 }
    const run = well.evolve(packet, options)
    expect([...run.times]).toEqual([0, 0.5, 2])
    expect([...run.samples.times]).toEqual([0, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2])
    expect(run.energies[1]).toBe(run.samples.energy[2])
    expect(run.samples.mean[0][8]).toBeCloseTo(run.mean()[0][2], 12)
    const plain = well.evolve(packet, { until: 2, frames: 1 })
    expect(run.final.overlap(plain.final).sub(1).abs()).toBeLessThan(OBSERVED)
  })

  it('say of each state what the state says of itself', () => {
    const run = well.evolve(packet, { until: 2, frames: 5, angle: 0.3, observables: { right } })
    const { samples, states, times } = run
    const hamiltonian = well.hamiltonian(run.final.grid)
    states.forEach((state, k) => {
      expect(Math.abs(samples.energy[k] - hamiltonian.energy(state).mean)).toBeLessThan(ROUNDING)
      expect(Math.abs(samples.mean[0][k] - state.mean()[0])).toBeLessThan(ROUNDING)
      expect(Math.abs(samples.variance[0][k] - state.variance()[0])).toBeLessThan(ROUNDING)
      expect(samples.own.right[k]).toBe(right(state))
      const { re, im } = states[0].overlap(state)
      expect(Math.hypot(samples.survival[2 * k] - re, samples.survival[2 * k + 1] - im)).toBeLessThan(
        ROUNDING,
      )
      expect(Math.abs(Math.log(samples.norm[k]) - run.logNorm[k])).toBeLessThan(ROUNDING)
      expect(samples.times[k]).toBe(times[k])
    })
  })

  function right(state: WaveFunction): number {
    return state.probability([0, Number.POSITIVE_INFINITY])
  }

  it('survival of an eigenstate turns by e^{−iEt}', () => {
    const { state, energy } = well.groundState()
    const { samples } = well.evolve(state, { until: 5, frames: 1, samples: 20 })
    samples.times.forEach((t, k) => {
      expect(Math.abs(samples.survival[2 * k] - Math.cos(energy * t))).toBeLessThan(OBSERVED)
      expect(Math.abs(samples.survival[2 * k + 1] + Math.sin(energy * t))).toBeLessThan(OBSERVED)
    })
  })

  it('custom observables get the state and the time', () => {
    const { samples } = well.evolve(packet, {
      until: 1,
      frames: 4,
      observables: { clock: (_, s) => s, norm: (state) => state.normSquared },
    })
    expect([...samples.own.clock]).toEqual([0, 0.25, 0.5, 0.75, 1])
    for (const value of samples.own.norm) expect(Math.abs(value - 1)).toBeLessThan(ROUNDING)
  })
})

describe('current', () => {
  it.each(['periodic', 'walls', 'zero-flux'] as const)(
    '∫j dx is 2Dk₀ of a packet in a box, %s',
    (boundary) => {
      const box = qde({ objective: '0', D: 0.7, grid: { lower: -20, upper: 20, points: 256, boundary } })
      const { samples } = box.evolve(wavePacket({ x0: 0, sigma: 1.2, k0: 1.5 }), { until: 1, frames: 4 })
      for (const j of samples.current[0]) expect(Math.abs(j - 2 * 0.7 * 1.5)).toBeLessThan(OBSERVED)
    },
  )

  it.each(['periodic', 'walls', 'zero-flux'] as const)(
    'what flows through a plane is what arrives behind it: %s',
    (boundary) => {
      const box = qde({ objective: '0', D: 0.5, grid: { lower: -20, upper: 20, points: 256, boundary } })
      const at = 1.3
      const n = 400
      const run = box.evolve(wavePacket({ x0: -2, sigma: 0.8, k0: 2 }), {
        until: 2,
        frames: 1,
        samples: n,
        flux: { x: at },
      })
      const { flux } = run.samples
      // Simpson's rule over 400 parts of a smooth curve leaves less than 1e-8.
      let sum = 0
      for (let k = 0; k <= n; k++) sum += flux![k] * (k === 0 || k === n ? 1 : k % 2 === 1 ? 4 : 2)
      const arrived = run.final.probability([at, 20]) - run.states[0].probability([at, 20])
      expect(arrived).toBeGreaterThan(0.5)
      expect(Math.abs((sum * 2) / n / 3 - arrived)).toBeLessThan(OBSERVED)
    },
  )

  it('of a plane wave over a step in y flows along x only', () => {
    const plane = qde({
      objective: 'x^2/2 + y^2/2',
      D: 0.5,
      grid: { lower: -8, upper: 8, points: 64, boundary: 'periodic' },
    })
    const state = wavePacket({ x0: [0, 0], sigma: 0.8, k0: [1.2, 0] })
    const { samples } = plane.evolve(state, { until: 0.1, frames: 1, flux: { x: 0 } })
    expect(Math.abs(samples.current[0][0] - 1.2)).toBeLessThan(ROUNDING)
    expect(Math.abs(samples.current[1][0])).toBeLessThan(ROUNDING)
    // j(0) = 2Dk₀|ψ(0)|², ∫dy of it 2Dk₀/√(2πσ²).
    expect(Math.abs(samples.flux![0] - 1.2 / Math.sqrt(2 * Math.PI * 0.64))).toBeLessThan(ROUNDING)
  })
})

describe('going on', () => {
  it.each([
    ['real time', 0],
    ['imaginary time', IMAGINARY],
  ])('from a checkpoint in %s by steps: the same bits as in one run', (_, angle) => {
    const fixed: EvolveOptions = { until: 2, frames: [1], steps: 256, angle }
    const whole = well.evolve(packet, fixed)
    const first = well.evolve(packet, { ...fixed, until: 1, frames: 1, steps: 128 })
    const second = well.evolve(first.final, { ...fixed, from: 1, frames: 1, steps: 128 })
    expect([...second.times]).toEqual([1, 2])
    expect(first.final.values).toEqual(whole.states[1].values)
    expect(second.final.values).toEqual(whole.final.values)
    expect(Math.abs(first.logNorm[1] + second.logNorm[1] - whole.logNorm[2])).toBeLessThan(ROUNDING)
  })

  it('from a checkpoint with a schedule goes on with its time', () => {
    const bowl = qde({ objective: '(x - c)^2/2', parameters: { c: 0 }, D: 0.5 })
    const options: EvolveOptions = { until: 3, frames: 1, schedule: { parameters: { c: Math.sin } } }
    const start = wavePacket({ x0: 0, sigma: Math.SQRT1_2 })
    const whole = bowl.evolve(start, options)
    const first = bowl.evolve(start, { ...options, until: 1.2 })
    const second = bowl.evolve(first.final, { ...options, from: 1.2 })
    expect(second.times[1]).toBe(3)
    expect(Math.abs(second.mean()[0][1] - whole.mean()[0][1])).toBeLessThan(OBSERVED)
  })
})

describe('refusals', () => {
  it.each<[Partial<EvolveOptions>, RegExp]>([
    [{ frames: [0.5, 3] }, /frames: out of range; allowed: times from 0 to 1; got 3/],
    [{ samples: 0 }, /samples.*1 to 1000000/],
    [{ from: 2 }, /until.*> from = 2/],
    [{ observables: { a: 3 as unknown as () => number } }, /observables\.a: not a function/],
    [{ stop: 3 as unknown as (o: Observation) => boolean }, /stop: not a function/],
    [{ flux: { y: 1 } }, /flux: not a plane; allowed: one of x/],
    [{ flux: { x: 100 } }, /flux\.x: out of range; allowed: inside the box/],
    [{ progress: 3 as unknown as () => void }, /progress: of the wrong kind/],
    [{ signal: {} as AbortSignal }, /signal: of the wrong kind/],
    [{ threads: 0 }, /threads/],
  ])('%j', (options, message) => {
    expect(() => well.evolve(packet, { until: 1, ...options })).toThrow(message)
  })

  it('states that would not fit into memory are refused before any is made', () => {
    const plane = qde({ objective: 'x^2 + y^2', D: 0.5, grid: { lower: -9, upper: 9, points: 1024 } })
    const began = performance.now()
    expect(() => plane.evolve(wavePacket({ x0: [0, 0], sigma: 0.7 }), { until: 1, frames: 500 })).toThrow(
      /frames: 501 states of 1023 × 1023 points need 7\.8 GiB; .*up to 25\d frames.*give samples/,
    )
    expect(performance.now() - began).toBeLessThan(5000)
  })

  it.each([
    ['strang', 0],
    ['chin4a', 0],
    ['chin4a', 0.4],
    ['blanesMoan4', 0],
    ['crankNicolson', 0],
  ] as const)('steps of %s at θ = %f that are far too long', (method, angle) => {
    const deep = qde({ objective: '50*(x^2 - 1)^2', D: 0.5, grid: { lower: -3, upper: 3, points: 256 } })
    expect(() =>
      deep.evolve(wavePacket({ x0: -1.4, sigma: 0.15 }), { until: 10, frames: 1, steps: 5, method, angle }),
    ).toThrow(/steps: .* too long/)
  })

  it('a state that has no norm', () => {
    const zero = new WaveFunction(well.grid, new Float64Array(2 * well.grid.size))
    const wild = new WaveFunction(well.grid, new Float64Array(2 * well.grid.size).fill(Number.NaN))
    for (const state of [zero, wild])
      expect(() => well.evolve(state, { until: 1 })).toThrow(/psi: the wave function cannot be normalised/)
  })

  it('a ψ that stops being finite on the way is refused with the time', () => {
    const broken = {
      sample: (grid: typeof well.grid) => packet.sample(grid),
      toString: () => 'broken',
    }
    const objective = (s: number) => (x: number) => (s > 0.5 && x > 0 ? Number.NaN : x * x)
    const moving = qde({ objective: (x) => x * x, D: 0.5, grid: { lower: -9, upper: 9, points: 128 } })
    expect(() => moving.evolve(broken, { until: 1, frames: 4, schedule: { objective } })).toThrow(
      /ζ is NaN at x/,
    )
  })
})
