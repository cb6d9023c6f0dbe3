/**
 * The Schrödinger bridge between two normal distributions, in closed form (Janati, Muzellec, Peyré and Cuturi, NeurIPS
 * 2020; Bunne, Hsieh, Cuturi and Krause, AISTATS 2023): of all processes with the ends N(μ₀, Σ₀) and N(μ₁, Σ₁) the nearest
 * to dX = √(2D) dW over the time T. With s = 2DT,
 *
 *   Cov(X₀, X_T) = C = ½ Σ₀^{½} (4 Σ₀^{½} Σ₁ Σ₀^{½} + s²)^{½} Σ₀^{−½} − s/2,
 *
 * on a line −s/2 + √(s²/4 + a²b²); between the ends, with r = t/T, X_t is normal with
 *
 *   mean (1−r)μ₀ + rμ₁,   covariance (1−r)²Σ₀ + r²Σ₁ + r(1−r)(C + Cᵀ + s).
 *
 * s → 0 is optimal transport, s → ∞ makes the ends independent.
 */
import { PsilabError, requireInteger, requireKeys, requireNumber } from '../../../error.js'
import { Drawable, type Panel, type PanelsFigure, panelsFigure } from '../../../figure/index.js'
import { randomStream } from '../../../numeric/index.js'
import { covarianceOf, GaussianMixture, gaussianMixture } from '../mixture.js'
import { linspace, pathsPanel, planeColumns } from '../panels.js'
import { coordinateNames, short } from '../samples.js'
import type { Trajectories } from '../sampling.js'
import { brownianPaths } from './brownian.js'
import { ofSymmetric, times, transpose } from './matrices.js'
import { BRIDGE_NOTE } from './note.js'

export interface GaussianBridgeOptions {
  /** The law at t = 0 and at t = until: mixtures of one component. */
  readonly from: GaussianMixture
  readonly to: GaussianMixture
  /** Diffusion coefficient; default ½. */
  readonly D?: number
  /** T; default 1. */
  readonly until?: number
}

export interface BridgePathsOptions {
  /** Number of paths; default 24. */
  readonly paths?: number
  /** Equal steps of each; default 200. */
  readonly steps?: number
  /** Default 1. */
  readonly seed?: number
}

export function requirePaths(options: BridgePathsOptions) {
  requireKeys('paths', options, ['paths', 'steps', 'seed'])
  return {
    count: requireInteger('paths', options.paths ?? 24, 1, 1_000_000),
    steps: requireInteger('steps', options.steps ?? 200, 1, 10_000),
    seed: requireInteger('seed', options.seed ?? 1, 0, Number.MAX_SAFE_INTEGER),
  }
}

export class GaussianBridge extends Drawable {
  readonly from: GaussianMixture
  readonly to: GaussianMixture
  readonly D: number
  readonly until: number
  readonly dimension: number
  /** Cov(X₀, X_T), row-major d × d: its rows are coordinates of X₀. */
  readonly crossCovariance: Float64Array
  readonly notes: readonly string[] = [BRIDGE_NOTE]
  private readonly ends: readonly [Float64Array, Float64Array]

  constructor(from: GaussianMixture, to: GaussianMixture, D: number, until: number) {
    super()
    this.from = from
    this.to = to
    this.D = D
    this.until = until
    this.dimension = from.dimension
    this.ends = [covarianceOf(from.components[0]), covarianceOf(to.components[0])]
    this.crossCovariance = crossCovariance(...this.ends, 2 * D * until, from.dimension)
  }

  /** The law of X_t. @param t 0 to `until` */
  marginal(t: number): GaussianMixture {
    requireNumber('t', t, `a time from 0 to ${this.until}`, (at) => at >= 0 && at <= this.until)
    const n = this.dimension
    const r = t / this.until
    const s = 2 * this.D * this.until
    const [first, last] = this.ends
    const C = this.crossCovariance
    const [m0, m1] = [this.from.mean, this.to.mean]
    return gaussianMixture({
      means: [Array.from(m0, (m, i) => (1 - r) * m + r * m1[i])],
      variances: [
        Array.from({ length: n }, (_, i) =>
          Array.from({ length: n }, (_, j) => {
            const at = i * n + j
            const across = C[at] + C[j * n + i] + (i === j ? s : 0)
            return (1 - r) ** 2 * first[at] + r ** 2 * last[at] + r * (1 - r) * across
          }),
        ),
      ],
    })
  }

  /** Paths of the bridge: ends of their joint normal law, and Brownian bridges between them. */
  paths(options: BridgePathsOptions = {}): Trajectories {
    const { count, steps, seed } = requirePaths(options)
    const n = this.dimension
    const [first, last] = this.ends
    const [m0, m1] = [this.from.mean, this.to.mean]
    const stream = randomStream(seed)
    // X_T given X₀ is normal with the mean μ₁ + CᵀΣ₀⁻¹(x₀ − μ₀) and the covariance Σ₁ − CᵀΣ₀⁻¹C.
    const gain = times(
      transpose(this.crossCovariance, n),
      ofSymmetric(first, n, (v) => 1 / v),
      n,
    )
    const explained = times(gain, this.crossCovariance, n)
    const root = ofSymmetric(
      last.map((v, at) => v - explained[at]),
      n,
      (v) => Math.sqrt(Math.max(0, v)),
    )
    const starts = Array.from({ length: n }, () => new Float64Array(count))
    this.from.draw(stream.at(0), starts)
    const noise = starts.map((_, j) => {
      const z = new Float64Array(count)
      stream.at(1, j).fillNormal(z)
      return z
    })
    const ends = starts.map((_, i) =>
      Float64Array.from({ length: count }, (_, p) => {
        let x = m1[i]
        for (let j = 0; j < n; j++)
          x += gain[i * n + j] * (starts[j][p] - m0[j]) + root[i * n + j] * noise[j][p]
        return x
      }),
    )
    return brownianPaths(starts, ends, this.D, this.until, steps, stream.at(2))
  }

  override figure(): PanelsFigure {
    const names = coordinateNames(this.dimension)
    return panelsFigure({
      title: 'Schrödinger bridge between normal distributions',
      alt: this.toString(),
      seed: 1,
      panels: [...this.marginalPanels(names), ...pathsPanel(this.paths({ paths: 12 }), names, 'Paths')],
      notes: this.notes,
    })
  }

  private marginalPanels(names: readonly string[]): Panel[] {
    const laws = [0, 0.25, 0.5, 0.75, 1].map((r) => ({ r, law: this.marginal(r * this.until) }))
    const reach = (d: number): readonly [number, number] => {
      const ends = laws.flatMap(({ law }) => {
        const width = 4 * Math.sqrt(law.marginal(d).components[0].variances[0])
        return [law.mean[d] - width, law.mean[d] + width]
      })
      return [Math.min(...ends), Math.max(...ends)]
    }
    if (this.dimension === 2)
      return [0, 0.5, 1].map((r) => {
        const axes = [linspace(reach(0), 97), linspace(reach(1), 97)] as const
        return {
          type: 'field',
          heading: `t = ${short(r * this.until)}`,
          labels: [names[0], names[1]],
          axes,
          values: this.marginal(r * this.until).density(planeColumns(axes[0], axes[1])),
          quantity: 'P',
          contours: true,
        }
      })
    const x = linspace(reach(0))
    return [
      {
        type: 'lines',
        heading: 'Marginals',
        x: { label: names[0] },
        y: { label: 'density' },
        series: laws.map(({ r, law }) => ({
          label: `t = ${short(r * this.until)}`,
          x,
          y: law.marginal(0).density([x]),
        })),
      },
    ]
  }

  override toString(): string {
    const { from, to, D, until, crossCovariance } = this
    const shown = Array.from(crossCovariance, (c) => short(c)).join(', ')
    return [
      `Schrödinger bridge from ${from} to ${to} over T = ${until}, D = ${D}: Cov(X₀, X_T) = ${shown}`,
      ...this.notes,
    ].join('\n')
  }
}

function crossCovariance(first: Float64Array, last: Float64Array, s: number, n: number): Float64Array {
  const root = ofSymmetric(first, n, Math.sqrt)
  const inverseRoot = ofSymmetric(first, n, (v) => 1 / Math.sqrt(v))
  const inner = times(times(root, last, n), root, n)
  // The mean with the transpose keeps symmetric what is so but for rounding. √(4v + s²) − s is formed as a quotient, so
  // that the covariance of nearly independent ends keeps its digits.
  const even = inner.map((v, at) => (v + transpose(inner, n)[at]) / 2)
  const middle = ofSymmetric(even, n, (v) => (2 * v) / (Math.sqrt(4 * v + s * s) + s))
  return times(times(root, middle, n), inverseRoot, n)
}

/** @throws PsilabError `parameter` for what is not normal, or ends of different dimensions */
export function gaussianBridge(options: GaussianBridgeOptions): GaussianBridge {
  requireKeys('schrodingerBridge.gaussian', options, ['from', 'to', 'D', 'until'])
  const { from, to } = options
  for (const [parameter, law] of [
    ['from', from],
    ['to', to],
  ] as const)
    if (!(law instanceof GaussianMixture) || law.components.length !== 1 || law.dimension !== from.dimension)
      throw new PsilabError({
        code: 'parameter',
        parameter,
        problem: 'not one normal distribution in the dimension of the other',
        allowed: 'gaussianMixture({ means: [0], variances: 1 })',
        got: law instanceof GaussianMixture ? law.toString() : law,
        advice: 'schrodingerBridge.grid takes any density on a line, schrodingerBridge.samples any points.',
      })
  return new GaussianBridge(
    from,
    to,
    requireNumber('D', options.D ?? 0.5, 'a finite number > 0', (d) => d > 0),
    requireNumber('until', options.until ?? 1, 'a finite number > 0', (t) => t > 0),
  )
}
