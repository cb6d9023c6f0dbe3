import type { Provenance } from './payload.js'

/** Version of the package that makes the figures. */
export const PSILAB_VERSION = '0.1.0'

/** Where a figure comes from. */
export function provenance(seed?: number): Provenance {
  return seed === undefined ? { psilab: PSILAB_VERSION } : { psilab: PSILAB_VERSION, seed }
}
