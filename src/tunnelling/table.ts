/** Double wells beside each other: splitting and instanton as D or a parameter of ζ changes, or the avoided crossing of a bias. */
import { PsilabError } from '../error.js'
import { Drawable, type Panel, type PanelsFigure, panelsFigure, type Tabulated } from '../figure/index.js'
import type { Problem } from '../qde/index.js'
import { type Tunnelling, type TunnellingOptions, tunnelling } from './tunnelling.js'

/** Points of a drawn reference. */
const DRAWN = 201

export class TunnellingTable extends Drawable {
  readonly rows: readonly Tunnelling[]

  constructor(rows: readonly Tunnelling[]) {
    super()
    this.rows = rows
  }

  get D(): Float64Array {
    return this.column((row) => row.problem.D)
  }

  /** E₁ − E₀ of each row. */
  get splitting(): Float64Array {
    return this.column((row) => row.splitting)
  }

  /** S₀ of each row; NaN where there is no instanton. */
  get action(): Float64Array {
    return this.column((row) => row.instanton?.action ?? Number.NaN)
  }

  /** Splitting by the leading order of the instanton. */
  get ratio(): Float64Array {
    return this.column((row) => row.ratio)
  }

  /** What the ratio is to the next order, 1 + correction. */
  get nextOrder(): Float64Array {
    return this.column((row) => 1 + (row.instanton?.correction ?? Number.NaN))
  }

  private column(f: (row: Tunnelling) => number): Float64Array {
    return Float64Array.from(this.rows, f)
  }

  /** One row a problem: what distinguishes it, levels, splitting, bias, 2δ, action, instanton, WKB. */
  protected override tabulated(): Tabulated {
    return {
      ...Object.fromEntries(this.distinctions().map(({ name, values }) => [name, values])),
      E0: this.column((row) => row.energies[0]),
      E1: this.column((row) => row.energies[1]),
      splitting: this.splitting,
      bias: this.column((row) => row.bias),
      two_delta: this.column((row) => 2 * row.amplitude),
      action: this.action,
      instanton: this.column((row) => row.leading),
      ratio: this.ratio,
      next_order: this.nextOrder,
      wkb: this.column((row) => row.wkb),
    }
  }

  /** D and the parameters that differ between rows. */
  private distinctions(): { name: string; values: Float64Array }[] {
    const parameters = this.rows.map((row) => row.problem.objective.parameters ?? {})
    const names = [...new Set(parameters.flatMap((p) => Object.keys(p)))]
    const candidates = [
      { name: 'D', values: this.D },
      ...names.map((name) => ({ name, values: Float64Array.from(parameters, (p) => p[name] ?? Number.NaN) })),
    ]
    const distinct = candidates.filter(({ values }) => values.some((v) => !Object.is(v, values[0])))
    return distinct.length > 0 ? distinct : [candidates[0]]
  }

  override figure(): PanelsFigure {
    const semiclassical = this.rows.filter((row) => row.instanton !== undefined)
    const biased = this.rows.filter((row) => !row.symmetric)
    const panels: Panel[] = [
      ...(semiclassical.length > 1 ? instantonPanels(semiclassical) : []),
      ...(biased.length > 1 ? [crossingPanel(this.rows)] : []),
    ]
    const [first, ...more] = this.distinctions()
    const names = [first, ...more].map(({ name }) => name).join(', ')
    return panelsFigure({
      title: 'Splittings of double wells',
      alt: `Splittings from ${Math.min(...this.splitting).toPrecision(4)} to ${Math.max(...this.splitting).toPrecision(4)} of ${this.rows.length} double wells that differ in ${names}.`,
      panels: [
        ...panels,
        {
          type: 'table',
          heading: 'Levels and splittings',
          columns: this.header().map((label) => ({ label, align: 'right' })),
          rows: this.text(),
        },
      ],
      notes: [...new Set(this.rows.flatMap((row) => row.notes))],
    })
  }

  private header(): string[] {
    const names = this.distinctions().map(({ name }) => name)
    const [symmetric, biased] = [true, false].map((kind) => this.rows.some((row) => row.symmetric === kind))
    return [
      ...names,
      'E₀',
      'E₁ − E₀',
      ...(symmetric ? ['S₀', 'instanton', 'ratio', 'next order'] : []),
      ...(biased ? ['ε', '2δ'] : []),
    ]
  }

  private text(): string[][] {
    const distinctions = this.distinctions()
    const [symmetric, biased] = [true, false].map((kind) => this.rows.some((row) => row.symmetric === kind))
    return this.rows.map((row, k) => [
      ...distinctions.map(({ values }) => String(Number(values[k].toPrecision(8)))),
      row.energies[0].toPrecision(biased ? 8 : 12),
      row.splitting.toPrecision(biased ? 8 : 12),
      ...(symmetric
        ? [row.instanton?.action, row.leading, row.ratio, 1 + (row.instanton?.correction ?? Number.NaN)].map(
            (v) => (v === undefined || Number.isNaN(v) ? '–' : v.toPrecision(6)),
          )
        : []),
      ...(biased ? [row.bias.toPrecision(6), (2 * row.amplitude).toPrecision(6)] : []),
    ])
  }

  override toString(): string {
    return [this.header(), ...this.text()].map((row) => row.join('  ')).join('\n')
  }
}

function instantonPanels(rows: readonly Tunnelling[]): Panel[] {
  const byAction = rows.toSorted((a, b) => a.instanton!.action - b.instanton!.action)
  const action = byAction.map((row) => row.instanton!.action)
  const inverse = action.map((S) => 1 / S)
  return [
    {
      type: 'lines',
      heading: 'Splitting against the action',
      x: { label: 'S₀' },
      y: { label: 'E₁ − E₀', scale: 'log' },
      series: [
        { label: 'exact', mark: 'points', x: action, y: byAction.map((row) => row.splitting) },
        { label: 'instanton', role: 'reference', x: action, y: byAction.map((row) => row.leading) },
      ],
    },
    {
      type: 'lines',
      heading: 'Ratio to the leading order',
      x: { label: '1/S₀' },
      y: { label: 'exact / instanton' },
      series: [
        { label: 'exact', mark: 'points', x: inverse, y: byAction.map((row) => row.ratio) },
        {
          label: 'next order',
          role: 'reference',
          x: [...inverse, 0],
          y: [...byAction.map((row) => 1 + row.instanton!.correction), 1],
        },
      ],
    },
  ]
}

/** Ω against ε beside the hyperbola of the row next to resonance. */
function crossingPanel(rows: readonly Tunnelling[]): Panel {
  const byBias = rows.toSorted((a, b) => a.bias - b.bias)
  const bias = byBias.map((row) => row.bias)
  const nearest = byBias.reduce((best, row) => (Math.abs(row.bias) < Math.abs(best.bias) ? row : best))
  const [from, to] = [bias[0], bias[bias.length - 1]]
  const x = Float64Array.from({ length: DRAWN }, (_, i) => from + ((to - from) * i) / (DRAWN - 1))
  return {
    type: 'lines',
    heading: 'Avoided crossing',
    x: { label: 'bias ε' },
    y: { label: 'E₁ − E₀' },
    series: [
      { label: 'exact', mark: 'points', x: bias, y: byBias.map((row) => row.splitting) },
      {
        label: '√(ε² + 4δ²), δ at the least bias',
        role: 'reference',
        x,
        y: x.map((e) => Math.hypot(e, 2 * nearest.amplitude)),
      },
    ],
  }
}

/**
 * {@link tunnelling} of several problems, one row each: `tunnellingTable([0.2, 0.1].map((D) => qde({ objective, D })))`.
 * @example
 * tunnellingTable([0.2, 0.1, 0.05].map((D) => qde({ objective: '(x^2 - 1)^2', D })))
 */
export function tunnellingTable(
  problems: readonly Problem[],
  options: TunnellingOptions = {},
): TunnellingTable {
  if (!Array.isArray(problems) || problems.length === 0)
    throw new PsilabError({
      code: 'parameter',
      parameter: 'problems',
      problem: 'no problems',
      allowed: 'a list of at least one problem',
      got: problems,
    })
  return new TunnellingTable((problems as readonly Problem[]).map((problem) => tunnelling(problem, options)))
}
