/** Metastable levels: states that leave a well through its barriers. */
import { PsilabError, requireInteger, requireKeys, requireNumber } from '../error.js'
import { Drawable, type PanelsFigure, panelsFigure } from '../figure/index.js'
import { interpolate } from '../grid/index.js'
import { column, writeCsv, writeNpz } from '../interchange/index.js'
import { Problem } from '../qde/index.js'
import { decayInstanton } from './decayInstanton.js'
import { contour, type Side } from './outgoing/contour.js'
import { OutgoingOperator } from './outgoing/operator.js'
import { type Siegert, siegert } from './outgoing/siegert.js'
import { along, requireLine, shapeOf } from './wells.js'
import { barrierAction, crossing, type Line, period } from './wkb.js'

export interface ResonanceOptions {
  /** How many of the levels below the top of the barrier, from the lowest; 1 to 64, default 1. */
  readonly levels?: number
  /** A place in the well, where ζ has several that leak. */
  readonly near?: number
}

/** A metastable level E − iΓ/2. */
export interface Resonance {
  readonly energy: number
  /** Γ: |ψ|² in the well falls as e^{−Γt}. */
  readonly width: number
  /** How far E and Γ moved with the angle of the contour and with the degree of the elements. */
  readonly energyError: number
  readonly widthError: number
  /** Γ by WKB at this energy, e^{−2θ}/T_cl with the factor of the n-th oscillator state; NaN above the barrier. */
  readonly wkb: number
  /** ψ along the real line from the well to where it is free, ∫|ψ|² = 1: points, and interleaved re, im. */
  readonly x: Float64Array
  readonly psi: Float64Array
}

/** The well that leaks. */
interface Well {
  readonly x: number
  readonly zeta: number
  readonly sides: readonly [Side, Side]
}

/** Angles of the turned contour, and points of an element: two of each tell the error. */
const ANGLES = [0.5, 0.4] as const
const POINTS = [26, 32] as const
/** Times that the box in which a well is looked for is doubled. */
const DOUBLINGS = 8
/** Change of E, as a share of its height above the well, or of Γ itself that is no result. */
const UNSETTLED = 1e-6
const DRAWN = 400

export class Resonances extends Drawable {
  readonly problem: Problem
  readonly levels: readonly Resonance[]
  /** Minimum of ζ in the well. */
  readonly well: number
  /** Γ of the lowest level by the instanton, to leading order as D → 0; NaN where there is none. */
  readonly instanton: number
  /** What bounds the well on the left and on the right. */
  readonly sides: readonly [Side, Side]

  constructor(problem: Problem, well: Well, levels: readonly Resonance[], instanton: number) {
    super()
    this.problem = problem
    this.well = well.x
    this.sides = well.sides
    this.levels = levels
    this.instanton = instanton
  }

  /** E of each level. */
  get energies(): Float64Array {
    return Float64Array.from(this.levels, (level) => level.energy)
  }

  /** Γ of each level. */
  get widths(): Float64Array {
    return Float64Array.from(this.levels, (level) => level.width)
  }

  /** A .npz archive: `energies`, `widths`, and `x0`, `psi0`, … of each level. */
  override toNpz(): Uint8Array {
    return writeNpz({
      energies: column(this.energies),
      widths: column(this.widths),
      ...Object.fromEntries(
        this.levels.flatMap(({ x, psi }, n) => [
          [`x${n}`, column(x)],
          [`psi${n}`, { dtype: 'complex128' as const, shape: [x.length], data: psi }],
        ]),
      ),
    })
  }

  /** A table with one row a level. */
  override toCsv(): string {
    return writeCsv({
      n: Array.from(this.levels.keys()),
      energy: this.energies,
      width: this.widths,
      energy_error: Float64Array.from(this.levels, (level) => level.energyError),
      width_error: Float64Array.from(this.levels, (level) => level.widthError),
      wkb: Float64Array.from(this.levels, (level) => level.wkb),
    })
  }

  override figure(): PanelsFigure {
    const { problem, levels, sides } = this
    const [name] = problem.objective.variables
    const span = sides[1].top - sides[0].top
    const [from, to] = sides.map(({ top, open }, k) => top + (open ? (k === 0 ? -1 : 1) * 0.7 * span : 0))
    const x = Float64Array.from({ length: DRAWN }, (_, i) => from + ((to - from) * i) / (DRAWN - 1))
    const spacing = Math.min(
      ...[...levels.map((level) => level.energy), sides[0].height, sides[1].height]
        .map((e) => e - along(problem.objective)(Float64Array.of(this.well))[0])
        .filter((e) => e > 0),
    )
    const curves = levels.map((level) => {
      const seen = [...level.x.keys()].filter((i) => level.x[i] >= from && level.x[i] <= to)
      return {
        x: seen.map((i) => level.x[i]),
        density: seen.map((i) => level.psi[2 * i] ** 2 + level.psi[2 * i + 1] ** 2),
      }
    })
    const lifted = (n: number): number[] => {
      const { density } = curves[n]
      const most = Math.max(...density)
      return density.map((v) => levels[n].energy + (0.6 * spacing * v) / most)
    }
    return panelsFigure({
      title: 'Metastable levels',
      alt: `Levels of a well that leaks: ${levels.map((l) => `E = ${l.energy.toPrecision(6)} with Γ = ${l.width.toPrecision(4)}`).join(', ')}.`,
      problem: problem.record(),
      panels: [
        {
          type: 'lines',
          heading: '|ψ|² at its energy',
          x: { label: name },
          y: { label: 'energy' },
          series: [
            { label: 'ζ', role: 'reference', x, y: along(problem.objective)(x) },
            ...curves.map((curve, n) => ({ label: `n = ${n}`, x: curve.x, y: lifted(n) })),
          ],
        },
        {
          type: 'lines',
          heading: '|ψ|² on the way out',
          x: { label: name },
          y: { label: '|ψ|²', scale: 'log' },
          series: curves.map((curve, n) => ({ label: `n = ${n}`, x: curve.x, y: curve.density })),
        },
        {
          type: 'table',
          heading: 'Levels E − iΓ/2',
          columns: ['n', 'E', 'Γ', '1/Γ', 'Γ by WKB', 'Γ by instanton'].map((label) => ({
            label,
            align: 'right',
          })),
          rows: levels.map((level, n) => [
            String(n),
            level.energy.toPrecision(12),
            level.width.toPrecision(8),
            (1 / level.width).toPrecision(6),
            Number.isNaN(level.wkb) ? '–' : level.wkb.toPrecision(4),
            n > 0 || Number.isNaN(this.instanton) ? '–' : this.instanton.toPrecision(6),
          ]),
        },
      ],
    })
  }

  override toString(): string {
    const lines = this.levels.map(
      (l, n) =>
        `E${n} = ${l.energy.toPrecision(12)} (±${l.energyError.toExponential(0)}), Γ = ${l.width.toPrecision(8)} (±${l.widthError.toExponential(0)})${Number.isNaN(l.wkb) ? '' : `, by WKB ${l.wkb.toPrecision(4)}`}`,
    )
    return [
      ...lines,
      ...(Number.isNaN(this.instanton)
        ? []
        : [`Γ of the lowest by the instanton ${this.instanton.toPrecision(6)}`]),
    ].join('\n')
  }
}

/**
 * Levels of a well that leaks through a barrier, as outgoing-wave states by exterior complex scaling.
 *
 * @example
 * resonances(qde({ objective: 'x^2/2 - 0.1*x^3', D: 0.5 })).widths[0]
 *
 * @throws PsilabError `parameter` where ζ has no such well, or several and no `near`; `not-converged` where a level
 * depends on the contour
 */
export function resonances(problem: Problem, options: ResonanceOptions = {}): Resonances {
  requireKeys('resonances', options, ['levels', 'near'])
  requireLine(problem, 'metastable decay')
  const count = requireInteger('levels', options.levels ?? 1, 1, 64)
  const well = wellOf(problem, options.near)
  const { D, objective } = problem
  const zeta = along(objective)
  const [from, to] = well.sides.map((side) => side.top)
  const inside = new Problem(objective, D, {
    box: [{ lower: from, upper: to }],
    boundary: ['walls'],
  }).eigenstates(count)
  const top = Math.min(...well.sides.filter((side) => side.open).map((side) => side.height))
  const levels = Array.from(inside.energies, (guess, n) => {
    const start = (s: Float64Array): Float64Array => {
      const psi = interpolate(inside.states[n], [s])
      return s.map((x, i) => (x > from && x < to ? psi[2 * i] : 0))
    }
    const solve = (angle: number, points: number, near: readonly [number, number] = [guess, 0]): Siegert => {
      const path = contour({ objective, D, energy: guess, well: well.x, sides: well.sides, angle })
      const found = siegert(new OutgoingOperator(path, D, points), near, start)
      if (found === undefined) throw unsettled(n, 'the iteration does not end')
      return found
    }
    const coarse = solve(ANGLES[0], POINTS[0])
    const other = solve(ANGLES[1], POINTS[0], coarse.energy)
    const best = solve(ANGLES[0], POINTS[1], coarse.energy)
    const energy = best.energy[0]
    const energyError = Math.max(
      Math.abs(coarse.energy[0] - energy),
      Math.abs(other.energy[0] - energy),
      best.change,
    )
    const widthError = Math.max(Math.abs(coarse.width - best.width), Math.abs(other.width - best.width))
    if (!(energyError < UNSETTLED * Math.abs(top - well.zeta)) || !(widthError < 0.01 * best.width))
      throw unsettled(n, `E moves by ${energyError.toExponential(0)} and Γ by ${widthError.toExponential(0)}`)
    return {
      energy,
      width: best.width,
      energyError,
      widthError,
      wkb: wkbWidth(zeta, D, energy, n, well),
      x: best.x,
      psi: best.psi,
    }
  })
  return new Resonances(problem, well, levels, decayInstanton(zeta, D, well))
}

function unsettled(n: number, why: string): PsilabError {
  return new PsilabError({
    code: 'not-converged',
    parameter: 'levels',
    problem: `level ${n} is no metastable one that can be told from the continuum: ${why}`,
    allowed: 'levels below the top of the barrier',
    got: n + 1,
    advice: 'Ask for fewer levels, or take a smaller D.',
  })
}

/** The well with a barrier on an open side. */
function wellOf(problem: Problem, near: number | undefined): Well {
  if (near !== undefined) requireNumber('near', near, 'a finite number', () => true)
  const { lower, upper } = problem.grid.axes[0]
  const zeta = along(problem.objective)
  let [middle, reach] = [(lower + upper) / 2, (upper - lower) / 2]
  if (near !== undefined) middle = near
  for (let k = 0; k <= DOUBLINGS; k++, reach *= 2) {
    const wells = shapeOf(problem.objective, middle - reach, middle + reach)
      .minima.map((minimum) => ({ ...minimum, sides: sidesOf(zeta, minimum.x, minimum.zeta, middle, reach) }))
      .filter((w): w is Well => w.sides !== undefined)
    if (wells.length === 0) continue
    if (wells.length === 1) return wells[0]
    if (near !== undefined)
      return wells.reduce((best, w) => (Math.abs(w.x - near) < Math.abs(best.x - near) ? w : best))
    throw new PsilabError({
      code: 'parameter',
      parameter: 'near',
      problem: 'ζ has several wells that leak',
      allowed: `one of ${wells.map((w) => w.x.toPrecision(6)).join(', ')}`,
    })
  }
  throw new PsilabError({
    code: 'parameter',
    parameter: 'problem',
    problem: `ζ = ${problem.objective.text} has no well with a barrier beyond which ζ falls as low again`,
    allowed: 'a well that leaks, for example x^2/2 - 0.1*x^3',
    ...(near === undefined ? {} : { got: near }),
  })
}

const LOOKED_AT = 4096

/** What bounds a minimum on both sides; undefined where nothing is open, or no barrier is between. */
function sidesOf(
  zeta: Line,
  x: number,
  floor: number,
  middle: number,
  reach: number,
): readonly [Side, Side] | undefined {
  const sides = ([-1, 1] as const).map((direction): Side | undefined => {
    const end = middle + direction * reach
    const at = Float64Array.from({ length: LOOKED_AT + 1 }, (_, i) => x + ((end - x) * i) / LOOKED_AT)
    const v = zeta(at)
    // The highest place on the way out: behind it ζ may fall, but not rise as high again, as a second well does.
    const best = v.reduce((most, u, i) => (u > v[most] ? i : most), 0)
    const height = v[best] - floor
    if (best === 0 || !(height > 0)) return undefined
    if (best === LOOKED_AT) return { open: false, top: end, height: v[best] }
    const fallen = v.subarray(best).some((u) => v[best] - u > FALLEN * height)
    return fallen ? { open: true, top: top(at, v, best), height: v[best] } : undefined
  })
  const [left, right] = sides
  if (left === undefined || right === undefined || !(left.open || right.open)) return undefined
  // A closed side need not be looked at far above the barrier.
  const barrier = Math.min(...[left, right].filter((side) => side.open).map((side) => side.height))
  const near = (side: Side): Side => {
    if (side.open) return side
    if (side.height < barrier) return side
    const edge = crossing(zeta, floor + CLOSED * (barrier - floor), x, side.top)
    return { open: false, top: edge, height: barrier }
  }
  return [near(left), near(right)]
}

/** Share of its height that a barrier falls to count as one, and height of a wall in heights of the barrier. */
const FALLEN = 0.5
const CLOSED = 4

/** The middle of the highest samples. */
function top(at: Float64Array, v: Float64Array, best: number): number {
  let last = best
  while (v[last + 1] === v[best]) last++
  return (at[best] + at[last]) / 2
}

/** e^{−2θ}/T_cl summed over the barriers, with √(2π)(n + ½)^{n+½} e^{−n−½}/n! for states that are no WKB states (Furry). */
function wkbWidth(zeta: Line, D: number, E: number, n: number, { x, sides }: Well): number {
  if (sides.some((side) => !(E < side.height))) return Number.NaN
  const [a, b] = sides.map((side) => crossing(zeta, E, x, side.top))
  const rate = 1 / period(zeta, D, E, a, b)
  const m = n + 0.5
  let factor = Math.sqrt(2 * Math.PI) * m ** m * Math.exp(-m)
  for (let k = 2; k <= n; k++) factor /= k
  const through = sides.map((side, k) => {
    if (!side.open) return 0
    const direction = k === 0 ? -1 : 1
    let out = side.top
    const step = 0.01 * Math.abs(side.top - x)
    for (let i = 0; zeta(Float64Array.of(out))[0] > E; i++) {
      if (i > 1e5) return Number.NaN
      out += direction * step
    }
    const inner = crossing(zeta, E, x, side.top)
    const outer = crossing(zeta, E, out, side.top)
    return Math.exp(-2 * barrierAction(zeta, D, E, Math.min(inner, outer), Math.max(inner, outer)))
  })
  return rate * factor * (through[0] + through[1])
}
