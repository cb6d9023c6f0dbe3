import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { unpack } from '../../../src/figure/index.js'
import { readNpz } from '../../../src/interchange/index.js'
import { husimi, phaseSpace, wigner } from '../../../src/phase/index.js'
import { level, line, packet, stateOf, superposition } from './_states.js'

/** Sums over the grid are exact but for what is cut off, 1e−13 in amplitude, and the rounding of a thousand terms. */
const EXACT = 1e-11

/** At zeros of ρ the sum of ρ ln ρ is of third order in its steps, 1e−3 here, and of Q ln Q of fourth, in steps of 0.06. */
const ENTROPY = 1e-6

const wide = line(-14, 14, 180)

/** Euler's constant. */
const GAMMA = 0.5772156649015329

describe('entropies and uncertainties', () => {
  it('of Gaussians are at their bounds, squeezed or chirped', () => {
    for (const sigma of [0.5, Math.SQRT1_2, 1.3]) {
      const { entropies, uncertainty, determinant } = phaseSpace(packet(wide, 0.7, -1, sigma))
      expect(Math.abs(entropies.sum - (1 + Math.log(Math.PI)))).toBeLessThan(EXACT)
      expect(Math.abs(entropies.wehrl - 1)).toBeLessThan(EXACT)
      expect(Math.abs(uncertainty - 0.5)).toBeLessThan(EXACT)
      expect(Math.abs(determinant - 0.25)).toBeLessThan(EXACT)
    }
    const chirped = phaseSpace(packet(wide, 0.7, -1, 0.8, 0.9))
    // Δp² = 1/4σ² + c²σ².
    expect(Math.abs(chirped.uncertainty - Math.sqrt(0.25 + 0.81 * 0.8 ** 4))).toBeLessThan(EXACT)
    expect(Math.abs(chirped.determinant - 0.25)).toBeLessThan(EXACT)
    expect(Math.abs(chirped.wigner.covariance - 0.9 * 0.64)).toBeLessThan(EXACT)
    expect(chirped.entropies.sum).toBeGreaterThan(1 + Math.log(Math.PI) + 0.1)
  })

  it('of level n: Δx Δp = n + ½, and for n = 1 the entropy ln 2 + ½ ln π + γ − ½ in both', () => {
    for (const n of [0, 1, 3, 7])
      expect(Math.abs(phaseSpace(level(wide, n)).uncertainty - (n + 0.5))).toBeLessThan(EXACT)
    const { entropies } = phaseSpace(level(wide, 1))
    const closed = Math.log(2) + 0.5 * Math.log(Math.PI) + GAMMA - 0.5
    expect(Math.abs(entropies.position - closed)).toBeLessThan(ENTROPY)
    expect(Math.abs(entropies.momentum - closed)).toBeLessThan(ENTROPY)
  })

  it("Wehrl's of level n with the vacuum's coherent states is 1 + n − n ψ(n + 1) + ln n!", () => {
    // Q = e^{−r²/2} (r²/2)ⁿ/(2π n!); ⟨ln z⟩ over a Gamma(n + 1) variable is the digamma function.
    for (const [n, digamma, factorial] of [
      [1, 1 - GAMMA, 1],
      [4, 1 + 1 / 2 + 1 / 3 + 1 / 4 - GAMMA, 24],
    ] as const) {
      const q = husimi(level(wide, n), { width: Math.SQRT1_2 })
      expect(Math.abs(q.wehrl - (1 + n - n * digamma + Math.log(factorial)))).toBeLessThan(ENTROPY)
    }
  })

  it('of any superposition keep above their bounds', () => {
    const coefficient = fc.double({ min: -1, max: 1, noNaN: true })
    fc.assert(
      fc.property(fc.array(coefficient, { minLength: 6, maxLength: 6 }), (c) => {
        fc.pre(c.some((v) => Math.abs(v) > 0.1))
        const of = phaseSpace(superposition(wide, c, (n) => n * n))
        expect(of.uncertainty).toBeGreaterThan(0.5 - EXACT)
        expect(of.determinant).toBeGreaterThan(0.25 - EXACT)
        expect(of.entropies.sum).toBeGreaterThan(of.entropies.bound - ENTROPY)
        expect(of.entropies.wehrl).toBeGreaterThan(1 - ENTROPY)
        expect(of.negativity).toBeGreaterThan(-EXACT)
      }),
      { numRuns: 3, seed: 11 },
    )
  })
})

describe('the Husimi function', () => {
  it('is the probability of coherent states: of the vacuum e^{−r²/2}/2π, and never below 0', () => {
    const q = husimi(level(wide, 0), { width: Math.SQRT1_2 })
    for (const [x, p] of [
      [0, 0],
      [1, -2],
      [3, 0.5],
    ] as const)
      expect(Math.abs(q.at(x, p) - Math.exp(-(x * x + p * p) / 2) / (2 * Math.PI))).toBeLessThan(EXACT)
    for (const n of [1, 6]) {
      const other = husimi(level(wide, n))
      expect(Math.min(...other.values)).toBeGreaterThanOrEqual(0)
      expect(Math.abs(other.integral - 1)).toBeLessThan(EXACT)
    }
  })

  it('is |⟨α|ψ⟩|²/2π by direct integration, at any width', () => {
    const state = stateOf(wide, (x) => [
      (x - 0.3) * Math.exp(-((x - 0.5) ** 2) / 2),
      0.4 * Math.exp((-x * x) / 3),
    ])
    const q = husimi(state, { width: 0.4 })
    for (const [x0, p0] of [
      [0.2, 0.7],
      [-1.1, -0.4],
      [1.4, 2],
    ] as const)
      expect(
        Math.abs(
          q.at(x0, p0) -
            state
              .normalized()
              .overlap(packet(wide, x0, p0, 0.4))
              .abs() **
              2 /
              (2 * Math.PI),
        ),
      ).toBeLessThan(EXACT)
  })

  it('has coherent states of the proportions of the state, unless told', () => {
    expect(husimi(packet(wide, 0, 0, 1.3)).width).toBeCloseTo(1.3, 10)
    const { position, momentum } = husimi(packet(wide, 1, 2, 0.6), { width: 0.9 })
    expect(position.spread ** 2).toBeCloseTo(0.36 + 0.81, 10)
    expect(momentum.spread ** 2).toBeCloseTo(1 / (4 * 0.36) + 1 / (4 * 0.81), 10)
  })
})

describe('phaseSpace()', () => {
  it('has the current 2D Im ψ*∂ψ of the state', () => {
    const state = packet(wide, 0.5, 2, 0.9, 0.6)
    const of = phaseSpace(state, { D: 0.2 })
    // A packet flows with 2D(p₀ + c(x − x₀)).
    of.position.coordinates.forEach((x, i) => {
      expect(Math.abs(of.current[i]! - 0.4 * (2 + 0.6 * (x - 0.5)) * of.position.density[i]!)).toBeLessThan(
        EXACT,
      )
    })
  })

  it('draws both functions, both densities and the numbers, and prints the same', () => {
    const of = phaseSpace(level(wide, 1))
    const figure = of.figure()
    expect(figure.panels.map(({ type }) => type)).toEqual(['field', 'field', 'lines', 'lines', 'table'])
    const [w] = figure.panels
    if (w?.type !== 'field') throw new Error(w?.type)
    const side = w.values.shape[0]!
    // The middle of the picture is the origin: −1/π to a step of 8 bits.
    expect(unpack(w.values)[((side - 1) / 2) * (side + 1)]).toBeCloseTo(-1 / Math.PI, 2)
    for (const words of [of.toString(), figure.alt]) expect(words).toMatch(/Δx Δp[: ]+1\.5/)
    expect(figure.alt.length).toBeLessThan(1500)
  })

  it('shows the current where there is one', () => {
    const labels = (p0: number) => {
      const panel = phaseSpace(packet(wide, 0, p0, 0.8)).figure().panels[2]!
      return panel.type === 'lines' ? panel.series.map(({ label }) => label) : []
    }
    expect([labels(0).length, labels(3).length]).toEqual([1, 2])
  })
})

it('functions of phase space are written with their coordinates', () => {
  const w = wigner(packet(line(-8, 8, 48), 0, 0, 1))
  const back = readNpz(w.toNpz())
  expect(back['values']!.shape).toEqual([w.x.length, w.p.length])
  expect([...(back['p']!.data as Float64Array)]).toEqual([...w.p])
  const rows = w.toCsv().trim().split('\n')
  expect(rows[0]).toBe('x,p,value')
  expect(rows).toHaveLength(1 + w.values.length)
  expect(w.toString()).toMatch(/^Wigner function on \d+ × \d+ points/)
  expect(husimi(packet(wide, 0, 0, 1)).figure().title).toBe('Husimi function')
})
