import { describe, expect, it } from 'vitest'
import { panelsOf, unpack } from '../../../../src/figure/index.js'
import { qde } from '../../../../src/qde/index.js'

/** What figures store of an array: a 131070th of its range, and of coordinates single precision. */
const STORED = 2e-5
/** The trapezoidal rule over points that were picked, and what lies outside of the picture. */
const PICKED = 5e-3

describe.each([
  ['a double well', { objective: '(x^2 - 1)^2', D: 0.05 }],
  ['an oscillator in a given box', { objective: 'x^2/2', D: 0.5, grid: { lower: -9, upper: 9 } }],
  ['a tilted well', { objective: 'x^4/4 - x^2/2 + 0.1*x', D: 0.1 }],
] as const)('the thermodynamics figure of %s', (_, options) => {
  const problem = qde(options)
  const curves = problem.thermodynamics({ temperatures: [0.2, 0.4, 0.8, 1.6] })
  const figure = curves.figure()
  if (figure.kind !== 'thermodynamics') throw new Error(figure.kind)
  const line = figure.line!
  const [x, T, rho, classical, p] = [
    line.x,
    line.temperature,
    line.density,
    line.classical,
    line.populations,
  ].map(unpack)
  const row = (values: Float64Array, k: number): Float64Array =>
    values.subarray((k * values.length) / T.length, ((k + 1) * values.length) / T.length)

  it('has the density of densityMatrix() at every stop of the cursor', () => {
    const largest = Math.max(...rho)
    T.forEach((temperature, k) => {
      const exact = problem.densityMatrix({ beta: 1 / temperature })
      for (let i = 0; i < x.length; i += 40)
        expect(Math.abs(row(rho, k)[i] - exact.at(x[i], x[i])) / largest).toBeLessThan(STORED)
    })
  })

  it('has densities of integral 1, quantum and classical', () => {
    const integral = (values: Float64Array): number =>
      values.reduce((sum, v, i) => (i === 0 ? 0 : sum + ((v + values[i - 1]) / 2) * (x[i] - x[i - 1])), 0)
    T.forEach((_, k) => {
      expect(Math.abs(integral(row(rho, k)) - 1)).toBeLessThan(PICKED)
      expect(Math.abs(integral(row(classical, k)) - 1)).toBeLessThan(PICKED)
    })
  })

  it('has populations e^{−E/T}/Z of the levels', () => {
    T.forEach((temperature, k) => {
      const F = curves.at(temperature).F
      const shown = row(p, k)
      shown.forEach((share, n) => {
        expect(Math.abs(share - Math.exp((F - curves.energies[n]) / temperature))).toBeLessThan(STORED)
      })
      expect(shown.reduce((sum, v) => sum + v, 0)).toBeLessThan(1 + shown.length * STORED)
    })
    // At the lowest temperature all of it is shown.
    expect(row(p, 0).reduce((sum, v) => sum + v, 0)).toBeCloseTo(1, 3)
  })

  it('moves through the temperatures of the curves', () => {
    expect([...unpack(panelsOf(figure).cursor!.values)]).toEqual([0.2, 0.4, 0.8, 1.6])
    expect(panelsOf(figure).panels).toHaveLength(6)
  })
})

it('a figure of thermodynamics keeps within 60 KB', () => {
  const temperatures = Array.from({ length: 400 }, (_, k) => 0.02 * 1.01 ** k)
  const figure = qde({ objective: 'x^2/2', D: 0.5 }).thermodynamics({ temperatures }).figure()
  expect(JSON.stringify(figure).length).toBeLessThan(60_000)
})
