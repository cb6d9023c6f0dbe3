import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { axis, grid, WaveFunction } from '../../../src/grid/index.js'
import { husimi, phaseSpace, wigner } from '../../../src/phase/index.js'
import { laguerre, level, line, packet, stateOf, superposition } from './_states.js'

/** Sums over the grid are exact but for what is cut off, 1e−13 in amplitude, and the rounding of a thousand terms. */
const EXACT = 1e-11

const wide = line(-14, 14, 180)

const largest = (a: ArrayLike<number>, b: (i: number) => number): number =>
  Array.from(a).reduce((worst, value, i) => Math.max(worst, Math.abs(value - b(i))), 0)

describe('the Wigner function', () => {
  it.each([0, 1, 2, 5, 12])('of level %i of the oscillator is (−1)ⁿ/π e^{−r²} Lₙ(2r²)', (n) => {
    const w = wigner(level(wide, n))
    const closed = (x: number, p: number): number => {
      const r2 = x * x + p * p
      return ((-1) ** n / Math.PI) * Math.exp(-r2) * laguerre(n, 2 * r2)
    }
    const side = w.p.length
    expect(largest(w.values, (i) => closed(w.x[Math.floor(i / side)]!, w.p[i % side]!))).toBeLessThan(EXACT)
    for (const [x, p] of [
      [0, 0],
      [0.123, -1.77],
      [2.5, 0.31],
    ] as const)
      expect(Math.abs(w.at(x, p) - closed(x, p))).toBeLessThan(EXACT)
  })

  it('is −1/π at the centre of the first excited level', () => {
    expect(wigner(level(wide, 1)).at(0, 0)).toBeCloseTo(-0.318309886, 9)
  })

  it('of a Gaussian packet is a Gaussian: at (x₀, p₀), turned by its chirp', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -3, max: 3, noNaN: true }),
        fc.double({ min: -4, max: 4, noNaN: true }),
        fc.double({ min: 0.6, max: 1.2, noNaN: true }),
        fc.double({ min: -0.8, max: 0.8, noNaN: true }),
        (x0, p0, sigma, chirp) => {
          const w = wigner(packet(line(-14, 14, 200), x0, p0, sigma, chirp))
          for (const [u, v] of [
            [0, 0],
            [0.3, -0.2],
            [-0.7, 0.9],
          ] as const) {
            const expected =
              Math.exp(-(u * u) / (2 * sigma ** 2) - 2 * sigma ** 2 * (v - chirp * u) ** 2) / Math.PI
            expect(Math.abs(w.at(x0 + u, p0 + v) - expected)).toBeLessThan(EXACT)
          }
        },
      ),
      { numRuns: 15, seed: 5 },
    )
  })

  it('of a cat has fringes cos 2ap between its two packets', () => {
    const [a, norm] = [3, 2 * (1 + Math.exp(-9))]
    const cat = stateOf(wide, (x) => [Math.exp(-((x - a) ** 2) / 2) + Math.exp(-((x + a) ** 2) / 2), 0])
    const w = wigner(cat)
    const closed = (x: number, p: number): number =>
      (Math.exp(-((x - a) ** 2) - p * p) +
        Math.exp(-((x + a) ** 2) - p * p) +
        2 * Math.exp(-x * x - p * p) * Math.cos(2 * a * p)) /
      (Math.PI * norm)
    for (const [x, p] of [
      [0, 0],
      [0, Math.PI / 6],
      [3, 0],
      [-2.8, 0.4],
      [0.2, 0.9],
    ] as const)
      expect(Math.abs(w.at(x, p) - closed(x, p))).toBeLessThan(EXACT)
    expect(w.minimum).toBeLessThan(-0.2)
  })

  it('has the densities of position and momentum as marginals, integral 1 and purity 1', () => {
    const state = stateOf(wide, (x) => [(x + 0.4) * Math.exp((-x * x) / 2), 0.3 * Math.exp(-((x - 1) ** 2))])
    const w = wigner(state)
    const { position, momentum } = w
    const psi = state.normalized().on(line(w.x[0]!, w.x[0]! + w.x.length * w.dx, w.x.length))
    expect(
      largest(position.density, (i) => psi.values[2 * i]! ** 2 + psi.values[2 * i + 1]! ** 2),
    ).toBeLessThan(EXACT)
    expect(Math.abs(momentum.mean - state.momentum().mean()[0]!)).toBeLessThan(EXACT)
    expect(Math.abs(momentum.spread ** 2 - state.momentum().variance()[0]!)).toBeLessThan(EXACT)
    for (const value of [w.integral, w.purity]) expect(Math.abs(value - 1)).toBeLessThan(EXACT)
    const { coordinates, spacing } = wide.axes[0]!
    const { values } = state.normalized()
    for (const k of [40, 53, 55, 61]) {
      const phi = [0, 1].map((part) => {
        let sum = 0
        coordinates.forEach((x, i) => {
          const [c, s] = [Math.cos(w.p[k]! * x), Math.sin(w.p[k]! * x)]
          const [re, im] = [values[2 * i]!, values[2 * i + 1]!]
          sum += part === 0 ? re * c + im * s : im * c - re * s
        })
        return sum * spacing
      }) as [number, number]
      expect(momentum.density[k]!).toBeGreaterThan(1e-8)
      expect(Math.abs(momentum.density[k]! - Math.hypot(...phi) ** 2 / (2 * Math.PI))).toBeLessThan(EXACT)
    }
  })

  it('is turned by the oscillator: W at time t at (x, p) is the first W at the point that moves there', () => {
    const t = 0.83
    // Level n turns by (n + ½)t.
    const [first, later] = [0, t].map((time) =>
      superposition(wide, [0.5, -0.8, 0.3, 0.6, 0.2], (n) => -(n + 0.5) * time),
    ) as [WaveFunction, WaveFunction]
    const [before, after] = [wigner(first), wigner(later)]
    const [c, s] = [Math.cos(t), Math.sin(t)]
    for (const [x, p] of [
      [0.5, 0.2],
      [-1.3, 0.8],
      [0, -2],
      [2.1, 1.1],
    ] as const)
      expect(Math.abs(after.at(x, p) - before.at(c * x - s * p, s * x + c * p))).toBeLessThan(EXACT)
  })

  it('of all states lies between −1/π and 1/π', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 8, maxLength: 8 }),
        (c) => {
          fc.pre(c.some((v) => Math.abs(v) > 0.1))
          const w = wigner(superposition(wide, c, (n) => n * n))
          const bound = 1 / Math.PI + EXACT
          expect(w.values.every((v) => Math.abs(v) <= bound)).toBe(true)
          expect(Math.abs(w.purity - 1)).toBeLessThan(EXACT)
        },
      ),
      { numRuns: 5, seed: 3 },
    )
  })

  it('keeps its negativity: 4/√e − 2 for the first level, nothing for Gaussians', () => {
    // Along lines of zeros the sum is of second order, here in steps of 0.03.
    expect(Math.abs(wigner(level(wide, 1)).negativity - (4 / Math.sqrt(Math.E) - 2))).toBeLessThan(1e-4)
    expect(wigner(packet(wide, 1, 2, 0.8, 0.5)).negativity).toBeLessThan(EXACT)
  })
})

describe('the Wigner function of a mixture', () => {
  const on = line(-9, 9, 120)
  const x = on.axes[0]!.coordinates

  it('of the oscillator at temperature 1/β is a Gaussian of purity tanh(β/2)', () => {
    const beta = 0.9
    const [s, c] = [Math.sinh(beta), Math.cosh(beta)]
    const values = new Float64Array(on.size ** 2)
    // Mehler's kernel, up to its factor.
    x.forEach((a, i) => {
      x.forEach((b, j) => {
        values[i * on.size + j] = Math.exp(-((a * a + b * b) * c - 2 * a * b) / (2 * s))
      })
    })
    const w = wigner({ grid: on, values })
    const t = Math.tanh(beta / 2)
    expect(Math.abs(w.purity - t)).toBeLessThan(EXACT)
    for (const [a, p] of [
      [0, 0],
      [1, -0.5],
      [0.3, 2],
    ] as const)
      expect(Math.abs(w.at(a, p) - (t / Math.PI) * Math.exp(-t * (a * a + p * p)))).toBeLessThan(EXACT)
  })

  it('is that of the state where the mixture is pure, complex ones included', () => {
    const state = packet(on, 0.5, 3, 0.7, 0.4)
    const values = new Float64Array(2 * on.size ** 2)
    for (let i = 0; i < on.size; i++)
      for (let j = 0; j < on.size; j++) {
        const [a, b, c, d] = [i, j].flatMap((k) => [state.values[2 * k]!, state.values[2 * k + 1]!]) as [
          number,
          number,
          number,
          number,
        ]
        values.set([a * c + b * d, b * c - a * d], 2 * (i * on.size + j))
      }
    const [one, other] = [wigner(state), wigner({ grid: on, values })]
    for (const [a, p] of [
      [0.5, 3],
      [0, 2.2],
      [1.2, 3.7],
    ] as const)
      expect(Math.abs(one.at(a, p) - other.at(a, p))).toBeLessThan(EXACT)
    expect(other.momentum.mean).toBeCloseTo(3, 9)
  })

  it('of one coordinate of an entangled state has the purity of the other', () => {
    const plane = grid(
      ['x', 'y'].map((name) => axis({ name, lower: -9, upper: 9, intervals: 72, boundary: 'periodic' })),
    )
    // exp(−½(x² + y² + 2cxy)): 2c between the coordinates; purity √(1 − c²).
    const c = 0.6
    const values = new Float64Array(2 * plane.size)
    plane.columns[0]!.forEach((a, i) => {
      const b = plane.columns[1]![i]!
      values[2 * i] = Math.exp(-(a * a + b * b + 2 * c * a * b) / 2)
    })
    const state = new WaveFunction(plane, values)
    const of = (coordinate: string) => wigner(state, { coordinate })
    const [wx, wy] = [of('x'), of('y')]
    expect(Math.abs(wx.purity - Math.sqrt(1 - c * c))).toBeLessThan(EXACT)
    expect(Math.abs(wx.purity - wy.purity)).toBeLessThan(EXACT)
    expect(wx.notes[0]).toContain('y is traced out')
  })
})

describe('refusals and honest limits', () => {
  it('a ring that a state fills has no phase space of x and p', () => {
    const ring = stateOf(line(0, 1, 32), () => [1, 0])
    expect(() => wigner(ring)).toThrow('on a ring momenta are discrete')
  })

  it('a step has no spread of momentum', () => {
    expect(() => wigner(stateOf(line(0, 1, 32, 'zero-flux'), () => [1, 0]))).toThrow(
      'a step has no finite spread',
    )
  })

  it('a kink at walls is said; what the modes know is exact all the same', () => {
    const well = stateOf(line(0, 1, 64, 'walls'), (x) => [Math.sin(Math.PI * x), 0])
    const of = phaseSpace(well)
    expect(of.notes[0]).toMatch(
      /^About \de-\d of the probability has momenta beyond the grid's, because ψ has a kink/,
    )
    expect(Math.abs(of.momentum.spread - Math.PI)).toBeLessThan(EXACT)
    // Var x = 1/12 − 1/(2π²); the sums are of second order in the grid.
    expect(of.position.spread ** 2).toBeCloseTo(1 / 12 - 1 / (2 * Math.PI ** 2), 4)
    expect(of.wigner.integral).toBeCloseTo(1, 9)
  })

  it('names what it cannot use', () => {
    const plain = level(wide, 0)
    expect(() => wigner(plain, { coordinate: 'y' })).toThrow("allowed: one of 'x'")
    expect(() => wigner({ grid: wide, values: new Float64Array(5) })).toThrow('not a density matrix')
    const skew = Float64Array.from({ length: wide.size ** 2 }, (_, i) => (i % (wide.size + 1) === 0 ? 1 : i))
    expect(() => wigner({ grid: wide, values: skew })).toThrow('not Hermitian')
    for (const other of [null, {}, 3, { grid: 1, values: [] }])
      expect(() => wigner(other as never)).toThrow('not a state')
    expect(() => husimi(plain, { width: 0 })).toThrow('width: out of range')
    expect(() => wigner(plain, { widht: 1 } as never)).toThrow('there is no option widht')
  })

  it('rounding at all wave numbers of a fine grid costs accuracy that is said, not the answer', () => {
    const fine = line(-20, 20, 4096)
    let seed = 1
    const noise = (): number => {
      seed = (seed * 48271) % 2147483647
      return 1e-12 * (seed / 2147483647 - 0.5)
    }
    const w = wigner(stateOf(fine, (x) => [Math.exp((-x * x) / 2) + noise(), noise()]))
    expect(w.notes).toEqual([
      'Left out at each end, so that the grid is not too large: 1e-22 of the probability.',
    ])
    expect(Math.abs(w.at(0, 0) - 1 / Math.PI)).toBeLessThan(1e-10)
  })

  it('a state of noise at all wave numbers takes too many points', () => {
    const noise = line(-1, 1, 4096, 'walls')
    expect(() => wigner(stateOf(noise, (x) => [Math.sin(1e7 * x * x), 0]))).toThrow('points')
  })
})
