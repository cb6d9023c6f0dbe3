import { describe, expect, it } from 'vitest'
import { qde, wavePacket } from '../../../../src/qde/index.js'

/** A sum over all states of a grid beside a propagated state or a closed form. */
const EXACT = 1e-9

describe('a displaced packet of the oscillator', () => {
  // σ² = D/ω is the ground state's, so that |c_n|² is Poisson's with mean |α|² = x₀²ω/4D.
  const [x0, mean] = [1.3, 1.3 ** 2 / 2]
  const cooling = qde({ objective: 'x^2/2', D: 0.5 }).stateCooling(wavePacket({ x0, sigma: Math.SQRT1_2 }), {
    until: 3,
  })

  it('has ⟨H⟩ = ½ + |α|² e^{−2τ}', () => {
    cooling.times.forEach((tau, k) => {
      expect(Math.abs(cooling.energy[k] - (0.5 + mean * Math.exp(-2 * tau)))).toBeLessThan(EXACT)
    })
  })

  it('beside ½ coth ½τ and ½ coth τ of equilibrium at β = τ and 2τ', () => {
    cooling.times.forEach((tau, k) => {
      expect(Math.abs(cooling.thermal[k] - 0.5 / Math.tanh(tau / 2))).toBeLessThan(EXACT)
      expect(Math.abs(cooling.thermalTwice[k] - 0.5 / Math.tanh(tau))).toBeLessThan(EXACT)
    })
  })

  it('is neither: the β of its energy solves ½ coth ½β = ½ + |α|² e^{−2τ}', () => {
    cooling.times.forEach((tau, k) => {
      const beta = 2 * Math.atanh(1 / (1 + 2 * mean * Math.exp(-2 * tau)))
      if (beta < cooling.times[0]) expect(cooling.equivalentBeta[k]).toBeNaN()
      else expect(Math.abs(cooling.equivalentBeta[k] / beta - 1)).toBeLessThan(1e-6)
    })
    const last = cooling.times.length - 1
    expect(Math.abs(cooling.equivalentBeta[last] - 2 * cooling.times[last])).toBeGreaterThan(0.1)
  })

  it('says where the analogy ends, and draws itself', () => {
    expect(cooling.notes[0]).toMatch(/Not the thermal state/)
    expect(cooling.figure().kind).toBe('panels')
    expect(cooling.toCsv().split('\n')[0]).toBe('tau,energy,thermal,thermalTwice,entropy,equivalentBeta')
  })
})

it('is what the evolution in imaginary time finds', () => {
  const problem = qde({ objective: '(x^2 - 1)^2 + 0.2*x', D: 0.1 })
  const packet = wavePacket({ x0: 1.1, sigma: 0.2 })
  const { times, energy } = problem.stateCooling(packet, { from: 0.5, until: 2, points: 2 })
  const { states } = problem.evolve(packet, { until: 2, angle: Math.PI / 2 })
  const state = states[states.length - 1]
  expect(times[1]).toBeCloseTo(2, 12)
  // The evolution's steps keep 1e-7 of ψ.
  expect(Math.abs(problem.hamiltonian(state.grid).energy(state).mean - energy[1])).toBeLessThan(1e-7)
})

it('in a plane from the levels that are found, and not before they hold the state', () => {
  const problem = qde({ objective: 'x^2/2 + y^2/2 + 0.2*x*y', D: 0.5 })
  const packet = wavePacket({ x0: [0.5, 0], sigma: Math.SQRT1_2 })
  const { energy, times } = problem.stateCooling(packet, { from: 1.5, until: 3, points: 3 })
  // In the normal coordinates (x ± y)/√2 it is a product of packets, not quite of the ground states' widths.
  const exact = [1.2, 0.8].reduce((sum, h) => {
    const omega = Math.sqrt(h)
    const line = qde({ objective: `${h}*x^2/2`, D: 0.5 })
    const one = line.stateCooling(wavePacket({ x0: 0.5 / Math.SQRT2, sigma: Math.SQRT1_2 }), {
      from: 1.5,
      until: 3,
      points: 3,
    })
    expect(omega).toBeGreaterThan(0)
    return sum + one.energy[0]
  }, 0)
  expect(times[0]).toBeCloseTo(1.5, 12)
  expect(Math.abs(energy[0] - exact)).toBeLessThan(1e-7)
  expect(() =>
    problem.stateCooling(wavePacket({ x0: [3, 3], sigma: 0.2 }), { from: 0.01, until: 1 }),
  ).toThrow(/beyond the 64 levels/)
})

it('refuses times that do not rise', () => {
  const problem = qde({ objective: 'x^2', D: 0.5 })
  expect(() => problem.stateCooling(wavePacket({ x0: 0, sigma: 1 }), { until: 1, from: 2 })).toThrow(/from/)
})
