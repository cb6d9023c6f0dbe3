/**
 * The key of a figure: what its colours and signs mean, as data. The page in Node and the page in the browser draw it.
 */
import { hex } from '../colour/oklab.js'
import { PHASE_MAP, PHASES } from '../colour/phase.js'
import type { Theme } from '../colour/theme.js'
import type { EvolutionFigure, Figure, LandscapeFigure } from '../payload.js'

/** How a sign looks: a point of a shape, a line, or a dashed line. */
export type Sign = 'circle' | 'diamond' | 'square' | 'line' | 'dashed'

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

export interface Key {
  readonly entries: readonly KeyEntry[]
  readonly bar?: KeyBar
}

/** Colours of a bar. */
const STOPS = 33

const shares = Array.from({ length: STOPS }, (_, i) => i / (STOPS - 1))

/** Phases from −π to π; both ends have the same colour. */
const PHASE_BAR: KeyBar = {
  title: 'arg ψ',
  colours: shares.map((share) => hex(PHASE_MAP[Math.round((share + 0.5) * PHASES) % PHASES]!)),
  labels: ['−π', '0', 'π'],
}

/** Signs of points, in the order in which a figure lists them. */
export const POINT_SIGNS: readonly Sign[] = ['circle', 'diamond', 'square']

/** Colour of the path at a place in the list. */
export function pathColour(theme: Theme, index: number): string {
  return index === 0 ? theme.contrast : theme.second
}

function evolutionKey(figure: EvolutionFigure, theme: Theme): Key {
  const born: KeyEntry = { sign: 'line', colour: theme.ink, label: 'born |ψ|²' }
  const population: KeyEntry = { sign: 'dashed', colour: theme.contrast, label: 'population ψ/∫ψ' }
  const asked = new Set(figure.readings)
  if (!asked.has('born')) return { entries: [{ ...population, sign: 'line' }] }
  return { entries: asked.has('population') ? [born, population] : [born], bar: PHASE_BAR }
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
    bar: {
      title: figure.quantity ?? '|ψ|²',
      colours: shares.map((share) => hex(theme.ramp[Math.round(share * 255)]!)),
      labels: ['0', 'max'],
    },
  }
}

/** The key; nothing for figures whose axes and labels say all. */
export function keyOf(figure: Figure, theme: Theme): Key | undefined {
  if (figure.kind === 'evolution') return evolutionKey(figure, theme)
  if (figure.kind === 'landscape') return landscapeKey(figure, theme)
  return undefined
}
