import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { axis, type Boundary, grid, WaveFunction } from '../../../src/grid/index.js'
import { readNpz } from '../../../src/interchange/index.js'
import { wavePacket } from '../../../src/qde/index.js'

/** A Gaussian that fits the grid is known to rounding. */
const SPECTRAL = 1e-11
const KINDS: readonly Boundary[] = ['periodic', 'walls', 'zero-flux', 'absorbing']
const box = (boundary: Boundary) =>
  grid([axis({ name: 'x', lower: -10, upper: 11, intervals: 192, boundary })])

describe.each(KINDS)('with boundary %s', (boundary) => {
  const line = box(boundary)
  const packet = wavePacket({ x0: 0.4, sigma: 0.7, k0: 2.5 }).sample(line)

  it('φ is the Gaussian (2σ²/π)^¼ exp[−σ²(k − k₀)² − ikx₀] of a packet, and carries its whole norm', () => {
    const { k, values, cell } = packet.momentum()
    let norm = 0
    k[0].forEach((at, q) => {
      const size = ((2 * 0.49) / Math.PI) ** 0.25 * Math.exp(-0.49 * (at - 2.5) ** 2)
      expect(Math.abs(values[2 * q] - size * Math.cos(at * 0.4))).toBeLessThan(SPECTRAL)
      expect(Math.abs(values[2 * q + 1] + size * Math.sin(at * 0.4))).toBeLessThan(SPECTRAL)
      norm += cell * (values[2 * q] ** 2 + values[2 * q + 1] ** 2)
    })
    expect(Math.abs(norm - 1)).toBeLessThan(SPECTRAL)
    expect(k[0].every((at, q) => q === 0 || at > k[0][q - 1])).toBe(true)
  })

  it('⟨k⟩ = k₀ and σ_k = 1/(2σ)', () => {
    const momentum = packet.momentum()
    expect(Math.abs(momentum.mean()[0] - 2.5)).toBeLessThan(SPECTRAL)
    expect(Math.abs(momentum.variance()[0] - 0.25 / 0.49)).toBeLessThan(SPECTRAL)
  })

  it('the gradient of a packet is [−(x − x₀)/2σ² + ik₀]ψ, and its current 2Dk₀|ψ|²', () => {
    const [slope] = packet.gradient()
    const [current] = packet.current(0.3)
    const { values } = packet
    line.axes[0].coordinates.forEach((x, j) => {
      const [re, im] = [-(x - 0.4) / (2 * 0.49), 2.5]
      expect(Math.abs(slope[2 * j] - (re * values[2 * j] - im * values[2 * j + 1]))).toBeLessThan(SPECTRAL)
      expect(Math.abs(slope[2 * j + 1] - (re * values[2 * j + 1] + im * values[2 * j]))).toBeLessThan(
        SPECTRAL,
      )
      const density = values[2 * j] ** 2 + values[2 * j + 1] ** 2
      expect(Math.abs(current[j] - 2 * 0.3 * 2.5 * density)).toBeLessThan(SPECTRAL)
    })
  })
})

describe('laws', () => {
  it('Heisenberg: σ_x σ_k ≥ ½ for every state that a box holds', () => {
    const line = box('periodic')
    const packet = fc.record({
      x0: fc.double({ min: -3, max: 3, noNaN: true }),
      sigma: fc.double({ min: 0.3, max: 0.8, noNaN: true }),
      k0: fc.double({ min: -6, max: 6, noNaN: true }),
      weight: fc.double({ min: -1, max: 1, noNaN: true }),
    })
    fc.assert(
      fc.property(fc.array(packet, { minLength: 1, maxLength: 4 }), (packets) => {
        const values = new Float64Array(2 * line.size)
        for (const { weight, ...options } of packets)
          wavePacket(options)
            .sample(line)
            .values.forEach((v, i) => {
              values[i] += (weight + 2) * v
            })
        const state = new WaveFunction(line, values)
        const product = Math.sqrt(state.variance()[0] * state.momentum().variance()[0])
        expect(product).toBeGreaterThan(0.5 - 1e-9)
      }),
      { numRuns: 40, seed: 3 },
    )
  })

  it('a standing wave between walls has no mean momentum and no current; its slope is a cosine', () => {
    const line = grid([axis({ name: 'x', lower: 0, upper: 2, intervals: 64, boundary: 'walls' })])
    const values = new Float64Array(2 * line.size)
    line.axes[0].coordinates.forEach((x, j) => {
      values[2 * j] = Math.sin(1.5 * Math.PI * x)
    })
    const state = new WaveFunction(line, values)
    expect(Math.abs(state.momentum().mean()[0])).toBeLessThan(SPECTRAL)
    state.gradient()[0].forEach((v, i) => {
      const exact =
        i % 2 === 0 ? 1.5 * Math.PI * Math.cos(1.5 * Math.PI * line.axes[0].coordinates[i / 2]) : 0
      expect(Math.abs(v - exact)).toBeLessThan(SPECTRAL)
    })
    expect(Math.max(...state.current(1)[0].map(Math.abs))).toBeLessThan(SPECTRAL)
  })

  it('in space each axis has its own momentum and current', () => {
    const space = grid(
      ['x', 'y', 'z'].map((name, d) =>
        axis({ name, lower: -7, upper: 7, intervals: [30, 32, 36][d], boundary: KINDS[d % 3] }),
      ),
    )
    const state = wavePacket({ x0: [0, 0, 0], sigma: 1, k0: [1, 0, -2] }).sample(space)
    /** What the spacing leaves of a Gaussian's tail. */
    const COARSE = 1e-8
    const momentum = state.momentum()
    for (const [d, k] of [1, 0, -2].entries()) {
      expect(Math.abs(momentum.mean()[d] - k)).toBeLessThan(COARSE)
      expect(Math.abs(momentum.variance()[d] - 0.25)).toBeLessThan(COARSE)
      const flow = state.current(0.5)[d].reduce((sum, j) => sum + j, 0) * space.cell
      expect(Math.abs(flow - k)).toBeLessThan(COARSE)
    }
  })
})

describe('interchange', () => {
  const state = wavePacket({ x0: 0.4, sigma: 0.7, k0: 2.5 }).sample(box('periodic'))

  it('npz holds the very numbers of ψ and x', () => {
    const { psi, x } = readNpz(state.toNpz())
    expect(psi.dtype).toBe('complex128')
    expect(psi.shape).toEqual([192])
    expect(psi.data).toEqual(state.values)
    expect(x.data).toEqual(state.grid.axes[0].coordinates)
  })

  it('CSV has a row for each point', () => {
    const [head, first, ...rest] = state.toCsv().trim().split('\n')
    expect(head).toBe('x,re,im,density')
    expect(first.split(',').map(Number).slice(0, 3)).toEqual([-10, state.values[0], state.values[1]])
    expect(rest).toHaveLength(191)
  })
})
