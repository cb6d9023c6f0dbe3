/**
 * Schedules of annealing: the dial (D, or the temperature of the classical counterpart) as a function of time, as data.
 * With u = t/until and D₀ → D₁:
 *
 *   linear        D₀ + (D₁ − D₀)u
 *   geometric     D₀ (D₁/D₀)^u
 *   power         D₁ + (D₀ − D₁)(1 − u)^p
 *   logarithmic   D₀/(1 + (D₀/D₁ − 1) ln(1 + t)/ln(1 + until)),   ∝ 1/ln t at long times (Geman and Geman, IEEE Trans.
 *                 Pattern Anal. Mach. Intell. 6, 721 (1984))
 *   adaptive      Ḋ = −c/A(D),  A the adiabatic ratio of a dial that moves with unit speed, c such that the end is
 *                 reached at `until` (Roland and Cerf, Phys. Rev. A 65, 042308 (2002))
 */
import { PsilabError, requireNumber } from '../../error.js'
import { type Resistance, timeTable } from './timeTable.js'

export interface Ramp {
  readonly kind: 'linear' | 'geometric' | 'power' | 'logarithmic' | 'adaptive'
  /** The dial at the beginning and at the end, from > to. */
  readonly from: number
  readonly to: number
  /** p of a power. */
  readonly exponent?: number
}

/** One of the ramps, or the dial as a function of time. */
export type AnnealingSchedule = Ramp | ((time: number) => number)

/**
 * A dial that falls in proportion to time.
 * @example
 * anneal(problem, { schedule: linear(1, 0), until: 50 })
 */
export function linear(from: number, to: number): Ramp {
  return ramp('linear', from, to, 0)
}

/**
 * A dial that falls by equal factors in equal times; to > 0.
 * @example
 * anneal(problem, { schedule: geometric(1, 0.01), until: 50 })
 */
export function geometric(from: number, to: number): Ramp {
  return ramp('geometric', from, to)
}

/** A dial that falls as (1 − t/until)^exponent; 1 is linear, larger exponents slow down towards the end. */
export function power(from: number, to: number, exponent: number): Ramp {
  requireNumber('exponent', exponent, 'a finite number > 0', (p) => p > 0)
  return { ...ramp('power', from, to, 0), exponent }
}

/** A dial that falls as the inverse of the logarithm of time; to > 0. */
export function logarithmic(from: number, to: number): Ramp {
  return ramp('logarithmic', from, to)
}

/** A dial that is as slow as the gap asks for, at every moment equally near to what the state can follow; to > 0. */
export function adaptive(from: number, to: number): Ramp {
  return ramp('adaptive', from, to)
}

function ramp(kind: Ramp['kind'], from: number, to: number, least = Number.MIN_VALUE): Ramp {
  requireNumber('from', from, 'a finite number > 0', (v) => v > 0)
  requireNumber(
    'to',
    to,
    `a number ${least === 0 ? '≥' : '>'} 0 and below from = ${from}`,
    (v) => v >= least && v < from,
    ...(least === 0 ? [] : ['Linear and power schedules may end at 0.']),
  )
  return { kind, from, to }
}

/** A schedule over a given time. */
export interface Dial {
  readonly from: number
  readonly to: number
  readonly until: number
  /** The schedule in words. */
  readonly text: string
  /** The value at a time, 0 ≤ t ≤ until. */
  at(time: number): number
  /** Its rate of change. */
  slope(time: number): number
}

/** Step of the difference quotient of a custom schedule, as a share of the time. */
const STEP = 1e-6
/** Times at which a custom schedule is looked at. */
const LOOKS = 256

/**
 * @param resistance A(D), asked for by adaptive schedules alone
 * @throws PsilabError `parameter` for a schedule that is none, or is not finite and ≥ 0
 */
export function dialOf(
  schedule: AnnealingSchedule,
  until: number,
  symbol: string,
  resistance: (from: number, to: number) => Resistance,
): Dial {
  if (typeof schedule === 'function') return customDial(schedule, until)
  const { kind, from, to, exponent } = requireRamp(schedule)
  const text = `${kind === 'power' ? `(1 − t/${until})^${exponent}` : kind}, ${symbol} from ${from} to ${to}`
  const rest = { from, to, until, text }
  const fall = from - to
  switch (kind) {
    case 'linear':
      return { ...rest, at: (t) => mixed(from, to, t / until), slope: () => -fall / until }
    case 'geometric': {
      const rate = Math.log(to / from) / until
      const at = (t: number): number => from * Math.exp(rate * t)
      return { ...rest, at, slope: (t) => rate * at(t) }
    }
    case 'power': {
      const p = exponent as number
      const left = (t: number): number => Math.max(0, 1 - t / until)
      return {
        ...rest,
        at: (t) => to + fall * left(t) ** p,
        slope: (t) => (-fall * p * left(t) ** (p - 1)) / until,
      }
    }
    case 'logarithmic': {
      const c = (from / to - 1) / Math.log1p(until)
      const at = (t: number): number => from / (1 + c * Math.log1p(t))
      return { ...rest, at, slope: (t) => (-c * at(t) ** 2) / (from * (1 + t)) }
    }
    case 'adaptive':
      return { ...rest, ...timeTable(from, to, until, resistance(from, to)) }
  }
}

/** The first value of a schedule. */
export function firstOf(schedule: AnnealingSchedule): number {
  return typeof schedule === 'function'
    ? requireNumber('schedule at t = 0', schedule(0), 'a finite number > 0', (v) => v > 0)
    : requireRamp(schedule).from
}

function mixed(from: number, to: number, u: number): number {
  return u >= 1 ? to : from + (to - from) * u
}

function customDial(f: (time: number) => number, until: number): Dial {
  const at = (t: number): number =>
    requireNumber(`schedule at t = ${t}`, f(t), 'a finite number ≥ 0', (v) => v >= 0)
  for (let k = 0; k <= LOOKS; k++) at((k * until) / LOOKS)
  const step = STEP * until
  return {
    from: firstOf(f),
    to: at(until),
    until,
    text: 'of one’s own',
    at,
    slope(t) {
      const [a, b] = [Math.max(0, t - step), Math.min(until, t + step)]
      return (at(b) - at(a)) / (b - a)
    },
  }
}

function requireRamp(schedule: Ramp): Ramp {
  const { kind, from, to, exponent } = schedule ?? {}
  switch (kind) {
    case 'linear':
      return linear(from, to)
    case 'geometric':
      return geometric(from, to)
    case 'power':
      return power(from, to, exponent as number)
    case 'logarithmic':
      return logarithmic(from, to)
    case 'adaptive':
      return adaptive(from, to)
    default:
      throw new PsilabError({
        code: 'parameter',
        parameter: 'schedule',
        problem: 'not a schedule',
        allowed: 'linear, geometric, power, logarithmic, adaptive, or a function of time',
        got: schedule,
        advice: 'For example schedule: geometric(1, 0.01).',
      })
  }
}
