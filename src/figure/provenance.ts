import { sha256 } from '@noble/hashes/sha2.js'
import type { ProblemRecord, Provenance } from './payload.js'

/** Version of the package that makes the figures. */
export const PSILAB_VERSION = '0.1.0'

/** Where a figure comes from. */
export function provenance(problem?: ProblemRecord, seed?: number): Provenance {
  return {
    psilab: PSILAB_VERSION,
    ...(seed !== undefined && { seed }),
    ...(problem && { problem: problemHash(problem) }),
  }
}

/**
 * The hash that figures of one problem share: of ζ with its constants, D, the coordinates, and the box where it was
 * given. Grids that were chosen are not part of a problem: each figure may need its own.
 */
function problemHash({ objective, zeta, text, parameters, D, grid }: ProblemRecord): string {
  return shortHash({
    zeta: objective ?? zeta ?? text,
    parameters,
    D,
    coordinates: grid.map(({ name }) => name),
    box: grid
      .filter((axis) => axis.given)
      .map(({ lower, upper, boundary, layer }) => ({ lower, upper, boundary, layer })),
  })
}

/** The first 64 bits of the SHA-256 of a value's canonical JSON, in hexadecimal. */
export function shortHash(value: unknown): string {
  const bytes = sha256(new TextEncoder().encode(canonicalJSON(value)))
  return Array.from(bytes.subarray(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/**
 * JSON that is the same for equal values: keys in order, numbers as ECMAScript writes them (−0 as 0), fields that are
 * undefined left out, no spaces.
 *
 * @see RFC 8785, JSON Canonicalization Scheme
 */
function canonicalJSON(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(canonicalJSON).join()}]`
  const fields = Object.entries(value).filter(([, each]) => each !== undefined)
  return `{${fields
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, each]) => `${JSON.stringify(key)}:${canonicalJSON(each)}`)
    .join()}}`
}
