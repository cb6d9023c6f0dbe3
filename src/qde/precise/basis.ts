/** What a basis is to the search for levels: H in blocks, at any size. */
import type { SymmetricMatrix } from './matrix.js'

export interface Block {
  readonly matrix: SymmetricMatrix
  /** How many of the lowest `levels` of H lie in this block: in one dimension even and odd levels alternate. */
  levelsOf(levels: number): number
}

export type Shape = Pick<SymmetricMatrix, 'size' | 'bandwidth'>

export interface Basis {
  /** What it is, in words. */
  readonly name: string
  /** H, with about `effort` times the size that the estimate of the extent asks for. */
  blocks(effort: number): readonly Block[]
  /** The blocks for an effort, before they are made. */
  shapes(effort: number): readonly Shape[]
}

/** What the matrices are for. */
export interface Precision {
  /** Decimals after the point that levels are wanted to. */
  readonly digits: number
  /** A typical distance of levels. */
  readonly spacing: number
}

export const EVEN = (levels: number): number => Math.ceil(levels / 2)
export const ODD = (levels: number): number => Math.floor(levels / 2)
export const ALL = (levels: number): number => levels

/** Bits that small pivots may take where levels are a unit apart. */
const GUARD = 128
/** Decimal digits beyond those wanted, for the sums. */
const SPARE = 8

/** Bits of a matrix with elements up to 2^magnitude, and those of them that are for small pivots. */
export function bitsFor({ digits, spacing }: Precision, magnitude: number): { bits: number; guard: number } {
  const guard = GUARD + 2 * Math.max(0, Math.ceil(-Math.log2(spacing)))
  return { bits: Math.ceil((digits + SPARE) * Math.log2(10) + Math.max(0, magnitude)) + guard, guard }
}
