export {
  MAX_TRUNCATION,
  type ThermodynamicPoint,
  Thermodynamics,
  thermodynamicsOfLevels,
} from './thermodynamics.js'
