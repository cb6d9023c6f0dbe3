/**
 * Levels of a one-dimensional grid from the full matrix of H; in two blocks, of even and of odd states, where ζ is
 * symmetric about the middle of the box.
 */
import { symmetricEigen } from '../../numeric/index.js'
import type { Objective } from '../../objective/index.js'
import type { Hamiltonian } from '../hamiltonian.js'
import { type Eigenpairs, errorsOf } from './eigenpairs.js'

/** Asymmetry of ζ that is rounding, as a share of the largest |ζ| nearby. */
const ROUNDING = 4 * Number.EPSILON
/** Places at which symmetry is tried. */
const PLACES = 64

/** Whether ζ(c + s) = ζ(c − s) to rounding about the middle c of an interval. */
export function isEven(objective: Objective, lower: number, upper: number): boolean {
  const center = (lower + upper) / 2
  const s = Float64Array.from({ length: PLACES }, (_, i) => ((i + 0.618) / PLACES) * ((upper - lower) / 2))
  const right = objective.evaluate([s.map((v) => center + v)])
  const left = objective.evaluate([s.map((v) => center - v)])
  // About 0 mirrored arguments are exact, and so are even powers; elsewhere ζ loses what x − c loses.
  const scale = center === 0 ? 0 : right.reduce((most, v) => Math.max(most, Math.abs(v)), 0)
  return right.every((v, i) => Math.abs(v - left[i]) <= ROUNDING * Math.max(Math.abs(v), scale))
}

/** All levels of the grid, ascending. */
export function allLevels(hamiltonian: Hamiltonian, even: boolean): Float64Array {
  const blocks = blocksOf(hamiltonian, even)
  const values = blocks.map(
    (block) => symmetricEigen(block.matrix, block.points.length, { vectors: false }).values,
  )
  return Float64Array.from(values.flatMap((list) => Array.from(list))).sort()
}

/** The levels of the grid up to an energy, ascending, and their vectors, Σφ² = 1. */
export function statesOfMatrix(
  hamiltonian: Hamiltonian,
  even: boolean,
  energy: number,
): { readonly energies: Float64Array; readonly vectors: readonly Float64Array[] } {
  const size = hamiltonian.grid.size
  const found = blocksOf(hamiltonian, even).flatMap((block) => {
    const n = block.points.length
    const { values } = symmetricEigen(block.matrix, n, { vectors: false })
    const lowest = Math.max(1, values.filter((v) => v <= energy).length)
    const { vectors } = symmetricEigen(block.matrix, n, { lowest })
    return vectors.map((vector, k) => ({ energy: values[k], vector: unfolded(block, vector, size) }))
  })
  found.sort((a, b) => a.energy - b.energy)
  return { energies: Float64Array.from(found, (f) => f.energy), vectors: found.map((f) => f.vector) }
}

/** The lowest eigenpairs of the grid, and the largest share of one that lies at the largest momenta. */
export function lowestOfMatrix(
  hamiltonian: Hamiltonian,
  even: boolean,
  levels: number,
): Eigenpairs & { readonly tail: number } {
  const found = blocksOf(hamiltonian, even).flatMap((block) => {
    const size = block.points.length
    return symmetricEigen(block.matrix, size, { lowest: Math.min(levels, size) }).vectors.map((vector) =>
      measured(hamiltonian, unfolded(block, vector, hamiltonian.grid.size)),
    )
  })
  found.sort((a, b) => a.energy - b.energy)
  const kept = found.slice(0, levels)
  const residuals = Float64Array.from(kept, (pair) => pair.residual)
  return {
    energies: Float64Array.from(kept, (pair) => pair.energy),
    vectors: kept.map((pair) => pair.vector),
    residuals,
    errors: errorsOf(
      residuals,
      Float64Array.from(found, (pair) => pair.energy),
    ),
    tail: kept.reduce((most, pair) => Math.max(most, pair.tail), 0),
  }
}

/** H on the functions (e_j ± e_j′)/√2 of points and their mirror images, or on all points. */
interface Block {
  readonly matrix: Float64Array
  readonly points: readonly number[]
  /** Mirror image of each point; itself where the block has no parity. */
  readonly images: readonly number[]
  readonly parity: 1 | -1
}

function blocksOf(hamiltonian: Hamiltonian, even: boolean): Block[] {
  const matrix = hamiltonian.matrix()
  const { size, axes } = hamiltonian.grid
  const all = Array.from({ length: size }, (_, j) => j)
  if (!even) return [{ matrix, points: all, images: all, parity: 1 }]
  const first = axes[0].transform === 'fourier' ? size : size - 1
  const image = (j: number): number => (first - j) % size
  const half = all.filter((j) => j <= image(j))
  return ([1, -1] as const).map((parity) => {
    const points = parity === 1 ? half : half.filter((j) => j !== image(j))
    const n = points.length
    const block = new Float64Array(n * n)
    points.forEach((j, a) => {
      for (let b = 0; b <= a; b++) {
        const l = points[b]
        const weight = (image(j) === j ? Math.SQRT1_2 : 1) * (image(l) === l ? Math.SQRT1_2 : 1)
        block[a * n + b] = weight * (matrix[j * size + l] + parity * matrix[j * size + image(l)])
      }
      // ζ at a point and at its image differ by rounding.
      block[a * n + a] += (hamiltonian.zeta[image(j)] - hamiltonian.zeta[j]) / 2
    })
    return { matrix: block, points, images: points.map(image), parity }
  })
}

/** The vector of a block on all points. */
function unfolded({ points, images, parity }: Block, vector: Float64Array, size: number): Float64Array {
  const full = new Float64Array(size)
  vector.forEach((v, a) => {
    const [j, image] = [points[a], images[a]]
    if (j === image) full[j] = v
    else {
      full[j] = v * Math.SQRT1_2
      full[image] = parity * v * Math.SQRT1_2
    }
  })
  return full
}

/** Momenta, as a share of the largest, from which on they count as the largest. */
const OUTER = 0.875

interface Measured {
  readonly energy: number
  readonly vector: Float64Array
  readonly residual: number
  /** Share of the norm at the largest momenta. */
  readonly tail: number
}

/**
 * What a normalised eigenvector says. The energy is Σ Dκ²|φ_κ|² + Σ ζ φ², whose rounding error is that of ⟨T⟩ and
 * ⟨ζ⟩ and not that of the largest matrix element.
 */
function measured({ grid, spectral, D, zeta }: Hamiltonian, vector: Float64Array): Measured {
  const { wavenumberSquared } = spectral
  const size = grid.size
  let largest = 0
  for (let k = 0; k < size; k++) largest = Math.max(largest, wavenumberSquared[k])
  const field = new Float64Array(2 * size)
  for (let i = 0; i < size; i++) field[2 * i] = vector[i]
  spectral.forward(field)
  let norm = 0
  let outer = 0
  let kinetic = 0
  for (let k = 0; k < size; k++) {
    // The constant among cosines has twice their square norm, so its coefficient counts half.
    const share = wavenumberSquared[k] === 0 && grid.axes[0].transform === 'cosine' ? 0.5 : 1
    const weight = share * (field[2 * k] * field[2 * k] + field[2 * k + 1] * field[2 * k + 1])
    const t = D * wavenumberSquared[k]
    norm += weight
    kinetic += t * weight
    if (wavenumberSquared[k] > OUTER * OUTER * largest) outer += weight
    field[2 * k] *= t
    field[2 * k + 1] *= t
  }
  spectral.inverse(field)
  let potential = 0
  for (let i = 0; i < size; i++) potential += zeta[i] * vector[i] * vector[i]
  const energy = kinetic / norm + potential
  let square = 0
  for (let i = 0; i < size; i++) {
    const r = field[2 * i] + (zeta[i] - energy) * vector[i]
    square += r * r
  }
  return { energy, vector, residual: Math.sqrt(square), tail: outer / norm }
}
