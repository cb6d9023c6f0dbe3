/**
 * Functions of phase space as pictures: evaluated anew on points that suit the picture, where there is something to see.
 */
import {
  type FieldMargin,
  type FieldPanel,
  type LinesPanel,
  type PanelSeries,
  type PanelsFigure,
  panelsFigure,
} from '../figure/index.js'
import { type Alive, problemOf, withLive } from './alive.js'
import type { Marginal, PhaseDistribution } from './distribution.js'
import { refinement, refiner } from './fourier.js'

/** Points along each side of a picture. */
const SIDE = 151

/** A coordinate is shown where its density exceeds this share of its peak, and a margin beside. */
const [VISIBLE, MARGIN] = [1e-3, 0.12]

/** The part of a coordinate that is worth showing. */
export function windowOf({ coordinates: at, density }: Marginal): readonly [number, number] {
  const floor = VISIBLE * density.reduce((a, b) => Math.max(a, b), 0)
  const first = density.findIndex((value) => value > floor)
  let last = density.length - 1
  while (density[last] <= floor) last--
  const extra = MARGIN * (at[last] - at[first])
  return [Math.max(at[0], at[first] - extra), Math.min(at[at.length - 1], at[last] + extra)]
}

export function fieldPanel(
  of: PhaseDistribution,
  windows: readonly (readonly [number, number])[],
  { heading, quantity, scale }: Required<Pick<FieldPanel, 'heading' | 'quantity' | 'scale'>>,
): FieldPanel {
  const axes = windows.map(([from, to]) =>
    Float64Array.from({ length: SIDE }, (_, i) => from + ((to - from) * i) / (SIDE - 1)),
  ) as [Float64Array, Float64Array]
  return {
    type: 'field',
    heading,
    labels: [of.name, 'p'],
    axes,
    values: of.sample(axes[0], axes[1]),
    scale,
    quantity,
  }
}

/** A density against its coordinate, within a window. */
export function densityPanel(
  heading: string,
  name: string,
  label: string,
  marginal: Marginal,
  window: readonly [number, number],
): LinesPanel {
  return {
    type: 'lines',
    heading,
    x: { label: name },
    y: { label },
    series: [curve(label, marginal.coordinates, marginal.density, window)],
  }
}

/** Least number of points of a curve over the whole grid. */
const SMOOTH = 1000

/** A function on the points of a grid within a window, at as many points as look smooth: by its Fourier sum. */
export function curve(
  label: string,
  at: Float64Array,
  values: Float64Array,
  [from, to]: readonly [number, number],
): PanelSeries & Curve {
  const factor = refinement(Math.ceil(SMOOTH / at.length))
  const step = (at[1] - at[0]) / factor
  const fine = refiner(at.length, factor)(values)
  const shown = [...fine.keys()].filter((i) => at[0] + i * step >= from && at[0] + i * step <= to)
  return { label, x: shown.map((i) => at[0] + i * step), y: shown.map((i) => fine[i]) }
}

/** One function over phase space with its marginals at its sides. */
export function distributionFigure(
  of: PhaseDistribution,
  data: {
    readonly title: string
    readonly words: string
    readonly captions?: readonly string[]
    readonly alive: Alive | undefined
  } & Required<Pick<FieldPanel, 'quantity' | 'scale'>>,
): PanelsFigure {
  const { title, words, captions = [], quantity, scale, alive } = data
  const { position, momentum, name, notes } = of
  const windows = [windowOf(position), windowOf(momentum)] as const
  const say = (value: number): string => value.toPrecision(3)
  const figure = panelsFigure({
    ...problemOf(alive),
    title,
    alt:
      `${title} over position ${name} and momentum p, about (${say(position.mean)}, ${say(momentum.mean)}) with standard ` +
      `deviations ${say(position.spread)} and ${say(momentum.spread)}. ${words}. At its sides both marginal densities.`,
    panels: [
      {
        ...fieldPanel(of, windows, { heading: '', quantity, scale }),
        margins: marginsOf(of, windows, `∫${quantity} dp, ∫${quantity} d${name}`),
      },
    ],
    notes: [...captions, ...notes],
  })
  return withLive(figure, alive)
}

/** Both marginal densities, within the windows of a picture. */
export function marginsOf(
  { position, momentum }: PhaseDistribution,
  windows: readonly (readonly [number, number])[],
  label: string,
): FieldMargin[] {
  return ([position, momentum] as const).map((marginal, d) => ({
    side: d === 0 ? 'top' : 'right',
    label,
    values: evenly(curve('', marginal.coordinates, marginal.density, windows[d]), windows[d]),
  }))
}

/** Points of a marginal. */
const ALONG = 241

/** A finely drawn curve at equidistant points of a window, by straight lines between its own. */
function evenly({ x, y }: Curve, [from, to]: readonly [number, number]): Float64Array {
  let k = 0
  return Float64Array.from({ length: ALONG }, (_, i) => {
    const at = from + ((to - from) * i) / (ALONG - 1)
    while (k < x.length - 2 && x[k + 1] < at) k++
    const share = Math.min(1, Math.max(0, (at - x[k]) / (x[k + 1] - x[k])))
    return y[k] + share * (y[k + 1] - y[k])
  })
}

interface Curve {
  readonly x: readonly number[]
  readonly y: readonly number[]
}
