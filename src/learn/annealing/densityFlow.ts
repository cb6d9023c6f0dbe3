/**
 * The Fokker–Planck equation with a temperature that changes: steps of the trapezoidal rule followed by the backward
 * difference of order 2, both implicit, L-stable together, so that steps are as long as the solution allows and not as
 * short as the fastest rate. γ = 2 − √2, L at the end of each stage:
 *
 *   (1 − γh/2 L)p_γ = (1 + γh/2 L)p,   (1 − γh/2 L)p₁ = [p_γ − (1 − γ)²p]/(γ(2 − γ)) .
 *
 * The error of a step is estimated by the third divided difference and smoothed by one more solve.
 * References: Bank et al., IEEE Trans. Electron Devices 32, 1992 (1985); Hosea and Shampine, Appl. Numer. Math. 20, 21
 * (1996).
 */
import { applyGenerator, generatorAt, ImplicitStep } from './generator.js'

const GAMMA = 2 - Math.SQRT2
const HALF = GAMMA / 2
const ERROR = (-3 * GAMMA ** 2 + 4 * GAMMA - 2) / (12 * (2 - GAMMA))
/** Growth and shrinkage of a step at most, and what is kept in reserve. */
const GROWTH = [0.2, 3] as const
const RESERVE = 0.85
/** First step, as a share of the time. */
const FIRST = 1e-6

export interface DensityFlow {
  readonly zeta: Float64Array
  readonly h: number
  readonly temperature: (time: number) => number
  /** Mass that one step may put in the wrong place. */
  readonly tolerance: number
}

/**
 * Follows p from the first of some times on and hands it over at each; returns how many were reached.
 * @param p changed in place
 * @param stop asked before each step
 */
export function followDensity(
  { zeta, h, temperature, tolerance }: DensityFlow,
  p: Float64Array,
  times: readonly number[],
  look: (k: number, p: Float64Array) => void,
  stop: (time: number) => boolean,
): number {
  const n = zeta.length
  const [f, fGamma, fEnd, stage, next, error] = Array.from({ length: 6 }, () => new Float64Array(n))
  const generators = Array.from({ length: 3 }, () => generatorAt(zeta, h, temperature(times[0])))
  let [here] = generators
  const [, middle] = generators
  let end = generators[2]
  const implicit = new ImplicitStep(n)
  let [t, step] = [times[0], FIRST * (times[times.length - 1] - times[0])]
  applyGenerator(here, p, f)
  look(0, p)
  for (let k = 1; k < times.length; k++) {
    while (t < times[k]) {
      if (stop(t)) return k
      const left = times[k] - t
      const last = step >= left * 0.999
      const dt = last ? left : step
      generatorAt(zeta, h, temperature(t + GAMMA * dt), middle)
      generatorAt(zeta, h, temperature(last ? times[k] : t + dt), end)
      const a = HALF * dt
      for (let i = 0; i < n; i++) stage[i] = p[i] + a * f[i]
      implicit.solve(middle, a, stage)
      applyGenerator(middle, stage, fGamma)
      const [w1, w0] = [1 / (GAMMA * (2 - GAMMA)), (1 - GAMMA) ** 2 / (GAMMA * (2 - GAMMA))]
      for (let i = 0; i < n; i++) next[i] = w1 * stage[i] - w0 * p[i]
      implicit.solve(end, a, next)
      applyGenerator(end, next, fEnd)
      const c = 2 * ERROR * dt
      for (let i = 0; i < n; i++)
        error[i] = c * (f[i] / GAMMA - fGamma[i] / (GAMMA * (1 - GAMMA)) + fEnd[i] / (1 - GAMMA))
      implicit.solve(end, a, error)
      let size = 0
      for (let i = 0; i < n; i++) size += Math.abs(error[i])
      const factor = RESERVE * Math.cbrt(tolerance / Math.max(size, 1e-300))
      if (size > tolerance) {
        step = dt * Math.max(GROWTH[0], factor)
        continue
      }
      // Mass is kept by the equation; what rounding adds to it is taken away.
      let mass = 0
      for (let i = 0; i < n; i++) mass += next[i]
      for (let i = 0; i < n; i++) {
        p[i] = next[i] / mass
        f[i] = fEnd[i] / mass
      }
      t = last ? times[k] : t + dt
      // A step that was cut at a recorded time says little of the next.
      step = Math.max(last ? step : 0, dt * Math.min(GROWTH[1], Math.max(GROWTH[0], factor)))
      ;[here, end] = [end, here]
    }
    look(k, p)
  }
  return times.length
}
