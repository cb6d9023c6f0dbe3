import { compareAtPoints, type Opinion, secondWitness } from '../expr/index.js'
import type { Language } from './language.js'
import type { Step } from './step.js'

/** What others than the exact normal form say of the equalities of a step. */
export interface Testimony {
  /** Id of the step. */
  readonly step: string
  /** How many equalities the step rests on. */
  readonly equalities: number
  /** Least number of digits to which their sides agree at seeded points; undefined where points do not decide. */
  readonly digits: number | undefined
  /** The opinion of Algebrite: `equal` when it finds all of them equal, `none` when it cannot tell. */
  readonly algebrite: Opinion
}

/** Asks two witnesses that share nothing with the normal form: arithmetic with 60 digits, and Algebrite. */
export async function testimonies(language: Language, steps: readonly Step[]): Promise<readonly Testimony[]> {
  const second = await secondWitness()
  const heard: Testimony[] = []
  for (const { id, obligations } of steps) {
    if (obligations.length === 0) continue
    const digits = obligations.map(({ left, right }) => digitsOf(language, left, right))
    const opinions = obligations.map(({ left, right }) => second.opinion(left, right))
    heard.push({
      step: id,
      equalities: obligations.length,
      digits: digits.every((count) => count !== undefined) ? Math.min(...digits) : undefined,
      algebrite: (['different', 'none'] as const).find((opinion) => opinions.includes(opinion)) ?? 'equal',
    })
    // Other work, and the stop button, get their turn between steps.
    await new Promise((resolve) => setTimeout(resolve))
  }
  return heard
}

/** @returns 0 where a point tells the sides apart. */
function digitsOf(
  language: Language,
  left: Parameters<typeof compareAtPoints>[0],
  right: typeof left,
): number | undefined {
  const { positiveExpressions = [] } = language.assumptions
  const comparison = compareAtPoints(left, right, language.vocabulary, { positiveExpressions })
  if (comparison.kind === 'agrees') return comparison.digits
  return comparison.kind === 'differs' ? 0 : undefined
}
