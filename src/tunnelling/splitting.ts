/** The two lowest levels and their distance, in doubles or, where those do not see it, in as many digits as it takes. */
import { PsilabError } from '../error.js'
import type { Eigenstates, Problem } from '../qde/index.js'

export interface Splitting {
  readonly energies: Float64Array
  /** E₁ − E₀, and an estimate of its error. */
  readonly splitting: number
  readonly error: number
  /** Levels and splitting as decimals, where more than doubles were used. */
  readonly digits?: { readonly energies: readonly string[]; readonly splitting: string }
  /** Why the splitting has few digits, where it has. */
  readonly note?: string
}

/** Relative error of a splitting from which on more digits are asked for, and below which it is not worth a word. */
const VISIBLE = 1e-10
/** Digits of the first attempt, and the most; digits that the splitting should have. */
const FIRST = 25
const LAST = 200
const WANTED = 14

/** @param digits significant digits of the levels; by default as many as show the splitting */
export function splittingOf(problem: Problem, doubles: Eigenstates, digits: number | undefined): Splitting {
  const gap = doubles.gap
  const error = doubles.errors[0] + doubles.errors[1]
  const inDoubles = { energies: doubles.energies, splitting: gap, error }
  if (digits === undefined && error <= VISIBLE * gap) return inDoubles
  try {
    for (let wanted = digits ?? FIRST; ; wanted = Math.min(LAST, 2 * wanted)) {
      const precise = problem.eigenstates(2, { digits: wanted })
      const splitting = Number(precise.gap)
      const last = 10 ** -decimals(precise.energies[0])
      if (digits === undefined && !(splitting > 10 ** WANTED * last) && wanted < LAST) continue
      return {
        energies: precise.toNumbers(),
        splitting,
        // The levels are rounded to their last decimal, the splitting to that of a double.
        error: Math.max(2 * last, Number.EPSILON * splitting),
        digits: { energies: precise.energies, splitting: precise.gap! },
      }
    }
  } catch (reason) {
    if (digits !== undefined || !(reason instanceof PsilabError)) throw reason
    return {
      ...inDoubles,
      note: `the splitting is known to ${error.toExponential(0)} only: more digits need ζ as a smooth expression, and no given box`,
    }
  }
}

function decimals(text: string): number {
  return text.split('.')[1]?.length ?? 0
}
