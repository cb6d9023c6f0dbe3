import { describe, expect, it } from 'vitest'
import { type EvolveOptions, qde, type Schedule, wavePacket } from '../../../../src/qde/index.js'
import { distance } from '../_exact.js'

const IMAGINARY = Math.PI / 2
/** What means and variances are off by when the state is off by the default tolerance 1e-8. */
const OBSERVED = 1e-7

describe('annealing D(t) = 0.01^{t/T} of the tilted double well from the ground state at D = 1', () => {
  const problem = qde({
    objective: '(x^2 - 1)^2 + 0.2*x',
    D: 1,
    grid: { lower: -6, upper: 6, points: 512, boundary: 'periodic' },
  })
  const cold = qde({ objective: '(x^2 - 1)^2 + 0.2*x', D: 0.01 }).groundState().state
  const start = problem.groundState().state
  /** The published values are rounded to six digits and come from Strang steps of 1/800, good to 1e-6 or so. */
  const PUBLISHED = 2e-6

  it.each([
    [0, 1, 0.582869, 0.333535],
    [0, 5, 0.657883, 0.529889],
    [0, 10, 0.781971, 0.759854],
    [0, 50, 0.997376, 0.996526],
    [0, 100, 0.9999926, 0.9997897],
    [IMAGINARY, 1, 0.692244, 0.494773],
    [IMAGINARY, 5, 0.946372, 0.895553],
    [IMAGINARY, 10, 0.994145, 0.978405],
    [IMAGINARY, 50, 0.9999987, 0.999243],
  ])('θ = %f, T = %i: P(x < 0) = %f on the grid points, fidelity %f', (angle, T, left, fidelity) => {
    const { final } = problem.evolve(start, {
      until: T,
      angle,
      frames: 1,
      tolerance: 1e-6,
      schedule: { D: (s) => 0.01 ** (s / T) },
    })
    const density = final.density()
    const [x] = final.grid.columns
    const sum = density.reduce((total, p, i) => total + (x[i] < -1e-9 ? p : 0), 0) * final.grid.cell
    expect(Math.abs(sum - left)).toBeLessThan(PUBLISHED)
    // The sum leaves out the cell of x = 0, half of which lies on the left.
    const half = (density[x.findIndex((at) => Math.abs(at) < 1e-9)] * final.grid.cell) / 2
    expect(Math.abs(final.probability([Number.NEGATIVE_INFINITY, 0]) - sum - half)).toBeLessThan(1e-5)
    expect(Math.abs(cold.on(final.grid).normalized().overlap(final).abs() ** 2 - fidelity)).toBeLessThan(
      PUBLISHED,
    )
  })

  it('chooses a grid that holds the whole schedule', () => {
    const free = qde({ objective: '(x^2 - 1)^2 + 0.2*x', D: 1 })
    const run = free.evolve(free.groundState().state, {
      until: 10,
      angle: IMAGINARY,
      frames: 1,
      tolerance: 1e-6,
      schedule: { D: (s) => 0.01 ** (s / 10) },
    })
    const ground = cold.on(run.final.grid).normalized()
    expect(Math.abs(ground.overlap(run.final).abs() ** 2 - 0.978405)).toBeLessThan(PUBLISHED)
    expect(run.warnings).toEqual([])
  })
})

describe('orders', () => {
  const problem = qde({
    objective: '(x - c)^2/2 + 0.05*x^4',
    parameters: { c: 0 },
    D: 0.5,
    grid: { lower: -9, upper: 9, points: 128, boundary: 'periodic' },
  })
  const packet = wavePacket({ x0: 1, sigma: 0.8, k0: 0.5 })
  const schedule: Schedule = {
    D: (s) => 0.5 * (1 + 0.4 * Math.sin(3 * s)),
    parameters: { c: (s) => Math.sin(2 * s) },
  }
  const sampled: Schedule = {
    objective: (s) => (x) => (x - Math.sin(2 * s)) ** 2 / 2 + 0.05 * x ** 4,
  }
  const run = (options: Partial<EvolveOptions>) =>
    problem.evolve(packet, { until: 1, frames: 1, schedule, ...options }).final

  it.each([
    ['strang', 0, 2, 0.02, 64, schedule],
    ['strang', IMAGINARY, 2, 0.02, 64, schedule],
    ['chin4a', 0, 4, 0.05, 32, schedule],
    ['chin4a', 1, 4, 0.05, 32, schedule],
    ['chin4a', IMAGINARY, 4, 0.05, 32, schedule],
    ['blanesMoan4', 0, 4, 0.05, 32, schedule],
    ['blanesMoan4', 0, 4, 0.05, 32, sampled],
  ] as const)('%s at θ = %f: %i ± %f', (method, angle, order, width, steps, course) => {
    // Of fourth order in steps eight times shorter: its error is 1/4000 of that of the order to be measured.
    const reference = run({
      schedule: course,
      angle,
      method: angle === 0 ? 'blanesMoan4' : 'chin4a',
      steps: 512,
    })
    const errors = [steps, 2 * steps].map((n) =>
      distance(run({ schedule: course, angle, method, steps: n }), reference),
    )
    expect(Math.abs(Math.log2(errors[0] / errors[1]) - order)).toBeLessThan(width)
  })

  it('keeps its tolerance, and says what it left', () => {
    for (const angle of [0, 0.7, IMAGINARY]) {
      const reference = run({ angle, tolerance: 1e-9 })
      const { final, errorEstimate } = problem.evolve(packet, {
        until: 1,
        frames: 3,
        schedule,
        angle,
        tolerance: 1e-6,
      })
      expect(errorEstimate).toBeLessThanOrEqual(1e-6)
      expect(distance(final, reference)).toBeLessThan(1e-6)
    }
  })
})

describe('closed forms', () => {
  it('forced oscillator: a coherent state follows ẍ = c(t) − x without changing its width', () => {
    const [A, W] = [1.3, 1.7]
    const problem = qde({ objective: '(x - c)^2/2', parameters: { c: 0 }, D: 0.5 })
    const run = problem.evolve(wavePacket({ x0: 0.5, sigma: Math.SQRT1_2 }), {
      until: 6,
      frames: 12,
      schedule: { parameters: { c: (s) => A * Math.sin(W * s) } },
    })
    run.times.forEach((t, f) => {
      const x = 0.5 * Math.cos(t) + (A / (1 - W * W)) * (Math.sin(W * t) - W * Math.sin(t))
      expect(Math.abs(run.mean()[0][f] - x)).toBeLessThan(OBSERVED)
      expect(Math.abs(run.variance()[0][f] - 0.5)).toBeLessThan(OBSERVED)
    })
  })

  /** y(until) of y' = f(t, y) by the classical fourth-order method in steps that leave 1e-12. */
  function integrate(f: (t: number, y: number[]) => number[], start: number[], until: number): number[] {
    const n = 4000
    const h = until / n
    let y = start
    const along = (k: number[], c: number): number[] => y.map((v, i) => v + c * k[i])
    for (let j = 0; j < n; j++) {
      const a = f(j * h, y)
      const b = f((j + 0.5) * h, along(a, h / 2))
      const c = f((j + 0.5) * h, along(b, h / 2))
      const d = f((j + 1) * h, along(c, h))
      y = y.map((v, i) => v + (h * (a[i] + 2 * b[i] + 2 * c[i] + d[i])) / 6)
    }
    return y
  }

  const stiffness = (s: number): number => 1 + 0.5 * Math.sin(2 * s)

  it('breathing oscillator in real time: the width follows Ermakov, ρ̈ + k(t)ρ = ρ⁻³', () => {
    const problem = qde({ objective: 'k*x^2/2', parameters: { k: 1 }, D: 0.5 })
    const run = problem.evolve(wavePacket({ x0: 0, sigma: Math.SQRT1_2 }), {
      until: 5,
      frames: 1,
      schedule: { parameters: { k: stiffness } },
    })
    const [rho] = integrate((t, [r, v]) => [v, r ** -3 - stiffness(t) * r], [1, 0], 5)
    expect(Math.abs(run.variance()[0][1] - rho ** 2 / 2)).toBeLessThan(OBSERVED)
  })

  it('breathing oscillator in imaginary time: mean and variance of the population follow Riccati', () => {
    const problem = qde({ objective: 'k*x^2/2', parameters: { k: 1 }, D: 0.5 })
    const run = problem.evolve(wavePacket({ x0: 1, sigma: 0.4 }), {
      until: 3,
      angle: IMAGINARY,
      frames: 1,
      schedule: { parameters: { k: stiffness }, D: (s) => 0.5 + 0.1 * s },
    })
    // dm/dτ = −k s² m, ds²/dτ = 2D − k s⁴.
    const [m, v] = integrate(
      (t, [mean, s2]) => [-stiffness(t) * s2 * mean, 2 * (0.5 + 0.1 * t) - stiffness(t) * s2 * s2],
      [1, 2 * 0.16],
      3,
    )
    expect(Math.abs(run.mean('population')[0][1] - m)).toBeLessThan(OBSERVED)
    expect(Math.abs(run.variance('population')[0][1] - v)).toBeLessThan(OBSERVED)
  })

  it('Ehrenfest with D(t): d⟨x⟩/dt = ∫j dx and d⟨k⟩/dt = −⟨ζ′⟩', () => {
    const D = (s: number): number => 0.5 + 0.2 * Math.sin(s)
    const problem = qde({ objective: '(x^2 - 1)^2 + 0.2*x', D: 0.5 })
    const run = problem.evolve(wavePacket({ x0: -0.8, sigma: 0.4, k0: 0.3 }), {
      until: 0.2,
      frames: 200,
      tolerance: 1e-10,
      schedule: { D },
    })
    const { mean, current, times } = run.samples
    const [dt, at] = [times[1], 100]
    // Central differences are off by about dt²/6 times a third derivative.
    const velocity = (mean[0][at + 1] - mean[0][at - 1]) / (2 * dt)
    expect(Math.abs(velocity - current[0][at])).toBeLessThan(1e-4)
    const k = (f: number): number => current[0][f] / (2 * D(times[f]))
    const force = run.states[at].density().reduce((sum, p, i) => {
      const x = run.final.grid.columns[0][i]
      return sum + p * (4 * x * (x * x - 1) + 0.2) * run.final.grid.cell
    }, 0)
    expect(Math.abs((k(at + 1) - k(at - 1)) / (2 * dt) + force)).toBeLessThan(1e-4)
  })
})

describe('refusals', () => {
  const problem = qde({ objective: 'a*x^2', parameters: { a: 1 }, D: 0.5 })
  const packet = wavePacket({ x0: 0, sigma: 0.5 })
  const evolve =
    (schedule: Schedule, options: Partial<EvolveOptions> = {}) =>
    () =>
      problem.evolve(packet, { until: 1, frames: 1, ...options, schedule })

  it.each([
    [{}, {}, /schedule: nothing changes/],
    [{ parameters: { b: Math.sin } }, {}, /schedule: the objective has no constant b; allowed: a/],
    [{ D: (s: number) => 1 - 2 * s }, {}, /schedule\.D at s = .* a finite number > 0/],
    [{ parameters: { a: () => Number.NaN } }, {}, /schedule\.parameters\.a at s = 0.* got NaN/],
    [{ D: 3 as unknown as () => number }, {}, /schedule: not a function of the time/],
    [{ D: () => 1 }, { method: 'lanczos' as const }, /method: lanczos is for an H that stays as it is/],
    [{ D: () => 1 }, { method: 'blanesMoan4' as const, angle: 1 }, /substeps that go backward/],
  ])('%j %j', (schedule, options, message) => {
    expect(evolve(schedule as Schedule, options)).toThrow(message)
  })
})
