/**
 * The key of a figure: what its colours and signs mean, as data. The page in Node and the page in the browser draw it.
 */
import { hex, type Rgb } from '../colour/oklab.js'
import { PHASE_MAPS, PHASES, type PhaseMapName } from '../colour/phase.js'
import type { Theme, ThemeName } from '../colour/theme.js'
import { waveColours } from '../colour/wave.js'
import type { EvolutionFigure, Figure, LandscapeFigure } from '../payload.js'
import type { Raster } from '../raster/raster.js'
import { paintWheel } from '../raster/wave.js'

/** How a sign looks: a point of a shape, a line, solid or not, or a filled block. */
export type Sign =
  | 'circle'
  | 'diamond'
  | 'square'
  | 'triangle'
  | 'cross'
  | 'line'
  | 'dashed'
  | 'dotted'
  | 'dashdot'
  | 'block'

/** Lengths of strokes and gaps of the lines among the signs. */
export const DASHES: Readonly<Partial<Record<Sign, readonly number[]>>> = {
  dashed: [6, 3],
  dotted: [1.5, 3],
  dashdot: [8, 3, 1.5, 3],
}

const LINE = 'M0,6h18'

/** Each sign as an SVG path in a box of 18 × 12. */
export const SIGN_PATHS: Readonly<Record<Sign, string>> = {
  line: LINE,
  dashed: LINE,
  dotted: LINE,
  dashdot: LINE,
  circle: 'M4.5,6a4.5,4.5 0 1,0 9,0a4.5,4.5 0 1,0 -9,0Z',
  diamond: 'M9,0.5l5.5,5.5l-5.5,5.5l-5.5,-5.5Z',
  square: 'M5,2h8v8h-8Z',
  triangle: 'M9,0.8l5.4,9.6h-10.8Z',
  cross: 'M7.4,1h3.2v3.4h3.4v3.2h-3.4v3.4h-3.2v-3.4h-3.4v-3.2h3.4Z',
  block: 'M3,1.5h12v9h-12Z',
}

export interface KeyEntry {
  readonly sign: Sign
  readonly colour: string
  readonly label: string
}

/** A bar of colours with labels spread from its left end to its right. */
export interface KeyBar {
  readonly title: string
  readonly colours: readonly string[]
  readonly labels: readonly string[]
}

/** A disc of colours: the angle is a phase, the distance from the middle a size. */
export interface KeyWheel {
  readonly theme: ThemeName
  readonly map: PhaseMapName
  /** Side of the disc's square in pixels. */
  readonly side: number
  /** Labels at the right, the top, the left and the bottom. */
  readonly around: readonly [string, string, string, string]
  /** What angle and distance are, and all of it in words. */
  readonly title: string
  readonly words: string
}

export interface Key {
  readonly entries: readonly KeyEntry[]
  readonly bar?: KeyBar
  readonly wheel?: KeyWheel
}

/** Colours of a bar. */
const STOPS = 33

const shares = Array.from({ length: STOPS }, (_, i) => i / (STOPS - 1))

/** Phases from −π to π; both ends have the same colour. */
function phaseBar(map: PhaseMapName): KeyBar {
  const { colours } = PHASE_MAPS[map]
  return {
    title: 'arg ψ',
    colours: shares.map((share) => hex(colours[Math.round((share + 0.5) * PHASES) % PHASES]!)),
    labels: ['−π', '0', 'π'],
  }
}

/** Lines in the order in which they are taken, after the colours. */
const LINE_SIGNS: readonly Sign[] = ['line', 'dashed', 'dotted', 'dashdot']

/** The k-th curve of a chart. */
export function lineStyle(theme: Theme, k: number): Pick<KeyEntry, 'colour' | 'sign'> {
  const count = theme.series.length
  return { colour: theme.series[k % count]!, sign: LINE_SIGNS[Math.floor(k / count) % LINE_SIGNS.length]! }
}

/** The first of each label, without those that have none. */
export function labelledOnce<T extends { readonly label: string }>(entries: readonly T[]): T[] {
  return entries.filter(
    ({ label }, k) => label !== '' && entries.findIndex((other) => other.label === label) === k,
  )
}

/** The bar of a table of colours. */
export function colourBar(title: string, colours: readonly Rgb[], labels: readonly string[]): KeyBar {
  return {
    title,
    colours: shares.map((share) => hex(colours[Math.round(share * (colours.length - 1))]!)),
    labels,
  }
}

/** Signs of points, in the order in which a figure lists them. */
export const POINT_SIGNS: readonly Sign[] = ['circle', 'diamond', 'square']

/** Colour of the path at a place in the list. */
export function pathColour(theme: Theme, index: number): string {
  return index === 0 ? theme.contrast : theme.second
}

function evolutionKey(figure: EvolutionFigure, theme: Theme, map: PhaseMapName): Key {
  const born: KeyEntry = { sign: 'line', colour: theme.ink, label: 'born |ψ|²' }
  const population: KeyEntry = { sign: 'dashed', colour: theme.contrast, label: 'population ψ/∫ψ' }
  const asked = new Set(figure.readings)
  if (!asked.has('born')) return { entries: [{ ...population, sign: 'line' }] }
  return { entries: asked.has('population') ? [born, population] : [born], bar: phaseBar(map) }
}

function landscapeKey(figure: LandscapeFigure, theme: Theme): Key {
  return {
    entries: [
      { sign: 'line', colour: theme.zeta, label: 'contours of ζ' },
      ...figure.paths.map(
        ({ label }, i): KeyEntry => ({ sign: 'line', colour: pathColour(theme, i), label }),
      ),
      ...figure.points.map(
        ({ label }, i): KeyEntry => ({
          sign: POINT_SIGNS[i % POINT_SIGNS.length]!,
          colour: theme.ink,
          label,
        }),
      ),
    ],
    bar: colourBar(figure.quantity ?? '|ψ|²', theme.ramp, ['0', 'max']),
  }
}

/** Side of the wheel in pixels, and pixels of its picture for each. */
const [WHEEL, FINE] = [54, 3]

/** The disc of a wheel. */
export function wheelPicture({ theme, map, side }: KeyWheel): Raster {
  return paintWheel(waveColours(theme, map), side * FINE)
}

function waveKey(theme: Theme, map: PhaseMapName): Key {
  return {
    entries: [{ sign: 'line', colour: theme.muted, label: 'contours of ζ' }],
    wheel: {
      theme: theme.name,
      map,
      side: WHEEL,
      around: ['0', 'π/2', '±π', '−π/2'],
      title: '|ψ|, arg ψ',
      words: 'Colour wheel: the angle is the phase of ψ, the distance from the middle its size.',
    },
  }
}

/** The key; nothing for figures whose axes and labels say all. */
export function keyOf(figure: Figure, theme: Theme, map: PhaseMapName = 'uniform'): Key | undefined {
  if (figure.kind === 'evolution') return evolutionKey(figure, theme, map)
  if (figure.kind === 'landscape') return landscapeKey(figure, theme)
  if (figure.kind === 'wave') return waveKey(theme, map)
  return undefined
}
