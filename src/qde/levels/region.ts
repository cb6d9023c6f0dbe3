/**
 * The points of a grid where states up to an energy live, and H between them. By Agmon's estimate such states decay
 * outside their classical region as e^{−A}, where A is the distance from it in the metric (ζ − E)₊/D:
 *
 *   |∇A| = √((ζ − E)/D),   A = 0 where ζ ≤ E,
 *
 * solved by fast sweeping. Points with A beyond DECAY are left out, which spares most of the box where valleys wind.
 *
 * References: Agmon, Lectures on exponential decay of solutions of second-order elliptic equations (1982);
 * Zhao, Math. Comp. 74, 603 (2005) (fast sweeping).
 */
import { type Grid, stridesOf } from '../../grid/index.js'
import type { Hamiltonian } from '../hamiltonian.js'
import { kineticMatrix } from './axisBasis.js'

/** Decay of the amplitude at the points that are left out. */
const DECAY = 17
/** Rounds of sweeps; distances that wind around more corners than that are too long, so more points stay. */
const ROUNDS = 2

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

/** A at every point of the grid. */
function agmonDistance({ grid, zeta, D }: Hamiltonian, energy: number): Float64Array {
  const { shape, axes, size } = grid
  const strides = stridesOf(shape)
  const least = zeta.reduce((low, v) => Math.min(low, v), Number.POSITIVE_INFINITY)
  const distance = zeta.map((v) => (v <= Math.max(energy, least) ? 0 : Number.POSITIVE_INFINITY))
  const dimension = shape.length
  const steps = Array.from({ length: dimension }, () => ({ near: 0, spacing: 0 }))
  for (let sweep = 0; sweep < ROUNDS * 2 ** dimension; sweep++)
    for (let count = 0; count < size; count++) {
      let i = 0
      for (let d = 0, rest = count; d < dimension; d++) {
        const j = Math.floor(rest / strides[d])
        rest -= j * strides[d]
        i += ((sweep >> d) % 2 === 0 ? j : shape[d] - 1 - j) * strides[d]
      }
      if (distance[i] === 0) continue
      let found = 0
      for (let d = 0; d < dimension; d++) {
        const near = nearest(distance, i, strides[d], shape[d], axes[d].boundary === 'periodic')
        if (near === Number.POSITIVE_INFINITY) continue
        steps[found].near = near
        steps[found++].spacing = axes[d].spacing
      }
      if (found > 0)
        distance[i] = Math.min(distance[i], eikonal(steps, found, Math.sqrt((zeta[i] - energy) / D)))
    }
  return distance
}

/** The smaller distance of the two neighbours along an axis. */
function nearest(distance: Float64Array, i: number, stride: number, n: number, ring: boolean): number {
  const j = Math.floor(i / stride) % n
  const before =
    j > 0 ? distance[i - stride] : ring ? distance[i + (n - 1) * stride] : Number.POSITIVE_INFINITY
  const after =
    j < n - 1 ? distance[i + stride] : ring ? distance[i - (n - 1) * stride] : Number.POSITIVE_INFINITY
  return Math.min(before, after)
}

/** u with Σ ((u − near)₊/spacing)² = slope². */
function eikonal(steps: { near: number; spacing: number }[], count: number, slope: number): number {
  for (let a = 1; a < count; a++)
    for (let b = a; b > 0 && steps[b].near < steps[b - 1].near; b--)
      [steps[b], steps[b - 1]] = [steps[b - 1], steps[b]]
  let [weight, linear, square] = [0, 0, -slope * slope]
  let u = Number.POSITIVE_INFINITY
  for (let k = 0; k < count && steps[k].near < u; k++) {
    const { near, spacing } = steps[k]
    const w = 1 / (spacing * spacing)
    weight += w
    linear += w * near
    square += w * near * near
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
      for (let a = from; a < to; a++) {
        const row = places[a] * points
        let sum = 0
        if (solid) {
          const at = row + places[from]
          for (let b = 0; b < n; b++) sum += kinetic[at + b] * line[b]
        } else for (let b = 0; b < n; b++) sum += kinetic[row + places[from + b]] * line[b]
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
