/**
 * The canonical ensemble of n levels,
 *
 *   p_i = g_i e^{−βE_i}/Z = softmax(−βE + ln g),   ∂p_i/∂E_j = −β (p_i δ_ij − p_i p_j),
 *   F = −T ln Σ g_i e^{−E_i/T},   C = β² Var(E).
 *
 * The heat capacity of n levels has a peak (Schottky, Phys. Z. 23, 448 (1922)), where with the cumulants κ₂ and κ₃ of E
 * dC/dβ = 2βκ₂ − β²κ₃ = 0.
 */
import { PsilabError, requireInteger, requireKeys } from '../error.js'
import { Drawable, type PanelsFigure, panelsFigure } from '../figure/index.js'
import { boltzmannWeights } from './boltzmann.js'
import { LevelSums, requireLevels, requireTemperature, type ThermodynamicPoint } from './levelSums.js'
import { type TemperatureOptions, temperaturesFor, temperaturesOf } from './temperatures.js'
import { Thermodynamics, type Trace } from './thermodynamics.js'

export interface EnsembleOptions {
  /** How many states each energy stands for; default one. */
  readonly degeneracies?: readonly number[]
}

/** Most states of an energy, and energies whose probabilities are drawn. */
const MOST_STATES = 10_000
const DRAWN = 6
/** Temperatures of a figure and of a default curve. */
const COUNT = 121
/** Temperatures tried for the peak, a decade, and halvings of the interval about it. */
const PER_DECADE = 32
const HALVINGS = 60

/**
 * The canonical ensemble of energies.
 *
 * @param energies in any order, in the unit of T (k_B = 1)
 * @example
 * ensemble([0, 1, 2]).at(1).F // => -0.40760596444438…
 * ensemble([0, 1]).peak() // Schottky's: C = 0.43922884 at T = 0.41677828
 */
export function ensemble(energies: ArrayLike<number>, options: EnsembleOptions = {}): Ensemble {
  requireKeys('ensemble', options, ['degeneracies'])
  const levels = requireLevels(energies)
  const g = options.degeneracies ?? Array.from(levels, () => 1)
  for (const count of g) requireInteger('degeneracies', count, 1, MOST_STATES)
  if (g.length !== levels.length)
    throw new PsilabError({
      code: 'parameter',
      parameter: 'degeneracies',
      problem: 'not one for each energy',
      allowed: `${levels.length} integers`,
      got: g,
    })
  return new Ensemble(levels, Float64Array.from(g))
}

export class Ensemble extends Drawable {
  /** In the order given. */
  readonly energies: Float64Array
  readonly degeneracies: Float64Array
  private readonly sums: LevelSums

  constructor(energies: Float64Array, degeneracies: Float64Array) {
    super()
    this.energies = energies
    this.degeneracies = degeneracies
    this.sums = new LevelSums(Array.from(energies).flatMap((e, i) => Array<number>(degeneracies[i]).fill(e)))
  }

  /** Z, F, U, S, C at a temperature. */
  at(temperature: number): ThermodynamicPoint {
    return this.sums.at(requireTemperature(temperature))
  }

  /** Z, F, U, S, C at several temperatures or β; default from a twentieth of the mean spacing to four times it. */
  thermodynamics(options: TemperatureOptions = {}): Thermodynamics {
    requireKeys('thermodynamics', options, ['temperatures', 'beta'])
    const { sums } = this
    const trace: Trace = {
      route: 'spectrum',
      levels: this.energies,
      notes: [],
      at: (T) => ({ ...sums.at(T), truncation: 0, error: Number.EPSILON * this.energies.length }),
    }
    const temperatures = temperaturesOf(options) ?? temperaturesFor(this.spacing(), COUNT)
    return new Thermodynamics({ trace, temperatures })
  }

  /** p_i = g_i e^{−βE_i}/Z in the order of the energies; overflow-safe, their sum is 1 to rounding. */
  probabilities(temperature: number): Float64Array {
    return boltzmannWeights(this.energies, requireTemperature(temperature), this.degeneracies).p
  }

  /** ∂p_i/∂E_j = −β(p_i δ_ij − p_i p_j), as rows i: how populations follow when a level is moved. */
  response(temperature: number): number[][] {
    const p = this.probabilities(temperature)
    return Array.from(p, (pi, i) => Array.from(p, (pj, j) => (pi * pj - (i === j ? pi : 0)) / temperature))
  }

  /**
   * Where the heat capacity is largest: the temperature and C, by bisection of dC/dβ about the highest of the values tried.
   * @throws PsilabError `parameter` where all energies are the same
   */
  peak(): { readonly temperature: number; readonly C: number } {
    const sorted = this.energies.slice().sort()
    const spacings = Array.from(sorted.subarray(1), (e, n) => e - sorted[n]).filter((d) => d > 0)
    if (spacings.length === 0)
      throw new PsilabError({
        code: 'parameter',
        parameter: 'energies',
        problem: 'the heat capacity of a single energy is 0 at every temperature',
        allowed: 'at least two energies that differ',
        got: Array.from(sorted.slice(0, 8)),
      })
    // A pair of levels has its peak between 0.1 and 0.5 of its gap or, of high degeneracy, at Δ/ln g at the least.
    const low = Math.log(Math.min(...spacings) / 40)
    const high = Math.log(2 * (sorted[sorted.length - 1] - sorted[0]))
    const count = Math.ceil(((high - low) / Math.LN10) * PER_DECADE)
    const tried = Array.from({ length: count + 1 }, (_, k) => Math.exp(low + ((high - low) * k) / count))
    const best = tried.reduce((most, T, k) => (this.sums.at(T).C > this.sums.at(tried[most]).C ? k : most), 0)
    let [cold, hot] = [tried[Math.max(0, best - 1)], tried[Math.min(count, best + 1)]]
    for (let k = 0; k < HALVINGS; k++) {
      const middle = (cold + hot) / 2
      if (this.rises(middle)) cold = middle
      else hot = middle
    }
    const temperature = (cold + hot) / 2
    return { temperature, C: this.sums.at(temperature).C }
  }

  /** Whether C rises with T: κ₃ > 2Tκ₂. */
  private rises(temperature: number): boolean {
    const p = this.probabilities(temperature)
    const mean = p.reduce((sum, v, i) => sum + v * this.energies[i], 0)
    let [second, third] = [0, 0]
    p.forEach((v, i) => {
      const e = this.energies[i] - mean
      second += v * e * e
      third += v * e * e * e
    })
    return third > 2 * temperature * second
  }

  private spacing(): number {
    const span = Math.max(...this.energies) - Math.min(...this.energies)
    return span > 0 ? span / (this.energies.length - 1) : 1
  }

  override figure(): PanelsFigure {
    const T = temperaturesFor(this.spacing(), COUNT)
    const probabilities = T.map((t) => this.probabilities(t))
    const points = T.map((t) => this.sums.at(t))
    const shown = this.energies.slice(0, DRAWN)
    return panelsFigure({
      title: `Ensemble of ${this.energies.length} level${this.energies.length === 1 ? '' : 's'}`,
      alt: `Probabilities of the levels, and entropy and heat capacity, for temperatures from ${T[0].toPrecision(3)} to ${T[COUNT - 1].toPrecision(3)}.`,
      panels: [
        {
          type: 'lines',
          heading: 'Probabilities',
          x: { label: 'T', scale: 'log' },
          y: { label: 'p' },
          series: Array.from(shown, (e, i) => ({
            label: `E = ${Number(e.toPrecision(4))}`,
            x: T,
            y: probabilities.map((p) => p[i]),
          })),
        },
        {
          type: 'lines',
          heading: 'Entropy and heat capacity',
          x: { label: 'T', scale: 'log' },
          y: { label: 'S, C' },
          series: [
            { label: 'S', x: T, y: points.map((p) => p.S) },
            { label: 'C', x: T, y: points.map((p) => p.C) },
          ],
        },
      ],
      notes: this.energies.length > DRAWN ? [`Probabilities of the first ${DRAWN} levels are drawn.`] : [],
    })
  }

  override toString(): string {
    const shown = Array.from(this.energies.slice(0, 8), (e) => Number(e.toPrecision(6))).join(', ')
    return `canonical ensemble of E = ${shown}${this.energies.length > 8 ? `, … (${this.energies.length})` : ''}`
  }
}
