/**
 * ψ over ζ: the density stands on the line of its energy ⟨H⟩, coloured by phase.
 * Heights and axes are the same in all frames.
 */
import { phaseColour } from '../colour/phase.js'
import type { Theme } from '../colour/theme.js'
import { say, timeOf } from '../make/words.js'
import type { EvolutionFigure } from '../payload.js'
import { type Axis, chart, fixed, levelTitle, position, setting } from './grammar.js'
import { frameWalk } from './key-frames.js'
import type { ChartKind, FrameUpdate, Row, Unit, View } from './view.js'
import { wallLayers } from './walls.js'
import { frameAt, motion, populationOf, waveOf } from './wave.js'
import { zetaData, zetaLayers } from './zeta.js'

/** Rows of the readings that are asked for, and the gradient of the phase, at one frame. */
function update(figure: EvolutionFigure, { frame = 0, map }: View): FrameUpdate {
  const known = waveOf(figure)
  const { x, lift } = known
  const { psi, energy } = frameAt(known, frame)
  const [first, last] = [x[0]!, x[x.length - 1]!]
  const density: Row[] = []
  const stops: { offset: number; color: string }[] = []
  for (let i = 0; i < x.length; i++) {
    const [re, im] = [psi[2 * i]!, psi[2 * i + 1]!]
    density.push({ x: x[i]!, base: energy, y: energy + lift * (re * re + im * im) })
    stops.push({ offset: (x[i]! - first) / (last - first), color: phaseColour(re, im, map) })
  }
  const rows = (values: Float64Array = new Float64Array()): Row[] =>
    Array.from(values, (value, i) => ({ x: x[i]!, base: energy, y: energy + lift * value }))
  const { readings } = figure
  return {
    data: {
      level: [{ y: energy }],
      ...(readings.includes('born') && { density }),
      ...(readings.includes('population') && { population: rows(populationOf(x, psi)) }),
    },
    params: readings.includes('born')
      ? { phase: { gradient: 'linear', x1: 0, y1: 0, x2: 1, y2: 0, stops } }
      : {},
  }
}

/** |ψ|² as an area in the colours of its phase. */
function bornLayers(theme: Theme, x: Unit, y: Unit, base: Unit): Unit[] {
  return [
    {
      data: { name: 'density' },
      mark: { type: 'area', color: { expr: 'phase' }, fillOpacity: 0.92 },
      encoding: { x, y: base, y2: { field: 'y' } },
    },
    {
      data: { name: 'density' },
      mark: { type: 'line', color: theme.ink, strokeWidth: 1.1 },
      encoding: { x, y },
    },
  ]
}

/** ψ/∫ψ as a line: dashed over |ψ|², an area of its own where it is alone. */
function populationLayers(theme: Theme, alone: boolean, x: Unit, y: Unit, base: Unit): Unit[] {
  const data = { name: 'population' }
  const line = { type: 'line', color: theme.contrast, strokeWidth: 2, clip: true }
  if (!alone) return [{ data, mark: { ...line, strokeDash: [6, 3] }, encoding: { x, y } }]
  return [
    {
      data,
      mark: { type: 'area', color: theme.contrast, fillOpacity: 0.3, clip: true },
      encoding: { x, y: base, y2: { field: 'y' } },
    },
    { data, mark: line, encoding: { x, y } },
  ]
}

/** Room at the right for the names of the levels, where no density reaches. */
const PADDING = { left: 52, right: 38, top: 34, bottom: 46 }

function layers(figure: EvolutionFigure, view: View): Unit[] {
  const { theme, fonts, width } = setting(view)
  const { walls, name, up } = waveOf(figure)
  const across: Axis = { domain: walls.domain, labelled: levelTitle(name, width) }
  const x = position('x', across)
  const y = position('y', up)
  const base = position('base', up)
  const words = { type: 'text', font: fonts.math, fontStyle: 'italic', fontSize: width < 400 ? 10 : 12 }
  const beside = { ...words, align: 'left', dx: 5, color: theme.muted }
  const end = fixed(across.domain[1], across)
  const ground = figure.groundEnergy
  return [
    ...zetaLayers(theme, across, up),
    ...wallLayers(theme, walls, across),
    ...(ground === undefined
      ? []
      : [
          {
            data: { values: [{}] },
            mark: { type: 'rule', color: theme.muted, strokeDash: [2, 3], strokeWidth: 1 },
            encoding: { y: fixed(ground, up) },
          },
          // E₀ ≤ ⟨H⟩: below its line and above the other the two never meet.
          {
            data: { values: [{}] },
            mark: { ...beside, text: 'E₀', dy: 7 },
            encoding: { x: end, y: fixed(ground, up) },
          },
        ]),
    {
      data: { name: 'level' },
      mark: { type: 'rule', color: theme.muted, strokeWidth: 1 },
      encoding: { y },
    },
    {
      data: { name: 'level' },
      mark: { ...beside, text: '⟨H⟩', dy: ground === undefined ? 0 : -7 },
      encoding: { x: end, y },
    },
    ...(figure.readings.includes('born') ? bornLayers(theme, x, y, base) : []),
    ...(figure.readings.includes('population')
      ? populationLayers(theme, !figure.readings.includes('born'), x, y, base)
      : []),
  ]
}

/** The wave function in motion. */
export const evolutionChart: ChartKind<EvolutionFigure> = {
  spec: (figure, view) => {
    const s = setting(view)
    const { x, zeta, up } = waveOf(figure)
    return chart({
      setting: s,
      height: view.height ?? Math.round(Math.min(380, Math.max(200, 0.5 * s.width))),
      padding: PADDING,
      data: zetaData(x, zeta, up),
      update: update(figure, view),
      layer: layers(figure, view),
    })
  },
  frames: (figure) => figure.times.shape[0] ?? 0,
  keyFrames: (figure, shown) => frameWalk(motion(figure), shown),
  symbol: (figure) => timeOf(figure.angle).symbol,
  label: (figure, frame) =>
    `${timeOf(figure.angle).symbol} = ${say(waveOf(figure).times[Math.round(frame)]!)}`,
  update,
}
