/** Densities of a Fokker–Planck equation at the recorded times. */
import { Drawable, type PanelsFigure, panelsFigure } from '../../figure/index.js'
import type { Grid } from '../../grid/index.js'
import { column, coordinates, writeCsv, writeNpz } from '../../interchange/index.js'
import type { Evolution } from '../../qde/index.js'

export class DensityEvolution extends Drawable {
  readonly grid: Grid
  readonly times: Float64Array
  /** p(t) on the grid at each time, ∫p = 1 at the first. */
  readonly densities: readonly Float64Array[]
  /** Largest |∫p − 1|: the equation keeps it at 0, the steps and the grid nearly. */
  readonly massError: number
  /** Whether the run reached its end. */
  readonly complete: boolean
  /** Sentences about results that need care. */
  readonly notes: readonly string[]

  /** @param root e^{−U/2D} on the grid of the evolution, of any norm */
  constructor(evolution: Evolution, root: Float64Array) {
    super()
    this.grid = evolution.final.grid
    this.times = evolution.times
    this.complete = evolution.complete
    this.notes = evolution.warnings
    const densities = evolution.states.map(({ values }, k) => {
      const scale = Math.exp(evolution.logNorm[k] - evolution.logNorm[0])
      return root.map((v, i) => v * values[2 * i] * scale)
    })
    const masses = densities.map((p) => p.reduce((sum, v) => sum + v, 0) * this.grid.cell)
    this.densities = densities.map((p) => p.map((v) => v / masses[0]))
    this.massError = Math.max(...masses.map((mass) => Math.abs(mass / masses[0] - 1)))
  }

  /** The last density. */
  get final(): Float64Array {
    return this.densities[this.densities.length - 1]
  }

  /** Mean of each coordinate at each time, one array an axis. */
  mean(): Float64Array[] {
    return this.moments((x) => x)
  }

  /** Variance of each coordinate at each time, one array an axis. */
  variance(): Float64Array[] {
    const mean = this.mean()
    return this.moments((x) => x * x).map((square, d) => square.map((v, k) => v - mean[d][k] ** 2))
  }

  private moments(of: (x: number) => number): Float64Array[] {
    const { columns } = this.grid
    return columns.map((x) =>
      Float64Array.from(this.densities, (p) => {
        let [sum, total] = [0, 0]
        for (let i = 0; i < p.length; i++) {
          sum += p[i] * of(x[i])
          total += p[i]
        }
        return sum / total
      }),
    )
  }

  /** A .npz archive: coordinates by name, `times`, `densities` (times × grid). */
  override toNpz(): Uint8Array {
    const data = new Float64Array(this.grid.size * this.densities.length)
    this.densities.forEach((p, k) => {
      data.set(p, this.grid.size * k)
    })
    return writeNpz({
      ...coordinates(this.grid.axes),
      times: column(this.times),
      densities: { dtype: 'float64', shape: [this.densities.length, ...this.grid.shape], data },
    })
  }

  /** A table with one row a time: t, mean and variance of each coordinate. */
  override toCsv(): string {
    const [mean, variance] = [this.mean(), this.variance()]
    return writeCsv({
      t: this.times,
      ...Object.fromEntries(
        this.grid.axes.flatMap(({ name }, d) => [
          [`mean ${name}`, mean[d]],
          [`variance ${name}`, variance[d]],
        ]),
      ),
    })
  }

  override figure(): PanelsFigure {
    const { axes } = this.grid
    const last = this.times.length - 1
    const shown = [...new Set([0, 1, 2, 3, 4].map((k) => Math.round((k * last) / 4)))]
    const [mean, variance] = [this.mean(), this.variance()]
    return panelsFigure({
      title: 'Density of Langevin dynamics',
      alt: `How a density relaxes: ${this.toString()}`,
      notes: this.notes,
      panels: [
        ...(axes.length === 1
          ? [
              {
                type: 'lines' as const,
                heading: 'Density',
                x: { label: axes[0].name },
                y: { label: 'p' },
                series: shown.map((k) => ({
                  label: `t = ${Number(this.times[k].toPrecision(3))}`,
                  x: axes[0].coordinates,
                  y: this.densities[k],
                })),
              },
            ]
          : []),
        {
          type: 'lines',
          heading: 'Mean and variance',
          x: { label: 't' },
          y: { label: 'mean, variance' },
          series: axes.flatMap(({ name }, d) => [
            { label: `mean of ${name}`, x: this.times, y: mean[d] },
            { label: `variance of ${name}`, x: this.times, y: variance[d] },
          ]),
        },
      ],
    })
  }

  override toString(): string {
    const k = this.times.length - 1
    const [mean, variance] = [this.mean(), this.variance()]
    const each = this.grid.axes.map(
      ({ name }, d) =>
        `⟨${name}⟩ = ${mean[d][k].toPrecision(6)}, Var ${name} = ${variance[d][k].toPrecision(6)}`,
    )
    return `t = ${Number(this.times[k].toPrecision(6))}: ${each.join(', ')} (∫p − 1 ≲ ${this.massError.toExponential(0)})`
  }
}
