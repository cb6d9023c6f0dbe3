import { describe, expect, it } from 'vitest'
import { validateFigure } from '../../../src/figure/index.js'
import { qde } from '../../../src/qde/index.js'
import { packetTransmission } from '../../../src/tunnelling/index.js'

const D = 0.5

/** ∫|φ(k)|² T(k) dk by the trapezoidal rule, which converges exponentially. */
function averaged(T: (E: number) => number, k0: number, sigma: number): number {
  const dk = 1 / (400 * sigma)
  let sum = 0
  for (let k = Math.max(dk, k0 - 6 / sigma); k < k0 + 6 / sigma; k += dk)
    sum += Math.sqrt(2 / Math.PI) * sigma * Math.exp(-2 * (sigma * (k - k0)) ** 2) * T(D * k * k) * dk
  return sum
}

/** Closed form for V₀/cosh²x. */
function sech(E: number, V0 = 1): number {
  const wave = Math.sinh(Math.PI * Math.sqrt(E / D)) ** 2
  return wave / (wave + Math.cosh((Math.PI / 2) * Math.sqrt((4 * V0) / D - 1)) ** 2)
}

/** Closed form for a barrier of height 1 on |x| < 1. */
function rectangle(E: number): number {
  const kappa = Math.sqrt(Math.abs(1 - E) / D)
  const wave = E < 1 ? Math.sinh(2 * kappa) : Math.sin(2 * kappa)
  return 1 / (1 + (wave * wave) / (4 * E * Math.abs(1 - E)))
}

describe('1/cosh²x', () => {
  const barrier = qde({ objective: '1/cosh(x)^2', D })
  const packet = { x0: -16, k0: 1.3, sigma: 2.4 }
  const sent = packetTransmission(barrier, packet)

  it('what passes is the stationary T averaged over the packet, to 1e-7', () => {
    expect(Math.abs(sent.T - sent.predicted)).toBeLessThan(1e-7)
    expect(Math.abs(sent.T - sent.predicted)).toBeLessThan(sent.tolerance)
    expect(Math.abs(sent.predicted - averaged(sech, packet.k0, packet.sigma))).toBeLessThan(1e-8)
    expect(sent.tolerance).toBeLessThan(1e-6)
    expect(Math.abs(sent.T + sent.R + sent.unfinished - 1)).toBeLessThan(1e-7)
  })

  it('the flux through the edge, summed over time, is the same', () => {
    // The trapezoidal rule over a bump that is sampled a few times in its width, and what was beyond the edge at the start.
    expect(Math.abs(sent.passed.at(-1)! - sent.T)).toBeLessThan(1e-5)
  })

  it('so it is in a box that absorbs what leaves, to what its layers send back', () => {
    const open = qde({
      objective: '1/cosh(x)^2',
      D,
      grid: { lower: -70, upper: 40, points: 256, boundary: 'absorbing' },
    })
    const found = packetTransmission(open, packet)
    expect(Math.abs(found.T - sent.predicted)).toBeLessThan(found.tolerance)
    expect(found.tolerance).toBeLessThan(3e-4)
    expect(found.notes.join()).toMatch(/flux summed over time/)
  })

  it('is drawn, printed and written', () => {
    validateFigure(sent.figure())
    expect(String(sent)).toMatch(/T of the packet = 0\.\d+\n∫/)
    expect(sent.toCsv().split('\n')[0]).toBe('k,energy,density,T')
  })
})

it('a rectangular barrier: two spacings with its jumps midway between points tell T to 1e-3', () => {
  const packet = { x0: -12, k0: 1.6, sigma: 2.6 }
  const found = packetTransmission(qde({ objective: 'step(1 - abs(x))', D }), packet)
  expect(Math.abs(found.predicted - averaged(rectangle, packet.k0, packet.sigma))).toBeLessThan(1e-5)
  expect(Math.abs(found.T - found.predicted)).toBeLessThan(found.tolerance)
  expect(found.tolerance).toBeLessThan(1e-3)
})

describe('refusals', () => {
  const barrier = qde({ objective: '1/cosh(x)^2', D })
  it.each([
    [{ x0: 0, k0: 1, sigma: 1 }, /starts on the barrier/],
    [{ x0: -20, k0: -1, sigma: 1 }, /k0/],
    [{ x0: -20, k0: 1, sigma: 0 }, /sigma/],
    [{ x0: -20, k0: 1, sigma: 1, untill: 3 }, /no option untill/],
  ])('%j', (options, reason) => {
    expect(() => packetTransmission(barrier, options as never)).toThrow(reason)
  })

  it('ζ that does not level off', () => {
    expect(() => packetTransmission(qde({ objective: 'x^2', D }), { x0: -9, k0: 1, sigma: 1 })).toThrow(
      /does not become constant/,
    )
  })
})
