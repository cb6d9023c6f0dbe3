export * from './diffusion/index.js'
export * from './fokkerPlanck/index.js'
export { type DescentPath, type GradientDescentOptions, gradientDescent } from './gradientDescent.js'
export * from './softmax/index.js'
