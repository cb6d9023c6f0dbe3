/** A sum ζ₁(x) + ζ₂(y) is two problems side by side: levels add, states multiply. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { qde, wavePacket } from '../../../src/qde/index.js'
import { angle, diffusion, greatest, IMAGINARY, last, packet, runs, well, wellText } from './_draw.js'

/** Levels of default settings in a plane and in space. */
const LEVELS = 1e-6
/** A splitting splits a sum axis by axis: rounding. */
const SAME_STEPS = 1e-12
/** Lines and planes of tolerance 1e-9. */
const MOTION = 1e-8

const plane = { lower: -6.5, upper: 6.5, points: 64 }
const space = { lower: -7, upper: 7, points: 36, boundary: 'periodic' } as const

/** The lowest `count` sums of one level of each list. */
function sums(lists: readonly Float64Array[], count: number): number[] {
  const all = lists.reduce<number[]>(
    (found, levels) => found.flatMap((e) => Array.from(levels, (f) => e + f)),
    [0],
  )
  return all.sort((a, b) => a - b).slice(0, count)
}

describe('levels', () => {
  it('of ζ₁(x) + ζ₂(y) are sums of levels', () => {
    fc.assert(
      fc.property(well, well, diffusion, (a, b, D) => {
        const lines = [a, b].map((w) => qde({ objective: wellText(w), D }).eigenstates(8).energies)
        const both = qde({ objective: `${wellText(a)} + ${wellText(b, { name: 'y' })}`, D }).eigenstates(8)
        expect(greatest(both.energies, sums(lines, 8))).toBeLessThan(LEVELS)
      }),
      runs(3),
    )
  })

  it('of ζ₁(x) + ζ₂(y) + ζ₃(z) are sums of levels', () => {
    fc.assert(
      fc.property(well, well, well, (a, b, c) => {
        const D = 0.5
        const lines = [a, b, c].map((w) => qde({ objective: wellText(w), D }).eigenstates(5).energies)
        const objective = [a, b, c].map((w, d) => wellText(w, { name: 'xyz'[d] })).join(' + ')
        expect(greatest(qde({ objective, D }).eigenstates(5).energies, sums(lines, 5))).toBeLessThan(LEVELS)
      }),
      runs(1),
    )
  })
})

describe('evolution', () => {
  it('of a product under ζ₁(x) + ζ₂(y) is the product of the evolutions', () => {
    fc.assert(
      fc.property(well, well, diffusion, packet, packet, angle, (a, b, D, p, q, theta) => {
        const options = { until: 0.6, angle: theta, frames: 1, tolerance: 1e-9 }
        const lines = [a, b].map((w, d) =>
          qde({ objective: wellText(w), D, grid: plane }).evolve(wavePacket([p, q][d]), options),
        )
        const both = qde({
          objective: `${wellText(a)} + ${wellText(b, { name: 'y' })}`,
          D,
          grid: plane,
        }).evolve(wavePacket({ x0: [p.x0, q.x0], sigma: [p.sigma, q.sigma], k0: [p.k0, q.k0] }), options)
        expect(
          productDistance(
            both.final.values,
            lines.map((run) => run.final.values),
          ) * Math.sqrt(both.final.grid.cell),
        ).toBeLessThan(MOTION)
        const decay = lines.reduce((sum, run) => sum + last(run.logNorm), 0)
        expect(Math.abs(last(both.logNorm) - decay)).toBeLessThan(MOTION)
      }),
      runs(2),
    )
  })

  it('of a product in space is the product of three, step for step', () => {
    for (const theta of [0, IMAGINARY]) {
      const options = { until: 0.4, angle: theta, frames: 1, method: 'chin4a', steps: 8 } as const
      const objectives = ['x^2/2', '0.3*x^2 + 0.1*x', '(x^2 - 1)^2/8']
      const packets = [0.5, -0.4, 0.2].map((x0) => ({ x0, sigma: 0.75, k0: 0.3 }))
      const lines = objectives.map((objective, d) =>
        qde({ objective, D: 0.5, grid: space }).evolve(wavePacket(packets[d]), options),
      )
      const objective = objectives.map((text, d) => text.replaceAll('x', 'xyz'[d])).join(' + ')
      const all = qde({ objective, D: 0.5, grid: space }).evolve(
        wavePacket({ x0: packets.map((p) => p.x0), sigma: 0.75, k0: [0.3, 0.3, 0.3] }),
        options,
      )
      expect(
        productDistance(
          all.final.values,
          lines.map((run) => run.final.values),
        ) * Math.sqrt(all.final.grid.cell),
      ).toBeLessThan(SAME_STEPS)
    }
  })
})

/** ‖ψ − Π of the lines‖ without the cell. */
function productDistance(psi: Float64Array, lines: readonly Float64Array[]): number {
  let sum = 0
  for (let i = 0; i < psi.length / 2; i++) {
    let [re, im, rest] = [1, 0, i]
    for (const line of [...lines].reverse()) {
      const j = rest % (line.length / 2)
      rest = Math.floor(rest / (line.length / 2))
      ;[re, im] = [re * line[2 * j] - im * line[2 * j + 1], re * line[2 * j + 1] + im * line[2 * j]]
    }
    sum += (psi[2 * i] - re) ** 2 + (psi[2 * i + 1] - im) ** 2
  }
  return Math.sqrt(sum)
}
