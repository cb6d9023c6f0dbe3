/**
 * H = −D∇² + ζ on the hypercube, the graph whose corners are the states of n spins ±1 and whose edges flip one spin:
 *
 *   (−∇²ψ)(s) = Σ_i [ψ(s) − ψ(s with s_i flipped)],   −D∇² = D·n − D Σ_i σˣ_i,
 *
 * so that D is the transverse field Γ of quantum annealing. A corner is an integer whose bit i tells whether s_i = −1.
 */
import { symmetricEigen } from '../../numeric/index.js'
import { type Affine, DenseAffine, dot } from './affine.js'

/** D·K + V on all corners, or on the few directions that the uniform state is ever led to. */
export interface SpinSpace extends Affine {
  /** The uniform state. */
  readonly uniform: Float64Array
  /** A state on the corners. */
  lift(c: Float64Array): Float64Array
}

/** Most directions for which matrices are worth their while. */
const FEW = 40
/** Share of a vector that must be new. */
const NEW = 1e-9

/**
 * The smallest space that holds the uniform state and is led out of itself by neither K nor V: that of the states with
 * the symmetry of ζ. For a ferromagnet of n spins it has n + 1 dimensions.
 */
export function spinSpace(spins: number, zeta: Float64Array): SpinSpace {
  const size = zeta.length
  const laplacian = (field: Float64Array): Float64Array => {
    const result = field.map((v) => spins * v)
    for (let bit = 1; bit < size; bit *= 2) for (let i = 0; i < size; i++) result[i] -= field[i ^ bit]
    return result
  }
  const uniform = new Float64Array(size).fill(1 / Math.sqrt(size))
  const basis: Float64Array[] = [uniform]
  const images: { readonly K: Float64Array; readonly V: Float64Array }[] = []
  while (images.length < basis.length && basis.length <= FEW) {
    const here = basis[images.length]
    const [K, V] = [laplacian(here), here.map((v, i) => v * zeta[i])]
    images.push({ K, V })
    for (const image of [K, V]) {
      const rest = image.slice()
      for (let pass = 0; pass < 2; pass++)
        for (const b of basis) {
          const part = dot(b, rest)
          for (let i = 0; i < size; i++) rest[i] -= part * b[i]
        }
      const length = Math.sqrt(dot(rest, rest))
      if (length > NEW * Math.sqrt(dot(image, image))) basis.push(rest.map((v) => v / length))
    }
  }
  const lowest = zeta.reduce((low, v) => Math.min(low, v))
  const highest = zeta.reduce((high, v) => Math.max(high, v))
  if (basis.length > FEW)
    return {
      size,
      uniform,
      lift: (c) => c,
      apply(D, c, into) {
        for (let i = 0; i < size; i++) into[i] = (D * spins + zeta[i]) * c[i]
        for (let bit = 1; bit < size; bit *= 2) for (let i = 0; i < size; i++) into[i] -= D * c[i ^ bit]
      },
      bounds: (D) => [lowest, highest + 2 * spins * D],
    }
  const matrix = (image: 'K' | 'V'): number[][] => basis.map((b) => images.map((i) => dot(b, i[image])))
  const dense = new DenseAffine(matrix('K'), matrix('V'))
  return {
    size: dense.size,
    apply: (D, c, into) => dense.apply(D, c, into),
    bounds: (D) => dense.bounds(D),
    uniform: Float64Array.from(basis, (_, k) => (k === 0 ? 1 : 0)),
    lift(c) {
      const field = new Float64Array(size)
      basis.forEach((b, k) => {
        for (let i = 0; i < size; i++) field[i] += c[k] * b[i]
      })
      return field
    },
  }
}

/** Dimensions of the Krylov space of levels. */
const KRYLOV = 48
/** Size of a new direction, as a share of H, below which the space is whole. */
const WHOLE = 1e-12

export interface SpinLevels {
  readonly ground: Float64Array
  readonly energy: number
  /** Distance to the next level that H can reach from the ground state. */
  readonly gap: number
  /** As for D on a line: ‖(H − E₀)^{−1} ∂φ₀/∂D‖. */
  readonly resistance: number
}

/**
 * The lowest levels of what H makes of the ground state at large D, the uniform one: other levels are never met, such as
 * those of another symmetry. (Lanczos, with every vector made orthogonal to all before.)
 */
export function spinLevels(space: SpinSpace, D: number): SpinLevels {
  const { size } = space
  const basis = [space.uniform]
  const images: Float64Array[] = []
  for (;;) {
    const image = applied(space, D, basis[basis.length - 1])
    images.push(image)
    if (basis.length === Math.min(KRYLOV, size)) break
    const next = image.slice()
    for (let pass = 0; pass < 2; pass++)
      for (const b of basis) {
        const part = dot(b, next)
        for (let i = 0; i < size; i++) next[i] -= part * b[i]
      }
    const length = Math.sqrt(dot(next, next))
    if (length <= WHOLE * Math.sqrt(dot(image, image)) || length === 0) break
    basis.push(next.map((v) => v / length))
  }
  const n = basis.length
  const H = new Float64Array(n * n)
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) H[i * n + j] = dot(basis[i], images[j])
  const { values, vectors } = symmetricEigen(H, n)
  const field = (vector: Float64Array): Float64Array => {
    const sum = new Float64Array(size)
    basis.forEach((b, k) => {
      for (let i = 0; i < size; i++) sum[i] += vector[k] * b[i]
    })
    return sum
  }
  const ground = field(vectors[0])
  const coupled = kineticOf(space, ground)
  const inBasis = Float64Array.from(basis, (b) => dot(b, coupled))
  let square = 0
  for (let m = 1; m < n; m++) square += (dot(vectors[m], inBasis) / (values[m] - values[0]) ** 2) ** 2
  return {
    ground,
    energy: values[0],
    gap: n > 1 ? values[1] - values[0] : Number.NaN,
    resistance: Math.sqrt(square),
  }
}

/** Kc. */
export function kineticOf(space: Affine, c: Float64Array): Float64Array {
  const potential = applied(space, 0, c)
  return applied(space, 1, c).map((v, i) => v - potential[i])
}

function applied(space: Affine, D: number, c: Float64Array): Float64Array {
  const result = new Float64Array(space.size)
  space.apply(D, c, result)
  return result
}
