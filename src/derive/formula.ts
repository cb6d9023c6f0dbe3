import type { Node } from '../expr/index.js'

/** How the sides of a formula stand to each other: equal, at most, at least, up to higher orders, in the limit. */
export type Sign = '=' | '<=' | '>=' | '~' | '->'

/** left = right. */
export interface Equation {
  readonly left: Node
  readonly right: Node
}

export interface Formula extends Equation {
  readonly sign: Sign
}

export const SIGN_TEX: Readonly<Record<Sign, string>> = {
  '=': '=',
  '<=': '\\le',
  '>=': '\\ge',
  '~': '\\approx',
  '->': '\\to',
}

export const SIGN_UNICODE: Readonly<Record<Sign, string>> = {
  '=': '=',
  '<=': '≤',
  '>=': '≥',
  '~': '≈',
  '->': '→',
}

/** Longest first, so that `<=` is not read as `=`. */
export const SIGN_PATTERN = /<=|>=|->|=|~/g
