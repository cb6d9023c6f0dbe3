/**
 * Propagators of quadratic Hamiltonians as kernels: (Uψ)(x) = ∫K(x, x′)ψ(x′)dx′ with K = Π_d K_d(x_d, x′_d), one
 * complex Gaussian an axis. Immutable; they compose, act on states, and have a trace.
 */
import { Complex } from 'complex.js'
import { WaveFunction } from '../../grid/index.js'
import { INSPECT } from '../../shown.js'
import { composeLine } from './composeLine.js'
import { formAt, gaussianForm } from './gaussianForm.js'
import { GaussianState, requireDimension } from './gaussianState.js'
import { applyLine } from './lineGaussian.js'
import type { LineKernel } from './lineKernel.js'
import { lineLogTrace } from './lineTrace.js'
import { applyToField } from './quadrature.js'

export class GaussianKernel {
  /** One factor an axis. */
  readonly factors: readonly LineKernel[]

  constructor(factors: readonly LineKernel[]) {
    this.factors = factors
  }

  get dimension(): number {
    return this.factors.length
  }

  /**
   * K(x, x′), each a number or one an axis.
   * @throws PsilabError `not-finite` at s = 0 and at a focus, where K is a δ distribution
   */
  value(x: number | readonly number[], from: number | readonly number[]): Complex {
    const [to, source] = [x, from].map((v) => (typeof v === 'number' ? [v] : v))
    requireDimension('x', to.length, this.dimension)
    requireDimension('from', source.length, this.dimension)
    return this.factors
      .reduce((sum, k, d) => sum.add(formAt(gaussianForm(k), to[d], source[d])), new Complex(0))
      .exp()
  }

  /**
   * this ∘ other, `other` acting first: K(x, x′) = ∫K₁(x, y)K₂(y, x′)dy. For kernels of one H at one angle the
   * times add up.
   * @throws PsilabError `unbounded` where the integral diverges
   */
  compose(other: GaussianKernel): GaussianKernel {
    requireDimension('other', other.dimension, this.dimension)
    return new GaussianKernel(this.factors.map((k, d) => composeLine(k, other.factors[d])))
  }

  /** Uψ in closed form. @throws PsilabError `unbounded` where Uψ cannot be normalised */
  apply(state: GaussianState): GaussianState
  /**
   * Uψ on the grid of ψ by quadrature, with its norm and phase; ψ is taken as 0 outside the box.
   * #### Complexity
   * Two sums over an axis for every grid point.
   * @throws PsilabError `resolution` where the grid does not resolve the kernel, or the box does not hold Uψ
   */
  apply(state: WaveFunction): WaveFunction
  apply(state: GaussianState | WaveFunction): GaussianState | WaveFunction {
    if (state instanceof WaveFunction) {
      requireDimension('state', state.grid.axes.length, this.dimension)
      return applyToField(this.factors, state)
    }
    requireDimension('state', state.dimension, this.dimension)
    return new GaussianState(this.factors.map((k, d) => applyLine(k, state.factors[d])))
  }

  /**
   * Tr U = ∫K(x, x)dx: the partition function Z(β) at θ = π/2, s = β.
   * @throws PsilabError `parameter` in real time, `not-confining` and `unbounded` where ζ does not confine
   */
  trace(): Complex {
    return this.logTrace().exp()
  }

  /** ln Tr U, which does not underflow at low temperature: F = −ln Z/β. */
  logTrace(): Complex {
    return this.factors.reduce((sum, k) => sum.add(lineLogTrace(k)), new Complex(0))
  }

  toString(): string {
    const [n, s] = [this.dimension, this.dimension === 1 ? '' : 's']
    return `Gaussian kernel K(x, x′) in ${n} dimension${s}`
  }

  [INSPECT](): string {
    return this.toString()
  }
}
