/**
 * Chooses the step of a one-step method from the tolerance.
 *
 * The local error of one step h is e(h) = ‖U_h ψ − U_{h/2}² ψ‖ / (1 − 2^{−p}) ≈ C h^{p+1} for a method of order p,
 * between normalised states, in real time as a share of the initial ‖ψ‖. Steps go in spans: e is at most half of rate·h where a span begins, and is measured
 * again where it ends; a span at whose end it exceeds rate·h is done again with a shorter step. Between, steps are
 * shortened to end at the times that are recorded. The step that is measured and the step in use may differ by a factor
 * at which h^{p+1} holds.
 *
 * No step and no span is longer than the time in which the state changes by itself, 1/(2ΔH) (Mandelstam and Tamm,
 * J. Phys. USSR 9, 249 (1945)): a packet could otherwise jump over a barrier that neither a whole step nor its halves
 * have seen. Where H changes in time no step is longer than a part of the run either.
 *
 * The sum of the local errors estimates the error of the run; it is no bound. In imaginary time an error along a
 * level below those that ψ mostly holds grows with the ratio of their weights.
 */
import { PsilabError } from '../../error.js'
import type { Hamiltonian } from '../hamiltonian.js'
import type { Integrator, IntegratorSettings } from './integrator.js'
import { norm, normalise, widened } from './vector.js'
import type { Work } from './work.js'

/** A one-step method. */
export interface Stepper {
  readonly name: string
  readonly order: number
  /**
   * Advances ψ(s) in place by `count` steps of length h, with pauses.
   * @returns the steps made, fewer where it was stopped
   */
  step(psi: Float64Array, s: number, h: number, count: number): Work<number>
  /** The same of a ψ that stays as it is, to a reader; absent where a method can only do it in place. */
  stepTo?(psi: Float64Array, s: number, h: number, count: number, reader: Reader): Work<number>
}

/** Takes the numbers of ψ from place `at` on, which are valid for the call only. */
export type Reader = (numbers: Float64Array, at: number) => void

/** Most steps in one run. */
const MAX_STEPS = 5e6
/** Steps in a span, which is also how often a state off the real axis is normalised. */
const SPAN = 32
/** Local errors below this are rounding. */
const ROUNDING = 1e-14
/** Share of a state's own time, over (rate·own time)^{1/p}, at which the search for a step begins. */
const FIRST = 6
/** Local error that a new step is chosen for, as a share of what is wanted where a span begins. */
const AIM = 0.8
/** Ratios within which the error of a step follows from that of another by its order: h^{p+1} ≲ 2 × the next term. */
const LONGER = 1.4
const SHORTER = 2
/** Lengths that differ by less are one: recorded times are rounded. */
const SAME_LENGTH = 1e-11
/** Local error from which on a step is too long to mean anything. */
const MEANINGLESS = 0.3

/** @param length of the steps, instead of the tolerance */
export function stepIntegrator(stepper: Stepper, settings: IntegratorSettings, length?: number): Integrator {
  return length === undefined ? controlled(stepper, settings) : fixed(stepper, settings, length)
}

/** The way to the next recorded time, in equal steps. */
interface Segment {
  readonly stop: number
  readonly h: number
  left: number
}

function segmentTo(stop: number, s: number, most: number): Segment {
  const left = Math.max(1, Math.ceil((stop - s) / most - 1e-9))
  const h = (stop - s) / left
  return { stop, left, h: Math.abs(h / most - 1) < SAME_LENGTH ? most : h }
}

function fixed(stepper: Stepper, { angle, unit, initial }: IntegratorSettings, length: number): Integrator {
  let segment: Segment | undefined
  let used = length
  /** Error that the first step leaves, in a unit of time. */
  let perTime: number | undefined
  return {
    *advance(psi, s, stop) {
      if (segment?.stop !== stop) {
        segment = segmentTo(stop, s, length)
        if (Math.abs(segment.h / used - 1) < SAME_LENGTH) segment = { ...segment, h: used }
        used = segment.h
      }
      if (perTime === undefined) {
        // ψ itself has room for the comparison where its beginning is kept elsewhere.
        const local = yield* localError(stepper, initial ?? psi, s, segment.h, initial && psi)
        if (initial !== undefined) psi.set(initial)
        if (local !== undefined && !(local < MEANINGLESS)) tooLong(segment.h, local, stepper.name)
        perTime = local === undefined ? undefined : local / segment.h
      }
      const count = Math.min(SPAN, segment.left)
      const done = yield* stepper.step(psi, s, segment.h, count)
      segment.left -= done
      return {
        time: segment.left === 0 ? stop : stop - segment.left * segment.h,
        steps: done,
        growth: angle === 0 ? 0 : normalise(psi, unit),
        error: done * segment.h * (perTime ?? 0),
        due: true,
        halted: done < count,
      }
    },
  }
}

function controlled(
  stepper: Stepper,
  { hamiltonian, angle, rate, width, unit, longest }: IntegratorSettings,
): Integrator {
  const { order } = stepper
  /** The step in use. */
  let length = 0
  /** A step of about that length, and its local error at the last verified state where that is known. */
  let probe: { readonly length: number; local: number | undefined } | undefined
  /** The longest step that a span which has to be done again may take. */
  let limit = Number.POSITIVE_INFINITY
  let ownTime: number | undefined
  /** ‖ψ‖ at the beginning of a run in real time. */
  let size: number | undefined
  let segment: Segment | undefined
  /** Room for a second ψ. */
  let room: Float64Array | undefined
  let span:
    | { readonly from: number; readonly end: number; readonly before: number; steps: number }
    | undefined

  const allowed = (h: number): number => Math.max(rate * h, ROUNDING)
  /** The error of a step h, from one of about that length, as a share of what is wanted where a span begins. */
  const share = (local: number, of: number, h: number): number =>
    (local * (h / of) ** (order + 1)) / (allowed(h) / 2)

  /** Sets the step for a span that begins here; false where it was stopped. */
  function* choose(psi: Float64Array, s: number, rest: number): Work<boolean> {
    room ??= new Float64Array(psi.length)
    // ΔH does not change in real time.
    if (ownTime === undefined || angle !== 0 || !hamiltonian.fixed)
      ownTime = ownTimeOf(hamiltonian.at(s), width === 1 ? widened(psi) : psi, width === 1 ? undefined : room)
    const most = Math.min(ownTime, rest, longest, limit)
    const even = (h: number): number => rest / Math.max(1, Math.ceil(rest / Math.min(h, most) - 1e-9))
    probe ??= { length: even(FIRST * ownTime * (rate * ownTime) ** (1 / order)), local: undefined }
    for (let longer = true; ; ) {
      if (probe.local === undefined || probe.length > most * LONGER) {
        if (probe.length > most) probe = { length: even(most), local: undefined }
        probe.local = yield* localError(stepper, psi, s, probe.length, room, size)
        if (probe.local === undefined) return false
      }
      const { length: of, local } = probe
      const here = share(local, of, of)
      const best = of * Math.min(8, Math.max(1 / 16, (here / AIM) ** (-1 / order) || 1 / 4))
      const h = even(best)
      if (h < of / SHORTER || (h > of * LONGER && longer)) {
        longer &&= h > of
        probe = { length: h, local: undefined }
        continue
      }
      // Tables of new steps cost about as much as a span: a step stays as long as it serves.
      const serves = (step: number): boolean =>
        step <= most * (1 + SAME_LENGTH) && step > h / LONGER && share(local, of, step) <= 1
      if (!serves(length)) length = serves(of) ? of : Math.min(h, of * LONGER)
      if (rest / length > MAX_STEPS) tooManySteps(rest / length, stepper.name)
      return true
    }
  }

  return {
    *advance(psi, s, stop) {
      if (span === undefined) {
        // In real time ψ runs as it is: what layers have absorbed needs no accuracy any more.
        if (angle === 0) size ??= norm(psi)
        if (!(yield* choose(psi, s, stop - s)))
          return { time: s, steps: 0, growth: 0, error: 0, due: false, halted: true }
        span = { from: s, end: s + Math.min(ownTime!, 4 * longest), before: probe!.local!, steps: 0 }
        segment = undefined
      }
      if (segment?.stop !== stop) segment = segmentTo(stop, s, length)
      const { h } = segment
      const fits = Math.max(1, Math.ceil((span.end - s) / h - 1e-9))
      const count = Math.min(segment.left, SPAN - span.steps, fits)
      const done = yield* stepper.step(psi, s, h, count)
      segment.left -= done
      span.steps += done
      const time = segment.left === 0 ? stop : stop - segment.left * h
      return {
        time,
        steps: done,
        growth: angle === 0 ? 0 : normalise(psi, unit),
        error: 0,
        due: span.steps >= SPAN || time >= span.end,
        halted: done < count,
      }
    },
    *verify(psi, s, halted) {
      if (span === undefined) return 0
      const { from, before } = span
      const { length: of } = probe!
      span = undefined
      /** Error of the span if its steps had this local error at the length of the probe. */
      const whole = (local: number): number => ((s - from) / length) * local * (length / of) ** (order + 1)
      const after = halted ? undefined : yield* localError(stepper, psi, s, of, room, size)
      if (after === undefined) return whole(before)
      const found = share(after, of, length)
      if (!(found <= 2)) {
        limit = length * Math.min(0.8, Math.max(1 / 16, (found / AIM) ** (-1 / order) || 1 / 4))
        probe = { length: Math.min(of, limit), local: undefined }
        return undefined
      }
      limit = Number.POSITIVE_INFINITY
      probe = { length: of, local: after }
      return whole(Math.max(before, after))
    },
  }
}

/**
 * With t two half steps, o = t + r the whole one, R = Σ|r|² and P = Re⟨t|r⟩/‖t‖, the normalised states differ by
 *
 *   ‖o/‖o‖ − t/‖t‖‖² = R/‖o‖² + (δ‖t‖)² + 2δ‖t‖P/‖o‖,   δ = 1/‖o‖ − 1/‖t‖,   ‖o‖² − ‖t‖² = 2‖t‖P + R,
 *
 * so that one pass over o is enough, and o need not be kept.
 *
 * @param place takes t; it may be ψ no longer than ψ is kept elsewhere
 * @param size ‖ψ‖ to which the error is related, where that is not the present one
 * @returns undefined where it was stopped
 */
function* localError(
  stepper: Stepper,
  psi: Float64Array,
  s: number,
  h: number,
  place: Float64Array = new Float64Array(psi.length),
  size?: number,
): Work<number | undefined> {
  const twice: Reader = (numbers, at) => place.set(numbers, at)
  if ((yield* apart(stepper, psi, s, h / 2, 2, twice)) < 2) return undefined
  let R = 0
  let product = 0
  const once: Reader = (numbers, at) => {
    let square = 0
    let along = 0
    for (let i = 0; i < numbers.length; i++) {
      const t = place[at + i]
      const r = numbers[i] - t
      square += r * r
      along += t * r
    }
    R += square
    product += along
  }
  if ((yield* apart(stepper, psi, s, h, 1, once)) < 1) return undefined
  const factor = 1 - 2 ** -stepper.order
  if (size !== undefined) return Math.sqrt(R) / size / factor
  const t = norm(place)
  const P = product / t
  const more = 2 * t * P + R
  const o = Math.sqrt(t * t + more)
  const stretch = -more / (o * (o + t))
  return Math.sqrt(Math.max(0, R / (o * o) + stretch * stretch + (2 * stretch * P) / o)) / factor
}

/** Steps of a ψ that stays as it is. */
function* apart(
  stepper: Stepper,
  psi: Float64Array,
  s: number,
  h: number,
  count: number,
  reader: Reader,
): Work<number> {
  if (stepper.stepTo !== undefined) return yield* stepper.stepTo(psi, s, h, count, reader)
  const copy = Float64Array.from(psi)
  const done = yield* stepper.step(copy, s, h, count)
  reader(copy, 0)
  return done
}

/** 1/(2ΔH) of the state. */
function ownTimeOf(hamiltonian: Hamiltonian, psi: Float64Array, room?: Float64Array): number {
  const image = hamiltonian.apply(psi, room)
  const square = norm(psi) ** 2
  let mean = 0
  for (let i = 0; i < psi.length; i++) mean += psi[i] * image[i]
  mean /= square
  for (let i = 0; i < psi.length; i++) image[i] -= mean * psi[i]
  return (0.5 * Math.sqrt(square)) / norm(image)
}

function tooManySteps(count: number, method: string): never {
  throw new PsilabError({
    code: 'too-large',
    parameter: 'tolerance',
    problem: `the run by ${method} needs about ${count.toExponential(1)} steps between two recorded states`,
    allowed: `at most ${MAX_STEPS}`,
    advice: 'Raise tolerance, shorten until, or give a smooth ζ with a gradient.',
  })
}

function tooLong(h: number, local: number, method: string): never {
  throw new PsilabError({
    code: 'parameter',
    parameter: 'steps',
    problem: `steps of ${h.toPrecision(3)} are too long: a single one by ${method} leaves an error of ${local.toPrecision(2)} of ‖ψ‖`,
    allowed: `less than ${MEANINGLESS}`,
    got: local,
    advice: 'Take more steps, or a tolerance instead.',
  })
}
