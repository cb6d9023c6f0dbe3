export * from './diffusion/index.js'
export { type DescentPath, type GradientDescentOptions, gradientDescent } from './gradientDescent.js'
