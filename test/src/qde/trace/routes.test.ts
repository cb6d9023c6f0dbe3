import { describe, expect, it } from 'vitest'
import { type Problem, qde } from '../../../../src/qde/index.js'
import type { Route, TracePoint } from '../../../../src/thermal/index.js'
import { ensemble } from '../../../../src/thermal/index.js'

/** What the routes promise of each other, in units of Z and of k_B. */
const ROUTES = 1e-8
/** F = U − TS and C = β²Var(E), which hold by their definition. */
const IDENTITY = 1e-12
/** ∂U/∂T by a central difference of step 10⁻⁴T: truncation 10⁻⁸ and rounding 10⁻¹²/10⁻⁴. */
const SLOPE = 1e-6

const at = (problem: Problem, route: Route, T: number): TracePoint =>
  problem.thermodynamics({ temperatures: [T], route }).at(T)

function expectSame(a: TracePoint, b: TracePoint): void {
  const T = a.temperature
  expect(Math.abs(a.Z / b.Z - 1)).toBeLessThan(ROUTES)
  expect(Math.abs(a.F - b.F) / T).toBeLessThan(ROUTES)
  expect(Math.abs(a.U - b.U)).toBeLessThan(ROUTES * Math.max(1, Math.abs(a.U)))
  expect(Math.abs(a.S - b.S)).toBeLessThan(ROUTES)
  expect(Math.abs(a.C - b.C)).toBeLessThan(ROUTES)
}

describe('the three routes agree', () => {
  it.each([
    ['x^2/2', 0.5, 1],
    ['x^2/2', 0.5, 0.05],
    ['2*x^2 + 0.3*x - 2', 0.7, 0.5],
    ['x^2/2 + y^2', 0.5, 1],
    ['x^2/2 + y^2/2 + z^2', 0.5, 0.5],
    ['x^2/2 + y^2 + 0.3*x*y + 0.1*x', 0.5, 0.4],
  ])('%s, D = %f, T = %f: spectrum, kernel, closed form', (objective, D, T) => {
    const problem = qde({ objective, D })
    const closed = at(problem, 'closed form', T)
    expectSame(at(problem, 'spectrum', T), closed)
    expectSame(at(problem, 'kernel', T), closed)
  })

  it.each([
    ['(x^2 - 1)^2', 0.5, 1],
    ['(x^2 - 1)^2 + 0.2*x', 0.1, 0.2],
    ['(x^2 - 1)^2 + y^2/2', 0.5, 1],
    ['(x^2 - 1)^2 + y^2/2 + 0.3*x*y', 0.5, 0.3],
  ])('%s, D = %f, T = %f: spectrum and kernel', (objective, D, T) => {
    const problem = qde({ objective, D })
    expectSame(at(problem, 'spectrum', T), at(problem, 'kernel', T))
  })

  it('and with the levels found by iteration, where they are few', () => {
    const problem = qde({ objective: '(x^2 - 1)^2 + y^2/2 + 0.3*x*y', D: 0.5 })
    const { Z, C } = ensemble(problem.eigenstates(24).energies).at(0.15)
    const point = at(problem, 'spectrum', 0.15)
    expect(Math.abs(point.Z / Z - 1)).toBeLessThan(ROUTES)
    expect(Math.abs(point.C - C)).toBeLessThan(ROUTES)
  })
})

describe('the free particle in a box: images, levels and kernel agree', () => {
  it.each(['walls', 'periodic', 'zero-flux'] as const)('%s', (boundary) => {
    const problem = qde({ objective: '0.3', D: 0.5, grid: { lower: 1, upper: 4, points: 64, boundary } })
    const closed = at(problem, 'closed form', 0.8)
    expectSame(at(problem, 'spectrum', 0.8), closed)
    expectSame(at(problem, 'kernel', 0.8), closed)
    const [rho, other] = (['closed form', 'kernel'] as const).map((route) =>
      problem.densityMatrix({ beta: 1.25, route }),
    )
    expect(Math.abs(rho.at(1.7, 3.2) - other.at(1.7, 3.2))).toBeLessThan(ROUTES)
    expect(Math.abs(rho.purity - other.purity)).toBeLessThan(ROUTES)
  })

  it('in a plane, and not so cold that nothing is left of the images', () => {
    const grid = { lower: 0, upper: 3, points: 48 }
    const plane = qde({ objective: '0*x*y', D: 0.5, grid })
    expectSame(at(plane, 'spectrum', 1), at(plane, 'closed form', 1))
    expect(() => at(qde({ objective: '0', D: 0.5, grid }), 'closed form', 0.005)).toThrow(/images .* cancel/)
  })
})

describe('what is said of errors holds', () => {
  it.each<[string, Route, number]>([
    ['x^2/2', 'spectrum', 3],
    ['x^2/2', 'kernel', 0.7],
    ['x^2/2 + y^2 + 0.3*x*y', 'spectrum', 0.6],
    ['x^2/2 + y^2 + 0.3*x*y', 'kernel', 0.4],
  ])('%s by its %s, T = %f', (objective, route, T) => {
    const problem = qde({ objective, D: 0.5 })
    const point = at(problem, route, T)
    const exact = at(problem, 'closed form', T)
    // Twice, for the error of rounding that both have.
    expect(Math.abs(point.Z / exact.Z - 1)).toBeLessThan(2 * point.error + 1e-14)
  })
})

it.each<[string, Route]>([
  ['(x^2 - 1)^2 + 0.2*x', 'spectrum'],
  ['(x^2 - 1)^2 + 0.2*x', 'kernel'],
  ['x^2/2 + 3*y^2', 'closed form'],
])('%s by its %s: F = U − TS, C = ∂U/∂T', (objective, route) => {
  const T = 0.6
  const curves = qde({ objective, D: 0.5 }).thermodynamics({ temperatures: [1.01 * T], route })
  const { F, U, S, C } = curves.at(T)
  expect(Math.abs(F - (U - T * S))).toBeLessThan(IDENTITY)
  const [low, high] = [curves.at(T * (1 - 1e-4)).U, curves.at(T * (1 + 1e-4)).U]
  expect(Math.abs((high - low) / (2e-4 * T) - C)).toBeLessThan(SLOPE)
})

describe('oscillator, published Z, F, U, S, C, by every route', () => {
  it.each([
    [0.5, 1.979317582, -1.365504259, 2.041494083, 1.703499171, 0.979424522],
    [1, 0.959517376, 0.041324855, 1.081976707, 1.040651852, 0.920673594],
    [2, 0.425459064, 0.427293271, 0.656517643, 0.458448743, 0.724061661],
    [5, 0.082641835, 0.49864785, 0.506783655, 0.040679024, 0.170741822],
  ])('β = %f', (beta, Z, F, U, S, C) => {
    const problem = qde({ objective: 'x^2/2', D: 0.5 })
    for (const route of ['kernel', 'closed form'] as const) {
      const found = at(problem, route, 1 / beta)
      // Nine decimals are given.
      expect(Math.abs(found.Z - Z)).toBeLessThan(1e-9)
      expect(Math.abs(found.F - F)).toBeLessThan(1e-9)
      expect(Math.abs(found.U - U)).toBeLessThan(1e-9)
      expect(Math.abs(found.S - S)).toBeLessThan(1e-9)
      expect(Math.abs(found.C - C)).toBeLessThan(1e-9)
    }
  })
})

describe('½p² + (x² − 1)², published', () => {
  it.each([
    [0.1, 'Z', 4.674311138958, 1e-11],
    [1, 'Z', 0.6416781489, 1e-9],
    [1, 'U', 1.2538956614, 1e-9],
    [1, 'C', 0.5116916358, 1e-9],
    [5, 'Z', 0.0131806536, 1e-9],
    [5, 'U', 0.8844087484, 1e-9],
  ] as const)('β = %f: %s = %f', (beta, name, value, digit) => {
    expect(
      Math.abs(at(qde({ objective: '(x^2 - 1)^2', D: 0.5 }), 'spectrum', 1 / beta)[name] - value),
    ).toBeLessThan(digit)
  })
})

describe('refusals', () => {
  it('a closed form of what is not quadratic, in a box, or of a saddle', () => {
    const closed = (objective: string, grid?: { lower: number; upper: number }) => () =>
      qde({ objective, D: 0.5, ...(grid && { grid }) }).thermodynamics({ beta: 1, route: 'closed form' })
    expect(closed('x^4')).toThrow(/no quadratic form/)
    expect(closed('x^2', { lower: -3, upper: 3 })).toThrow(/constant ζ only/)
    expect(closed('x^2 + 1e-9*x^4')).toThrow(/no quadratic form/)
    expect(closed('x^2 - y^2')).toThrow(/does not confine/)
  })

  it('temperatures at which the basis and not ζ would set Z, in planes too', () => {
    expect(() =>
      qde({ objective: 'x^2/2 + y^2/2 + 0.1*x*y', D: 0.5 }).thermodynamics({
        temperatures: [20],
        route: 'spectrum',
      }),
    ).toThrow(/levels of .* weigh at T = 20.*classicalLimit/)
    const curves = qde({ objective: '(x^2 - 1)^2 + y^2/2 + 0.3*x*y', D: 0.5 }).thermodynamics({
      temperatures: [0.2],
    })
    expect(() => curves.at(2)).toThrow(/the box and not ζ would set Z/)
  })

  it('the kernel between points where ζ has kinks', () => {
    expect(() => qde({ objective: 'abs(x)', D: 0.5 }).thermodynamics({ beta: 5, route: 'kernel' })).toThrow(
      /kinks/,
    )
  })

  it('a route that there is not', () => {
    expect(() => qde({ objective: 'x^2', D: 1 }).thermodynamics({ route: 'magic' as never })).toThrow(
      /route: there is no such route; allowed: 'spectrum', 'kernel', 'closed form'/,
    )
  })
})

it('a run that is stopped keeps the temperatures that it has done', () => {
  const controller = new AbortController()
  controller.abort()
  const curves = qde({ objective: 'x^2/2', D: 0.5 }).thermodynamics({
    temperatures: [0.5, 0.4, 0.3],
    signal: controller.signal,
  })
  expect(curves.complete).toBe(false)
  expect(curves.temperature).toEqual(Float64Array.of(0.5))
})
