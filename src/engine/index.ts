export { type Operator, type OperatorRequest, operator } from './operator.js'
export { referenceOperator, referenceStepper } from './reference.js'
export type {
  Factors,
  Stepper,
  StepperAxis,
  StepperBoundary,
  StepperRequest,
  StepperStage,
} from './request.js'
export { memoryOf, stepper } from './stepper.js'
