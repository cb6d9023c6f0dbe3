/** The density of a run on a line, as a figure shows it: at some of its times, on some of its points. */
import type { FieldPanel, LinesPanel } from '../../figure/index.js'

/** A density at times of a run. */
export interface DensityRecord {
  readonly x: Float64Array
  /** ζ at x. */
  readonly zeta: Float64Array
  /** Equidistant times, and ∫p dx = 1 at each. */
  readonly times: readonly number[]
  readonly density: readonly Float64Array[]
}

/** Most intervals of time, and points, that are kept. */
const INTERVALS = 60
const POINTS = 512
/** Points that a figure shows; a point is shown where p ever exceeds a share of its peak, and a margin beside. */
const SHOWN = 121
const [VISIBLE, MARGIN] = [2e-3, 0.06]

/** Takes the density of a line at times that come one after the other. */
export class DensityRecorder {
  private readonly places: readonly number[]
  private readonly stride: number
  private readonly times: number[] = []
  private readonly rows: Float64Array[] = []
  private readonly line: { readonly x: Float64Array; readonly zeta: Float64Array }

  /** @param count number of times that will come */
  constructor(x: Float64Array, zeta: Float64Array, count: number) {
    const step = Math.max(1, Math.ceil(x.length / POINTS))
    this.places = Array.from({ length: Math.ceil(x.length / step) }, (_, i) => i * step)
    this.stride = Math.max(1, Math.ceil((count - 1) / INTERVALS))
    this.line = { x: this.at(x), zeta: this.at(zeta) }
  }

  /** @param density values of any common unit */
  keep(k: number, time: number, density: () => Float64Array): void {
    if (k % this.stride !== 0) return
    const picked = this.at(density())
    const total = picked.reduce((sum, p) => sum + p, 0) * (this.line.x[1] - this.line.x[0])
    this.times.push(time)
    this.rows.push(picked.map((p) => p / total))
  }

  record(): DensityRecord {
    return { ...this.line, times: this.times, density: this.rows }
  }

  private at(values: Float64Array): Float64Array {
    return Float64Array.from(this.places, (i) => values[i])
  }
}

/** The density over time and place, and beside it over ζ at the cursor's time. */
export function densityPanels(
  { x, zeta, times, density }: DensityRecord,
  { symbol, name, quantity }: { readonly symbol: string; readonly name: string; readonly quantity: string },
): [FieldPanel, LinesPanel] {
  const peaks = density.map((row) => row.reduce((most, p) => Math.max(most, p), 0))
  const seen = (i: number): boolean => density.some((row, k) => row[i] > VISIBLE * peaks[k])
  const last = x.length - 1
  let [from, to] = [x.findIndex((_, i) => seen(i)), last]
  while (to > from && !seen(to)) to--
  const margin = MARGIN * (x[to] - x[from])
  const [low, high] = [Math.max(x[0], x[from] - margin), Math.min(x[last], x[to] + margin)]
  const across = Float64Array.from({ length: SHOWN }, (_, i) => low + ((high - low) * i) / (SHOWN - 1))
  const along = (values: Float64Array): Float64Array =>
    across.map((at) => {
      const place = Math.min(last - 1, Math.max(0, Math.floor(((at - x[0]) / (x[last] - x[0])) * last)))
      const share = (at - x[place]) / (x[place + 1] - x[place])
      return values[place] + share * (values[place + 1] - values[place])
    })
  // Late peaks are many times as high as the first ones: each is shown as a share of itself.
  const rows = density.map((row, k) => along(row).map((p) => p / peaks[k]))
  const climbed = zeta.filter((_, i) => density[0][i] > 10 * VISIBLE * peaks[0])
  const highest = climbed.reduce((most, v) => Math.max(most, v), Number.NEGATIVE_INFINITY)
  const ground = along(zeta)
  const inside = [...across.keys()].filter((i) => ground[i] <= highest)
  return [
    {
      type: 'field',
      heading: 'Density in time',
      labels: [symbol, name],
      axes: [times, across],
      values: Float64Array.from(rows.flatMap((row) => [...row])),
      quantity: `${quantity}/max`,
      cursor: 'x',
    },
    {
      type: 'lines',
      heading: 'Density',
      x: { label: name },
      y: { label: `${quantity}/max` },
      series: [
        {
          label: 'ζ',
          role: 'backdrop',
          x: inside.map((i) => across[i]),
          y: inside.map((i) => ground[i]),
        },
        { label: quantity, x: across, y: rows },
      ],
    },
  ]
}
