import { describe, expect, it } from 'vitest'
import { JUPYTER_DISPLAY } from '../../../../src/figure/index.js'
import { gaussianPacket, qde, quadraticPropagator, wavePacket } from '../../../../src/qde/index.js'
import { distance } from '../_exact.js'

const IMAGINARY = Math.PI / 2
/** Distance of a run to 1e-10 from its closed form. */
const EXACT = 1e-9
const axes = { x0: [0.5, -0.3, 0.2], sigma: [0.6, 0.8, 0.7], k0: [1, 0, -0.5] }
const still = { x0: axes.x0, sigma: axes.sigma }
const wide = { x0: axes.x0, sigma: [1, 1, 0.9], k0: axes.k0 }
const wideStill = { x0: axes.x0, sigma: wide.sigma }
/** A box for the wide packets; the others choose theirs. */
const box = { lower: -11, upper: 11, points: 50, boundary: 'periodic' } as const

describe('a packet in space agrees with its closed form', () => {
  it.each([
    ['free', '0*x*y*z', [0, 0, 0], 0, wide, box],
    ['free', '0*x*y*z', [0, 0, 0], IMAGINARY, wideStill, box],
    ['oscillator', '(x^2 + 2*y^2 + 1.5*z^2)/2', [1, 2, 1.5], 0, axes, undefined],
    ['oscillator', '(x^2 + 2*y^2 + 1.5*z^2)/2', [1, 2, 1.5], IMAGINARY, still, undefined],
  ] as const)('%s, ζ = %s', (_, objective, curvature, angle, packet, grid) => {
    const s = 0.4
    const run = qde({ objective, D: 0.5, ...(grid && { grid }) }).evolve(wavePacket(packet), {
      until: s,
      angle,
      frames: 1,
      tolerance: 1e-10,
    })
    const exact = quadraticPropagator({ D: 0.5, curvature, dimension: 3 })
      .at({ s, angle })
      .apply(gaussianPacket(packet))
    expect(distance(run.final, exact.on(run.final.grid))).toBeLessThan(EXACT)
    expect(Math.abs(run.logNorm[1] - exact.logNorm)).toBeLessThan(EXACT)
  })
})

describe('results in space', () => {
  const problem = qde({ objective: '(x^2 + y^2 + z^2)/2', D: 0.5 })
  const run = problem.evolve(wavePacket({ x0: [1, 0, 0], sigma: 0.7 }), {
    until: 0.3,
    frames: 2,
    tolerance: 1e-4,
  })

  it('draw by sections and projections, and say so', async () => {
    const figure = run.figure()
    expect(figure.kind).toBe('wave')
    expect(figure.title).toBe('Wave function in real time')
    expect(figure.alt).toMatch(/ψ\(x, y, z\)/)
    expect(problem.figure().notes.at(-1)).toBe('drawn: the section of ζ at its minimum, z = 0')
    const bundle = await run[JUPYTER_DISPLAY]()
    expect(bundle['image/png']).toMatch(/^iVBORw0KGgo/)
  })

  it('are refused where their states would outgrow the memory, which is named', () => {
    expect(() =>
      problem.evolve(wavePacket({ x0: [1, 0, 0], sigma: 0.7 }), { until: 0.3, frames: 10_000 }),
    ).toThrow(/frames: 10001 states of .* points need \d+\.\d GiB; allowed: 4 GiB/)
  })
})
