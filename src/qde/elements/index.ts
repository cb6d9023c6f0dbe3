export { adaptiveLevels, type Demand } from './adaptive.js'
export { ElementFunction, type ElementLevel, type End } from './sturmLiouville.js'
