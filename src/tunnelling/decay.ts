/**
 * Metastable decay in time. The barrier is held at its top until t = 0, so that the well has a bound state; then ζ is as it
 * is, what leaves goes out along a contour on which outgoing waves decay, and the probability in the well falls:
 *
 *   P(t) = ∫_well |ψ|² dx → c e^{−Γt}   with Γ of the resonance, once faster levels are gone,
 *
 * until, far later than is seen here, a power law takes over (Fonda, Ghirardi and Rimini, Rep. Prog. Phys. 41, 587 (1978)).
 */
import { requireInteger, requireKeys, requireNumber } from '../error.js'
import { Drawable, type PanelsFigure, panelsFigure, type Tabulated } from '../figure/index.js'
import { interpolate } from '../grid/index.js'
import type { Objective } from '../objective/index.js'
import { type DriveOptions, requireDriving, Watchman } from '../progress/index.js'
import { type Eigenstates, Problem } from '../qde/index.js'
import { contour } from './outgoing/contour.js'
import { OutgoingOperator } from './outgoing/operator.js'
import { stepper } from './outgoing/propagate.js'
import { type Resonance, type Resonances, resonances } from './resonances.js'
import { along } from './wells.js'

export interface DecayOptions extends DriveOptions {
  /** Which level of the well, from 0, the default. */
  readonly level?: number
  /** A place in the well, where ζ has several that leak. */
  readonly near?: number
  /** End of the run; default three lifetimes, or as many oscillations as it takes to see the rate. */
  readonly until?: number
}

/** Lifetimes, and times ħ/E above the bottom of the well, after which the run ends. */
const LIFETIMES = 3
const OSCILLATIONS = 120
/** Times at which P is taken, and the share of the run in which its slope is. */
const SAMPLES = 240
const LATE = 0.5
/** Steps of the time ħ/E above the bottom of the well: of order 4 they err by 1e-7 in a lifetime. */
const STEP = 0.15
/** Share of the probability whose decay is told from rounding and from the error of the steps. */
const UNSEEN = 1e-10
/** Angle of the contour, and points of an element. */
const ANGLE = 0.5
const POINTS = 22

/** The decay of a level in time. */
export class Decay extends Drawable {
  readonly problem: Problem
  /** The level, by its outgoing wave. */
  readonly resonance: Resonance
  readonly times: Float64Array
  /** Probability to be in the well, between the tops of its barriers. */
  readonly survival: Float64Array
  /** −d ln P/dt over the later half of the run. */
  readonly rate: number
  /** Largest distance of ln P from that line there. */
  readonly scatter: number
  readonly complete: boolean
  readonly notes: readonly string[]

  constructor(
    problem: Problem,
    resonance: Resonance,
    times: Float64Array,
    survival: Float64Array,
    complete: boolean,
  ) {
    super()
    this.problem = problem
    this.resonance = resonance
    this.times = times
    this.survival = survival
    this.complete = complete
    const { slope, scatter } = fitted(times, survival)
    this.rate = -slope
    this.scatter = scatter
    this.notes = [
      ...(complete ? [] : [`stopped at t = ${times[times.length - 1].toPrecision(6)}`]),
      ...(this.survival[this.survival.length - 1] > 0.99
        ? [
            resonance.width * times[times.length - 1] < UNSEEN
              ? 'what decays during this run is less than rounding: the rate is rounding, and Γ that of the outgoing wave'
              : 'less than 1 % decays during this run: the rate is that of a small change',
          ]
        : []),
    ]
  }

  /** A table with one row a time: t, P. */
  protected override tabulated(): Tabulated {
    return { t: this.times, survival: this.survival }
  }

  override figure(): PanelsFigure {
    const { times: t, survival, resonance, problem } = this
    const last = survival.length - 1
    const line = t.map((time) => survival[last] * Math.exp(-resonance.width * (time - t[last])))
    return panelsFigure({
      title: 'Decay of a metastable level',
      alt: `The probability in the well falls from ${survival[0].toPrecision(4)} to ${survival[last].toPrecision(4)}, late at the rate ${this.rate.toPrecision(6)}; the outgoing wave has Γ = ${resonance.width.toPrecision(6)}.`,
      problem: problem.record(),
      panels: [
        {
          type: 'lines',
          heading: 'Probability in the well',
          x: { label: 't' },
          y: { label: 'P', scale: 'log' },
          series: [
            { label: 'P(t)', x: t, y: survival },
            { label: 'exp(−Γt)', role: 'reference', x: t, y: line },
          ],
        },
        {
          type: 'table',
          heading: 'Rate',
          columns: [{ label: 'quantity' }, { label: 'value', align: 'right' }],
          rows: this.rows(),
        },
      ],
      notes: this.notes,
    })
  }

  private rows(): string[][] {
    return [
      ['−d ln P/dt', this.rate.toPrecision(8)],
      ['Γ of the outgoing wave', this.resonance.width.toPrecision(8)],
      ['ratio', (this.rate / this.resonance.width).toFixed(6)],
    ]
  }

  override toString(): string {
    return [...this.rows().map(([name, value]) => `${name} = ${value}`), ...this.notes].join('\n')
  }
}

/**
 * Lets a level of a well that leaks decay in real time, beside Γ of its outgoing wave.
 *
 * @example
 * decay(qde({ objective: 'x^2/2 - 0.15*x^3', D: 0.5 })).rate
 *
 * @throws PsilabError as {@link resonances}
 */
export function decay(problem: Problem, options: DecayOptions = {}): Decay {
  requireKeys('decay', options, ['level', 'near', 'until', 'progress', 'signal'])
  requireDriving(options)
  const level = requireInteger('level', options.level ?? 0, 0, 63)
  const found = resonances(problem, {
    levels: level + 1,
    ...(options.near === undefined ? {} : { near: options.near }),
  })
  const resonance = found.levels[level]
  const { D, objective } = problem
  const [a, b] = found.sides.map((side) => side.top)
  const floor = along(objective)(Float64Array.of(found.well))[0]
  const until =
    options.until === undefined
      ? Math.min(LIFETIMES / resonance.width, OSCILLATIONS / (resonance.energy - floor))
      : requireNumber('until', options.until, 'a finite number > 0', (t) => t > 0)
  const path = contour({
    objective,
    D,
    energy: resonance.energy,
    well: found.well,
    sides: found.sides,
    angle: ANGLE,
  })
  const operator = new OutgoingOperator(path, D, POINTS)
  const start = held(problem, found, level).states[level]
  const [first, last] = [resonance.x[0], resonance.x[resonance.x.length - 1]]
  // What lies beyond the real part of the contour, e^{−S}, is left out.
  let psi = operator.sampled((s) => {
    const values = interpolate(start, [s])
    return s.map((x, i) => (x >= first && x <= last ? values[2 * i] : 0))
  })
  const whole = operator.norm(psi, first, last)
  const steps = SAMPLES * Math.max(1, Math.ceil((until * (resonance.energy - floor)) / (STEP * SAMPLES)))
  const step = stepper(operator, until / steps, resonance.energy)
  const watchman = new Watchman(0, until, options)
  const times = [0]
  const survival = [operator.norm(psi, a, b) / whole]
  for (let k = 1; k <= steps && !watchman.poll(((k - 1) * until) / steps); k++) {
    psi = step(psi)
    if (k % (steps / SAMPLES) !== 0) continue
    times.push((k * until) / steps)
    survival.push(operator.norm(psi, a, b) / whole)
  }
  watchman.report()
  return new Decay(
    problem,
    resonance,
    Float64Array.from(times),
    Float64Array.from(survival),
    watchman.halt === undefined,
  )
}

/** Levels while each open barrier is held at its top. */
function held({ objective, D }: Problem, { sides }: Resonances, level: number): Eigenstates {
  const zeta = along(objective)
  const [left, right] = sides
  const tops = sides.filter((side) => side.open).map((side) => side.top)
  const kept: Objective = {
    variables: objective.variables,
    tex: objective.tex,
    text: objective.text,
    evaluate: ([x]) =>
      zeta(x.map((s) => Math.min(Math.max(s, left.open ? left.top : s), right.open ? right.top : s))),
    breaks: (lower, upper) =>
      [...tops, ...(objective.breaks?.(lower, upper) ?? []).filter((s) => s > left.top && s < right.top)]
        .filter((s) => s > lower && s < upper)
        .toSorted((s, t) => s - t),
  }
  return new Problem(kept, D).eigenstates(level + 1)
}

/** Least-squares line through ln P of the later times. */
function fitted(times: Float64Array, survival: Float64Array): { slope: number; scatter: number } {
  const from = times[times.length - 1] * LATE
  const late = [...times.keys()].filter((k) => times[k] >= from)
  const t = late.map((k) => times[k])
  const y = late.map((k) => Math.log(survival[k]))
  const mean = (v: readonly number[]): number => v.reduce((sum, u) => sum + u, 0) / v.length
  const [mt, my] = [mean(t), mean(y)]
  const slope =
    t.reduce((sum, u, k) => sum + (u - mt) * (y[k] - my), 0) / t.reduce((sum, u) => sum + (u - mt) ** 2, 0)
  return { slope, scatter: Math.max(...t.map((u, k) => Math.abs(y[k] - my - slope * (u - mt)))) }
}
