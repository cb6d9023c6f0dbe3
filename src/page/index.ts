export type { LiveSession } from './controls/session.js'
export { element } from './dom.js'
export { fallback, picture } from './fallback.js'
export { type FigureOptions, FigureView } from './figureView.js'
export { DEFAULT_PREFERENCES, fontsOf, type PageHost, type Preferences, type Typesetter } from './host.js'
export { Cursors, type CursorWatcher, cursors } from './hub/cursors.js'
export { type LiveFigure, LiveFigures, liveFigures } from './hub/liveFigures.js'
export { standalonePage } from './standalone/page.js'
export type {
  ActionContext,
  FigureAction,
  ToolbarAction,
  ToolbarEntry,
  ToolbarMenu,
} from './toolbar/actions.js'
