/**
 * What a figure is coloured with. Data colours keep their meaning in both themes; only ink and paper change sides.
 */
import { evenColours } from './arc.js'
import { hex, type Oklab, oklch, type Rgb, toRgb } from './oklab.js'

export type ThemeName = 'light' | 'dark'

export interface Theme {
  readonly name: ThemeName
  /** Paper, behind everything. */
  readonly background: string
  /** Titles and lines of data in neutral colour. */
  readonly ink: string
  /** Axes, labels, secondary text. */
  readonly muted: string
  readonly grid: string
  /** The objective: its line, and the surface below it. */
  readonly zeta: string
  readonly zetaFill: string
  /** The colour of what the figure is about, and of what is set against it. */
  readonly accent: string
  readonly contrast: string
  /** A third colour, where one thing more is set against it. */
  readonly second: string
  /** Lightness of a categorical colour. */
  readonly lightness: number
  /** Densities from none to the largest, 256 colours, premixed with the paper. */
  readonly ramp: readonly Rgb[]
  /** Values from −max to max through 0 in the colour of the paper: the colours of the phases π and 0. */
  readonly diverging: readonly Rgb[]
  /** Colours of the curves of a chart: told apart by all common kinds of colour vision. */
  readonly series: readonly string[]
}

type Stops = readonly (readonly [L: number, chroma: number, hue: number])[]

/** The path through stops of OKLCH, linear in each coordinate between them. */
function path(stops: Stops): (t: number) => Oklab {
  return (t) => {
    const at = t * (stops.length - 1)
    const k = Math.min(stops.length - 2, Math.floor(at))
    const [p, q] = [stops[k]!, stops[k + 1]!]
    const mix = (j: 0 | 1 | 2): number => p[j] + (q[j] - p[j]) * (at - k)
    return oklch(mix(0), mix(1), mix(2))
  }
}

/** 256 colours: equal steps of the value look equally large. */
function ramp(stops: Stops): readonly Rgb[] {
  return evenColours(path(stops), 256)
}

/** 255 colours from the last stop of one path over their common first to the last of the other; v and −v are equally light. */
function diverging(negative: Stops, positive: Stops): readonly Rgb[] {
  const half = (stops: Stops): Rgb[] =>
    Array.from({ length: 128 }, (_, i) => toRgb(path(stops)((2 * i) / 255)))
  return [...half(negative).reverse(), ...half(positive).slice(1)]
}

export const LIGHT: Theme = {
  name: 'light',
  background: '#ffffff',
  ink: '#1d2230',
  muted: '#5c6475',
  grid: '#e7e9ee',
  zeta: '#8d95a5',
  zetaFill: '#eff1f5',
  accent: '#3b6fd4',
  contrast: '#cf5b12',
  second: '#8a3fa0',
  lightness: 0.58,
  ramp: ramp([
    [1, 0, 245],
    [0.86, 0.07, 240],
    [0.68, 0.13, 248],
    [0.5, 0.15, 262],
    [0.32, 0.12, 275],
  ]),
  diverging: diverging(
    [
      [1, 0, 70],
      [0.87, 0.07, 68],
      [0.74, 0.14, 60],
      [0.6, 0.15, 48],
      [0.45, 0.12, 42],
    ],
    [
      [1, 0, 245],
      [0.87, 0.06, 243],
      [0.74, 0.12, 248],
      [0.6, 0.15, 258],
      [0.45, 0.15, 268],
    ],
  ),
  series: ['#3b6fd4', '#cf5b12', '#1da27e', '#ae378b', '#3d2a84', '#6f1c1c'],
}

export const DARK: Theme = {
  name: 'dark',
  background: '#111318',
  ink: '#e8eaf0',
  muted: '#9ca4b5',
  grid: '#272b35',
  zeta: '#7a8293',
  zetaFill: '#1d2129',
  accent: '#7ba6f5',
  contrast: '#f39a52',
  second: '#cf9be0',
  lightness: 0.74,
  ramp: ramp([
    [0.186, 0.009, 265],
    [0.36, 0.1, 275],
    [0.55, 0.15, 262],
    [0.75, 0.11, 235],
    [0.96, 0.04, 205],
  ]),
  diverging: diverging(
    [
      [0.186, 0, 45],
      [0.36, 0.08, 45],
      [0.55, 0.13, 48],
      [0.73, 0.14, 60],
      [0.88, 0.09, 75],
    ],
    [
      [0.186, 0, 272],
      [0.36, 0.1, 272],
      [0.55, 0.15, 262],
      [0.73, 0.12, 248],
      [0.88, 0.055, 238],
    ],
  ),
  series: ['#7ba6f5', '#f39a52', '#a8fcb7', '#cf425f', '#9a5dbc', '#fdd127'],
}

export const THEMES: Readonly<Record<ThemeName, Theme>> = { light: LIGHT, dark: DARK }

/** Colours of `count` levels in rising order: blue, violet, magenta, orange at one lightness. */
export function levelColours(theme: Theme, count: number): string[] {
  const [from, to] = [262, 412]
  return Array.from({ length: count }, (_, n) =>
    hex(toRgb(oklch(theme.lightness, 0.13, from + ((to - from) * n) / Math.max(count - 1, 3)))),
  )
}
