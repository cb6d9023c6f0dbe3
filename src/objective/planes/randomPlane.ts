/**
 * ζ on a random plane through a point, ζ(o + a d₁ + b d₂), with directions of independent normal numbers.
 *
 * `filter`, for networks: the part of each direction that lies in the weights of one neuron gets the length of these
 * weights, and biases stay: planes then do not depend on scales that the network does not see, and sharpness can be
 * compared (Li, Xu, Taylor, Studer and Goldstein, NeurIPS 2018). `none`: the directions are made orthonormal, so that
 * distances on the plane are distances in the whole, and −D∇² is the same there.
 */
import { PsilabError, requireInteger, requireKeys } from '../../error.js'
import { randomStream } from '../../numeric/index.js'
import { type ObjectiveLike, objectiveFrom } from '../objectiveFrom.js'
import { cut, type Section } from './plane.js'
import { requirePoint } from './section.js'

export interface RandomPlaneOptions {
  /** The point at a = b = 0, one number a coordinate. */
  readonly through: ArrayLike<number>
  /** Seed of the directions; default 1. */
  readonly seed?: number
  /** Lengths of the directions; default `filter` for a network, `none` for anything else. */
  readonly normalise?: 'filter' | 'none'
}

/**
 * ζ on a random plane through a point, as an objective of a and b.
 *
 * @throws PsilabError `parameter` for a point of another space, or filters of what is no network
 */
export function randomPlane(given: ObjectiveLike, options: RandomPlaneOptions): Section {
  requireKeys('randomPlane', options, ['through', 'seed', 'normalise'])
  const objective = objectiveFrom(given)
  const origin = requirePoint(objective, options.through)
  const seed = requireInteger('seed', options.seed ?? 1, 0, Number.MAX_SAFE_INTEGER)
  const { filters } = objective
  const normalise = options.normalise ?? (filters === undefined ? 'none' : 'filter')
  if ((normalise !== 'filter' && normalise !== 'none') || (normalise === 'filter' && filters === undefined))
    throw new PsilabError({
      code: 'parameter',
      parameter: 'normalise',
      problem: 'not a way to normalise this objective',
      allowed: filters === undefined ? "'none': it is no network and has no filters" : "'filter' or 'none'",
      got: normalise,
    })
  if (origin.length < 2)
    throw new PsilabError({
      code: 'parameter',
      parameter: 'objective',
      problem: 'a line has no planes',
      allowed: 'an objective of two or more coordinates',
      got: origin.length,
    })
  const random = randomStream(seed)
  const drawn = [0, 1].map((k) => {
    const stream = random.at(k)
    return Float64Array.from(origin, () => stream.normal())
  })
  const directions =
    normalise === 'filter' ? drawn.map((d) => filtered(d, origin, filters!)) : orthonormal(drawn)
  const how = `random plane, seed ${seed}${normalise === 'filter' ? ', filter-normalised' : ''}`
  return cut(objective, {
    origin,
    directions,
    variables: ['a', 'b'],
    tex: '\\zeta(\\theta_0+a\\,d_1+b\\,d_2)',
    text: `ζ(θ₀ + a d₁ + b d₂) (${how}) of ${objective.text}`,
  })
}

function filtered(
  direction: Float64Array,
  origin: readonly number[],
  filters: readonly (readonly number[])[],
): Float64Array {
  const scaled = new Float64Array(direction.length)
  for (const filter of filters) {
    const length =
      Math.hypot(...filter.map((u) => origin[u])) / Math.hypot(...filter.map((u) => direction[u]))
    for (const u of filter) scaled[u] = length * direction[u]
  }
  return scaled
}

function orthonormal([first, second]: readonly Float64Array[]): Float64Array[] {
  const unit = (v: Float64Array): Float64Array => {
    const length = norm(v)
    return v.map((x) => x / length)
  }
  const d1 = unit(first)
  const overlap = d1.reduce((sum, x, u) => sum + x * second[u], 0)
  return [d1, unit(second.map((x, u) => x - overlap * d1[u]))]
}

function norm(v: ArrayLike<number>): number {
  let square = 0
  for (let u = 0; u < v.length; u++) square += v[u] * v[u]
  return Math.sqrt(square)
}
