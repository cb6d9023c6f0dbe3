/**
 * What is read off ψ during a run, at the recorded times or more densely:
 *
 *   ⟨H⟩ = (Σ_κ Dκ²|c_κ|² + Σ ζ|ψ|²)/‖ψ‖²,   ∫j dx/‖ψ‖² = 2D Im⟨ψ|∂ψ/∂x⟩/‖ψ‖² ,
 *
 * the latter 2D Σ_κ κ|c_κ|²/‖ψ‖² on a ring, whose outermost mode stands for both signs of κ.
 */
import { PsilabError } from '../../error.js'
import { derivative, type Grid, layerWeights, modeWeights, type WaveFunction } from '../../grid/index.js'
import type { Hamiltonian } from '../hamiltonian.js'
import type { Sample } from '../propagation/index.js'
import { type Flux, fluxThrough, type Plane } from './flux.js'

/** A quantity of one's own: a number for each state. */
export type Observable = (state: WaveFunction, s: number) => number

/** What a run says about ψ at one time. */
export interface Observation {
  readonly time: number
  /** ψ as recorded: as evolved in real time, normalised otherwise. */
  readonly state: WaveFunction
  /** ln ‖ψ‖ of the unnormalised solution. */
  readonly logNorm: number
  /** ⟨H⟩. */
  readonly energy: number
  /** Mean and variance of each coordinate (Born). */
  readonly mean: readonly number[]
  readonly variance: readonly number[]
  /** ∫j dx/‖ψ‖² along each axis: the mean velocity 2D⟨k⟩. */
  readonly current: readonly number[]
  /** Probability that flows through the plane of the option `flux` in a unit of time, where that was given. */
  readonly flux?: number
  /** ⟨ψ(0)|ψ(s)⟩ of the states as recorded: real and imaginary part. */
  readonly survival: readonly [re: number, im: number]
  /** The observables of one's own, by name. */
  readonly own: Readonly<Record<string, number>>
}

/** What is kept of an observation. */
export type Row = Omit<Observation, 'state'>

/** The same at many times: one number a time. */
export interface Samples {
  readonly times: Float64Array
  /** ‖ψ‖ of the unnormalised solution; its logarithm neither under- nor overflows. */
  readonly norm: Float64Array
  readonly logNorm: Float64Array
  readonly energy: Float64Array
  /** One array an axis. */
  readonly mean: readonly Float64Array[]
  readonly variance: readonly Float64Array[]
  readonly current: readonly Float64Array[]
  readonly flux?: Float64Array
  /** Interleaved re, im. */
  readonly survival: Float64Array
  readonly own: Readonly<Record<string, Float64Array>>
}

export interface Watch {
  readonly initial: WaveFunction
  readonly hamiltonian: (s: number) => Hamiltonian
  readonly observables?: Readonly<Record<string, Observable>>
  readonly flux?: Plane
}

/**
 * A function that reads off the observables, for the states of one grid.
 * @throws PsilabError `parameter` for an observable with the name of a column of the table
 */
export function observer({
  initial,
  hamiltonian,
  observables = {},
  flux,
}: Watch): (sample: Sample) => Observation {
  const { grid } = initial
  requireNames(Object.keys(observables), grid)
  const through: Flux | undefined = flux === undefined ? undefined : fluxThrough(grid, flux)
  return ({ time, state, logNorm }) => {
    const H = hamiltonian(time)
    return {
      time,
      state,
      logNorm,
      ...moments(H, state),
      ...(through === undefined ? {} : { flux: through(state, H.D) }),
      survival: product(initial, state),
      own: Object.fromEntries(
        Object.entries(observables).map(([name, f]) => [name, finite(name, f(state, time), time)]),
      ),
    }
  }
}

function requireNames(names: readonly string[], { axes }: Grid): void {
  const taken = [
    't',
    'τ',
    's',
    'energy',
    'log_norm',
    'flux',
    'survival_re',
    'survival_im',
    ...axes.flatMap(({ name }) => [`mean_${name}`, `variance_${name}`, `current_${name}`]),
  ]
  const twice = names.find((name) => taken.includes(name))
  if (twice !== undefined)
    throw new PsilabError({
      code: 'parameter',
      parameter: `observables.${twice}`,
      problem: 'a column of the table has this name',
      allowed: `other names than ${taken.join(', ')}`,
      got: twice,
    })
}

function finite(name: string, value: unknown, s: number): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value
  throw new PsilabError({
    code: 'parameter',
    parameter: `observables.${name}`,
    problem: `gives no finite number at s = ${s}`,
    allowed: '(state, s) => number',
    got: value,
    advice: 'Of a complex number record the parts, each under its own name: (state) => overlap(state).re.',
  })
}

/** The observables of a list of times as arrays. */
export function samplesOf(rows: readonly Row[]): Samples {
  const column = (f: (row: Row) => number): Float64Array => Float64Array.from(rows, f)
  const perAxis = (f: (row: Row) => readonly number[]): Float64Array[] =>
    f(rows[0]).map((_, d) => column((row) => f(row)[d]))
  return {
    times: column((row) => row.time),
    norm: column((row) => Math.exp(row.logNorm)),
    logNorm: column((row) => row.logNorm),
    energy: column((row) => row.energy),
    mean: perAxis((row) => row.mean),
    variance: perAxis((row) => row.variance),
    current: perAxis((row) => row.current),
    ...(rows[0].flux === undefined ? {} : { flux: column((row) => row.flux!) }),
    survival: Float64Array.from(rows.flatMap((row) => row.survival)),
    own: Object.fromEntries(Object.keys(rows[0].own).map((name) => [name, column((row) => row.own[name])])),
  }
}

function moments(
  { D, zeta }: Hamiltonian,
  state: WaveFunction,
): Pick<Observation, 'energy' | 'mean' | 'variance' | 'current'> {
  const { grid, values: psi } = state
  let norm = 0
  let energy = 0
  let isReal = true
  for (let i = 0; i < zeta.length; i++) {
    const density = psi[2 * i] * psi[2 * i] + psi[2 * i + 1] * psi[2 * i + 1]
    norm += density
    energy += zeta[i] * density
    isReal &&= psi[2 * i + 1] === 0
  }
  const along = grid.axes.map((a, d) => {
    const layers = layerWeights(state, d)
    const mean = layers.reduce((sum, w, j) => sum + w * a.coordinates[j], 0) / norm
    const variance = layers.reduce((sum, w, j) => sum + w * (a.coordinates[j] - mean) ** 2, 0) / norm
    const modes = modeWeights(state, d)
    energy += D * modes.reduce((sum, w, k) => sum + w * a.wavenumbers[k] ** 2, 0)
    const momentum = isReal
      ? 0
      : a.transform === 'fourier'
        ? modes.reduce((sum, w, k) => (2 * k === a.points ? sum : sum + w * a.wavenumbers[k]), 0)
        : wave(grid, d, psi)
    return { mean, variance, current: (2 * D * momentum) / norm }
  })
  return {
    energy: energy / norm,
    mean: along.map((a) => a.mean),
    variance: along.map((a) => a.variance),
    current: along.map((a) => a.current),
  }
}

/** Im Σ ψ* ∂ψ/∂x_d. */
function wave(grid: Grid, d: number, psi: Float64Array): number {
  const slope = derivative(grid, psi, d)
  let sum = 0
  for (let k = 0; k < psi.length; k += 2) sum += psi[k] * slope[k + 1] - psi[k + 1] * slope[k]
  return sum
}

/** ∫ a* b dx. */
function product(a: WaveFunction, b: WaveFunction): readonly [number, number] {
  let re = 0
  let im = 0
  for (let i = 0; i < a.values.length; i += 2) {
    const [p, q, r, t] = [a.values[i], a.values[i + 1], b.values[i], b.values[i + 1]]
    re += p * r + q * t
    im += p * t - q * r
  }
  return [re * a.grid.cell, im * a.grid.cell]
}
