/** Every entrance answers what it cannot take with a sentence of the library's, not with an error of the language. */
import { describe, expect, it } from 'vitest'
import * as psilab from '../../src/index.js'

const { PsilabError, qde, gaussianMixture, logisticLoss } = psilab
const problem = qde({ objective: '(x^2 - 1)^2', D: 0.1 })
const loss = logisticLoss({ features: [[1], [2], [0]], labels: [0, 1, 1] })

/** A call as a notebook may make it, whatever the types say. */
type Call = (name: string, ...given: unknown[]) => unknown
const call: Call = (name, ...given) =>
  (psilab as unknown as Record<string, (...all: unknown[]) => unknown>)[name](...given)

function refusal(name: string, ...given: unknown[]): Error {
  try {
    call(name, ...given)
  } catch (error) {
    return error as Error
  }
  throw new Error(`${name} took it`)
}

describe('an objective where a problem is wanted', () => {
  it.each([
    ['groundStateSoftmax'],
    ['tunnelling'],
    ['resonances'],
    ['decay'],
    ['wkbLevels', 1],
    ['wkbTransmission', [1]],
    ['packetTransmission', { x0: 0, k0: 1, sigma: 1 }],
    ['anneal', { schedule: psilab.linear(1, 0.1), until: 1 }],
    ['flatAgainstSharp'],
    ['doobTransform'],
  ] as const)('%s', (name, ...rest) => {
    for (const given of ['x^2', psilab.testFunction('sphere'), undefined]) {
      const error = refusal(name, given, ...rest)
      expect(error).toBeInstanceOf(PsilabError)
      expect(error.message).toMatch(/^problem: not a problem; .*qde\(\{ objective/)
    }
    expect(refusal(name, 'x^2', ...rest).message).toContain("objective: 'x^2'")
  })

  it('pathIntegral takes a problem, or an objective in any form and D', () => {
    const options = { beta: 1, beads: 2, samples: 64, burnIn: 0 }
    expect(refusal('pathIntegral', 'x^2', options).message).toMatch(/^system: neither a problem/)
    expect(refusal('pathIntegral', { objective: 'x^2' }, options).message).toMatch(/^D: missing/)
    expect(call('pathIntegral', { objective: 'x^2', D: 0.5 }, options)).toBeInstanceOf(Object)
  })
})

describe('a problem where a state is wanted', () => {
  it.each(['wigner', 'husimi', 'phaseSpace'])('%s', (name) => {
    for (const given of [problem, problem.eigenstates(1), undefined, 'x^2'])
      expect(refusal(name, given).message).toMatch(/^state: not a state; .*eigenstates/)
  })
})

describe('a problem where an objective is wanted', () => {
  it.each([
    ['compare', [psilab.newton()]],
    ['fokkerPlanck', { D: 1 }],
    ['langevinEnsemble', { D: 1, step: 0.1, steps: 1 }],
    ['gradientOf'],
    ['hessianOf'],
    ['section', { through: [0], along: ['x'] }],
    ['randomPlane', { through: [0] }],
  ] as const)('%s', (name, ...rest) => {
    expect(refusal(name, problem, ...rest).message).toMatch(
      /^objective: not an objective; .*problem\.objective/,
    )
  })
})

describe('an objective may be written down wherever one is wanted', () => {
  it('slopes of an expression are those of its formula', () => {
    expect(psilab.gradientOf('x^3').exact).toBe(true)
    expect(psilab.gradientOf('x^3')([Float64Array.of(2)])[0][0]).toBe(12)
    expect(psilab.hessianOf('x^3')([Float64Array.of(2)])[0][0][0]).toBe(12)
  })
  it('dynamics run on an expression as on its objective', () => {
    const options = { start: [1], evaluations: 50 }
    const [written, made] = ['x^4', psilab.expressionObjective('x^4')].map((one) =>
      psilab.newton().run(one, options),
    )
    expect(written.point).toEqual(made.point)
    expect(
      psilab.compare((x: number) => x * x, [psilab.newton()], options).rows[0].runs[0].value,
    ).toBeLessThan(1e-6)
  })
})

describe('what is wrong is named', () => {
  it.each([
    [/^D: missing/, 'latticeHamiltonian', { zeta: [0, 1] }],
    [/^D: missing/, 'langevin', { learningRate: 0.1 }],
    [/^temperature: no number and no schedule/, 'simulatedAnnealing', { temperature: 'falling', step: 1 }],
    [/^softmax: not an object of options; .*got 0\.5/, 'softmax', [0, 1], 0.5],
    [/^sampledObjective: not an object of options/, 'sampledObjective', [1, 2, 3]],
    [/^zeta: not one number a label; .*got '1,2'/, 'softmax', '1,2'],
    [/^energies: not a spectrum/, 'ensemble'],
    [/^energies: not a list/, 'wkbTransmission', problem, 1],
    [/has one minimum between .*box that holds two/, 'tunnelling', qde({ objective: 'x^2', D: 0.1 })],
    [/^source: not an object of options/, 'sgdNoise', 'x^2', { learningRate: 0.1 }],
    [/^model: not a diffusion model/, 'learnScore', gaussianMixture({ means: [0], variances: 1 })],
    [/^hidden: missing/, 'perceptronLoss', { features: [[1], [2]], labels: [0, 1] }],
    [/^through: not a point/, 'randomPlane', loss, { through: [0, 1, 2] }],
  ] as const)('%s', (message, name, ...given) => {
    const error = refusal(name, ...given)
    expect(error).toBeInstanceOf(PsilabError)
    expect(error.message).toMatch(message)
  })

  it('one temperature is a list of one', () => {
    expect(problem.thermodynamics({ temperatures: 0.5 }).Z).toEqual(
      problem.thermodynamics({ temperatures: [0.5] }).Z,
    )
    expect(problem.thermodynamics({ beta: Float64Array.of(2) as never }).Z).toEqual(
      problem.thermodynamics({ beta: 2 }).Z,
    )
  })

  it('coherent states of no width are refused at once', () => {
    const began = performance.now()
    expect(refusal('husimi', problem.groundState().state, { width: 1e-9 }).message).toMatch(
      /phase space takes/,
    )
    expect(performance.now() - began).toBeLessThan(SOON)
  })
})

describe('limits are said', () => {
  it('of a classical limit whose first correction takes away more than there is', () => {
    expect(problem.classicalLimit({ beta: 100 }).notes.join()).toMatch(/larger than Z itself.*of little use/)
  })
  it('objectives with long formulas are drawn too', () => {
    const long = psilab.testFunction('rastrigin', { dimensions: 10 })
    const run = psilab.adam().run(long, { evaluations: 50 })
    expect(run.figure().title).toMatch(/… \(10 coordinates\)$/)
    expect(psilab.compare(long, [psilab.adam()], { evaluations: 50 }).figure().title.length).toBeLessThan(120)
  })
})

/** Milliseconds of a refusal on a busy machine: looking for lengths of transforms took 20 s. */
const SOON = 2000
