import { describe, expect, it } from 'vitest'
import { unpack } from '../../../src/figure/index.js'
import { landscape, qde } from '../../../src/qde/index.js'

const bowls = [1, 0.01].map((D) => qde({ objective: '(x - 1)^2 + 2*(y + 0.5)^2', D }))

describe('landscape', () => {
  const payload = landscape(bowls, {
    points: { minimum: [1, -0.5] },
    paths: { descent: Array.from({ length: 2000 }, (_, k) => [1 + Math.exp(-k / 50), -0.5]) },
  }).figure()

  it('draws one density a D, each at the minimum with the widths (D/2h)^¼ of its oscillator', () => {
    const [x, y] = payload.axes.map(unpack)
    payload.densities.forEach((packed, k) => {
      const density = unpack(packed)
      const total = density.reduce((sum, v) => sum + v, 0)
      const moment = (f: (px: number, py: number) => number): number =>
        density.reduce((sum, v, i) => sum + v * f(x[Math.floor(i / y.length)], y[i % y.length]), 0) / total
      // Var = √(D/2h) with h = 2 and 4; eight bits a pixel and the cut of the map leave a few per cent.
      const D = bowls[k].D
      const mean = [moment((px) => px), moment((_, py) => py)]
      expect(Math.abs(mean[0] - 1)).toBeLessThan(0.02)
      expect(Math.abs(mean[1] + 0.5)).toBeLessThan(0.02)
      expect(moment((px) => (px - mean[0]) ** 2) / Math.sqrt(D / 4)).toBeGreaterThan(0.9)
      expect(moment((px) => (px - mean[0]) ** 2) / Math.sqrt(D / 4)).toBeLessThan(1.1)
      expect(moment((_, py) => (py - mean[1]) ** 2) / Math.sqrt(D / 8)).toBeLessThan(1.1)
    })
  })

  it('keeps both ends of a path and drops the points that the eye cannot tell apart', () => {
    const path = unpack(payload.paths[0].points)
    expect(path[0]).toBeCloseTo(2, 3)
    expect(path[path.length - 2]).toBeCloseTo(1, 3)
    expect(path.length / 2).toBeLessThan(400)
    expect(path.length / 2).toBeGreaterThan(30)
  })

  it('refuses problems on a line, and none', () => {
    expect(() => landscape([qde({ objective: 'x^2', D: 1 })])).toThrow(/two coordinates/)
    expect(() => landscape([])).toThrow(/at least one problem/)
    expect(() => landscape([bowls[0], qde({ objective: 'x^2 + y^2', D: 1 })])).toThrow(/differ in D only/)
  })
})
