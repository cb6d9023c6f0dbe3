/**
 * What becomes of softmax where D ≠ 0: the populations of the thermal state of H = D·L + diag ζ on a path or ring of
 * labels, with L = degree − adjacency. For two labels 0 and ε they are
 *
 *   p₁ = ½[1 − (ε/Ω) tanh(½βΩ)],   Ω = √(ε² + 4D²),
 *
 * which is σ(−βε) at D = 0 alone.
 */
import { requireKeys, requireNumber } from '../../error.js'
import { Drawable, type PanelsFigure, panelsFigure } from '../../figure/index.js'
import { latticeHamiltonian, type ThermalState, thermalState } from '../../thermal/index.js'
import { energiesOf, type LabelEnergies } from './energies.js'

export interface QuantumSoftmaxOptions {
  /** Coupling of neighbouring labels, D ≥ 0, in the unit of ζ. */
  readonly D: number
  /** T > 0, in the unit of ζ; default 1. */
  readonly temperature?: number
  /** Whether the last label is a neighbour of the first; default false. */
  readonly ring?: boolean
}

/** Most labels: the matrix is dense. */
const MOST = 512

/**
 * Populations of labels that D couples, beside their softmax.
 *
 * @example
 * quantumSoftmax([0, 1, 2], { D: 0.1 }).correction
 */
export function quantumSoftmax(zeta: LabelEnergies, options: QuantumSoftmaxOptions): QuantumSoftmax {
  requireKeys('quantumSoftmax', options, ['D', 'temperature', 'ring'])
  const energies = energiesOf(zeta, MOST)
  const T = requireNumber('temperature', options.temperature ?? 1, 'a finite number > 0', (t) => t > 0)
  const { D, ring = false } = options
  return new QuantumSoftmax(
    energies,
    D,
    thermalState(latticeHamiltonian({ zeta: energies, D, ring }), 1 / T, energies),
  )
}

export class QuantumSoftmax extends Drawable {
  readonly zeta: Float64Array
  readonly D: number
  /** ρ = e^{−H/T}/Z with its levels, Z, F, U, S and C. */
  readonly state: ThermalState
  readonly notes: readonly string[] = [
    'Softmax comes back as D → 0, with a difference of first order in D on a path, whose ends have one neighbour only, and of second order on a ring.',
    'T → ∞ makes both uniform. T → 0 leaves |φ₀|² of the lattice, which is spread over labels, not the label of least ζ.',
    'D → ∞ makes the populations uniform at any T, which no temperature of a softmax does but T → ∞.',
  ]

  constructor(zeta: Float64Array, D: number, state: ThermalState) {
    super()
    this.zeta = zeta
    this.D = D
    this.state = state
  }

  /** p of each label. */
  get probabilities(): Float64Array {
    return this.state.populations
  }

  /** p less softmax(−ζ/T). */
  get correction(): Float64Array {
    return this.state.correction
  }

  override figure(): PanelsFigure {
    const { populations, classical, temperature } = this.state
    const labels = this.zeta.map((_, i) => i)
    return panelsFigure({
      title: `Softmax and its quantum correction, D = ${this.D}, T = ${Number(temperature.toPrecision(6))}`,
      alt: this.summary(),
      panels: [
        {
          type: 'lines',
          heading: 'Populations',
          x: { label: 'label' },
          y: { label: 'p' },
          series: [
            { label: 'thermal state', mark: 'bars', x: labels, y: populations },
            { label: 'softmax', mark: 'points', role: 'reference', x: labels, y: classical },
          ],
        },
        {
          type: 'lines',
          heading: 'Correction',
          x: { label: 'label' },
          y: { label: 'Δp' },
          series: [{ label: 'p − softmax', mark: 'bars', x: labels, y: this.correction }],
        },
      ],
      notes: this.notes,
    })
  }

  override toString(): string {
    return [this.summary(), ...this.notes].join('\n')
  }

  private summary(): string {
    const shown = Array.from(this.probabilities.slice(0, 8), (p) => p.toPrecision(8)).join(', ')
    const most = this.correction.reduce((m, c) => Math.max(m, Math.abs(c)), 0)
    return `diagonal of e^{−H/T}/Z, H = D L + diag ζ, D = ${this.D}, T = ${this.state.temperature}: ${shown}; differs from softmax by up to ${most.toPrecision(5)}`
  }
}
