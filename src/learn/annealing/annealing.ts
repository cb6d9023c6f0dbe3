/** The result of annealing, quantum or classical: what the state was at each time, and what it should have been. */
import {
  Drawable,
  type Panel,
  type PanelCursor,
  type PanelSeries,
  type PanelsFigure,
  type ProblemRecord,
  panelsFigure,
} from '../../figure/index.js'
import { column, writeCsv, writeNpz } from '../../interchange/index.js'
import { type DensityRecord, densityPanels } from './densityRecord.js'
import { type Monitor, OUTRUN } from './monitor.js'

/** Which time: of the wave function, real or imaginary, or of the classical density with a falling temperature. */
export type AnnealingTime = 'real' | 'imaginary' | 'classical'

export interface AnnealingData {
  readonly time: AnnealingTime
  /** Symbol of the dial: D, T or Γ. */
  readonly dial: string
  readonly schedule: string
  readonly until: number
  readonly times: Float64Array
  readonly D: Float64Array
  readonly residual: Float64Array
  readonly excess: Float64Array
  readonly fidelity: Float64Array
  /** Absent where no region was given or found. */
  readonly probability?: Float64Array
  /** The region in words. */
  readonly region?: string
  readonly monitor: Monitor
  readonly error: number
  readonly notes: readonly string[]
  readonly complete: boolean
  readonly problem?: ProblemRecord
  /** On a line. */
  readonly density?: DensityRecord
}

const TIMES: Readonly<Record<AnnealingTime, { readonly symbol: string; readonly title: string }>> = {
  real: { symbol: 't', title: 'Quantum annealing in real time' },
  imaginary: { symbol: 'τ', title: 'Quantum annealing in imaginary time' },
  classical: { symbol: 't', title: 'Classical annealing' },
}

/** Most stops of the cursor. */
const STOPS = 100

/** Share of the largest value that a logarithmic axis goes down to. */
const SHOWN = 1e-10

export class Annealing extends Drawable {
  readonly time: AnnealingTime
  /** The time that was asked for. */
  readonly until: number
  /** Recorded times, from 0 on. */
  readonly times: Float64Array
  /** The dial at each time: D, in classical time the temperature. */
  readonly D: Float64Array
  /** Residual energy ⟨ζ⟩ − min ζ at each time, in the unit of ζ. */
  readonly residual: Float64Array
  /** ⟨H⟩ − E₀(D) at each time; in classical time ⟨ζ⟩ above equilibrium at T. NaN where D is below what the grid resolves. */
  readonly excess: Float64Array
  /** |⟨φ₀(D)|ψ⟩|² at each time; in classical time (∫√(p·p_eq))². NaN as above. */
  readonly fidelity: Float64Array
  /** Probability of the region at each time; undefined where none was given or found. */
  readonly probability: Float64Array | undefined
  /** Gap and adiabatic ratio along the whole schedule. */
  readonly monitor: Monitor
  /** Estimated error of the last state, of its norm: of steps and grid together. */
  readonly error: number
  /** Where the schedule outruns the gap, and what else needs care. */
  readonly notes: readonly string[]
  /** Whether the run reached its end. */
  readonly complete: boolean
  private readonly data: AnnealingData

  constructor(data: AnnealingData) {
    super()
    this.data = data
    this.time = data.time
    this.until = data.until
    this.times = data.times
    this.D = data.D
    this.residual = data.residual
    this.excess = data.excess
    this.fidelity = data.fidelity
    this.probability = data.probability
    this.monitor = data.monitor
    this.error = data.error
    this.notes = data.notes
    this.complete = data.complete
  }

  /** The last residual energy. */
  get residualEnergy(): number {
    return this.residual[this.residual.length - 1]
  }

  /** The last probability of the region; NaN where there is none. */
  get successProbability(): number {
    return this.probability?.[this.times.length - 1] ?? Number.NaN
  }

  /** A table with one row a recorded time. */
  override toCsv(): string {
    return writeCsv(this.columns())
  }

  /** A .npz archive: the columns of the table, and the monitor as `monitor_times`, `monitor_D`, `gap`, `ratio`. */
  override toNpz(): Uint8Array {
    const { times, D, gap, ratio } = this.monitor
    const all = { ...this.columns(), monitor_times: times, monitor_D: D, gap, ratio }
    return writeNpz(Object.fromEntries(Object.entries(all).map(([name, v]) => [name, column(v)])))
  }

  private columns(): Record<string, Float64Array> {
    const { times, D, residual, excess, fidelity, probability } = this
    const { symbol } = TIMES[this.time]
    return {
      [symbol === 'τ' ? 'tau' : symbol]: times,
      [this.data.dial === 'Γ' ? 'Gamma' : this.data.dial]: D,
      residual,
      excess,
      fidelity,
      ...(probability && { probability }),
    }
  }

  override figure(): PanelsFigure {
    const { times, residual, excess, fidelity, probability, monitor, data } = this
    const { symbol, title } = TIMES[this.time]
    const classical = this.time === 'classical'
    const line = (
      label: string,
      x: Float64Array,
      y: Float64Array,
      role: PanelSeries['role'] = 'data',
    ): PanelSeries => ({ label, role, x, y })
    /** On a logarithmic axis, without what is not known and what is rounding. */
    const positive = (label: string, x: Float64Array, y: Float64Array): PanelSeries => {
      const floor = SHOWN * y.reduce((most, v) => (v > most ? v : most), 0)
      return line(
        label,
        x.filter((_, i) => y[i] > floor),
        y.filter((v) => v > floor),
      )
    }
    const limit = Float64Array.of(0, this.until)
    const { density } = data
    const moving = density !== undefined && density.times.length > 1
    const panels: Panel[] = [
      ...(moving
        ? densityPanels(density, {
            symbol,
            name: data.problem?.grid[0]?.name ?? 'x',
            quantity: classical ? 'p' : '|ψ|²',
          })
        : []),
      {
        type: 'lines',
        cursor: 'x',
        heading: `${data.dial} and ${classical ? 'rate' : 'gap'}`,
        x: { label: symbol },
        y: { label: `${data.dial}, ${classical ? 'rate' : 'gap'}, ratio`, scale: 'log' },
        series: [
          positive(data.dial, monitor.times, monitor.D),
          positive(classical ? 'slowest rate' : 'gap E₁ − E₀', monitor.times, monitor.gap),
          positive('adiabatic ratio', monitor.times, monitor.ratio),
          line('ratio at which it outruns', limit, Float64Array.of(OUTRUN, OUTRUN), 'reference'),
        ],
      },
      {
        type: 'lines',
        cursor: 'x',
        heading: 'Residual energy',
        x: { label: symbol },
        y: { label: 'energy', scale: 'log' },
        series: [
          positive('⟨ζ⟩ − min ζ', times, residual),
          positive(classical ? '⟨ζ⟩ above equilibrium' : '⟨H⟩ − E₀', times, excess),
        ],
      },
      {
        type: 'lines',
        cursor: 'x',
        heading: classical ? 'Nearness to equilibrium' : 'Fidelity',
        x: { label: symbol },
        y: { label: 'probability' },
        series: [
          line(classical ? 'overlap with equilibrium' : 'ground state', times, fidelity),
          ...(probability === undefined ? [] : [line(data.region ?? 'region', times, probability)]),
        ],
      },
    ]
    return panelsFigure({
      title: `${title}: ${data.schedule}`,
      alt: `${title}, ${data.schedule}, until ${symbol} = ${this.until}. ${this.summary()}`,
      ...(data.problem && { problem: data.problem }),
      panels,
      notes: this.notes,
      cursor: this.cursor(),
    })
  }

  /** Time: at first where the gap is smallest. */
  private cursor(): PanelCursor {
    const { data, times, monitor, until } = this
    const stride = Math.max(1, Math.ceil(times.length / STOPS))
    const values = data.density?.times ?? Array.from(times).filter((_, k) => k % stride === 0)
    const { time } = monitor.smallest
    const wanted = Number.isFinite(time) && time > 0 && time < until ? time : until / 2
    const nearest = values.reduce(
      (best, t, k) => (Math.abs(t - wanted) < Math.abs(values[best] - wanted) ? k : best),
      0,
    )
    return { symbol: TIMES[this.time].symbol, values, shown: nearest }
  }

  private summary(): string {
    const last = this.times.length - 1
    const chance =
      this.probability === undefined ? '' : `, ${this.data.region} ${fixed(this.probability[last])}`
    return (
      `At the end the residual energy is ${say(this.residual[last])}, ` +
      `the ${this.time === 'classical' ? 'overlap with equilibrium' : 'fidelity'} ${fixed(this.fidelity[last])}${chance}${this.sayGap()}.`
    )
  }

  private sayGap(): string {
    const { gap, D } = this.monitor.smallest
    const name = this.time === 'classical' ? 'rate' : 'gap'
    return Number.isNaN(gap)
      ? ''
      : `; the smallest ${name} on the way is ${say(gap)} at ${this.data.dial} = ${say(D)}`
  }

  override toString(): string {
    const { title, symbol } = TIMES[this.time]
    const reached = this.times[this.times.length - 1]
    return [
      `${title}: ${this.data.schedule}, until ${symbol} = ${this.complete ? this.until : `${say(reached)} of ${this.until}`}`,
      this.summary(),
      ...this.notes,
    ].join('\n')
  }
}

function say(value: number): string {
  return Number.isNaN(value) ? 'not known' : `${Number(value.toPrecision(6))}`
}

function fixed(value: number): string {
  return Number.isNaN(value) ? 'not known' : value.toFixed(7)
}
