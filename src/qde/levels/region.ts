/**
 * The points of a grid where states up to an energy live, and H between them. By Agmon's estimate such states decay
 * outside their classical region as e^{−A}, where A is the distance from it in the metric (ζ − E)₊/D:
 *
 *   |∇A| = √((ζ − E)/D),   A = 0 where ζ ≤ E,
 *
 * solved by relaxation from the classical region outwards. Points with A beyond DECAY are left out, which spares most of the box where valleys wind.
 *
 * References: Agmon, Lectures on exponential decay of solutions of second-order elliptic equations (1982);
 * Jeong and Whitaker, SIAM J. Sci. Comput. 30, 2512 (2008) (fast iterative method).
 */
import { type Grid, stridesOf } from '../../grid/index.js'
import type { Hamiltonian } from '../hamiltonian.js'
import { kineticMatrix } from './axisBasis.js'

/** Decay of the amplitude at the points that are left out. */
const DECAY = 13.5
/** Change of a distance that is not worth following. */
const SETTLED = 1e-2

/** The points of a region on each of its lines parallel to an axis. */
export interface Lines {
  /** Points of line l: ids[starts[l]] … ids[starts[l + 1] − 1]. */
  readonly starts: Int32Array
  readonly ids: Int32Array
  /** Index along the axis of each entry of ids. */
  readonly places: Int32Array
  /** Kinetic matrix of the axis, points². */
  readonly kinetic: Float64Array
  readonly points: number
}

export interface Region {
  readonly size: number
  /** Axes of the grid in the order of the region, slowest first; the points of a line along the last are consecutive. */
  readonly order: readonly number[]
  /** Index in the grid of each point. */
  readonly points: Int32Array
  readonly zeta: Float64Array
  /** One an axis, in the order of the region. */
  readonly lines: readonly Lines[]
}

/** The axis along which lines through the region are shortest comes last: ζ binds most tightly along it. */
export function region(hamiltonian: Hamiltonian, energy: number): Region {
  const { grid, zeta, D } = hamiltonian
  const distance = agmonDistance(hamiltonian, energy)
  const inside: number[] = []
  for (let i = 0; i < grid.size; i++) if (distance[i] <= DECAY) inside.push(i)
  const strides = stridesOf(grid.shape)
  const place = (i: number, d: number): number => Math.floor(i / strides[d]) % grid.shape[d]
  /** Index of a point without its place along an axis. */
  const lineOf = (i: number, d: number): number => i - place(i, d) * strides[d]
  const width = grid.axes.map((a, d) => a.spacing / new Set(inside.map((i) => lineOf(i, d))).size)
  const order = grid.axes.map((_, d) => d).sort((a, b) => width[b] - width[a])
  const keys = inside.map((i) => order.reduce((key, d) => key * grid.shape[d] + place(i, d), 0))
  const points = Int32Array.from(
    inside.map((_, p) => p).sort((p, q) => keys[p] - keys[q]),
    (p) => inside[p],
  )
  return {
    size: points.length,
    order,
    points,
    zeta: Float64Array.from(points, (i) => zeta[i]),
    lines: order.map((d) => {
      const groups = new Map<number, number[]>()
      points.forEach((i, id) => {
        const line = groups.get(lineOf(i, d))
        if (line === undefined) groups.set(lineOf(i, d), [id])
        else line.push(id)
      })
      const ids = Int32Array.from([...groups.values()].flat())
      const starts = new Int32Array(groups.size + 1)
      ;[...groups.values()].forEach((group, l) => {
        starts[l + 1] = starts[l] + group.length
      })
      return {
        starts,
        ids,
        places: ids.map((id) => place(points[id], d)),
        kinetic: kineticMatrix(grid.axes[d], D),
        points: grid.shape[d],
      }
    }),
  }
}

/** A at the points of the grid where it is at most about DECAY, and more than that, or +∞, elsewhere. */
function agmonDistance({ grid, zeta, D }: Hamiltonian, energy: number): Float64Array {
  const least = zeta.reduce((low, v) => Math.min(low, v), Number.POSITIVE_INFINITY)
  const distance = zeta.map((v) => (v <= Math.max(energy, least) ? 0 : Number.POSITIVE_INFINITY))
  const axes = neighbourhoods(grid)
  const near = new Float64Array(axes.length)
  const spacing = new Float64Array(axes.length)
  /** Points whose neighbours have come closer, as a queue; each waits in it at most once. */
  let queue: number[] = []
  const waits = new Uint8Array(grid.size)
  const wake = (i: number): void => {
    for (const { before, after } of axes)
      for (const k of [before(i), after(i)])
        if (distance[k] > distance[i] && waits[k] === 0) {
          waits[k] = 1
          queue.push(k)
        }
  }
  for (let i = 0; i < grid.size; i++) if (distance[i] === 0) wake(i)
  while (queue.length > 0) {
    const now = queue
    queue = []
    for (const i of now) {
      waits[i] = 0
      axes.forEach(({ before, after, step }, count) => {
        const a = Math.min(distance[before(i)], distance[after(i)])
        // Nearest first.
        let k = count
        for (; k > 0 && near[k - 1] > a; k--) {
          near[k] = near[k - 1]
          spacing[k] = spacing[k - 1]
        }
        near[k] = a
        spacing[k] = step
      })
      const u = eikonal(near, spacing, (zeta[i] - energy) / D)
      if (u >= distance[i] - SETTLED) continue
      distance[i] = u
      if (u <= DECAY) wake(i)
    }
  }
  return distance
}

/** The neighbours of a point along each axis: across the seam of a ring, and the point itself behind a wall. */
function neighbourhoods({ axes, shape }: Grid): readonly {
  readonly step: number
  before(i: number): number
  after(i: number): number
}[] {
  const strides = stridesOf(shape)
  return axes.map(({ transform, spacing }, d) => {
    const [stride, n] = [strides[d], shape[d]]
    const seam = transform === 'fourier' ? (n - 1) * stride : 0
    return {
      step: spacing,
      before: (i) => (Math.floor(i / stride) % n > 0 ? i - stride : i + seam),
      after: (i) => (Math.floor(i / stride) % n < n - 1 ? i + stride : i - seam),
    }
  })
}

/** u with Σ ((u − near)₊/spacing)² = square of the slope. */
function eikonal(near: Float64Array, spacing: Float64Array, slope: number): number {
  let [weight, linear, square] = [0, 0, -slope]
  let u = Number.POSITIVE_INFINITY
  for (let k = 0; k < near.length && near[k] < u; k++) {
    const w = 1 / (spacing[k] * spacing[k])
    weight += w
    linear += w * near[k]
    square += w * near[k] * near[k]
    u = (linear + Math.sqrt(Math.max(0, linear * linear - weight * square))) / weight
  }
  return u
}

/** out = Hψ for real ψ on the points of a region. */
export function applyOn({ zeta, lines }: Region, psi: Float64Array, out: Float64Array): void {
  for (let p = 0; p < psi.length; p++) out[p] = zeta[p] * psi[p]
  for (const { starts, ids, places, kinetic, points } of lines) {
    const line = new Float64Array(points)
    for (let l = 0; l + 1 < starts.length; l++) {
      const [from, to] = [starts[l], starts[l + 1]]
      for (let b = from; b < to; b++) line[b - from] = psi[ids[b]]
      const n = to - from
      const solid = places[to - 1] - places[from] === n - 1
      if (solid)
        // Two rows in one pass.
        for (let a = from; a < to; a += 2) {
          const next = Math.min(a + 1, to - 1)
          const [at, below] = [places[a] * points + places[from], places[next] * points + places[from]]
          let [sum, other] = [0, 0]
          for (let b = 0; b < n; b++) {
            sum += kinetic[at + b] * line[b]
            other += kinetic[below + b] * line[b]
          }
          out[ids[a]] += sum
          if (next > a) out[ids[next]] += other
        }
      else
        for (let a = from; a < to; a++) {
          const row = places[a] * points
          let sum = 0
          for (let b = 0; b < n; b++) sum += kinetic[row + places[from + b]] * line[b]
          out[ids[a]] += sum
        }
    }
  }
}

/** ψ on the whole grid, 0 outside of the region. */
export function onGrid({ points }: Region, grid: Grid, psi: Float64Array): Float64Array {
  const whole = new Float64Array(grid.size)
  for (let p = 0; p < points.length; p++) whole[points[p]] = psi[p]
  return whole
}
