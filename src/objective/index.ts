export { type LogisticData, logisticLoss } from './logisticLoss.js'
export {
  type Columns,
  type ExpressionObjectiveOptions,
  evaluateFinite,
  expressionObjective,
  type FunctionOptions,
  functionObjective,
  type Objective,
  type ObjectiveFunction,
} from './objective.js'
export { standardize } from './standardize.js'
