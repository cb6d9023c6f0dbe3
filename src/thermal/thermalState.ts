/**
 * The thermal state of a small Hamiltonian matrix,
 *
 *   ρ = e^{−βH}/Z = Σ_n p_n |n⟩⟨n|,   Z = Tr e^{−βH},   p_n = e^{−βE_n}/Z.
 *
 * Its diagonal, the populations of the labels, is softmax(−βζ) where H = diag(ζ), and only there: `correction` is the
 * difference. For the lattice H = D·L + diag(ζ) it is −Dβ p_i (k_i − Σ_j p_j k_j) + O(D²) with k_i neighbours of label i:
 * at first order the labels with more neighbours only lie higher, and the coupling itself comes at second.
 *
 * A complex Hermitian H = A + iB is the real symmetric matrix (A −B; B A), whose levels are those of H, each twice.
 */
import { PsilabError } from '../error.js'
import { Drawable, type PanelsFigure, panelsFigure } from '../figure/index.js'
import { symmetricEigen } from '../numeric/index.js'
import { boltzmannWeights } from './boltzmann.js'
import { LevelSums, requireBeta, requireLevels, type ThermodynamicPoint } from './levelSums.js'

/** Rows of a real symmetric matrix, or of the real and imaginary parts of a Hermitian one. */
export type HermitianMatrix =
  | readonly ArrayLike<number>[]
  | { readonly re: readonly ArrayLike<number>[]; readonly im: readonly ArrayLike<number>[] }

/** Most rows: all levels are found. */
const MOST = 1024
/** Asymmetry, as a share of the largest element, that is rounding. */
const ROUNDING = 1e-12

/**
 * The thermal state of a Hermitian matrix at an inverse temperature.
 *
 * @param H rows of a real symmetric matrix, or { re, im }
 * @param beta β = 1/T > 0 in the inverse of H's unit (k_B = 1)
 * @param zeta energies of the labels, whose softmax(−βζ) the populations are held to; default: the diagonal of H
 * @throws PsilabError `parameter` for a matrix that is not Hermitian
 * @example
 * const zeta = [0, 1, 2]
 * thermalState(latticeHamiltonian({ zeta, D: 0.1 }), 1, zeta).correction
 */
export function thermalState(H: HermitianMatrix, beta: number, zeta?: ArrayLike<number>): ThermalState {
  requireBeta(beta)
  const { re, im } = 're' in H ? H : { re: H, im: undefined }
  const n = re.length
  requireSquare(re, n, +1)
  if (im !== undefined) requireSquare(im, n, -1)
  const m = im === undefined ? n : 2 * n
  const matrix = new Float64Array(m * m)
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) {
      matrix[i * m + j] = re[i][j]
      if (im === undefined) continue
      matrix[(n + i) * m + n + j] = re[i][j]
      matrix[(n + i) * m + j] = im[i][j]
      matrix[i * m + n + j] = -im[i][j]
    }
  const { values, vectors } = symmetricEigen(matrix, m)
  const levels = im === undefined ? values : values.filter((_, k) => k % 2 === 0)
  return new ThermalState(
    zeta === undefined ? Float64Array.from(re, (row, i) => row[i]) : requireLabels(zeta, n),
    beta,
    levels,
    elements(values, vectors, n, beta),
    im !== undefined,
  )
}

/** ρ between the labels, row-major n²: the left half of the columns of the real form, re above im. */
function elements(
  values: Float64Array,
  vectors: readonly Float64Array[],
  n: number,
  beta: number,
): { re: Float64Array; im: Float64Array } {
  const weights = values.map((e) => Math.exp(-beta * (e - values[0])))
  // Doubled levels double the sum, and each column of the real form has its twin.
  const total = weights.reduce((sum, w) => sum + w, 0) * (n / values.length)
  const [re, im] = [new Float64Array(n * n), new Float64Array(n * n)]
  vectors.forEach((v, k) => {
    const weight = weights[k] / total
    for (let i = 0; i < v.length; i++) {
      const out = i < n ? re : im
      const row = (i % n) * n
      for (let j = 0; j < n; j++) out[row + j] += weight * v[i] * v[j]
    }
  })
  return { re, im }
}

/** ρ = e^{−βH}/Z of a matrix H. */
export class ThermalState extends Drawable implements ThermodynamicPoint {
  readonly beta: number
  /** E₀ ≤ E₁ ≤ …, in the unit of H. */
  readonly energies: Float64Array
  /** p_n = e^{−βE_n}/Z of each level. */
  readonly weights: Float64Array
  /** ρ_ii: the probability of each label. */
  readonly populations: Float64Array
  /** softmax(−βζ): the populations of labels that nothing couples. */
  readonly classical: Float64Array
  /** Real and imaginary part of ρ, row-major n². */
  readonly re: Float64Array
  readonly im: Float64Array
  readonly temperature: number
  readonly Z: number
  readonly F: number
  readonly U: number
  readonly S: number
  readonly C: number
  readonly isComplex: boolean

  constructor(
    zeta: Float64Array,
    beta: number,
    energies: Float64Array,
    { re, im }: { readonly re: Float64Array; readonly im: Float64Array },
    isComplex: boolean,
  ) {
    super()
    const n = zeta.length
    const { Z, F, U, S, C } = new LevelSums(energies).at(1 / beta)
    this.beta = beta
    this.temperature = 1 / beta
    this.energies = energies
    this.weights = boltzmannWeights(energies, 1 / beta).p
    this.populations = Float64Array.from({ length: n }, (_, i) => re[i * n + i])
    this.classical = boltzmannWeights(zeta, 1 / beta).p
    this.re = re
    this.im = im
    this.Z = Z
    this.F = F
    this.U = U
    this.S = S
    this.C = C
    this.isComplex = isComplex
  }

  /** Populations less softmax(−βζ): the quantum correction. */
  get correction(): Float64Array {
    return this.populations.map((p, i) => p - this.classical[i])
  }

  /** Tr ρ² = Σ p_n²: 1 for a pure state, 1/n where all levels weigh the same. */
  get purity(): number {
    return this.weights.reduce((sum, p) => sum + p * p, 0)
  }

  override figure(): PanelsFigure {
    const { populations, classical, correction, beta } = this
    const label = Array.from(populations.keys())
    const worst = correction.reduce((most, c) => Math.max(most, Math.abs(c)), 0)
    return panelsFigure({
      title: `Thermal state at β = ${Number(beta.toPrecision(6))}`,
      alt: `Populations of ${populations.length} labels beside softmax(−βζ), from which they differ by at most ${worst.toPrecision(3)}.`,
      panels: [
        {
          type: 'lines',
          heading: 'Populations',
          x: { label: 'label' },
          y: { label: 'p' },
          series: [
            { label: 'ρ_ii', mark: 'bars', x: label, y: populations },
            { label: 'softmax(−βζ)', mark: 'points', role: 'reference', x: label, y: classical },
          ],
        },
        {
          type: 'lines',
          heading: 'Quantum correction',
          x: { label: 'label' },
          y: { label: 'ρ_ii − softmax' },
          series: [{ label: 'ρ_ii − softmax', mark: 'bars', x: label, y: correction }],
        },
      ],
    })
  }

  override toString(): string {
    const shown = Array.from(this.populations.slice(0, 8), (p) => p.toFixed(8)).join(', ')
    return `thermal state at β = ${this.beta}: populations ${shown}${this.populations.length > 8 ? ', …' : ''}; Z = ${this.Z.toPrecision(10)}, F = ${this.F.toFixed(9)}, U = ${this.U.toFixed(9)}, S = ${this.S.toFixed(9)}, purity ${this.purity.toFixed(8)}`
  }
}

function requireLabels(zeta: ArrayLike<number>, n: number): Float64Array {
  const labels = requireLevels(zeta)
  if (labels.length === n) return labels
  throw new PsilabError({
    code: 'parameter',
    parameter: 'zeta',
    problem: 'wrong number of labels',
    allowed: `${n}, as many as H has rows`,
    got: labels.length,
  })
}

function requireSquare(rows: readonly ArrayLike<number>[], n: number, sign: 1 | -1): void {
  const most = rows.reduce((m, row) => Math.max(m, ...Array.from(row, Math.abs)), 0)
  const symmetric = (): boolean =>
    rows.every((row, i) =>
      Array.from(row).every((v, j) => Math.abs(v - sign * rows[j][i]) <= ROUNDING * most),
    )
  if (
    n >= 1 &&
    n <= MOST &&
    rows.length === n &&
    rows.every((row) => row.length === n) &&
    Number.isFinite(most) &&
    symmetric()
  )
    return
  throw new PsilabError({
    code: n > MOST ? 'too-large' : 'parameter',
    parameter: 'H',
    problem: sign === 1 ? 'not a symmetric matrix' : 'its imaginary part is not antisymmetric',
    allowed: `1 to ${MOST} rows of as many finite numbers, H = H†`,
    got: n > MOST ? n : rows,
  })
}
