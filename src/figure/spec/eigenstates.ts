import { levelColours } from '../colour/theme.js'
import { sayApart, subscript, symbol } from '../make/words.js'
import { unpack } from '../packed.js'
import type { EigenstatesFigure } from '../payload.js'
import { type Axis, chart, levelTitle, position, setting, uprightTitle } from './grammar.js'
import { memo } from './memo.js'
import { type ChartKind, type Row, STILL, type Unit } from './view.js'
import { wallLayers, wallsOf } from './walls.js'
import { zetaData, zetaLayers } from './zeta.js'

/** Height of the tallest state in units of the mean spacing of the levels. */
const RISE = { wave: 0.75, density: 0.9 } as const

/** The right side has room for the labels: at least so much, and so many pixels a character. */
const PADDING = { left: 52, right: 96, top: 32, bottom: 46 }
const [CHARACTER, BESIDE] = [6.7, 16]

/** Least distance of two labels, and how far one may stand from its line, in pixels. */
const LABEL = 14
const AWAY = 1.1 * LABEL

const decoded = memo((figure: EigenstatesFigure) => ({
  x: unpack(figure.x),
  zeta: unpack(figure.zeta),
  energies: unpack(figure.energies),
  states: unpack(figure.states),
}))

/** Where labels of levels at rising heights stand, in pixels: [level, height]. */
type Placed = readonly (readonly [level: number, at: number])[]

/**
 * Labels at least `gap` apart. Levels that crowd in twos and threes share the room around them; where that carries
 * a label further than `away` from its line, only levels with room for a label at the line itself get one.
 */
export function placeLabels(heights: readonly number[], gap = LABEL, away = AWAY): Placed {
  const shared = spread(heights, gap)
  if (shared.every((at, k) => Math.abs(at - heights[k]!) <= away)) return [...shared.entries()]
  const placed: [number, number][] = []
  heights.forEach((at, k) => {
    if (k === 0 || at >= placed[placed.length - 1]![1] + gap) placed.push([k, at])
  })
  return placed
}

/** Heights at least `gap` apart that differ least from those given, in the sense of squares: pooled neighbours. */
function spread(heights: readonly number[], gap: number): number[] {
  const pools: { sum: number; count: number }[] = []
  heights.forEach((height, k) => {
    pools.push({ sum: height - k * gap, count: 1 })
    for (let last = pools.length - 1; last > 0; last--) {
      const [p, q] = [pools[last - 1]!, pools[last]!]
      if (p.sum / p.count < q.sum / q.count) break
      pools.splice(last - 1, 2, { sum: p.sum + q.sum, count: p.count + q.count })
    }
  })
  return pools
    .flatMap(({ sum, count }) => Array<number>(count).fill(sum / count))
    .map((at, k) => at + k * gap)
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
    const walls = wallsOf(figure.problem.grid[0], x[0]!, x[n - 1]!)
    const across: Axis = { domain: walls.domain, labelled: levelTitle(name, s.width) }
    const state = kind === 'wave' ? 'φₙ' : 'φₙ²'
    const up: Axis = {
      domain: [low - 0.05 * (top - low), top],
      labelled: { ...uprightTitle(`ζ(${name}), ${state}(${name}) at Eₙ`), tickCount: 6 },
    }
    const height = view.height ?? Math.round(Math.min(460, Math.max(220, 0.58 * s.width)))
    const colours = levelColours(s.theme, count)
    const pixels = (height - PADDING.top - PADDING.bottom) / (up.domain[1] - up.domain[0])
    const words = sayApart(energies, 4)
    const level = (k: number): Row => ({ level: k, energy: energies[k]!, x0: x[0]!, x1: x[n - 1]! })
    const labels: Row[] = placeLabels([...energies].map((energy) => energy * pixels)).map(([k, at]) => ({
      ...level(k),
      at: at / pixels,
      label: `E${subscript(k)} = ${words[k]}`,
    }))
    const longest = Math.max(...labels.map(({ label }) => (label as string).length))
    const padding = { ...PADDING, right: Math.max(PADDING.right, Math.ceil(CHARACTER * longest) + BESIDE) }
    const inner = s.width - padding.left - padding.right
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
      padding,
      data: {
        ...zetaData(x, zeta, up),
        curves,
        levels: [...energies.keys()].map(level),
        labels,
      },
      layer: [
        ...zetaLayers(s.theme, across, up),
        ...wallLayers(s.theme, walls, across),
        {
          data: { name: 'levels' },
          mark: { type: 'rule', strokeWidth: 0.75, strokeOpacity: 0.7, strokeDash: [3, 3] },
          encoding: { x: position('x0', across), x2: { field: 'x1' }, y: position('energy', up), color },
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
          data: { name: 'labels' },
          mark: { type: 'rule', strokeWidth: 0.75, strokeOpacity: 0.7 },
          encoding: {
            x: { value: inner + 1 },
            x2: { value: inner + BESIDE - 7 },
            y: position('energy', up),
            y2: { field: 'at' },
            color,
          },
        },
        {
          data: { name: 'labels' },
          mark: { type: 'text', align: 'left', fontSize: 11, font: s.fonts.text },
          encoding: {
            x: { value: inner + BESIDE - 4 },
            y: position('at', up),
            text: { field: 'label' },
            color,
          },
        },
        ...(labels.length === count
          ? []
          : [
              {
                data: { values: [{}] },
                mark: {
                  type: 'text',
                  align: 'left',
                  fontSize: 11,
                  color: s.theme.muted,
                  text: `and ${count - labels.length} more`,
                },
                encoding: { x: { value: inner + BESIDE - 4 }, y: { value: -14 } },
              },
            ]),
      ],
    })
  },
  ...STILL,
}
