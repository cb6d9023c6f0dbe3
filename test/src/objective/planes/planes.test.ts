import { describe, expect, it } from 'vitest'
import {
  expressionObjective,
  functionObjective,
  gradientOf,
  hessianOf,
  logisticLoss,
  perceptronLoss,
  randomPlane,
  section,
  standardize,
} from '../../../../src/objective/index.js'
import { qde } from '../../../../src/qde/index.js'
import { sexOfPenguins, speciesOfPenguins } from '../models/_penguins.js'

const at = (...point: number[]): Float64Array[] => point.map((x) => Float64Array.of(x))
const zeta = expressionObjective('x1^2*x2 + sin(x3*x4) + x5^4 + x1*x5')
const through = [0.5, -1, 2, 0.3, 1.5]

describe('section', () => {
  it('keeps the names and the values of the coordinates that stay free', () => {
    const plane = section(zeta, { through, along: ['x5', 'x1'] })
    expect(plane.variables).toEqual(['x5', 'x1'])
    expect(plane.evaluate(at(1.5, 0.5))).toEqual(zeta.evaluate(at(...through)))
    expect(plane.evaluate(at(-1, 2))).toEqual(zeta.evaluate(at(2, -1, 2, 0.3, -1)))
    expect(plane.at([-1, 2])).toEqual([2, -1, 2, 0.3, -1])
    const [g5, g1] = plane.gradient!(at(-1, 2))
    const whole = zeta.gradient!(at(2, -1, 2, 0.3, -1))
    expect([g5, g1]).toEqual([whole[4], whole[0]])
    const second = zeta.hessian!(at(2, -1, 2, 0.3, -1))
    expect(plane.hessian!(at(-1, 2))).toEqual([
      [second[4][4], second[4][0]],
      [second[0][4], second[0][0]],
    ])
    expect(
      plane.lowerBound!([
        [1, 2],
        [0, 1],
      ]),
    ).toBe(
      zeta.lowerBound!([
        [0, 1],
        [-1, -1],
        [2, 2],
        [0.3, 0.3],
        [1, 2],
      ]),
    )
  })

  it('knows the breaks of a function of which nothing is known', () => {
    const kinked = functionObjective((x, y) => Math.abs(x - 0.3) + y * y)
    const line = section(kinked, { through: [0, 1], along: [0] })
    expect(line.breaks!(-1, 1)).toHaveLength(1)
    expect(line.breaks!(-1, 1)[0]).toBeCloseTo(0.3, 8)
  })

  it.each([
    [{ through: [1, 2], along: [0] }, /5 finite numbers/],
    [{ through, along: [0, 0] }, /different names/],
    [{ through, along: ['y'] }, /different names, or places from 0 to 4/],
    [{ through, along: [] }, /one to three/],
    [{ through, along: [0, 1, 2, 3] }, /one to three/],
  ])('refuses %j', (options, message) => {
    expect(() => section(zeta, options)).toThrow(message)
  })

  it('is what an equation on a grid can be stated of: four coordinates are refused with this advice', () => {
    expect(() => qde({ objective: zeta, D: 0.1 })).toThrow(/one, two or three; got 5\. .*section\(objective/)
    const { features, labels } = sexOfPenguins()
    const rows = standardize(features)
    const loss = logisticLoss({ features: rows, labels, intercept: true })
    const flat = logisticLoss({ features: rows, labels })
    const plane = section(loss, { through: [3, 3, 0], along: ['w1', 'w2'] })
    const grid = { lower: -2, upper: 10, points: 16 }
    const stated = qde({ objective: plane, D: 0.5, grid }).zeta
    qde({ objective: flat, D: 0.5, grid }).zeta.forEach((value, i) => {
      expect(stated[i]).toBeCloseTo(value, 13)
    })
  })
})

describe('randomPlane', () => {
  const plane = randomPlane(zeta, { through, seed: 4 })
  const [origin, a, b] = [
    [0, 0],
    [1, 0],
    [0, 1],
  ].map((p) => plane.at(p))

  it('goes through the point along two orthonormal directions', () => {
    expect(origin).toEqual(through)
    const d1 = a.map((x, u) => x - origin[u])
    const d2 = b.map((x, u) => x - origin[u])
    const dot = (v: number[], w: number[]): number => v.reduce((sum, x, u) => sum + x * w[u], 0)
    expect(dot(d1, d1)).toBeCloseTo(1, 14)
    expect(dot(d2, d2)).toBeCloseTo(1, 14)
    expect(dot(d1, d2)).toBeCloseTo(0, 14)
  })

  it('has the values and derivatives of the whole', () => {
    expect(plane.evaluate(at(0.3, -0.7))[0]).toBeCloseTo(zeta.evaluate(at(...plane.at([0.3, -0.7])))[0], 14)
    const { gradient, hessian, ...plain } = plane
    const slopes = gradientOf(plain)(at(0.3, -0.7))
    const curvatures = hessianOf(plain)(at(0.3, -0.7))
    gradient!(at(0.3, -0.7)).forEach(([slope], u) => {
      // Rounding over the steps of first and second differences.
      expect(slope).toBeCloseTo(slopes[u][0], 9)
      hessian!(at(0.3, -0.7))[u].forEach(([second], v) => {
        expect(second).toBeCloseTo(curvatures[u][v][0], 6)
      })
    })
  })

  it('depends on the seed alone', () => {
    expect(randomPlane(zeta, { through, seed: 4 }).at([1, 2])).toEqual(plane.at([1, 2]))
    expect(randomPlane(zeta, { through, seed: 5 }).at([1, 2])).not.toEqual(plane.at([1, 2]))
  })

  const { features, labels } = speciesOfPenguins()
  const loss = perceptronLoss({ features: standardize(features), labels, hidden: [5], activation: 'relu' })
  const start = loss.start(2)

  it('of a network: each neuron moves by the length of its weights, and biases stay', () => {
    const moved = randomPlane(loss, { through: start, seed: 3 }).at([1, 0])
    const weights = new Set(loss.filters!.flat())
    start.forEach((x, u) => {
      if (!weights.has(u)) expect(moved[u]).toBe(x)
    })
    for (const filter of loss.filters!)
      expect(Math.hypot(...filter.map((u) => moved[u] - start[u]))).toBeCloseTo(
        Math.hypot(...filter.map((u) => start[u])),
        12,
      )
  })

  it('filter-normalised, does not see a change of scale that the network does not see', () => {
    // relu(cz) = c relu(z): weights and biases of the hidden layer times c, weights out of it divided by c.
    const scaled = start.map((v, u) => (u < 25 ? 10 * v : u < 40 ? v / 10 : v))
    const far = at(0.4, -0.2)
    const value = (point: number[], normalise: 'filter' | 'none'): number =>
      randomPlane(loss, { through: point, normalise }).evaluate(far)[0]
    expect(value(scaled, 'filter')).toBeCloseTo(value(start, 'filter'), 12)
    expect(Math.abs(value(scaled, 'none') - value(start, 'none'))).toBeGreaterThan(1e-3)
  })

  it('of many points is that of each, across the blocks in which they are lifted', () => {
    const wide = functionObjective((...x) => x.reduce((s, v, u) => s + (u + 1) * v * v, 0), {
      variables: Array.from({ length: 300 }, (_, u) => `x${u + 1}`),
    })
    const slice = randomPlane(wide, { through: wide.variables.map(() => 0.1) })
    const columns = [0, 1].map((k) => Float64Array.from({ length: 4000 }, (_, i) => Math.sin(i + k)))
    const values = slice.evaluate(columns)
    for (const i of [0, 3494, 3495, 3496, 3999])
      expect(values[i]).toBe(slice.evaluate(at(columns[0][i], columns[1][i]))[0])
  })

  it('refuses filters of what is no network, and planes of a line', () => {
    expect(() => randomPlane(zeta, { through, normalise: 'filter' })).toThrow(/it is no network/)
    expect(() => randomPlane(expressionObjective('x^2'), { through: [0] })).toThrow(/a line has no planes/)
  })
})
