import fc from 'fast-check'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { type Figure, saved, unpack, validateFigure } from '../../../src/figure/index.js'
import type { WaveFunction } from '../../../src/grid/index.js'
import { LiveCore, recompute } from '../../../src/live/index.js'
import { husimi, phaseSpace, wigner } from '../../../src/phase/index.js'
import { type Problem, qde, wavePacket } from '../../../src/qde/index.js'
import type { ThermalDensityMatrix } from '../../../src/thermal/index.js'

beforeAll(() => {
  vi.spyOn(console, 'warn').mockImplementation(() => undefined)
})

const objective = '(x^2 - 1)^2 + a*x'
const well = (a = 0.2, D = 0.1): Problem => qde({ objective, parameters: { a }, D })
const packet = wavePacket({ x0: -1, sigma: 0.3 })
const run = { until: 2, frames: 12 }

/** As a notebook keeps it. */
const reopened = (figure: Figure): Figure => validateFigure(JSON.parse(JSON.stringify(saved(figure))))

/** Everything but the sliders. */
const bytes = (figure: Figure): string =>
  JSON.stringify(saved(figure), (key, value: unknown) => (key === 'live' ? undefined : value))

describe('a reopened figure', () => {
  test.each<[string, Figure, Record<string, number>, () => Figure]>([
    ['problem', well().figure(), { D: 0.3, 'parameters.a': -0.3 }, () => well(-0.3, 0.3).figure()],
    [
      'evolution',
      well().evolve(packet, run).figure(),
      { D: 0.15, angle: 1, 'x0.x': 0.8, 'sigma.x': 0.35, 'k0.x': -1.5, until: 1.5, 'parameters.a': -0.1 },
      () =>
        well(-0.1, 0.15)
          .evolve(wavePacket({ x0: 0.8, sigma: 0.35, k0: -1.5 }), { ...run, angle: 1, until: 1.5 })
          .figure(),
    ],
    [
      'eigenstates',
      well().eigenstates(4).figure(),
      { D: 0.05 },
      () => well(0.2, 0.05).eigenstates(4).figure(),
    ],
    [
      'thermodynamics',
      well()
        .thermodynamics({ temperatures: [0.5, 1, 2] })
        .figure(),
      { 'parameters.a': 0.35 },
      () =>
        well(0.35)
          .thermodynamics({ temperatures: [0.5, 1, 2] })
          .figure(),
    ],
    [
      'density matrix',
      well().densityMatrix({ beta: 2 }).figure(),
      { beta: 5, D: 0.15, 'parameters.a': -0.1 },
      () => well(-0.1, 0.15).densityMatrix({ beta: 5 }).figure(),
    ],
    [
      'phase space of a packet on its way',
      phaseSpace(well().evolve(packet, run).states[6], { D: 0.1 }).figure(),
      { D: 0.15, 'x0.x': 0.8, 'k0.x': -1.5, until: 1.5 },
      () => {
        const { states } = well(0.2, 0.15).evolve(wavePacket({ x0: 0.8, sigma: 0.3, k0: -1.5 }), {
          ...run,
          until: 1.5,
        })
        return phaseSpace(states[6], { D: 0.15 }).figure()
      },
    ],
    [
      'Wigner function of an eigenstate',
      wigner(well().eigenstates(3).states[2]).figure(),
      { D: 0.07, 'parameters.a': -0.1 },
      () => wigner(well(-0.1, 0.07).eigenstates(3).states[2]).figure(),
    ],
    [
      'Husimi function of a thermal state',
      husimi(well().densityMatrix({ beta: 2 }), { width: 0.4 }).figure(),
      { beta: 4 },
      () => husimi(well().densityMatrix({ beta: 4 }), { width: 0.4 }).figure(),
    ],
    [
      'evolution with kinks',
      qde({ objective: 'abs(x) + a*x^2', parameters: { a: 1 }, D: 0.5 })
        .evolve(packet, run)
        .figure(),
      { 'parameters.a': 1.5 },
      () =>
        qde({ objective: 'abs(x) + a*x^2', parameters: { a: 1.5 }, D: 0.5 })
          .evolve(packet, run)
          .figure(),
    ],
  ])('computes what the library computes, byte for byte: %s', (_, figure, values, expected) => {
    expect(bytes(recompute(reopened(figure), values))).toBe(bytes(expected()))
  })

  test('in a plane', () => {
    const plane = (D: number) =>
      qde({
        objective: 'x^2 + 2*y^2 + a*x*y',
        parameters: { a: 0.2 },
        D,
        grid: { lower: -7, upper: 7, points: 48 },
      }).evolve(wavePacket({ x0: [1, 0], sigma: 0.7 }), { until: 0.5, frames: 3 })
    const figure = recompute(reopened(plane(0.5).figure()), { D: 0.7 })
    expect(bytes(figure)).toBe(bytes(plane(0.7).figure()))
  })

  test('has its sliders where they were put, and computes the same again from there', () => {
    const values = { D: 0.2, angle: 0.5, 'x0.x': 0.5 }
    const once = recompute(reopened(well().evolve(packet, run).figure()), values)
    expect(once.live!.controls.find(({ name }) => name === 'angle')!.value).toBe(0.5)
    expect(bytes(recompute(reopened(once), {}))).toBe(bytes(once))
  })

  test('keeps a value beyond the end of a slider at the end', () => {
    const figure = well().figure()
    const { upper } = figure.live!.controls[0]
    expect(recompute(figure, { D: 1e9 }).problem!.D).toBe(upper)
  })
})

describe('an objective that is a function', () => {
  const samples = (D: number) =>
    qde({ objective: (x: number) => (x * x - 1) ** 2, D, grid: { lower: -3, upper: 3, points: 128 } })

  test('travels as samples: other sliders than its own constants work', () => {
    const figure = reopened(samples(0.1).evolve(packet, run).figure())
    expect(figure.live!.objective.value).toBeUndefined()
    expect(figure.live!.controls.map(({ name }) => name)).toEqual([
      'angle',
      'until',
      'x0.x',
      'sigma.x',
      'k0.x',
      'D',
    ])
    const there = recompute(figure, { D: 0.2 })
    const here = samples(0.2).evolve(packet, run).figure()
    if (there.kind !== 'evolution' || here.kind !== 'evolution') throw new Error('no evolution')
    // Single precision of ζ, up to 64 here, over a time of 2, and a step of the stored magnitudes.
    const ROUNDING = 1e-4
    const [a, b] = [unpack(there.magnitude), unpack(here.magnitude)]
    expect(Math.max(...a.map((v, i) => Math.abs(v - b[i])))).toBeLessThan(ROUNDING)
  })
})

describe('while a slider moves', () => {
  const figure = reopened(well().evolve(packet, run).figure())

  test('ψ on a line is as good as a drawing shows', () => {
    const core = new LiveCore(figure)
    const values = { 'x0.x': -0.5, D: 0.12 }
    const [shown, whole] = [core.preview(values, 5), core.whole(values)]
    if (shown.kind !== 'evolution' || whole.kind !== 'evolution') throw new Error('no evolution')
    const at = (f: typeof shown) => {
      const [x, m] = [unpack(f.x), unpack(f.magnitude)]
      const last = m.subarray(m.length - x.length)
      return (place: number) => {
        const j = Math.min(x.length - 2, Math.max(0, Math.floor((place - x[0]) / (x[1] - x[0]))))
        return last[j] + ((last[j + 1] - last[j]) * (place - x[j])) / (x[j + 1] - x[j])
      }
    }
    // Straight lines between 240 points, and an error of 1e-3 of ψ.
    const DRAWN = 0.01
    for (let place = -1.5; place <= 1.5; place += 0.1)
      expect(Math.abs(at(shown)(place) - at(whole)(place))).toBeLessThan(DRAWN)
    expect(unpack(shown.times).length).toBe(unpack(whole.times).length)
  })

  test.each([
    ['in real time', { D: 0.12, 'k0.y': 1 }, 0.25, true],
    ['in imaginary time', { D: 0.12, angle: Math.PI / 2 }, 0.25, true],
    ['but momenta beyond half of its points need it whole', { 'k0.x': 20 }, 0.2, false],
  ])(
    'a plane that was given is thinned as far as a drawing allows: %s',
    (_, values, sigma, isThin) => {
      const ends = { lower: -4, upper: 4, points: 128 }
      const fine = qde({ objective: '(x^2 - 1)^2 + y^2', D: 0.1, grid: ends }).evolve(
        wavePacket({ x0: [1, 0], sigma, k0: [isThin ? 0.5 : 10, 0] }),
        { until: 0.4, frames: 3 },
      )
      const core = new LiveCore(reopened(fine.figure()))
      const [shown, whole] = [core.preview(values, 3), core.whole(values)]
      if (shown.kind !== 'wave' || whole.kind !== 'wave') throw new Error('no wave')
      expect(shown.problem).toEqual(whole.problem)
      expect(shown.fields[0].shape[0] < 64).toBe(isThin)
      // ‖|ψ| − |ψ'|‖ at common points: 1e-2 of the run, 1e-2 of what is stored of the whole one, and steps of int8.
      const DRAWN = 0.03
      const size = (f: typeof shown) => {
        const ny = f.fields[0].shape[1]
        const fields = f.fields.map(unpack)
        const row = unpack(f.weights).subarray(-2 * fields.length)
        const [x, y] = f.axes.map(unpack)
        const found = new Map<string, number>()
        let sum = 0
        x.forEach((a, i) => {
          y.forEach((b, j) => {
            let [re, im] = [0, 0]
            fields.forEach((field, k) => {
              re += row[2 * k] * field[i * ny + j]
              im += row[2 * k + 1] * field[i * ny + j]
            })
            found.set(`${a.toFixed(6)} ${b.toFixed(6)}`, Math.hypot(re, im))
            sum += (re * re + im * im) * (x[1] - x[0]) * (y[1] - y[0])
          })
        })
        return new Map([...found].map(([place, value]) => [place, value / Math.sqrt(sum)] as const))
      }
      const [a, b] = [size(shown), size(whole)]
      const common = [...a.keys()].filter((place) => b.has(place))
      expect(common.length).toBeGreaterThan(50)
      const sum = (f: (place: string) => number) => common.reduce((all, place) => all + f(place) ** 2, 0)
      const missed = sum((place) => a.get(place)! - b.get(place)!)
      expect(Math.sqrt(missed / sum((place) => b.get(place)!))).toBeLessThan(DRAWN)
    },
    20_000,
  )

  test.each([
    ['in real time', { 'x0.x': -0.5, D: 0.12 }],
    ['in complex time', { angle: 0.7, 'k0.x': -1.5 }],
    ['in imaginary time', { angle: Math.PI / 2, 'parameters.a': -0.3 }],
  ])('a grid that was given is coarsened as far as a drawing allows: %s', (_, values) => {
    const grid = { lower: -4, upper: 4, points: 512 }
    const fine = qde({ objective, parameters: { a: 0.2 }, D: 0.1, grid }).evolve(packet, run)
    const core = new LiveCore(reopened(fine.figure()))
    const [shown, whole] = [core.preview(values, 0), core.whole(values)]
    if (shown.kind !== 'evolution' || whole.kind !== 'evolution') throw new Error('no evolution')
    expect(shown.problem.grid).toEqual(whole.problem.grid)
    // ψ with its phase, at the points of the one between those of the other in straight lines, whose error is about
    // (k dx)²/8 of ψ ≈ 1 with k ≤ 10, dx = 1/40, beside 1e-3 of the modes and half a step of the phase.
    const DRAWN = 0.03
    const psi = (f: typeof shown, place: number, k: number): [number, number] => {
      const [x, m, p] = [unpack(f.x), unpack(f.magnitude), unpack(f.phase)]
      const j = x.findIndex((v) => v > place) - 1
      const t = (place - x[j]) / (x[j + 1] - x[j])
      const at = (i: number, part: (angle: number) => number) =>
        m[k * x.length + i] * part(p[k * x.length + i])
      const line = (part: (angle: number) => number) => (1 - t) * at(j, part) + t * at(j + 1, part)
      return [line(Math.cos), line(Math.sin)]
    }
    for (const k of [0, 5, 12])
      for (let place = -1.4; place <= 0; place += 0.1) {
        const [a, b] = [psi(shown, place, k), psi(whole, place, k)]
        expect(Math.hypot(a[0] - b[0], a[1] - b[1])).toBeLessThan(DRAWN)
      }
    // Missing weight at rare energies, times those.
    const ENERGY = 1e-4
    unpack(shown.energy).forEach((E, k) => {
      expect(Math.abs(E - unpack(whole.energy)[k])).toBeLessThan(ENERGY)
    })
  })

  test('levels are those of the figure at rest, from a coarser grid', () => {
    const grid = { lower: -4, upper: 4, points: 512 }
    const core = new LiveCore(
      reopened(
        qde({ objective, parameters: { a: 0.2 }, D: 0.1, grid })
          .eigenstates(4)
          .figure(),
      ),
    )
    const [shown, whole] = [core.preview({ D: 0.07 }, 0), core.whole({ D: 0.07 })]
    if (shown.kind !== 'eigenstates' || whole.kind !== 'eigenstates') throw new Error('no eigenstates')
    // A thousandth of the spacing is less than a line's width.
    const DRAWN = 1e-3
    unpack(shown.energies).forEach((E, n) => {
      expect(Math.abs(E - unpack(whole.energies)[n])).toBeLessThan(DRAWN)
    })
    const signs = (f: typeof shown): number[] => {
      const [x, states] = [unpack(f.x), unpack(f.states)]
      const j = x.findIndex((v) => v > 0.9)
      return Array.from({ length: 4 }, (_, n) => Math.sign(states[n * x.length + j]))
    }
    expect(signs(shown)).toEqual(signs(whole))
  })

  test('thermodynamic curves are those of the figure at rest, from a coarser grid', () => {
    const grid = { lower: -4, upper: 4, points: 512 }
    const well = qde({ objective, parameters: { a: 0.2 }, D: 0.1, grid })
    const core = new LiveCore(reopened(well.thermodynamics({ temperatures: [0.2, 0.5, 1] }).figure()))
    const [shown, whole] = [core.preview({ D: 0.12 }, 0), core.whole({ D: 0.12 })]
    if (shown.kind !== 'thermodynamics' || whole.kind !== 'thermodynamics') throw new Error('no curves')
    // Weights of e^{−14} that are left out, and levels good to 1e-4.
    const DRAWN = 1e-3
    for (const name of ['F', 'U', 'S', 'C'] as const)
      unpack(shown[name]).forEach((v, k) => {
        expect(Math.abs(v - unpack(whole[name])[k])).toBeLessThan(DRAWN)
      })
  })

  test('a thermal density is that of the figure at rest, from a coarser grid', () => {
    const core = new LiveCore(reopened(well().densityMatrix({ beta: 2 }).figure()))
    for (const values of [{ beta: 0.7 }, { beta: 5, D: 0.05 }]) {
      const [shown, whole] = [core.preview(values, 0), core.whole(values)].map((figure) => {
        if (figure.kind !== 'panels') throw new Error('no panels')
        const [lines] = figure.panels
        if (lines.type !== 'lines') throw new Error('no lines')
        return lines.series.map(({ x, y }) => ({ x: unpack(x!), y: unpack(y!) }))
      })
      // Straight lines between points dx = 0.023 apart: ρ″dx²/8 with ρ″ = βζ″ρ, ζ″ = 8 in the well.
      const DRAWN = 3e-3
      whole.forEach(({ x, y }, k) => {
        const of = shown[k]
        const peak = y.reduce((most, v) => Math.max(most, v), 0)
        for (const [i, place] of x.entries()) {
          const j = of.x.findIndex((v) => v > place) - 1
          if (j < 0) continue
          const t = (place - of.x[j]) / (of.x[j + 1] - of.x[j])
          const value = (1 - t) * of.y[j] + t * of.y[j + 1]
          expect(Math.abs(value - y[i])).toBeLessThan(DRAWN * peak)
        }
      })
    }
  })

  test.each<[string, () => WaveFunction | ThermalDensityMatrix, Record<string, number>]>([
    ['a packet', () => well().evolve(packet, run).final, { D: 0.12, 'x0.x': -0.8 }],
    ['a thermal state', () => well().densityMatrix({ beta: 2 }), { beta: 3, D: 0.12 }],
  ])('a Wigner function is that of the figure at rest: %s', (_, state, values) => {
    const core = new LiveCore(reopened(wigner(state()).figure()))
    const [shown, whole] = [core.preview(values, 0), core.whole(values)].map((figure) => {
      if (figure.kind !== 'panels') throw new Error('no panels')
      const [field] = figure.panels
      if (field.type !== 'field') throw new Error('no field')
      return { heights: unpack(field.values), axes: field.axes.map((axis) => unpack(axis)) }
    })
    const at = (axis: Float64Array, v: number): number => ((v - axis[0]) / (axis[1] - axis[0])) | 0
    const between = ([x, p]: readonly [number, number]): number => {
      const [xs, ps] = shown.axes
      const [i, j] = [at(xs, x), at(ps, p)]
      const [s, t] = [(x - xs[i]) / (xs[1] - xs[0]), (p - ps[j]) / (ps[1] - ps[0])]
      const w = (a: number, b: number): number => shown.heights[(i + a) * ps.length + j + b]
      return (1 - s) * ((1 - t) * w(0, 0) + t * w(0, 1)) + s * ((1 - t) * w(1, 0) + t * w(1, 1))
    }
    // Of |W| ≤ 1/π: ψ to 1e-3, steps of 1/255 of the range in both, and planes between points 1/150 of the window apart.
    const DRAWN = 0.01
    const [xs, ps] = whole.axes
    const inner = (axis: Float64Array): [number, number][] =>
      [...axis.entries()].filter(([k]) => k > 10 && k < 140)
    for (const [i, x] of inner(xs))
      for (const [j, p] of inner(ps))
        expect(Math.abs(whole.heights[i * ps.length + j] - between([x, p]))).toBeLessThan(DRAWN)
  })

  test('a state that was written to has no sliders', () => {
    const state = well().groundState().state
    expect(wigner(state).figure().live).toBeDefined()
    state.values[100] += 1e-3
    expect(wigner(state).figure().live).toBeUndefined()
  })

  test('a barrier too thin for a coarse grid is kept', () => {
    const thin = qde({
      objective: '0.5*x^2 + 20*exp(-(x/0.01)^2)',
      D: 0.5,
      grid: { lower: -8, upper: 8, points: 1024 },
    })
    const core = new LiveCore(reopened(thin.eigenstates(2).figure()))
    const [shown, whole] = [core.preview({}, 0), core.whole({})]
    if (shown.kind !== 'eigenstates' || whole.kind !== 'eigenstates') throw new Error('no eigenstates')
    expect(unpack(shown.energies)).toEqual(unpack(whole.energies))
  })

  test('sliders anywhere give a figure: finite, of norm 1', () => {
    const core = new LiveCore(figure)
    const share = fc.double({ min: 0, max: 1, noNaN: true })
    const controls = figure.live!.controls.filter(({ name }) => name !== 'until')
    fc.assert(
      fc.property(fc.tuple(...controls.map(() => share)), (shares) => {
        const values = Object.fromEntries(
          controls.map(({ name, lower, upper, scale }, k) => [
            name,
            scale === 'log' ? lower * (upper / lower) ** shares[k] : lower + shares[k] * (upper - lower),
          ]),
        )
        const shown = validateFigure(core.preview(values, 0))
        if (shown.kind !== 'evolution') throw new Error('no evolution')
        const [x, m] = [unpack(shown.x), unpack(shown.magnitude)]
        const norm = m.subarray(0, x.length).reduce((sum, v) => sum + v * v, 0) * (x[1] - x[0])
        // What is cut off beside the window, and the rectangle rule on drawn points.
        expect(Math.abs(norm - 1)).toBeLessThan(0.05)
      }),
      { numRuns: 6, endOnFailure: true },
    )
  })
})

describe('hostile records', () => {
  const figure = well().evolve(packet, run).figure()
  const hostile = (live: object, problem: object = {}): Figure =>
    ({
      ...figure,
      live: { ...figure.live, ...live },
      problem: { ...figure.problem, ...problem },
    }) as Figure

  test.each<[string, Figure]>([
    ['a grid without end', hostile({ grid: { lower: [-1], upper: [1], intervals: [2 ** 40] } })],
    ['a plane of a line', hostile({ objective: { ...figure.live!.objective, variables: ['x', 'y'] } })],
    ['frames without end', hostile({ frames: 1e9 })],
    ['an angle beyond imaginary time', hostile({ angle: 3 })],
    ['tokens that are no tree', hostile({ objective: { ...figure.live!.objective, value: ['alert(1)'] } })],
    ['no ζ at all', hostile({ objective: { variables: ['x'], tex: 'x', text: 'x' } })],
    ['an empty box', hostile({ grid: { lower: [1], upper: [-1] } })],
    ['another computation', hostile({ computation: 'mining' })],
    [
      'a slider of nothing',
      hostile({ controls: [{ name: 'x', label: 'x', lower: 1, upper: 0, value: 2, scale: 'linear' }] }),
    ],
  ])('are refused with a sentence: %s', (_, payload) => {
    expect(() => recompute(payload, {})).toThrow(/\w+/)
  })

  test('a run without end is given up in time', () => {
    const until = { ...figure.live!, until: 1e300, controls: [] }
    const began = performance.now()
    expect(() => recompute(hostile(until), {})).toThrow()
    // The limit of a page, and what choosing the grid takes.
    const MOST = 12_000
    expect(performance.now() - began).toBeLessThan(MOST)
  }, 20_000)

  test('values of no slider are refused', () => {
    expect(() => recompute(figure, { beta: 1 })).toThrow(/no value of a slider/)
    expect(() => recompute(figure, { D: Number.NaN })).toThrow(/no value of a slider/)
  })
})
