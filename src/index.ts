/** ψlab: the quantum dynamic equation of machine learning in real, imaginary and complex time. */
export { Complex } from 'complex.js'
export {
  type Derivation,
  DerivationError,
  derivation,
  derive,
  Language,
  type Move,
  RULES,
  type Step,
  type StepText,
  type Vocabulary,
  type Where,
} from './derive/index.js'
export { type ErrorCode, PsilabError } from './error.js'
export {
  compile,
  type Expression,
  ExpressionError,
  type ExpressionErrorCode,
  type ExpressionOptions,
  parseExpression,
} from './expr/index.js'
export {
  type Axis,
  axis,
  type Boundary,
  type Grid,
  grid,
  type Interval,
  interpolate,
  type Momentum,
  type Reading,
  WaveFunction,
} from './grid/index.js'
export { type NpyArray, readNpz, writeCsv, writeNpz } from './interchange/index.js'
export { type DescentPath, type GradientDescentOptions, gradientDescent } from './learn/index.js'
export {
  type Columns,
  expressionObjective,
  functionObjective,
  type LogisticData,
  logisticLoss,
  type Objective,
  type ObjectiveFunction,
  standardize,
} from './objective/index.js'
export {
  type ClosedFormTime,
  type Eigenstates,
  type Evolution,
  type EvolveOptions,
  type FreePropagatorOptions,
  freePropagator,
  type GaussianKernel,
  type GaussianPacketOptions,
  type GaussianState,
  type GridOptions,
  gaussianPacket,
  Hamiltonian,
  type InitialState,
  type Landscape,
  type LandscapeMarks,
  type LinearPropagatorOptions,
  landscape,
  linearPropagator,
  type OscillatorPropagatorOptions,
  oscillatorPropagator,
  type PreciseLevels,
  type Problem,
  type QdeOptions,
  type QuadraticPropagator,
  type QuadraticPropagatorOptions,
  qde,
  quadraticPropagator,
  SPLITTINGS,
  type SplittingName,
  type WavePacketOptions,
  wavePacket,
} from './qde/index.js'
export { type ThermodynamicPoint, type Thermodynamics, thermodynamicsOfLevels } from './thermal/index.js'
