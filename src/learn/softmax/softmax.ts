/**
 * Softmax: the Boltzmann distribution of labels with energies ζ,
 *
 *   p_i = w_i e^{−ζ_i/T}/Z,   Z = Σ w_i e^{−ζ_i/T},   F = −T ln Z,   U = Σ p_i ζ_i,   S = −Σ p_i ln p_i,   C = Var ζ/T²,
 *   ∂p_i/∂ζ_j = −(p_i δ_ij − p_i p_j)/T.
 *
 * With D = 0 imaginary time τ multiplies ψ_i by e^{−ζ_i τ}. So ψ, the population, is the softmax at T = 1/τ of what it
 * was, and |ψ|², the density of Born, that at T = 1/2τ: the two readings differ by a factor 2 in temperature.
 */
import { PsilabError, requireKeys, requireNumber } from '../../error.js'
import { Drawable, type PanelsFigure, panelsFigure } from '../../figure/index.js'
import type { Reading } from '../../grid/index.js'
import { column, writeCsv, writeNpz } from '../../interchange/index.js'
import { boltzmannWeights } from '../../thermal/index.js'
import { energiesOf, type LabelEnergies } from './energies.js'

export interface SoftmaxOptions {
  /** T > 0, in the unit of ζ; default 1 where τ is not given. */
  readonly temperature?: number
  /** Imaginary time τ > 0 in place of a temperature. */
  readonly tau?: number
  /** With τ, what p is: `population`, ψ, has T = 1/τ; `born`, |ψ|², T = 1/2τ. Default `population`. */
  readonly reading?: Reading
  /** ψ(0) ≥ 0 of each label: w_i = ψ_i(0), or its square in the reading of Born. Default all equal. */
  readonly initial?: ArrayLike<number>
}

/**
 * The softmax of energies, p ∝ e^{−ζ/T}, or of logits z = −ζ.
 *
 * @example
 * softmax([0, 1, 2], { temperature: 0.5 }).probabilities    // energies: the first label is likeliest
 * softmax({ logits: [2, 1, 0.1] }).probabilities            // logits: the first label is likeliest
 *
 * @throws PsilabError `parameter` for numbers that are not finite, or a temperature that is not positive
 */
export function softmax(zeta: LabelEnergies, options: SoftmaxOptions = {}): Softmax {
  requireKeys('softmax', options, ['temperature', 'tau', 'reading', 'initial'])
  const energies = energiesOf(zeta)
  const reading = options.reading ?? 'population'
  const refuse = (parameter: string, problem: string, allowed: string, got: unknown): never => {
    throw new PsilabError({ code: 'parameter', parameter, problem, allowed, got })
  }
  if (reading !== 'population' && reading !== 'born')
    refuse('reading', 'no such reading', 'population, born', reading)
  if (options.temperature !== undefined && options.tau !== undefined)
    refuse('tau', 'a temperature is given too', 'temperature or tau', options.tau)
  if (options.reading !== undefined && options.tau === undefined && options.initial === undefined)
    refuse('reading', 'at a temperature that is given there is nothing to read', 'tau with reading', reading)
  const positive = (name: 'temperature' | 'tau', value: number): number =>
    requireNumber(name, value, 'a finite number > 0', (v) => v > 0)
  const temperature =
    options.tau === undefined
      ? positive('temperature', options.temperature ?? 1)
      : 1 / positive('tau', options.tau) / (reading === 'born' ? 2 : 1)
  const prior = options.initial === undefined ? undefined : priorOf(options.initial, energies.length, reading)
  return new Softmax(energies, temperature, prior)
}

function priorOf(initial: ArrayLike<number>, count: number, reading: Reading): Float64Array {
  const psi = Float64Array.from(initial)
  if (psi.length !== count || !psi.every((v) => v >= 0 && Number.isFinite(v)) || !psi.some((v) => v > 0))
    throw new PsilabError({
      code: 'parameter',
      parameter: 'initial',
      problem: 'not a population of the labels',
      allowed: `${count} numbers ≥ 0, not all 0`,
      got: Array.from(psi.slice(0, 8)),
    })
  return reading === 'born' ? psi.map((v) => v * v) : psi
}

/** Most labels of a Jacobian: it is dense. */
const MOST_SQUARE = 4000

export class Softmax extends Drawable {
  /** ζ of each label. */
  readonly zeta: Float64Array
  readonly temperature: number
  /** p of each label; they add up to 1. */
  readonly probabilities: Float64Array
  /** ln p of each label, finite where p is too small for a double. */
  readonly logProbabilities: Float64Array
  /** ln Z = ln Σ w e^{−ζ/T}: the logsumexp of the logits. */
  readonly logsumexp: number

  constructor(zeta: Float64Array, temperature: number, prior?: Float64Array) {
    super()
    const { p, logs, logZ } = boltzmannWeights(zeta, temperature, prior)
    this.zeta = zeta
    this.temperature = temperature
    this.probabilities = p
    this.logProbabilities = logs
    this.logsumexp = logZ
  }

  /** z = −ζ/T: what p is the exponential of, but for its sum and the prior. */
  get logits(): Float64Array {
    return this.zeta.map((z) => -z / this.temperature)
  }

  /** F = −T ln Z, in the unit of ζ. */
  get freeEnergy(): number {
    return -this.temperature * this.logsumexp
  }

  /** U = Σ p ζ, in the unit of ζ. */
  get energy(): number {
    return this.mean((z) => z)
  }

  /** S = −Σ p ln p, without unit. */
  get entropy(): number {
    return this.probabilities.reduce((sum, p, i) => (p > 0 ? sum - p * this.logProbabilities[i] : sum), 0)
  }

  /** C = Var ζ/T² = ∂U/∂T, without unit. */
  get heatCapacity(): number {
    const { energy, temperature } = this
    return this.mean((z) => ((z - energy) / temperature) ** 2)
  }

  /** ∂p_i/∂ζ_j, a row for each i; by logits z = −ζ at this T it is the negative. */
  jacobian(): Float64Array[] {
    const { probabilities: p, temperature } = this
    if (p.length > MOST_SQUARE)
      throw new PsilabError({
        code: 'too-large',
        parameter: 'zeta',
        problem: 'too many labels for a Jacobian',
        allowed: `at most ${MOST_SQUARE}`,
        got: p.length,
        advice: 'Its product with a vector v is −p·(v − Σ p v)/T.',
      })
    return Array.from(p, (pi, i) => p.map((pj, j) => (i === j ? -pi * (1 - pi) : pi * pj) / temperature))
  }

  /** A .npz archive: `zeta` and `p`. */
  override toNpz(): Uint8Array {
    return writeNpz({ zeta: column(this.zeta), p: column(this.probabilities) })
  }

  /** A table with one row a label: its number, ζ and p. */
  override toCsv(): string {
    return writeCsv({ label: this.zeta.map((_, i) => i), zeta: this.zeta, p: this.probabilities })
  }

  override figure(): PanelsFigure {
    const labels = this.zeta.map((_, i) => i)
    return panelsFigure({
      title: `Softmax of ${labels.length} labels at T = ${short(this.temperature)}`,
      alt: this.toString(),
      panels: [
        {
          type: 'lines',
          heading: 'Probabilities',
          x: { label: 'label' },
          y: { label: 'p' },
          series: [{ label: 'p', mark: 'bars', x: labels, y: this.probabilities }],
        },
        {
          type: 'lines',
          heading: 'Energies',
          x: { label: 'label' },
          y: { label: 'ζ' },
          series: [{ label: 'ζ', mark: 'bars', x: labels, y: this.zeta }],
        },
      ],
    })
  }

  override toString(): string {
    const shown = Array.from(this.probabilities.slice(0, 8), (p) => p.toPrecision(8)).join(', ')
    const more = this.probabilities.length > 8 ? ', …' : ''
    return `p ∝ e^{−ζ/T}, T = ${short(this.temperature)}: ${shown}${more}; F = ${short(this.freeEnergy)}, U = ${short(this.energy)}, S = ${short(this.entropy)}`
  }

  /** Labels of no weight add nothing, however large f is there. */
  private mean(f: (zeta: number) => number): number {
    return this.probabilities.reduce((sum, p, i) => (p > 0 ? sum + p * f(this.zeta[i]) : sum), 0)
  }
}

const short = (v: number): string => String(Number(v.toPrecision(10)))
