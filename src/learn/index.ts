export { type DescentPath, type GradientDescentOptions, gradientDescent } from './gradientDescent.js'
