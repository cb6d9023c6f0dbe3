export { type OscillatorBeads, type OscillatorBeadsOptions, oscillatorBeads } from './oscillatorBeads.js'
export { PathIntegral, type PathIntegralOptions, pathIntegral } from './pathIntegral.js'
