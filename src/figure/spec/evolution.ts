/**
 * ψ over ζ: the density stands on the line of its energy ⟨H⟩, coloured by phase.
 * Heights and axes are the same in all frames.
 */
import { phaseColour } from '../colour/phase.js'
import { localMaxima } from '../make/extrema.js'
import { say, symbol, timeOf } from '../make/words.js'
import { unpack } from '../packed.js'
import type { EvolutionFigure } from '../payload.js'
import { type Axis, chart, fixed, levelTitle, position, setting, type Unit, uprightTitle } from './grammar.js'
import { frameWalk } from './key-frames.js'
import { memo } from './memo.js'
import type { ChartKind, FrameUpdate, Row, View } from './view.js'
import { zetaData, zetaLayers } from './zeta.js'

/** Height of the tallest density, as a share of the energies shown below it. */
const RISE = 0.8

interface Decoded {
  readonly x: Float64Array
  readonly zeta: Float64Array
  readonly times: Float64Array
  readonly energy: Float64Array
  readonly psi: Float64Array
  /** Energy units per unit of density: the scale on which densities stand. */
  readonly lift: number
  readonly range: readonly [number, number]
  readonly name: string
  readonly up: Axis
}

const decoded = memo((figure: EvolutionFigure): Decoded => {
  const x = unpack(figure.x)
  const zeta = unpack(figure.zeta)
  const energy = unpack(figure.energy)
  const psi = complex(unpack(figure.magnitude), unpack(figure.phase))
  let tallest = 0
  for (let i = 0; i < psi.length; i += 2) tallest = Math.max(tallest, psi[i]! ** 2 + psi[i + 1]! ** 2)
  const low = Math.min(...zeta, ...energy)
  const barrier = localMaxima(zeta).map((i) => zeta[i]!)
  const high = Math.max(...energy, figure.groundEnergy ?? low, low + 1e-6)
  const span = Math.max(high, Math.min(Math.max(high, ...barrier), high + (high - low))) - low
  const lift = (RISE * span) / tallest
  const reached = Math.max(...energy.map((level, k) => level + lift * tallestOf(psi, k, x.length)))
  const top = Math.max(reached, low + 1.1 * span)
  const name = symbol(figure.problem.grid[0]?.name ?? 'x')
  return {
    x,
    zeta,
    times: unpack(figure.times),
    energy,
    psi,
    lift,
    range: [x[0]!, x[x.length - 1]!],
    name,
    up: {
      domain: [low - 0.06 * (top - low), top + 0.03 * (top - low)],
      labelled: { ...uprightTitle(`ζ(${name}), ⟨H⟩`), tickCount: 6 },
    },
  }
})

function tallestOf(psi: Float64Array, frame: number, n: number): number {
  let tallest = 0
  for (let i = 2 * frame * n; i < 2 * (frame + 1) * n; i += 2) {
    tallest = Math.max(tallest, psi[i]! ** 2 + psi[i + 1]! ** 2)
  }
  return tallest
}

/** |ψ| and arg ψ as interleaved re, im. */
function complex(magnitude: Float64Array, phase: Float64Array): Float64Array {
  const psi = new Float64Array(2 * magnitude.length)
  magnitude.forEach((size, i) => {
    psi[2 * i] = size * Math.cos(phase[i]!)
    psi[2 * i + 1] = size * Math.sin(phase[i]!)
  })
  return psi
}

/** Frames whose overlap is smaller are not blended: what lies between them is not known. */
const BLENDED = 0.75

/**
 * ψ and ⟨H⟩ at a frame or between two: a fractional frame is blended from its neighbours ψ and ψ' after their
 * common phase e^{iα}, α = arg ⟨ψ|ψ'⟩, has been taken out, turned by its share of α, and normalised.
 */
function at(known: Decoded, frame: number): { psi: Float64Array; energy: number } {
  const { x, psi, energy } = known
  const n = 2 * x.length
  const before = Math.floor(frame)
  const share = frame - before
  const here = psi.subarray(before * n, (before + 1) * n)
  if (share === 0) return { psi: here, energy: energy[before]! }
  const next = psi.subarray((before + 1) * n, (before + 2) * n)
  let [re, im, norm] = [0, 0, 0]
  for (let i = 0; i < n; i += 2) {
    re += here[i]! * next[i]! + here[i + 1]! * next[i + 1]!
    im += here[i]! * next[i + 1]! - here[i + 1]! * next[i]!
    norm += here[i]! ** 2 + here[i + 1]! ** 2
  }
  if (Math.hypot(re, im) < BLENDED * norm) return at(known, Math.round(frame))
  const alpha = Math.atan2(im, re)
  const turn = (angle: number): [number, number] => [Math.cos(angle), Math.sin(angle)]
  const [c, s] = turn(share * alpha)
  const [d, t] = turn((share - 1) * alpha)
  const blend = new Float64Array(n)
  let blended = 0
  for (let i = 0; i < n; i += 2) {
    const [a, b] = [here[i]!, here[i + 1]!]
    const [p, q] = [next[i]!, next[i + 1]!]
    blend[i] = (1 - share) * (a * c - b * s) + share * (p * d - q * t)
    blend[i + 1] = (1 - share) * (a * s + b * c) + share * (p * t + q * d)
    blended += blend[i]! ** 2 + blend[i + 1]! ** 2
  }
  const scale = Math.sqrt(norm / blended)
  for (let i = 0; i < n; i++) blend[i]! *= scale
  return { psi: blend, energy: (1 - share) * energy[before]! + share * energy[before + 1]! }
}

/** Rows of the density and the gradient of its phase at one frame, and the population reading where asked. */
function update(figure: EvolutionFigure, { frame = 0 }: View): FrameUpdate {
  const known = decoded(figure)
  const { x, lift } = known
  const { psi, energy } = at(known, frame)
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
  const { range, name, up } = decoded(figure)
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

/** How far the density moves from each frame to the next: ∫| |ψ|² − |ψ'|² |, up to a factor. */
function motion(figure: EvolutionFigure): number[] {
  const { x, psi, times } = decoded(figure)
  const n = x.length
  const density = (i: number): number => psi[2 * i]! ** 2 + psi[2 * i + 1]! ** 2
  return Array.from({ length: times.length - 1 }, (_, k) => {
    let moved = 0
    for (let i = k * n; i < (k + 1) * n; i++) moved += Math.abs(density(i + n) - density(i))
    return moved
  })
}

/** The wave function in motion. */
export const evolutionChart: ChartKind<EvolutionFigure> = {
  spec: (figure, view) => {
    const s = setting(view)
    const { x, zeta, up } = decoded(figure)
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
  label: (figure, frame) =>
    `${timeOf(figure.angle).symbol} = ${say(decoded(figure).times[Math.round(frame)]!)}`,
  update,
}
