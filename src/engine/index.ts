export { referenceStepper } from './reference.js'
export type { Stepper, StepperAxis, StepperBoundary, StepperRequest, StepperStage } from './request.js'
export { stepper } from './stepper.js'
