import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ensemble, latticeHamiltonian, thermalState, twoLevels } from '../../../src/thermal/index.js'

/** Rounding of sums of a few exponentials. */
const ROUNDING = 1e-12

describe('E = (0, 1, 2), published', () => {
  const three = ensemble([0, 1, 2])

  it('T = 1: p, F, U, S, C', () => {
    const { F, U, S, C } = three.at(1)
    ;[0.6652409558, 0.2447284711, 0.0900305732].forEach((p, i) => {
      expect(three.probabilities(1)[i]).toBeCloseTo(p, 9)
    })
    expect([F, U, S, C].map((v) => v.toFixed(9))).toEqual([
      '-0.407605964',
      '0.424789617',
      '0.832395582',
      '0.424404545',
    ])
  })

  it('T = ½ and T = 2', () => {
    ;[0.86681333, 0.11731043, 0.01587624].forEach((p, i) => {
      expect(three.probabilities(0.5)[i]).toBeCloseTo(p, 8)
    })
    expect(three.at(0.5).F).toBeCloseTo(-0.0714658142, 9)
    expect(three.at(2).F).toBeCloseTo(-1.3605393413, 9)
  })

  it('is softmax of logits −E: (2, 1, 0.1) at T = 1, ½, 2, as published', () => {
    const logits = ensemble([-2, -1, -0.1])
    ;[
      [1, [0.659001, 0.242433, 0.098566]],
      [0.5, [0.863777, 0.1169, 0.019323]],
      [2, [0.501688, 0.304289, 0.194023]],
    ].forEach(([T, p]) => {
      ;(p as number[]).forEach((value, i) => {
        expect(logits.probabilities(T as number)[i]).toBeCloseTo(value, 6)
      })
    })
    expect(logits.at(1).S).toBeCloseTo(0.846738, 6)
  })
})

describe('the peak of the heat capacity', () => {
  it('of two levels, Schottky’s, as published', () => {
    const { temperature, C } = ensemble([0, 1]).peak()
    // Printed as 0.41677826, which differs from the inverse of the line below in its last digit.
    expect(temperature).toBeCloseTo(0.41677826, 7)
    expect(1 / temperature).toBeCloseTo(2.3993572805, 9)
    expect(C).toBeCloseTo(0.4392288399, 9)
  })

  it('is where x tanh ½(x − ln g) = 2, for any degeneracy and any unit', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 1, max: 1000 }).map((k) => k / 10),
        (g, gap) => {
          const { temperature } = ensemble([3, 3 + gap], { degeneracies: [1, g] }).peak()
          const x = gap / temperature
          expect(Math.abs(x * Math.tanh((x - Math.log(g)) / 2) - 2)).toBeLessThan(1e-8)
        },
      ),
      { seed: 5, numRuns: 40 },
    )
  })

  it('needs two energies', () => {
    expect(() => ensemble([1, 1]).peak()).toThrow(/single energy/)
  })
})

const levels = fc.array(
  fc.integer({ min: -5000, max: 5000 }).map((k) => k / 1000),
  { minLength: 2, maxLength: 6 },
)
const temperature = fc.integer({ min: 10, max: 1000 }).map((k) => k / 100)

it('∂p_i/∂E_j is the response, symmetric, and leaves Σp', () => {
  fc.assert(
    fc.property(levels, temperature, (energies, T) => {
      const rows = ensemble(energies).response(T)
      const h = 1e-5 * T
      energies.forEach((_, j) => {
        const moved = (by: number): Float64Array =>
          ensemble(energies.map((e, i) => (i === j ? e + by : e))).probabilities(T)
        const [low, high] = [moved(-h), moved(h)]
        let sum = 0
        rows.forEach((row, i) => {
          // Truncation of a central difference, h²/T³.
          expect(Math.abs((high[i] - low[i]) / (2 * h) - row[j])).toBeLessThan(1e-8 / T)
          expect(Math.abs(row[j] - rows[j][i])).toBeLessThan(ROUNDING)
          sum += row[j]
        })
        expect(Math.abs(sum)).toBeLessThan(ROUNDING / T)
      })
    }),
    { seed: 6, numRuns: 30 },
  )
})

it('Σp = 1 to 1e-15, also of energies ±1e4, and degenerate levels share', () => {
  const p = ensemble([1e4, -1e4, -1e4]).probabilities(1)
  expect(Array.from(p)).toEqual([0, 0.5, 0.5])
  fc.assert(
    fc.property(levels, temperature, (energies, T) => {
      const sum = ensemble(energies)
        .probabilities(T)
        .reduce((total, v) => total + v, 0)
      expect(Math.abs(sum - 1)).toBeLessThan(1e-15)
    }),
    { seed: 7 },
  )
  const [one, many] = [ensemble([0, 1, 1, 1]), ensemble([0, 1], { degeneracies: [1, 3] })]
  expect(many.at(0.7)).toEqual(one.at(0.7))
  expect(many.probabilities(0.7)[1]).toBeCloseTo(3 * one.probabilities(0.7)[1], 14)
  expect(() => ensemble([0, 1], { degeneracies: [1] })).toThrow(/not one for each energy/)
})

it('curves of an ensemble are its points', () => {
  const curves = ensemble([0, 1, 2]).thermodynamics({ beta: [1, 2] })
  expect(curves.F[0]).toBeCloseTo(-0.4076059644, 10)
  expect(curves.U[1]).toBe(ensemble([0, 1, 2]).at(0.5).U)
  expect(ensemble([0, 1, 2]).figure().kind).toBe('panels')
  expect(curves.figure().kind).toBe('panels')
})

describe('two coupled levels', () => {
  const draw = fc.integer({ min: -3000, max: 3000 }).map((k) => k / 1000)

  it('are the thermal state of their matrix', () => {
    fc.assert(
      fc.property(draw, draw, temperature, (epsilon, delta, T) => {
        const pair = twoLevels({ epsilon, delta })
        const state = thermalState(pair.matrix, 1 / T)
        expect(Math.abs(pair.Z(1 / T) / state.Z - 1)).toBeLessThan(1e2 * ROUNDING)
        pair.populations(1 / T).forEach((p, i) => {
          expect(Math.abs(p - state.populations[i])).toBeLessThan(1e2 * ROUNDING)
        })
      }),
      { seed: 8 },
    )
  })

  it('are the sigmoid without coupling', () => {
    for (const x of [-3, 0.2, 5])
      expect(twoLevels({ epsilon: x, delta: 0 }).populations(1)[1]).toBeCloseTo(1 / (1 + Math.exp(x)), 14)
  })

  it('swing as i∂ψ/∂t = Hψ has them, by a Taylor series of e^{−iHt}', () => {
    fc.assert(
      fc.property(draw, draw, fc.integer({ min: 0, max: 40 }), (epsilon, delta, t10) => {
        const t = t10 / 10
        // (re, im) of both labels, in 400 steps of order 8.
        let psi = [1, 0, 0, 0]
        const steps = 400
        for (let k = 0; k < steps; k++) {
          let term = psi
          for (let order = 1; order <= 8; order++) {
            const c = t / steps / order
            const [a, b, p, q] = term
            const h = [-delta * p, -delta * q, -delta * a + epsilon * p, -delta * b + epsilon * q]
            term = [c * h[1], -c * h[0], c * h[3], -c * h[2]]
            psi = psi.map((v, i) => v + term[i])
          }
        }
        expect(Math.abs(twoLevels({ epsilon, delta }).rabi(t) - (psi[2] ** 2 + psi[3] ** 2))).toBeLessThan(
          1e-10,
        )
      }),
      { seed: 9, numRuns: 20 },
    )
  })
})

it('figures are drawn, and texts say the numbers', () => {
  const zeta = [0, 1, 2]
  const state = thermalState(latticeHamiltonian({ zeta, D: 0.1 }), 1, zeta)
  expect(state.figure().kind).toBe('panels')
  expect(String(state)).toMatch(/populations 0\.6/)
  expect(String(twoLevels({ epsilon: 1, delta: 0.5 }))).toMatch(/Ω = 1\.41421356/)
  expect(String(ensemble([0, 1]))).toMatch(/canonical ensemble of E = 0, 1/)
})
