/**
 * A wave packet sent through a barrier of one coordinate, beside stationary scattering: what passes in the end is
 *
 *   T = ∫ |φ(k)|² T(E_k) dk,   E_k = ζ₋ + Dk²,   |φ(k)|² = √(2/π) σ exp(−2σ²(k − k₀)²),
 *
 * once the packet, which must start left of all that ζ changes, has left the barrier (Messiah, Quantum Mechanics I, III § 9).
 * The flux 2D Im ψ*∂ψ/∂x through the right edge of the barrier, summed over time, is the same number: in a box that absorbs
 * what leaves it is the only one.
 */
import { PsilabError, requireKeys, requireNumber } from '../error.js'
import { Drawable, type PanelsFigure, panelsFigure, type Tabulated } from '../figure/index.js'
import { sameGrid } from '../grid/index.js'
import { gaussLegendre } from '../numeric/index.js'
import { type DriveOptions, requireDriving } from '../progress/index.js'
import { type Evolution, Problem, type Transmission, wavePacket } from '../qde/index.js'
import { onCells } from './brokenBarrier.js'
import { along, requireLine } from './wells.js'

export interface PacketTransmissionOptions extends DriveOptions {
  /** Mean position at the start, left of the barrier. */
  readonly x0: number
  /** Mean wave number, > 0. */
  readonly k0: number
  /** Standard deviation of |ψ|² at the start. */
  readonly sigma: number
  /** End of the run; default: when the slow parts of the packet have left the barrier. */
  readonly until?: number
}

/** Standard deviations of k over which |φ|² is integrated, and that decide when the packet has left. */
const SPECTRUM = 8
const SLOW = 5
/** Slowest wave number that the run waits for, as a share of k₀. */
const WAIT = 0.15
/** Panels of the quadrature in k at first and at most, and the change at which it ends. */
const PANELS = [12, 384] as const
const SETTLED = 1e-10
/** Deviation of ζ from its value far out that counts as barrier, as a share of its range. */
const EDGE = 1e-5
/** Share of the energy that the barrier has of a packet at its start, from which on it is refused. */
const EARLY = 1e-3
/** ‖error‖ of the run's steps. */
const STEPS = 1e-8
/** Times at which the flux is taken while the fast parts of the packet pass by one of its widths, and most of them. */
const SAMPLED = 3
const SAMPLES = 1000

interface Spectrum {
  readonly k: Float64Array
  /** |φ(k)|². */
  readonly density: Float64Array
  readonly stationary: Transmission
  readonly T: number
  /** Change of T when the nodes in k were doubled last, and what the stationary T errs by. */
  readonly error: number
}

/** What passed, beside what stationary scattering says. */
export class PacketTransmission extends Drawable {
  readonly problem: Problem
  /** Probability that passed, that came back, and that has not left the barrier. */
  readonly T: number
  readonly R: number
  readonly unfinished: number
  /** ∫|φ(k)|² T(k) dk. */
  readonly predicted: number
  /** How far T and `predicted` may differ: what has not left, errors of grid and steps, and of the quadrature. */
  readonly tolerance: number
  /** Wave numbers, |φ|² there, and stationary T at them. */
  readonly spectrum: Spectrum
  /** The run itself, to be drawn or read. */
  readonly evolution: Evolution
  /** ∫ flux dt through the right edge of the barrier up to each time of `evolution.samples`. */
  readonly passed: Float64Array
  /** Edges of the barrier. */
  readonly edges: readonly [number, number]
  readonly complete: boolean
  readonly notes: readonly string[]

  constructor(problem: Problem, run: Run, spectrum: Spectrum, edges: readonly [number, number]) {
    super()
    const { evolution, early } = run
    this.problem = problem
    this.evolution = evolution
    this.spectrum = spectrum
    this.edges = edges
    this.complete = evolution.complete
    this.passed = cumulative(evolution)
    const { final } = evolution
    const absorbs = final.grid.axes[0].layer > 0
    const [left, between, right] = parts(evolution, edges)
    const [, , before] = run.coarse === undefined ? [0, 0, right] : parts(run.coarse, edges)
    const limit = right + (right - before) / 3
    this.unfinished = between
    this.T = absorbs ? this.passed[this.passed.length - 1] : limit
    this.R = absorbs ? 1 - this.T - this.unfinished : left + right - limit
    this.predicted = spectrum.T
    const amplitude = evolution.errorEstimate + evolution.gridError
    const layers = absorbs ? LAYERS : 0
    this.tolerance =
      this.unfinished +
      early +
      backward(run) +
      2 * amplitude +
      amplitude ** 2 +
      spectrum.error +
      layers +
      EXTRAPOLATED[run.jumps === 2 ? 0 : 1] * Math.abs(limit - right) +
      ROUNDING
    this.notes = [
      ...evolution.warnings,
      ...(this.unfinished > 0.01
        ? [`${this.unfinished.toPrecision(2)} has not left the barrier: give a later until`]
        : []),
      ...(absorbs ? ['layers absorb what leaves: T is the flux summed over time, R what is missing'] : []),
    ]
  }

  /** A table with one row a wave number: k, energy, |φ|², T. */
  protected override tabulated(): Tabulated {
    const { k, density, stationary } = this.spectrum
    return { k, energy: stationary.energies, density, T: stationary.T }
  }

  override figure(): PanelsFigure {
    const { problem, spectrum, evolution, edges } = this
    const [name] = problem.objective.variables
    const { coordinates } = evolution.final.grid.axes[0]
    const { k, density, stationary } = spectrum
    const most = density.reduce((m, v) => Math.max(m, v), 0)
    const { times } = evolution.samples
    return panelsFigure({
      title: 'A wave packet at a barrier',
      alt: `The packet passes with probability ${this.T.toPrecision(6)}; stationary scattering, averaged over its wave numbers, gives ${this.predicted.toPrecision(6)}.`,
      problem: problem.record(evolution.final.grid),
      panels: [
        {
          type: 'lines',
          heading: 'Density before and after',
          x: { label: name },
          y: { label: '|ψ|²' },
          series: [
            { label: 'start', role: 'reference', x: coordinates, y: densityOf(evolution, 0) },
            { label: 'end', x: coordinates, y: densityOf(evolution, evolution.states.length - 1) },
          ],
        },
        {
          type: 'lines',
          heading: 'Stationary T over the wave numbers of the packet',
          x: { label: 'k' },
          y: { label: 'T' },
          series: [
            { label: 'T(k)', x: k, y: stationary.T },
            { label: '|φ(k)|², scaled', role: 'reference', x: k, y: density.map((v) => v / most) },
          ],
        },
        {
          type: 'lines',
          heading: `Passed ${name} = ${edges[1].toPrecision(4)}`,
          x: { label: 't' },
          y: { label: 'probability' },
          series: [
            { label: '∫ flux dt', x: times, y: this.passed },
            {
              label: '∫|φ|²T dk',
              role: 'reference',
              x: [times[0], times[times.length - 1]],
              y: [this.predicted, this.predicted],
            },
          ],
        },
        {
          type: 'table',
          heading: 'Transmission',
          columns: [{ label: 'quantity' }, { label: 'value', align: 'right' }],
          rows: this.rows(),
        },
      ],
      notes: this.notes,
    })
  }

  private rows(): string[][] {
    return [
      ['T of the packet', this.T.toFixed(9)],
      ['∫|φ(k)|² T(k) dk', this.predicted.toFixed(9)],
      ['difference', (this.T - this.predicted).toExponential(1)],
      ['tolerance', this.tolerance.toExponential(1)],
      ['R of the packet', this.R.toFixed(9)],
      ['still on the barrier', this.unfinished.toExponential(1)],
    ]
  }

  override toString(): string {
    return [...this.rows().map(([name, value]) => `${name} = ${value}`), ...this.notes].join('\n')
  }
}

/** What absorbing layers send back, and rounding. */
const LAYERS = 1e-4
const ROUNDING = 1e-10
/** Error of the limit of two spacings, as a share of that of the finer one: with two jumps, which both lie midway, and else. */
const EXTRAPOLATED = [0.2, 1] as const

interface Run {
  readonly evolution: Evolution
  /** The same on twice the spacing, where ζ jumps. */
  readonly coarse?: Evolution
  /** Number of jumps of ζ. */
  readonly jumps: number
  /** What the barrier changes already at the start. */
  readonly early: number
  readonly k0: number
  readonly sigma: number
}

/** Share of the packet that moves to the left from the start. */
function backward({ k0, sigma }: Run): number {
  return 0.5 * erfcBound(Math.SQRT2 * sigma * k0)
}

/** Bound of erfc for z > 0: e^{−z²}/(z√π) beyond 1, 1 below. */
function erfcBound(z: number): number {
  return z < 1 ? 1 : Math.exp(-z * z) / (z * Math.sqrt(Math.PI))
}

/** ∫|ψ|² left of the barrier, on it and right of it, at the end. */
function parts({ final }: Evolution, [from, to]: readonly [number, number]): [number, number, number] {
  const { values, grid } = final
  const sums: [number, number, number] = [0, 0, 0]
  grid.axes[0].coordinates.forEach((x, i) => {
    sums[x < from ? 0 : x > to ? 2 : 1] += grid.cell * (values[2 * i] ** 2 + values[2 * i + 1] ** 2)
  })
  return sums
}

/** ∫ flux dt by the trapezoidal rule: the flux begins and ends at 0. */
function cumulative({ samples: { times, flux } }: Evolution): Float64Array {
  const sums = new Float64Array(times.length)
  for (let i = 1; i < times.length; i++)
    sums[i] = sums[i - 1] + ((flux![i] + flux![i - 1]) * (times[i] - times[i - 1])) / 2
  return sums
}

function densityOf({ states }: Evolution, k: number): Float64Array {
  const { values, grid } = states[k]
  return Float64Array.from({ length: grid.size }, (_, i) => values[2 * i] ** 2 + values[2 * i + 1] ** 2)
}

/**
 * Sends a Gaussian wave packet from the left through a ζ that is constant far out.
 *
 * @example
 * const barrier = qde({ objective: '1/cosh(x)^2', D: 0.5 })
 * packetTransmission(barrier, { x0: -40, k0: 1.2, sigma: 6 }).T
 *
 * @throws PsilabError `parameter` for a packet that does not start left of the barrier, or does not move to the right
 */
export function packetTransmission(problem: Problem, options: PacketTransmissionOptions): PacketTransmission {
  requireKeys('packetTransmission', options, ['x0', 'k0', 'sigma', 'until', 'progress', 'signal'])
  requireLine(problem, 'transmission')
  requireDriving(options)
  const x0 = requireNumber('x0', options.x0, 'a finite number', () => true)
  const k0 = requireNumber('k0', options.k0, 'a finite number > 0', (k) => k > 0)
  const sigma = requireNumber('sigma', options.sigma, 'a finite number > 0', (s) => s > 0)
  const spectrum = spectrumOf(problem, k0, sigma)
  const edges = edgesOf(problem, x0, sigma, spectrum.stationary.thresholds)
  const early = startsIn(problem, { x0, k0, sigma }, edges[1], spectrum.stationary.thresholds[0])
  if (early > EARLY)
    throw new PsilabError({
      code: 'parameter',
      parameter: 'x0',
      problem: `the packet starts on the barrier, which begins about ${edges[0].toPrecision(4)}`,
      allowed: 'a packet that feels nothing of the barrier at the start: farther to the left, or narrower',
      got: x0,
    })
  const slowest = Math.max(k0 - SLOW / (2 * sigma), WAIT * k0)
  const until =
    options.until === undefined
      ? (edges[1] - x0 + SLOW * sigma) / (2 * problem.D * slowest)
      : requireNumber('until', options.until, 'a finite number > 0', (t) => t > 0)
  const packet = wavePacket({ x0, k0, sigma })
  const passing = (2 * problem.D * (k0 + SLOW / (2 * sigma)) * until) / sigma
  const sent = (on: Problem): Evolution =>
    on.evolve(packet, {
      until,
      frames: 1,
      tolerance: STEPS,
      samples: Math.min(SAMPLES, Math.ceil(SAMPLED * passing)),
      flux: { [problem.objective.variables[0]]: edges[1] },
      ...(options.progress === undefined ? {} : { progress: options.progress }),
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    })
  const breaks = chosen(problem) ? jumpsOf(problem, edges) : []
  if (breaks.length === 0)
    return new PacketTransmission(
      problem,
      { evolution: sent(problem), early, k0, sigma, jumps: 0 },
      spectrum,
      edges,
    )
  const [, reach] = packet.support!(problem.D, until)[0]
  const support = [Math.min(x0 - 11 * sigma, edges[0] + edges[1] - reach), reach] as const
  const inside = Float64Array.from({ length: 257 }, (_, i) => edges[0] + ((edges[1] - edges[0]) * i) / 256)
  const fall =
    spectrum.stationary.thresholds[0] -
    Math.min(...along(problem.objective)(inside), spectrum.stationary.thresholds[1])
  const momentum = Math.hypot(packet.momentum![0], Math.sqrt(Math.max(0, fall) / problem.D))
  const [coarse, evolution] = [0, 1].map((refinement) =>
    sent(onCells(problem, breaks, support, momentum, refinement)),
  )
  return new PacketTransmission(
    problem,
    { evolution, coarse, early, k0, sigma, jumps: breaks.length },
    spectrum,
    edges,
  )
}

/** Distance from a break, as a share of the barrier, at which ζ on both sides is compared, and the least jump of its range. */
const BESIDE = 1e-7
const JUMP = 1e-5

/** Where ζ jumps, with a margin around the barrier. */
function jumpsOf({ objective }: Problem, [from, to]: readonly [number, number]): number[] {
  const margin = to - from
  const breaks = objective.breaks?.(from - margin, to + margin) ?? []
  const zeta = along(objective)
  const jump = breaks.map((at) => {
    const [before, after] = zeta(Float64Array.of(at - BESIDE * margin, at + BESIDE * margin))
    return Math.abs(after - before)
  })
  const largest = Math.max(...jump)
  return breaks.filter((_, i) => jump[i] > JUMP * Math.max(1e-300, largest) && jump[i] > 0)
}

/** Whether the grid was left to be chosen. */
function chosen({ objective, D, grid }: Problem): boolean {
  return sameGrid(new Problem(objective, D).grid, grid)
}

/** Nodes of the mean of ζ at the start, and standard deviations that it reaches over. */
const NODES = 400
const REACH = 8

/**
 * How much of the packet is not free at the start: 2⟨|ζ − ζ₋|⟩/Dk₀², by which it shifts the energies that arrive, and the
 * probability to be beyond the barrier at once.
 */
function startsIn(
  { objective, D }: Problem,
  { x0, k0, sigma }: Pick<PacketTransmissionOptions, 'x0' | 'k0' | 'sigma'>,
  end: number,
  level: number,
): number {
  const { nodes, weights } = gaussLegendre(x0 - REACH * sigma, x0 + REACH * sigma, NODES)
  const zeta = along(objective)(nodes)
  let [felt, beyond] = [0, 0]
  nodes.forEach((x, i) => {
    const probability =
      (weights[i] * Math.exp(-((x - x0) ** 2) / (2 * sigma ** 2))) / (sigma * Math.sqrt(2 * Math.PI))
    felt += probability * Math.abs(zeta[i] - level)
    if (x > end) beyond += probability
  })
  return (2 * felt) / (D * k0 ** 2) + beyond
}

/** T of each wave number, and its mean. */
function spectrumOf(problem: Problem, k0: number, sigma: number): Spectrum {
  const width = SPECTRUM / (2 * sigma)
  const threshold = problem.transmission({ energies: [farLeft(problem) + problem.D * k0 * k0] }).thresholds[0]
  let before = Number.NaN
  for (let [panels, most] = PANELS; ; panels *= 2) {
    const rule = gaussLegendre(Math.max(0, k0 - width), k0 + width, panels)
    const order = [...rule.nodes.keys()].sort((a, b) => rule.nodes[a] - rule.nodes[b])
    const [k, weights] = [rule.nodes, rule.weights].map((v) => Float64Array.from(order, (i) => v[i]))
    const density = k.map((v) => Math.sqrt(2 / Math.PI) * sigma * Math.exp(-2 * (sigma * (v - k0)) ** 2))
    const stationary = problem.transmission({ energies: k.map((v) => threshold + problem.D * v * v) })
    const T = weights.reduce((sum, w, i) => sum + w * density[i] * stationary.T[i], 0)
    const error = Math.abs(T - before)
    if (error < SETTLED || panels >= most)
      return { k, density, stationary, T, error: error + stationary.error }
    before = T
  }
}

/** ζ far to the left, about: stationary scattering tells the threshold. */
function farLeft({ objective }: Problem): number {
  return along(objective)(Float64Array.of(-(2 ** 20)))[0]
}

/** Where ζ begins and ceases to differ from its values far out. */
function edgesOf(
  problem: Problem,
  x0: number,
  sigma: number,
  [low, high]: readonly [number, number],
): [number, number] {
  const zeta = along(problem.objective)
  const reach = 4 * (Math.abs(x0) + 10 * sigma)
  const count = 20_000
  const x = Float64Array.from({ length: count + 1 }, (_, i) => -reach + (2 * reach * i) / count)
  const v = zeta(x)
  const range = v.reduce((m, u) => Math.max(m, Math.abs(u - low), Math.abs(u - high)), 0)
  const first = v.findIndex((u) => Math.abs(u - low) > EDGE * range)
  const last = v.findLastIndex((u) => Math.abs(u - high) > EDGE * range)
  return first < 0 ? [0, 0] : [x[Math.max(0, first - 1)], x[Math.min(count, Math.max(first, last) + 1)]]
}
