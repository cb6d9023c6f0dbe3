export { describeProblem, FigureError, type FigureProblem } from './errors.js'
export { type DerivationData, derivationFigure } from './make/derivation.js'
export { type EigenstatesData, eigenstatesFigure } from './make/eigenstates.js'
export { type EvolutionData, evolutionFigure } from './make/evolution.js'
export { type LandscapeData, landscapeFigure } from './make/landscape.js'
export { type ProblemData, problemFigure } from './make/problem.js'
export {
  STATE_FUNCTIONS,
  type StateFunction,
  type ThermodynamicsData,
  thermodynamicsFigure,
} from './make/thermodynamics.js'
export { MAX_ELEMENTS, type PackOptions, pack, unpack } from './packed.js'
export * from './payload.js'
export { PSILAB_VERSION } from './provenance.js'
export { Drawable, JUPYTER_DISPLAY } from './drawable.js'
export { frameCount, frameLabel, frameUpdate, isChart, toVegaLite } from './spec/index.js'
export type { ChartFigure, Fonts, FrameUpdate, Row, View } from './spec/view.js'
