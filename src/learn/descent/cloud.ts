/** Walkers of a population as columns, one array a coordinate: where they start, their mean and their covariance. */
import { PsilabError } from '../../error.js'
import type { RandomStream } from '../../numeric/index.js'
import { isInside, type SearchBox } from './box.js'

export type Cloud = Float64Array[]

/** Uniform in a box. */
export function uniformCloud({ lower, width }: SearchBox, walkers: number, random: RandomStream): Cloud {
  return Array.from(lower, (low, d) => {
    const column = new Float64Array(walkers)
    random.fillUniform(column)
    return column.map((u) => low + width[d] * u)
  })
}

/**
 * Normal about a start with a standard deviation; where none is given, uniform in the box.
 * @throws PsilabError `parameter` where there is neither
 */
export function cloudAt(
  start: Float64Array,
  spread: number | undefined,
  box: SearchBox | undefined,
  walkers: number,
  random: RandomStream,
): Cloud {
  if (spread === undefined && box !== undefined) return uniformCloud(box, walkers, random)
  if (spread === undefined)
    throw new PsilabError({
      code: 'parameter',
      parameter: 'spread',
      problem: 'nowhere to put the walkers: the objective has no domain',
      allowed: 'a standard deviation about the start, or box: { lower, upper }',
    })
  return Array.from(start, (at, d) => {
    const column = new Float64Array(walkers)
    random.fillNormal(column)
    const [low, high] = box === undefined ? [-Infinity, Infinity] : [box.lower[d], box.upper[d]]
    return column.map((u) => Math.min(high, Math.max(low, at + spread * u)))
  })
}

export function walker(cloud: Cloud, i: number): Float64Array {
  return Float64Array.from(cloud, (column) => column[i])
}

export function setWalker(cloud: Cloud, i: number, point: ArrayLike<number>): void {
  for (let d = 0; d < cloud.length; d++) cloud[d][i] = point[d]
}

export function meanOf(cloud: Cloud): Float64Array {
  const mean = new Float64Array(cloud.length)
  for (let d = 0; d < mean.length; d++) {
    const column = cloud[d]
    let sum = 0
    for (let i = 0; i < column.length; i++) sum += column[i]
    mean[d] = sum / column.length
  }
  return mean
}

/** Which walkers lie outside a box: 1, else 0. */
export function outside({ lower, upper }: SearchBox, cloud: Cloud): Uint8Array {
  const out = new Uint8Array(cloud[0].length)
  cloud.forEach((column, d) => {
    for (let i = 0; i < column.length; i++) if (!(column[i] >= lower[d] && column[i] <= upper[d])) out[i] = 1
  })
  return out
}

/** Standard deviation of each coordinate, divisor n. */
export function deviations(cloud: Cloud): Float64Array {
  const mean = meanOf(cloud)
  const result = new Float64Array(cloud.length)
  for (let d = 0; d < result.length; d++) {
    const column = cloud[d]
    let sum = 0
    for (let i = 0; i < column.length; i++) sum += (column[i] - mean[d]) ** 2
    result[d] = Math.sqrt(sum / column.length)
  }
  return result
}

/** Most coordinates whose covariance is told. */
const MOST = 200

/** Row-major d × d, divisor n; undefined in very many coordinates. */
export function covarianceOf(cloud: Cloud): Float64Array | undefined {
  const d = cloud.length
  if (d > MOST) return undefined
  const mean = meanOf(cloud)
  return Float64Array.from({ length: d * d }, (_, k) => {
    const [a, b] = [Math.floor(k / d), k % d]
    return cloud[a].reduce((sum, x, i) => sum + (x - mean[a]) * (cloud[b][i] - mean[b]), 0) / cloud[a].length
  })
}

/** The lowest value among those that were looked up, and where: what a population answers. */
export class Lowest {
  value = Number.POSITIVE_INFINITY
  point: Float64Array | undefined
  private readonly box: SearchBox | undefined

  /** @param box outside which nothing counts */
  constructor(box?: SearchBox) {
    this.box = box
  }

  see(cloud: Cloud, values: Float64Array): void {
    for (let i = 0; i < values.length; i++) {
      if (values[i] < this.value) this.seePoint(walker(cloud, i), values[i])
    }
  }

  seePoint(point: Float64Array, value: number): void {
    if (!(value < this.value) || (this.box !== undefined && !isInside(this.box, point))) return
    this.value = value
    this.point = point
  }
}
