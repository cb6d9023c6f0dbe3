/**
 * Under what a line holds: conditions on expressions, and values that names were given on the way. Both go with the
 * line into what follows from it; a condition that becomes false, or a name with two values, ends the argument.
 */
import {
  type Condition,
  conditionTex,
  ExpressionError,
  evaluateComplex,
  functionsOf,
  hasBound,
  type Node,
  proveEqual,
  symbolsOf,
  writtenKey,
} from '../expr/index.js'
import { DerivationError } from './errors.js'
import type { Language } from './language.js'
import { putIn, type Where } from './where.js'

export interface Standing {
  readonly conditions: readonly Condition[]
  /** Values by name: of a solution that was put in, of a parameter on which a name with a value depends. */
  readonly values: Readonly<Record<string, Node>>
}

/** What several lines hold under together. @throws DerivationError 'unproved' where a name has two values. */
export function together(language: Language, id: string, standings: readonly Standing[]): Standing {
  const values: Record<string, Node> = {}
  for (const [name, value] of standings.flatMap((standing) => Object.entries(standing.values))) {
    const known = values[name]
    if (known && !proveEqual(known, value, language.assumptions)) {
      throw new DerivationError(
        'unproved',
        id,
        `one of the lines used holds for ${name} = ${language.unicodeOf(known)}, another for ${name} = ${language.unicodeOf(value)}`,
      )
    }
    values[name] = value
  }
  const conditions = new Map(
    standings.flatMap((standing) => standing.conditions).map((condition) => [keyOf(condition), condition]),
  )
  return { conditions: [...conditions.values()], values }
}

const keyOf = ({ kind, of }: Condition): string => `${kind} ${writtenKey(of)}`

/** Conditions with values put in. */
export function putInto(
  language: Language,
  conditions: readonly Condition[],
  where: Where,
): readonly Condition[] {
  return conditions.map((condition) => {
    const of = putIn(language, condition.of, where)
    return writtenKey(of) === writtenKey(condition.of) ? condition : { ...condition, of, follows: false }
  })
}

/** Conditions that are still open. @throws DerivationError 'unproved' for one that is false. */
export function openConditions(
  language: Language,
  id: string,
  conditions: readonly Condition[],
): readonly Condition[] {
  const distinct = new Map(conditions.map((condition) => [keyOf(condition), condition]))
  return [...distinct.values()].filter((condition) => {
    const verdict = verdictOf(condition)
    if (verdict === false)
      throw new DerivationError('unproved', id, `it would hold where ${plain(language, condition)} only`)
    return verdict === undefined
  })
}

export const written = (language: Language, condition: Condition): string =>
  `$${conditionTex(condition, (node) => language.texOf(node))}$`

const SIGNS: Readonly<Record<Condition['kind'], (of: string) => string>> = {
  positive: (of) => `${of} > 0`,
  nonnegative: (of) => `${of} ≥ 0`,
  positiveReal: (of) => `Re(${of}) > 0`,
  nonzero: (of) => `${of} ≠ 0`,
  belowOne: (of) => `|${of}| < 1`,
  limit: (of) => `Re(${of}) ≥ 0`,
  real: (of) => `${of} is real`,
}

const plain = (language: Language, { kind, of }: Condition): string => SIGNS[kind](language.unicodeOf(of))

/** Digits to which a number is computed that must be one side of a bound. */
const DIGITS = 20

/** Whether a condition on a number holds; undefined where it is on more than a number, or cannot be computed. */
function verdictOf({ kind, of, follows }: Condition): boolean | undefined {
  if (follows) return true
  if (symbolsOf(of).size + functionsOf(of).size > 0 || hasBound(of)) return undefined
  try {
    const { re, im } = evaluateComplex(of, {}, DIGITS)
    const real = im.isZero()
    switch (kind) {
      case 'positive':
        return real && re.gt(0)
      case 'nonnegative':
        return real && re.gte(0)
      case 'positiveReal':
        return re.gt(0)
      case 'nonzero':
        return !(real && re.isZero())
      case 'belowOne':
        return re.pow(2).plus(im.pow(2)).lt(1)
      case 'limit':
        return re.gte(0)
      case 'real':
        return real
    }
  } catch (error) {
    if (error instanceof ExpressionError) return undefined
    throw error
  }
}
