import { gaussianBridge } from './gaussian.js'
import { gridBridge } from './grid.js'
import { sampleBridge } from './points.js'

export type { BridgePathsOptions, GaussianBridge, GaussianBridgeOptions } from './gaussian.js'
export type { GridBridge, GridBridgeOptions } from './grid.js'
export type { SampleBridge, SampleBridgeOptions } from './points.js'

/** Schrödinger bridges: between normal distributions in closed form, with ζ on a line, and between samples. */
export const schrodingerBridge = {
  gaussian: gaussianBridge,
  grid: gridBridge,
  samples: sampleBridge,
} as const
