/**
 * What a reader can do with a figure: the buttons at its top right, and the menus behind them.
 */
import type { Figure, View } from '../../figure/index.js'
import { SAVE_ICON, SAVINGS } from '../export/menu.js'
import type { PageHost } from '../host.js'

/** What an action works on. */
export interface ActionContext {
  /** The figure as it is shown now. */
  readonly figure: Figure
  /** How it is shown: frame, theme, width, fonts, colours. */
  readonly view: View
  readonly host: PageHost
  /** The node of the figure. */
  readonly node: HTMLElement
  /** Says a sentence below the figure for a while; it is read aloud, too. */
  readonly say: (sentence: string) => void
}

export interface FigureAction {
  readonly id: string
  /** Name of the button or the line of a menu, in the words of a reader. */
  readonly label: string
  /** Whether a figure in a page has this action; default every figure. */
  readonly applies?: (figure: Figure, host: PageHost) => boolean
  /** Errors are said to the reader. */
  readonly run: (context: ActionContext) => void | Promise<void>
}

/** A button at the top right. The icon is the outline of a drawing of 16 × 16. */
export interface ToolbarAction extends FigureAction {
  readonly icon: string
  /** Whether what it turns on and off is on; where it is absent the button only acts. */
  readonly pressed?: () => boolean
}

/** A button at the top right that opens a menu. Lines of one section stand together under its name. */
export interface ToolbarMenu {
  readonly id: string
  readonly label: string
  readonly icon: string
  readonly applies?: (figure: Figure, host: PageHost) => boolean
  readonly items: readonly (FigureAction & { readonly section?: string })[]
}

export type ToolbarEntry = ToolbarAction | ToolbarMenu

/** What every figure has besides its own buttons. */
export const ENTRIES: readonly ToolbarEntry[] = [
  { id: 'save', label: 'Save', icon: SAVE_ICON, items: SAVINGS },
]
