/**
 * A state cooled in imaginary time beside thermal equilibrium. With c_n = ⟨φ_n|ψ(0)⟩
 *
 *   e^{−Hτ}ψ(0):   ⟨H⟩ = Σ |c_n|² e^{−2τE_n} E_n / Σ |c_n|² e^{−2τE_n},    pure, of entropy 0,
 *   e^{−Hβ}/Z:     U   = Σ e^{−βE_n} E_n / Σ e^{−βE_n},                    of entropy S(β).
 *
 * The first has Boltzmann's factors of β = 2τ, times |c_n|². They are the weights of equilibrium where all |c_n|² are the
 * same, which for infinitely many levels no ψ(0) of norm 1 has.
 */
import {
  Drawable,
  type PanelsFigure,
  type ProblemRecord,
  panelsFigure,
  type Tabulated,
} from '../figure/index.js'
import type { Trace } from './thermodynamics.js'

export interface StateCoolingData {
  readonly problem: ProblemRecord
  /** τ, rising. */
  readonly times: Float64Array
  /** E_n of the levels that ψ(0) is expanded in, and |c_n|². */
  readonly energies: Float64Array
  readonly weights: Float64Array
  readonly trace: Trace
  readonly notes: readonly string[]
}

/** Halvings of the interval of β in which an energy is sought. */
const HALVINGS = 50

/** What limits the analogy. */
const LIMIT =
  'Not the thermal state: imaginary time τ weighs level n of a pure state with |cₙ|² exp(−2τEₙ), Boltzmann’s factor at β = 2τ times |cₙ|². The state stays pure, of entropy 0; Z, S and F need the trace, where exp(−Hτ) has β = τ.'

export class StateCooling extends Drawable {
  /** τ, rising, in the inverse of ζ's unit. */
  readonly times: Float64Array
  /** ⟨H⟩ in the cooled state, e^{−Hτ}ψ(0) normalised. */
  readonly energy: Float64Array
  /** U of equilibrium at β = τ and at β = 2τ. */
  readonly thermal: Float64Array
  readonly thermalTwice: Float64Array
  /** Entropy of equilibrium at β = τ; that of the cooled state is 0. */
  readonly entropy: Float64Array
  /** β at which equilibrium has the energy of the cooled state; NaN where that is hotter than the first τ. */
  readonly equivalentBeta: Float64Array
  /** E₀, to which all of them fall. */
  readonly ground: number
  readonly notes: readonly string[]
  private readonly problem: ProblemRecord

  constructor({ problem, times, energies, weights, trace, notes }: StateCoolingData) {
    super()
    this.problem = problem
    this.times = times
    this.notes = [LIMIT, ...notes]
    const ground = energies.reduce((least, e) => Math.min(least, e), Number.POSITIVE_INFINITY)
    this.ground = ground
    this.energy = times.map((tau) => {
      let [sum, first] = [0, 0]
      energies.forEach((e, n) => {
        const weight = weights[n] * Math.exp(-2 * tau * (e - ground))
        sum += weight
        first += weight * (e - ground)
      })
      return ground + first / sum
    })
    const points = Array.from(times, (tau) => trace.at(1 / tau))
    this.thermal = Float64Array.from(points, (p) => p.U)
    this.entropy = Float64Array.from(points, (p) => p.S)
    this.thermalTwice = times.map((tau) => trace.at(1 / (2 * tau)).U)
    this.equivalentBeta = this.energy.map((e) => betaOf(trace, e, times))
  }

  /** One row a time. */
  protected override tabulated(): Tabulated {
    const { times: tau, energy, thermal, thermalTwice, entropy, equivalentBeta } = this
    return { tau, energy, thermal, thermalTwice, entropy, equivalentBeta }
  }

  override figure(): PanelsFigure {
    const { times, energy, thermal, thermalTwice, equivalentBeta, ground } = this
    const above = (values: Float64Array): Float64Array => values.map((e) => e - ground)
    return panelsFigure({
      title: 'Cooled state and thermal state',
      alt: `Energy of the state cooled in imaginary time, from ${energy[0].toPrecision(4)} to ${energy[energy.length - 1].toPrecision(4)}, beside the thermal energies at β = τ and β = 2τ.`,
      problem: this.problem,
      panels: [
        {
          type: 'lines',
          heading: 'Energy above the ground level',
          x: { label: 'τ' },
          y: { label: 'E − E₀', scale: 'log' },
          series: [
            { label: 'cooled state', x: times, y: above(energy) },
            { label: 'thermal, β = τ', x: times, y: above(thermal) },
            { label: 'thermal, β = 2τ', x: times, y: above(thermalTwice) },
          ],
        },
        {
          type: 'lines',
          heading: 'β of the same energy',
          x: { label: 'τ' },
          y: { label: 'β' },
          series: [
            { label: 'cooled state', x: times, y: equivalentBeta },
            { label: 'β = τ', role: 'reference', x: times, y: times },
            { label: 'β = 2τ', role: 'reference', x: times, y: times.map((tau) => 2 * tau) },
          ],
        },
      ],
      notes: this.notes,
    })
  }

  override toString(): string {
    const rows = [0, Math.floor(this.times.length / 2), this.times.length - 1].map(
      (k) =>
        `τ = ${this.times[k].toPrecision(4)}: cooled state ${this.energy[k].toFixed(9)}; thermal ${this.thermal[k].toFixed(9)} (β = τ), ${this.thermalTwice[k].toFixed(9)} (β = 2τ)`,
    )
    return [...new Set(rows), ...this.notes].join('\n')
  }
}

/** β with U(β) = energy, by bisection of its logarithm: U falls with β. */
function betaOf(trace: Trace, energy: number, times: Float64Array): number {
  const U = (beta: number): number => trace.at(1 / beta).U
  let [low, high] = [times[0], times[times.length - 1]]
  if (U(low) < energy) return Number.NaN
  while (U(high) > energy) {
    high *= 2
    if (high > 1e3 * times[times.length - 1]) return Number.NaN
  }
  for (let k = 0; k < HALVINGS; k++) {
    const middle = Math.sqrt(low * high)
    if (U(middle) > energy) low = middle
    else high = middle
  }
  return Math.sqrt(low * high)
}
