import { describe, expect, it } from 'vitest'
import { expressionObjective, functionObjective } from '../../../../src/objective/index.js'
import { INTERRUPTED } from '../../../../src/progress/index.js'
import { qde } from '../../../../src/qde/index.js'
import { ensemble, oscillatorBeads, pathIntegral } from '../../../../src/thermal/index.js'

/** Standard errors that a mean may be off. */
const SIGMAS = 3
const oscillator = { objective: expressionObjective('k/2*x^2', { parameters: { k: 1 } }), D: 0.5 }

const off = ({ mean, error }: { mean: number; error: number }, exact: number): number =>
  Math.abs(mean - exact) / error

describe('the oscillator', () => {
  it.each([
    [1, 1],
    [5, 4],
    [5, 16],
    [10, 64],
  ])('at β = %f gives the numbers of %i beads, by every estimator', (beta, beads) => {
    const found = pathIntegral(oscillator, { beta, beads, samples: 8192 })
    const exact = oscillatorBeads({ D: 0.5, k: 1, beta, beads })
    expect(off(found.position[0], 0)).toBeLessThan(SIGMAS)
    expect(off(found.square[0], exact.x2)).toBeLessThan(SIGMAS)
    expect(off(found.zeta, exact.zeta)).toBeLessThan(SIGMAS)
    expect(off(found.energy, exact.U)).toBeLessThan(SIGMAS)
    expect(off(found.thermodynamicEnergy, exact.U)).toBeLessThan(SIGMAS)
    // 4 % of the mean at most: the samples say something.
    expect(found.energy.error).toBeLessThan(0.04 * exact.U)
    expect(found.complete).toBe(true)
  })

  it('with 4 beads is not the limit of many, and says by how much its free energy is off', () => {
    const found = pathIntegral(oscillator, { beta: 5, beads: 4, samples: 8192 })
    expect(off(found.square[0], 0.5 / Math.tanh(2.5))).toBeGreaterThan(5)
    // Leading order: (ε²D/12) k²⟨x²⟩ of the beads.
    const { x2 } = oscillatorBeads({ D: 0.5, k: 1, beta: 5, beads: 4 })
    expect(off(found.trotter, ((1.25 ** 2 * 0.5) / 12) * x2)).toBeLessThan(SIGMAS)
    expect(found.notes[0]).toContain('4 beads')
  })

  it('has errors that are the spread over seeds to 20 %', () => {
    const runs = Array.from({ length: 40 }, (_, seed) =>
      pathIntegral(oscillator, { beta: 3, beads: 6, samples: 2048, chains: 16, burnIn: 60, seed }),
    )
    const exact = oscillatorBeads({ D: 0.5, k: 1, beta: 3, beads: 6 })
    for (const [of, value] of [
      ['square', exact.x2],
      ['energy', exact.U],
    ] as const) {
      const estimates = runs.map((run) => (of === 'square' ? run.square[0] : run.energy))
      const spread = Math.sqrt(estimates.reduce((s, e) => s + (e.mean - value) ** 2, 0) / runs.length)
      const error = Math.sqrt(estimates.reduce((s, e) => s + e.error ** 2, 0) / runs.length)
      expect(Math.abs(error / spread - 1), of).toBeLessThan(0.2)
    }
  })
})

it('three coordinates of different stiffness each have their own width', () => {
  const objective = expressionObjective('(x^2 + 4*y^2 + 9*z^2)/2')
  const found = pathIntegral({ objective, D: 0.5 }, { beta: 2, beads: 8, samples: 8192 })
  const each = [1, 4, 9].map((k) => oscillatorBeads({ D: 0.5, k, beta: 2, beads: 8 }))
  each.forEach(({ x2 }, d) => {
    expect(off(found.square[d], x2)).toBeLessThan(SIGMAS)
  })
  const total = each.reduce((sum, { U }) => sum + U, 0)
  expect(off(found.energy, total)).toBeLessThan(SIGMAS)
  expect(off(found.thermodynamicEnergy, total)).toBeLessThan(SIGMAS)
})

it('a double well has the energy of its spectrum, once the beads are many', () => {
  const problem = qde({ objective: '(x^2 - 1)^2', D: 0.5 })
  const exact = ensemble(problem.eigenstates(12).energies).at(1).U
  const found = pathIntegral(problem, { beta: 1, beads: 32, samples: 16384 })
  expect(off(found.energy, exact)).toBeLessThan(SIGMAS)
  expect(found.energy.error).toBeLessThan(0.02)
})

it('an objective without derivatives gives the same means', () => {
  const plain = functionObjective((x) => x ** 2 / 2)
  const options = { beta: 2, beads: 4, samples: 1024 }
  const [one, other] = [plain, oscillator.objective].map((objective) =>
    pathIntegral({ objective, D: 0.5 }, options),
  )
  expect(one.energy.mean).toBeCloseTo(other.energy.mean, 8)
})

it('a chain is the same whatever other chains there are', () => {
  const places = [4, 16].map((chains) => {
    const seen: number[] = []
    const objective = {
      ...oscillator.objective,
      // Every evaluation of the gradient is one of measured paths: chain 3 holds the beads from 3·P on.
      gradient: ([x]: readonly Float64Array[]) => {
        seen.push(...x.subarray(12, 16))
        return [x.slice()]
      },
    }
    pathIntegral({ objective, D: 0.5 }, { beta: 2, beads: 4, chains, samples: 20 * chains, burnIn: 20 })
    return seen
  })
  expect(places[0]).toHaveLength(80)
  expect(places[0]).toEqual(places[1])
})

it('the density of beads is that of ρ(x, x), Gaussian of the variance ⟨x²⟩', () => {
  const { density } = pathIntegral(oscillator, { beta: 2, beads: 16 })
  const { x2 } = oscillatorBeads({ D: 0.5, k: 1, beta: 2, beads: 16 })
  const { x, density: rho } = density[0]
  x.forEach((at, i) => {
    const exact = Math.exp(-(at * at) / (2 * x2)) / Math.sqrt(2 * Math.PI * x2)
    // 32 768 correlated paths: a few per cent of the peak.
    expect(Math.abs(rho[i] - exact)).toBeLessThan(0.04)
  })
})

it('a run that is stopped keeps what it has', () => {
  const host = globalThis as { [INTERRUPTED]?: () => () => boolean }
  let polls = 0
  host[INTERRUPTED] = () => () => ++polls > 300
  const found = pathIntegral(oscillator, { beta: 1, beads: 2, samples: 64_000 })
  const early = { ...oscillator }
  host[INTERRUPTED] = () => () => true
  const none = pathIntegral(early, { beta: 1, beads: 2 })
  delete host[INTERRUPTED]
  expect(found.complete).toBe(false)
  expect(found.samples).toBeGreaterThan(0)
  expect(found.energy.mean).toBeGreaterThan(0)
  expect(none.samples).toBe(0)
  expect(none.notes).toEqual(['Stopped before anything was measured.'])
})

it('draws itself and says its means', () => {
  const found = pathIntegral(oscillator, { beta: 5, beads: 8, samples: 2048 })
  expect(found.figure()).toMatchObject({ kind: 'panels', panels: [{ type: 'lines' }, { type: 'table' }] })
  expect(found.toString()).toMatch(/^8 beads, β = 5: ⟨x⟩ = .* ± .*⟨x²⟩ = .*U \(virial\) = /)
  expect(found.toCsv().split('\n')[0]).toContain('error of ⟨x²⟩')
})

it.each([
  [{ beta: 0 }, 'beta'],
  [{ beta: 1, beads: 0 }, 'beads'],
  [{ beta: 1, samples: 3, chains: 4 }, 'samples'],
  [{ beta: 1, samples: 2 ** 31 }, 'samples'],
  [{ beta: 1, start: [1, 2] }, 'start'],
  [{ beta: 1, seed: -1 }, 'seed'],
  [{ beta: 1, bead: 3 } as never, 'bead'],
])('refuses %j', (options, named) => {
  expect(() => pathIntegral(oscillator, options)).toThrow(named)
})

it('refuses a start at which ζ is no number', () => {
  const objective = expressionObjective('1/x + x^2')
  expect(() => pathIntegral({ objective, D: 1 }, { beta: 1 })).toThrow(/start.*ζ is Infinity at x = 0/)
})

it.each(['0', 'x', '-x^2', '1 - cos(x)', '(x - y)^2', '0.2*log(1 + x^2)', 'x^2 - y'])(
  'refuses ζ = %s, in which paths run away',
  (expression) => {
    const objective = expressionObjective(expression)
    expect(() => pathIntegral({ objective, D: 0.5 }, { beta: 1 })).toThrow(/does not confine along/)
  },
)

it.each(['abs(x)', 'log(1 + x^2)', 'sqrt(1 - x^2)', 'exp(x^2)', 'x^2 + (x - y)^4'])(
  'takes ζ = %s, which holds them',
  (expression) => {
    const objective = expressionObjective(expression)
    const found = pathIntegral({ objective, D: 0.5 }, { beta: 1, beads: 4, samples: 64 })
    expect(found.complete).toBe(true)
    expect(found.energy.mean).toBeGreaterThan(0)
  },
)
