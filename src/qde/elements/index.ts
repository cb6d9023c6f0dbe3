export { adaptiveLevels, type Demand } from './adaptive.js'
export { mesh, refined } from './mesh.js'
export { type Amplitudes, scattering } from './scattering.js'
export { ElementFunction, type ElementLevel, type End } from './sturmLiouville.js'
