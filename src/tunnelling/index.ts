export { Decay, type DecayOptions, decay } from './decay.js'
export type { Instanton } from './instanton.js'
export {
  PacketTransmission,
  type PacketTransmissionOptions,
  packetTransmission,
} from './packetTransmission.js'
export { type Resonance, type ResonanceOptions, Resonances, resonances } from './resonances.js'
export { wkbLevels, wkbTransmission } from './semiclassics.js'
export { TunnellingTable, tunnellingTable } from './table.js'
export { Tunnelling, type TunnellingOptions, tunnelling } from './tunnelling.js'
