/**
 * A state in phase space, with what bounds it: Δx Δp ≥ ½ (Heisenberg, Kennard), det of the covariances ≥ ¼ (Robertson,
 * Schrödinger), S_x + S_p ≥ 1 + ln π (Białynicki-Birula, Mycielski), Wehrl's entropy ≥ 1 (Lieb).
 *
 * @see I. Białynicki-Birula, J. Mycielski, Commun. Math. Phys. 44, 129 (1975)
 */
import { requireKeys, requireNumber } from '../error.js'
import {
  Drawable,
  type Panel,
  type PanelsFigure,
  panelsFigure,
  type TablePanel,
  tableText,
} from '../figure/index.js'
import { modeWeights, type WaveFunction } from '../grid/index.js'
import { type Alive, alive, problemOf, withLive } from './alive.js'
import type { Marginal } from './distribution.js'
import { curve, densityPanel, fieldPanel, windowOf } from './figure.js'
import { type HusimiFunction, type HusimiOptions, husimiOf } from './husimi.js'
import { type DensityMatrix, type Source, sourceOf } from './source.js'
import { type WignerFunction, wignerOf } from './wigner.js'

export interface PhaseSpaceOptions extends HusimiOptions {
  /** Diffusion coefficient, for the probability current: mass 1/(2D). Default ½. */
  readonly D?: number
}

/** Least value of the sum of the entropies of position and momentum. */
const ENTROPY_BOUND = 1 + Math.log(Math.PI)

export interface Entropies {
  readonly position: number
  readonly momentum: number
  readonly sum: number
  /** 1 + ln π, the least that the sum can be. */
  readonly bound: number
  readonly wehrl: number
}

export class PhaseSpace extends Drawable {
  readonly wigner: WignerFunction
  readonly husimi: HusimiFunction
  /** |ψ|², or ρ(x, x). */
  readonly position: Marginal
  /** |φ|² over the wave number p. */
  readonly momentum: Marginal
  /** Probability current 2D∫pW dp = 2D Im ψ*∂ψ at `position.coordinates`. */
  readonly current: Float64Array
  readonly D: number
  readonly notes: readonly string[]
  private readonly alive: Alive | undefined

  constructor(source: Source, options: { readonly width?: number; readonly D: number }, alive?: Alive) {
    super()
    this.alive = alive
    this.wigner = wignerOf(source)
    this.husimi = husimiOf(source, options.width)
    this.position = this.wigner.position
    const momentum = this.wigner.momentum
    // Its own modes know the moments of a state to rounding, however slowly |φ|² falls.
    this.momentum = source.pure ? { ...momentum, ...momentsOf(source.wave) } : momentum
    this.D = options.D
    this.current = currentOf(this.wigner, options.D)
    this.notes = this.wigner.notes
  }

  /** Δx Δp ≥ ½. */
  get uncertainty(): number {
    return this.position.spread * this.momentum.spread
  }

  /** Δx²Δp² − cov² ≥ ¼, with ¼ for all pure Gaussian states. */
  get determinant(): number {
    return this.uncertainty ** 2 - this.wigner.covariance ** 2
  }

  /** Shannon's of position and momentum, their sum with its bound 1 + ln π, and Wehrl's with its bound 1. */
  get entropies(): Entropies {
    const [position, momentum] = [this.position.entropy, this.momentum.entropy]
    return { position, momentum, sum: position + momentum, bound: ENTROPY_BOUND, wehrl: this.husimi.wehrl }
  }

  /** Tr ρ². */
  get purity(): number {
    return this.wigner.purity
  }

  /** ∫|W| dx dp − 1. */
  get negativity(): number {
    return this.wigner.negativity
  }

  /** The numbers, with their bounds. */
  private get rows(): readonly (readonly [string, number, string])[] {
    const { position, momentum, sum, wehrl } = this.entropies
    const name = this.wigner.name
    return [
      [`⟨${name}⟩`, this.position.mean, ''],
      ['⟨p⟩', this.momentum.mean, ''],
      [`Δ${name}`, this.position.spread, ''],
      ['Δp', this.momentum.spread, ''],
      [`Δ${name} Δp`, this.uncertainty, '≥ ½'],
      [`Δ${name}² Δp² − cov²`, this.determinant, '≥ ¼'],
      [`entropy of ${name}`, position, ''],
      ['entropy of p', momentum, ''],
      ['their sum', sum, `≥ 1 + ln π = ${ENTROPY_BOUND.toFixed(6)}`],
      ['Wehrl entropy', wehrl, '≥ 1'],
      ['purity 2π∫W²', this.purity, '≤ 1'],
      ['negativity ∫|W| − 1', this.negativity, '≥ 0'],
      ['least W', this.wigner.minimum, `≥ −1/π = −${(1 / Math.PI).toFixed(6)}`],
    ]
  }

  override figure(): PanelsFigure {
    const { wigner, husimi, position, momentum, current, D } = this
    const windows = [windowOf(position), windowOf(momentum)] as const
    const density = densityPanel('', wigner.name, `density of ${wigner.name}`, position, windows[0])
    const drawn = curve('current j', position.coordinates, current, windows[0])
    const flowing = flows(current, position, momentum.spread + Math.abs(momentum.mean), D)
    const panels: Panel[] = [
      fieldPanel(wigner, windows, { heading: 'Wigner function', quantity: 'W', scale: 'diverging' }),
      fieldPanel(husimi, windows, { heading: 'Husimi function', quantity: 'Q', scale: 'sequential' }),
      flowing ? { ...density, y: { label: '' }, series: [...density.series, drawn] } : density,
      densityPanel('', 'p', 'density of p', momentum, windows[1]),
      numbers(this.rows),
    ]
    const figure = panelsFigure({
      ...problemOf(this.alive),
      title: 'Phase space',
      alt:
        `Wigner and Husimi function over position ${wigner.name} and momentum p, and both densities. ` +
        `${this.rows.map(([label, value]) => `${label}: ${said(value)}`).join('; ')}.`,
      panels,
      notes: [`Coherent states of the Husimi function: σ = ${said(husimi.width)}.`, ...this.notes],
    })
    return withLive(figure, this.alive)
  }

  override toString(): string {
    const columns = [
      { label: 'phase space' },
      { label: 'value', align: 'right' },
      { label: 'bound' },
    ] as const
    const table = tableText(
      columns,
      this.rows.map(([label, value, bound]) => [label, said(value), bound]),
    )
    return [table, ...this.notes].join('\n')
  }
}

/**
 * Wigner and Husimi function, densities, entropies and uncertainties of a state on a grid, of a density matrix, or of
 * one coordinate of a state of several.
 * @throws PsilabError `parameter`, `resolution`, `too-large`, `not-finite`
 * @example
 * phaseSpace(problem.groundState().state, { D: 0.1 })
 */
export function phaseSpace(state: WaveFunction | DensityMatrix, options: PhaseSpaceOptions = {}): PhaseSpace {
  requireKeys('phaseSpace', options, ['coordinate', 'width', 'D'])
  const D = requireNumber('D', options.D ?? 0.5, 'a number > 0', (d) => d > 0)
  const { width } = options
  const given = { ...(width !== undefined && { width }) }
  return new PhaseSpace(
    sourceOf(state, options.coordinate),
    { ...given, D },
    alive(state, { form: 'phase space', ...given, ...(options.D !== undefined && { D }) }),
  )
}

/** ⟨p⟩ and √(⟨p²⟩ − ⟨p⟩²), ⟨p²⟩ = Σκ²|c|²/Σ|c|² by Parseval. */
function momentsOf(wave: WaveFunction): { mean: number; spread: number } {
  const { wavenumbers } = wave.grid.axes[0]
  const [mean] = wave.momentum().mean()
  let [sum, square] = [0, 0]
  modeWeights(wave, 0).forEach((weight, k) => {
    sum += weight
    square += weight * wavenumbers[k] ** 2
  })
  return { mean, spread: Math.sqrt(Math.max(0, square / sum - mean * mean)) }
}

/** 2D ∫p W dp: what flows through each point. */
function currentOf({ values, x, p, dp }: WignerFunction, D: number): Float64Array {
  const n = p.length
  return x.map((_, j) => {
    let sum = 0
    for (let k = 0; k < n; k++) sum += p[k] * values[j * n + k]
    return 2 * D * sum * dp
  })
}

/** A current below this share of what the state's momenta could carry is rounding. */
const STILL = 1e-9

/** Whether there is a current to show. */
function flows(current: Float64Array, position: Marginal, spread: number, D: number): boolean {
  const largest = (values: Float64Array): number => values.reduce((a, b) => Math.max(a, Math.abs(b)), 0)
  return largest(current) > STILL * 2 * D * spread * largest(position.density)
}

/** The numbers in two columns. */
function numbers(rows: readonly (readonly [string, number, string])[]): TablePanel {
  const half = Math.ceil(rows.length / 2)
  const cells = ([label, value, bound]: readonly [string, number, string]): string[] => [
    label,
    said(value),
    bound,
  ]
  return {
    type: 'table',
    heading: '',
    columns: [0, 1].flatMap(() => [
      { label: '' },
      { label: 'value', align: 'right' as const },
      { label: 'bound' },
    ]),
    rows: rows.slice(0, half).map((row, k) => {
      const beside = rows[half + k]
      return [...cells(row), ...(beside ? cells(beside) : ['', '', ''])]
    }),
  }
}

/** A number in six digits, rounding left out. */
function said(value: number): string {
  if (Math.abs(value) < 1e-12) return '0'
  const rounded = Number(value.toPrecision(6))
  return (Math.abs(value) < 1e-4 ? rounded.toExponential() : String(rounded)).replaceAll('-', '−')
}
