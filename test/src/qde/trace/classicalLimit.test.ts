import { describe, expect, it } from 'vitest'
import { qde } from '../../../../src/qde/index.js'

/** Quadrature of smooth integrands, which stands still to 1e-11. */
const QUADRATURE = 1e-10

describe('½p² + (x² − 1)², β = 0.1', () => {
  const limit = qde({ objective: '(x^2 - 1)^2', D: 0.5 }).classicalLimit({ beta: 0.1 })

  it('published: Z_cl = 4.699121694909 (+0.531 %), to order D 4.674157825 (−0.0033 %)', () => {
    expect(Math.abs(limit.orders[0].Z - 4.699121694909)).toBeLessThan(1e-11)
    expect(Math.abs(limit.orders[1].Z - 4.674157825)).toBeLessThan(1e-9)
    expect(100 * limit.errors[0]).toBeCloseTo(0.531, 3)
    expect(100 * limit.errors[1]).toBeCloseTo(-0.0033, 4)
  })

  it('the second order comes nearer still', () => {
    expect(Math.abs(limit.errors[2])).toBeLessThan(Math.abs(limit.errors[1]) / 50)
  })

  it('F is F_cl + (Dβ/12)⟨ζ″⟩ to first order', () => {
    // ⟨ζ″⟩ = 12⟨x²⟩ − 4 of the classical density, here by the trapezoidal rule.
    let [sum, first] = [0, 0]
    for (let x = -6; x < 6; x += 0.001) {
      const w = Math.exp(-0.1 * (x * x - 1) ** 2)
      sum += w
      first += w * (12 * x * x - 4)
    }
    const shift = ((0.5 * 0.1) / 12) * (first / sum)
    const { F } = limit.orders[0]
    const second = shift * shift * 0.1
    expect(Math.abs(limit.orders[1].F - (F + shift))).toBeLessThan(second)
  })

  it('draws itself, and prints', () => {
    expect(limit.figure().kind).toBe('panels')
    expect(String(limit)).toMatch(/classical: Z = 4\.69912169.*\+0\.531 %/)
    expect(limit.toCsv().split('\n')).toHaveLength(5)
  })
})

describe('the oscillator: x/(2 sinh ½x) = 1 − x²/24 + 7x⁴/5760, x = βω', () => {
  it.each([1, 2, 3])('in %i dimensions', (n) => {
    const variables = ['x', 'y', 'z'].slice(0, n)
    const problem = qde({ objective: variables.map((v) => `0.9*${v}^2`).join(' + '), D: 0.4 })
    const beta = 0.5
    const { orders } = problem.classicalLimit({ beta })
    const x2 = 2 * 0.4 * 1.8 * beta * beta
    const classical = x2 ** (-n / 2)
    // The product of n series, cut after x⁴.
    const a = -x2 / 24
    const b = (7 * x2 * x2) / 5760
    const exact = [1, 1 + n * a, 1 + n * a + n * b + (n * (n - 1) * a * a) / 2]
    exact.forEach((series, k) => {
      expect(Math.abs(orders[k].Z / (classical * series) - 1)).toBeLessThan(QUADRATURE)
    })
    expect(orders[0].U).toBeCloseTo(n / beta, 9)
    expect(orders[0].C).toBeCloseTo(n, 9)
  })
})

it('what is left falls as D, D² and D³', () => {
  const errors = [0.02, 0.01].map(
    (D) => qde({ objective: '(x^2 - 1)^2 + 0.3*x', D }).classicalLimit({ beta: 1 }).errors,
  )
  ;[2, 4, 8].forEach((ratio, k) => {
    expect(Math.abs(errors[0][k] / errors[1][k] / ratio - 1)).toBeLessThan(0.02)
  })
})

it('turned coordinates: the orders of V(u) + W(v) are those of the product', () => {
  const D = 0.3
  // So hot that no quantum value is sought.
  const beta = 0.05
  const one = (objective: string): readonly number[] => {
    const { orders } = qde({ objective, D }).classicalLimit({ beta })
    return [orders[0].Z, orders[1].Z / orders[0].Z - 1, (orders[2].Z - orders[1].Z) / orders[0].Z]
  }
  const [V, V1, V2] = one('(x^2 - 1)^2')
  const [W, W1, W2] = one('x^4/2 + x')
  const [u, v] = ['(0.6*x + 0.8*y)', '(0.6*y - 0.8*x)']
  const { orders } = qde({ objective: `(${u}^2 - 1)^2 + ${v}^4/2 + ${v}`, D }).classicalLimit({ beta })
  expect(Math.abs(orders[0].Z / (V * W) - 1)).toBeLessThan(QUADRATURE)
  expect(Math.abs(orders[1].Z / orders[0].Z - 1 - (V1 + W1))).toBeLessThan(QUADRATURE)
  expect(Math.abs((orders[2].Z - orders[1].Z) / orders[0].Z - (V2 + W2 + V1 * W1))).toBeLessThan(QUADRATURE)
})

it('U and C are the derivatives of ln Z at each order', () => {
  const problem = qde({ objective: '(x^2 - 1)^2', D: 0.5 })
  const [low, middle, high] = [0.499, 0.5, 0.501].map((beta) => problem.classicalLimit({ beta }).orders)
  middle.forEach(({ F, U, S, C, temperature: T }, k) => {
    const [a, b, c] = [low, middle, high].map((orders) => Math.log(orders[k].Z))
    // Truncation h² = 1e-6 times the third derivative; rounding 1e-11/h².
    expect(Math.abs((a - c) / 0.002 - U)).toBeLessThan(1e-5)
    expect(Math.abs(0.25 * ((a - 2 * b + c) / 1e-6) - C)).toBeLessThan(1e-4)
    expect(Math.abs(F - (U - T * S))).toBeLessThan(1e-12)
  })
})

describe('honest limits', () => {
  it('a kink leaves the classical limit alone, and says so', () => {
    const { orders, notes } = qde({ objective: 'abs(x)', D: 0.5 }).classicalLimit({ beta: 2 })
    expect(orders).toHaveLength(1)
    expect(notes.join()).toMatch(/kinks/)
    // ∫e^{−2|x|}dx = 1.
    expect(orders[0].Z * Math.sqrt(4 * Math.PI)).toBeCloseTo(1, 10)
  })

  it('large corrections and unknown quantum values are said', () => {
    expect(qde({ objective: 'x^2/2', D: 0.5 }).classicalLimit({ beta: 3 }).notes.join()).toMatch(/asymptotic/)
    const hot = qde({ objective: 'x^2/2 + y^2/2 + 0.1*x*y + 0.1*x^4', D: 0.5 }).classicalLimit({ beta: 0.05 })
    expect(hot.quantum).toBeUndefined()
    expect(hot.errors.every(Number.isNaN)).toBe(true)
    expect(hot.notes.join()).toMatch(/quantum values are not known here/)
  })

  it('a hot box: Z of the walls is known where its points cannot show the states', () => {
    const box = qde({ objective: '0', D: 0.5, grid: { lower: 0, upper: 3, points: 64 } })
    const { quantum, line, notes } = box.classicalLimit({ beta: 0.02 })
    // Weyl's series of walls, Z = L/√(4πDβ) − ½.
    expect(quantum?.Z).toBeCloseTo(3 / Math.sqrt(2 * Math.PI * 0.02) - 0.5, 8)
    expect(line?.quantum).toBeUndefined()
    expect(notes.join()).toMatch(/walls have their own/)
  })

  it('refuses what does not confine', () => {
    expect(() => qde({ objective: 'x', D: 1 }).classicalLimit({ beta: 1 })).toThrow(/Z grows with the box/)
  })
})
