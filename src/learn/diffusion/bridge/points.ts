/**
 * The Schrödinger bridge between samples: entropic optimal transport. The coupling of n points x and m points y, each with
 * equal weights, nearest to that of diffusion over T with the kernel e^{−|x−y|²/2s}, s = 2DT, is
 *
 *   π_ij = e^{f_i + g_j − |x_i − y_j|²/2s}/(nm),
 *
 * with f and g found by turns from logarithms of sums (Cuturi, NeurIPS 2013; Peyré and Cuturi 2019, section 4.4), from a large s down
 * to the one that is asked for. Between the ends the process is a Brownian bridge from x_i to y_j.
 */
import { PsilabError, requireInteger, requireKeys, requireNumber } from '../../../error.js'
import { Drawable, type Panel, type PanelsFigure, panelsFigure } from '../../../figure/index.js'
import { column, writeNpz } from '../../../interchange/index.js'
import { exponentials, randomStream } from '../../../numeric/index.js'
import { type DriveOptions, requireDriving, Watchman } from '../../../progress/index.js'
import { histogramOf, pathsPanel } from '../panels.js'
import { columnsOfData, type PointData } from '../points.js'
import { coordinateNames, short } from '../samples.js'
import type { Trajectories } from '../sampling.js'
import { brownianPaths } from './brownian.js'
import { type BridgePathsOptions, requirePaths } from './gaussian.js'
import { BRIDGE_NOTE } from './note.js'

export interface SampleBridgeOptions extends DriveOptions {
  /** Samples at t = 0 and at t = until: numbers, or rows of d numbers. */
  readonly from: PointData
  readonly to: PointData
  /** Diffusion coefficient; default ½. */
  readonly D?: number
  /** T; default 1. */
  readonly until?: number
  /** Largest Σ|π − 1/n| over the points of an end; default 1e-8. */
  readonly tolerance?: number
  /** Most turns at the s that is asked for; default 2000. */
  readonly turns?: number
}

/** Most pairs of points. */
const MOST_PAIRS = 2 ** 24

export class SampleBridge extends Drawable {
  readonly from: readonly Float64Array[]
  readonly to: readonly Float64Array[]
  /** π, row-major n × m, of sum 1. */
  readonly coupling: Float64Array
  readonly D: number
  readonly until: number
  readonly turns: number
  /** Σ|π − 1/n| over the points of the start; those of the end are met exactly. */
  readonly error: number
  readonly converged: boolean
  readonly notes: readonly string[]

  constructor(result: {
    readonly from: readonly Float64Array[]
    readonly to: readonly Float64Array[]
    readonly coupling: Float64Array
    readonly D: number
    readonly until: number
    readonly turns: number
    readonly error: number
    readonly converged: boolean
  }) {
    super()
    this.from = result.from
    this.to = result.to
    this.coupling = result.coupling
    this.D = result.D
    this.until = result.until
    this.turns = result.turns
    this.error = result.error
    this.converged = result.converged
    this.notes = [
      BRIDGE_NOTE,
      'The ends are the samples themselves, not the laws that they were drawn from.',
      ...(result.converged
        ? []
        : [
            `The turns were ended after ${result.turns}: the start is off by ${result.error.toExponential(1)}.`,
          ]),
    ]
  }

  /** Σ π |x − y|². */
  get cost(): number {
    const m = this.to[0].length
    return this.coupling.reduce((sum, p, at) => {
      const [i, j] = [Math.floor(at / m), at % m]
      return sum + p * this.from.reduce((square, x, d) => square + (x[i] - this.to[d][j]) ** 2, 0)
    }, 0)
  }

  /** Cov(X₀, X_T), row-major d × d: its rows are coordinates of X₀. */
  get crossCovariance(): Float64Array {
    const [n, m, d] = [this.from[0].length, this.to[0].length, this.from.length]
    const centred = (columns: readonly Float64Array[]): Float64Array[] =>
      columns.map((x) => {
        const mean = x.reduce((a, b) => a + b, 0) / x.length
        return x.map((v) => v - mean)
      })
    const [from, to] = [centred(this.from), centred(this.to)]
    const result = new Float64Array(d * d)
    for (let i = 0; i < n; i++)
      for (let e = 0; e < d; e++) {
        let along = 0
        for (let j = 0; j < m; j++) along += this.coupling[i * m + j] * to[e][j]
        for (let c = 0; c < d; c++) result[c * d + e] += from[c][i] * along
      }
    return result
  }

  /** Paths of the bridge: a pair of the coupling for each, and a Brownian bridge between its points. */
  paths(options: BridgePathsOptions = {}): Trajectories {
    const { count, steps, seed } = requirePaths(options)
    const stream = randomStream(seed)
    const m = this.to[0].length
    const sums = new Float64Array(this.coupling.length)
    let total = 0
    this.coupling.forEach((p, at) => {
      total += p
      sums[at] = total
    })
    const pairs = Array.from({ length: count }, () => firstAbove(sums, stream.uniform() * total))
    return brownianPaths(
      this.from.map((x) => Float64Array.from(pairs, (at) => x[Math.floor(at / m)])),
      this.to.map((y) => Float64Array.from(pairs, (at) => y[at % m])),
      this.D,
      this.until,
      steps,
      stream.at(1),
    )
  }

  override figure(): PanelsFigure {
    const names = coordinateNames(this.from.length)
    const paths = this.paths({ paths: 2000, steps: 40 })
    const slice = (k: number, d: number): Float64Array =>
      Float64Array.from({ length: paths.count }, (_, p) => paths.columns[d][p * paths.times.length + k])
    const at = (k: number): string => `t = ${short(paths.times[k])}`
    const labels = { x: { label: names[0] }, y: { label: names[1] ?? 'density' } }
    const onTheWay: Panel[] =
      names.length === 1
        ? [
            {
              type: 'lines',
              heading: 'On the way',
              ...labels,
              series: [0, 10, 20, 30, 40].map((k) => {
                const { centres, density } = histogramOf(slice(k, 0), 40)
                return { label: at(k), mark: 'steps', x: centres, y: density }
              }),
            },
          ]
        : [0, 20, 40].map((k) => ({
            type: 'lines',
            heading: at(k),
            ...labels,
            series: [{ label: 'samples', mark: 'points', x: slice(k, 0), y: slice(k, 1) }],
          }))
    return panelsFigure({
      title: 'Schrödinger bridge between samples',
      alt: this.toString(),
      seed: 1,
      panels: [...onTheWay, ...pathsPanel(paths, names, 'Paths')],
      notes: this.notes,
    })
  }

  /** A .npz archive: the coordinates of both ends, `from_x` and so on, and `coupling` of shape [n, m]. */
  override toNpz(): Uint8Array {
    const names = coordinateNames(this.from.length)
    const ends = { from: this.from, to: this.to }
    return writeNpz({
      ...Object.fromEntries(
        (['from', 'to'] as const).flatMap((end) =>
          names.map((name, d) => [`${end}_${name}`, column(ends[end][d])]),
        ),
      ),
      coupling: {
        dtype: 'float64',
        shape: [this.from[0].length, this.to[0].length],
        data: this.coupling,
      },
    })
  }

  override toString(): string {
    const { from, to, D, until, turns, error, cost } = this
    return [
      `Schrödinger bridge of ${from[0].length} and ${to[0].length} samples over T = ${until}, D = ${D}: ${turns} turns, start to ${error.toExponential(1)}, mean square way ${short(cost)}`,
      ...this.notes,
    ].join('\n')
  }
}

function firstAbove(sums: Float64Array, value: number): number {
  let [low, high] = [0, sums.length - 1]
  while (low < high) {
    const middle = (low + high) >> 1
    if (sums[middle] > value) high = middle
    else low = middle + 1
  }
  return low
}

/** Factor by which s falls from one stage to the next, and turns of a stage on the way. */
const FALL = 2
const STAGE_TURNS = 10
/** Turns between two looks at the ends. */
const LOOK = 5

/** @throws PsilabError `parameter` for what are no samples, `too-large` for more than 2²⁴ pairs of points */
export function sampleBridge(options: SampleBridgeOptions): SampleBridge {
  requireKeys('schrodingerBridge.samples', options, [
    'from',
    'to',
    'D',
    'until',
    'tolerance',
    'turns',
    'progress',
    'signal',
  ])
  requireDriving(options)
  const from = columnsOfData('from', options.from)
  const to = columnsOfData('to', options.to, from.length)
  const D = requireNumber('D', options.D ?? 0.5, 'a finite number > 0', (d) => d > 0)
  const until = requireNumber('until', options.until ?? 1, 'a finite number > 0', (t) => t > 0)
  const tolerance = requireNumber(
    'tolerance',
    options.tolerance ?? 1e-8,
    '1e-14 to 1',
    (e) => e >= 1e-14 && e <= 1,
  )
  const most = requireInteger('turns', options.turns ?? 2000, 1, 10_000_000)
  const [n, m] = [from[0].length, to[0].length]
  if (n * m > MOST_PAIRS)
    throw new PsilabError({
      code: 'too-large',
      parameter: 'from, to',
      problem: `${n} × ${m} pairs of points`,
      allowed: `up to ${MOST_PAIRS} pairs, such as 4096 × 4096`,
      got: n * m,
    })
  const s = 2 * D * until
  const rows = squares(from, to)
  const columns = squares(to, from)
  const largest = rows.reduce((top, c) => Math.max(top, c), 0)
  const watchman = new Watchman(0, most, options)
  const f = new Float64Array(n)
  const g = new Float64Array(m)
  // f and g are s times the potentials, which change little as s falls.
  for (let wide = largest; wide > FALL * s; wide /= FALL)
    for (let k = 0; k < STAGE_TURNS && !watchman.poll(0); k++) {
      halfTurn(f, g, rows, wide)
      halfTurn(g, f, columns, wide)
    }
  let [turns, error] = [0, Number.POSITIVE_INFINITY]
  while (turns < most && error > tolerance && !watchman.poll(turns)) {
    halfTurn(f, g, rows, s)
    halfTurn(g, f, columns, s)
    turns++
    if (turns % LOOK === 0 || turns === most) error = startError(f, g, rows, s)
  }
  if (error === Number.POSITIVE_INFINITY) error = startError(f, g, rows, s)
  watchman.report()
  const coupling = rows.map((c, at) => (f[Math.floor(at / m)] + g[at % m] - c / 2) / s)
  exponentials(coupling, coupling.length)
  for (let at = 0; at < coupling.length; at++) coupling[at] /= n * m
  return new SampleBridge({ from, to, coupling, D, until, turns, error, converged: error <= tolerance })
}

/** |x_i − y_j|², row-major. */
function squares(x: readonly Float64Array[], y: readonly Float64Array[]): Float64Array {
  const [n, m] = [x[0].length, y[0].length]
  const result = new Float64Array(n * m)
  for (let d = 0; d < x.length; d++)
    for (let i = 0; i < n; i++) for (let j = 0; j < m; j++) result[i * m + j] += (x[d][i] - y[d][j]) ** 2
  return result
}

/** f_i = −s ln( Σ_j e^{(g_j − c_ij/2)/s}/m ). */
function halfTurn(f: Float64Array, g: Float64Array, costs: Float64Array, s: number): void {
  const m = g.length
  const terms = new Float64Array(m)
  for (let i = 0; i < f.length; i++) f[i] = -s * logMean(g, costs, i * m, s, terms)
}

function logMean(g: Float64Array, costs: Float64Array, from: number, s: number, terms: Float64Array): number {
  let top = Number.NEGATIVE_INFINITY
  for (let j = 0; j < terms.length; j++) {
    const term = g[j] - costs[from + j] / 2
    terms[j] = term
    if (term > top) top = term
  }
  for (let j = 0; j < terms.length; j++) terms[j] = (terms[j] - top) / s
  exponentials(terms, terms.length)
  let sum = 0
  for (let j = 0; j < terms.length; j++) sum += terms[j]
  return top / s + Math.log(sum / terms.length)
}

/** Σ_i |Σ_j π_ij − 1/n|. */
function startError(f: Float64Array, g: Float64Array, costs: Float64Array, s: number): number {
  const terms = new Float64Array(g.length)
  return f.reduce(
    (sum, fi, i) => sum + Math.abs(Math.expm1(fi / s + logMean(g, costs, i * g.length, s, terms))) / f.length,
    0,
  )
}
