import { say, symbol } from '../make/words.js'
import { unpack } from '../packed.js'
import type { LandscapeFigure, PackedArray } from '../payload.js'
import { contourLines, wellLevels } from '../raster/contours.js'
import { paint } from '../raster/raster.js'
import { fieldHeight, fieldLayer, fieldRow } from './field.js'
import { type Axis, chart, position, setting, uprightTitle } from './grammar.js'
import { POINT_SIGNS, pathColour } from './key.js'
import { evenFrames } from './key-frames.js'
import { memo } from './memo.js'
import type { ChartKind, FrameUpdate, Row, Unit, View } from './view.js'

/** Contours drawn, and the share of the grid below the highest. */
const CONTOURS = 9
const SHARE = 0.85

/** Widest chart: a square field larger than this says no more. */
const WIDEST = 560

/** Share of the peak over which the density fades in. */
const FADE = 0.14

/** Contours of ζ over two axes. */
const contoursOf = memo((field: PackedArray) => {
  const zeta = unpack(field)
  const { values, bend } = wellLevels(zeta, SHARE, CONTOURS)
  const [bent, levels] = [zeta.map(bend), values.map(bend)]
  return memo(
    ([x, y]: LandscapeFigure['axes']) =>
      contourLines(bent, unpack(x), unpack(y), levels) as unknown as readonly Row[],
  )
})

const decoded = memo((figure: LandscapeFigure) => {
  const [x, y] = [unpack(figure.axes[0]), unpack(figure.axes[1])]
  return {
    x,
    y,
    densities: figure.densities.map((density) => unpack(density)),
    across: {
      domain: [x[0]!, x[x.length - 1]!],
      labelled: { title: symbol(figure.problem.grid[0]?.name ?? 'x'), tickCount: 6 },
    } satisfies Axis,
    up: {
      domain: [y[0]!, y[y.length - 1]!],
      labelled: { ...uprightTitle(symbol(figure.problem.grid[1]?.name ?? 'y')), tickCount: 6 },
    } satisfies Axis,
    contours: contoursOf(figure.zeta)(figure.axes),
    paths: figure.paths.flatMap(({ points }, path): Row[] => {
      const xy = unpack(points)
      return Array.from({ length: xy.length / 2 }, (_, i) => ({
        x: xy[2 * i]!,
        y: xy[2 * i + 1]!,
        i,
        path,
      })).filter(
        (point) =>
          point.x >= x[0]! && point.x <= x[x.length - 1]! && point.y >= y[0]! && point.y <= y[y.length - 1]!,
      )
    }),
  }
})

function update(figure: LandscapeFigure, view: View): FrameUpdate {
  const { theme, frame } = setting(view)
  const { x, y, densities, across, up } = decoded(figure)
  const density = densities[Math.round(frame)]!
  const raster = paint(density, {
    shape: [x.length, y.length],
    range: [0, density.reduce((most, value) => Math.max(most, value), 0)],
    colours: theme.ramp,
    fade: FADE,
  })
  return { data: { field: [fieldRow(across, up, view.picture?.(raster))] }, params: {} }
}

function layers(figure: LandscapeFigure, view: View): Unit[] {
  const s = setting(view)
  const { theme } = s
  const { across, up } = decoded(figure)
  const small = s.width < 400
  const x = position('x', across)
  const y = position('y', up)
  const colour = { field: 'colour', type: 'nominal', scale: null, legend: null }
  const order = { field: 'i', type: 'quantitative' }
  return [
    fieldLayer(across, up),
    {
      data: { name: 'contours' },
      mark: { type: 'line', color: theme.zeta, strokeWidth: 0.8, strokeOpacity: 0.75 },
      encoding: {
        x,
        y,
        detail: { field: 'line' },
        order,
      },
    },
    ...(figure.paths.length === 0
      ? []
      : [
          {
            data: { name: 'paths' },
            mark: { type: 'line', color: theme.background, strokeWidth: 4.5, strokeOpacity: 0.7 },
            encoding: { x, y, order, detail: { field: 'path' } },
          },
          {
            data: { name: 'paths' },
            mark: {
              type: 'line',
              strokeWidth: 2,
              point: { filled: true, size: small ? 7 : 14 },
            },
            encoding: { x, y, order, detail: { field: 'path' }, color: colour },
          },
        ]),
    // A halo in the colour of the paper: no density hides a sign, however bright.
    {
      data: { name: 'points' },
      mark: {
        type: 'point',
        filled: false,
        size: small ? 60 : 120,
        stroke: theme.background,
        strokeWidth: small ? 4.5 : 6,
        fill: theme.background,
        fillOpacity: 0,
      },
      encoding: { x, y, shape: { field: 'sign', type: 'nominal', scale: null, legend: null } },
    },
    {
      data: { name: 'points' },
      mark: {
        type: 'point',
        filled: false,
        size: small ? 60 : 120,
        stroke: theme.ink,
        strokeWidth: small ? 1.5 : 2,
        fill: theme.background,
        fillOpacity: 0.55,
      },
      encoding: { x, y, shape: { field: 'sign', type: 'nominal', scale: null, legend: null } },
    },
  ]
}

/** Densities over the loss: one picture a frame, contours, points and paths on top. */
export const landscapeChart: ChartKind<LandscapeFigure> = {
  spec: (figure, view) => {
    const width = Math.min(view.width ?? WIDEST, WIDEST)
    const s = setting({ ...view, width })
    const { across, up, contours, paths } = decoded(figure)
    const padding = { left: 52, right: 16, top: 34, bottom: 46 }
    return chart({
      setting: s,
      height: view.height ?? fieldHeight(across, up, width, padding),
      padding,
      data: {
        contours,
        paths: paths.map((point) => ({ ...point, colour: pathColour(s.theme, point.path as number) })),
        points: figure.points.map(({ x, y }, i) => ({ x, y, sign: POINT_SIGNS[i % POINT_SIGNS.length] })),
      },
      update: update(figure, view),
      layer: layers(figure, { ...view, width }),
    })
  },
  frames: (figure) => figure.densities.length,
  keyFrames: (figure, shown) => evenFrames(figure.densities.length, shown),
  symbol: (figure) => figure.frames.symbol,
  label: ({ frames: { symbol, values, labels } }, frame) => {
    const k = Math.round(frame)
    return labels?.[k] ?? `${symbol} = ${say(values[k]!)}`
  },
  update,
}
