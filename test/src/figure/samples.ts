/**
 * One figure of each kind from a small finite-difference solution, so that what tests draw is physics.
 */
import {
  type DerivationFigure,
  derivationFigure,
  type EigenstatesFigure,
  type EvolutionFigure,
  eigenstatesFigure,
  evolutionFigure,
  type Figure,
  type LandscapeFigure,
  landscapeFigure,
  type PanelsFigure,
  type ProblemFigure,
  type ProblemRecord,
  panelsFigure,
  problemFigure,
  type ThermodynamicsFigure,
  thermodynamicsFigure,
  type WaveFigure,
  waveFigure,
} from '../../../src/figure/index.js'
import { symmetricEigen } from '../../../src/numeric/index.js'

const N = 160
const D = 0.1

/** Equidistant points from a to b. */
export function grid(a: number, b: number, n: number): Float64Array {
  return Float64Array.from({ length: n }, (_, i) => a + ((b - a) * i) / (n - 1))
}

export const x: Float64Array = grid(-2.4, 2.4, N)
const dx = x[1]! - x[0]!

const doubleWell = (at: number): number => (at * at - 1) ** 2 + 0.2 * at
export const zeta: Float64Array = x.map(doubleWell)

export const record: ProblemRecord = {
  tex: 'i\\,\\partial_t\\psi = \\left[-0.1\\,\\partial_x^2 + (x^2-1)^2 + 0.2\\,x\\right]\\psi',
  text: 'i ∂ψ/∂t = [−0.1 ∂²/∂x² + (x² − 1)² + 0.2 x] ψ',
  objective: '(x^2 - 1)^2 + 0.2*x',
  D,
  grid: [{ name: 'x', lower: -2.4, upper: 2.4, points: N, boundary: 'walls' }],
}

/** Energies and real states of −D ∂² + ζ with walls, by second differences. */
function spectrum(): { energies: Float64Array; states: Float64Array[] } {
  const H = new Float64Array(N * N)
  for (let i = 0; i < N; i++) {
    H[i * N + i] = (2 * D) / dx ** 2 + zeta[i]!
    if (i > 0) H[i * N + i - 1] = -D / dx ** 2
  }
  const { values, vectors } = symmetricEigen(H, N)
  return { energies: values, states: vectors.map((vector) => vector.map((v) => v / Math.sqrt(dx))) }
}

export const { energies, states } = spectrum()

/** exp(−i e^{−iθ} s H) of a Gaussian packet at x₀ with momentum k₀, frame by frame. */
export function run(angle: number, until: number, frames: number, x0 = -1, sigma = 0.22, k0 = 0) {
  const packet = Array.from(x, (at) => Math.exp(-((at - x0) ** 2) / (4 * sigma ** 2)))
  const phase = Array.from(x, (at) => k0 * (at - x0))
  const re = states.map((state) =>
    state.reduce((sum, v, i) => sum + v * packet[i]! * Math.cos(phase[i]!) * dx, 0),
  )
  const im = states.map((state) =>
    state.reduce((sum, v, i) => sum + v * packet[i]! * Math.sin(phase[i]!) * dx, 0),
  )
  const times = [...grid(0, until, frames)]
  const energy: number[] = []
  const psi = times.map((s) => {
    const frame = new Float64Array(2 * N)
    let [norm, mean] = [0, 0]
    for (let n = 0; n < 60; n++) {
      const decay = Math.exp(-Math.sin(angle) * (energies[n]! - energies[0]!) * s)
      const turn = -Math.cos(angle) * energies[n]! * s
      const [c, d] = [Math.cos(turn) * decay, Math.sin(turn) * decay]
      const [u, v] = [re[n]! * c - im[n]! * d, re[n]! * d + im[n]! * c]
      norm += u * u + v * v
      mean += energies[n]! * (u * u + v * v)
      for (let i = 0; i < N; i++) {
        frame[2 * i]! += u * states[n]![i]!
        frame[2 * i + 1]! += v * states[n]![i]!
      }
    }
    energy.push(mean / norm)
    return frame
  })
  return { times, psi, energy }
}

/** A figure of each kind. */
export function allSamples(): Record<string, Figure> {
  return {
    problem: problemSample(),
    field: fieldSample(),
    'real time': evolutionSample(0),
    'imaginary time': evolutionSample(Math.PI / 2),
    eigenstates: eigenstatesSample(),
    thermodynamics: thermodynamicsSample(),
    landscape: landscapeSample(),
    wave: waveSample(),
    space: spaceSample(),
    derivation: derivationSample(),
    panels: panelsSample(),
  }
}

export function problemSample(): ProblemFigure {
  const wide = grid(-3, 3, 400)
  return problemFigure({
    problem: record,
    axes: [wide],
    zeta: wide.map(doubleWell),
    notes: [
      'Grid: 400 points on [−3, 3], spacing 0.015, which resolves the shortest wavelength up to energy 60.',
      'Boundary: walls, because ζ grows to 64 there and a state at energy 5 has fallen below 1e−12.',
    ],
  })
}

export function fieldSample(): ProblemFigure {
  const { axes, zeta } = bowl()
  return problemFigure({ problem: bowlRecord, axes, zeta, notes: ['Grid: 96 × 80 points.'] })
}

export function evolutionSample(angle = 0, frames = 161): EvolutionFigure {
  const real = Math.abs(angle - Math.PI / 2) < 1e-9
  return evolutionFigure({
    problem: record,
    angle,
    readings: real ? ['born', 'population'] : ['born'],
    x,
    zeta,
    ...run(angle, 8, frames, -1, 0.18, angle === 0 ? 4 : 0),
    groundEnergy: energies[0]!,
  })
}

export function eigenstatesSample(): EigenstatesFigure {
  return eigenstatesFigure({
    problem: record,
    x,
    zeta,
    energies: energies.slice(0, 8),
    states: states.slice(0, 8),
  })
}

export function thermodynamicsSample(): ThermodynamicsFigure {
  const temperature = grid(-2, 1, 150).map((power) => 10 ** power)
  const row = (T: number) => {
    const weights = energies.map((E) => Math.exp(-(E - energies[0]!) / T))
    const sum = weights.reduce((a, b) => a + b, 0)
    const mean = (power: number): number =>
      weights.reduce((a, w, n) => a + w * energies[n]! ** power, 0) / sum
    const [U, F] = [mean(1), energies[0]! - T * Math.log(sum)]
    return { Z: Math.exp(-F / T), F, U, S: (U - F) / T, C: (mean(2) - U * U) / (T * T) }
  }
  const rows = [...temperature].map(row)
  const column = (name: 'Z' | 'F' | 'U' | 'S' | 'C') => rows.map((values) => values[name])
  return thermodynamicsFigure({
    problem: record,
    temperature,
    Z: column('Z'),
    F: column('F'),
    U: column('U'),
    S: column('S'),
    C: column('C'),
  })
}

const bowlRecord: ProblemRecord = {
  tex: 'i\\,\\partial_t\\psi = \\left[-D\\,\\nabla^2 + \\zeta(w_1, w_2)\\right]\\psi',
  text: 'i ∂ψ/∂t = [−D ∇² + ζ(w₁, w₂)] ψ',
  D,
  grid: [
    { name: 'w₁', lower: -4, upper: 6, points: 96, boundary: 'walls' },
    { name: 'w₂', lower: -3, upper: 5, points: 80, boundary: 'walls' },
  ],
}

/** A tilted quadratic bowl with its minimum at (1.2, 0.8). */
function bowl() {
  const axes: [Float64Array, Float64Array] = [grid(-4, 6, 96), grid(-3, 5, 80)]
  const at = (a: number, b: number): number => {
    const [u, v] = [a - 1.2, b - 0.8]
    return 0.5 * (u * u + 2 * v * v + 1.6 * u * v) + 0.2
  }
  const zeta = new Float64Array(96 * 80)
  axes[0].forEach((a, i) => {
    axes[1].forEach((b, j) => {
      zeta[i * 80 + j] = at(a, b)
    })
  })
  return { axes, zeta, at }
}

export function landscapeSample(): LandscapeFigure {
  const { axes, zeta, at } = bowl()
  const values = [1, 0.3, 0.1, 0.03, 0.01]
  const path = [[-3, 4]]
  for (let i = 0; i < 40; i++) {
    const [a, b] = path[path.length - 1] as [number, number]
    const h = 1e-5
    path.push([
      a - (0.12 * (at(a + h, b) - at(a - h, b))) / (2 * h),
      b - (0.12 * (at(a, b + h) - at(a, b - h))) / (2 * h),
    ])
  }
  return landscapeFigure({
    problem: bowlRecord,
    axes,
    zeta,
    densities: values.map((D) => zeta.map((value) => Math.exp(-(value - 0.2) / Math.sqrt(D) / 0.7))),
    frames: { symbol: 'D', values },
    points: [{ label: 'maximum likelihood', x: 1.2, y: 0.8 }],
    paths: [{ label: 'gradient descent', points: Float64Array.from(path.flat()) }],
  })
}

/** Points of one side of the box of {@link coherentRun}, half its length, and the frequencies along x and y. */
export const OSCILLATOR = { points: 96, half: 7, frequencies: [1, 1.2] } as const

/** ψ(q, t) of a coherent state of frequency w with m = ħ = 1 that starts at q₀ with momentum p₀, as [re, im]. */
function coherent(q: number, t: number, w: number, q0: number, p0: number): [number, number] {
  const at = q0 * Math.cos(w * t) + (p0 / w) * Math.sin(w * t)
  const momentum = p0 * Math.cos(w * t) - w * q0 * Math.sin(w * t)
  const size = (w / Math.PI) ** 0.25 * Math.exp((-w / 2) * (q - at) ** 2)
  const phase = momentum * (q - at / 2) - (w * t) / 2
  return [size * Math.cos(phase), size * Math.sin(phase)]
}

/** ψ(x, y, t) of a packet that runs around in an oscillator, in closed form. */
export function coherentPacket(a: number, b: number, t: number): [number, number] {
  const [u, v] = coherent(a, t, OSCILLATOR.frequencies[0], 3, 0)
  const [p, q] = coherent(b, t, OSCILLATOR.frequencies[1], 0, 2.5)
  return [u * p - v * q, u * q + v * p]
}

/** The same on its grid at the times: what a figure is made of. */
export function coherentRun(times: readonly number[]) {
  const { points, half, frequencies } = OSCILLATOR
  const axis = Float64Array.from({ length: points }, (_, i) => -half + (2 * half * i) / points)
  const zeta = new Float64Array(points * points)
  const psi = times.map(() => new Float64Array(2 * points * points))
  axis.forEach((a, i) => {
    axis.forEach((b, j) => {
      const at = i * points + j
      zeta[at] = ((frequencies[0] * a) ** 2 + (frequencies[1] * b) ** 2) / 2
      times.forEach((t, k) => {
        psi[k]!.set(coherentPacket(a, b, t), 2 * at)
      })
    })
  })
  return { axes: [axis, axis], zeta, psi }
}

export const planeRecord: ProblemRecord = {
  tex: 'i\\,\\partial_t\\psi = \\left[-\\tfrac12\\nabla^2 + \\tfrac12(x^2+1.44\\,y^2)\\right]\\psi',
  text: 'i ∂ψ/∂t = [−0.5 ∇² + (x² + 1.44 y²)/2] ψ',
  D: 0.5,
  grid: ['x', 'y'].map((name) => ({
    name,
    lower: -OSCILLATOR.half,
    upper: OSCILLATOR.half,
    points: OSCILLATOR.points,
    boundary: 'periodic' as const,
  })),
}

export function waveSample(): WaveFigure {
  const times = [...grid(0, 3, 13)]
  return waveFigure({
    problem: planeRecord,
    ...coherentRun(times),
    frames: { symbol: 't', values: times },
    angle: 0,
    energy: times.map(() => 8.725),
  })
}

/** Points along each axis of the sample in space, and half the length of its box. */
export const BOX = { points: [24, 22, 20], half: 4.5 } as const

/** p₊ + i/2 · s of an oscillator in space, not normalised, as [re, im]: its phase turns about the z axis. */
export function orbital(a: number, b: number, c: number): [number, number] {
  const size = Math.exp(-(a * a + b * b + 1.5 * c * c) / 2)
  return [a * size, (b + 0.5) * size]
}

export function spaceSample(): WaveFigure {
  const axes = BOX.points.map((n) => grid(-BOX.half, BOX.half, n))
  const [x, y, z] = axes as [Float64Array, Float64Array, Float64Array]
  const at = (f: (a: number, b: number, c: number) => readonly number[]): Float64Array =>
    Float64Array.from([...x].flatMap((a) => [...y].flatMap((b) => [...z].flatMap((c) => [...f(a, b, c)]))))
  return waveFigure({
    problem: {
      ...planeRecord,
      grid: ['x', 'y', 'z'].map((name, d) => ({
        name,
        lower: -BOX.half,
        upper: BOX.half,
        points: BOX.points[d]!,
        boundary: 'periodic' as const,
      })),
    },
    axes,
    zeta: at((a, b, c) => [(a * a + b * b + 2.25 * c * c) / 2]),
    psi: [at(orbital)],
    frames: { symbol: 'n', values: [1] },
  })
}

export function derivationSample(): DerivationFigure {
  return derivationFigure({
    title: 'From Schrödinger’s equation to the imaginary-time QDE',
    steps: [
      {
        id: 'schroedinger',
        section: 'From physics to learning',
        rule: 'Postulate',
        statement: 'A = B',
        relation: 'postulate',
        left: 'i \\hbar \\, \\partial_{t} \\psi',
        sign: '=',
        right: '\\left[-\\frac{\\hbar^{2}}{2 m} \\nabla^{2} + V\\right] \\psi',
        text: 'iħ ∂ₜψ = [−ħ²/(2m) ∇² + V] ψ',
        why: 'The point of departure, for a particle of mass $m$ in a potential $V$.',
        when: [],
        provenance: 'paper',
        verdict: { status: 'postulate', method: 'A postulate: stated, not derived.' },
        reference: 'E. Schrödinger, Annalen der Physik 384, 361 (1926)',
      },
      {
        id: 'qde',
        from: 'schroedinger',
        section: 'From physics to learning',
        rule: 'Insert definitions',
        statement: 'a := B \\implies F(B) = F(a)',
        relation: 'equal',
        left: 'i \\, \\partial_{t} \\psi',
        sign: '=',
        right: '\\left[-D \\, \\nabla^{2} + \\zeta\\right] \\psi',
        text: 'i ∂ₜψ = [−D ∇² + ζ] ψ',
        why: 'The objective $\\zeta$ takes the place of $V$, and $D = \\frac{\\hbar}{2 m}$.',
        when: ['$\\hbar > 0$', '$D > 0$'],
        provenance: 'derived',
        verdict: { status: 'proved', method: 'The difference of both sides has the exact normal form 0.' },
      },
      {
        id: 'imaginary',
        from: 'qde',
        using: ['schroedinger', 'qde'],
        section: 'Imaginary time',
        rule: 'Change of variable',
        statement: "f(t) = g(u(t)) \\implies f' = u' g'",
        relation: 'substitution',
        left: '\\partial_{\\tau} \\psi',
        sign: '=',
        right: 'D \\, \\nabla^{2} \\psi - \\zeta \\, \\psi',
        at: '\\tau = i t',
        text: '∂_τψ = D ∇²ψ − ζψ   (τ = it)',
        why: 'The chain rule gives $\\partial_{t} = i \\, \\partial_{\\tau}$, and $i \\cdot i = -1$.',
        when: ['$\\psi$ is analytic in $t$ on the sector between both axes'],
        provenance: 'corrected',
        verdict: {
          status: 'checked',
          method: 'Both sides agree at seeded random points.',
          digits: 60,
          points: 8,
        },
      },
    ],
    symbols: [
      { tex: '\\psi', meaning: 'wave function', domain: 'complex' },
      { tex: 'D', meaning: 'diffusion coefficient', unit: 'x²/t', domain: 'positive' },
      { tex: '\\zeta', meaning: 'learning objective', domain: 'real' },
    ],
  })
}

/** A Wigner function of the first excited oscillator level, a landscape with samples and paths, curves of all marks, and a table. */
export function panelsSample(): PanelsFigure {
  const side = grid(-3, 3, 61)
  const wigner = new Float64Array(61 * 61)
  side.forEach((a, i) => {
    side.forEach((b, j) => {
      const r2 = a * a + b * b
      wigner[i * 61 + j] = ((2 * r2 - 1) * Math.exp(-r2)) / Math.PI
    })
  })
  const { axes, zeta } = bowl()
  const turn = (k: number, n: number): number => (2 * Math.PI * k) / n
  const T = grid(-2, 2, 200).map((power) => 10 ** power)
  const schottky = T.map((t) => Math.exp(1 / t) / (t * (1 + Math.exp(1 / t))) ** 2)
  const few = grid(-2, 2, 9).map((power) => 10 ** power)
  const bins = grid(0, 4, 9)
  return panelsFigure({
    title: 'Panels of every kind',
    alt: 'A Wigner function with its negative centre, a landscape, heat capacities of two levels, and a table.',
    problem: record,
    seed: 7,
    notes: ['The last bar holds all that lies beyond it.'],
    panels: [
      {
        type: 'field',
        heading: 'Wigner function of n = 1',
        labels: ['x', 'p'],
        axes: [side, side],
        values: wigner,
        scale: 'diverging',
        quantity: 'W',
        contours: true,
        points: [{ label: 'centre', x: 0, y: 0 }],
        paths: [
          {
            label: 'orbit',
            points: Float64Array.from({ length: 202 }, (_, i) =>
              (i % 2 ? Math.sin : Math.cos)(turn(i >> 1, 100)),
            ),
          },
        ],
      },
      {
        type: 'lines',
        heading: 'Heat capacity of two levels',
        x: { label: 'T', scale: 'log' },
        y: { label: 'C' },
        series: [
          { label: 'closed form', role: 'reference', x: T, y: schottky },
          {
            label: 'sampled',
            mark: 'points',
            x: few,
            y: few.map((t) => Math.exp(1 / t) / (t * (1 + Math.exp(1 / t))) ** 2 + 0.01),
            error: few.map(() => 0.02),
          },
        ],
      },
      {
        type: 'lines',
        heading: 'Error',
        x: { label: 'n', scale: 'log' },
        y: { label: 'relative error', scale: 'log' },
        series: [1, 2, 3, 4, 5, 6, 7, 8].map((order) => ({
          label: `order ${order}`,
          x: grid(1, 100, 50),
          y: grid(1, 100, 50).map((n) => (order === 8 && n > 50 ? 0 : n ** -order)),
        })),
      },
      {
        type: 'lines',
        heading: '',
        x: { label: 'x' },
        y: { label: 'share' },
        series: [
          { label: 'before', mark: 'bars', x: bins, y: bins.map((b) => Math.exp(-b)) },
          { label: 'after', mark: 'bars', x: bins, y: bins.map((b) => b * Math.exp(-b)) },
          {
            label: 'sum',
            mark: 'steps',
            x: bins.map((b) => b - 0.25),
            y: bins.map((b) => (1 + b) * Math.exp(-b)),
          },
        ],
      },
      {
        type: 'field',
        heading: 'Samples in a bowl',
        labels: ['w₁', 'w₂'],
        axes,
        values: zeta,
        scale: 'wells',
        quantity: 'ζ',
        samples: [
          Float64Array.from({ length: 400 }, (_, k) => 1.2 + Math.sin(7.1 * k) * Math.sin(1.3 * k)),
          Float64Array.from({ length: 400 }, (_, k) => 0.8 + Math.cos(5.3 * k) * Math.sin(2.9 * k)),
        ],
        paths: [{ label: 'descent', points: [-3, 4, -1, 1, 0, 0.5, 1, 0.7] }],
      },
      {
        type: 'table',
        heading: 'By method',
        columns: [{ label: 'method' }, { label: 'evaluations', align: 'right' }, { label: 'what it found' }],
        rows: [
          ['gradient descent', '1 200', 'the minimum at (1.2, 0.8)'],
          [
            'Newton',
            '3',
            'the same, in a single step, because the bowl is a quadratic form and its Hessian does not change from place to place',
          ],
        ],
      },
    ],
  })
}
