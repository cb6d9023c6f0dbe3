export { type LogisticData, logisticLoss } from './logisticLoss.js'
export {
  type Columns,
  evaluateFinite,
  type ExpressionObjectiveOptions,
  expressionObjective,
  type FunctionOptions,
  functionObjective,
  type Objective,
  type ObjectiveFunction,
} from './objective.js'
export { standardize } from './standardize.js'
