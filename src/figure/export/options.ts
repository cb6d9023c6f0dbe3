/**
 * How a figure is put on paper or on a screen: its width in real units, its resolution, its colours.
 */
import { PsilabError, requireInteger, requireKeys, requireNumber } from '../../error.js'
import { THEMES, type ThemeName } from '../colour/theme.js'

/** A width with its unit: `'86mm'`, `'8.6cm'`, `'3.4in'`, `'640px'`; 96 px are one inch, as on every page. */
export type Length = `${number}${Unit}`

export interface ExportOptions {
  /**
   * Width, resolution and margins that suit a column of a journal (86 mm, 300 dots an inch), both columns (178 mm) or a
   * slide (13⅓ inch, letters twice as large). In columns letters measure 8 to 9 pt and the title is left out, for the
   * caption says it. Default none: 760 px with a title.
   */
  readonly preset?: Preset
  /** Width of the whole figure, from 32 mm to 1 m, with its unit. The letters keep their size. Default that of the preset. */
  readonly width?: Length
  /** Dots an inch of a PNG, 36 to 2400; default 144, or that of the preset. */
  readonly dpi?: number
  /** Default `light`. */
  readonly theme?: ThemeName
  /** Of a figure that moves: the index of the one frame shown. Default: key frames beside each other, in HTML all. */
  readonly frame?: number
  /** Whether there is no paper behind the figure; default false. */
  readonly transparent?: boolean
}

const PRESETS = {
  /** Widths of the American Physical Society: one column, and both. */
  'single-column': { width: '86mm', dpi: 300, zoom: 1, margin: 3, titled: false },
  'double-column': { width: '178mm', dpi: 300, zoom: 1, margin: 3, titled: false },
  /** A slide of 16 : 9, read from afar. */
  slide: { width: '1280px', dpi: 144, zoom: 2, margin: 20, titled: true },
} as const satisfies Record<string, Style>

export type Preset = 'single-column' | 'double-column' | 'slide'

interface Style {
  readonly width: Length
  readonly dpi: number
  /** Pixels of the sheet for each of the layout. */
  readonly zoom: number
  /** Margin in pixels of the layout. */
  readonly margin: number
  readonly titled: boolean
}

const SCREEN: Style = { width: '760px', dpi: 144, zoom: 1, margin: 20, titled: true }

/** A sheet, decided in all. Lengths in pixels of 1/96 inch. */
export interface Sheet {
  readonly theme: ThemeName
  /** Width of the sheet as it was asked for, and in pixels. */
  readonly length: Length
  readonly width: number
  readonly zoom: number
  readonly margin: number
  readonly titled: boolean
  readonly transparent: boolean
  readonly dpi: number
  readonly frame?: number
}

const UNITS = { px: 1, in: 96, cm: 96 / 2.54, mm: 96 / 25.4 } as const
type Unit = keyof typeof UNITS

export const PIXELS_PER_INCH: number = UNITS.in

/** Narrowest and widest sheet, in pixels of the layout: below, no chart has room; above, nobody prints. */
const [NARROWEST, WIDEST] = [120, 3780]

const KEYS = ['preset', 'width', 'dpi', 'theme', 'frame', 'transparent'] as const

/**
 * The sheet that options ask for.
 * @throws PsilabError `parameter` for an option that does not exist or is out of its range
 */
export function sheetOf(options: ExportOptions = {}): Sheet {
  requireKeys('options', options, KEYS)
  const { preset, theme = 'light', frame, transparent = false } = options
  if (preset !== undefined) requireOneOf('preset', preset, Object.keys(PRESETS))
  requireOneOf('theme', theme, Object.keys(THEMES))
  if (frame !== undefined) requireInteger('frame', frame, 0, Number.MAX_SAFE_INTEGER)
  if (typeof transparent !== 'boolean') fail('transparent', 'true or false', transparent)
  const style = preset === undefined ? SCREEN : PRESETS[preset]
  const length = options.width ?? style.width
  const width = pixelsOf(length)
  const layout = width / style.zoom
  if (layout < NARROWEST || layout > WIDEST) {
    fail('width', `from ${NARROWEST * style.zoom} to ${WIDEST * style.zoom} px`, length)
  }
  const dpi = requireNumber('dpi', options.dpi ?? style.dpi, '36 to 2400', (n) => n >= 36 && n <= 2400)
  const { zoom, margin, titled } = style
  return {
    theme,
    length,
    width,
    zoom,
    margin,
    titled,
    transparent,
    dpi,
    ...(frame !== undefined && { frame }),
  }
}

/** Pixels of a length. A bare number has no unit, and is refused. */
function pixelsOf(length: unknown): number {
  const [, number = '', unit = ''] = /^(\d+(?:\.\d+)?) ?(px|mm|cm|in)$/.exec(String(length)) ?? []
  if (number === '') fail('width', "a number with its unit: '86mm', '8.6cm', '3.4in' or '640px'", length)
  return Number(number) * UNITS[unit as Unit]
}

/** A number of pixels in the unit of a length, to a thousandth. */
export function inUnitOf(length: Length, pixels: number): Length {
  const unit = /[a-z]+$/.exec(length)![0] as Unit
  return `${Math.round((pixels / UNITS[unit]) * 1000) / 1000}${unit}`
}

function requireOneOf(parameter: string, value: unknown, allowed: readonly string[]): void {
  if (!allowed.includes(value as string)) fail(parameter, allowed.join(', '), value)
}

function fail(parameter: string, allowed: string, got: unknown): never {
  throw new PsilabError({ code: 'parameter', parameter, problem: 'out of range', allowed, got })
}

/** Most pixels of a picture: what the renderer allocates is four bytes for each, some times over. */
const MAX_PIXELS = 60_000_000

/** @throws PsilabError `too-large` before anything is allocated */
export function requirePixels(width: number, height: number, dpi: number): void {
  if (width * height <= MAX_PIXELS) return
  throw new PsilabError({
    code: 'too-large',
    parameter: 'dpi',
    problem: `a picture of ${width} × ${height} pixels`,
    allowed: `at most ${MAX_PIXELS / 1e6} million pixels`,
    got: dpi,
    advice:
      'Ask for fewer dots an inch, for a narrower figure, or for a PDF or an SVG, which have no pixels.',
  })
}
