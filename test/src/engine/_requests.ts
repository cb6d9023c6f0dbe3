/** Requests for steps of H = −½∇² + V with a smooth V, at any Wick angle. */
import type { StepperAxis, StepperRequest, StepperStage } from '../../../src/engine/index.js'
import { randomStream } from '../../../src/numeric/index.js'

export interface Trial {
  readonly axes: readonly StepperAxis[]
  readonly angle: number
  readonly method: 'strang' | 'chin4a'
  readonly real?: boolean
  readonly factors?: StepperRequest['factors']
  readonly fma?: 'auto' | 'off'
}

export const periodic = (...points: number[]): StepperAxis[] =>
  points.map((n) => ({ points: n, boundary: 'periodic' }))

export const sizeOf = (axes: readonly StepperAxis[]): number =>
  axes.reduce((product, { points }) => product * points, 1)

/** Box of length 10 on every axis; D = ½, a = i e^{−iθ}·0.01. */
export function requestOf({ axes, angle, method, real, factors, fma }: Trial): StepperRequest {
  const [re, im] = angle === Math.PI / 2 ? [0.01, 0] : [0.01 * Math.sin(angle), 0.01 * Math.cos(angle)]
  const exp = (energies: number[], c: number): Float64Array =>
    Float64Array.from(
      energies.flatMap((e) => [
        Math.exp(-c * re * e) * Math.cos(c * im * e),
        -Math.exp(-c * re * e) * Math.sin(c * im * e),
      ]),
    )
  // Of a ζ whose two lowest levels are well apart, so that long imaginary time reaches the lowest.
  const random = randomStream(9)
  const energies = Array.from({ length: sizeOf(axes) }, () => 4 * random.uniform())
  const V = (c: number): StepperStage => ({ part: 'V', table: exp(energies, c) })
  const T = (c: number): StepperStage => ({
    part: 'T',
    tables: axes.map(({ points: n, boundary }) =>
      exp(
        Array.from({ length: n }, (_, k) => {
          if (boundary === 'periodic') return 0.5 * ((2 * Math.PI * (k < n / 2 ? k : k - n)) / 10) ** 2
          return 0.5 * ((Math.PI * (boundary === 'walls' ? k + 1 : k)) / 10) ** 2
        }),
        c,
      ),
    ),
  })
  return {
    axes,
    stages: method === 'strang' ? [V(0.5), T(1), V(0.5)] : [V(1 / 6), T(0.5), V(2 / 3), T(0.5), V(1 / 6)],
    ...(real === undefined ? {} : { real }),
    ...(factors === undefined ? {} : { factors }),
    ...(fma === undefined ? {} : { fma }),
  }
}

export function randomField(length: number, seed = 3): Float64Array {
  const random = randomStream(seed)
  return Float64Array.from({ length }, () => random.uniform() - 0.5)
}

/** ‖a − b‖ / ‖b‖. */
export function distance(a: Float64Array, b: Float64Array): number {
  let difference = 0
  let norm = 0
  for (let i = 0; i < b.length; i++) {
    difference += (a[i] - b[i]) ** 2
    norm += b[i] ** 2
  }
  return Math.sqrt(difference / norm)
}
