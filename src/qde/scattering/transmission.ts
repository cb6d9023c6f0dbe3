/**
 * Transmission through a ζ of one coordinate that is constant far out: e^{ikx} comes in from the left,
 *
 *   ψ → e^{ikx} + r e^{−ikx}  (x → −∞),   ψ → t e^{iqx}  (x → ∞),   D k² = E − ζ₋,  D q² = E − ζ₊,
 *   R = |r|²,  T = |t|² q/k,  T + R = 1.
 *
 * Elements meet at kinks and jumps of ζ, and are halved until no T or R moves.
 */
import { PsilabError, requireInteger, requireKeys, requireNumber } from '../../error.js'
import { Drawable, type PanelsFigure, type ProblemRecord, panelsFigure } from '../../figure/index.js'
import { column, writeCsv, writeNpz } from '../../interchange/index.js'
import { evaluateAt, type Objective } from '../../objective/index.js'
import { asymptote } from '../box/index.js'
import type { Discretisation } from '../discretisation.js'
import { type Amplitudes, mesh, refined, scattering } from '../elements/index.js'

export interface TransmissionOptions {
  /** Energies of the incoming wave, above ζ far to the left. */
  readonly energies: readonly number[] | Float64Array
  /** Axis of T and R in the figure, default `linear`. */
  readonly scale?: 'linear' | 'log'
}

/** Change of T and R at which the halving of elements ends, and the largest that is returned. */
const SETTLED = 1e-12
const UNSETTLED = 1e-8
/** Most elements, and most energies. */
const MOST = 512
const ENERGIES = 10_000

/** Transmission and reflection at some energies. */
export class Transmission extends Drawable {
  readonly energies: Float64Array
  /** Probability to pass, |t|² q/k; 0 below the value of ζ on the right. */
  readonly T: Float64Array
  /** Probability to come back, |r|². */
  readonly R: Float64Array
  /** arg t and arg r, of waves that are e^{ikx} at x = 0; −π to π. */
  readonly transmittedPhase: Float64Array
  readonly reflectedPhase: Float64Array
  /** The most that a T or R moved when the elements were halved last, or by which T + R misses 1. */
  readonly error: number
  /** ζ far to the left and far to the right. */
  readonly thresholds: readonly [number, number]
  private readonly drawn: Drawn

  constructor(
    energies: Float64Array,
    waves: readonly Wave[],
    error: number,
    thresholds: readonly [number, number],
    drawn: Drawn,
  ) {
    super()
    this.drawn = drawn
    this.energies = energies
    this.T = Float64Array.from(waves, (w) => w.T)
    this.R = Float64Array.from(waves, (w) => w.R)
    this.transmittedPhase = Float64Array.from(waves, (w) => w.transmittedPhase)
    this.reflectedPhase = Float64Array.from(waves, (w) => w.reflectedPhase)
    this.error = Math.max(error, ...waves.map((w) => Math.abs(w.T + w.R - 1)))
    this.thresholds = thresholds
  }

  /** A .npz archive: `energies`, `T`, `R`, `transmitted_phase`, `reflected_phase`. */
  override toNpz(): Uint8Array {
    return writeNpz({
      energies: column(this.energies),
      T: column(this.T),
      R: column(this.R),
      transmitted_phase: column(this.transmittedPhase),
      reflected_phase: column(this.reflectedPhase),
    })
  }

  /** A table with one row an energy. */
  override toCsv(): string {
    return writeCsv({
      energy: this.energies,
      T: this.T,
      R: this.R,
      transmitted_phase: this.transmittedPhase,
      reflected_phase: this.reflectedPhase,
    })
  }

  override figure(): PanelsFigure {
    const { energies, T, R, drawn } = this
    const order = [...energies.keys()].sort((a, b) => energies[a] - energies[b])
    const sorted = (values: Float64Array): number[] => order.map((n) => values[n])
    const E = sorted(energies)
    // A few energies are dots, not a curve.
    const mark = E.length < FEW ? 'points' : 'line'
    const [low, high] = [E[0], E[E.length - 1]].map((e) => Number(e.toPrecision(4)))
    return panelsFigure({
      title: 'Transmission',
      alt: `Probabilities to pass and to come back at ${E.length} energies from ${low} to ${high}; T from ${Math.min(...T).toPrecision(4)} to ${Math.max(...T).toPrecision(4)}.`,
      problem: drawn.record,
      panels: [
        {
          type: 'lines',
          heading: 'Transmission and reflection',
          x: { label: 'E' },
          y: { label: 'probability', scale: drawn.scale },
          series: [
            { label: 'T', mark, x: E, y: sorted(T) },
            { label: 'R', mark, x: E, y: sorted(R) },
          ],
        },
      ],
    })
  }

  toString(): string {
    const rows = this.energies.length <= 6 ? [...this.energies.keys()] : [0, 1, 2, -3, -2, -1]
    const row = (n: number): string =>
      `E = ${this.energies.at(n)!.toPrecision(6)}: T = ${this.T.at(n)!.toFixed(10)}, R = ${this.R.at(n)!.toFixed(10)}`
    const lines = rows.map(row)
    if (this.energies.length > 6) lines.splice(3, 0, '…')
    return `${lines.join('\n')}\n(error ≲ ${this.error.toExponential(0)})`
  }
}

interface Drawn {
  readonly record: ProblemRecord
  readonly scale: 'linear' | 'log'
}

/** Energies from which on they are drawn as a curve. */
const FEW = 20

interface Wave {
  readonly T: number
  readonly R: number
  readonly transmittedPhase: number
  readonly reflectedPhase: number
}

/**
 * @throws PsilabError `parameter` for an energy at which no wave comes in, `not-confining` where ζ does not become
 * constant on both sides, `not-converged` where it is not smooth between its breaks
 */
export function transmission(space: Discretisation, options: TransmissionOptions): Transmission {
  requireKeys('transmission', options, ['energies', 'scale'])
  const scale = requireScale(options.scale)
  requireLine(space)
  const { objective, D } = space
  const energies = Float64Array.from(options.energies ?? [])
  requireInteger('energies.length', energies.length, 1, ENERGIES)
  const [left, right] = [constantSide(objective, -1), constantSide(objective, 1)]
  for (const energy of energies)
    requireNumber(
      'energies',
      energy,
      `finite numbers above ${left.value}, the value of ζ far to the left, from where the wave comes`,
      (e) => e > left.value,
    )
  const [lower, upper] = [-Math.max(left.from, NARROWEST), Math.max(right.from, NARROWEST)]
  const potential = (x: Float64Array): Float64Array => evaluateAt(objective, [x])
  const most = energies.reduce((high, e) => Math.max(high, e), Number.NEGATIVE_INFINITY)
  let vertices = mesh({
    D,
    lower,
    upper,
    breaks: objective.breaks?.(lower, upper) ?? [],
    potential,
    energy: most,
  })
  let before: Wave[] | undefined
  let last = Number.POSITIVE_INFINITY
  for (;;) {
    const solve = scattering({ D, vertices, potential })
    const waves = Array.from(energies, (energy) => {
      const k = Math.sqrt((energy - left.value) / D)
      const q = Math.sqrt(Math.abs(energy - right.value) / D)
      const closed = energy <= right.value
      return waveOf(solve(energy, k, q, closed), { k, q: closed ? 0 : q, lower, upper })
    })
    // Waves that are shorter than the elements see leave all meshes agreed on nothing.
    const held = phaseOf(vertices, potential, most, D) <= HELD
    const moved = before === undefined || !held ? Number.POSITIVE_INFINITY : largestChange(before, waves)
    const full = 2 * vertices.length > MOST
    // What no longer shrinks is rounding.
    if (moved <= SETTLED || (moved <= UNSETTLED && (full || moved > last / 4)))
      return new Transmission(energies, waves, moved, [left.value, right.value], {
        record: space.record(space.choose({ levels: space.defaultLevels }).grid),
        scale,
      })
    last = moved
    if (full)
      throw new PsilabError({
        code: 'not-converged',
        parameter: 'energies',
        problem: held
          ? `T still moves by ${moved.toExponential(0)} on ${vertices.length - 1} elements`
          : `the waves at E = ${most} are too short for ${vertices.length - 1} elements`,
        allowed: `changes of at most ${UNSETTLED}`,
        advice: 'Ask for lower energies, or write ζ with step, abs, min or max, whose kinks are found.',
      })
    before = waves
    vertices = refined(vertices, [...vertices.keys()].slice(0, -1))
  }
}

/** Phase in one element up to which its polynomials follow a wave, so that halving it is a test. */
const HELD = 40
/** Places in an element at which ζ is looked at. */
const LOOKS = 8

/** Largest phase √((E − ζ)/D) dx over one element. */
function phaseOf(
  vertices: readonly number[],
  potential: (x: Float64Array) => Float64Array,
  E: number,
  D: number,
): number {
  return vertices.slice(1).reduce((largest, b, e) => {
    const length = b - vertices[e]
    const zeta = potential(
      Float64Array.from({ length: LOOKS }, (_, i) => vertices[e] + ((i + 0.5) / LOOKS) * length),
    )
    const sum = zeta.reduce((phase, v) => phase + Math.sqrt(Math.max(0, E - v) / D), 0)
    return Math.max(largest, (sum * length) / LOOKS)
  }, 0)
}

/** Half-width of the elements where ζ is constant everywhere. */
const NARROWEST = 1

function waveOf(
  { reflected, transmitted }: Amplitudes,
  {
    k,
    q,
    lower,
    upper,
  }: { readonly k: number; readonly q: number; readonly lower: number; readonly upper: number },
): Wave {
  const [r, t] = [Math.hypot(...reflected), Math.hypot(...transmitted)]
  return {
    T: (t * t * q) / k,
    R: r * r,
    transmittedPhase: turned(Math.atan2(transmitted[1], transmitted[0]) + k * lower - q * upper),
    reflectedPhase: turned(Math.atan2(reflected[1], reflected[0]) + 2 * k * lower),
  }
}

/** An angle between −π and π. */
function turned(angle: number): number {
  return angle - 2 * Math.PI * Math.round(angle / (2 * Math.PI))
}

function largestChange(before: readonly Wave[], after: readonly Wave[]): number {
  return after.reduce(
    (most, wave, i) => Math.max(most, Math.abs(wave.T - before[i].T), Math.abs(wave.R - before[i].R)),
    0,
  )
}

function constantSide(
  objective: Objective,
  direction: 1 | -1,
): { readonly value: number; readonly from: number } {
  const side = asymptote(objective, direction)
  if (side.kind === 'level') return side
  throw new PsilabError({
    code: 'not-confining',
    parameter: 'objective',
    problem: `ζ = ${objective.text} does not become constant far to the ${direction < 0 ? 'left' : 'right'}, so there are no free waves there`,
    allowed: 'an objective that levels off on both sides',
    advice: 'For example 1/cosh(x)^2, or step(1 - abs(x)) for a rectangular barrier.',
  })
}

function requireScale(scale: TransmissionOptions['scale'] = 'linear'): 'linear' | 'log' {
  if (scale === 'linear' || scale === 'log') return scale
  throw new PsilabError({
    code: 'parameter',
    parameter: 'scale',
    problem: 'no such axis',
    allowed: "'linear' or 'log'",
    got: scale,
  })
}

function requireLine({ objective }: Discretisation): void {
  if (objective.variables.length === 1) return
  throw new PsilabError({
    code: 'parameter',
    parameter: 'objective',
    problem: 'transmission is along one coordinate',
    allowed: 'one coordinate',
    got: objective.variables,
  })
}
