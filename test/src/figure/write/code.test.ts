import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Figure, type ProblemRecord, problemCode } from '../../../../src/figure/index.js'
import { husimi, type Problem, phaseSpace, qde, wavePacket, wigner } from '../../../../src/index.js'

const figureOf = (problem: Problem): Figure => problem.figure()

const well = qde({ objective: '(x^2 - 1)^2 + a*x', parameters: { a: 0.2 }, D: 0.1 })

/** Runs code as a cell would. */
const ran = (code: string, scope: Record<string, unknown>): unknown => runInNewContext(code, scope)

describe('the code of a figure', () => {
  it.each([
    qde({ objective: '(x^2 - 1)^2 + a*x', parameters: { a: 0.2 }, D: 0.1 }),
    qde({
      objective: 'cos(u)',
      variables: ['u'],
      D: 0.5,
      grid: { lower: -3, upper: 3, points: 64, boundary: 'periodic' },
    }),
    qde({ objective: 'x^2 + 2*y^2', D: 0.1, grid: { lower: [-3, -2], upper: [3, 2], points: [64, 48] } }),
  ])('states the same problem on the same grid: $D', (problem) => {
    const figure = figureOf(problem)
    const again = ran(problemCode(figure)!, { qde }) as Problem
    expect(figureOf(again).problem).toEqual(figure.problem)
  })

  it('computes what the figure shows', () => {
    const figure: Figure = {
      ...figureOf(qde({ objective: 'x^2', D: 0.5 })),
      live: {
        computation: 'evolution',
        controls: [],
        objective: { variables: ['x'], tex: 'x', text: 'x', value: ['$x'] },
        grid: {},
        from: 0,
        reading: 'born',
        initial: { form: 'packet', center: [1], sigma: [0.5], momentum: [2] },
        until: 3,
        frames: 7,
        angle: 0.25,
      },
    }
    const calls: unknown[] = []
    const evolve = (initial: unknown, options: unknown) => calls.push(initial, options)
    ran(problemCode(figure)!, { qde: () => ({ evolve }), wavePacket: (o: unknown) => o })
    expect(calls).toEqual([
      { x0: 1, sigma: 0.5, k0: 2 },
      { until: 3, angle: 0.25, frames: 7 },
    ])
  })

  it.each([
    ['levels', () => well.eigenstates(3)],
    ['a density matrix', () => well.densityMatrix({ beta: 3 })],
    ['a Wigner function', () => wigner(well.eigenstates(3).states[2])],
    ['a Husimi function of a given width', () => husimi(well.densityMatrix({ beta: 2 }), { width: 0.4 })],
    [
      'phase space',
      () => phaseSpace(well.evolve(wavePacket({ x0: 1, sigma: 0.3 }), { until: 1 }).states[3], { D: 0.1 }),
    ],
  ])('draws the same again: %s', (_, made) => {
    const figure = made().figure()
    const scope = { qde, wavePacket, wigner, husimi, phaseSpace }
    const again = (ran(problemCode(figure)!, scope) as ReturnType<typeof made>).figure()
    expect(JSON.stringify(again)).toBe(JSON.stringify(figure))
  })

  it('says what is missing where ζ was no expression', () => {
    const { objective: _, ...problem } = figureOf(qde({ objective: 'x^2', D: 0.5 })).problem!
    const code = problemCode({ ...figureOf(qde({ objective: 'x^2', D: 0.5 })), problem })!
    expect(code).toMatch(/^\/\/ The figure holds ζ as samples only/)
    expect(code).toContain('qde({ objective: zeta,')
  })

  it('is nothing else than that, whatever a payload names its things', () => {
    const figure = figureOf(qde({ objective: 'x^2', D: 0.5 }))
    const text = fc.string({ unit: 'binary', maxLength: 30 })
    const word = fc.oneof(
      text,
      fc.constantFrom("'", '\\', "' + evil + '", '}) // ', '*/', '`', '$', '{', '\n', '\u2028'),
    )
    fc.assert(
      fc.property(
        word,
        word.filter((name) => name !== '__proto__'),
        (objective, name) => {
          const problem = {
            ...figure.problem!,
            objective,
            parameters: { [name]: 2 },
            grid: [{ ...figure.problem!.grid[0]!, name: objective }],
          } as ProblemRecord
          let got: Record<string, unknown> = {}
          ran(problemCode({ ...figure, problem } as Figure)!, {
            qde: (o: Record<string, unknown>) => (got = o),
          })
          expect(got['objective']).toBe(objective.replace(/[\n\r]/g, ' '))
          expect(Object.entries(got['parameters'] as object)).toEqual([[name.replace(/[\n\r]/g, ' '), 2]])
        },
      ),
    )
  })
})
