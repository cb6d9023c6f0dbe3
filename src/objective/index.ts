export type { Interval } from '../expr/index.js'
export { breaksOf } from './breaks.js'
export { type Gradient, gradientOf, type Hessian, hessianOf } from './derivatives.js'
export { type FormulaData, formulaObjective } from './formulaObjective.js'
export { type LogisticData, logisticLoss } from './models/logisticLoss.js'
export type { Activation } from './models/network.js'
export { type PerceptronData, type PerceptronObjective, perceptronLoss } from './models/perceptronLoss.js'
export { standardize } from './models/standardize.js'
export {
  type Columns,
  type ExpressionObjectiveOptions,
  evaluateAll,
  evaluateAt,
  evaluateOn,
  expressionObjective,
  type FunctionOptions,
  functionObjective,
  gradientSquaredOn,
  type Minimum,
  type Objective,
  type ObjectiveFunction,
  type SampleGradients,
} from './objective.js'
export { type ObjectiveLike, objectiveFrom } from './objectiveFrom.js'
export type { Section } from './planes/plane.js'
export { type RandomPlaneOptions, randomPlane } from './planes/randomPlane.js'
export { type SectionOptions, section } from './planes/section.js'
export { type SampledData, type SampledObjective, sampledObjective } from './samples/sampledObjective.js'
export { type TabulateOptions, tabulate } from './samples/tabulate.js'
export type { TestFunctionName } from './testFunctions/rows.js'
export { TEST_FUNCTIONS, type TestFunctionOptions, testFunction } from './testFunctions/testFunction.js'
