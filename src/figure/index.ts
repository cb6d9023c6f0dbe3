export type { PhaseMapName } from './colour/phase.js'
export { THEMES, type Theme, type ThemeName } from './colour/theme.js'
export { Drawable, JUPYTER_DISPLAY } from './drawable.js'
export { FigureError, type FigureProblem } from './errors.js'
export { aboutOf } from './export/about.js'
export { figureCsv } from './export/csv.js'
export type { DataAxis, Dataset, Variable } from './export/dataset.js'
export { datasetsOf } from './export/datasets.js'
export type { FileFormat } from './export/formats.js'
export { figurePage, type PageTemplate, pageScript } from './export/html.js'
export { figureNpz } from './export/npz.js'
export {
  type ExportOptions,
  type Length,
  type Preset,
  requirePixels,
  type Sheet,
  sheetOf,
} from './export/options.js'
export { pdfPicture } from './export/pdf-picture.js'
export { withPngMetadata } from './export/png-metadata.js'
export { hasNothingDrawn, type Kept, kept } from './kept.js'
export { type DerivationData, derivationFigure } from './make/derivation.js'
export { type EigenstatesData, eigenstatesFigure } from './make/eigenstates.js'
export { type EvolutionData, evolutionFigure } from './make/evolution.js'
export { type LandscapeData, landscapeFigure } from './make/landscape.js'
export type {
  FieldMargin,
  FieldPanel,
  FieldPath,
  Framed,
  LinesPanel,
  Panel,
  PanelCursor,
  PanelScale,
  PanelSeries,
  PanelsData,
  TablePanel,
} from './make/panels/panel.js'
export { panelsFigure } from './make/panels/panels.js'
export { type ProblemData, problemFigure } from './make/problem.js'
export {
  STATE_FUNCTIONS,
  type StateFunction,
  type ThermalLineData,
  type ThermodynamicsData,
  thermodynamicsFigure,
  thermodynamicsStops,
} from './make/thermodynamics.js'
export { type WaveData, waveFigure } from './make/waves/wave.js'
export { keepOrigin, type Origin, originOf } from './origin.js'
export { MAX_ELEMENTS, type PackOptions, pack, unpack } from './packed.js'
export * from './payload.js'
export { PSILAB_VERSION, shortHash } from './provenance.js'
export type { Raster } from './raster/raster.js'
export { figureSchema } from './schema/document.js'
export { share } from './share.js'
export { breakable, countMarks, isStacked, lineTex, type Mark, markOf } from './spec/derivation.js'
export {
  frameCount,
  frameLabel,
  frameSymbol,
  frameUpdate,
  isChart,
  isPanelled,
  keyFrames,
  panelsOf,
  toVegaLite,
} from './spec/index.js'
export {
  DASHES,
  type Key,
  type KeyBar,
  type KeyEntry,
  type KeyWheel,
  keyOf,
  SIGN_PATHS,
  type Sign,
  wheelPicture,
} from './spec/key.js'
export {
  arrange,
  type ChartPanel,
  COLUMN_GAP,
  cursorFrame,
  cursorLabel,
  cursorStops,
  cursorValue,
  isChartPanel,
  type PanelRow,
  panelAt,
  panelFrame,
  panelKey,
  panelNotes,
  panelSpec,
  panelWords,
} from './spec/panels/index.js'
export { plainChart } from './spec/twin.js'
export { toVega } from './spec/vega.js'
export type { ChartFigure, Fonts, FrameUpdate, PanelledFigure, Row, Unit, View } from './spec/view.js'
export { PNG_FONTS } from './spec/view.js'
export { sliceOf } from './spec/waves/space.js'
export { isInSpace, type VolumeAxis, volumeAxes, volumeColours, volumeSamples } from './spec/waves/volume.js'
export { textAt } from './still/page.js'
export { stillPage } from './still/sheet.js'
export { provideTools, type StillTools } from './still/tools.js'
export type { Tabulated } from './tabulated.js'
export { validateFigure } from './validate.js'
export { attach, type DetachedFigure, detach, inflated, saved } from './wire.js'
export { problemCode } from './write/code.js'
export { derivationLatex, type LatexOptions } from './write/latex.js'
export { derivationMarkdown } from './write/markdown.js'
export { panelsText } from './write/panels.js'
export { derivationText } from './write/plain.js'
export { plainTex } from './write/plainTex.js'
export { type NumberedStep, type Section, sectionsOf, where } from './write/sentences.js'
export { tableText } from './write/table.js'
