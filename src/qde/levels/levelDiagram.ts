/** Levels of several problems side by side: against D, or any parameter, with the smallest gaps and degeneracies. */
import { PsilabError, requireInteger, requireKeys } from '../../error.js'
import { Drawable, type Panel, type PanelsFigure, panelsFigure, type Tabulated } from '../../figure/index.js'
import type { Problem } from '../problem.js'

export interface LevelDiagramOptions {
  /** Levels of each problem, 2 to 40; default 8. */
  readonly levels?: number
  /** What the problems differ in, one number each, rising; default their D, or 1, 2, … where that is the same. */
  readonly values?: readonly number[]
  /** Name of these numbers; default `D`, or `problem`. */
  readonly parameter?: string
}

/** Fewer problems than these are ladders, more are joined by lines. */
const LADDERS = 8
/** Levels that differ by less than this share of the height of all are one. */
const DEGENERATE = 1e-6
/** A range of parameters wider than this ratio gets a logarithmic axis. */
const WIDE = 30

export class LevelDiagram extends Drawable {
  readonly parameter: string
  /** What the problems differ in. */
  readonly values: Float64Array
  /** E_n of each problem, rising, one array a problem. */
  readonly energies: readonly Float64Array[]

  constructor(parameter: string, values: Float64Array, energies: readonly Float64Array[]) {
    super()
    this.parameter = parameter
    this.values = values
    this.energies = energies
  }

  get levels(): number {
    return this.energies[0].length
  }

  /** E_{n+1} − E_n of each problem. */
  gaps(n = 0): Float64Array {
    requireInteger('n', n, 0, this.levels - 2)
    return Float64Array.from(this.energies, (e) => e[n + 1] - e[n])
  }

  /** The smallest E₁ − E₀, and where it is. */
  get smallest(): { readonly value: number; readonly gap: number } {
    const gaps = this.gaps()
    const k = gaps.reduce((best, gap, i) => (gap < gaps[best] ? i : best), 0)
    return { value: this.values[k], gap: gaps[k] }
  }

  /** How many levels of a problem lie together, from the lowest up. */
  degeneracies(problem = 0): readonly number[] {
    const e = this.energies[problem]
    const near = DEGENERATE * (e[e.length - 1] - e[0])
    const counts: number[] = []
    e.forEach((energy, n) => {
      if (n > 0 && energy - e[n - 1] <= near) counts[counts.length - 1]++
      else counts.push(1)
    })
    return counts
  }

  /** One row a problem: the parameter and its levels. */
  protected override tabulated(): Tabulated {
    const level = (n: number): Float64Array => Float64Array.from(this.energies, (e) => e[n])
    return {
      [this.parameter]: this.values,
      ...Object.fromEntries(Array.from({ length: this.levels }, (_, n) => [`E${n}`, level(n)])),
    }
  }

  override figure(): PanelsFigure {
    const { parameter, values, energies, levels } = this
    const ladder = values.length < LADDERS
    const wide = values[0] > 0 && values[values.length - 1] / values[0] > WIDE
    const x = { label: parameter, scale: wide ? 'log' : 'linear' } as const
    const along = (n: number): Float64Array => Float64Array.from(energies, (e) => e[n])
    const gaps = Array.from({ length: Math.min(3, levels - 1) }, (_, n) => this.gaps(n))
    const positive = gaps.every((each) => each.every((gap) => gap > 0))
    const panels: Panel[] = [
      {
        type: 'lines',
        heading: 'Levels',
        x,
        y: { label: 'E_n' },
        series: Array.from({ length: levels }, (_, n) => ({
          label: levels > 6 ? '' : `E${sub(n)}`,
          mark: ladder ? ('levels' as const) : ('line' as const),
          x: values,
          y: along(n),
        })),
        ...(!ladder && { cursor: 'x' }),
      },
      ...(values.length > 1
        ? [
            {
              type: 'lines',
              heading: 'Gaps',
              x,
              y: { label: 'gap', scale: positive ? 'log' : 'linear' },
              series: gaps.map((y, n) => ({ label: `E${sub(n + 1)} − E${sub(n)}`, x: values, y })),
              cursor: 'x',
            } as const,
          ]
        : []),
      {
        type: 'lines',
        heading: 'Number of levels below E',
        x: { label: 'E' },
        y: { label: 'N(E)' },
        series: [...new Set([0, values.length - 1])].map((k) => ({
          label: `${parameter} = ${short(values[k])}`,
          mark: 'steps',
          x: [energies[k][0], ...energies[k]],
          y: [0, ...energies[k].keys()].map((n, i) => (i === 0 ? 0 : n + 1)),
        })),
      },
    ]
    return panelsFigure({
      title: 'Levels',
      alt: this.toString(),
      panels,
      notes: this.notes(),
      ...(values.length > 1 && { cursor: { symbol: parameter, values } }),
    })
  }

  private notes(): string[] {
    const { smallest, values, parameter } = this
    const notes =
      values.length > 1
        ? [`The smallest E₁ − E₀ is ${short(smallest.gap)}, at ${parameter} = ${short(smallest.value)}.`]
        : []
    this.energies.forEach((_, k) => {
      const counts = this.degeneracies(k)
      if (k < LADDERS && counts.some((count) => count > 1))
        notes.push(`${parameter} = ${short(values[k])}: levels lie together as ${counts.join(', ')}.`)
    })
    return notes
  }

  override toString(): string {
    const rows = this.energies
      .slice(0, LADDERS)
      .map((e, k) => `${this.parameter} = ${short(this.values[k])}: ${Array.from(e, short).join(', ')}`)
    const more = this.energies.length > rows.length ? [`and ${this.energies.length - rows.length} more`] : []
    return [...rows, ...more, ...this.notes()].join('\n')
  }
}

function short(value: number): string {
  return String(Number(value.toPrecision(6)))
}

function sub(n: number): string {
  return '₀₁₂₃₄₅'[n]
}

/**
 * The lowest levels of several problems side by side: ladders of few, curves of many, with their gaps and the number of
 * levels below an energy.
 * @throws PsilabError `parameter`
 * @example
 * levelDiagram([0.2, 0.1, 0.05].map((D) => qde({ objective: '(x^2 - 1)^2', D })))
 */
export function levelDiagram(problems: readonly Problem[], options: LevelDiagramOptions = {}): LevelDiagram {
  requireKeys('levelDiagram', options, ['levels', 'values', 'parameter'])
  const levels = requireInteger('levels', options.levels ?? 8, 2, 40)
  const refuse = (parameter: string, problem: string, allowed: string): never => {
    throw new PsilabError({ code: 'parameter', parameter, problem, allowed })
  }
  if (!Array.isArray(problems) || problems.length === 0 || problems.length > 200)
    refuse('problems', 'there are none, or too many', '1 to 200 problems of qde()')
  const own = problems.map(({ D }) => D)
  const differ = new Set(own).size === own.length
  const values = options.values ?? (differ ? own : own.map((_, k) => k + 1))
  if (values.length !== problems.length || !values.every(Number.isFinite))
    refuse('values', 'not a number for each problem', `${problems.length} numbers`)
  const order = [...values.keys()].sort((a, b) => values[a] - values[b])
  if (order.some((k, i) => i > 0 && values[k] === values[order[i - 1]]))
    refuse('values', 'two are the same', 'numbers that differ')
  const parameter = options.parameter ?? (options.values === undefined && differ ? 'D' : 'problem')
  return new LevelDiagram(
    parameter,
    Float64Array.from(order, (k) => values[k]),
    order.map((k) => problems[k].eigenstates(levels).energies),
  )
}
