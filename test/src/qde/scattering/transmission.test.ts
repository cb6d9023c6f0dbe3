import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { unpack, validateFigure } from '../../../../src/figure/index.js'
import { qde, type Transmission } from '../../../../src/qde/index.js'

/** What transmission promises. */
const EXACT = 1e-11
const D = 0.5
const ENERGIES = [0.25, 0.5, 1, 2]

function scatter(objective: string | ((x: number) => number), energies = ENERGIES): Transmission {
  return qde({ objective, D }).transmission({ energies })
}

function expectT({ T, R, error }: Transmission, exact: readonly number[]): void {
  exact.forEach((value, i) => {
    expect(Math.abs(T[i] - value)).toBeLessThan(EXACT)
    expect(Math.abs(T[i] + R[i] - 1)).toBeLessThan(EXACT)
  })
  expect(error).toBeLessThan(EXACT)
}

/** A barrier of height V on a length L, below, at and above its top. */
function rectangle(E: number, V = 1, L = 2): number {
  const k = Math.sqrt(Math.abs(V - E) / D)
  if (E === V) return 1 / (1 + (V * L * L) / (4 * D))
  const wave = E < V ? Math.sinh(k * L) : Math.sin(k * L)
  return 1 / (1 + (V * V * wave * wave) / (4 * E * Math.abs(V - E)))
}

function sech(E: number): number {
  const wave = Math.sinh(Math.PI * Math.sqrt(E / D)) ** 2
  return wave / (wave + Math.cosh((Math.PI / 2) * Math.sqrt(4 / D - 1)) ** 2)
}

describe('closed forms', () => {
  it.each(['step(1 - abs(x))', 'step(1 - abs(x - 5))', (x: number) => (Math.abs(x - 0.1) < 1 ? 1 : 0)])(
    'rectangular barrier %s',
    (objective) => {
      expectT(
        scatter(objective),
        ENERGIES.map((E) => rectangle(E)),
      )
    },
  )

  it('rectangular barrier: published 0.0221958734, 0.07065082485, 1/3, 0.98827556828', () => {
    const { T } = scatter('step(1 - abs(x))')
    const published = [0.0221958734, 0.07065082485, 1 / 3, 0.98827556828]
    published.forEach((value, i) => {
      expect(Math.abs(T[i] - value)).toBeLessThan(6e-12)
    })
  })

  it('half as high as the barrier, T = sech²(width): published 0.419974, 0.0706508, 0.00986604', () => {
    for (const [width, published, digits] of [
      [1, 0.419974, 5e-6],
      [2, 0.0706508, 5e-7],
      [3, 0.00986604, 5e-8],
    ] as const) {
      const [T] = scatter(`step(${width / 2} - abs(x))`, [0.5]).T
      expect(Math.abs(T - published)).toBeLessThan(digits)
      expect(Math.abs(T - 1 / Math.cosh(width) ** 2)).toBeLessThan(EXACT)
    }
  })

  it('1/cosh²: published 0.0199740631, 0.11578993102, 0.63948398089, 0.98599172382', () => {
    const { T } = scatter('1/cosh(x)^2')
    const published = [0.0199740631, 0.11578993102, 0.63948398089, 0.98599172382]
    published.forEach((value, i) => {
      expect(Math.abs(T[i] - value)).toBeLessThan(6e-12)
    })
  })

  it('rectangular and 1/cosh² barriers of any height, width and energy', () => {
    const between = (min: number, max: number) => fc.double({ min, max, noNaN: true })
    fc.assert(
      fc.property(between(0.3, 3), between(0.5, 3), between(0.1, 4), (V, L, E) => {
        fc.pre(Math.abs(E - V) > 0.01)
        const [T] = qde({ objective: 'V*step(L/2 - abs(x))', parameters: { V, L }, D }).transmission({
          energies: [E],
        }).T
        expect(Math.abs(T - rectangle(E, V, L))).toBeLessThan(1e-9)
        fc.pre(4 * V > D / L ** 2)
        const smooth = qde({ objective: 'V/cosh(x/L)^2', parameters: { V, L }, D }).transmission({
          energies: [E],
        }).T[0]
        const wave = Math.sinh(Math.PI * L * Math.sqrt(E / D)) ** 2
        const top = Math.cosh((Math.PI / 2) * Math.sqrt((4 * V * L * L) / D - 1)) ** 2
        expect(Math.abs(smooth - wave / (wave + top))).toBeLessThan(1e-9)
      }),
      { seed: 21, numRuns: 4 },
    )
  })

  it('deep under a barrier T keeps its leading digits', () => {
    const exact = rectangle(1, 20)
    expect(Math.abs(scatter('20*step(1 - abs(x))', [1]).T[0] / exact - 1)).toBeLessThan(1e-9)
  })

  it('1/cosh²: T = sinh²πk/(sinh²πk + cosh²(½π√(4/D − 1)))', () => {
    expectT(scatter('1/cosh(x)^2'), ENERGIES.map(sech))
  })

  it.each([1, 2, 3])('−Dℓ(ℓ+1)/cosh² reflects nothing, and delays by 2 Σ arctan(j/k): ℓ = %i', (ell) => {
    const found = scatter(`-${D * ell * (ell + 1)}/cosh(x)^2`)
    expectT(found, [1, 1, 1, 1])
    ENERGIES.forEach((E, i) => {
      const k = Math.sqrt(E / D)
      let phase = 0
      for (let j = 1; j <= ell; j++) phase += 2 * Math.atan2(j, k)
      expect(Math.abs(Math.sin((found.transmittedPhase[i] - phase) / 2))).toBeLessThan(EXACT)
    })
  })

  it('a step: T = 4kq/(k + q)² above it, all is reflected below, r = (k − iκ)/(k + iκ)', () => {
    expectT(
      scatter('0.2*step(x)'),
      ENERGIES.map((E) => {
        const [k, q] = [Math.sqrt(E / D), Math.sqrt((E - 0.2) / D)]
        return (4 * k * q) / (k + q) ** 2
      }),
    )
    const under = scatter('1.5*step(x)', [0.25, 1])
    expectT(under, [0, 0])
    ;[0.25, 1].forEach((E, i) => {
      const phase = -2 * Math.atan2(Math.sqrt((1.5 - E) / D), Math.sqrt(E / D))
      expect(Math.abs(under.reflectedPhase[i] - phase)).toBeLessThan(EXACT)
    })
  })
})

it('T is the same from the left and from the right, and in a shifted place', () => {
  const at = fc.double({ min: -3, max: 3, noNaN: true })
  const energy = fc.double({ min: 0.6, max: 4, noNaN: true })
  fc.assert(
    fc.property(at, energy, (shift, E) => {
      const bump = (x: string): string => `exp(-(${x})^2) + 0.5*step(1 - abs(${x} - 2))`
      const [T] = scatter(bump('x'), [E]).T
      expect(Math.abs(scatter(bump('(-x)'), [E]).T[0] - T)).toBeLessThan(EXACT)
      expect(Math.abs(scatter(bump(`(x - (${shift}))`), [E]).T[0] - T)).toBeLessThan(EXACT)
    }),
    { seed: 8, numRuns: 6 },
  )
})

describe('results and refusals', () => {
  it('print, and save as CSV and npz', () => {
    const found = scatter('step(1 - abs(x))')
    expect(String(found)).toMatch(/E = 1\.00000: T = 0\.3333333333, R = 0\.6666666667/)
    expect(found.toCsv().split('\n')[0]).toMatch(/energy,T,R,transmitted_phase,reflected_phase/)
    expect(found.toNpz().length).toBeGreaterThan(100)
  })

  it('are drawn: a curve over many energies, dots for a few, in either scale', () => {
    for (const [count, mark] of [
      [4, 'points'],
      [40, 'line'],
    ] as const) {
      const energies = Array.from({ length: count }, (_, i) => (2 * (count - i)) / count)
      const figure = qde({ objective: '1/cosh(x)^2', D }).transmission({ energies, scale: 'log' }).figure()
      validateFigure(figure)
      const [panel] = figure.panels
      if (panel.type !== 'lines') throw new Error(panel.type)
      expect(panel.y.scale).toBe('log')
      expect(panel.series.map((series) => series.mark)).toEqual([mark, mark])
      const E = unpack(panel.series[0].x!)
      expect(E.every((v, i) => i === 0 || v > E[i - 1])).toBe(true)
    }
    expect(() => qde({ objective: '0', D }).transmission({ energies: [1], scale: 'lg' as never })).toThrow(
      /scale.*'linear' or 'log'/,
    )
  })

  it.each(['x^2', 'x', 'sin(x)'])('refuses %s, which does not become constant', (objective) => {
    expect(() => scatter(objective)).toThrow(/does not become constant far to the (left|right)/)
  })

  it.each([1e5, 1e7, 1e9])(
    'refuses E = %f of a smooth barrier, whose waves its elements do not hold',
    (E) => {
      expect(() => scatter('1/cosh(x)^2', [E])).toThrow(/Ask for lower energies/)
    },
  )

  it.each([1e2, 1e4])('lets E = %f pass a low barrier', (E) => {
    expect(scatter('1/cosh(x)^2', [E]).T[0]).toBeCloseTo(1, 12)
  })

  it('refuses energies at which no wave comes in, and misspelt options', () => {
    expect(() => scatter('1/cosh(x)^2', [0])).toThrow(/energies.*above 0/)
    expect(() => scatter('1/cosh(x)^2', [Number.NaN])).toThrow(/energies/)
    expect(() => qde({ objective: '0', D }).transmission({ energy: [1] } as never)).toThrow(
      /no option energy/,
    )
    expect(() => qde({ objective: 'x*y*0', D }).transmission({ energies: [1] })).toThrow(/one coordinate/)
  })
})
