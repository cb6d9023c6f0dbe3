/**
 * ψ over ζ: the density stands on the line of its energy ⟨H⟩, coloured by phase.
 * Heights and axes are the same in all frames.
 */
import { phaseColour } from '../colour/phase.js'
import { say, timeOf } from '../make/words.js'
import type { EvolutionFigure } from '../payload.js'
import { type Axis, chart, fixed, levelTitle, position, setting } from './grammar.js'
import { frameWalk } from './key-frames.js'
import type { ChartKind, FrameUpdate, Row, Unit, View } from './view.js'
import { frameAt, motion, waveOf } from './wave.js'
import { zetaData, zetaLayers } from './zeta.js'

/** Rows of the density and the gradient of its phase at one frame, and the population reading where asked. */
function update(figure: EvolutionFigure, { frame = 0 }: View): FrameUpdate {
  const known = waveOf(figure)
  const { x, lift } = known
  const { psi, energy } = frameAt(known, frame)
  const last = x.length - 1
  const density: Row[] = []
  const stops: { offset: number; color: string }[] = []
  for (let i = 0; i <= last; i++) {
    const [re, im] = [psi[2 * i]!, psi[2 * i + 1]!]
    density.push({ x: x[i]!, base: energy, y: energy + lift * (re * re + im * im) })
    stops.push({ offset: i / last, color: phaseColour(re, im) })
  }
  return {
    data: {
      density,
      level: [{ y: energy }],
      ...(figure.readings.includes('population') && { population: population(x, psi, energy, lift) }),
    },
    params: { phase: { gradient: 'linear', x1: 0, y1: 0, x2: 1, y2: 0, stops } },
  }
}

/** Re ψ/∫Re ψ dx on the scale of the densities; no rows where ψ has no positive sum. */
function population(x: Float64Array, psi: Float64Array, energy: number, lift: number): Row[] {
  let sum = 0
  for (let i = 1; i < x.length; i++) sum += 0.5 * (psi[2 * i]! + psi[2 * i - 2]!) * (x[i]! - x[i - 1]!)
  if (!(sum > 0)) return []
  return Array.from(x, (value, i) => ({ x: value, y: energy + (lift * psi[2 * i]!) / sum }))
}

function layers(figure: EvolutionFigure, view: View): Unit[] {
  const { theme, fonts, width } = setting(view)
  const { range, name, up } = waveOf(figure)
  const across: Axis = { domain: range, labelled: levelTitle(name, width) }
  const x = position('x', across)
  const y = position('y', up)
  const words = { font: fonts.math, fontStyle: 'italic', fontSize: width < 400 ? 10 : 12 }
  const ground = figure.groundEnergy
  return [
    ...zetaLayers(theme, across, up),
    ...(ground === undefined
      ? []
      : [
          {
            data: { values: [{}] },
            mark: { type: 'rule', color: theme.muted, strokeDash: [2, 3], strokeWidth: 1 },
            encoding: { y: fixed(ground, up) },
          },
          {
            data: { values: [{}] },
            mark: { ...words, type: 'text', text: 'E₀', align: 'right', dx: -4, dy: 9, color: theme.muted },
            encoding: { x: fixed(across.domain[1], across), y: fixed(ground, up) },
          },
        ]),
    {
      data: { name: 'level' },
      mark: { type: 'rule', color: theme.muted, strokeWidth: 1 },
      encoding: { y },
    },
    {
      data: { name: 'level' },
      mark: { ...words, type: 'text', text: '⟨H⟩', align: 'left', dx: 4, dy: -7, color: theme.muted },
      encoding: { x: fixed(across.domain[0], across), y },
    },
    {
      data: { name: 'density' },
      mark: { type: 'area', color: { expr: 'phase' }, fillOpacity: 0.92 },
      encoding: { x, y: position('base', up), y2: { field: 'y' } },
    },
    {
      data: { name: 'density' },
      mark: { type: 'line', color: theme.ink, strokeWidth: 1.1 },
      encoding: { x, y },
    },
    ...(figure.readings.includes('population')
      ? [
          {
            data: { name: 'population' },
            mark: { type: 'line', color: theme.contrast, strokeWidth: 2, strokeDash: [6, 3] },
            encoding: { x, y },
          },
        ]
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
      padding: { left: 52, right: 16, top: 34, bottom: 46 },
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
