export * from './descent/index.js'
export * from './diffusion/index.js'
export * from './fokkerPlanck/index.js'
export * from './softmax/index.js'
