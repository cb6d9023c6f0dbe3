import { describe, expect, it } from 'vitest'
import { axis, grid } from '../../../src/grid/index.js'
import { ABSORBED, absorptionOn } from '../../../src/qde/absorber.js'
import { qde, wavePacket } from '../../../src/qde/index.js'

const D = 0.7
const WIDTH = 2
const box = grid([
  axis({ name: 'x', lower: -4, upper: 4, intervals: 4096, boundary: 'absorbing', layer: WIDTH }),
])

/**
 * Shares |r|² and |t|² of a plane wave that meets both layers at the seam, by the Riccati equation of ψ′/ψ through
 * slices of constant W.
 */
function scattering(k: number): { readonly back: number; readonly through: number } {
  const [{ coordinates, spacing }] = box.axes
  const { rate } = absorptionOn(box, D)!
  // From the inner end of the upper layer over the seam to that of the lower one.
  const order = [...coordinates.keys()].filter((j) => rate[j] > 0)
  const slices = [...order.filter((j) => coordinates[j] > 0), ...order.filter((j) => coordinates[j] < 0)]
  let slope: Pair = [0, k]
  let logarithm = 0
  for (const j of slices.reverse()) {
    const q = root([k * k, rate[j] / D])
    const [c, s] = cosineSine([q[0] * spacing, q[1] * spacing])
    const left = minus(c, times(slope, over(s, q)))
    logarithm += Math.log(Math.hypot(...left))
    slope = over(plus(times(q, s), times(slope, c)), left)
  }
  const r = over(minus([0, k], slope), plus([0, k], slope))
  return { back: r[0] ** 2 + r[1] ** 2, through: Math.exp(-2 * logarithm) * ((1 + r[0]) ** 2 + r[1] ** 2) }
}

type Pair = readonly [number, number]
const plus = (a: Pair, b: Pair): Pair => [a[0] + b[0], a[1] + b[1]]
const minus = (a: Pair, b: Pair): Pair => [a[0] - b[0], a[1] - b[1]]
const times = (a: Pair, b: Pair): Pair => [a[0] * b[0] - a[1] * b[1], a[0] * b[1] + a[1] * b[0]]
const over = (a: Pair, b: Pair): Pair => {
  const square = b[0] ** 2 + b[1] ** 2
  return [(a[0] * b[0] + a[1] * b[1]) / square, (a[1] * b[0] - a[0] * b[1]) / square]
}
const root = ([re, im]: Pair): Pair => {
  const size = Math.hypot(re, im)
  return [Math.sqrt((size + re) / 2), Math.sqrt((size - re) / 2)]
}
const cosineSine = ([re, im]: Pair): readonly [Pair, Pair] => [
  [Math.cos(re) * Math.cosh(im), -Math.sin(re) * Math.sinh(im)],
  [Math.sin(re) * Math.cosh(im), Math.cos(re) * Math.sinh(im)],
]

describe('absorbing layers', () => {
  it.each([
    [ABSORBED, 1e-4],
    [16, 2e-5],
    [25, 1e-6],
    [40, 1e-6],
    [75, 1e-8],
  ])('a plane wave of kw = %f comes back with less than %f, and does not get through', (kw, share) => {
    const { back, through } = scattering(kw / WIDTH)
    expect(back).toBeLessThan(share)
    expect(through).toBeLessThan(1e-4)
  })

  it('the slope is that of W', () => {
    const { rate, slopeSquared } = absorptionOn(box, D)!
    const dx = box.axes[0].spacing
    for (const j of [2, 300, 900, 3100, 4090]) {
      const slope = (rate[j + 1] - rate[j - 1]) / (2 * dx)
      // The central difference is off by dx²W‴/6.
      expect(Math.abs(slope ** 2 / slopeSquared[j] - 1)).toBeLessThan(1e-3)
    }
    expect(Math.min(...rate)).toBe(0)
  })
})

describe('a box that absorbs', () => {
  const open = qde({ objective: '0', D: 0.5, grid: { boundary: 'absorbing' } })

  it.each([
    [5, 2],
    [-3, 3],
    [2, 4],
  ])('a packet of k0 = %f, σ = %f leaves it: less than 1e-4 stays', (k0, sigma) => {
    const run = open.evolve(wavePacket({ x0: 0, sigma, k0 }), {
      until: (60 + 8 * sigma) / Math.abs(k0),
      frames: 2,
      tolerance: 1e-5,
    })
    expect(run.final.normSquared).toBeLessThan(1e-4)
    expect(run.warnings).toEqual([])
    expect(String(run)).toMatch(/left in the box/)
  })

  it('the error of its grid counts what is left, and is warned of where it exceeds that of the layers', () => {
    const run = open.evolve(wavePacket({ x0: 0, sigma: 1, k0: 5 }), { until: 6, frames: 12, tolerance: 1e-5 })
    expect(run.gridError).toBeLessThan(1e-3)
    expect(run.warnings).toEqual([])
  })

  it('until it has come to the layers a packet moves as if there were none', () => {
    const packet = wavePacket({ x0: 0, sigma: 1, k0: 2 })
    const run = open.evolve(packet, { until: 1, frames: 1 })
    const free = qde({ objective: '0', D: 0.5 }).evolve(packet, { until: 1, frames: 1 })
    expect(Math.abs(run.final.overlap(free.final).abs() - 1)).toBeLessThan(1e-7)
  })

  it('is open: what needs a Hermitian H is refused by name, with advice', () => {
    const packet = wavePacket({ x0: 0, sigma: 1 })
    const well = qde({ objective: 'x^2', D: 0.5, grid: { boundary: 'absorbing' } })
    const message = /grid\.boundary: .*absorbs it at the ends of x; allowed: 'periodic'.*without absorbing/
    expect(() => well.eigenstates(2)).toThrow(message)
    expect(() => well.thermodynamics()).toThrow(message)
    expect(() => well.evolve(packet, { until: 1, angle: Math.PI / 2 })).toThrow(message)
    expect(() => open.evolve(packet, { until: 1, method: 'chebyshev' })).toThrow(/needs a Hermitian H/)
  })

  it('of given ends refuses a packet that starts in its layers', () => {
    const given = qde({ objective: '0', D: 0.5, grid: { lower: -10, upper: 10, boundary: 'absorbing' } })
    expect(given.notes[0]).toMatch(
      /absorbing over 3\.00 at each end, wave numbers from 3\.8 to 1e−4, as given/,
    )
    expect(() => given.evolve(wavePacket({ x0: 8, sigma: 0.5 }), { until: 1 })).toThrow(/too small/)
  })
})
