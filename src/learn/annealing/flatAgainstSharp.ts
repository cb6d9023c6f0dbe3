/**
 * Flat against sharp minima: at finite D the ground state does not sit in the deepest well but where depth and width
 * together are best. In a well of depth ζ_a and curvature k_a its energy is ζ_a + √(Dk_a/2) + …, so that of two wells
 * the flat one is preferred until
 *
 *   √(D/2)·(√k_sharp − √k_flat) = ζ_flat − ζ_sharp,
 *
 * which is the harmonic estimate D*. There the two lowest levels avoid each other by a gap that is exponentially small
 * in 1/√D, and D must fall as slowly as that gap asks for if ψ is to change wells.
 */
import { PsilabError, requireKeys, requireNumber } from '../../error.js'
import {
  Drawable,
  type PanelsFigure,
  type ProblemRecord,
  panelsFigure,
  type Tabulated,
} from '../../figure/index.js'
import { type Problem, requireProblem } from '../../qde/index.js'
import { LevelsAlong } from './levelsAlong.js'
import { problemOnOneGrid } from './runGrid.js'
import { type Well, wellsOf } from './wells.js'

export interface FlatAgainstSharpOptions {
  /** Range of D that is looked through, falling; default 16 times the harmonic estimate to a sixteenth of it. */
  readonly from?: number
  readonly to?: number
  /** Values of D in the table, besides ten about the crossing; default 49. */
  readonly points?: number
}

/** The avoided crossing of the two lowest levels at which the ground state changes wells. */
export interface WellCrossing {
  /** D at which the gap is smallest. */
  readonly D: number
  /** E₁ − E₀ there; NaN where it is smaller than doubles of D can place. */
  readonly gap: number
  /** Difference of the slopes ∂E/∂D = ⟨k²⟩ of the two levels that would cross, one in each well. */
  readonly slope: number
  /**
   * Landau–Zener: in real time a D that falls through the crossing at the rate Ḋ leaves the state in its well with
   * probability exp(−2π(gap/2)²/(slope·|Ḋ|)).
   */
  readonly landauZenerRate: number
}

/** Range of D around the harmonic estimate, points of the table, and points of the search for the crossing. */
const RANGE = 16
const POINTS = 49
const SEARCH = 65
/** Distances from the crossing of further points, as shares of D. */
const BESIDE = [1e-4, 1e-3, 3e-3, 0.01, 0.03]
/** Halvings of ln D, and steps of the search for the smallest gap. */
const HALVINGS = 50
const GOLDEN_STEPS = 60
/** Distance from the crossing at which slopes are read off, as a share of D. */
const AWAY = 0.01
/** Gap, as a share of the height of the next level, below which doubles hold few of its digits. */
const MANY_DIGITS = 1e-8
const DIGITS = 30
/** What doubles leave uncertain of a gap. */
const LOST_IN_GAP = 1e-13

/**
 * The wells of an objective of one coordinate, in which of them the ground state sits at each D, and where it changes
 * to the deepest.
 *
 * @throws PsilabError `parameter` where ζ has several coordinates or a single well
 * @example
 * flatAgainstSharp(qde({ objective: testFunction('flatAndSharp'), D: 0.1 })).crossing
 */
export function flatAgainstSharp(problem: Problem, options: FlatAgainstSharpOptions = {}): FlatAgainstSharp {
  requireKeys('flatAgainstSharp', options, ['from', 'to', 'points'])
  requireProblem(problem)
  const { objective } = problem
  if (objective.variables.length > 1) refuse('several coordinates', 'one coordinate', objective.variables)
  const [{ lower, upper }] = problem.grid.axes
  const wells = wellsOf(objective, lower, upper)
  if (wells.length < 2) refuse('a single well has nothing to change to', 'two wells or more', wells.length)
  const sharp = wells.reduce((low, well) => (well.value < low.value ? well : low))
  const rivals = wells
    .filter((well) => well !== sharp && well.curvature < sharp.curvature)
    .map((well) => ({ well, D: harmonicBalance(sharp, well) }))
    .sort((a, b) => a.D - b.D)
  const [rival] = rivals
  const harmonicD = rival?.D
  const middle = harmonicD ?? problem.D
  const from = requireNumber('from', options.from ?? RANGE * middle, 'a finite number > 0', (D) => D > 0)
  const to = requireNumber(
    'to',
    options.to ?? middle / RANGE,
    `a number > 0 and below ${from}`,
    (D) => D > 0 && D < from,
  )
  const count = requireNumber(
    'points',
    options.points ?? POINTS,
    'an integer from 2 to 1000',
    (n) => Number.isInteger(n) && n >= 2 && n <= 1000,
  )
  const { grid } = problemOnOneGrid(problem, from, to)
  const levels = new LevelsAlong(problem, grid, from, to)
  const inWells = new Map(wells.map((well) => [well, levels.probabilityOf(well.basin)]))
  const inWell = (at: number, well: Well): number => inWells.get(well)!([levels.at(at).ground])
  const crossing =
    rival && crossingOf(problem, levels, from, to, (d) => inWell(d, sharp) - inWell(d, rival.well))
  const even = Array.from({ length: count }, (_, i) => from * (to / from) ** (i / (count - 1)))
  const near =
    crossing === undefined ? [] : BESIDE.flatMap((d) => [crossing.D * (1 - d), crossing.D * (1 + d)])
  const D = Float64Array.from([...even, ...near.filter((d) => d > to && d < from)])
    .sort()
    .reverse()
  return new FlatAgainstSharp({
    wells,
    sharp,
    ...(rival && { flat: rival.well, harmonicD: rival.D }),
    ...(crossing && { crossing }),
    D,
    gap: D.map((d) => levels.at(d).gap),
    energy: D.map((d) => levels.at(d).energies[0]),
    probability: wells.map((well) => D.map((d) => inWell(d, well))),
    variable: objective.variables[0],
    problem: problem.figure().problem,
  })
}

/** D at which two wells have the same energy in harmonic approximation. */
function harmonicBalance(sharp: Well, flat: Well): number {
  return 2 * ((flat.value - sharp.value) / (Math.sqrt(sharp.curvature) - Math.sqrt(flat.curvature))) ** 2
}

/** @param preference rises through 0 as D falls through the crossing */
function crossingOf(
  problem: Problem,
  levels: LevelsAlong,
  from: number,
  to: number,
  preference: (D: number) => number,
): WellCrossing | undefined {
  const scan = Array.from({ length: SEARCH }, (_, i) => to * (from / to) ** (i / (SEARCH - 1)))
  const signs = scan.map((D) => preference(D) > 0)
  const place = signs.findIndex((positive, i) => positive && signs[i + 1] === false)
  if (place < 0) return undefined
  let [low, high] = [Math.log(scan[place]), Math.log(scan[place + 1])]
  for (let k = 0; k < HALVINGS; k++) {
    const middle = (low + high) / 2
    if (preference(Math.exp(middle)) > 0) low = middle
    else high = middle
  }
  const gapAt = (D: number): number => levels.at(D).gap
  const near = Math.exp((low + high) / 2)
  const slope = (gapAt(near * (1 + AWAY)) + gapAt(near * (1 - AWAY))) / (2 * AWAY * near)
  const reach = Math.min(AWAY * near, (20 * gapAt(near)) / slope)
  const D = lowestGap(gapAt, near - reach, near + reach)
  const { gap, energies } = levels.at(D)
  const found = { D, gap, slope, landauZenerRate: (Math.PI * gap * gap) / (2 * slope) }
  if (gap > MANY_DIGITS * (energies[2] - energies[0])) return found
  const precise = preciseGap(problem, D, slope) ?? (gap > 100 * LOST_IN_GAP ? gap : Number.NaN)
  return { ...found, gap: precise, landauZenerRate: (Math.PI * precise * precise) / (2 * slope) }
}

function lowestGap(gap: (D: number) => number, from: number, until: number): number {
  const share = (Math.sqrt(5) - 1) / 2
  let [a, b] = [from, until]
  for (let k = 0; k < GOLDEN_STEPS; k++) {
    const [p, q] = [b - share * (b - a), a + share * (b - a)]
    if (gap(p) < gap(q)) b = q
    else a = p
  }
  return (a + b) / 2
}

/**
 * The least of gap² = Δ² + s²(D − D*)², through three points to many digits, and once more through three about the D*
 * that these give; undefined where ζ is no expression, or doubles do not tell D* well enough.
 */
function preciseGap(problem: Problem, near: number, slope: number): number | undefined {
  if (problem.objective.source === undefined) return undefined
  let [D, step, gap] = [near, LOST_IN_GAP / slope, Number.NaN]
  try {
    for (let pass = 0; pass < 2; pass++) {
      const [a, b, c] = [-1, 0, 1].map((k) => {
        const levels = problem.withD(D + k * step).eigenstates(2, { digits: DIGITS })
        return Number(levels.gap) ** 2
      })
      const [first, second] = [(c - a) / 2, a - 2 * b + c]
      gap = Math.sqrt(b - first ** 2 / (2 * second))
      D -= (step * first) / second
      step = Math.max(gap / slope, 4 * Number.EPSILON * D)
      if (!Number.isFinite(D)) return undefined
    }
  } catch (error) {
    if (error instanceof PsilabError) return undefined
    throw error
  }
  return gap > 16 * Number.EPSILON * near * slope ? gap : undefined
}

export interface FlatAgainstSharpData {
  readonly wells: readonly Well[]
  readonly sharp: Well
  readonly flat?: Well
  readonly harmonicD?: number
  readonly crossing?: WellCrossing
  readonly D: Float64Array
  readonly gap: Float64Array
  readonly energy: Float64Array
  readonly probability: readonly Float64Array[]
  readonly variable: string
  readonly problem: ProblemRecord
}

export class FlatAgainstSharp extends Drawable {
  /** All wells, from left to right. */
  readonly wells: readonly Well[]
  /** The deepest. */
  readonly sharp: Well
  /** The well with a smaller curvature that the ground state leaves for the deepest; undefined where none is flatter. */
  readonly flat: Well | undefined
  /** D at which both have the same energy in harmonic approximation. */
  readonly harmonicD: number | undefined
  /** Where the ground state changes to the deepest well; undefined where it does not within the range. */
  readonly crossing: WellCrossing | undefined
  /** Values of D, falling. */
  readonly D: Float64Array
  /** E₁ − E₀ and E₀ at each D. */
  readonly gap: Float64Array
  readonly energy: Float64Array
  /** Probability of each well in the ground state, one array a well. */
  readonly probability: readonly Float64Array[]
  private readonly data: FlatAgainstSharpData

  constructor(data: FlatAgainstSharpData) {
    super()
    this.data = data
    this.wells = data.wells
    this.sharp = data.sharp
    this.flat = data.flat
    this.harmonicD = data.harmonicD
    this.crossing = data.crossing
    this.D = data.D
    this.gap = data.gap
    this.energy = data.energy
    this.probability = data.probability
  }

  /** Sentences about the limits of what is compared. */
  get notes(): readonly string[] {
    const { flat, crossing, harmonicD } = this
    if (flat === undefined)
      return ['No well is flatter than the deepest: the ground state sits in the deepest at every D.']
    if (crossing === undefined) return ['The ground state does not change wells within this range of D.']
    return [
      `The harmonic estimate ${say(harmonicD!)} leaves out what the wells are besides their curvature; the measured D is ${say(crossing.D / harmonicD!)} times as large.`,
      Number.isNaN(crossing.gap)
        ? 'The gap of the crossing is too small for doubles to place it: no D that falls in any time of use changes wells.'
        : `A D that falls faster than ${say(crossing.landauZenerRate)} there, in real time, leaves most of ψ in the flat well (Landau and Zener).`,
    ]
  }

  /** One row a value of D: D, E₀, gap, probability of each well. */
  protected override tabulated(): Tabulated {
    const { D, energy, gap, probability } = this
    return { D, energy, gap, ...Object.fromEntries(probability.map((p, n) => [`well_${n + 1}`, p])) }
  }

  override figure(): PanelsFigure {
    const { wells, D, gap, probability, crossing, harmonicD, data } = this
    const { variable } = data
    const marks = [
      ...(crossing === undefined ? [] : [{ label: 'measured crossing', at: crossing.D }]),
      ...(harmonicD === undefined ? [] : [{ label: 'harmonic estimate', at: harmonicD }]),
    ]
    const vertical = (low: number, high: number) =>
      marks.map(({ label, at }) => ({ label, role: 'reference' as const, x: [at, at], y: [low, high] }))
    const least = Math.min(
      ...gap,
      crossing !== undefined && crossing.gap > 0 ? crossing.gap : Number.POSITIVE_INFINITY,
    )
    const [near, far] = [D.filter((d) => d > (crossing?.D ?? 0)), D.filter((d) => d <= (crossing?.D ?? 0))]
    const dips =
      crossing === undefined
        ? { x: D, y: gap }
        : {
            x: [...near, crossing.D, ...far],
            y: [...gap.slice(0, near.length), crossing.gap, ...gap.slice(near.length)],
          }
    return panelsFigure({
      title: 'Flat against sharp minima',
      alt: this.summary().replaceAll('\n', ' '),
      problem: data.problem,
      panels: [
        {
          type: 'lines',
          heading: 'Where the ground state sits',
          x: { label: 'D', scale: 'log' },
          y: { label: 'probability' },
          series: [
            ...wells.map((well, n) => ({
              label: `well at ${variable} = ${say(well.x)}`,
              x: D,
              y: probability[n],
            })),
            ...vertical(0, 1),
          ],
        },
        {
          type: 'lines',
          heading: 'The avoided crossing',
          x: { label: 'D', scale: 'log' },
          y: { label: 'gap E₁ − E₀', scale: 'log' },
          series: [{ label: 'gap', ...dips }, ...vertical(least, Math.max(...gap))],
        },
        {
          type: 'table',
          heading: 'Wells',
          columns: [variable, 'ζ', 'ζ″', 'barrier'].map((label) => ({ label, align: 'right' as const })),
          rows: wells.map((well) =>
            [well.x, well.value, well.curvature, well.barrier].map((v) =>
              Number.isFinite(v) ? v.toPrecision(7) : '∞',
            ),
          ),
        },
      ],
      notes: this.notes,
    })
  }

  override toString(): string {
    return [this.summary(), ...this.notes].join('\n')
  }

  private summary(): string {
    const { sharp, flat, crossing, harmonicD, data } = this
    const well = (w: Well): string =>
      `${data.variable} = ${say(w.x)} (ζ = ${say(w.value)}, ζ″ = ${say(w.curvature)})`
    return [
      `Deepest minimum ${well(sharp)}${flat === undefined ? '' : `, flat one ${well(flat)}`}.`,
      ...(crossing === undefined
        ? []
        : [
            `The ground state changes to the deepest at D = ${say(crossing.D)}, gap ${Number.isNaN(crossing.gap) ? 'too small for doubles' : say(crossing.gap)}; harmonic estimate ${say(harmonicD!)}.`,
          ]),
    ].join('\n')
  }
}

function say(value: number): string {
  return `${Number(value.toPrecision(6))}`
}

function refuse(problem: string, allowed: string, got: unknown): never {
  throw new PsilabError({ code: 'parameter', parameter: 'problem', problem, allowed, got })
}
