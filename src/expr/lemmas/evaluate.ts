import { ExpressionError } from '../errors.js'
import { type Bound, hasBound, mapParts, type Node, symbolsOf } from '../node.js'
import { type Assumptions, Normalizer } from '../normal/normal.js'
import { isPositive } from '../normal/signs.js'
import { ELEMENTARY_INTEGRALS } from './elementaryIntegral.js'
import { GAUSSIAN_INTEGRALS } from './gaussianIntegral.js'
import type { Condition, Lemma, Result } from './lemma.js'
import { LIMITS } from './limits.js'
import { SUMS } from './sums.js'

/** Every lemma, in the order in which they are tried. */
export const LEMMAS: readonly Lemma[] = [...GAUSSIAN_INTEGRALS, ...ELEMENTARY_INTEGRALS, ...SUMS, ...LIMITS]

/** One use of a lemma. */
export interface Application {
  readonly lemma: Lemma
  /** The integral, sum or limit that it evaluated, and its value. */
  readonly of: Bound
  readonly value: Node
  readonly conditions: readonly Condition[]
}

export interface Evaluation {
  readonly node: Node
  /** Innermost first. */
  readonly used: readonly Application[]
}

/**
 * Replaces every integral, sum and limit that a lemma evaluates by its value, innermost first; the others stay.
 *
 * @example
 * evaluateBound(parse('integral(exp(-a*x^2), x, -infinity, infinity)', scope), { positive: ['a'] }).node // √(π/a)
 */
export function evaluateBound(node: Node, assumptions: Assumptions = {}): Evaluation {
  const used: Application[] = []
  const inside = (part: Node, known: Assumptions, open: readonly string[]): Node => {
    const within = part.kind === 'bound' ? [...open, part.variable] : open
    const inner = mapParts(part, (each) =>
      part.kind === 'bound' && each === part.body
        ? inside(each, boundKnown(part, known), within)
        : inside(each, known, open),
    )
    if (inner.kind !== 'bound') return inner
    const application = maybeApplication(inner, known)
    // What is asked of the variable of an outer integral would have to hold on its whole range.
    const asked = application?.conditions.filter(({ follows }) => !follows) ?? []
    if (!application || asked.some(({ of }) => open.some((name) => symbolsOf(of).has(name)))) return inner
    used.push(application)
    return application.value
  }
  return { node: inside(node, assumptions, []), used }
}

/** What is known inside an integral or a sum: its variable is real, and positive only where its range is. */
function boundKnown({ operator, variable, limits }: Bound, assumptions: Assumptions): Assumptions {
  if (operator === 'limit' || !assumptions.positive?.includes(variable)) return assumptions
  const normal = new Normalizer(assumptions)
  const [from, to] = limits.map((limit) => normal.normalize(limit))
  const upwards = isPositive(normal.ring, from!) || (operator === 'integral' && normal.ring.isZero(from!))
  if (upwards && isPositive(normal.ring, to!)) return assumptions
  return { ...assumptions, positive: assumptions.positive.filter((name) => name !== variable) }
}

function maybeApplication(node: Bound, assumptions: Assumptions): Application | undefined {
  if (hasBound(node.body)) return undefined
  for (const lemma of LEMMAS) {
    const result = lemma.operator === node.operator ? tried(lemma, node, assumptions) : undefined
    if (result) return { lemma, of: node, ...result }
  }
  return undefined
}

/** What divides by zero or grows too large on the way, as Σ rⁿ at r = 1, is no case for the lemma. */
function tried(lemma: Lemma, node: Bound, assumptions: Assumptions): Result | undefined {
  try {
    return lemma.apply(node, assumptions)
  } catch (error) {
    if (
      error instanceof ExpressionError &&
      (error.code === 'division-by-zero' || error.code === 'too-complex')
    )
      return undefined
    throw error
  }
}
