/**
 * The closed form where ζ = ζ₀ in a box: the free kernel G(r) = e^{−r²/4Dβ}/√(4πDβ) and its images,
 *
 *   ring of length L:    K(x, x′) = Σ_k G(x − x′ + kL),                              Z = ϑ(L),
 *   walls, zero flux:    K(x, x′) = Σ_k [G(x − x′ + 2kL) ∓ G(x + x′ − 2a + 2kL)],    Z = ½[ϑ(2L) ∓ 1],
 *
 * with ϑ(P) = P Σ_k G(kP), the quadrature of the kernel along the box.
 */
import { PsilabError } from '../../error.js'
import type { Axis } from '../../grid/index.js'
import { MAX_TRUNCATION, type Trace, type TracePoint } from '../../thermal/index.js'
import type { Discretisation } from '../discretisation.js'

export interface FlatBox {
  readonly axis: Axis
  readonly zeta0: number
  /** Distance of the images. */
  readonly period: number
  /** Sign of the mirror images; 0 on a ring. */
  readonly mirror: -1 | 0 | 1
}

/** Change of ζ, relative to its size, that is rounding. */
const ROUNDING = 1e-14
/** Exponent from which on an image is nothing. */
const NOTHING = 45

/** The flat box that a problem on a line is; undefined where it is none. */
export function flatBoxOf(space: Discretisation): FlatBox | undefined {
  if (space.dimension > 1 || !space.boxGiven) return undefined
  const { grid } = space.choose({ levels: space.defaultLevels })
  const [axis] = grid.axes
  if (axis.boundary === 'absorbing') return undefined
  const { zeta } = space.hamiltonian(grid)
  if (zeta.some((v) => Math.abs(v - zeta[0]) > ROUNDING * Math.abs(zeta[0]))) return undefined
  const length = axis.upper - axis.lower
  return axis.boundary === 'periodic'
    ? { axis, zeta0: zeta[0], period: length, mirror: 0 }
    : { axis, zeta0: zeta[0], period: 2 * length, mirror: axis.boundary === 'walls' ? -1 : 1 }
}

export function flatBoxTrace(space: Discretisation, box: FlatBox): Trace {
  return {
    route: 'closed form',
    levels: new Float64Array(),
    notes: ['ζ is constant: the free kernel and its images in the box.'],
    at: (T) => flatBoxPoint(space.D, box, T),
  }
}

export function flatBoxPoint(D: number, { zeta0, period, mirror }: FlatBox, T: number): TracePoint {
  const beta = 1 / T
  // ϑ and its first two derivatives by β, term by term.
  let [theta, first, second] = [0, 0, 0]
  const scale = period / Math.sqrt(4 * Math.PI * D * beta)
  for (let k = 0; ; k++) {
    const x = (k * period) ** 2 / (4 * D)
    if (x / beta > NOTHING) break
    const term = (k === 0 ? 1 : 2) * scale * Math.exp(-x / beta)
    const slope = x / beta ** 2 - 1 / (2 * beta)
    theta += term
    first += term * slope
    second += term * (slope * slope + 1 / (2 * beta * beta) - (2 * x) / beta ** 3)
  }
  const share = mirror === 0 ? 1 : 0.5
  const z = share * (theta + mirror)
  const error = (4 * Number.EPSILON * theta) / z
  if (!(error <= MAX_TRUNCATION)) refuseCold(T)
  const slope = (share * first) / z
  const logZ = Math.log(z) - beta * zeta0
  return {
    temperature: T,
    Z: Math.exp(logZ),
    F: -T * logZ,
    U: zeta0 - slope,
    S: Math.log(z) - beta * slope,
    C: beta * beta * ((share * second) / z - slope * slope),
    truncation: 0,
    error,
  }
}

/** ρ(x, x′). */
export function flatBoxDensity(
  D: number,
  box: FlatBox,
  point: TracePoint,
): (x: number, from: number) => number {
  const { axis, zeta0, period, mirror } = box
  const spread = (4 * D) / point.temperature
  const z = Math.exp((zeta0 - point.F) / point.temperature)
  const images = (r: number): number => {
    const reach = Math.sqrt(NOTHING * spread)
    let sum = 0
    for (let k = Math.ceil((-reach - r) / period); k <= (reach - r) / period; k++)
      sum += Math.exp(-((r + k * period) ** 2) / spread)
    return sum / Math.sqrt(Math.PI * spread)
  }
  return (x, from) => {
    if (x < axis.lower || x > axis.upper || from < axis.lower || from > axis.upper) return 0
    return (images(x - from) + (mirror === 0 ? 0 : mirror * images(x + from - 2 * axis.lower))) / z
  }
}

function refuseCold(T: number): never {
  throw new PsilabError({
    code: 'resolution',
    parameter: 'temperature',
    problem: `at T = ${T.toPrecision(4)} the images of the free kernel between walls cancel to nothing`,
    allowed: 'temperatures at which the walls leave more than rounding',
    got: T,
    advice: "Use route: 'spectrum', which needs few levels here.",
  })
}
