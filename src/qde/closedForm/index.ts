export { GaussianKernel } from './gaussianKernel.js'
export { type GaussianPacketOptions, gaussianPacket } from './gaussianPacket.js'
export { GaussianState } from './gaussianState.js'
export type { LineGaussian } from './lineGaussian.js'
export type { LineKernel, LineObjective } from './lineKernel.js'
export {
  type FreePropagatorOptions,
  freePropagator,
  type LinearPropagatorOptions,
  linearPropagator,
  type OscillatorPropagatorOptions,
  oscillatorPropagator,
  type QuadraticPropagatorOptions,
  quadraticPropagator,
} from './propagators.js'
export { type ClosedFormTime, QuadraticPropagator } from './quadraticPropagator.js'
