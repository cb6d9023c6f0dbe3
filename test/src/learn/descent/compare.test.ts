import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { readNpz } from '../../../../src/interchange/index.js'
import {
  adam,
  compare,
  diffusionMonteCarlo,
  gaussianFlow,
  geometric,
  gradientDescent,
  langevin,
  momentum,
  mpssMqhoa,
  mqhoa,
  newton,
  quantumAnnealing,
  sgd,
  simulatedAnnealing,
} from '../../../../src/learn/index.js'
import { expressionObjective, type Objective, testFunction } from '../../../../src/objective/index.js'
import { INTERRUPTED } from '../../../../src/progress/index.js'

const all = () => [
  gradientDescent({ learningRate: 0.001 }),
  momentum({ learningRate: 0.001 }),
  sgd({ learningRate: 0.001, noise: 1 }),
  adam({ learningRate: 0.05 }),
  newton(),
  langevin({ learningRate: 0.001, D: 0.1 }),
  simulatedAnnealing({ temperature: geometric(10, 0.01), step: 0.5 }),
  gaussianFlow({ D: 0.1, step: 0.1 }),
  diffusionMonteCarlo({ D: geometric(1, 0.001), timeStep: 0.02, walkers: 50 }),
  mqhoa(),
  mpssMqhoa({ samples: 60 }),
]

const rastrigin = testFunction('rastrigin')

/** How often an objective is truly asked, in values, gradients and Hessians of points. */
function counted(objective: Objective) {
  const asked = { evaluations: 0, gradients: 0, hessians: 0 }
  const { gradient, hessian } = objective
  const watched: Objective = {
    ...objective,
    evaluate: (columns) => {
      asked.evaluations += columns[0].length
      return objective.evaluate(columns)
    },
    gradient: (columns) => {
      asked.gradients += columns[0].length
      return gradient!(columns)
    },
    hessian: (columns) => {
      asked.hessians += columns[0].length
      return hessian!(columns)
    },
  }
  return { asked, watched }
}

describe('compare', () => {
  it('takes an expression, a function and an objective alike', () => {
    const forms = ['(x - 1)^2', (x: number) => (x - 1) ** 2, expressionObjective('(x - 1)^2')]
    const [text, code, objective] = forms.map((form) =>
      compare(form, [simulatedAnnealing({ temperature: 1, step: 0.5 })], {
        box: { lower: -2, upper: 2 },
        evaluations: 200,
      }),
    )
    expect(text.rows[0].median).toEqual(objective.rows[0].median)
    expect(code.rows[0].median).toEqual(objective.rows[0].median)
  })

  it('counts what is asked, looks ζ up for the record besides, and stays within the budget', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 70, max: 2000 }),
        fc.integer({ min: 0, max: 1000 }),
        (evaluations, seed) => {
          for (const dynamics of all()) {
            const { asked, watched } = counted(rastrigin)
            const run = dynamics.run(watched, { evaluations, seed })
            expect(run.gradients).toBe(asked.gradients)
            expect(run.hessians).toBe(asked.hessians)
            expect(run.evaluations).toBe(asked.evaluations - run.values.length)
            expect(run.cost).toBe(run.evaluations + 2 * run.gradients + 3 * run.hessians)
            expect(run.calls).toBe(run.evaluations + run.gradients + run.hessians)
            expect(run.cost).toBeLessThanOrEqual(evaluations)
            expect(run.costs.at(-1)).toBeLessThanOrEqual(run.cost)
          }
        },
      ),
      { numRuns: 8 },
    )
  })

  it('gives each dynamics the same run whatever stands beside it, and the run that it has alone', () => {
    const options = { repeats: 3, evaluations: 1000, seed: 5 }
    const forward = compare(rastrigin, all(), options)
    const backward = compare(rastrigin, all().reverse(), options)
    forward.rows.forEach((row, k) => {
      const other = backward.rows[forward.rows.length - 1 - k]
      expect(other.name).toBe(row.name)
      expect(other.excess).toEqual(row.excess)
    })
    const alone = mqhoa().run(rastrigin, { evaluations: 1000, seed: 5, repeat: 2 })
    expect(forward.rows[9].runs[2].point).toEqual(alone.point)
  })

  it('starts all dynamics of a repetition at one point, another one for each repetition', () => {
    const { rows } = compare(rastrigin, [gradientDescent({ learningRate: 0.001 }), newton()], {
      repeats: 4,
      evaluations: 200,
    })
    const starts = rows.map(({ runs }) => runs.map(({ path }) => path[0]))
    expect(starts[1]).toEqual(starts[0])
    expect(new Set(starts[0].map(String)).size).toBe(4)
  })

  it('keeps the others where one diverges and one is refused, and says so in their rows', () => {
    const result = compare(
      testFunction('sphere', { dimensions: 5 }),
      [
        gradientDescent({ learningRate: 5 }),
        quantumAnnealing({ D: geometric(1, 0.1), until: 1 }),
        gradientDescent({ learningRate: 0.1 }),
      ],
      { start: [1, 1, 1, 1, 1] },
    )
    const [wild, wave, tame] = result.rows
    expect(wild.runs[0].stopped).toBe('diverged')
    expect(wave.runs).toEqual([])
    expect(wave.refusal).toMatch(/too many coordinates/)
    expect(tame.runs[0].converged).toBe(true)
    expect(tame.reached).toBe(1)
    expect(result.complete).toBe(true)
    const [, table] = result.figure().panels
    expect(table.type === 'table' && table.rows.map((row) => row.at(-1))).toEqual([
      'diverged',
      'refused',
      'converged',
    ])
  })

  it('tells median and quartiles of the excess at each cost', () => {
    const { rows, costs, minimum } = compare(rastrigin, [mqhoa()], { repeats: 5, evaluations: 3000 })
    expect(minimum).toBe(0)
    const [row] = rows
    const last = row.runs.map(({ value }) => value).sort((a, b) => a - b)
    expect([row.excess.lower, row.excess.median, row.excess.upper]).toEqual(last.slice(1, 4))
    expect(row.median.at(-1)).toBe(last[2])
    expect(costs.at(-1)).toBe(3000)
    expect(row.median[0]).toBeNaN()
    for (let k = 0; k < costs.length; k++)
      if (!Number.isNaN(row.median[k])) {
        expect(row.lower[k]).toBeLessThanOrEqual(row.median[k])
        expect(row.median[k]).toBeLessThanOrEqual(row.upper[k])
      }
  })

  it('takes the lowest value found for ζ_min where no minimum is known, and says so', () => {
    const tilted = expressionObjective('(x^2 - 1)^2 + 0.2*x')
    const result = compare(tilted, [gradientDescent({ learningRate: 0.05 }), newton()], { start: [-0.5] })
    expect(result.isMinimumKnown).toBe(false)
    expect(result.minimum).toBeCloseTo(-0.2024404343448, 12)
    expect(result.notes.join()).toMatch(/ζ_min is the lowest value/)
  })

  it('draws one panel of curves, of quartiles and of paths, and one table', () => {
    const result = compare(rastrigin, all().slice(0, 8), { repeats: 2, evaluations: 300 })
    const figure = result.figure()
    expect(figure.panels.map(({ type }) => type)).toEqual(['lines', 'lines', 'field', 'table'])
    expect(figure.provenance.seed).toBe(1)
    const line = expressionObjective('x^2')
    const alone = gradientDescent({ learningRate: 0.1 }).run(line, { start: [1] })
    expect(alone.figure().panels.map(({ type }) => type)).toEqual(['lines', 'lines'])
    expect(result.toString()).toMatch(/gradient descent \(learningRate 0\.001\): ζ − ζ_min = /)
  })

  it('writes its runs and its curves', () => {
    const result = compare(rastrigin, [mqhoa(), newton()], { repeats: 2, evaluations: 300 })
    const csv = result.toCsv().trim().split('\n')
    expect(csv.length).toBe(1 + 4)
    expect(csv[0]).toBe('dynamics,repeat,zeta,excess,converged,evaluations,gradients,hessians,cost,calls')
    const { median, cost } = readNpz(result.toNpz())
    expect(median.shape).toEqual([2, cost.data.length])
    const run = result.rows[0].runs[0]
    expect(run.toCsv().split('\n')[0]).toBe(
      'step,cost,zeta,x,y,sigma,D of the samples,D of the ground state,sampling jumps',
    )
    expect(readNpz(run.toNpz()).path.shape).toEqual([run.path.length, 2])
  })

  afterEach(() => {
    delete (globalThis as { [INTERRUPTED]?: unknown })[INTERRUPTED]
  })

  it('hands back what it has when it is stopped, by the host or by a signal', () => {
    let polls = 0
    ;(globalThis as { [INTERRUPTED]?: unknown })[INTERRUPTED] = () => () => ++polls > 30
    const stopped = compare(rastrigin, [newton(), langevin({ learningRate: 1e-4, D: 1 }), mqhoa()], {
      evaluations: 10_000,
    })
    expect(stopped.complete).toBe(false)
    expect(stopped.rows[0].runs[0].complete).toBe(true)
    expect(stopped.rows[1].runs[0].stopped).toBe('interrupt')
    expect(stopped.rows[1].runs[0].path.length).toBeGreaterThan(1)
    expect(stopped.rows[2].runs).toEqual([])
    expect(stopped.notes.join()).toMatch(/stopped before the end/)
    expect(stopped.figure().panels.at(-1)?.type).toBe('table')
    delete (globalThis as { [INTERRUPTED]?: unknown })[INTERRUPTED]
    const run = mqhoa().run(rastrigin, { signal: AbortSignal.abort() })
    expect(run.stopped).toBe('signal')
    expect(run.complete).toBe(false)
  })

  it('reports its progress, and ends with all of it', () => {
    const seen: number[] = []
    compare(rastrigin, [gradientDescent({ learningRate: 0.001 }), newton()], {
      progress: ({ fraction }) => seen.push(fraction),
    })
    expect(seen.at(-1)).toBe(1)
  })

  it('thins the record of a long run, and keeps its end', () => {
    const run = sgd({ learningRate: 0.1, noise: 1 }).run(expressionObjective('x^2'), {
      start: [1],
      evaluations: 40_000,
    })
    expect(run.path.length).toBeLessThan(17_000)
    expect(run.steps[1]).toBe(4)
    expect(run.steps.at(-1)).toBe(40_000)
  })

  it('says what is wrong with its options', () => {
    expect(() => compare(rastrigin, [])).toThrow(/dynamics: of the wrong kind/)
    expect(() => compare(3 as never, [newton()])).toThrow(/objective: not an objective/)
    expect(() => compare(rastrigin, [newton()], { repeats: 0 })).toThrow(/repeats: out of range/)
    expect(() => compare(rastrigin, [newton()], { budget: 3 } as never)).toThrow(/there is no option budget/)
    expect(() => compare(rastrigin, [newton()], { start: [1] })).toThrow(/start: wrong number/)
    expect(() => compare(expressionObjective('x^2'), [newton()])).toThrow(/start: missing/)
  })
})
