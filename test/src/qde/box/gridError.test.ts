import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { axis, grid, interpolate, WaveFunction } from '../../../../src/grid/index.js'
import { expressionObjective } from '../../../../src/objective/index.js'
import { chooseGrid, gridError } from '../../../../src/qde/box/index.js'
import { qde } from '../../../../src/qde/index.js'

/** Rounding of coefficients, which no estimate sees below. */
const FLOOR = 1e-13

/** ‖ψ_grid − f‖/‖f‖ on a far wider and finer line, and what the grid says of it. */
function errors(f: (x: number) => number, half: number, intervals: number) {
  const box = grid([axis({ name: 'x', lower: -half, upper: half, intervals, boundary: 'periodic' })])
  const values = new Float64Array(2 * box.size)
  box.axes[0].coordinates.forEach((x, j) => {
    values[2 * j] = f(x)
  })
  const state = new WaveFunction(box, values)
  const line = Float64Array.from({ length: 6001 }, (_, i) => -30 + i / 100)
  const psi = interpolate(state, [line])
  let [wrong, all] = [0, 0]
  line.forEach((x, i) => {
    wrong += (psi[2 * i] - f(x)) ** 2 + psi[2 * i + 1] ** 2
    all += f(x) ** 2
  })
  const { box: ends, spacing } = gridError(state)
  return { exact: Math.sqrt(wrong / all), estimate: ends + spacing }
}

const gaussian = (x: number): number => Math.exp((-x * x) / 2)
const sech = (x: number): number => 1 / Math.cosh(x)
const kink = (x: number): number => Math.exp(-Math.abs(x))
const node = (x: number): number => x * Math.exp((-x * x) / 2)

describe('gridError', () => {
  beforeEach(() => {
    // Coarse grids are warned of.
    vi.spyOn(console, 'warn').mockImplementation(() => undefined)
  })
  afterEach(() => {
    vi.restoreAllMocks()
  })

  it.each([
    ['gaussian', gaussian, 4, 16],
    ['gaussian', gaussian, 5, 16],
    ['gaussian', gaussian, 6, 30],
    ['gaussian', gaussian, 8, 64],
    ['gaussian', gaussian, 3, 64],
    ['sech', sech, 8, 32],
    ['sech', sech, 12, 40],
    ['sech', sech, 20, 128],
    ['kink', kink, 20, 64],
    ['kink', kink, 25, 512],
    ['node', node, 5, 20],
    ['node', node, 6, 36],
  ])('bounds the error of a %s on ±%3$f in %4$i intervals, within a factor 60', (_, f, half, intervals) => {
    const { exact, estimate } = errors(f, half, intervals)
    expect(exact).toBeLessThan(estimate + FLOOR)
    expect(estimate).toBeLessThan(60 * exact + FLOOR)
  })

  it('bounds the error of a ground state: the energy of an oscillator on coarse grids is off by less than its square times the range of H', () => {
    for (const points of [12, 15, 18, 20, 24]) {
      const found = qde({
        objective: 'x^2/2',
        D: 0.5,
        grid: { lower: -7, upper: 7, points, boundary: 'periodic' },
      })
      const { energy, state, grid: box } = found.groundState()
      const { box: ends, spacing } = gridError(state)
      const { highestKinetic, zeta } = found.hamiltonian(box)
      const range = highestKinetic + Math.max(...zeta)
      expect(Math.abs(energy - 0.5)).toBeLessThan((ends + spacing) ** 2 * range + FLOOR)
    }
  })
})

describe('the choice of a grid says what error it leaves', () => {
  it('1e-13 where the grid is as fine as wanted, and more where the most points do not suffice', () => {
    const fine = chooseGrid(expressionObjective('x^2/2'), 0.5, { levels: 8 })
    expect(fine.error).toBeLessThan(1e-12)
    expect(fine.notes.at(-1)).toMatch(/^grid error ≲ \de−13$/)
    const crowded = chooseGrid(expressionObjective('x^2 + y^2'), 1e-4, { levels: 60_000 })
    expect(crowded.grid.shape).toEqual([512, 512])
    expect(crowded.error).toBeGreaterThan(1e-6)
  })
})
