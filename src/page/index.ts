export { element } from './dom.js'
export { fallback, picture } from './fallback.js'
export { FigureView } from './figureView.js'
export { DEFAULT_PREFERENCES, fontsOf, type PageHost, type Preferences, type Typesetter } from './host.js'
