/**
 * Boundaries as symmetries of a periodic line: ψ with walls is the odd, ψ with zero flux the even part of a
 * line that closes on itself,
 *
 *   walls       0, ψ_1 … ψ_n, 0, −ψ_n … −ψ_1             length 2(n+1),   κ_k of mode ±k
 *   zero-flux   ψ_1 … ψ_n, ψ_n … ψ_1                     length 2n,       κ_k of mode ±k
 *
 * V is continued evenly, and a mode −k has the factor of the mode k, so a step keeps the symmetry.
 */
import { type StepperAxis, type StepperRequest, type StepperStage, sizeOf, tableOf } from './request.js'

/** Where the points of the continued line come from. */
interface Continuation {
  /** Point of the axis, or −1 for the points where ψ vanishes. */
  readonly source: Int32Array
  /** Sign of ψ there, as against its source. */
  readonly sign: Int8Array
  /** Mode of the axis for each mode of the line, or −1 where the symmetry has none. */
  readonly mode: Int32Array
}

function continuation({ points: n, boundary }: StepperAxis): Continuation {
  if (boundary === 'periodic') {
    const all = Int32Array.from({ length: n }, (_, j) => j)
    return { source: all, sign: new Int8Array(n).fill(1), mode: all }
  }
  const walls = boundary === 'walls'
  const length = walls ? 2 * (n + 1) : 2 * n
  const source = new Int32Array(length).fill(-1)
  const sign = new Int8Array(length).fill(1)
  const mode = new Int32Array(length).fill(-1)
  for (let j = 0; j < n; j++) {
    const [here, mirrored] = walls ? [j + 1, length - 1 - j] : [j, length - 1 - j]
    source[here] = j
    source[mirrored] = j
    if (walls) sign[mirrored] = -1
    const k = walls ? j + 1 : j
    mode[k] = j
    mode[(length - k) % length] = j
  }
  return { source, sign, mode }
}

/** Continued lines along every axis of a box. */
export interface Symmetry {
  /** The periodic axes. */
  readonly axes: readonly StepperAxis[]
  /** The continuation of ψ with `width` numbers a point, and ψ again from it. */
  continue(psi: Float64Array, width: 1 | 2): Float64Array
  restrict(continued: Float64Array, psi: Float64Array, width: 1 | 2): void
  /** The even continuation of a table with `width` numbers a point. */
  potential(table: Float64Array, width: 1 | 2): Float64Array
  /** The factors of the modes of the periodic axes, `width` numbers each. */
  kinetic(tables: readonly Float64Array[], width: 1 | 2): Float64Array[]
}

export function symmetryOf(axes: readonly StepperAxis[]): Symmetry {
  const lines = axes.map(continuation)
  const shape = lines.map(({ source }) => source.length)
  const size = shape.reduce((product, n) => product * n, 1)
  const sources = new Int32Array(size)
  const signs = new Int8Array(size).fill(1)
  for (let i = 0; i < size; i++) {
    let rest = i
    let stride = 1
    for (let d = lines.length - 1; d >= 0; d--) {
      const j = rest % shape[d]
      rest = Math.floor(rest / shape[d])
      const source = lines[d].source[j]
      signs[i] *= source < 0 ? 0 : lines[d].sign[j]
      sources[i] += Math.max(0, source) * stride
      stride *= axes[d].points
    }
  }
  const spread = (values: Float64Array, width: number, odd: boolean): Float64Array => {
    const result = new Float64Array(width * size)
    for (let i = 0; i < size; i++)
      for (let c = 0; c < width; c++) {
        const value = values[width * sources[i] + c]
        result[width * i + c] = odd ? signs[i] * value : value
      }
    return result
  }
  return {
    axes: shape.map((points): StepperAxis => ({ points, boundary: 'periodic' })),
    continue: (psi, width) => spread(psi, width, true),
    restrict(continued, psi, width) {
      // Every image of a point writes it; the last are the points themselves, met in reverse.
      for (let i = size - 1; i >= 0; i--)
        if (signs[i] !== 0)
          for (let c = 0; c < width; c++) psi[width * sources[i] + c] = signs[i] * continued[width * i + c]
    },
    potential: (table, width) => spread(table, width, false),
    kinetic: (tables, width) => tables.map((table, d) => modeFactors(table, lines[d].mode, width)),
  }
}

/** The complex factors of the modes of an axis, for those of its continued line. */
export function continuedModes(axis: StepperAxis, table: Float64Array): Float64Array {
  return axis.boundary === 'periodic' ? table : modeFactors(table, continuation(axis).mode, 2)
}

/** The request for the periodic box of the continued lines. */
export function continuedRequest(request: StepperRequest, symmetry: Symmetry): StepperRequest {
  const stages = request.stages.map(
    (stage): StepperStage =>
      stage.part === 'V'
        ? { part: 'V', table: symmetry.potential(tableOf(stage.table, sizeOf(request.axes)), 2) }
        : { part: 'T', tables: symmetry.kinetic(stage.tables, 2) },
  )
  return { ...request, axes: symmetry.axes, stages }
}

function modeFactors(table: Float64Array, mode: Int32Array, width: number): Float64Array {
  const factors = new Float64Array(width * mode.length)
  mode.forEach((k, i) => {
    if (k >= 0) for (let c = 0; c < width; c++) factors[width * i + c] = table[width * k + c]
  })
  return factors
}
