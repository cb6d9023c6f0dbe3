/**
 * One softmax by four routes: as the closed form, and as what each of these computes on its own,
 *
 *   reaction      ψ ← e^{−ζτ}ψ, the equation with D = 0: T = 1/τ for ψ, T = 1/2τ for |ψ|²,
 *   replicator    dp_i/dτ = −p_i(ζ_i − ⟨ζ⟩) up to τ = 1/T,
 *   variational   argmin_p ⟨p, ζ⟩ − T S(p), with the gap of Fenchel and Young to −T ln Σe^{−ζ/T},
 *   thermal       the diagonal of e^{−H/T}/Z with H = diag ζ.
 *
 * Two labels [0, x] make the sigmoid.
 */
import { PsilabError, requireKeys, requireNumber } from '../../error.js'
import { Drawable, type PanelsFigure, panelsFigure } from '../../figure/index.js'
import { latticeHamiltonian, thermalState } from '../../thermal/index.js'
import { energiesOf, type LabelEnergies } from './energies.js'
import { MOST_SPAN, type Optimum, reaction, replicator, type Trajectory, variational } from './routes.js'
import { Softmax } from './softmax.js'

export interface SoftmaxRoutesOptions {
  /** T > 0, in the unit of ζ; default 1. */
  readonly temperature?: number
}

/** Most labels: the thermal route is that of a dense matrix. */
const MOST = 512

/**
 * The softmax of energies, or of logits, by each of its routes, side by side.
 *
 * @example
 * softmaxRoutes({ logits: [2, 1, 0.1] })
 *
 * @throws PsilabError `parameter` as softmax does, and for temperatures so low that the replicator equation is stiff
 */
export function softmaxRoutes(zeta: LabelEnergies, options: SoftmaxRoutesOptions = {}): SoftmaxRoutes {
  requireKeys('softmaxRoutes', options, ['temperature'])
  const energies = energiesOf(zeta, MOST)
  const T = requireNumber('temperature', options.temperature ?? 1, 'a finite number > 0', (t) => t > 0)
  const span = (Math.max(...energies) - Math.min(...energies)) / T
  if (!(span <= MOST_SPAN))
    throw new PsilabError({
      code: 'parameter',
      parameter: 'temperature',
      problem: 'too low for the replicator equation to be followed',
      allowed: `at least (max ζ − min ζ)/${MOST_SPAN}`,
      got: T,
      advice: 'softmax(zeta, { temperature }) has no such limit.',
    })
  return new SoftmaxRoutes(energies, T)
}

export type RouteName = 'population' | 'born' | 'replicator' | 'variational' | 'thermal'

const ROUTES: Readonly<Record<RouteName, string>> = {
  population: 'reaction, ψ after τ = 1/T',
  born: 'reaction, |ψ|² after τ = 1/2T',
  replicator: 'replicator equation to τ = 1/T',
  variational: 'least ⟨p, ζ⟩ − TS',
  thermal: 'thermal state of H = diag ζ',
}

export class SoftmaxRoutes extends Drawable {
  /** The closed form. */
  readonly softmax: Softmax
  /** p by each route. */
  readonly probabilities: Readonly<Record<RouteName, Float64Array>>
  /** max |p − softmax| of each route. */
  readonly differences: Readonly<Record<RouteName, number>>
  /** Shares on the way of the replicator equation. */
  readonly trajectory: Trajectory
  /** ⟨p, ζ⟩ − TS(p) of the variational p above −T ln Σe^{−ζ/T}: T times the relative entropy of p to the softmax. */
  readonly fenchelGap: number
  readonly notes: readonly string[]

  constructor(zeta: Float64Array, temperature: number) {
    super()
    this.softmax = new Softmax(zeta, temperature)
    this.trajectory = replicator(zeta, 1 / temperature)
    const optimum: Optimum = variational(zeta, temperature)
    const psi = reaction(zeta, 1 / (2 * temperature))
    const square = psi.reduce((sum, v) => sum + v * v, 0)
    this.probabilities = {
      population: reaction(zeta, 1 / temperature),
      born: psi.map((v) => (v * v) / square),
      replicator: this.trajectory.end,
      variational: optimum.p,
      thermal: thermalState(latticeHamiltonian({ zeta, D: 0 }), 1 / temperature).populations,
    }
    const difference = (p: Float64Array): number =>
      p.reduce((most, v, i) => Math.max(most, Math.abs(v - this.softmax.probabilities[i])), 0)
    this.differences = Object.fromEntries(
      Object.entries(this.probabilities).map(([name, p]) => [name, difference(p)]),
    ) as Record<RouteName, number>
    this.fenchelGap = optimum.value - this.softmax.freeEnergy
    this.notes = [
      'All routes need D = 0, H diagonal in the labels: with D ≠ 0 the thermal state is another, see quantumSoftmax.',
      'At one τ the two readings of ψ are softmaxes at temperatures that differ by a factor 2.',
      ...(optimum.converged ? [] : ['The variational route has not converged.']),
    ]
  }

  override figure(): PanelsFigure {
    const { softmax, trajectory, probabilities } = this
    const labels = softmax.zeta.map((_, i) => i)
    const shown = Array.from(labels.slice(0, 8))
    return panelsFigure({
      title: `Softmax by its routes, T = ${Number(softmax.temperature.toPrecision(6))}`,
      alt: this.summary(),
      panels: [
        {
          type: 'lines',
          heading: 'Probabilities',
          x: { label: 'label' },
          y: { label: 'p' },
          series: [
            { label: 'closed form', mark: 'bars', x: labels, y: softmax.probabilities },
            ...(['population', 'replicator', 'variational', 'thermal'] as const).map((name) => ({
              label: name,
              mark: 'points' as const,
              x: labels,
              y: probabilities[name],
            })),
          ],
        },
        {
          type: 'lines',
          heading: 'Replicator equation',
          x: { label: 'τ' },
          y: { label: 'p' },
          series: shown.map((i) => ({
            label: `label ${i}`,
            x: trajectory.times,
            y: trajectory.states.map((p) => p[i]),
          })),
        },
        {
          type: 'table',
          heading: 'Routes',
          columns: [
            { label: 'route' },
            ...shown.map((i) => ({
              label: `p${Array.from(String(i), (digit) => '₀₁₂₃₄₅₆₇₈₉'[Number(digit)]).join('')}`,
              align: 'right' as const,
            })),
            { label: 'max |Δp|', align: 'right' },
          ],
          rows: [
            ['closed form', ...shown.map((i) => softmax.probabilities[i].toFixed(8)), ''],
            ...names.map((name) => [
              ROUTES[name],
              ...shown.map((i) => probabilities[name][i].toFixed(8)),
              this.differences[name].toExponential(1),
            ]),
          ],
        },
      ],
      notes: this.notes,
    })
  }

  override toString(): string {
    return [this.summary(), ...this.notes].join('\n')
  }

  private summary(): string {
    const lines = names.map(
      (name) => `${ROUTES[name]}: differs by ${this.differences[name].toExponential(1)}`,
    )
    return [
      this.softmax.toString(),
      ...lines,
      `gap of Fenchel and Young: ${this.fenchelGap.toExponential(1)}`,
    ].join('\n')
  }
}

const names = Object.keys(ROUTES) as RouteName[]
