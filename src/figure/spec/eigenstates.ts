import { levelColours } from '../colour/theme.js'
import { say, subscript, symbol } from '../make/words.js'
import { unpack } from '../packed.js'
import type { EigenstatesFigure } from '../payload.js'
import { type Axis, chart, fixed, levelTitle, position, setting, uprightTitle } from './grammar.js'
import { memo } from './memo.js'
import { type ChartKind, type Row, STILL, type Unit } from './view.js'
import { zetaData, zetaLayers } from './zeta.js'

/** Height of the tallest state in units of the mean spacing of the levels. */
const RISE = { wave: 0.75, density: 0.9 } as const

const PADDING = { left: 52, right: 96, top: 32, bottom: 46 }

/** Least distance of two labels in pixels. */
const LABEL = 14

const decoded = memo((figure: EigenstatesFigure) => ({
  x: unpack(figure.x),
  zeta: unpack(figure.zeta),
  energies: unpack(figure.energies),
  states: unpack(figure.states),
}))

/** Heights in pixels, kept at least `gap` apart by moving them up as little as a sweep from below needs. */
function spread(heights: readonly number[], gap: number): number[] {
  const placed: number[] = []
  for (const height of heights)
    placed.push(Math.max(height, (placed.at(-1) ?? Number.NEGATIVE_INFINITY) + gap))
  return placed
}

/** Each state on the line of its energy, over ζ. */
export const eigenstatesChart: ChartKind<EigenstatesFigure> = {
  spec: (figure, view) => {
    const s = setting(view)
    const { x, zeta, energies, states } = decoded(figure)
    const kind = view.states ?? 'wave'
    const n = x.length
    const count = energies.length
    const value = (i: number): number => (kind === 'wave' ? states[i]! : states[i]! ** 2)
    const tallest = Math.max(...Array.from(states, (_, i) => Math.abs(value(i))))
    const low = Math.min(...zeta)
    const spacing = count > 1 ? (energies[count - 1]! - energies[0]!) / (count - 1) : energies[0]! - low
    const lift = (RISE[kind] * (spacing || 1)) / tallest
    const top = energies[count - 1]! + 1.1 * lift * tallest
    const name = symbol(figure.problem.grid[0]?.name ?? 'x')
    const across: Axis = { domain: [x[0]!, x[n - 1]!], labelled: levelTitle(name, s.width) }
    const state = kind === 'wave' ? 'φₙ' : 'φₙ²'
    const up: Axis = {
      domain: [low - 0.05 * (top - low), top],
      labelled: { ...uprightTitle(`ζ(${name}), ${state}(${name}) at Eₙ`), tickCount: 6 },
    }
    const height = view.height ?? Math.round(Math.min(460, Math.max(220, 0.58 * s.width)))
    const colours = levelColours(s.theme, count)
    const pixels = (height - PADDING.top - PADDING.bottom) / (up.domain[1] - up.domain[0])
    const labels = spread(
      [...energies].map((energy) => energy * pixels),
      LABEL,
    )
    const level = (k: number): Row => ({ level: k, energy: energies[k]!, x0: x[0]!, x1: x[n - 1]! })
    const curves: Row[] = []
    for (let k = 0; k < count; k++) {
      for (let i = 0; i < n; i++) {
        curves.push({ ...level(k), x: x[i]!, y: energies[k]! + lift * value(k * n + i) })
      }
    }
    const y = position('y', up)
    const color: Unit = {
      field: 'level',
      type: 'nominal',
      scale: { domain: [...energies.keys()], range: colours },
      legend: null,
    }
    return chart({
      setting: s,
      height,
      padding: PADDING,
      data: {
        ...zetaData(x, zeta, up),
        curves,
        levels: [...energies.keys()].map((k) => ({
          ...level(k),
          at: labels[k]! / pixels,
          label: `E${subscript(k)} = ${say(energies[k]!, 4)}`,
        })),
      },
      layer: [
        ...zetaLayers(s.theme, across, up),
        {
          data: { name: 'levels' },
          mark: { type: 'rule', strokeWidth: 0.75, strokeOpacity: 0.7, strokeDash: [3, 3] },
          encoding: { y: position('energy', up), color },
        },
        {
          data: { name: 'curves' },
          mark: { type: 'area', fillOpacity: 0.16 },
          encoding: { x: position('x', across), y, y2: { field: 'energy' }, color },
        },
        {
          data: { name: 'curves' },
          mark: { type: 'line', strokeWidth: 1.75 },
          encoding: {
            x: position('x', across),
            y,
            color,
          },
        },
        {
          data: { name: 'levels' },
          mark: { type: 'text', align: 'left', dx: 6, fontSize: 11, font: s.fonts.text },
          encoding: {
            x: fixed(x[n - 1]!, across),
            y: position('at', up),
            text: { field: 'label' },
            color,
          },
        },
      ],
    })
  },
  ...STILL,
}
