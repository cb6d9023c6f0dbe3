/**
 * Path-integral Monte Carlo: the thermal state of −D∇² + ζ at inverse temperature β as the classical statistics of
 * closed paths of P beads, Z = lim_{P→∞} ∫ Π d^dx_i (4πDε)^{−d/2} e^{−S}, ε = β/P, S of `paths.ts`.
 *
 * What is sampled is the P-bead number; what P → ∞ would change in it falls as P⁻². To leading order the free energy of
 * P beads lies (ε²D/12)⟨|∇ζ|²⟩ below that of the limit (Takahashi and Imada, J. Phys. Soc. Jpn. 53, 3765 (1984)).
 *
 * The mean energy −∂ ln Z_P/∂β has two estimators of one mean,
 *
 *   d/2ε − ⟨|x_{i+1} − x_i|²⟩/4Dε² + ⟨ζ⟩                        thermodynamic,
 *   d/2β + ⟨ζ + ½(x_i − x̄)·∇ζ(x_i)⟩,  x̄ the path's centre       virial,
 *
 * of which the first scatters ever more as P grows (Herman, Bruskin and Berne, J. Chem. Phys. 76, 5150 (1982)).
 */
import { PsilabError, requireInteger, requireKeys, requireNumber } from '../../error.js'
import { Drawable, type PanelsFigure, panelsFigure } from '../../figure/index.js'
import { columnsOf, type Grid } from '../../grid/index.js'
import { column, writeCsv, writeNpz } from '../../interchange/index.js'
import { blocking, type MeanEstimate, type RandomStream, randomStream } from '../../numeric/index.js'
import { gradientOf, type Objective, type ObjectiveLike, objectiveFrom } from '../../objective/index.js'
import { type DriveOptions, requireDriving, Watchman } from '../../progress/index.js'
import { Histogram } from './histogram.js'
import { Paths } from './paths.js'

/** What moves, and in which ζ: a problem of `qde`, or an objective and D. */
export interface ThermalSystem {
  readonly objective: ObjectiveLike
  readonly D: number
  /** Where paths may start; a problem has one. */
  readonly grid?: Grid
}

export interface PathIntegralOptions extends DriveOptions {
  /** Inverse temperature β = 1/T > 0, in the unit of 1/ζ. */
  readonly beta: number
  /** Beads P of a path, 1 (classical) to 4096; default 32. */
  readonly beads?: number
  /** Paths that are measured, in all chains together; default 32 768. */
  readonly samples?: number
  /** Independent chains; default 64. Chain c draws from the stream (seed, c) alone. */
  readonly chains?: number
  /** Passes of each chain before it is measured, in which the length of shifts is found; default a quarter as many as are measured, at least 200. */
  readonly burnIn?: number
  /** Where every chain starts; default: places of the problem's grid drawn from e^{−βζ}, else a known minimum, else 0. */
  readonly start?: readonly number[]
  /** Seed of the random numbers; default 1. */
  readonly seed?: number
}

/** Numbers that one run may hold. */
const MOST_NUMBERS = 2 ** 26

/**
 * Means over the thermal state by path-integral Monte Carlo, with standard errors.
 *
 * Paths move in the whole space: walls or a ring of a problem are not known to them.
 * @throws PsilabError `parameter` for options out of range, `too-large` for more beads or samples than fit into memory,
 * `not-finite` where ζ is no number at a start, `not-confining` where ζ does not rise far away
 * @example
 * pathIntegral(qde({ objective: 'x^2/2', D: 0.5 }), { beta: 5, beads: 16 }).energy // mean 0.5008…, error 0.001…
 */
export function pathIntegral(given: ThermalSystem, options: PathIntegralOptions): PathIntegral {
  const system = systemOf(given)
  requireKeys('pathIntegral', options, [
    'beta',
    'beads',
    'samples',
    'chains',
    'burnIn',
    'start',
    'seed',
    'progress',
    'signal',
  ])
  requireDriving(options)
  const beta = requireNumber(
    'beta',
    options.beta,
    'a finite number > 0',
    (v) => v > 0,
    'For example beta: 1.',
  )
  const beads = requireInteger('beads', options.beads ?? 32, 1, 4096)
  const chains = requireInteger('chains', options.chains ?? 64, 1, 2 ** 16)
  const samples = requireInteger('samples', options.samples ?? 2 ** 15, chains, 2 ** 32)
  const passes = Math.ceil(samples / chains)
  const burnIn = requireInteger(
    'burnIn',
    options.burnIn ?? Math.max(200, Math.ceil(passes / 4)),
    0,
    Number.MAX_SAFE_INTEGER,
  )
  const seed = requireInteger('seed', options.seed ?? 1, 0, Number.MAX_SAFE_INTEGER)
  const d = system.objective.variables.length
  const numbers = chains * (passes * (2 * d + 4) + 6 * beads * d)
  if (numbers > MOST_NUMBERS)
    throw new PsilabError({
      code: 'too-large',
      parameter: 'samples',
      problem: `a run of ${chains} chains of ${beads} beads and ${passes} samples each holds ${numbers} numbers`,
      allowed: `at most ${MOST_NUMBERS}`,
      got: samples,
      advice: 'Take fewer samples, or several runs with seeds of their own.',
    })
  const streams = Array.from({ length: chains }, (_, c) => randomStream(seed, c))
  const { objective, D } = system
  const start = startOf(system, beta, streams, options.start)
  const paths = new Paths({ objective, D, beta, beads, streams, start })
  requireFinite(objective, start, paths.zeta, beads)
  requireConfinement(objective, D, beta, start)
  const watch = new Watchman(0, burnIn + passes, options)
  for (let k = 0; k < burnIn && !watch.poll(k); k++) paths.pass(true)
  const measured = new Measurement(system, beta, beads, chains, passes, paths)
  const run = { beta, beads, chains, samples: passes * chains, seed, measured, paths }
  watch.snapshot = () =>
    measured.passes === 0 ? undefined : new PathIntegral(system, { ...run, isRunning: true }).figure()
  while (measured.passes < passes && !watch.poll(burnIn + measured.passes)) {
    paths.pass(false)
    measured.take(paths)
  }
  watch.report()
  return new PathIntegral(system, run)
}

/** A system whose ζ is an objective. */
interface System extends ThermalSystem {
  readonly objective: Objective
}

function systemOf(given: ThermalSystem): System {
  const { objective, D, grid } = (given ?? {}) as Partial<ThermalSystem>
  if (objective === undefined)
    throw new PsilabError({
      code: 'parameter',
      parameter: 'system',
      problem: 'neither a problem, nor an objective and D',
      allowed: 'what qde returns, or { objective, D }',
      got: given,
      advice: "For example { objective: 'x^2/2', D: 0.5 }.",
    })
  return {
    objective: objectiveFrom(objective),
    D: requireNumber('D', D, 'a finite number > 0', (d) => d > 0),
    ...(grid && { grid }),
  }
}

/** Places at which chains start, one array a coordinate. */
function startOf(
  { objective, grid }: System,
  beta: number,
  streams: readonly RandomStream[],
  given: readonly number[] | undefined,
): Float64Array[] {
  const { variables, minima } = objective
  if (given === undefined && grid !== undefined) return boltzmannPlaces(objective, grid, beta, streams)
  const point = given ?? minima?.[0]?.point ?? variables.map(() => 0)
  if (!Array.isArray(point) || point.length !== variables.length || !point.every(Number.isFinite))
    throw new PsilabError({
      code: 'parameter',
      parameter: 'start',
      problem: 'not a place',
      allowed: `one finite number for each of ${variables.join(', ')}`,
      got: given,
    })
  return point.map((x: number) => new Float64Array(streams.length).fill(x))
}

/** Points of a grid drawn from e^{−βζ}, one a chain. */
function boltzmannPlaces(
  objective: Objective,
  grid: Grid,
  beta: number,
  streams: readonly RandomStream[],
): Float64Array[] {
  const columns = columnsOf(grid, 0, grid.size)
  const zeta = objective.evaluate(columns).map((v) => (Number.isFinite(v) ? v : Number.POSITIVE_INFINITY))
  const least = zeta.reduce((low, v) => Math.min(low, v), Number.POSITIVE_INFINITY)
  let sum = 0
  const cumulated = zeta.map((v) => {
    sum += Math.exp(-beta * (v - least))
    return sum
  })
  const chosen = streams.map((stream) => firstAbove(cumulated, stream.uniform() * sum))
  return columns.map((column) => Float64Array.from(chosen, (i) => column[i]))
}

/** Index of the first number of a rising list above a value. */
function firstAbove(rising: Float64Array, value: number): number {
  let [low, high] = [0, rising.length - 1]
  while (low < high) {
    const middle = (low + high) >> 1
    if (rising[middle] > value) high = middle
    else low = middle + 1
  }
  return low
}

function requireFinite(
  { variables }: Objective,
  start: readonly Float64Array[],
  zeta: Float64Array,
  beads: number,
): void {
  const bad = zeta.findIndex((v) => !Number.isFinite(v))
  if (bad < 0) return
  const c = Math.floor(bad / beads)
  throw new PsilabError({
    code: 'not-finite',
    parameter: 'start',
    problem: `ζ is ${zeta[bad]} at ${variables.map((v, d) => `${v} = ${start[d][c]}`).join(', ')}, where a chain starts`,
    allowed: 'a place at which ζ is a finite number',
    advice: 'Give start: one number a coordinate.',
  })
}

/** Distances, in thermal wavelengths and powers of ten, at which ζ must have risen. */
const FAR = [10, 8, 6, 4]

/** Refuses a ζ along which paths run away: Z exists where e^{−βζ} rᵈ falls along every axis and its diagonals. */
function requireConfinement(
  objective: Objective,
  D: number,
  beta: number,
  start: readonly Float64Array[],
): void {
  const { variables, text } = objective
  const d = variables.length
  const centre = start.map((places) => places.reduce((sum, x) => sum + x, 0) / places.length)
  const size = start.reduce(
    (most, places, k) => places.reduce((m, x) => Math.max(m, Math.abs(x - centre[k])), most),
    Math.sqrt(2 * D * beta),
  )
  const directions = variables.flatMap((_, i) => {
    const axis = variables.map((__, k) => (k === i ? 1 : 0))
    const diagonals = variables
      .slice(0, i)
      .flatMap((__, j) => [1, -1].map((sign) => axis.map((v, k) => (k === j ? sign : v))))
    return [axis, ...diagonals].flatMap((u) => [u, u.map((v) => -v)])
  })
  const at = (reach: number): Float64Array =>
    objective.evaluate(centre.map((x, k) => Float64Array.from(directions, (u) => x + size * reach * u[k])))
  const [here] = objective.evaluate(start.map((places) => places.subarray(0, 1)))
  const far = FAR.map((power) => ({ power, zeta: at(10 ** power) }))
  directions.forEach((u, n) => {
    // Where ζ is no number, paths do not come.
    const seen = far.find(({ zeta }) => !Number.isNaN(zeta[n]))
    if (seen === undefined || beta * (seen.zeta[n] - here) > d * seen.power * Math.LN10) return
    throw new PsilabError({
      code: 'not-confining',
      parameter: 'objective',
      problem: `ζ = ${text} does not confine along (${u.join(', ')}), so paths run away and Z does not exist`,
      allowed: 'an objective that rises on all sides',
      advice: 'Add a confining term such as 0.1*x^4.',
    })
  })
}

/** Observables of each chain, pass by pass. */
class Measurement {
  passes = 0
  readonly histograms: readonly Histogram[]
  private readonly series: Readonly<Record<Observable, readonly Float64Array[]>>
  private readonly places: readonly (readonly Float64Array[])[]
  private readonly squares: readonly (readonly Float64Array[])[]
  private readonly gradient: (columns: readonly Float64Array[]) => Float64Array[]

  private readonly D: number
  private readonly beta: number
  private readonly beads: number
  private readonly chains: number

  constructor(
    { objective, D }: System,
    beta: number,
    beads: number,
    chains: number,
    passes: number,
    paths: Paths,
  ) {
    this.D = D
    this.beta = beta
    this.beads = beads
    this.chains = chains
    const empty = (): Float64Array[] => Array.from({ length: chains }, () => new Float64Array(passes))
    this.series = { zeta: empty(), virial: empty(), thermodynamic: empty(), trotter: empty() }
    this.places = objective.variables.map(empty)
    this.squares = objective.variables.map(empty)
    this.gradient = gradientOf(objective)
    this.histograms = paths.beads.map((column) => new Histogram(column))
  }

  take({ beads: columns, zeta }: Paths): void {
    const { D, beta, beads: P, series } = this
    const epsilon = beta / P
    const slopes = this.gradient(columns)
    const k = this.passes++
    for (let c = 0; c < this.chains; c++) {
      const from = c * P
      let potential = 0
      for (let i = from; i < from + P; i++) potential += zeta[i]
      let [links, virial, slope] = [0, 0, 0]
      columns.forEach((x, d) => {
        let [sum, square] = [0, 0]
        let before = x[from + P - 1]
        for (let i = from; i < from + P; i++) {
          sum += x[i]
          square += x[i] * x[i]
          links += (x[i] - before) ** 2
          before = x[i]
        }
        const centre = sum / P
        for (let i = from; i < from + P; i++) {
          virial += (x[i] - centre) * slopes[d][i]
          slope += slopes[d][i] ** 2
        }
        this.places[d][c][k] = centre
        this.squares[d][c][k] = square / P
      })
      const dimension = columns.length
      series.zeta[c][k] = potential / P
      series.virial[c][k] = dimension / (2 * beta) + (potential + virial / 2) / P
      series.thermodynamic[c][k] =
        dimension / (2 * epsilon) - links / (4 * D * epsilon * epsilon * P) + potential / P
      series.trotter[c][k] = (epsilon * epsilon * D * slope) / (12 * P)
    }
    columns.forEach((x, d) => {
      this.histograms[d].add(x)
    })
  }

  mean(of: Observable): MeanEstimate {
    return this.estimate(this.series[of])
  }

  place(d: number): MeanEstimate {
    return this.estimate(this.places[d])
  }

  square(d: number): MeanEstimate {
    return this.estimate(this.squares[d])
  }

  private estimate(series: readonly Float64Array[]): MeanEstimate {
    return blocking(series.map((chain) => chain.subarray(0, this.passes)))
  }
}

type Observable = 'zeta' | 'virial' | 'thermodynamic' | 'trotter'

interface Run {
  readonly beta: number
  readonly beads: number
  readonly chains: number
  readonly samples: number
  readonly seed: number
  readonly measured: Measurement
  readonly paths: Paths
  /** Whether more is measured: no word on what is not converged yet. */
  readonly isRunning?: boolean
}

/** Means over paths of P beads, each with its standard error. */
export class PathIntegral extends Drawable {
  /** Names of the coordinates. */
  readonly variables: readonly string[]
  readonly D: number
  readonly beta: number
  /** Beads P of a path. */
  readonly beads: number
  readonly chains: number
  /** Paths measured, in all chains together. */
  readonly samples: number
  readonly seed: number
  /** Whether all the samples asked for were taken. */
  readonly complete: boolean
  /** ⟨x⟩ and ⟨x²⟩ of a bead, one a coordinate. */
  readonly position: readonly MeanEstimate[]
  readonly square: readonly MeanEstimate[]
  /** ⟨ζ⟩, in the unit of ζ. */
  readonly zeta: MeanEstimate
  /** Mean energy by the virial estimator, in the unit of ζ. */
  readonly energy: MeanEstimate
  /** The same mean by the thermodynamic estimator. */
  readonly thermodynamicEnergy: MeanEstimate
  /** What P → ∞ adds to the free energy, to leading order in 1/P², in the unit of ζ. */
  readonly trotter: MeanEstimate
  /** Share of moves taken. */
  readonly acceptance: { readonly segments: number; readonly shifts: number }
  /** ρ(x, x) of each coordinate: middles of bins, and the density of beads in them. */
  readonly density: readonly { readonly x: Float64Array; readonly density: Float64Array }[]
  /** What is not converged, and what the numbers are not. */
  readonly notes: readonly string[]
  private readonly objective: Objective

  constructor({ objective, D }: System, run: Run) {
    super()
    const { measured, paths } = run
    this.objective = objective
    this.variables = objective.variables
    this.D = D
    this.beta = run.beta
    this.beads = run.beads
    this.chains = run.chains
    this.samples = measured.passes * run.chains
    this.seed = run.seed
    this.complete = this.samples === run.samples
    this.position = this.variables.map((_, d) => measured.place(d))
    this.square = this.variables.map((_, d) => measured.square(d))
    this.zeta = measured.mean('zeta')
    this.energy = measured.mean('virial')
    this.thermodynamicEnergy = measured.mean('thermodynamic')
    this.trotter = measured.mean('trotter')
    const { tried, taken } = paths
    this.acceptance = {
      segments: taken.segments / tried.segments,
      shifts: taken.shifts / tried.shifts,
    }
    this.density = measured.histograms.map((histogram) => histogram.density())
    this.notes = run.isRunning ? [] : this.limits()
  }

  private limits(): string[] {
    const { trotter, zeta, energy, square, position, samples, beads } = this
    if (samples === 0) return ['Stopped before anything was measured.']
    const notes = [
      `These are means over paths of ${beads} ${beads === 1 ? 'bead' : 'beads'}: in the limit of many the free energy is about ${trotter.mean.toPrecision(2)} higher, which falls as 1/P².`,
    ]
    if (!this.complete)
      notes.push(`Stopped after ${samples} paths: the errors are those of what was sampled.`)
    if (![zeta, energy, ...square, ...position].every(({ settled }) => settled))
      notes.push(
        'Some series remember longer than their blocks: their errors are lower bounds. Wells that paths seldom leave show so, or not at all.',
      )
    if (square.some(({ autocorrelation }) => autocorrelation > (samples / this.chains) * SLOW))
      notes.push('The chains are short for their memory: take more samples, or fewer chains.')
    return notes
  }

  /** One row: each mean with its error and autocorrelation time in passes. */
  override toCsv(): string {
    const rows = this.rows()
    return writeCsv(
      Object.fromEntries(
        rows.flatMap(([name, { mean, error, autocorrelation }]) => [
          [name, [mean]],
          [`error of ${name}`, [error]],
          [`autocorrelation of ${name}`, [autocorrelation]],
        ]),
      ),
    )
  }

  /** A .npz archive: for each coordinate `x` the middles of bins, `density_x`, and `mean_x`, `mean_x2` as mean and error. */
  override toNpz(): Uint8Array {
    const mean = ({ mean, error }: MeanEstimate) => column(Float64Array.of(mean, error))
    return writeNpz({
      ...Object.fromEntries(
        this.variables.flatMap((name, d) => [
          [name, column(this.density[d].x)],
          [`density_${name}`, column(this.density[d].density)],
          [`mean_${name}`, mean(this.position[d])],
          [`mean_${name}2`, mean(this.square[d])],
        ]),
      ),
      zeta: mean(this.zeta),
      energy: mean(this.energy),
      energy_thermodynamic: mean(this.thermodynamicEnergy),
    })
  }

  override figure(): PanelsFigure {
    const { variables, beta, beads, seed, density, notes } = this
    const classical =
      variables.length === 1 ? classicalDensity(this.objective, beta, density[0].x) : undefined
    return panelsFigure({
      title: `Path integral of ${beads} beads, β = ${shown(beta)}`,
      alt: `Where the beads of closed paths are at inverse temperature ${shown(beta)}, and means over them: ${this.summary()}`,
      seed,
      notes,
      panels: [
        {
          type: 'lines',
          heading: 'Density of beads ρ(x, x)',
          x: { label: variables.join(', ') },
          y: { label: 'density' },
          series: [
            ...density.map(({ x, density: y }, d) => ({
              label: `along ${variables[d]}`,
              mark: 'line' as const,
              x,
              y,
            })),
            ...(classical === undefined
              ? []
              : [
                  {
                    label: 'classical, exp(−βζ)/Z',
                    role: 'reference' as const,
                    x: density[0].x,
                    y: classical,
                  },
                ]),
          ],
        },
        {
          type: 'table',
          heading: `Means of ${this.samples} paths in ${this.chains} chains`,
          columns: [
            { label: 'mean' },
            { label: 'value', align: 'right' },
            { label: 'standard error', align: 'right' },
            { label: 'autocorrelation time in passes', align: 'right' },
          ],
          rows: this.rows().map(([name, { mean, error, autocorrelation }]) => [
            name,
            signed(mean.toFixed(decimals(error))),
            error.toPrecision(2),
            autocorrelation.toPrecision(2),
          ]),
        },
      ],
    })
  }

  override toString(): string {
    return [this.summary(), ...this.notes].join('\n')
  }

  private summary(): string {
    const means = this.rows().map(([name, { mean, error }]) => {
      const places = decimals(error)
      return `${name} = ${signed(mean.toFixed(places))} ± ${error.toFixed(places)}`
    })
    return `${this.beads} beads, β = ${shown(this.beta)}: ${means.join(', ')} (${this.samples} paths)`
  }

  private rows(): readonly (readonly [string, MeanEstimate])[] {
    return [
      ...this.variables.flatMap((v, d) => [
        [`⟨${v}⟩`, this.position[d]] as const,
        [`⟨${v}²⟩`, this.square[d]] as const,
      ]),
      ['⟨ζ⟩', this.zeta],
      ['U (virial)', this.energy],
      ['U (thermodynamic)', this.thermodynamicEnergy],
    ]
  }
}

/** Share of a chain that its memory may be. */
const SLOW = 0.02

/** With the sign that is as wide as a digit. */
const signed = (text: string): string => text.replace('-', '−')

/** Places after the point that show two digits of an error. */
function decimals(error: number): number {
  return error > 0 ? Math.min(15, Math.max(0, 1 - Math.floor(Math.log10(error)))) : 6
}

function shown(value: number): string {
  return String(Number(value.toPrecision(6)))
}

/** e^{−βζ} at equidistant places, normalised over them. */
function classicalDensity(objective: Objective, beta: number, x: Float64Array): Float64Array {
  const zeta = objective.evaluate([x])
  const least = zeta.reduce((low, v) => Math.min(low, v), Number.POSITIVE_INFINITY)
  const weights = zeta.map((v) => Math.exp(-beta * (v - least)))
  const total = weights.reduce((a, b) => a + b, 0) * (x[1] - x[0])
  return weights.map((w) => w / total)
}
