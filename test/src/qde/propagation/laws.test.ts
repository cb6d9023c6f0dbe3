/** What every propagation owes: order, unitarity, reversal, and real fields that are those of the complex run. */
import { describe, expect, it } from 'vitest'
import { type EvolveOptions, qde, WaveFunction, wavePacket } from '../../../../src/index.js'
import { distance } from '../_exact.js'

const IMAGINARY = Math.PI / 2

const line = qde({
  objective: 'x^2/2 + 0.05*x^4',
  D: 0.5,
  grid: { lower: -9, upper: 9, points: 128, boundary: 'periodic' },
})
const packet = wavePacket({ x0: 1, sigma: 0.8, k0: 0.5 })

describe('norm and time reversal', () => {
  it.each(['strang', 'chin4a', 'blanesMoan4', 'crankNicolson'] as const)(
    '%s keeps the norm to 1e-12 over 1600 steps',
    (method) => {
      const run = line.evolve(packet, { until: 4, steps: 1600, frames: 16, method })
      expect(run.steps).toBe(1600)
      for (const norm of run.samples.norm) expect(Math.abs(norm ** 2 - 1)).toBeLessThan(1e-12)
    },
  )

  it.each(['strang', 'chin4a', 'blanesMoan4', 'crankNicolson', 'chebyshev', 'lanczos'] as const)(
    '%s: ψ* goes back the same way, to 1e-10',
    (method) => {
      const options: EvolveOptions = {
        until: 2,
        frames: 1,
        method,
        ...(method === 'chebyshev' || method === 'lanczos' ? { tolerance: 1e-12 } : { steps: 400 }),
      }
      const there = line.evolve(packet, options)
      const back = line.evolve(conjugate(there.final), options).final
      const start = there.states[0]
      const error = conjugate(back).values.reduce((sum, v, i) => sum + (v - start.values[i]) ** 2, 0)
      expect(Math.sqrt(error * start.grid.cell)).toBeLessThan(1e-10)
    },
  )

  function conjugate(state: WaveFunction): WaveFunction {
    return new WaveFunction(
      state.grid,
      state.values.map((v, i) => (i % 2 === 1 ? -v : v)),
    )
  }
})

describe('real fields', () => {
  const bowl = qde({
    objective: 'x^2/2 + y^2 + 0.1*x*y',
    D: 0.5,
    grid: { lower: -7, upper: 7, points: 64, boundary: 'periodic' },
  })
  const start = wavePacket({ x0: [0.6, -0.4], sigma: 0.7 }).sample(bowl.grid)
  /** The same state with a phase: the run is one of complex numbers. */
  const turned = new WaveFunction(
    start.grid,
    start.values.map((_, i) => start.values[i - (i % 2)] * (i % 2 === 0 ? Math.cos(0.7) : Math.sin(0.7))),
  )

  it.each(['chin4a', 'strang'] as const)(
    '%s: a real ψ stays real in imaginary time, and is that of a complex run',
    (method) => {
      const options: EvolveOptions = { until: 1, angle: IMAGINARY, frames: 2, steps: 64, method }
      const real = bowl.evolve(start, options)
      const complex = bowl.evolve(turned, options)
      expect(real.final.values.every((v, i) => i % 2 === 0 || v === 0)).toBe(true)
      expect(distance(real.final, complex.final)).toBeLessThan(1e-13)
      expect(Math.abs(real.logNorm[2] - complex.logNorm[2])).toBeLessThan(1e-12)
    },
  )
})

describe('reproducible', () => {
  it('the bits are those of any number of threads, and near those of fused arithmetic', () => {
    const plane = qde({ objective: 'x^2/2 + y^2', D: 0.5, grid: { lower: -8, upper: 8, points: 64 } })
    const state = wavePacket({ x0: [1, 0], sigma: 0.7, k0: [0, 1] })
    const options: EvolveOptions = { until: 0.5, frames: 1, steps: 20 }
    const one = plane.evolve(state, { ...options, reproducible: true, threads: 1 })
    const two = plane.evolve(state, { ...options, reproducible: true, threads: 2 })
    const free = plane.evolve(state, options)
    expect(two.final.values).toEqual(one.final.values)
    expect(distance(free.final, one.final)).toBeLessThan(1e-13)
  })

  it('a run in pieces by the pauses of its driver has the bits of a run at once', async () => {
    const options: EvolveOptions = { until: 1, frames: 5, reproducible: true }
    const [atOnce, byAndBy] = [line.evolve(packet, options), await line.evolveAsync(packet, options)]
    expect(byAndBy.final.values).toEqual(atOnce.final.values)
    expect(byAndBy.times).toEqual(atOnce.times)
  })
})
