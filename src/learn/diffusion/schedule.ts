/**
 * Noise schedules of diffusion models: linear stochastic equations dx = f(t) x dt + g(t) dW, whose transition from the
 * data x₀ is the normal distribution N(α(t) x₀, v(t)) of each coordinate, with
 *
 *   dα/dt = f α,   dv/dt = 2 f v + g².
 *
 * In the coordinate x/α every one of them is the heat equation, the quantum dynamic equation with ζ = 0 in imaginary
 * time in the population reading, at 2Dτ = v/α².
 *
 * References: Song, Sohl-Dickstein, Kingma, Kumar, Ermon and Poole, ICLR (2021), VE, VP, sub-VP; Ho, Jain and Abbeel,
 * NeurIPS (2020), the linear steps; Nichol and Dhariwal, ICML (2021), the cosine.
 */

import { PsilabError, requireInteger, requireKeys, requireNumber } from '../../error.js'
import { INSPECT } from '../../shown.js'

export interface NoiseScheduleData {
  readonly name: 'heat' | 'VE' | 'VP' | 'sub-VP' | 'DDPM linear' | 'DDPM cosine'
  /** Name with its constants. */
  readonly text: string
  /** α(t), the factor of the data; 0 ≤ t ≤ 1. */
  readonly signal: (t: number) => number
  /** v(t), the variance of the noise. */
  readonly noise: (t: number) => number
  /** f(t). */
  readonly drift: (t: number) => number
  /** g(t)². */
  readonly diffusion: (t: number) => number
  /** β₁ … β_N of a schedule that is made of steps, t = k/N. */
  readonly betas?: Float64Array
}

/** What is known of x at an earlier time when the data and a later x are known: N(data·x₀ + later·x_t, variance). */
export interface DiffusionPosterior {
  readonly data: number
  readonly later: number
  /** β̃ where the two times are neighbouring steps. */
  readonly variance: number
}

export class NoiseSchedule {
  readonly name: NoiseScheduleData['name']
  /** Name with its constants. */
  readonly text: string
  /** α(t), the factor of the data; 0 ≤ t ≤ 1. */
  readonly signal: (t: number) => number
  /** v(t), the variance of the noise. */
  readonly noise: (t: number) => number
  /** f(t) of dx = f x dt + g dW. */
  readonly drift: (t: number) => number
  /** g(t)². */
  readonly diffusion: (t: number) => number
  /** β₁ … β_N of a schedule that is made of steps, at t = k/N; undefined where time is continuous. */
  readonly betas: Float64Array | undefined

  constructor(data: NoiseScheduleData) {
    this.name = data.name
    this.text = data.text
    this.signal = data.signal
    this.noise = data.noise
    this.drift = data.drift
    this.diffusion = data.diffusion
    this.betas = data.betas
  }

  [INSPECT](): string {
    return this.toString()
  }

  /** ᾱ(t) = α(t)², the share of the data's variance that is left. */
  alphaBar(t: number): number {
    return this.signal(t) ** 2
  }

  /** √v/α: the noise that x/α carries, σ of the VE process that this one is after its scaling. */
  spread(t: number): number {
    return Math.sqrt(this.noise(t)) / this.signal(t)
  }

  /** The imaginary time of the quantum dynamic equation with ζ = 0 at which 2Dτ = v/α². */
  imaginaryTime(t: number, D: number): number {
    return this.spread(t) ** 2 / (2 * D)
  }

  /** x at s < t, given the data and x at t (Ho, Jain and Abbeel, equations 6 and 7, for any schedule). */
  posterior(s: number, t: number): DiffusionPosterior {
    requireNumber('s', s, `a time from 0 to t = ${t}`, (at) => at >= 0 && at < t && t <= 1)
    const decay = this.signal(t) / this.signal(s)
    const before = this.noise(s)
    const after = this.noise(t)
    const added = Math.max(0, after - decay ** 2 * before)
    return {
      data: (this.signal(s) * added) / after,
      later: (decay * before) / after,
      variance: (before * added) / after,
    }
  }

  toString(): string {
    const [alpha, noise] = [this.signal(1), this.noise(1)]
    return `${this.text}: x₁ = ${alpha.toPrecision(6)} x₀ + ${Math.sqrt(noise).toPrecision(6)} z`
  }
}

export interface VarianceExplodingOptions {
  /** σ at t = 0; default 0.01. */
  readonly sigmaMin?: number
  /** σ at t = 1; default 50. */
  readonly sigmaMax?: number
}

/** VE: no drift, and noise of σ(t) = σ_min (σ_max/σ_min)^t, which is σ_min at the data already. */
export function varianceExploding(options: VarianceExplodingOptions = {}): NoiseSchedule {
  requireKeys('varianceExploding', options, ['sigmaMin', 'sigmaMax'])
  const low = requireNumber('sigmaMin', options.sigmaMin ?? 0.01, 'a finite number > 0', (s) => s > 0)
  const high = requireNumber('sigmaMax', options.sigmaMax ?? 50, `a finite number > ${low}`, (s) => s > low)
  const rate = Math.log(high / low)
  const noise = (t: number): number => low ** 2 * Math.exp(2 * rate * t)
  return new NoiseSchedule({
    name: 'VE',
    text: `VE, σ ${low} to ${high}`,
    signal: () => 1,
    noise,
    drift: () => 0,
    diffusion: (t) => 2 * rate * noise(t),
  })
}

export interface VariancePreservingOptions {
  /** β at t = 0; default 0.1. */
  readonly betaMin?: number
  /** β at t = 1; default 20. */
  readonly betaMax?: number
}

/** β(t), linear, and ∫β. */
function linearRate(name: string, options: VariancePreservingOptions) {
  requireKeys(name, options, ['betaMin', 'betaMax'])
  const low = requireNumber('betaMin', options.betaMin ?? 0.1, 'a finite number ≥ 0', (b) => b >= 0)
  const high = requireNumber(
    'betaMax',
    options.betaMax ?? 20,
    `a finite number > 0, ≥ ${low}`,
    (b) => b >= low && b > 0,
  )
  return {
    text: `β ${low} to ${high}`,
    beta: (t: number) => low + (high - low) * t,
    total: (t: number) => low * t + ((high - low) * t * t) / 2,
  }
}

/** VP: dx = −½βx dt + √β dW, β linear in t; v = 1 − ᾱ. An Ornstein–Uhlenbeck process in the time ∫β. */
export function variancePreserving(options: VariancePreservingOptions = {}): NoiseSchedule {
  const { text, beta, total } = linearRate('variancePreserving', options)
  return new NoiseSchedule({
    name: 'VP',
    text: `VP, ${text}`,
    signal: (t) => Math.exp(-total(t) / 2),
    noise: (t) => -Math.expm1(-total(t)),
    drift: (t) => -beta(t) / 2,
    diffusion: beta,
  })
}

/** sub-VP: the drift of VP with g² = β(1 − e^{−2∫β}); v = (1 − ᾱ)², never above that of VP. */
export function subVariancePreserving(options: VariancePreservingOptions = {}): NoiseSchedule {
  const { text, beta, total } = linearRate('subVariancePreserving', options)
  return new NoiseSchedule({
    name: 'sub-VP',
    text: `sub-VP, ${text}`,
    signal: (t) => Math.exp(-total(t) / 2),
    noise: (t) => Math.expm1(-total(t)) ** 2,
    drift: (t) => -beta(t) / 2,
    diffusion: (t) => -beta(t) * Math.expm1(-2 * total(t)),
  })
}

export interface DdpmLinearOptions extends VariancePreservingOptions {
  /** N; default 1000. */
  readonly steps?: number
}

/** DDPM's linear steps: β_k from betaMin (default 1e-4) to betaMax (default 0.02), ᾱ_k = Π(1 − β_j). */
export function ddpmLinear(options: DdpmLinearOptions = {}): NoiseSchedule {
  requireKeys('ddpmLinear', options, ['steps', 'betaMin', 'betaMax'])
  const steps = requireInteger('steps', options.steps ?? 1000, 2, 1_000_000)
  const inside = (b: number): boolean => b > 0 && b < 1
  const low = requireNumber('betaMin', options.betaMin ?? 1e-4, 'a number in (0, 1)', inside)
  const high = requireNumber('betaMax', options.betaMax ?? 0.02, 'a number in (0, 1)', inside)
  const betas = Float64Array.from({ length: steps }, (_, k) => low + ((high - low) * k) / (steps - 1))
  return ofSteps('DDPM linear', `DDPM linear, β ${low} to ${high} in ${steps} steps`, betas)
}

export interface DdpmCosineOptions {
  /** N; default 1000. */
  readonly steps?: number
  /** s; default 0.008. */
  readonly offset?: number
  /** Largest β_k; default 0.999. */
  readonly clip?: number
}

/** DDPM's cosine steps: ᾱ_k = h(k/N)/h(0), h(u) = cos²(½π (u + s)/(1 + s)), β_k at most `clip`. */
export function ddpmCosine(options: DdpmCosineOptions = {}): NoiseSchedule {
  requireKeys('ddpmCosine', options, ['steps', 'offset', 'clip'])
  const steps = requireInteger('steps', options.steps ?? 1000, 2, 1_000_000)
  const offset = requireNumber('offset', options.offset ?? 0.008, 'a finite number > 0', (s) => s > 0)
  const clip = requireNumber('clip', options.clip ?? 0.999, 'a number in (0, 1)', (c) => c > 0 && c < 1)
  const h = (u: number): number => Math.cos(((u + offset) / (1 + offset)) * (Math.PI / 2)) ** 2
  const betas = Float64Array.from({ length: steps }, (_, k) =>
    Math.min(clip, 1 - h((k + 1) / steps) / h(k / steps)),
  )
  return ofSteps('DDPM cosine', `DDPM cosine, s = ${offset} in ${steps} steps`, betas)
}

/** The VP process whose ᾱ agrees with the product of the steps at each t = k/N; between them ln ᾱ is linear. */
function ofSteps(name: NoiseScheduleData['name'], text: string, betas: Float64Array): NoiseSchedule {
  const steps = betas.length
  const rates = betas.map((b) => -Math.log1p(-b))
  const totals = new Float64Array(steps + 1)
  rates.forEach((rate, k) => {
    totals[k + 1] = totals[k] + rate
  })
  const total = (t: number): number => {
    const k = Math.min(steps - 1, Math.max(0, Math.floor(t * steps)))
    return totals[k] + (t * steps - k) * rates[k]
  }
  // The step that ends at t: at t = k/N the rate of step k is meant, by which a sampler goes back to k − 1.
  const beta = (t: number): number =>
    steps * rates[Math.min(steps - 1, Math.max(0, Math.ceil(t * steps - 1e-9) - 1))]
  return new NoiseSchedule({
    name,
    text,
    betas,
    signal: (t) => Math.exp(-total(t) / 2),
    noise: (t) => -Math.expm1(-total(t)),
    drift: (t) => -beta(t) / 2,
    diffusion: beta,
  })
}

/** @throws PsilabError `parameter` for what is no schedule */
export function requireSchedule(schedule: unknown): NoiseSchedule {
  if (schedule instanceof NoiseSchedule) return schedule
  throw new PsilabError({
    code: 'parameter',
    parameter: 'schedule',
    problem: 'not a noise schedule',
    allowed:
      'variancePreserving(), varianceExploding(), subVariancePreserving(), ddpmLinear() or ddpmCosine()',
    got: schedule,
  })
}
