/** H = −D∇² + ζ − iW on a grid, W absorbing layers. */
import { type Operator, operator } from '../engine/index.js'
import { PsilabError } from '../error.js'
import { type Grid, type Spectral, spectral, type WaveFunction } from '../grid/index.js'
import { type Absorption, absorptionOn, requireClosed } from './absorber.js'
import { engineAxes } from './engineAxes.js'

/** For each transform the first mode, the distance of the first point to its mirror image, and the sign there. */
const SYMMETRY = {
  fourier: { first: 0, mirror: 1, sign: 0 },
  sine: { first: 1, mirror: 2, sign: -1 },
  cosine: { first: 0, mirror: 1, sign: 1 },
} as const

export class Hamiltonian {
  readonly grid: Grid
  readonly D: number
  /** ζ on the grid, length grid.size. */
  readonly zeta: Float64Array
  /** The absorbing layers; undefined where nothing absorbs. */
  readonly absorption: Absorption | undefined
  #spectral: Spectral | undefined
  #complex: Operator | undefined
  #real: Operator | undefined

  constructor(grid: Grid, D: number, zeta: Float64Array, transform?: Spectral) {
    this.grid = grid
    this.D = D
    this.zeta = zeta
    this.absorption = absorptionOn(grid, D)
    this.#spectral = transform
  }

  /** H on the same grid with another D and ζ. */
  with(D: number, zeta: Float64Array): Hamiltonian {
    return new Hamiltonian(this.grid, D, zeta, this.#spectral)
  }

  /** The spectral transform of the grid. */
  get spectral(): Spectral {
    this.#spectral ??= spectral(this.grid)
    return this.#spectral
  }

  /** The largest Dκ² of the grid. */
  get highestKinetic(): number {
    return this.grid.axes.reduce(
      (sum, { wavenumbers }) => sum + this.D * wavenumbers.reduce((most, k) => Math.max(most, k * k), 0),
      0,
    )
  }

  /** Hψ of an interleaved array of length 2·size, in a new array or another one given. */
  apply(psi: Float64Array, result: Float64Array = new Float64Array(psi.length)): Float64Array {
    this.#applyHermitian(psi, result)
    this.absorption?.rate.forEach((w, i) => {
      result[2 * i] += w * psi[2 * i + 1]
      result[2 * i + 1] -= w * psi[2 * i]
    })
    return result
  }

  /** (−D∇² + ζ)ψ. */
  #applyHermitian(psi: Float64Array, result: Float64Array): Float64Array {
    this.#complex ??= this.#operator(false)
    this.#complex.apply(psi, result)
    return result
  }

  /**
   * Hψ of a real field of length size, in two and three dimensions at half the cost; in a new array or a given one.
   * @throws PsilabError `parameter` where layers absorb
   */
  applyReal(psi: Float64Array, result: Float64Array = new Float64Array(psi.length)): Float64Array {
    requireClosed(this.grid.axes, 'real fields')
    this.#real ??= this.#operator(true)
    this.#real.apply(psi, result)
    return result
  }

  #operator(real: boolean): Operator {
    return operator({
      axes: engineAxes(this.grid),
      kinetic: this.grid.axes.map(({ wavenumbers }) => wavenumbers.map((k) => this.D * k * k)),
      potential: this.zeta,
      real,
    })
  }

  /** Mean and standard deviation of −D∇² + ζ in the state. */
  energy(state: WaveFunction): { readonly mean: number; readonly deviation: number } {
    const psi = state.values
    const h = this.#applyHermitian(psi, new Float64Array(psi.length))
    let norm = 0
    let mean = 0
    for (let i = 0; i < psi.length; i++) {
      norm += psi[i] * psi[i]
      mean += psi[i] * h[i]
    }
    mean /= norm
    let square = 0
    for (let i = 0; i < psi.length; i++) square += (h[i] - mean * psi[i]) ** 2
    return { mean, deviation: Math.sqrt(square / norm) }
  }

  /**
   * H as a real symmetric matrix between grid points (row-major, size²), in one dimension. The kinetic
   * part depends on the distance of two points and, with walls or zero flux, on that to the mirror image:
   *   Fourier: T_jl = g(j−l),              g(q) = (1/n) Σ_κ Dκ² cos(2πkq/n)
   *   sine:    T_jl = g(j−l) − g(j+l),     g(q) = (1/m) Σ_κ Dκ² cos(πkq/m),  m = n+1, j and l from 1
   *   cosine:  T_jl = g(j−l) + g(j+l+1),   g(q) = (1/n) Σ_κ Dκ² cos(πkq/n),  j and l from 0
   * (Colbert and Miller, J. Chem. Phys. 96, 1982, 1992, for a finite basis).
   */
  matrix(): Float64Array {
    if (this.grid.axes.length > 1)
      throw new PsilabError({
        code: 'parameter',
        parameter: 'grid',
        problem: 'the full matrix is for one dimension',
        allowed: 'a grid with one axis',
        got: this.grid.shape,
        advice: 'Use problem.eigenstates(n).',
      })
    const [axis] = this.grid.axes
    const n = axis.points
    requireClosed(this.grid.axes, 'the levels of a grid')
    const { first, mirror, sign } = SYMMETRY[axis.transform]
    const m = n + mirror - 1
    const period = axis.transform === 'fourier' ? m : 2 * m
    const cosine = Float64Array.from({ length: period }, (_, q) => Math.cos((2 * Math.PI * q) / period))
    const kinetic = axis.wavenumbers.map((kappa) => (this.D * kappa * kappa) / m)
    const g = new Float64Array(2 * m + 1)
    for (let q = 0; q <= 2 * m; q++) {
      const step = q % period
      let sum = 0
      for (let k = 0, phase = (first * step) % period; k < n; k++) {
        sum += kinetic[k] * cosine[phase]
        phase += step
        if (phase >= period) phase -= period
      }
      g[q] = sum
    }
    const matrix = new Float64Array(n * n)
    for (let j = 0; j < n; j++) {
      for (let l = 0; l < n; l++)
        matrix[j * n + l] =
          g[Math.abs(j - l)] + (sign === 0 ? 0 : sign * g[j + l + mirror]) + (j === l ? this.zeta[j] : 0)
    }
    return matrix
  }
}
