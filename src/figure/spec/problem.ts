import { localMinima } from '../make/extrema.js'
import { symbol } from '../make/words.js'
import { unpack } from '../packed.js'
import type { ProblemFigure } from '../payload.js'
import { contourLines, wellLevels } from '../raster/contours.js'
import { fieldHeight, fieldLayer, fieldRow } from './field.js'
import { type Axis, chart, levelTitle, position, setting, uprightTitle } from './grammar.js'
import { memo } from './memo.js'
import { type ChartKind, type Row, STILL, type Unit, type View } from './view.js'
import { wallLayers, wallsOf } from './walls.js'
import { paintWells } from './wells.js'
import { interestingRange, zetaData, zetaLayers } from './zeta.js'

/** Contours drawn, and the share of the grid that lies below the highest. */
const CONTOURS = 10
const SHARE = 0.9

const decoded = memo((figure: ProblemFigure) => ({
  axes: figure.axes.map((axis) => unpack(axis)),
  zeta: unpack(figure.zeta),
}))

function line(figure: ProblemFigure, view: View): Unit {
  const s = setting(view)
  const { axes, zeta } = decoded(figure)
  const x = axes[0]!
  const [low, high] = interestingRange(zeta)
  const inside = [...x.keys()].filter((i) => zeta[i]! <= high)
  const [first, last] = [Math.max(0, inside[0]! - 1), Math.min(x.length - 1, inside[inside.length - 1]! + 1)]
  const shown = [...x.keys()].slice(first, last + 1)
  const pad = 0.05 * (high - low)
  const name = symbol(figure.problem.grid[0]?.name ?? 'x')
  const walls = wallsOf(figure.problem.grid[0], x[first]!, x[last]!)
  const across: Axis = { domain: walls.domain, labelled: levelTitle(name, s.width) }
  const up: Axis = {
    domain: [low - 2 * pad, high],
    labelled: { ...uprightTitle(`ζ(${name})`), tickCount: 6 },
  }
  const minima: Row[] = localMinima(zeta).map((i) => ({ x: x[i]!, y: zeta[i]! }))
  return chart({
    setting: s,
    height: view.height ?? Math.round(Math.min(300, 0.45 * s.width)),
    padding: { left: 52, right: 16, top: 32, bottom: 46 },
    data: {
      ...zetaData(
        shown.map((i) => x[i]!),
        shown.map((i) => zeta[i]!),
        up,
      ),
      minima,
    },
    layer: [
      ...zetaLayers({ ...s.theme, zeta: s.theme.accent }, across, up),
      ...wallLayers(s.theme, walls, across),
      {
        data: { name: 'minima' },
        mark: { type: 'point', filled: true, size: 46, color: s.theme.accent, fillOpacity: 1 },
        encoding: { x: position('x', across), y: position('y', up) },
      },
    ],
  })
}

function field(figure: ProblemFigure, view: View): Unit {
  const s = setting(view)
  const { axes, zeta } = decoded(figure)
  const [x, y] = axes as [Float64Array, Float64Array]
  const { values, height, bend } = wellLevels(zeta, SHARE, CONTOURS)
  const names = [
    symbol(figure.problem.grid[0]?.name ?? 'x'),
    symbol(figure.problem.grid[1]?.name ?? 'y'),
  ] as const
  const padding = { left: 52, right: 16, top: 32, bottom: 46 }
  const width = Math.min(s.width, 520)
  const across: Axis = { domain: [x[0]!, x[x.length - 1]!], labelled: levelTitle(names[0], width) }
  const up: Axis = {
    domain: [y[0]!, y[y.length - 1]!],
    labelled: { ...uprightTitle(names[1]), tickCount: 6 },
  }
  const raster = paintWells(zeta.map(height), [x.length, y.length], s.theme)
  const encoding = { x: position('x', across), y: position('y', up) }
  return chart({
    setting: { ...s, width },
    height: view.height ?? fieldHeight(across, up, width, padding),
    padding,
    data: {
      field: [fieldRow(across, up, view.picture?.(raster))],
      contours: contourLines(zeta.map(bend), x, y, values.map(bend)) as unknown as Row[],
    },
    layer: [
      fieldLayer(across, up),
      {
        data: { name: 'contours' },
        mark: { type: 'line', color: s.theme.zeta, strokeWidth: 1 },
        encoding: { ...encoding, detail: { field: 'line' }, order: { field: 'i', type: 'quantitative' } },
      },
    ],
  })
}

/** The objective: a line in one dimension, a shaded field with contours in two. */
export const problemChart: ChartKind<ProblemFigure> = {
  spec: (figure, view) => (figure.axes.length === 1 ? line(figure, view) : field(figure, view)),
  ...STILL,
}
