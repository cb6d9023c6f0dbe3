/** Laws of real time: unitarity, reversal, Ehrenfest's theorem. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { WaveFunction } from '../../../src/grid/index.js'
import { qde } from '../../../src/qde/index.js'
import type { MethodName } from '../../../src/qde/propagation/index.js'
import { at, BOX, difference, diffusion, number, packet, runs, well, wellText } from './_draw.js'

/** Rounding of some hundred steps. */
const UNITARY = 1e-12
/** Reversal keeps what the forward run rounds away. */
const REVERSED = 1e-10
/** Cayley's solver stops at its own tolerance. */
const CAYLEY = 1e-11

const METHODS: readonly (readonly [MethodName, number])[] = [
  ['strang', UNITARY],
  ['chin4a', UNITARY],
  ['blanesMoan4', UNITARY],
  ['chebyshev', UNITARY],
  ['lanczos', UNITARY],
  ['crankNicolson', CAYLEY],
]
const hasSteps = (method: MethodName): boolean => method !== 'chebyshev' && method !== 'lanczos'

describe.each(METHODS)('%s', (method, tolerance) => {
  const options = hasSteps(method) ? { method, steps: 60 } : { method, tolerance: 1e-12 }

  it('keeps ‖ψ‖, and ⟨φ|ψ⟩ of any two states', () => {
    fc.assert(
      fc.property(well, diffusion, packet, packet, (w, D, a, b) => {
        const problem = qde({ objective: wellText(w), D, grid: { ...BOX, boundary: 'periodic' } })
        const [p, q] = [a, b].map((one) => problem.evolve(at(one), { until: 1, frames: 1, ...options }))
        expect(Math.abs(p.final.normSquared - p.states[0].normSquared)).toBeLessThan(tolerance)
        const change = p.final.overlap(q.final).sub(p.states[0].overlap(q.states[0]))
        expect(change.abs()).toBeLessThan(2 * tolerance)
      }),
      runs(3),
    )
  })
})

describe('time reversal', () => {
  it.each(['chin4a', 'strang', 'blanesMoan4'] as const)(
    'ψ*(t) goes back to ψ*(0) by %s, step for step',
    (method) => {
      fc.assert(
        fc.property(well, diffusion, packet, number(0.5, 2), (w, D, p, until) => {
          const problem = qde({ objective: wellText(w), D, grid: BOX })
          const options = { until, frames: 1, method, steps: 80 }
          const there = problem.evolve(at(p), options)
          const back = problem.evolve(conjugate(there.final), options)
          expect(difference(conjugate(back.final), there.states[0])).toBeLessThan(REVERSED)
        }),
        runs(3),
      )
    },
  )
})

/** Distance of the samples of a derivative, and the errors it leaves: Δt⁴/30 of the fifth derivative, and that of ψ over Δt. */
const STEP = 0.01
const DERIVED = 1e-6

describe('Ehrenfest', () => {
  it('d⟨x⟩/dt = 2D⟨k⟩ and d⟨k⟩/dt = −⟨ζ′⟩ in every well', () => {
    fc.assert(
      fc.property(well, diffusion, packet, (w, D, p) => {
        const problem = qde({ objective: wellText(w), D, grid: { ...BOX, boundary: 'periodic' } })
        const { states } = problem.evolve(at(p), { until: 8 * STEP, frames: 8, tolerance: 1e-11 })
        const x = states.map((s) => s.mean()[0])
        const k = states.map((s) => s.momentum().mean()[0])
        const [axis] = states[4].grid.axes
        const force = states[4].density().reduce((sum, density, i) => {
          const u = axis.coordinates[i]
          const slope = w.tilt + 2 * w.square * u + 4 * w.quartic * u ** 3 + 2 * w.ripple * Math.cos(2 * u)
          return sum - density * slope * axis.spacing
        }, 0)
        expect(Math.abs(derivative(x) - 2 * D * k[4])).toBeLessThan(DERIVED)
        expect(Math.abs(derivative(k) - force)).toBeLessThan(DERIVED)
      }),
      runs(4),
    )
  })
})

/** Central difference of fourth order at the fifth of nine samples. */
function derivative(f: readonly number[]): number {
  return (f[2] - 8 * f[3] + 8 * f[5] - f[6]) / (12 * STEP)
}

function conjugate({ grid, values }: WaveFunction): WaveFunction {
  return new WaveFunction(
    grid,
    values.map((v, i) => (i % 2 === 0 ? v : -v)),
  )
}
