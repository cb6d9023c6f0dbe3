/**
 * Sums over levels. Imaginary time τ = β turns the propagator into the density matrix, and
 *
 *   Z = Tr e^{−βH} = Σ_n e^{−βE_n},   F = −T ln Z,   U = Σ p_n E_n,   S = (U − F)/T,   C = Var(E)/T²,
 *   p_n = e^{−βE_n}/Z,   T = 1/β,   k_B = 1.
 */
import { PsilabError, requireNumber } from '../error.js'

export interface ThermodynamicPoint {
  /** T, in the unit of ζ (k_B = 1). */
  readonly temperature: number
  /** Partition function, without unit. */
  readonly Z: number
  /** Free energy, in the unit of ζ. */
  readonly F: number
  /** Mean energy, in the unit of ζ. */
  readonly U: number
  /** Entropy, without unit (k_B = 1). */
  readonly S: number
  /** Heat capacity dU/dT, without unit (k_B = 1). */
  readonly C: number
}

/** Weight, beside that of the lowest level, below which a level changes no sum: e^{−NOTHING} ≈ 4e-20. */
const NOTHING = 44.7

/** What the sums of many temperatures share. */
export class LevelSums {
  /** E_n − E₀, ascending. */
  private readonly excitations: Float64Array
  private readonly ground: number
  private readonly weights: Float64Array
  /** Number of the levels up to the energy that is trusted. */
  private readonly trusted: number

  /**
   * @param energies levels, in any order, each as often as it is degenerate
   * @param trusted energy up to which they are known; default: all are
   */
  constructor(energies: ArrayLike<number>, trusted: number = Number.POSITIVE_INFINITY) {
    const levels = requireLevels(energies).sort()
    this.ground = levels[0]
    this.excitations = levels.map((e) => e - this.ground)
    this.weights = new Float64Array(levels.length)
    const first = levels.findIndex((e) => e > trusted)
    this.trusted = first < 0 ? levels.length : first
  }

  /** Z, F, U, S, C; energies are measured from the lowest, so that nothing overflows and no digit of S is lost. */
  at(temperature: number): ThermodynamicPoint {
    return this.sum(temperature).point
  }

  /** The same, with the share of Z of the levels above the energy that is trusted. */
  sum(temperature: number): { readonly point: ThermodynamicPoint; readonly above: number } {
    const { excitations, weights, ground } = this
    const beta = 1 / temperature
    const end = NOTHING * temperature
    let [count, sum, first] = [0, 0, 0]
    for (; count < excitations.length; count++) {
      const e = excitations[count]
      if (e > end) break
      const weight = Math.exp(-beta * e)
      weights[count] = weight
      sum += weight
      first += weight * e
    }
    const mean = first / sum
    let second = 0
    for (let n = 0; n < count; n++) second += weights[n] * (excitations[n] - mean) ** 2
    let above = 0
    for (let n = this.trusted; n < count; n++) above += weights[n]
    const point = {
      temperature,
      Z: Math.exp(-ground * beta) * sum,
      F: ground - temperature * Math.log(sum),
      U: ground + mean,
      S: mean * beta + Math.log(sum),
      C: (second / sum) * beta * beta,
    }
    return { point, above: above / sum }
  }
}

/** @throws PsilabError `parameter` for what is no list of finite numbers */
export function requireLevels(energies: ArrayLike<number>): Float64Array<ArrayBuffer> {
  const levels = Float64Array.from(energies ?? [])
  if (levels.length > 0 && levels.every(Number.isFinite)) return levels
  throw new PsilabError({
    code: 'parameter',
    parameter: 'energies',
    problem: 'not a spectrum',
    allowed: 'at least one finite number',
    got: Array.from(levels.slice(0, 8)),
  })
}

export function requireTemperature(temperature: number): number {
  return requireNumber(
    'temperature',
    temperature,
    'a finite number > 0 with a finite 1/T',
    (t) => 1 / t > 0 && 1 / t < Number.POSITIVE_INFINITY,
  )
}

export function requireBeta(beta: number): number {
  return requireNumber('beta', beta, 'a finite number > 0', (b) => b > 0)
}
