/**
 * What a figure asks of the page that it stands in: JupyterLab, or a page of its own.
 */
import type { Figure, Fonts, PageTemplate, PhaseMapName, ThemeName } from '../figure/index.js'
import type { LiveSession } from './controls/session.js'
import type { ToolbarEntry } from './toolbar/actions.js'

export interface PageHost {
  readonly theme: () => ThemeName
  /** Calls back when the theme has changed; returns what ends the watch. */
  readonly watchTheme: (changed: () => void) => () => void
  /** Fonts of the charts in a place: a canvas needs names, not variables. */
  readonly fonts: (place: Element) => Fonts
  /** Sets the formulas between dollar signs in a node; without one they are written in plain characters. */
  readonly typesetter: Typesetter | null
  readonly preferences: () => Preferences
  /** Calls back when a preference has changed; returns what ends the watch. */
  readonly watchPreferences: (changed: () => void) => () => void
  /** Whether figures are drawn at once, wherever they are, as in a page that is to be printed; default when near. */
  readonly eager?: boolean
  /** What computes figures anew in the page; undefined where a figure cannot be. */
  readonly live?: (figure: Figure) => Promise<LiveSession | undefined>
  /** What a file of figures carries besides them, fetched when one is saved; without it no such files are written. */
  readonly template?: () => Promise<PageTemplate>
  /** Actions of this page besides those of every figure. */
  readonly entries?: readonly ToolbarEntry[]
}

export interface Typesetter {
  typeset(node: HTMLElement): Promise<void> | void
}

/** How a reader wants figures to be. */
export interface Preferences {
  /** Colours of the phase. */
  readonly colourMap: PhaseMapName
  /** Most frames that are painted in a second. */
  readonly frameRate: number
  /** Whether nothing moves by itself: where the system asks for that, always, or never. */
  readonly reducedMotion: 'system' | 'always' | 'never'
  /** Whether figures with frames play when they come on the screen, where motion is not reduced. */
  readonly autoplay: boolean
}

export const DEFAULT_PREFERENCES: Preferences = {
  colourMap: 'uniform',
  frameRate: 60,
  reducedMotion: 'system',
  autoplay: true,
}

/** Whether a reader wants no motion that was not asked for. */
export function wantsStillness({ reducedMotion }: Preferences): boolean {
  return reducedMotion === 'system'
    ? matchMedia('(prefers-reduced-motion: reduce)').matches
    : reducedMotion === 'always'
}

/** Faces for symbols, in the order in which machines have them. */
export const MATH_FONT =
  '"STIX Two Text", "Latin Modern Roman", "Cambria Math", Georgia, "DejaVu Serif", serif'

/** The fonts that a place's style names. */
export function fontsOf(place: Element): Fonts {
  return { text: getComputedStyle(place).fontFamily || 'sans-serif', math: MATH_FONT }
}
