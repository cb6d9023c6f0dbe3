export type { Instanton } from './instanton.js'
export { TunnellingTable, tunnellingTable } from './table.js'
export { Tunnelling, type TunnellingOptions, tunnelling } from './tunnelling.js'
