/**
 * Steps of an H that changes in time, H(s) = −D(s)∇² + ζ(x, s). The exponent of a step is Magnus's series, here as
 * products of exponentials of H at some times, each of which a splitting takes (e^{−aH} with a = i e^{−iθ}h):
 *
 *   order 2   e^{−aH(s + h/2)}
 *   order 4   e^{−(a/2) H₂} e^{−(a/2) H₁},   H₁ = 2(α H(s₋) + ᾱ H(s₊)),  H₂ = 2(ᾱ H(s₋) + α H(s₊)),
 *             s∓ = s + (½ ∓ √3/6) h,  α = ¼ + √3/6,  ᾱ = ¼ − √3/6 .
 *
 * ᾱ is negative but small: H₁ and H₂ have a positive D where D(s) changes by less than a factor α/|ᾱ| ≈ 14 within a
 * step, so that both exponentials go forward off the real axis too.
 *
 * References: Magnus, Commun. Pure Appl. Math. 7, 649 (1954); Blanes and Moan, Appl. Numer. Math. 56, 1519 (2006),
 * the fourth-order method of two exponentials.
 */
import { complexStep } from './complexStep.js'
import { planner, timed } from './factors.js'
import type { IntegratorSettings } from './integrator.js'
import { SPLITTINGS, type SplittingName } from './splitting.js'
import type { Stepper } from './stepControl.js'

/** One exponential: the part of the step that it takes, and the weights of H at the nodes. */
interface Exponential {
  readonly part: number
  readonly weights: readonly number[]
}

interface Scheme {
  /** Times at which H is taken, in steps. */
  readonly nodes: readonly number[]
  /** From first applied to last. */
  readonly exponentials: readonly Exponential[]
}

const GAUSS = Math.sqrt(3) / 6
const SCHEMES: Readonly<Record<number, Scheme>> = {
  2: { nodes: [1 / 2], exponentials: [{ part: 1, weights: [1] }] },
  4: {
    nodes: [1 / 2 - GAUSS, 1 / 2 + GAUSS],
    exponentials: [
      { part: 1 / 2, weights: [1 / 2 + 2 * GAUSS, 1 / 2 - 2 * GAUSS] },
      { part: 1 / 2, weights: [1 / 2 - 2 * GAUSS, 1 / 2 + 2 * GAUSS] },
    ],
  },
}

export function magnusStepper(
  { hamiltonian, angle, reference, width, engine }: IntegratorSettings,
  method: SplittingName,
): Stepper {
  const { order, needsGradient } = SPLITTINGS[method]
  const { nodes, exponentials } = SCHEMES[order]
  // A step of several exponentials is not left in the middle.
  const { cancelled: _, ...whole } = engine
  const plan = planner(width, whole)
  return {
    name: method,
    order,
    *step(psi, s, h, count) {
      for (let done = 0; ; ) {
        const times = nodes.map((c) => s + (done + c) * h)
        const at = times.map((time) => hamiltonian.at(time))
        const slopes = needsGradient ? times.map((time) => hamiltonian.gradient!(time)) : []
        for (const { part, weights } of exponentials) {
          const D = weights.reduce((sum, w, k) => sum + w * at[k].D, 0)
          if (!(D > 0)) {
            // D has changed too much within the step: it counts as one of infinite error.
            psi.fill(Number.NaN)
            return count
          }
          const mean = at[0].with(
            D,
            combined(
              weights,
              at.map((H) => H.zeta),
            ),
          )
          const gradient = needsGradient
            ? slopes[0].map((_, d) =>
                combined(
                  weights,
                  slopes.map((slope) => slope[d]),
                ),
              )
            : undefined
          const step = complexStep(angle, part * h)
          const advance = plan(mean, {
            method,
            step,
            reference,
            ...(gradient === undefined ? {} : { gradientSquared: squared(gradient) }),
          })
          yield* timed(advance(psi, 1), s + done * h, 0)
        }
        done += 1
        if (done === count || (yield s + done * h) === true) return done
      }
    },
  }
}

/** Σ w_k f_k at every point, Σ w_k = 1. */
function combined(weights: readonly number[], fields: readonly Float64Array[]): Float64Array {
  if (fields.every((field) => field === fields[0])) return fields[0]
  return fields[0].map((_, i) => weights.reduce((sum, w, k) => sum + w * fields[k][i], 0))
}

/** Σ g² over the axes. */
function squared(gradient: readonly Float64Array[]): Float64Array {
  return gradient[0].map((_, i) => gradient.reduce((sum, g) => sum + g[i] * g[i], 0))
}
