/**
 * Two coupled levels, H = (0 −δ; −δ ε), in closed form with Ω = √(ε² + 4δ²):
 *
 *   E = ½(ε ∓ Ω),   Z = 2 e^{−βε/2} cosh ½βΩ,   p₁ = ½[1 − (ε/Ω) tanh ½βΩ],
 *
 * which is the sigmoid σ(−βε) at δ = 0, and in real time from the lower label
 *
 *   P₁(t) = (4δ²/Ω²) sin² ½Ωt   (Rabi, Phys. Rev. 51, 652 (1937)).
 */
import { requireKeys, requireNumber } from '../error.js'
import { Drawable, type PanelsFigure, panelsFigure } from '../figure/index.js'
import { requireBeta } from './levelSums.js'

export interface TwoLevelsOptions {
  /** Energy of label 1 above label 0, any sign, in the unit of T. */
  readonly epsilon: number
  /** Coupling δ of the labels, any sign. */
  readonly delta: number
}

/** @example twoLevels({ epsilon: 1, delta: 0.3 }).populations(2) */
export function twoLevels(options: TwoLevelsOptions): TwoLevels {
  requireKeys('twoLevels', options, ['epsilon', 'delta'])
  const epsilon = requireNumber('epsilon', options.epsilon, 'a finite number', () => true)
  const delta = requireNumber('delta', options.delta, 'a finite number', () => true)
  return new TwoLevels(epsilon, delta)
}

/** Points of a curve, and β at the end of it in units of 1/Ω. */
const COUNT = 241
const COLD = 8

export class TwoLevels extends Drawable {
  readonly epsilon: number
  readonly delta: number
  /** Ω = √(ε² + 4δ²), the distance of the levels and Rabi's frequency. */
  readonly Omega: number

  constructor(epsilon: number, delta: number) {
    super()
    this.epsilon = epsilon
    this.delta = delta
    this.Omega = Math.hypot(epsilon, 2 * delta)
  }

  /** E₀ ≤ E₁. */
  get energies(): Float64Array {
    return Float64Array.of((this.epsilon - this.Omega) / 2, (this.epsilon + this.Omega) / 2)
  }

  /** H as rows. */
  get matrix(): number[][] {
    return [
      [0, -this.delta],
      [-this.delta, this.epsilon],
    ]
  }

  Z(beta: number): number {
    const { epsilon, Omega } = this
    requireBeta(beta)
    return Math.exp((-beta * (epsilon - Omega)) / 2) + Math.exp((-beta * (epsilon + Omega)) / 2)
  }

  /** Thermal populations of the two labels. */
  populations(beta: number): Float64Array {
    const { epsilon, Omega } = this
    const lean = Omega === 0 ? 0 : (epsilon / Omega) * Math.tanh((requireBeta(beta) * Omega) / 2)
    return Float64Array.of((1 + lean) / 2, (1 - lean) / 2)
  }

  /** Probability of label 1 at real time t after a start in label 0. */
  rabi(t: number): number {
    requireNumber('t', t, 'a finite number', () => true)
    const share = this.Omega === 0 ? 0 : (2 * this.delta) / this.Omega
    return (share * Math.sin((this.Omega * t) / 2)) ** 2
  }

  override figure(): PanelsFigure {
    const { epsilon, Omega } = this
    const scale = Omega > 0 ? 1 / Omega : 1
    const beta = Array.from({ length: COUNT }, (_, k) => ((k + 1) / COUNT) * COLD * scale)
    const time = Array.from({ length: COUNT }, (_, k) => (k / (COUNT - 1)) * 4 * Math.PI * scale)
    return panelsFigure({
      title: 'Two coupled levels',
      alt: `Thermal population of label 1 beside the sigmoid, and its probability in real time, which swings up to ${((2 * this.delta * scale) ** 2).toPrecision(3)}.`,
      panels: [
        {
          type: 'lines',
          heading: 'Thermal population of label 1',
          x: { label: 'β' },
          y: { label: 'p₁' },
          series: [
            { label: 'p₁', x: beta, y: beta.map((b) => this.populations(b)[1]) },
            {
              label: 'σ(−βε)',
              role: 'reference',
              x: beta,
              y: beta.map((b) => 1 / (1 + Math.exp(b * epsilon))),
            },
          ],
        },
        {
          type: 'lines',
          heading: 'Rabi oscillation',
          x: { label: 't' },
          y: { label: 'P₁' },
          series: [{ label: 'P₁', x: time, y: time.map((t) => this.rabi(t)) }],
        },
      ],
    })
  }

  override toString(): string {
    return `H = (0 ${-this.delta}; ${-this.delta} ${this.epsilon}), Ω = ${Number(this.Omega.toPrecision(10))}, E = ${Array.from(this.energies, (e) => Number(e.toPrecision(10))).join(', ')}`
  }
}
