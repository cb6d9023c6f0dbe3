import type { Expression } from '../../expr/index.js'

/** What levels to many digits are asked of. */
export interface PreciseOptions {
  /** ζ, an expression of one variable. */
  readonly objective: Expression
  /** D > 0; like the parameters of ζ it stands for its shortest decimal, so that 0.1 is 1/10. */
  readonly D: number
  /** How many levels, 1 to 64. */
  readonly levels: number
  /** Significant digits of each level, and decimals where |E| < 1; 10 to 200. */
  readonly digits: number
}
