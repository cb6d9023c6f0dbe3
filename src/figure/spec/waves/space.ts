/**
 * ψ(x, y, z): three sections through one point, hue by phase, and below them the density seen along each axis.
 */
import type { Theme } from '../../colour/theme.js'
import { waveColours } from '../../colour/wave.js'
import { say, symbol } from '../../make/words.js'
import type { WaveFigure } from '../../payload.js'
import { paint, type Raster } from '../../raster/raster.js'
import { resampled, resampling } from '../../raster/resample.js'
import { paintWave } from '../../raster/wave.js'
import { fieldLayer, fieldRow } from '../field.js'
import { type Axis, fixed, frame, position, setting, uprightTitle } from '../grammar.js'
import { memo } from '../memo.js'
import type { FrameUpdate, Row, Unit, View } from '../view.js'
import { decoded, largestAt, waveAt } from './decoded.js'
import { contourMark, contoursOf, sceneryOf } from './scenery.js'
import { PLANES, projectionOf, sectionOf } from './section.js'

/** Beside the planes and their labels, and what those take at the left. */
const PADDING = { left: 6, right: 14, top: 30, bottom: 6 }
const LABELS = 46

/** Between columns and rows: room for labels and titles. */
const [BESIDE, BELOW] = [50, 66]

/** Narrower than this, planes stand below each other. */
const NARROW = 440

/** Widest plane in pixels. */
const WIDEST = 260

/** Axes share one scale, but none is drawn shorter than this share of the longest. */
const SHORTEST = 0.6

/** Share of the peak over which a density fades in. */
const FADE = 0.14

type Plane = (typeof PLANES)[number]

/** The mean place is shown where |ψ|² there is such a share of its largest value. */
const PLAIN = 0.4

/**
 * Where the sections lie at first: at the mean place, or where |ψ|² is largest if little is there, as in a node; of a run, of
 * the sum of its frames.
 */
const brightest = memo((figure: WaveFigure): ((t: number) => readonly number[]) => {
  const { weights } = decoded(figure)
  if (figure.angle === undefined) return (t) => centreOf(figure, [t])
  let all: readonly number[] | undefined
  return () => {
    all ??= centreOf(figure, [...weights.keys()])
    return all
  }
})

function centreOf(figure: WaveFigure, frames: readonly number[]): readonly number[] {
  const { shape, axes } = decoded(figure)
  const density = new Float64Array(shape.reduce((product, n) => product * n, 1))
  for (const frame of frames) {
    const psi = waveAt(figure, frame)
    for (let i = 0; i < density.length; i++) density[i]! += psi[2 * i]! ** 2 + psi[2 * i + 1]! ** 2
  }
  const strides = shape.map((_, d) => shape.slice(d + 1).reduce((product, n) => product * n, 1))
  const place = (i: number, d: number): number => Math.floor(i / strides[d]!) % shape[d]!
  let [best, total] = [0, 0]
  const mean = shape.map(() => 0)
  for (let i = 0; i < density.length; i++) {
    total += density[i]!
    if (density[i]! > density[best]!) best = i
    for (let d = 0; d < mean.length; d++) mean[d]! += density[i]! * axes[d]![place(i, d)]!
  }
  const centre = mean.map((sum) => sum / total)
  const nearest = centre.reduce((sum, at, d) => sum + strides[d]! * Math.round(placeOf(axes[d]!, at)), 0)
  if (density[nearest]! > PLAIN * density[best]!) {
    // To a tenth of an interval: what rounding leaves of a 0 is one.
    return centre.map((at, d) => {
      const unit = 10 ** Math.floor(Math.log10(axes[d]![1]! - axes[d]![0]!) - 1)
      return Number((Math.round(at / unit) * unit).toPrecision(6))
    })
  }
  return axes.map((axis, d) => axis[place(best, d)]!)
}

/** The point that the sections go through: the reader's, that of the figure's own view, or where |ψ|² is largest. */
export function sliceOf(figure: WaveFigure, view: View): readonly number[] {
  return view.slice ?? figure.view?.slice ?? brightest(figure)(Math.round(view.frame ?? 0))
}

interface Layout {
  readonly columns: number
  /** Inner sizes of the three planes, at one scale. */
  readonly sizes: readonly (readonly [width: number, height: number])[]
  readonly axes: readonly Axis[]
  readonly names: readonly string[]
}

function layoutOf(figure: WaveFigure, width: number): Layout {
  const { axes } = decoded(figure)
  const columns = width < NARROW ? 1 : 3
  const side = Math.floor((width - PADDING.left - LABELS - PADDING.right - (columns - 1) * BESIDE) / columns)
  const inner = Math.max(40, Math.min(WIDEST, side))
  const names = axes.map((_, d) => symbol(figure.problem.grid[d]?.name ?? 'xyz'[d]!))
  const all = axes.map(
    (axis, d): Axis => ({
      domain: [axis[0]!, axis[axis.length - 1]!],
      labelled: { title: names[d], tickCount: 4, zindex: 1 },
    }),
  )
  const spans = axes.map((axis) => axis[axis.length - 1]! - axis[0]!)
  const longest = Math.max(...spans)
  const lengths = spans.map((span) => Math.round(inner * Math.max(SHORTEST, span / longest)))
  return {
    columns,
    sizes: PLANES.map(({ over: [p, q] }) => [lengths[p]!, lengths[q]!] as const),
    axes: all,
    names,
  }
}

/** The index, with its fraction, of a coordinate. */
function placeOf(axis: Float64Array, at: number): number {
  return ((at - axis[0]!) / (axis[axis.length - 1]! - axis[0]!)) * (axis.length - 1)
}

interface Sections {
  readonly contours: readonly (readonly Row[])[]
  readonly cross: readonly (readonly Row[])[]
}

/** What does not change while a point stays: contours of ζ in its three planes, and where the planes meet. */
const sectionsAt = memo((figure: WaveFigure): ((point: readonly number[]) => Sections) => {
  let [last, found]: [string, Sections | undefined] = ['', undefined]
  return (point) => {
    const name = point.join()
    if (found && name === last) return found
    const scenery = sceneryOf(figure)
    last = name
    found = {
      contours: PLANES.map((plane) => {
        const place = placeOf(scenery.axes[plane.across]!, point[plane.across]!)
        return contoursOf(scenery, sectionOf(scenery.bent, scenery.shape, plane, place), plane.over)
      }),
      cross: PLANES.map(({ over: [p, q] }) => [{ x: point[p]!, y: point[q]! }]),
    }
    return found
  }
})

/** Largest value of each projection, of a run in all of its frames. */
const shadowPeaks = memo((figure: WaveFigure): ((t: number) => readonly number[]) => {
  const { shape, weights } = decoded(figure)
  const of = (t: number): number[] => {
    const psi = waveAt(figure, t)
    return PLANES.map((plane) => projectionOf(psi, shape, plane).reduce((most, v) => Math.max(most, v), 0))
  }
  if (figure.angle === undefined) return of
  let all: number[] | undefined
  return () => {
    all ??= [...weights.keys()].map(of).reduce((most, each) => most.map((v, k) => Math.max(v, each[k]!)))
    return all
  }
})

function paintShadow(
  shadow: Float64Array,
  [nx, ny]: readonly [number, number],
  [width, height]: readonly [number, number],
  largest: number,
  theme: Theme,
): Raster {
  const fine = resampled(shadow, [nx, ny], [resampling(nx, width), resampling(ny, height)])
  return paint(fine, { shape: [width, height], range: [0, largest], colours: theme.ramp, fade: FADE })
}

/** The projections that were painted last: sections move without them. */
const shadowsAt = memo((): ((name: string, paintAll: () => readonly Raster[]) => readonly Raster[]) => {
  let [last, painted]: [string, readonly Raster[]] = ['', []]
  return (name, paintAll) => {
    if (name !== last || painted.length === 0) [last, painted] = [name, paintAll()]
    return painted
  }
})

export function spaceUpdate(figure: WaveFigure, view: View): FrameUpdate {
  const { theme, frame: at, map, width } = setting(view)
  const { shape, axes } = decoded(figure)
  const layout = layoutOf(figure, width)
  const point = sliceOf(figure, view)
  const { contours, cross } = sectionsAt(figure)(point)
  const psi = view.picture && waveAt(figure, at)
  const shadows =
    psi && !view.compact
      ? shadowsAt(figure)(`${at} ${width} ${theme.name}`, () => {
          const peaks = shadowPeaks(figure)(at)
          return PLANES.map((plane, k) => {
            const [p, q] = plane.over
            const lengths = [shape[p]!, shape[q]!] as const
            return paintShadow(projectionOf(psi, shape, plane), lengths, layout.sizes[k]!, peaks[k]!, theme)
          })
        })
      : []
  const data: Record<string, readonly Row[]> = {}
  PLANES.forEach((plane, k) => {
    const [p, q] = plane.over
    const lengths = [shape[p]!, shape[q]!] as const
    const [across, up] = [layout.axes[p]!, layout.axes[q]!]
    const size = layout.sizes[k]!
    const place = placeOf(axes[plane.across]!, point[plane.across]!)
    const section =
      psi &&
      paintWave(sectionOf(psi, shape, plane, place, 2), {
        shape: lengths,
        largest: largestAt(figure, at),
        colours: waveColours(theme.name, map),
        size,
      })
    data[`section${k}`] = [fieldRow(across, up, section && view.picture?.(section))]
    data[`contours${k}`] = contours[k]!
    data[`cross${k}`] = cross[k]!
    data[`place${k}`] = [{ words: `${layout.names[plane.across]} = ${say(point[plane.across]!)}` }]
    if (view.compact) return
    const shadow = shadows[k]
    data[`shadow${k}`] = [fieldRow(across, up, shadow && view.picture?.(shadow))]
  })
  return { data, params: {} }
}

/** Words above a plane, at its right end. */
function above(width: number, text: Unit, mark: Unit): Unit {
  return {
    ...text,
    mark: { type: 'text', align: 'right', baseline: 'bottom', fontStyle: 'italic', fontSize: 12, ...mark },
    encoding: {
      x: { value: width },
      y: { value: -8 },
      ...(text['encoding'] as Unit | undefined),
    },
  }
}

export function spaceSpec(figure: WaveFigure, view: View): Unit {
  const s = setting(view)
  const layout = layoutOf(figure, s.width)
  const { theme, fonts } = s
  const { data } = spaceUpdate(figure, view)
  const planeOf = (plane: Plane, k: number, kind: 'section' | 'shadow'): Unit => {
    const [p, q] = plane.over
    const across = layout.axes[p]!
    const upright = uprightTitle(layout.names[q]!)
    const up: Axis = { ...layout.axes[q]!, labelled: { ...layout.axes[q]!.labelled, ...upright } }
    const [width, height] = layout.sizes[k]!
    const mark = { font: fonts.math, color: theme.muted }
    const lines = { type: 'rule', color: theme.ink, strokeWidth: 0.8, strokeDash: [2, 3], strokeOpacity: 0.6 }
    return {
      width,
      height,
      layer: [
        fieldLayer(across, up, `${kind}${k}`),
        ...(kind === 'section'
          ? [
              {
                data: { name: `contours${k}` },
                mark: contourMark(theme.ink),
                encoding: {
                  x: position('x', across),
                  y: position('y', up),
                  detail: { field: 'line' },
                  order: { field: 'i', type: 'quantitative' },
                },
              },
              { data: { name: `cross${k}` }, mark: lines, encoding: { x: position('x', across) } },
              { data: { name: `cross${k}` }, mark: lines, encoding: { y: position('y', up) } },
              above(
                width,
                { data: { name: `place${k}` }, encoding: { text: { field: 'words', type: 'nominal' } } },
                mark,
              ),
            ]
          : [
              above(
                width,
                { data: { values: [{}] } },
                { ...mark, text: `∫|ψ|² d${layout.names[plane.across]}` },
              ),
              // Without data of its own, the plane would have no axes.
              {
                data: { values: [{}] },
                mark: { type: 'point', color: theme.ink, opacity: 0 },
                encoding: { x: fixed(across.domain[0], across), y: fixed(up.domain[0], up) },
              },
            ]),
      ],
    }
  }
  const sections = PLANES.map((plane, k) => planeOf(plane, k, 'section'))
  const shadows = view.compact ? [] : PLANES.map((plane, k) => planeOf(plane, k, 'shadow'))
  return {
    ...frame(s),
    autosize: { type: 'pad' },
    padding: PADDING,
    datasets: Object.fromEntries(
      Object.entries(data).map(([name, rows]) => [name, rows.map((row) => ({ ...row }))]),
    ),
    concat: [...sections, ...shadows],
    columns: layout.columns,
    spacing: { row: BELOW, column: BESIDE },
    bounds: 'flush',
  }
}
