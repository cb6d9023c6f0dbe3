/**
 * Lowest eigenpairs of H on a grid of any dimension: a block Krylov space of the imaginary-time propagator
 * P = exp(−τH), whose largest eigenvalues are the lowest levels, followed by Rayleigh–Ritz with H itself,
 * so that the splitting error of P enters a level only through what lies outside the whole space.
 * Residuals r = ‖Hφ − Eφ‖ are computed with H: a level is off by at most r, and by about r²/gap.
 *
 * Reference: Chin, Janecek and Krotscheck, Chem. Phys. Lett. 470, 342 (2009) (diffusion subspace iteration).
 */
import { PsilabError } from '../../error.js'
import { symmetricEigen, xorshift } from '../../numeric/index.js'
import type { Hamiltonian } from '../hamiltonian.js'
import { propagator, type SplittingName } from '../propagation/index.js'
import { type Eigenpairs, errorsOf } from './eigenpairs.js'

export interface KrylovOptions {
  readonly levels: number
  readonly method: SplittingName
  readonly gradientSquared?: Float64Array
  /** Energy range above min ζ in which the wanted levels lie; sets the first τ. */
  readonly window: number
}

/** Wanted energy error as a share of the energy window. */
const ENERGY_TOLERANCE = 1e-12
/** Error that is still returned after the last restart, and from which on the user is warned, as shares of the window. */
const ACCEPTABLE = 1e-3
const NOTABLE = 1e-9
/** Milliseconds after which the search says how far it is. */
const SILENT = 10_000
/** Restarts before the search gives up. */
const MAX_CYCLES = 12
/** Block powers of P between restarts. */
const POWERS = 12

export function lowestEigenpairs(hamiltonian: Hamiltonian, options: KrylovOptions): Eigenpairs {
  const { levels, window } = options
  const size = hamiltonian.grid.size
  // Even, because two real vectors travel as one complex field; a few more than wanted show the gap.
  const block = levels + 4 + (levels % 2)
  const reference = hamiltonian.zeta.reduce((least, v) => Math.min(least, v), Number.POSITIVE_INFINITY)
  let tau = 2 / window
  let start = smoothRandom(hamiltonian, block, reference, window)
  const tolerance = ENERGY_TOLERANCE * window
  let estimate = Number.POSITIVE_INFINITY
  let best: Eigenpairs | undefined
  const history: number[] = []
  const started = Date.now()
  for (let cycle = 0; cycle < MAX_CYCLES; cycle++) {
    const apply = propagator(hamiltonian, {
      method: options.method,
      step: { re: tau, im: 0 },
      reference,
      ...(options.gradientSquared === undefined ? {} : { gradientSquared: options.gradientSquared }),
    })
    const basis: Float64Array[] = []
    let current = start
    for (let power = 0; power <= POWERS; power++) {
      current = orthonormalise(current, basis)
      basis.push(...current)
      if (current.length === 0 || basis.length + block > size) break
      if (power < POWERS) current = mapPairs(current, (field) => apply(field, 1))
    }
    const pairs = rayleighRitz(hamiltonian, basis, block)
    start = [...pairs.vectors]
    const worst = Math.max(...pairs.residuals.subarray(0, levels))
    estimate = energyError(pairs.energies, worst, levels)
    if (estimate <= tolerance) return truncated(pairs, levels)
    best = pairs
    // A splitting that no longer gains by shorter steps will not converge by more of them.
    history.push(estimate)
    if (Date.now() - started > SILENT)
      console.info(
        `levels on ${hamiltonian.grid.shape.join(' × ')} points: cycle ${cycle + 1} of at most ${MAX_CYCLES}, energies good to about ${estimate.toExponential(0)}`,
      )
    if (cycle >= 4 && estimate > 0.3 * history[cycle - 2]) break
    tau *= 0.7
  }
  if (best !== undefined && estimate <= ACCEPTABLE * window) {
    if (estimate > NOTABLE * window)
      console.warn(`grid.points: these levels are converged to about ${estimate.toExponential(0)} only.`)
    return truncated(best, levels)
  }
  throw new PsilabError({
    code: 'not-converged',
    parameter: 'grid.points',
    problem: `${levels === 1 ? 'the lowest level' : `the lowest ${levels} levels`} did not converge`,
    allowed: `an estimated energy error of at most ${tolerance.toExponential(1)}`,
    got: estimate,
    advice: 'Ask for one level more or less, or give a smaller box or fewer points.',
  })
}

/**
 * Error of the wanted levels: r²/gap (Kato and Temple), with the gap from the cluster that the last of them belongs to
 * up to the next level of the block; r itself where the block shows no such level.
 */
function energyError(energies: Float64Array, residual: number, levels: number): number {
  const last = energies[levels - 1]
  const next = energies.find((e) => e - last > 4 * residual)
  return next === undefined ? residual : Math.min(residual, residual ** 2 / (next - last))
}

/** Random fields damped where ζ is high: a start with a part along every low level. */
function smoothRandom(
  hamiltonian: Hamiltonian,
  count: number,
  reference: number,
  window: number,
): Float64Array[] {
  const random = xorshift(20240719)
  return Array.from({ length: count }, () =>
    hamiltonian.zeta.map((v) => (random() - 0.3) * Math.exp(-(2 * (v - reference)) / window)),
  )
}

/** Applies a real linear map to real vectors, two at a time as real and imaginary part of one field. */
function mapPairs(vectors: readonly Float64Array[], map: (field: Float64Array) => void): Float64Array[] {
  const result: Float64Array[] = []
  for (let p = 0; p < vectors.length; p += 2) {
    const [a, b] = [vectors[p], vectors[p + 1]]
    const field = new Float64Array(2 * a.length)
    for (let i = 0; i < a.length; i++) {
      field[2 * i] = a[i]
      if (b !== undefined) field[2 * i + 1] = b[i]
    }
    map(field)
    result.push(a.map((_, i) => field[2 * i]))
    if (b !== undefined) result.push(b.map((_, i) => field[2 * i + 1]))
  }
  return result
}

/** The part of each vector orthogonal to the basis and to one another (Gram–Schmidt, twice); dependent ones drop out. */
function orthonormalise(vectors: readonly Float64Array[], basis: readonly Float64Array[]): Float64Array[] {
  const result: Float64Array[] = []
  for (const vector of vectors) {
    const v = Float64Array.from(vector)
    const before = Math.sqrt(dot(v, v))
    for (let pass = 0; pass < 2; pass++)
      for (const q of [...basis, ...result]) {
        const c = dot(q, v)
        for (let i = 0; i < v.length; i++) v[i] -= c * q[i]
      }
    const length = Math.sqrt(dot(v, v))
    if (length > 1e-11 * before) result.push(v.map((x) => x / length))
  }
  return result
}

function rayleighRitz(hamiltonian: Hamiltonian, basis: readonly Float64Array[], count: number): Eigenpairs {
  const m = basis.length
  const images = mapPairs(basis, (field) => field.set(hamiltonian.apply(field)))
  const projected = new Float64Array(m * m)
  for (let a = 0; a < m; a++)
    for (let b = a; b < m; b++) {
      const h = 0.5 * (dot(basis[a], images[b]) + dot(basis[b], images[a]))
      projected[a * m + b] = h
      projected[b * m + a] = h
    }
  const { values, vectors } = symmetricEigen(projected, m, { lowest: Math.min(count, m) })
  const kept = values.length
  const combine = (columns: readonly Float64Array[], weights: Float64Array): Float64Array => {
    const sum = new Float64Array(columns[0].length)
    columns.forEach((column, a) => {
      for (let i = 0; i < sum.length; i++) sum[i] += weights[a] * column[i]
    })
    return sum
  }
  const states = Array.from({ length: kept }, (_, n) => combine(basis, vectors[n]))
  const residuals = Float64Array.from({ length: kept }, (_, n) => {
    const image = combine(images, vectors[n])
    let sum = 0
    for (let i = 0; i < image.length; i++) sum += (image[i] - values[n] * states[n][i]) ** 2
    return Math.sqrt(sum)
  })
  return { energies: values, vectors: states, residuals, errors: errorsOf(residuals, values) }
}

function truncated(pairs: Eigenpairs, levels: number): Eigenpairs {
  return {
    energies: pairs.energies.slice(0, levels),
    vectors: pairs.vectors.slice(0, levels),
    residuals: pairs.residuals.slice(0, levels),
    errors: pairs.errors.slice(0, levels),
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i]
  return sum
}
