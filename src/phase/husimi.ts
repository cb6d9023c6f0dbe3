/**
 * The Husimi function: W smoothed by that of a coherent state of width σ, which is the probability of that state,
 *
 *   Q(x, p) = (1/2π) ⟨α|ρ|α⟩ ≥ 0,   ⟨x′|α⟩ = (2πσ²)^{−1/4} exp(−(x′ − x)²/4σ² + ipx′),   ∫Q dx dp = 1,
 *   Q = W ∗ (1/π) exp(−x²/2σ² − 2σ²p²).
 *
 * @see K. Husimi, Proc. Phys. Math. Soc. Japan 22, 264 (1940)
 */
import { requireKeys, requireNumber } from '../error.js'
import type { PanelsFigure } from '../figure/index.js'
import type { WaveFunction } from '../grid/index.js'
import { alive } from './alive.js'
import { type Lattice, PhaseDistribution } from './distribution.js'
import { distributionFigure } from './figure.js'
import { filtered } from './fourier.js'
import { type DensityMatrix, type Source, sourceOf } from './source.js'
import { wignerOf } from './wigner.js'

export interface HusimiOptions {
  /** Which of several coordinates; the others are traced out. Default the only one. */
  readonly coordinate?: string
  /**
   * σ, standard deviation of x in the coherent states; that of p is 1/2σ. Default √(Δx/2Δp) of the state: coherent
   * states of its own proportions.
   */
  readonly width?: number
}

/** The Gaussian is followed to so many standard deviations: e^{−32} there. */
const REACH = 8

/** Q(x, p) ≥ 0 on its own grid: sums over it are integrals. */
export class HusimiFunction extends PhaseDistribution {
  /** σ of the coherent states. */
  readonly width: number
  #wehrl: number | undefined

  constructor(name: string, lattice: Lattice, values: Float64Array, notes: readonly string[], width: number) {
    super(name, lattice, values, notes)
    this.width = width
  }

  /**
   * Wehrl's entropy −∫Q ln(2πQ) dx dp ≥ 1, with 1 for coherent states of this width alone.
   * @see A. Wehrl, Rep. Math. Phys. 16, 353 (1979); E. H. Lieb, Commun. Math. Phys. 62, 35 (1978)
   */
  get wehrl(): number {
    this.#wehrl ??= this.summed((q) => (q > 0 ? -q * Math.log(2 * Math.PI * q) : 0))
    return this.#wehrl
  }

  override figure(): PanelsFigure {
    return distributionFigure(this, {
      alive: this.alive,
      title: 'Husimi function',
      quantity: 'Q',
      scale: 'sequential',
      words: `It is smoothed by coherent states of width σ = ${this.width.toPrecision(3)}`,
    })
  }

  override toString(): string {
    return (
      `Husimi function on ${this.x.length} × ${this.p.length} points, coherent states of σ = ${this.width.toPrecision(4)}: ` +
      `Wehrl entropy ${this.wehrl.toPrecision(6)}`
    )
  }
}

/**
 * The Husimi function of a state on a grid, of a density matrix, or of one coordinate of a state of several.
 * @throws PsilabError `parameter`, `resolution`, `too-large`, `not-finite`
 * @example
 * husimi(problem.eigenstates(2).states[1]).wehrl
 */
export function husimi(state: WaveFunction | DensityMatrix, options: HusimiOptions = {}): HusimiFunction {
  requireKeys('husimi', options, ['coordinate', 'width'])
  const { width } = options
  return husimiOf(sourceOf(state, options.coordinate), width).withAlive(
    alive(state, { form: 'husimi', ...(width !== undefined && { width }) }),
  )
}

export function husimiOf(source: Source, width?: number): HusimiFunction {
  const sigma = requireNumber('width', width ?? naturalWidth(source), 'a number > 0', (w) => w > 0)
  const { name, x, p, dx, dp, values, notes } = wignerOf(source, { x: REACH * sigma, p: REACH / (2 * sigma) })
  const n = x.length
  // A Gaussian of standard deviation s in a box of n steps h multiplies mode k by exp(−½ (2πks/nh)²).
  const gaussian = (s: number, h: number): Float64Array =>
    Float64Array.from({ length: n / 2 + 1 }, (_, k) =>
      Math.exp(-0.5 * ((2 * Math.PI * k * s) / (n * h)) ** 2),
    )
  const smooth = filtered(values, n, gaussian(sigma, dx), gaussian(1 / (2 * sigma), dp))
  // Q ≥ 0; where it is 0, rounding may leave less.
  for (let i = 0; i < smooth.length; i++) smooth[i] = Math.max(0, smooth[i])
  return new HusimiFunction(name, { x, p, dx, dp }, smooth, notes, sigma)
}

function naturalWidth(source: Source): number {
  const w = wignerOf(source)
  return Math.sqrt(w.position.spread / (2 * w.momentum.spread))
}
