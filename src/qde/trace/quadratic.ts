/**
 * The closed form: where ζ = ζ* + ½(x − x*)ᵀA(x − x*) with A > 0, in normal coordinates q with ω_i = √(2Da_i),
 *
 *   Z = ∫ G(x, x; β) dx = e^{−βζ*} Π 1/(2 sinh ½βω_i),   U = ζ* + Σ ½ω_i coth ½βω_i,   C = Σ (½βω_i/sinh ½βω_i)²,
 *   ρ(q, q′) = √(ωt/2πD) exp{−(ω/2D) [t s² + r²/4t]},   t = tanh ½βω,  s = ½(q + q′),  r = q − q′
 *
 * an axis, which is Mehler's kernel over Z. The quadrature of the kernel is compared with its trace in closed form.
 */
import { symmetricEigen } from '../../numeric/index.js'
import type { Trace, TracePoint } from '../../thermal/index.js'
import { oscillatorPropagator } from '../closedForm/index.js'
import type { Discretisation } from '../discretisation.js'

export interface Quadratic {
  readonly minimum: readonly number[]
  readonly value: number
  /** ω of each mode. */
  readonly frequencies: Float64Array
  /** Directions of the normal coordinates. */
  readonly modes: readonly Float64Array[]
}

/** Difference from the quadratic form, relative to the terms, that is rounding. */
const ROUNDING = 1e-11
/** Places at which the form is tried. */
const PLACES = 64

/** The quadratic form that ζ is, with its minimum; undefined where it is none, or does not confine, or a box was given. */
export function quadraticOf(space: Discretisation): Quadratic | undefined {
  const { objective, D, dimension } = space
  if (space.boxGiven) return undefined
  const { axes } = space.choose({ levels: space.defaultLevels }).grid
  const center = axes.map(({ lower, upper }) => (lower + upper) / 2)
  const step = axes.map(({ lower, upper }) => (upper - lower) / 4)
  const at = (shift: readonly number[]): number =>
    objective.evaluate(shift.map((s, d) => Float64Array.of(center[d] + s)))[0]
  const along = (...moves: readonly (readonly [number, number])[]): number => {
    const shift = center.map(() => 0)
    for (const [d, sign] of moves) shift[d] += sign * step[d]
    return at(shift)
  }
  const zeta0 = along()
  const gradient = center.map((_, u) => (along([u, 1]) - along([u, -1])) / (2 * step[u]))
  const hessian = center.map((_, u) =>
    center.map((__, v) =>
      u === v
        ? (along([u, 1]) - 2 * zeta0 + along([u, -1])) / step[u] ** 2
        : (along([u, 1], [v, 1]) -
            along([u, 1], [v, -1]) -
            along([u, -1], [v, 1]) +
            along([u, -1], [v, -1])) /
          (4 * step[u] * step[v]),
    ),
  )
  const form = (x: readonly number[]): { value: number; size: number } => {
    let [value, size] = [zeta0, Math.abs(zeta0)]
    x.forEach((xu, u) => {
      const terms = [gradient[u] * xu, ...x.map((xv, v) => 0.5 * xu * hessian[u][v] * xv)]
      for (const term of terms) {
        value += term
        size += Math.abs(term)
      }
    })
    return { value, size }
  }
  for (let k = 1; k <= PLACES; k++) {
    const shift = step.map((s, d) => 1.9 * s * Math.sin(k * (1.3 + 0.7 * d) + d))
    const { value, size } = form(shift)
    if (!(Math.abs(at(shift) - value) <= ROUNDING * size)) return undefined
  }
  const { values, vectors } = symmetricEigen(Float64Array.from(hessian.flat()), dimension)
  if (!(values[0] > ROUNDING * values[dimension - 1])) return undefined
  const shift = center.map(() => 0)
  vectors.forEach((mode, i) => {
    const slope = mode.reduce((sum, m, d) => sum + m * gradient[d], 0)
    mode.forEach((m, d) => {
      shift[d] -= (slope / values[i]) * m
    })
  })
  return {
    minimum: center.map((c, d) => c + shift[d]),
    value: form(shift).value,
    frequencies: values.map((a) => Math.sqrt(2 * D * a)),
    modes: vectors,
  }
}

/** Largest βω at which the kernel is a double. */
const LONGEST = 600
/** Nodes of the quadrature, and how many standard deviations they reach. */
const NODES = 129
const REACH = 9

export function quadraticTrace(space: Discretisation, form: Quadratic): Trace {
  return {
    route: 'closed form',
    levels: new Float64Array(),
    notes: ['ζ is quadratic: Mehler’s kernel in its normal coordinates.'],
    at: (T) => quadraticPoint(space.D, form, T),
  }
}

/** Z, F, U, S, C in closed form, with the error of the quadrature of the kernel. */
export function quadraticPoint(D: number, { frequencies, value }: Quadratic, T: number): TracePoint {
  const beta = 1 / T
  let [logZ, U, S, C, error] = [-beta * value, value, 0, 0, 0]
  for (const omega of frequencies) {
    const x = beta * omega
    // Of the Bose function n = 1/(e^x − 1), which neither overflows nor cancels.
    const n = 1 / Math.expm1(x)
    const log = -Math.log(-Math.expm1(-x))
    logZ += log - x / 2
    U += omega * (0.5 + n)
    S += x * n + log
    C += x * x * n * (n + 1)
    error += quadratureError(D, omega, beta)
  }
  return { temperature: T, Z: Math.exp(logZ), F: -T * logZ, U, S, C, truncation: 0, error }
}

/** |∫ G(q, q; β) dq / Tr − 1| of one mode, the integral by the trapezoidal rule. */
function quadratureError(D: number, omega: number, beta: number): number {
  if (beta * omega > LONGEST) return Number.EPSILON
  const kernel = oscillatorPropagator({ D, curvature: omega ** 2 / (2 * D) }).at({
    s: beta,
    angle: Math.PI / 2,
  })
  const width = Math.sqrt(D / (omega * Math.tanh((beta * omega) / 2)))
  const h = (2 * REACH * width) / (NODES - 1)
  let sum = 0
  for (let j = 0; j < NODES; j++) {
    const q = -REACH * width + j * h
    sum += kernel.value(q, q).re * h
  }
  return Math.abs(sum / kernel.trace().re - 1) + Number.EPSILON
}

/** ρ(x, x′). */
export function quadraticDensity(
  D: number,
  { minimum, frequencies, modes }: Quadratic,
  beta: number,
): (x: readonly number[], from: readonly number[]) => number {
  return (x, from) => {
    let logarithm = 0
    frequencies.forEach((omega, i) => {
      let [q, other] = [0, 0]
      modes[i].forEach((m, d) => {
        q += m * (x[d] - minimum[d])
        other += m * (from[d] - minimum[d])
      })
      const t = Math.tanh((beta * omega) / 2)
      const [s, r] = [(q + other) / 2, q - other]
      logarithm +=
        0.5 * Math.log((omega * t) / (2 * Math.PI * D)) - (omega / (2 * D)) * (t * s * s + (r * r) / (4 * t))
    })
    return Math.exp(logarithm)
  }
}
