/**
 * Thermodynamics of the Wick rotation: imaginary time τ = β turns the propagator into the density matrix, and
 *
 *   Z = Tr e^{−βH} = Σ_n e^{−βE_n},   F = −T ln Z,   U = Σ p_n E_n,   S = (U − F)/T,   C = Var(E)/T²,
 *   p_n = e^{−βE_n}/Z,   T = 1/β,   k_B = 1.
 *
 * The sum runs over the levels of a finite basis. `truncation` is the share of Z that lies above the energy up
 * to which the basis is trusted; where it is not negligible, the box and not ζ would set Z.
 */
import { PsilabError, requireNumber } from '../error.js'
import {
  Drawable,
  type ProblemRecord,
  type ThermodynamicsFigure,
  thermodynamicsFigure,
} from '../figure/index.js'
import { column, writeCsv, writeNpz } from '../interchange/index.js'
import type { ThermodynamicPoint as Sums } from './levelSums.js'

export interface ThermodynamicPoint extends Sums {
  /** Share of Z above the trusted energies. */
  readonly truncation: number
}

/** Largest share of Z that may lie above the trusted energies. */
export const MAX_TRUNCATION = 1e-10

/**
 * Z, F, U, S, C of a list of levels at one temperature.
 * @param energies levels, in any order; they and the temperature in one unit (k_B = 1)
 * @param trusted levels above this energy count as truncation only; default: all are trusted
 */
export function thermodynamicsOfLevels(
  energies: ArrayLike<number>,
  temperature: number,
  trusted: number = Number.POSITIVE_INFINITY,
): ThermodynamicPoint {
  requireNumber('temperature', temperature, 'a finite number > 0', (t) => t > 0)
  const levels = Float64Array.from(energies)
  if (levels.length === 0 || !levels.every(Number.isFinite))
    throw new PsilabError({
      code: 'parameter',
      parameter: 'energies',
      problem: 'not a spectrum',
      allowed: 'at least one finite number',
      got: Array.from(levels.slice(0, 8)),
    })
  const ground = levels.reduce((least, e) => Math.min(least, e), Number.POSITIVE_INFINITY)
  let sum = 0
  let above = 0
  let first = 0
  for (const e of levels) {
    const weight = Math.exp(-(e - ground) / temperature)
    sum += weight
    first += weight * (e - ground)
    if (e > trusted) above += weight
  }
  const mean = first / sum
  let second = 0
  for (const e of levels) second += Math.exp(-(e - ground) / temperature) * (e - ground - mean) ** 2
  const F = ground - temperature * Math.log(sum)
  const U = ground + mean
  return {
    temperature,
    Z: Math.exp(-ground / temperature) * sum,
    F,
    U,
    // (U − F)/T without the cancellation of the ground energy.
    S: mean / temperature + Math.log(sum),
    C: second / sum / temperature ** 2,
    truncation: above / sum,
  }
}

/** Thermodynamic curves of one problem. */
export class Thermodynamics extends Drawable {
  /** T, in the order given, in the unit of ζ (k_B = 1). */
  readonly temperature: Float64Array
  /** Partition function at each temperature, without unit. */
  readonly Z: Float64Array
  /** Free energy at each temperature, in the unit of ζ. */
  readonly F: Float64Array
  /** Mean energy at each temperature, in the unit of ζ. */
  readonly U: Float64Array
  /** Entropy at each temperature, without unit (k_B = 1). */
  readonly S: Float64Array
  /** Heat capacity dU/dT at each temperature, without unit (k_B = 1). */
  readonly C: Float64Array
  /** Levels that the sums run over, in the unit of ζ. */
  readonly energies: Float64Array
  /** Largest share of Z above the trusted energies. */
  readonly truncation: number
  private readonly trusted: number
  private readonly problem: ProblemRecord

  constructor(
    energies: Float64Array,
    temperatures: readonly number[],
    trusted: number,
    problem: ProblemRecord,
  ) {
    super()
    const points = temperatures.map((T) => thermodynamicsOfLevels(energies, T, trusted))
    this.energies = energies
    this.trusted = trusted
    this.problem = problem
    this.temperature = Float64Array.from(temperatures)
    this.Z = Float64Array.from(points, (p) => p.Z)
    this.F = Float64Array.from(points, (p) => p.F)
    this.U = Float64Array.from(points, (p) => p.U)
    this.S = Float64Array.from(points, (p) => p.S)
    this.C = Float64Array.from(points, (p) => p.C)
    this.truncation = Math.max(...points.map((p) => p.truncation))
    if (this.truncation > MAX_TRUNCATION) tooHot(Math.max(...temperatures), this.truncation)
  }

  /** Z, F, U, S, C at a temperature within the basis. */
  at(temperature: number): ThermodynamicPoint {
    const point = thermodynamicsOfLevels(this.energies, temperature, this.trusted)
    if (point.truncation > MAX_TRUNCATION) tooHot(temperature, point.truncation)
    return point
  }

  /** A .npz archive: `T`, `Z`, `F`, `U`, `S`, `C` and the `levels` that the sums run over. */
  toNpz(): Uint8Array {
    const { temperature: T, Z, F, U, S, C, energies: levels } = this
    return writeNpz(
      Object.fromEntries(Object.entries({ T, Z, F, U, S, C, levels }).map(([name, v]) => [name, column(v)])),
    )
  }

  /** A table with one row a temperature: T, Z, F, U, S, C. */
  toCsv(): string {
    const { temperature: T, Z, F, U, S, C } = this
    return writeCsv({ T, Z, F, U, S, C })
  }

  override figure(): ThermodynamicsFigure {
    const { temperature, Z, F, U, S, C, problem } = this
    return thermodynamicsFigure({ problem, temperature, Z, F, U, S, C })
  }

  override toString(): string {
    const rows = [0, Math.floor(this.temperature.length / 2), this.temperature.length - 1]
    const row = (k: number): string =>
      `T = ${this.temperature[k].toPrecision(4)}: Z = ${this.Z[k].toPrecision(10)}, F = ${this.F[k].toFixed(9)}, ` +
      `U = ${this.U[k].toFixed(9)}, S = ${this.S[k].toFixed(9)}, C = ${this.C[k].toFixed(9)}`
    return `${[...new Set(rows)].map(row).join('\n')}\n(truncation ≤ ${this.truncation.toExponential(0)})`
  }
}

function tooHot(temperature: number, share: number): never {
  throw new PsilabError({
    code: 'resolution',
    parameter: 'temperature',
    problem: `at T = ${temperature.toPrecision(4)} a share of ${share.toExponential(1)} of Z lies above the energies that the grid holds, so the box and not ζ would set Z`,
    allowed: `a share of at most ${MAX_TRUNCATION}`,
    advice:
      'Lower the temperature, give a larger and finer grid, or leave the grid out so that it is chosen for the temperature.',
  })
}
