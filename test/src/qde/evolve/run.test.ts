import { describe, expect, it, vi } from 'vitest'
import { type Grid, WaveFunction } from '../../../../src/grid/index.js'
import { type Evolution, qde, wavePacket } from '../../../../src/qde/index.js'
import { distance, exactState } from '../_exact.js'

const IMAGINARY = Math.PI / 2
const last = (values: Float64Array): number => values[values.length - 1]
/** Errors of means and variances when the state is off by the default tolerance 1e-8. */
const OBSERVED = 1e-7

describe('closed forms', () => {
  it('free packet: mean x₀ + 2Dk₀t, variance σ² + (Dt/σ)² in real time', () => {
    const free = qde({ objective: '0', D: 0.7 })
    const run = free.evolve(wavePacket({ x0: -1, sigma: 0.8, k0: 1.5 }), { until: 3 })
    run.times.forEach((t, f) => {
      expect(Math.abs(run.mean()[0][f] - (-1 + 2 * 0.7 * 1.5 * t))).toBeLessThan(OBSERVED)
      expect(Math.abs(run.variance()[0][f] - (0.64 + ((0.7 * t) / 0.8) ** 2))).toBeLessThan(OBSERVED)
    })
  })

  it('heat kernel: in imaginary time the profile ψ itself spreads to 2σ² + 2Dτ, |ψ|² to σ² + Dτ', () => {
    const free = qde({ objective: '0', D: 0.5, grid: { lower: -20, upper: 20, points: 256 } })
    const run = free.evolve(wavePacket({ x0: 0, sigma: 1 }), { until: 2, angle: IMAGINARY, frames: 4 })
    run.times.forEach((tau, f) => {
      expect(Math.abs(run.variance('population')[0][f] - (2 + tau))).toBeLessThan(OBSERVED)
      expect(Math.abs(run.variance('born')[0][f] - (1 + 0.5 * tau))).toBeLessThan(OBSERVED)
    })
  })

  it('linear ζ = gx: mean x₀ + 2Dk₀t − Dgt² in real time, free variance', () => {
    const g = 0.6
    const ramp = qde({
      objective: 'g*x',
      parameters: { g },
      D: 0.7,
      grid: { lower: -16, upper: 14, points: 256 },
    })
    const run = ramp.evolve(wavePacket({ x0: -1, sigma: 0.8, k0: 1 }), { until: 1.5, frames: 3 })
    run.times.forEach((t, f) => {
      expect(Math.abs(run.mean()[0][f] - (-1 + 1.4 * t - 0.7 * g * t * t))).toBeLessThan(OBSERVED)
      expect(Math.abs(run.variance()[0][f] - (0.64 + ((0.7 * t) / 0.8) ** 2))).toBeLessThan(OBSERVED)
    })
  })

  it('linear ζ in imaginary time: mean −1.804, variance 2.04 and mass 2.223761207733 of the population', () => {
    // N(x₀, s₀²) with s₀ = 0.8 is the population of a packet with σ = s₀/√2; D = 0.7, g = 0.6, τ = 1.
    const ramp = qde({ objective: '0.6*x', D: 0.7, grid: { lower: -16, upper: 14, points: 256 } })
    const run = ramp.evolve(wavePacket({ x0: -1, sigma: 0.8 / Math.SQRT2 }), {
      until: 1,
      angle: IMAGINARY,
      frames: 1,
    })
    expect(Math.abs(run.mean('population')[0][1] + 1.804)).toBeLessThan(OBSERVED)
    expect(Math.abs(run.variance('population')[0][1] - 2.04)).toBeLessThan(OBSERVED)
    const mass = (state: WaveFunction, logNorm: number): number =>
      (Math.exp(logNorm) * state.values.reduce((sum, v, i) => (i % 2 === 0 ? sum + v : sum), 0)) /
      Math.sqrt(state.normSquared)
    const ratio = mass(run.final, run.logNorm[1]) / mass(run.states[0], run.logNorm[0])
    expect(Math.abs(ratio - 2.223761207733)).toBeLessThan(1e-6)
  })

  it('oscillator: a displaced ground state swings as x₀ cos ωt without changing its width', () => {
    const oscillator = qde({ objective: 'x^2/2', D: 0.5 })
    const run = oscillator.evolve(wavePacket({ x0: 2, sigma: Math.SQRT1_2 }), { until: 7, frames: 14 })
    run.times.forEach((t, f) => {
      expect(Math.abs(run.mean()[0][f] - 2 * Math.cos(t))).toBeLessThan(OBSERVED)
      expect(Math.abs(run.variance()[0][f] - 0.5)).toBeLessThan(OBSERVED)
    })
  })

  it('Riccati flow of the population in ζ = 2x²: mean 0.3397484973405, variance 0.4874321445081 at τ = 1', () => {
    const oscillator = qde({ objective: '2*x^2', D: 0.5 })
    const run = oscillator.evolve(wavePacket({ x0: 1.5, sigma: 0.3 / Math.SQRT2 }), {
      until: 1,
      angle: IMAGINARY,
      frames: 1,
    })
    expect(Math.abs(run.mean('population')[0][1] - 0.3397484973405)).toBeLessThan(OBSERVED)
    expect(Math.abs(run.variance('population')[0][1] - 0.4874321445081)).toBeLessThan(OBSERVED)
  })

  it('Wick angle π/4: |c₁/c₀| of an equal superposition falls to e^{−1/√2}', () => {
    const oscillator = qde({ objective: 'x^2/2', D: 0.5 })
    const { states } = oscillator.eigenstates(2)
    const sum = new WaveFunction(
      states[0].grid,
      states[0].values.map((v, i) => (v + states[1].values[i]) / Math.SQRT2),
    )
    const { final } = oscillator.evolve(sum, { until: 1, angle: Math.PI / 4, frames: 1 })
    const [c0, c1] = states.map((s) => s.overlap(final).abs())
    expect(Math.abs(c1 / c0 - Math.exp(-Math.SQRT1_2))).toBeLessThan(OBSERVED)
  })
})

describe('laws', () => {
  const well = qde({ objective: '(x^2 - 1)^2 + 0.2*x', D: 0.1 })
  const packet = wavePacket({ x0: -1, sigma: 0.2, k0: 0 })

  it('real time keeps the norm to 1e-12 over 1000 steps, and the energy', () => {
    const run = well.evolve(packet, { until: 10, steps: 1000 })
    expect(run.steps).toBe(1000)
    for (const state of run.states) expect(Math.abs(state.normSquared - 1)).toBeLessThan(1e-12)
    // A fourth-order splitting moves ⟨H⟩ by O(h⁴) without drift.
    for (const e of run.energies) expect(Math.abs(e - run.energies[0])).toBeLessThan(1e-6)
  })

  it('imaginary time reaches E₀ of the oscillator to 1e-10', () => {
    const oscillator = qde({ objective: 'x^2/2', D: 0.5 })
    const run = oscillator.evolve(wavePacket({ x0: 1, sigma: 0.5 }), { until: 16, angle: IMAGINARY })
    expect(Math.abs(last(run.energies) - 0.5)).toBeLessThan(1e-10)
  })

  it('imaginary time lowers the energy at the rate dE/dτ = −2 Var H', () => {
    const run = well.evolve(packet, { until: 0.5, angle: IMAGINARY, frames: 500 })
    const hamiltonian = well.hamiltonian(run.final.grid)
    for (const f of [100, 250, 400]) {
      const slope = (run.energies[f + 1] - run.energies[f - 1]) / (run.times[f + 1] - run.times[f - 1])
      const { deviation } = hamiltonian.energy(run.states[f])
      // The central difference with Δτ = 1e-3 is off by about Δτ²·E‴/6.
      expect(Math.abs(slope / (-2 * deviation ** 2) - 1)).toBeLessThan(1e-4)
    }
  })

  it('imaginary time loses norm at the rate d ln‖ψ‖/dτ = −⟨H⟩', () => {
    const run = well.evolve(packet, { until: 0.5, angle: IMAGINARY, frames: 500 })
    const slope = (run.logNorm[301] - run.logNorm[299]) / (run.times[301] - run.times[299])
    expect(Math.abs(slope + run.energies[300])).toBeLessThan(1e-5)
  })

  it('Ehrenfest: d²⟨x⟩/dt² = −2D⟨ζ′⟩', () => {
    const run = well.evolve(packet, { until: 0.2, frames: 200 })
    const x = run.mean()[0]
    const dt = run.times[1]
    const force = run.states[100].density().reduce((sum, p, i) => {
      const at = run.final.grid.columns[0][i]
      return sum + p * (4 * at * (at * at - 1) + 0.2)
    }, 0)
    const acceleration = (x[101] - 2 * x[100] + x[99]) / dt ** 2
    expect(Math.abs(acceleration + 0.2 * force * run.final.grid.cell)).toBeLessThan(1e-4)
  })

  it.each([0, 0.4, 1.1, IMAGINARY])(
    'stays within its own error estimate of the exact state at θ = %f',
    (angle) => {
      const run: Evolution = well.evolve(packet, { until: 4, angle, frames: 4 })
      const exact = exactState(well.hamiltonian(run.final.grid), run.states[0], angle, 4)
      expect(run.errorEstimate).toBeLessThanOrEqual(1e-8)
      expect(distance(run.final, exact)).toBeLessThan(2e-8)
    },
  )

  it('relaxes to the ground state with the error √2·(‖ψ⊥‖/|c₀|)·e^{−gap·τ}', () => {
    const { states, gap } = well.eigenstates(2)
    const run = well.evolve(packet, { until: 20, angle: IMAGINARY, frames: 10 })
    const ground = states[0].on(run.final.grid)
    const c0 = ground.overlap(run.states[0]).abs()
    const bound = (tau: number): number => Math.SQRT2 * (Math.sqrt(1 - c0 ** 2) / c0) * Math.exp(-gap * tau)
    run.times.forEach((tau, f) => {
      expect(distance(run.states[f], ground)).toBeLessThan(bound(tau) + 1e-7)
    })
    expect(distance(run.final, ground)).toBeGreaterThan(1e-5 * bound(20))
  })
})

describe('what a common phase or a norm would hide', () => {
  it.each([0, 0.6, 1.2])(
    'an eigenstate of x²/2 + 3 turns by e^{−iEs cos θ} and shrinks by e^{−Es sin θ} at θ = %f',
    (angle) => {
      const raised = qde({ objective: 'x^2/2 + 3', D: 0.5 })
      const { state } = raised.groundState()
      const run = raised.evolve(state, { until: 1, angle, frames: 2 })
      const { re, im } = state.overlap(run.final)
      expect(
        Math.abs(
          Math.atan2(im, re) - Math.atan2(Math.sin(-3.5 * Math.cos(angle)), Math.cos(3.5 * Math.cos(angle))),
        ),
      ).toBeLessThan(OBSERVED)
      expect(Math.abs(run.logNorm[2] + 3.5 * Math.sin(angle))).toBeLessThan(OBSERVED)
    },
  )

  it('an unnormalised start keeps its norm in ln ‖ψ‖, and states off the real axis are normalised', () => {
    const oscillator = qde({ objective: 'x^2/2', D: 0.5 })
    const { state } = oscillator.groundState()
    const twice = new WaveFunction(
      state.grid,
      state.values.map((v) => 2 * v),
    )
    const cooled = oscillator.evolve(twice, { until: 0.5, angle: IMAGINARY, frames: 2 })
    cooled.states.forEach((s, f) => {
      expect(Math.abs(s.normSquared - 1)).toBeLessThan(1e-12)
      expect(Math.abs(cooled.logNorm[f] - Math.LN2 + 0.5 * cooled.times[f])).toBeLessThan(OBSERVED)
    })
    expect(Math.abs(oscillator.evolve(twice, { until: 0.5, frames: 2 }).final.normSquared - 4)).toBeLessThan(
      1e-11,
    )
  })
})

describe('step control', () => {
  const barrier = qde({
    objective: '20*exp(-50*(x - 5)^2)',
    D: 0.5,
    grid: { lower: -30, upper: 30, points: 1024, boundary: 'periodic' },
  })
  const incoming = wavePacket({ x0: -10, sigma: 1, k0: 5 })

  it('sees a barrier that the packet reaches late, whatever is recorded in between', () => {
    const reference = barrier.evolve(incoming, {
      until: 4,
      frames: 1,
      method: 'chebyshev',
      tolerance: 1e-10,
    }).final
    for (const frames of [1, 7]) {
      const run = barrier.evolve(incoming, { until: 4, frames, tolerance: 1e-5 })
      expect(distance(run.final, reference)).toBeLessThan(2e-5)
      expect(run.errorEstimate).toBeLessThan(1e-5)
    }
  })

  it.each([0.1, 0.3])('ends where the commutator of chin4a grows, at θ = %f', (angle) => {
    const quartic = qde({ objective: 'x^4', D: 1, grid: { lower: -12, upper: 12, points: 256 } })
    const packetAtRest = wavePacket({ x0: 1, sigma: 0.5 })
    const run = quartic.evolve(packetAtRest, { until: 1, angle, frames: 1, tolerance: 1e-4 })
    const exact = exactState(quartic.hamiltonian(run.final.grid), run.states[0], angle, 1)
    expect(distance(run.final, exact)).toBeLessThan(1e-4)
  })

  it.each([1, 10, 100])(
    'lanczos needs no more products with H than the run asks for, with %i frames',
    (frames) => {
      const oscillator = qde({ objective: 'x^2/2', D: 0.5 })
      const run = oscillator.evolve(wavePacket({ x0: 1, sigma: 0.5 }), {
        until: 10,
        frames,
        method: 'lanczos',
      })
      expect(run.steps).toBeLessThan(6000)
      expect(Math.abs(run.mean()[0][frames] - Math.cos(10))).toBeLessThan(OBSERVED)
    },
  )

  it('works without ∇ζ where ∇ζ is not a number somewhere', () => {
    const cone = qde({ objective: 'sqrt(x^2) + x^2', D: 0.5, grid: { lower: -8, upper: 8, points: 128 } })
    const run = cone.evolve(wavePacket({ x0: 0.5, sigma: 0.5 }), { until: 0.2, frames: 1, tolerance: 1e-4 })
    expect(run.method).toBe('chebyshev')
    expect(() => cone.evolve(wavePacket({ x0: 0.5, sigma: 0.5 }), { until: 0.2, method: 'chin4a' })).toThrow(
      /known and finite/,
    )
  })
})

describe('a plane', () => {
  it('moves the mean of a displaced oscillator along each axis with its own frequency', () => {
    const bowl = qde({ objective: 'x^2/2 + 2*y^2', D: 0.5 })
    const run = bowl.evolve(wavePacket({ x0: [1, -0.5], sigma: [Math.SQRT1_2, 0.5] }), {
      until: 1,
      frames: 2,
      tolerance: 1e-6,
    })
    expect(Math.abs(run.mean()[0][2] - Math.cos(1))).toBeLessThan(1e-5)
    expect(Math.abs(run.mean()[1][2] + 0.5 * Math.cos(2))).toBeLessThan(1e-5)
  })
})

describe('refusals and warnings', () => {
  const oscillator = qde({ objective: 'x^2/2', D: 0.5 })
  const packet = wavePacket({ x0: 0, sigma: 0.5 })

  it.each([
    [{ until: -1 }, /until.*> 0; got -1/],
    [{ until: 1, angle: -0.1 }, /angle.*0 \(real time\) to π\/2/],
    [{ until: 1, frames: 0 }, /frames.*1 to 10000/],
    [{ until: 1, tolerance: 0 }, /tolerance/],
    [{ until: 1, reading: 'population' as const }, /reading: only a real ψ ≥ 0 in imaginary time/],
  ])('evolve(%j)', (options, message) => {
    expect(() => oscillator.evolve(packet, options)).toThrow(message)
  })

  it('refuses a population that starts with waves, and chin4a without a gradient', () => {
    const moving = wavePacket({ x0: 0, sigma: 0.5, k0: 1 })
    const options = { until: 1, angle: Math.PI / 2, reading: 'both' as const }
    expect(() => oscillator.evolve(moving, options)).toThrow(/reading: only a real ψ ≥ 0/)
    const sampled = qde({ objective: (x: number) => x * x, D: 0.5 })
    expect(() => sampled.evolve(packet, { until: 1, method: 'chin4a' })).toThrow(
      /method: chin4a needs a ∇ζ that is known/,
    )
  })

  it('refuses a state that does not fit a given box, and a packet too fast for a given spacing', () => {
    const small = qde({ objective: 'x^2/2', D: 0.5, grid: { lower: -1, upper: 1 } })
    expect(() => small.evolve(packet, { until: 1 })).toThrow(/grid: the box x ∈ \[−1, 1\] is too small/)
    const coarse = qde({ objective: 'x^2/2', D: 0.5, grid: { lower: -9, upper: 9, points: 32 } })
    expect(() => coarse.evolve(wavePacket({ x0: 0, sigma: 0.5, k0: 5 }), { until: 1 })).toThrow(
      /grid\.points: the grid holds wave numbers up to 5\.59 along x, and the packet reaches 16/,
    )
  })

  it('chooses a wider grid for a packet of high energy', () => {
    const run = oscillator.evolve(wavePacket({ x0: 12, sigma: 0.5 }), { until: Math.PI, frames: 2 })
    expect(Math.abs(run.mean()[0][2] + 12)).toBeLessThan(1e-6)
    expect(run.warnings).toEqual([])
  })

  it('refuses a fast packet on a grid that would show a slow one', () => {
    const given = qde({ objective: 'x^2/2', D: 0.5, grid: { lower: -10, upper: 10, points: 128 } })
    for (const k0 of [36, 40])
      expect(() => given.evolve(wavePacket({ x0: 0, sigma: 0.7, k0 }), { until: 1 })).toThrow(
        /grid holds wave numbers/,
      )
    const run = oscillator.evolve(wavePacket({ x0: 0, sigma: 0.7, k0: 70 }), {
      until: 0.5,
      frames: 2,
      tolerance: 1e-6,
    })
    expect(Math.abs(run.energies[0] - (70 ** 2 / 2 + 1 / (8 * 0.49) + 0.49 / 2))).toBeLessThan(1e-6)
    expect(Math.abs(run.mean()[0][2] - 70 * Math.sin(0.5))).toBeLessThan(1e-4)
  })

  it('warns of the edge of a box that nobody set, and not on a ring that somebody did', () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined)
    const ring = qde({
      objective: '1 - cos(x)',
      D: 0.5,
      grid: { lower: -Math.PI, upper: Math.PI, boundary: 'periodic' },
    })
    expect(
      ring.evolve(wavePacket({ x0: 3, sigma: 0.3 }), { until: 1, frames: 8, tolerance: 1e-6 }).warnings,
    ).toEqual([])
    expect(warn).not.toHaveBeenCalled()
    const slope = qde({ objective: 'x', D: 0.5 })
    // A state that does not say how much room it will need gets the default box.
    const silent = {
      sample: (box: Grid) => wavePacket({ x0: 0, sigma: 0.5 }).sample(box),
      toString: () => 'silent',
    }
    const run = slope.evolve(silent, { until: 4, frames: 20, tolerance: 1e-4 })
    expect(run.warnings[0]).toMatch(/reaches the edge of the box at t ≈/)
    expect(warn).toHaveBeenCalledWith(run.warnings[0])
    warn.mockRestore()
  })
})
