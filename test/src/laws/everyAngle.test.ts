/** Laws of every Wick angle: symmetry, composition, energy in imaginary time. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { gaussianPacket } from '../../../src/qde/closedForm/index.js'
import { qde } from '../../../src/qde/index.js'
import {
  angle,
  at,
  BOX,
  difference,
  diffusion,
  evenWell,
  IMAGINARY,
  last,
  number,
  packet,
  runs,
  well,
  wellText,
} from './_draw.js'

/** Rounding of the parity that a run should not create. */
const PARITY = 1e-12
/** Two runs of tolerance 1e-11 beside one. */
const COMPOSED = 1e-10

describe('symmetry', () => {
  it('an even ζ keeps an even ψ even and an odd ψ odd', () => {
    fc.assert(
      fc.property(evenWell, diffusion, angle, fc.constantFrom(1, -1), (w, D, theta, parity) => {
        const problem = qde({ objective: wellText(w), D, grid: { ...BOX, boundary: 'walls' } })
        const [right, left] = [1, -1].map((side) =>
          gaussianPacket({ x0: side * 0.9, sigma: 0.6, k0: 0.4 * side }).sample(problem.grid),
        )
        const psi = right.values.map((v, i) => v + parity * left.values[i])
        right.values.set(psi)
        const { final } = problem.evolve(right.normalized(), { until: 1.5, angle: theta, frames: 1 })
        const { values, grid } = final
        for (let j = 0; j < grid.size; j++)
          for (const c of [0, 1])
            expect(Math.abs(values[2 * j + c] - parity * values[2 * (grid.size - 1 - j) + c])).toBeLessThan(
              PARITY,
            )
      }),
      runs(4),
    )
  })

  it('a ζ that does not know x from y keeps ψ(x, y) = ψ(y, x)', () => {
    const problem = qde({
      objective: '(x^2 - 1)^2/4 + (y^2 - 1)^2/4 + 0.3*x*y',
      D: 0.3,
      grid: { lower: -5, upper: 5, points: 40 },
    })
    for (const theta of [0, 0.7, IMAGINARY]) {
      const packets = gaussianPacket({ x0: [0.4, 0.4], sigma: [0.6, 0.6], k0: [0.5, 0.5] })
      const { final } = problem.evolve(packets, { until: 1, angle: theta, frames: 1 })
      const [n] = final.grid.shape
      for (let i = 0; i < n; i++)
        for (let j = 0; j < i; j++)
          expect(Math.abs(final.values[2 * (i * n + j)] - final.values[2 * (j * n + i)])).toBeLessThan(1e-11)
    }
  })
})

describe('composition', () => {
  it('U(s₁)U(s₂) = U(s₁ + s₂), phase and norm included', () => {
    fc.assert(
      fc.property(well, diffusion, packet, angle, number(0.2, 1), number(0.2, 1), (w, D, p, theta, a, b) => {
        const problem = qde({ objective: wellText(w), D, grid: BOX })
        const options = { angle: theta, frames: 1, tolerance: 1e-11 }
        const once = problem.evolve(at(p), { until: a + b, ...options })
        const first = problem.evolve(at(p), { until: a, ...options })
        const second = problem.evolve(first.final, { until: b, ...options })
        expect(difference(second.final, once.final)).toBeLessThan(COMPOSED)
        const logNorm = last(second.logNorm) - second.logNorm[0] + last(first.logNorm)
        expect(Math.abs(logNorm - last(once.logNorm))).toBeLessThan(COMPOSED)
      }),
      runs(4),
    )
  })

  it('directions of time commute: imaginary after real time is real after imaginary time', () => {
    fc.assert(
      fc.property(well, diffusion, packet, (w, D, p) => {
        const problem = qde({ objective: wellText(w), D, grid: BOX })
        const real = { until: 0.7, frames: 1, tolerance: 1e-11 }
        const imaginary = { ...real, angle: IMAGINARY }
        const one = problem.evolve(problem.evolve(at(p), real).final, imaginary).final
        const other = problem.evolve(problem.evolve(at(p), imaginary).final, real).final
        expect(difference(one, other)).toBeLessThan(COMPOSED)
      }),
      runs(3),
    )
  })
})

/** Central difference of fourth order over Δτ = 0.01, beside an error of 1e-11 in ψ. */
const STEP = 0.01
const DERIVED = 1e-6

describe('imaginary time', () => {
  it('dE/dτ = −2 Var H ≤ 0 and d ln‖ψ‖/dτ = −E', () => {
    fc.assert(
      fc.property(well, diffusion, packet, (w, D, p) => {
        const problem = qde({ objective: wellText(w), D, grid: BOX })
        const start = problem.evolve(at(p), { until: 0.3, angle: IMAGINARY, frames: 1 }).final
        const run = problem.evolve(start, { until: 8 * STEP, angle: IMAGINARY, frames: 8, tolerance: 1e-11 })
        const { mean, deviation } = problem.hamiltonian(run.final.grid).energy(run.states[4])
        const slope = (f: Float64Array): number => (f[2] - 8 * f[3] + 8 * f[5] - f[6]) / (12 * STEP)
        expect(Math.abs(slope(run.energies) + 2 * deviation ** 2)).toBeLessThan(DERIVED)
        expect(Math.abs(slope(run.logNorm) + mean)).toBeLessThan(DERIVED)
        for (let f = 1; f < run.energies.length; f++)
          expect(run.energies[f]).toBeLessThan(run.energies[f - 1])
      }),
      runs(4),
    )
  })
})
