/**
 * Lowest levels of −(D/w)(w u′)′ + V u = E u on an interval cut into elements: the stationary states of one
 * coordinate (w = 1), of a half of it where ζ is symmetric, and of a radius in d dimensions (w = r^{d−1}).
 *
 * Rayleigh–Ritz with piecewise polynomials, which meet where V has a kink or a jump: within an element V and u are
 * smooth, so that errors fall exponentially with the degree. Each energy is the quotient
 *
 *   E = ∫ w (D u′² + V u²) dx / ∫ w u² dx
 *
 * of the state found, whose rounding error is that of ⟨T⟩ and ⟨V⟩ and not that of the largest matrix element.
 */
import { symmetricEigen } from '../../numeric/index.js'
import { type Element, element, type Samples } from './element.js'
import { DEGREE, reference, SHAPES, shapesAt } from './reference.js'

/** Highest polynomials of an element, whose share tells whether the degree suffices: two of each parity. */
const HIGHEST = 4

/** u = 0, or u′ = 0. */
export type End = 'zero' | 'free'

export interface SturmLiouville {
  readonly D: number
  /** Ends of the elements, ascending, two at least. */
  readonly vertices: readonly number[]
  /** Conditions at the first and last vertex; a ring joins them. */
  readonly ends: readonly [End, End] | 'ring'
  /** V at points within elements. */
  readonly potential: (x: Float64Array) => Float64Array
  /** w = x^power; default 0. With a power > 0 the first vertex is 0 and u there is free or zero. */
  readonly power?: number
}

export interface ElementLevel {
  readonly energy: number
  /** ⟨−(D/w)(w u′)′⟩. */
  readonly kinetic: number
  readonly state: ElementFunction
  /** ‖−(D/w)(w u′)′ + V u − E u‖, with the jumps of u′ spread over an element: E is within this of a level. */
  readonly residual: number
  /** Part of u in the highest polynomials of each element. */
  readonly tails: Float64Array
}

/** A function on elements: SHAPES coefficients of shape functions an element. */
export class ElementFunction {
  readonly vertices: readonly number[]
  readonly coefficients: Float64Array

  constructor(vertices: readonly number[], coefficients: Float64Array) {
    this.vertices = vertices
    this.coefficients = coefficients
  }

  /** The values at points, 0 outside the elements. */
  at(x: Float64Array): Float64Array {
    const { vertices } = this
    const last = vertices.length - 2
    const series = this.legendreSeries()
    const values = new Float64Array(x.length)
    let e = 0
    for (let i = 0; i < x.length; i++) {
      if (!(x[i] >= vertices[0] && x[i] <= vertices[last + 1])) continue
      while (x[i] < vertices[e]) e--
      while (e < last && x[i] >= vertices[e + 1]) e++
      const at = (2 * x[i] - vertices[e] - vertices[e + 1]) / (vertices[e + 1] - vertices[e])
      let [before, here, sum] = [1, at, series[e * SHAPES] + series[e * SHAPES + 1] * at]
      for (let k = 2; k < SHAPES; k++) {
        const next = here * at * RISE[k] - before * FALL[k]
        sum += series[e * SHAPES + k] * next
        before = here
        here = next
      }
      values[i] = sum
    }
    return values
  }

  /** Coefficients of Legendre polynomials, SHAPES an element. */
  private legendreSeries(): Float64Array {
    const series = new Float64Array(this.coefficients.length)
    for (let from = 0; from < series.length; from += SHAPES) {
      const [left, right] = [this.coefficients[from], this.coefficients[from + 1]]
      series[from] = (left + right) / 2
      series[from + 1] = (right - left) / 2
      for (let k = 2; k < SHAPES; k++) {
        const c = this.coefficients[from + k] / Math.sqrt(2 * (2 * k - 1))
        series[from + k] += c
        series[from + k - 2] -= c
      }
    }
    return series
  }
}

/** Factors of Legendre's recursion P_k = RISE ξ P_{k−1} − FALL P_{k−2}. */
const RISE = Float64Array.from({ length: SHAPES }, (_, k) => (2 * k - 1) / k)
const FALL = Float64Array.from({ length: SHAPES }, (_, k) => (k - 1) / k)

/** The lowest `count` levels, fewer where the elements hold fewer; ∫ w u² dx = 1. */
export function lowestOnElements(problem: SturmLiouville, count: number): ElementLevel[] {
  const { vertices, ends } = problem
  const samples = sampled(problem)
  const elements = samples.map(element)
  const places = placesOf(vertices.length, ends)
  const inner = DEGREE - 1
  const size = places.free + elements.length * inner
  const h = new Float64Array(size * size)
  const mass = new Float64Array(places.free * places.free)
  elements.forEach((one, e) => {
    addElement(one, indicesOf(places, e), h, size, mass, places.free)
  })
  const lower = cholesky(mass, places.free)
  orthonormaliseVertices(h, size, lower, places.free)
  const { vectors } = symmetricEigen(h, size, { lowest: Math.min(count, size) })
  return vectors.map((vector) => {
    backSubstitute(lower, places.free, vector)
    const coefficients = new Float64Array(elements.length * SHAPES)
    elements.forEach(({ basis }, e) => {
      const indices = indicesOf(places, e)
      for (let i = 0; i < SHAPES; i++)
        for (let j = 0; j < SHAPES; j++)
          if (indices[j] >= 0) coefficients[e * SHAPES + i] += basis[i * SHAPES + j] * vector[indices[j]]
    })
    return levelOf(problem, samples, coefficients)
  })
}

interface Sampled extends Samples {
  readonly points: Float64Array
}

/** Coordinates, weight and potential at the quadrature points of every element. */
export function sampled({ D, vertices, potential, power = 0 }: SturmLiouville): Sampled[] {
  const { nodes } = reference()
  const count = vertices.length - 1
  const x = new Float64Array(count * nodes.length)
  for (let e = 0; e < count; e++) {
    const [middle, half] = [(vertices[e] + vertices[e + 1]) / 2, (vertices[e + 1] - vertices[e]) / 2]
    nodes.forEach((node, q) => {
      x[e * nodes.length + q] = middle + half * node
    })
  }
  const v = potential(x)
  return Array.from({ length: count }, (_, e) => {
    const [from, to] = [e * nodes.length, (e + 1) * nodes.length]
    const points = x.subarray(from, to)
    return {
      D,
      length: vertices[e + 1] - vertices[e],
      points,
      weight: points.map((r) => r ** power),
      potential: v.subarray(from, to),
    }
  })
}

/** Where the unknowns of the vertices stand: those at ends with u = 0 have none (−1), a ring's ends share one. */
function placesOf(
  count: number,
  ends: SturmLiouville['ends'],
): { readonly of: readonly number[]; readonly free: number } {
  const of: number[] = []
  let free = 0
  for (let j = 0; j < count; j++) {
    const last = j === count - 1
    if (ends === 'ring') of.push(last ? 0 : free++)
    else of.push((j === 0 && ends[0] === 'zero') || (last && ends[1] === 'zero') ? -1 : free++)
  }
  return { of, free }
}

/** Unknowns of the basis of element e. */
function indicesOf({ of, free }: ReturnType<typeof placesOf>, e: number): Int32Array {
  return Int32Array.from({ length: SHAPES }, (_, j) => (j < 2 ? of[e + j] : free + e * (DEGREE - 1) + j - 2))
}

function addElement(
  { energy, mass }: Element,
  indices: Int32Array,
  h: Float64Array,
  size: number,
  vertexMass: Float64Array,
  free: number,
): void {
  for (let i = 0; i < SHAPES; i++)
    for (let j = 0; j < SHAPES; j++)
      if (indices[i] >= 0 && indices[j] >= 0) h[indices[i] * size + indices[j]] += energy[i * SHAPES + j]
  for (let i = 0; i < 2; i++)
    for (let j = 0; j < 2; j++)
      if (indices[i] >= 0 && indices[j] >= 0) vertexMass[indices[i] * free + indices[j]] += mass[i + j]
}

/** L with L Lᵀ = A, row-major. */
function cholesky(a: Float64Array, n: number): Float64Array {
  const lower = new Float64Array(n * n)
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      let sum = a[i * n + j]
      for (let k = 0; k < j; k++) sum -= lower[i * n + k] * lower[j * n + k]
      lower[i * n + j] = i === j ? Math.sqrt(sum) : sum / lower[j * n + j]
    }
  return lower
}

/** h ← L⁻¹ h L⁻ᵀ on the leading unknowns. */
function orthonormaliseVertices(h: Float64Array, size: number, lower: Float64Array, free: number): void {
  const solve = (start: number, step: number): void => {
    for (let i = 0; i < free; i++) {
      let sum = h[start + i * step]
      for (let k = 0; k < i; k++) sum -= lower[i * free + k] * h[start + k * step]
      h[start + i * step] = sum / lower[i * free + i]
    }
  }
  for (let j = 0; j < size; j++) solve(j, size)
  for (let i = 0; i < size; i++) solve(i * size, 1)
}

/** x ← L⁻ᵀ x on the leading unknowns. */
function backSubstitute(lower: Float64Array, free: number, x: Float64Array): void {
  for (let i = free - 1; i >= 0; i--) {
    let sum = x[i]
    for (let k = i + 1; k < free; k++) sum -= lower[k * free + i] * x[k]
    x[i] = sum / lower[i * free + i]
  }
}

/** Energy, residual and tails of a state that is given by its coefficients. */
function levelOf(
  problem: SturmLiouville,
  samples: readonly Sampled[],
  coefficients: Float64Array,
): ElementLevel {
  const { D, vertices, power = 0 } = problem
  const { weights, value, slope, curvature } = reference()
  const count = weights.length
  const [u, image, measure] = [0, 1, 2].map(() => new Float64Array(samples.length * count))
  let norm = 0
  let kinetic = 0
  let potential = 0
  samples.forEach(({ length, points, weight, potential: v }, e) => {
    const scale = 2 / length
    for (let q = 0; q < count; q++) {
      const [i, from, to] = [e * count + q, e * SHAPES, q * SHAPES]
      measure[i] = (weights[q] * weight[q]) / scale
      u[i] = dot(coefficients, from, value, to)
      const first = scale * dot(coefficients, from, slope, to)
      const second = scale * scale * dot(coefficients, from, curvature, to)
      norm += measure[i] * u[i] * u[i]
      kinetic += measure[i] * D * first * first
      potential += measure[i] * v[q] * u[i] * u[i]
      image[i] = v[q] * u[i] - D * (second + (power / points[q]) * first)
    }
  })
  const energy = (kinetic + potential) / norm
  let square = jumps(problem, coefficients)
  for (let i = 0; i < u.length; i++) square += measure[i] * (image[i] - energy * u[i]) ** 2
  const size = Math.sqrt(norm)
  const tails = Float64Array.from(samples, ({ length, weight }, e) => {
    const high = coefficients.subarray((e + 1) * SHAPES - HIGHEST, (e + 1) * SHAPES)
    return (Math.hypot(...high) * Math.sqrt(length * weight[count - 1])) / size
  })
  const state = new ElementFunction(
    vertices,
    coefficients.map((c) => c / size),
  )
  return { energy, kinetic: kinetic / norm, state, residual: Math.sqrt(square) / size, tails }
}

/** Σ (D [u′])²/h over the vertices at which u′ should be continuous or 0, w included; h is the shorter element. */
function jumps({ D, vertices, ends, power = 0 }: SturmLiouville, coefficients: Float64Array): number {
  const last = vertices.length - 1
  const { slope } = shapesAt([-1, 1])
  const slopeAt = (e: number, end: 0 | 1): number =>
    (2 / (vertices[e + 1] - vertices[e])) * dot(coefficients, e * SHAPES, slope, end * SHAPES)
  const length = (e: number): number => vertices[e + 1] - vertices[e]
  let sum = 0
  const add = (jump: number, h: number, at: number): void => {
    sum += ((D * jump) ** 2 / h) * at ** power
  }
  for (let j = 1; j < last; j++)
    add(slopeAt(j, 0) - slopeAt(j - 1, 1), Math.min(length(j - 1), length(j)), vertices[j])
  if (ends === 'ring')
    add(slopeAt(0, 0) - slopeAt(last - 1, 1), Math.min(length(0), length(last - 1)), vertices[last])
  else {
    if (ends[0] === 'free') add(slopeAt(0, 0), length(0), vertices[0])
    if (ends[1] === 'free') add(slopeAt(last - 1, 1), length(last - 1), vertices[last])
  }
  return sum
}

/** Σ_k of SHAPES products of two rows. */
function dot(a: Float64Array, from: number, b: Float64Array, to: number): number {
  let sum = 0
  for (let k = 0; k < SHAPES; k++) sum += a[from + k] * b[to + k]
  return sum
}
