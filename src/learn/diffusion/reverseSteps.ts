/**
 * Reverse samplers whose step is linear in x, the score s(x, t) and a normal z: x ← state·x + score·s + noise·z.
 *
 * Reverse stochastic equation dx = (f x − g² s) dt + g dW̄ (Anderson 1982), Euler and Maruyama's step over Δ = t − t':
 *
 *   x' = (1 − fΔ) x + g²Δ s + g√Δ z.
 *
 * DDPM and DDIM: with the estimate x̂₀ = (x + v s)/α of the data (Tweedie) and ε̂ = −√v s of the noise,
 *
 *   x' = α' x̂₀ + √(v' − η²ṽ) ε̂ + η√ṽ z,
 *
 * ṽ the variance of x' given data and x. η = 1 is DDPM's ancestral sampling, whose mean is that of the posterior; η = 0
 * draws nothing and is an exponential integrator of the probability flow (Song, Meng and Ermon, ICLR 2021).
 */
import type { NoiseSchedule } from './schedule.js'

export interface ReverseStep {
  /** Time at the beginning of the step, from which it goes down. */
  readonly t: number
  readonly state: number
  readonly score: number
  readonly noise: number
}

/** t = 1 down to `end` in equal steps. */
export function timesDown(steps: number, end: number): Float64Array {
  return Float64Array.from({ length: steps + 1 }, (_, k) => end + ((1 - end) * (steps - k)) / steps)
}

export function eulerMaruyamaSteps(schedule: NoiseSchedule, times: Float64Array): ReverseStep[] {
  return pairs(times, (t, next) => {
    const step = t - next
    const rate = schedule.diffusion(t) * step
    return { t, state: 1 - schedule.drift(t) * step, score: rate, noise: Math.sqrt(rate) }
  })
}

export function implicitSteps(schedule: NoiseSchedule, times: Float64Array, eta: number): ReverseStep[] {
  return pairs(times, (t, next) => {
    const [alpha, v] = [schedule.signal(t), schedule.noise(t)]
    const scale = schedule.signal(next) / alpha
    const noise = eta * Math.sqrt(schedule.posterior(next, t).variance)
    const kept = Math.sqrt(Math.max(0, schedule.noise(next) - noise ** 2))
    return { t, state: scale, score: scale * v - kept * Math.sqrt(v), noise }
  })
}

function pairs(times: Float64Array, make: (t: number, next: number) => ReverseStep): ReverseStep[] {
  return Array.from({ length: times.length - 1 }, (_, k) => make(times[k], times[k + 1]))
}
