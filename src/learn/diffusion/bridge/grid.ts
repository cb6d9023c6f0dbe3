/**
 * The Schrödinger bridge with a potential, on a line: of all processes with given laws at 0 and T the nearest to diffusion
 * with killing at the rate ζ. Its law at any time is a product,
 *
 *   P = φ φ̂,   ∂φ̂/∂t = D∂²φ̂ − ζφ̂,   −∂φ/∂t = D∂²φ − ζφ,
 *
 * whose ends are found by turns (Fortet 1940; Sinkhorn 1964): φ̂₀ = ρ₀/(Kφ_T), φ_T = ρ_T/(Kφ̂₀), K = e^{−HT} the
 * imaginary-time propagator.
 *
 * The turns divide by Kφ where it is tiny, so K must be right relative to itself everywhere, and positive: it is a product
 * of short steps e^{−hζ/2} G_h e^{−hζ/2} with positive entries, which lose no digits to cancellation; their error O(h²)
 * is removed by extrapolating the logarithm from h and h/2, which keeps them positive.
 */
import { PsilabError, requireInteger, requireKeys, requireNumber } from '../../../error.js'
import { Drawable, type PanelsFigure, panelsFigure } from '../../../figure/index.js'
import { column, writeNpz } from '../../../interchange/index.js'
import { evaluateAt, type ObjectiveLike, objectiveFrom } from '../../../objective/index.js'
import { type DriveOptions, requireDriving, Watchman } from '../../../progress/index.js'
import { GaussianMixture } from '../mixture.js'
import { short } from '../samples.js'
import { BRIDGE_NOTE } from './note.js'

export interface GridBridgeOptions extends DriveOptions {
  /** The laws at the ends: mixtures on a line, or functions that are proportional to densities. */
  readonly from: GaussianMixture | ((x: number) => number)
  readonly to: GaussianMixture | ((x: number) => number)
  /** ζ; default 0. A constant in it plays no part. */
  readonly objective?: ObjectiveLike
  /** Diffusion coefficient; default ½. */
  readonly D?: number
  /** T; default 1. */
  readonly until?: number
  /** Box and number of its points; chosen from mixtures where left out. */
  readonly grid?: { readonly lower: number; readonly upper: number; readonly points?: number }
  /** Largest ∫|P − ρ| at the ends; default 1e-12. */
  readonly tolerance?: number
  /** Most turns; default 10 000. */
  readonly turns?: number
}

/** Times at which the law is kept: a power of 2. */
const FRAMES = 32
const POINTS = 320
const MOST_POINTS = 1024
/** Diffusion length of a short step over the spacing, at which sums over the grid are integrals to 1e-12. */
const RESOLVED = 1.7
/** Most halvings of the time of a frame: an error of h⁴ needs no more. */
const HALVINGS = 6
/** Standard deviations of the ends, and of the way between, that the box holds. */
const REACH = 6.5

export class GridBridge extends Drawable {
  readonly x: Float64Array
  /** 33 times from 0 to T. */
  readonly times: Float64Array
  /** P at each time, ∫P dx = 1. */
  readonly density: readonly Float64Array[]
  /** φ and φ̂ at each time; only their product has a unit. */
  readonly phi: readonly Float64Array[]
  readonly phiHat: readonly Float64Array[]
  readonly D: number
  /** Turns made, and ∫|P − ρ| that they left at the ends. */
  readonly turns: number
  readonly error: number
  readonly converged: boolean
  /** Change of ln K by the last halving of steps, before the extrapolation: its mean over the paths, summed over time. */
  readonly stepError: number
  readonly crossCovariance: number
  readonly notes: readonly string[]
  private readonly text: string

  constructor(result: GridBridgeResult) {
    super()
    this.x = result.x
    this.times = result.times
    this.density = result.density
    this.phi = result.phi
    this.phiHat = result.phiHat
    this.D = result.D
    this.turns = result.turns
    this.error = result.error
    this.converged = result.converged
    this.stepError = result.stepError
    this.crossCovariance = result.crossCovariance
    this.text = result.text
    const edge = edgeOf(result.density)
    this.notes = [
      BRIDGE_NOTE,
      ...(edge > EDGE
        ? [
            `Paths reach the ends of the box, where P is up to ${edge.toExponential(1)} of its peak, and are cut off there: on a wider grid the bridge is another.`,
          ]
        : []),
      ...(result.converged
        ? []
        : [
            `The turns were ended after ${result.turns}: the ends are off by ${result.error.toExponential(1)}.`,
          ]),
      ...(result.stepError > COARSE
        ? [
            `Halving the steps of the propagator changed it by ${result.stepError.toExponential(1)} along the paths, and extrapolation takes out most of that only. More points allow shorter steps.`,
          ]
        : []),
    ]
  }

  override figure(): PanelsFigure {
    const { times } = this
    const [from, to] = this.visible()
    const part = (rows: readonly Float64Array[]) => rows.map((row) => row.subarray(from, to))
    const x = this.x.subarray(from, to)
    const [density, phi, phiHat] = [part(this.density), part(this.phi), part(this.phiHat)]
    const last = times.length - 1
    const middle = last / 2
    return panelsFigure({
      title: 'Schrödinger bridge',
      alt: this.toString(),
      panels: [
        {
          type: 'lines',
          heading: 'P = φφ̂',
          x: { label: 'x' },
          y: { label: 'density' },
          series: [0, 1, 2, 3, 4].map((k) => ({
            label: `t = ${short(times[(k * last) / 4])}`,
            x,
            y: density[(k * last) / 4],
          })),
        },
        {
          type: 'field',
          heading: 'P over time',
          labels: ['t', 'x'],
          axes: [times, x],
          values: Float64Array.from(
            { length: times.length * x.length },
            (_, at) => density[Math.floor(at / x.length)][at % x.length],
          ),
          quantity: 'P',
        },
        {
          type: 'lines',
          heading: 'Half way: P and its factors',
          x: { label: 'x' },
          y: { label: 'of their largest values' },
          series: [
            { label: 'P', x, y: scaled(density[middle]) },
            { label: 'φ', x, y: scaled(phi[middle]) },
            { label: 'φ̂', x, y: scaled(phiHat[middle]) },
          ],
        },
      ],
      notes: this.notes,
    })
  }

  /** Indices between which P is seen at some time. */
  private visible(): readonly [number, number] {
    const most = this.x.map((_, i) => Math.max(...this.density.map((row) => row[i])))
    const least = SEEN * most.reduce((top, p) => Math.max(top, p), 0)
    return [most.findIndex((p) => p > least), most.findLastIndex((p) => p > least) + 1]
  }

  override toString(): string {
    return [
      `${this.text}: ${this.turns} turns, ends to ${this.error.toExponential(1)}, Cov(X₀, X_T) = ${short(this.crossCovariance)}`,
      ...this.notes,
    ].join('\n')
  }

  /** A .npz archive: `x`, `times`, and `density`, `phi`, `phi_hat` of shape [times, points]. */
  override toNpz(): Uint8Array {
    const { x, times } = this
    const stack = (rows: readonly Float64Array[]) => {
      const data = new Float64Array(times.length * x.length)
      rows.forEach((row, k) => {
        data.set(row, k * x.length)
      })
      return { dtype: 'float64' as const, shape: [times.length, x.length], data }
    }
    return writeNpz({
      x: column(x),
      times: column(times),
      density: stack(this.density),
      phi: stack(this.phi),
      phi_hat: stack(this.phiHat),
    })
  }
}

/** Largest P at the ends of the box, as a share of its peak at that time. */
function edgeOf(density: readonly Float64Array[]): number {
  return density.reduce((most, row) => {
    const peak = row.reduce((high, v) => Math.max(high, v), 0)
    return Math.max(most, row[0] / peak, row[row.length - 1] / peak)
  }, 0)
}

/** Share of P at the ends of the box above which it is said. */
const EDGE = 1e-6
/** Share of the largest P that is seen in a figure. */
const SEEN = 1e-4
/** Change of the propagator between steps h and h/2 above which it is said. */
const COARSE = 0.02

interface GridBridgeResult {
  readonly x: Float64Array
  readonly times: Float64Array
  readonly density: readonly Float64Array[]
  readonly phi: readonly Float64Array[]
  readonly phiHat: readonly Float64Array[]
  readonly D: number
  readonly turns: number
  readonly error: number
  readonly converged: boolean
  readonly stepError: number
  readonly crossCovariance: number
  readonly text: string
}

function scaled(values: Float64Array): Float64Array {
  const top = values.reduce((largest, v) => Math.max(largest, v), 0)
  return values.map((v) => v / top)
}

/**
 * @throws PsilabError `parameter` for options out of range, `resolution` where the grid cannot hold the ends or the time is
 * too short for it
 */
export function gridBridge(options: GridBridgeOptions): GridBridge {
  requireKeys('schrodingerBridge.grid', options, [
    'from',
    'to',
    'objective',
    'D',
    'until',
    'grid',
    'tolerance',
    'turns',
    'progress',
    'signal',
  ])
  requireDriving(options)
  const D = requireNumber('D', options.D ?? 0.5, 'a finite number > 0', (d) => d > 0)
  const until = requireNumber('until', options.until ?? 1, 'a finite number > 0', (t) => t > 0)
  const tolerance = requireNumber(
    'tolerance',
    options.tolerance ?? 1e-12,
    '1e-14 to 1',
    (e) => e >= 1e-14 && e <= 1,
  )
  const most = requireInteger('turns', options.turns ?? 10_000, 1, 10_000_000)
  const x = pointsOf(options, D, until)
  const spacing = x[1] - x[0]
  const [start, end] = [densityOn('from', options.from, x, spacing), densityOn('to', options.to, x, spacing)]
  const objective = objectiveFrom(options.objective ?? '0')
  const { frame, change } = frameKernel(evaluateAt(objective, [x]), x, D, until / FRAMES)
  let whole = frame
  for (let k = 1; k < FRAMES; k *= 2) whole = product(whole, whole, x.length)
  const watchman = new Watchman(0, most, options)
  let hat: Float64Array = new Float64Array(x.length).fill(1)
  let top: Float64Array = new Float64Array(x.length)
  let [turns, error] = [0, Number.POSITIVE_INFINITY]
  while (turns < most && error > tolerance && (turns === 0 || !watchman.poll(turns))) {
    top = quotient(end, applied(whole, hat))
    const arrived = applied(whole, top)
    error = start.reduce((sum, p, i) => sum + Math.abs(hat[i] * arrived[i] - p) * spacing, 0)
    hat = quotient(start, arrived)
    turns++
  }
  watchman.report()
  const phiHat = [hat]
  const phi = [top]
  for (let k = 0; k < FRAMES; k++) {
    phiHat.push(applied(frame, phiHat[k]))
    phi.unshift(applied(frame, phi[0]))
  }
  const density = phi.map((row, k) => row.map((v, i) => v * phiHat[k][i]))
  return new GridBridge({
    x,
    times: Float64Array.from({ length: FRAMES + 1 }, (_, k) => (until * k) / FRAMES),
    density,
    phi,
    phiHat,
    D,
    turns,
    error,
    converged: error <= tolerance,
    stepError: alongPaths(change, frame, phiHat, phi),
    crossCovariance: crossCovarianceOf(whole, hat, top, x, spacing),
    text: `Schrödinger bridge on ${x.length} points, ζ = ${objective.text}, D = ${D}, T = ${until}`,
  })
}

/** Cov(X₀, X_T) under φ̂₀(x) K(x, y) φ_T(y). */
function crossCovarianceOf(
  whole: Float64Array,
  hat: Float64Array,
  top: Float64Array,
  x: Float64Array,
  spacing: number,
): number {
  const n = x.length
  let [total, mean0, mean1, both] = [0, 0, 0, 0]
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) {
      const p = hat[i] * whole[i * n + j] * top[j] * spacing
      total += p
      mean0 += p * x[i]
      mean1 += p * x[j]
      both += p * x[i] * x[j]
    }
  return both / total - (mean0 / total) * (mean1 / total)
}

function pointsOf({ from, to, grid }: GridBridgeOptions, D: number, until: number): Float64Array {
  if (grid !== undefined) {
    requireKeys('grid', grid, ['lower', 'upper', 'points'])
    const lower = requireNumber('grid.lower', grid.lower, 'a finite number', () => true)
    const upper = requireNumber('grid.upper', grid.upper, `a finite number > ${lower}`, (u) => u > lower)
    const points = requireInteger('grid.points', grid.points ?? POINTS, 16, MOST_POINTS)
    return Float64Array.from({ length: points }, (_, i) => lower + ((upper - lower) * i) / (points - 1))
  }
  if (!(from instanceof GaussianMixture && to instanceof GaussianMixture))
    throw new PsilabError({
      code: 'parameter',
      parameter: 'grid',
      problem: 'missing: functions do not tell where they are large',
      allowed: '{ lower, upper }',
    })
  // Half way a Brownian bridge has spread by √(DT/2).
  const ends = [from, to].flatMap(({ components }) =>
    components.flatMap(({ mean, variances }) => {
      const reach = REACH * Math.sqrt(variances[0] + (D * until) / 2)
      return [mean[0] - reach, mean[0] + reach]
    }),
  )
  const [lower, upper] = [Math.min(...ends), Math.max(...ends)]
  return Float64Array.from({ length: POINTS }, (_, i) => lower + ((upper - lower) * i) / (POINTS - 1))
}

/** Share of a law beyond the box that is not noticed. */
const OUTSIDE = 1e-8

function densityOn(
  parameter: string,
  law: GridBridgeOptions['from'],
  x: Float64Array,
  spacing: number,
): Float64Array {
  const isMixture = law instanceof GaussianMixture
  if (!isMixture && typeof law !== 'function')
    throw new PsilabError({
      code: 'parameter',
      parameter,
      problem: 'not a law on a line',
      allowed: 'a mixture, or a function x ↦ density',
      got: law,
    })
  if (isMixture && law.dimension !== 1)
    throw new PsilabError({
      code: 'parameter',
      parameter,
      problem: `a law in ${law.dimension} dimensions`,
      allowed: 'one dimension; schrodingerBridge.samples takes points in any',
    })
  const density = isMixture ? law.density([x]) : x.map((at) => law(at))
  const bad = density.findIndex((p) => !(p >= 0 && Number.isFinite(p)))
  const mass = density.reduce((sum, p) => sum + p * spacing, 0)
  const [first, last] = [x[0], x[x.length - 1]]
  const outside = isMixture ? law.cumulative(first) + 1 - law.cumulative(last) : 0
  if (bad >= 0 || !(mass > 0) || outside > OUTSIDE)
    throw new PsilabError({
      code: 'resolution',
      parameter,
      problem:
        bad >= 0 ? `the density is ${density[bad]} at x = ${x[bad]}` : 'the grid does not hold the law',
      allowed: 'a density ≥ 0 that lies in the box',
      got: `${outside.toExponential(1)} outside ${short(first)} to ${short(last)}`,
    })
  return density.map((p) => p / mass)
}

/** K of the time of a frame, with the weight of a point: extrapolated from steps h and h/2. */
function frameKernel(zeta: Float64Array, x: Float64Array, D: number, time: number) {
  const n = x.length
  const spacing = x[1] - x[0]
  const isFree = zeta.every((z) => z === zeta[0])
  const shortest = (RESOLVED * spacing) ** 2 / (2 * D)
  const halvings = Math.min(HALVINGS, Math.floor(Math.log2(time / shortest)))
  if (halvings < (isFree ? 0 : 1))
    throw new PsilabError({
      code: 'resolution',
      parameter: 'until',
      problem: 'particles move less than the spacing of the grid within a frame',
      allowed: `D·until of at least ${short(FRAMES * D * shortest * (isFree ? 1 : 2))} on this grid`,
      got: D * time * FRAMES,
      advice: 'Take more points, a smaller box, or a larger D.',
    })
  if (isFree) return { frame: stepKernel(zeta, x, D, time), change: undefined }
  const powered = (halved: number): Float64Array => {
    let kernel = stepKernel(zeta, x, D, time / 2 ** halved)
    for (let k = 0; k < halved; k++) kernel = product(kernel, kernel, n)
    return kernel
  }
  const [coarse, fine] = [powered(halvings - 1), powered(halvings)]
  const change = fine.map((k, at) => (k === 0 || coarse[at] === 0 ? 0 : Math.log(k / coarse[at])))
  return { frame: fine.map((k, at) => k * Math.exp(change[at] / 3)), change }
}

/** Σ over frames of ⟨|change|⟩ under the law of two neighbouring times. */
function alongPaths(
  change: Float64Array | undefined,
  frame: Float64Array,
  phiHat: readonly Float64Array[],
  phi: readonly Float64Array[],
): number {
  if (change === undefined) return 0
  const n = phi[0].length
  let sum = 0
  for (let k = 0; k + 1 < phi.length; k++) {
    let [moved, total] = [0, 0]
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) {
        const p = phiHat[k][i] * frame[i * n + j] * phi[k + 1][j]
        total += p
        moved += p * Math.abs(change[i * n + j])
      }
    sum += moved / total
  }
  return sum
}

/** e^{−hζ/2} G_h e^{−hζ/2} dx, ζ counted from its least value. */
function stepKernel(zeta: Float64Array, x: Float64Array, D: number, h: number): Float64Array {
  const n = x.length
  const least = zeta.reduce((low, z) => Math.min(low, z), Number.POSITIVE_INFINITY)
  const half = zeta.map((z) => Math.exp((-h * (z - least)) / 2))
  const factor = (x[1] - x[0]) / Math.sqrt(4 * Math.PI * D * h)
  return Float64Array.from({ length: n * n }, (_, at) => {
    const [i, j] = [Math.floor(at / n), at % n]
    return factor * half[i] * half[j] * Math.exp(-((x[i] - x[j]) ** 2) / (4 * D * h))
  })
}

/** A·B of symmetric matrices, read along rows alone. */
function product(a: Float64Array, b: Float64Array, n: number): Float64Array {
  const c = new Float64Array(n * n)
  for (let i = 0; i < n; i++)
    for (let k = 0; k < n; k++) {
      const factor = a[i * n + k]
      if (factor === 0) continue
      const [to, from] = [i * n, k * n]
      for (let j = 0; j < n; j++) c[to + j] += factor * b[from + j]
    }
  return c
}

function applied(kernel: Float64Array, vector: Float64Array): Float64Array {
  const n = vector.length
  const result = new Float64Array(n)
  for (let i = 0; i < n; i++) {
    let sum = 0
    for (let j = 0; j < n; j++) sum += kernel[i * n + j] * vector[j]
    result[i] = sum
  }
  return result
}

/** ρ/φ, 0 where ρ is. */
function quotient(density: Float64Array, factor: Float64Array): Float64Array {
  return density.map((p, i) => {
    if (p === 0) return 0
    const value = p / factor[i]
    if (Number.isFinite(value)) return value
    throw new PsilabError({
      code: 'resolution',
      parameter: 'D',
      problem: 'the ends are too far apart for the diffusion: the propagator between them is below 1e-308',
      allowed: 'a larger D·until, or ends that are nearer',
    })
  })
}
