/** Tunnelling between the two wells of a ζ of one coordinate: the splitting, its semiclassics, and the beat in time. */
import { PsilabError, requireInteger, requireKeys } from '../error.js'
import { Drawable, type PanelsFigure, panelsFigure } from '../figure/index.js'
import { interpolate, type WaveFunction } from '../grid/index.js'
import { column, writeCsv, writeNpz } from '../interchange/index.js'
import type { Problem } from '../qde/index.js'
import { type Instanton, instanton, isSymmetric } from './instanton.js'
import { type Splitting, splittingOf } from './splitting.js'
import { type TwoLevel, twoLevel } from './twoLevel.js'
import { along, type Extremum, requireLine, shapeOf } from './wells.js'
import { barrierAction, crossing, type Line, period } from './wkb.js'

export interface TunnellingOptions {
  /**
   * Significant digits of the two levels, 10 to 200; default: doubles, and where those do not show the splitting of an
   * expression as many digits as it takes.
   */
  readonly digits?: number
}

/** Probability that the localised states may have on the wrong side before the pair is no two-level system. */
const LEAKY = 0.1
/** Correction of the instanton from which on it is no approximation. */
const LARGE = 0.5
/** Share of Ω below which the mixing angle is rounding. */
const UNSEEN = 1e-9
/** Points of the drawn beat, and of ζ. */
const DRAWN = 401

/** The lowest two levels of a double well as a tunnelling pair. */
export class Tunnelling extends Drawable {
  readonly problem: Problem
  /** The minima of ζ, left and right, and the top of the barrier between them. */
  readonly minima: readonly [Extremum, Extremum]
  readonly barrier: Extremum
  /** Whether ζ is its mirror image about the middle of the wells. */
  readonly symmetric: boolean
  /** E₀ and E₁. */
  readonly energies: Float64Array
  /** E₁ − E₀ = Ω and an estimate of its error. */
  readonly splitting: number
  readonly error: number
  /** Levels and splitting as decimals, where doubles do not see the splitting or digits were asked for. */
  readonly digits: Splitting['digits']
  /** Instanton of a symmetric ζ that is smooth: action, leading order and correction. */
  readonly instanton: Instanton | undefined
  /** Splitting at resonance by WKB at the mean of the levels, (ω/π)√(π/e) e^{−θ}; NaN above the barrier. */
  readonly wkb: number
  /** ε = E_r − E_l of the localised states: negative where the right well lies lower. */
  readonly bias: number
  /** δ > 0, with Ω² = ε² + 4δ². */
  readonly amplitude: number
  /** The localised states, and the probability of each to be right of the barrier. */
  readonly left: WaveFunction
  readonly right: WaveFunction
  readonly onRight: readonly [left: number, right: number]
  /** Where the numbers must be read with care. */
  readonly notes: readonly string[]

  constructor(
    problem: Problem,
    shape: Wells,
    splitting: Splitting,
    pair: TwoLevel,
    semiclassics: Semiclassics,
  ) {
    super()
    this.problem = problem
    this.minima = [shape.left, shape.right]
    this.barrier = shape.top
    this.symmetric = shape.symmetric
    this.energies = splitting.energies
    this.splitting = splitting.splitting
    this.error = splitting.error
    this.digits = splitting.digits
    this.instanton = semiclassics.instanton
    this.wkb = semiclassics.wkb
    this.bias = pair.bias * splitting.splitting
    this.amplitude = (pair.mixing * splitting.splitting) / 2
    this.left = pair.left
    this.right = pair.right
    this.onRight = pair.onRight
    this.notes = notesOf(this, splitting, pair)
  }

  /** The splitting by one instanton to leading order; NaN where there is none. */
  get leading(): number {
    return this.instanton?.leading ?? Number.NaN
  }

  /** The same with its next order. */
  get corrected(): number {
    return this.instanton === undefined ? Number.NaN : this.leading * (1 + this.instanton.correction)
  }

  /** Splitting by leading order: 1 + correction + … as D → 0. */
  get ratio(): number {
    return this.splitting / this.leading
  }

  /** Time for the way to the other well and back, 2π/Ω. */
  get period(): number {
    return (2 * Math.PI) / this.splitting
  }

  /**
   * Probability to be right of the barrier at some times, of the state that starts as `left` or `right` and evolves in
   * real time: p_l + (p_r − p_l)·(4δ²/Ω²) sin²(Ωt/2) from the left.
   */
  probabilityOnRight(times: ArrayLike<number>, start: 'left' | 'right' = 'left'): Float64Array {
    const [low, high] = this.onRight
    const share = ((2 * this.amplitude) / this.splitting) ** 2
    return Float64Array.from(times, (t) => {
      const crossed = (high - low) * share * Math.sin((this.splitting * t) / 2) ** 2
      return start === 'left' ? low + crossed : high - crossed
    })
  }

  /** A .npz archive: `x`, the localised states `left` and `right`, and the numbers. */
  override toNpz(): Uint8Array {
    const real = ({ values }: WaveFunction): Float64Array => values.filter((_, i) => i % 2 === 0)
    const numbers = Object.fromEntries(
      Object.entries(this.numbers()).map(([name, value]) => [name, column(Float64Array.of(value))]),
    )
    return writeNpz({
      x: column(this.left.grid.axes[0].coordinates),
      left: column(real(this.left)),
      right: column(real(this.right)),
      ...numbers,
    })
  }

  /** A table of one row. */
  override toCsv(): string {
    return writeCsv(
      Object.fromEntries(
        Object.entries(this.numbers()).map(([name, value]) => [name, Float64Array.of(value)]),
      ),
    )
  }

  private numbers(): Record<string, number> {
    return {
      D: this.problem.D,
      E0: this.energies[0],
      E1: this.energies[1],
      splitting: this.splitting,
      bias: this.bias,
      amplitude: this.amplitude,
      action: this.instanton?.action ?? Number.NaN,
      instanton: this.leading,
      corrected: this.corrected,
      wkb: this.wkb,
    }
  }

  override figure(): PanelsFigure {
    const { problem, minima, barrier, left, right, energies } = this
    const [name] = problem.objective.variables
    const [a, b] = [minima[0].x, minima[1].x]
    const [from, to] = shown(left, right, a, b)
    const x = Float64Array.from({ length: DRAWN }, (_, i) => from + ((to - from) * i) / (DRAWN - 1))
    const height = 0.35 * (barrier.zeta - Math.min(minima[0].zeta, minima[1].zeta))
    const peak = Math.max(
      ...[left, right].map((state) => state.density().reduce((m, v) => Math.max(m, v), 0)),
    )
    const lift = (state: WaveFunction, level: number): Float64Array =>
      densityAt(state, x).map((v) => level + (height * v) / peak)
    const [El, Er] = [-1, 1].map((side) => (energies[0] + energies[1] + side * this.bias) / 2)
    const t = Float64Array.from({ length: DRAWN }, (_, i) => (2 * this.period * i) / (DRAWN - 1))
    return panelsFigure({
      title: 'Tunnelling between two wells',
      alt: `Two wells at ${name} = ${short(a)} and ${short(b)} under a barrier of ${short(barrier.zeta)}; levels ${short(energies[0])} and ${short(energies[1])}, splitting ${short(this.splitting)}, and the probability on the right, which beats with period ${short(this.period)}.`,
      problem: problem.record(left.grid),
      panels: [
        {
          type: 'lines',
          heading: 'Localised states at their energies',
          x: { label: name },
          y: { label: 'energy' },
          series: [
            { label: 'ζ', role: 'reference', x, y: along(problem.objective)(x) },
            { label: '|l⟩', x, y: lift(left, El) },
            { label: '|r⟩', x, y: lift(right, Er) },
          ],
        },
        {
          type: 'lines',
          heading: 'Beat from each well',
          x: { label: 't' },
          y: { label: 'P(right)' },
          series: [
            { label: 'from |l⟩', x: t, y: this.probabilityOnRight(t) },
            { label: 'from |r⟩', x: t, y: this.probabilityOnRight(t, 'right') },
          ],
        },
        {
          type: 'table',
          heading: 'Splitting',
          columns: [{ label: 'quantity' }, { label: 'value', align: 'right' }],
          rows: this.rows(),
        },
      ],
      notes: this.notes,
    })
  }

  private rows(): string[][] {
    return [
      ['E₀', this.digits?.energies[0] ?? this.energies[0].toPrecision(12)],
      ['E₁', this.digits?.energies[1] ?? this.energies[1].toPrecision(12)],
      ['Ω = E₁ − E₀', this.digits?.splitting ?? this.splitting.toPrecision(12)],
      ...(this.symmetric
        ? []
        : [
            ['bias ε', this.bias.toPrecision(8)],
            ['2δ', (2 * this.amplitude).toPrecision(8)],
          ]),
      ...(this.instanton === undefined
        ? []
        : [
            ['S₀', this.instanton.action.toPrecision(12)],
            ['instanton', this.leading.toPrecision(8)],
            ['with next order', this.corrected.toPrecision(8)],
          ]),
      ...(Number.isNaN(this.wkb) ? [] : [['WKB', this.wkb.toPrecision(6)]]),
    ]
  }

  override toString(): string {
    return [...this.rows().map(([name, value]) => `${name} = ${value}`), ...this.notes].join('\n')
  }
}

interface Wells {
  readonly left: Extremum
  readonly right: Extremum
  readonly top: Extremum
  readonly symmetric: boolean
}

interface Semiclassics {
  readonly instanton: Instanton | undefined
  readonly wkb: number
}

/**
 * The two lowest levels of a double well: their splitting, the instanton where ζ is symmetric, the two-level system that
 * they make, and its beat.
 *
 * @example
 * tunnelling(qde({ objective: '(x^2 - 1)^2', D: 0.05 })).ratio // => 0.80568…
 *
 * @throws PsilabError `parameter` where ζ has other than two minima or coordinates other than one
 */
export function tunnelling(problem: Problem, options: TunnellingOptions = {}): Tunnelling {
  requireKeys('tunnelling', options, ['digits'])
  if (options.digits !== undefined) requireInteger('digits', options.digits, 10, 200)
  requireLine(problem, 'tunnelling')
  const { D, objective } = problem
  const shape = wellsOf(problem)
  const doubles = problem.eigenstates(2)
  const splitting = splittingOf(problem, doubles, options.digits)
  const pair = twoLevel(doubles.states, shape.top.x, shape.symmetric)
  const zeta = along(objective)
  const mean = (splitting.energies[0] + splitting.energies[1]) / 2
  return new Tunnelling(problem, shape, splitting, pair, {
    instanton: shape.symmetric ? instanton(zeta, shape.left, shape.right, D) : undefined,
    wkb: wkbSplitting(zeta, D, mean, shape, problem.grid.axes[0]),
  })
}

function wellsOf(problem: Problem): Wells {
  const { lower, upper } = problem.grid.axes[0]
  const { minima, tops } = shapeOf(problem.objective, lower, upper)
  if (minima.length !== 2)
    throw new PsilabError({
      code: 'parameter',
      parameter: 'problem',
      problem: `ζ = ${problem.objective.text} has ${minima.length === 1 ? 'one minimum' : `${minima.length} minima`} between ${short(lower)} and ${short(upper)}`,
      allowed: 'a double well: two minima',
      advice: 'Give a box that holds two minima: qde({ …, grid: { lower, upper } }).',
    })
  const [left, right] = minima
  const [top] = tops
  return { left, right, top, symmetric: isSymmetric(along(problem.objective), left, right, top) }
}

/**
 * 2δ at resonance: two wells of frequencies ω_l and ω_r at E, with the factor √(π/e) of their ground states, which are no
 * WKB states (Furry, Phys. Rev. 71, 360 (1947); Child, § 3.2).
 */
function wkbSplitting(
  zeta: Line,
  D: number,
  E: number,
  { left, right, top }: Wells,
  box: { readonly lower: number; readonly upper: number },
): number {
  if (!(E < top.zeta && E > left.zeta && E > right.zeta)) return Number.NaN
  const [outLeft, outRight] = [box.lower, box.upper]
  if (!(zeta(Float64Array.of(outLeft))[0] > E && zeta(Float64Array.of(outRight))[0] > E)) return Number.NaN
  const [a, b] = [crossing(zeta, E, left.x, top.x), crossing(zeta, E, right.x, top.x)]
  const times = [
    period(zeta, D, E, crossing(zeta, E, left.x, outLeft), a),
    period(zeta, D, E, b, crossing(zeta, E, right.x, outRight)),
  ]
  const frequency = (2 * Math.PI) / Math.sqrt(times[0] * times[1])
  return (frequency / Math.sqrt(Math.PI * Math.E)) * Math.exp(-barrierAction(zeta, D, E, a, b))
}

function notesOf(result: Tunnelling, { note }: Splitting, { mixing, onRight }: TwoLevel): string[] {
  const wrong = Math.max(onRight[0], 1 - onRight[1])
  const notes = note === undefined ? [] : [note]
  if (result.energies[1] > result.barrier.zeta)
    notes.push('E₁ lies above the barrier: this is no tunnelling pair')
  else if (wrong > LEAKY)
    notes.push(
      `the states that are localised best have ${wrong.toPrecision(2)} on the other side: the two levels are no two-level system of wells`,
    )
  if (mixing < UNSEEN)
    notes.push('2δ is lost in the rounding of doubles beside the bias: each state lies in one well')
  if (!result.symmetric) notes.push('ζ is not symmetric: no instanton; WKB is for the resonance, ε = 0')
  else if (result.instanton === undefined)
    notes.push('no instanton: ζ is not smooth between its wells, or flat in them')
  else if (Math.abs(result.instanton.correction) > LARGE)
    notes.push(
      `the next order of the instanton is ${result.instanton.correction.toPrecision(2)} of the leading one: S₀ = ${result.instanton.action.toPrecision(3)} is too small for semiclassics`,
    )
  return notes
}

function short(value: number): string {
  return String(Number(value.toPrecision(6))).replace('-', '−')
}

/** Where the densities are seen. */
function shown(left: WaveFunction, right: WaveFunction, a: number, b: number): [number, number] {
  const spread = (state: WaveFunction): number => 4 * Math.sqrt(state.variance()[0])
  const reach = Math.max(0.4 * (b - a), Math.min(b - a, Math.max(spread(left), spread(right))))
  return [a - reach, b + reach]
}

function densityAt(state: WaveFunction, x: Float64Array): Float64Array {
  const psi = interpolate(state, [x])
  return x.map((_, i) => psi[2 * i] ** 2 + psi[2 * i + 1] ** 2)
}
