/**
 * Every kind of figure: a new one is a file beside this, named here three times over.
 */
import { derivationSchema } from './derivation.js'
import { eigenstatesSchema } from './eigenstates.js'
import { evolutionSchema } from './evolution.js'
import { landscapeSchema } from './landscape.js'
import { panelsSchema } from './panels.js'
import { problemSchema } from './problem.js'
import { type TypeOf, union } from './schema.js'
import { thermodynamicsSchema } from './thermodynamics.js'
import { waveSchema } from './wave.js'

export const figure = union(
  'kind',
  problemSchema,
  evolutionSchema,
  eigenstatesSchema,
  thermodynamicsSchema,
  landscapeSchema,
  waveSchema,
  derivationSchema,
  panelsSchema,
)

export type Figure = TypeOf<typeof figure>

export type { Provenance, ViewRecord } from './base.js'
export type { DerivationFigure, DerivationStepRecord, SymbolRecord, VerdictRecord } from './derivation.js'
export type { EigenstatesFigure } from './eigenstates.js'
export type { EvolutionFigure } from './evolution.js'
export type { LandscapeFigure } from './landscape.js'
export type {
  ControlRecord,
  GridRecord,
  InitialRecord,
  LiveDensityMatrix,
  LiveEigenstates,
  LiveEvolution,
  LiveProblem,
  LiveRecord,
  LiveThermodynamics,
  ObjectiveRecord,
  PacketRecord,
  PhasePortraitRecord,
  SamplesRecord,
} from './live.js'
export type { PackedArray } from './packed.js'
export type {
  CursorRecord,
  FieldPanelRecord,
  LinesPanelRecord,
  MarginRecord,
  PanelRecord,
  PanelsFigure,
  ScaleRecord,
  SeriesRecord,
  TablePanelRecord,
} from './panels.js'
export type { ProblemFigure } from './problem.js'
export type { AxisRecord, ProblemRecord } from './problem-record.js'
export type { ThermalLineRecord, ThermodynamicsFigure } from './thermodynamics.js'
export type { WaveFigure } from './wave.js'
