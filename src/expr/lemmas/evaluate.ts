import { boundName } from '../binders.js'
import { type Bound, mapParts, type Node, parts } from '../node.js'
import { type Assumptions, Normalizer } from '../normal.js'
import { reduce } from '../rewrite.js'
import { substitute } from '../substitute.js'
import { toNode } from '../toNode.js'
import { ELEMENTARY_INTEGRALS } from './elementaryIntegral.js'
import { GAUSSIAN_INTEGRALS } from './gaussianIntegral.js'
import type { Condition, Lemma, Problem } from './lemma.js'
import { SUMS } from './sums.js'

/** Every lemma, in the order in which they are tried. */
export const LEMMAS: readonly Lemma[] = [...GAUSSIAN_INTEGRALS, ...ELEMENTARY_INTEGRALS, ...SUMS]

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
  const inside = (part: Node): Node => {
    const inner = mapParts(part, inside)
    if (inner.kind !== 'bound') return inner
    const application = maybeApplication(inner, assumptions)
    if (!application) return inner
    used.push(application)
    return application.value
  }
  return { node: inside(node), used }
}

function maybeApplication(node: Bound, assumptions: Assumptions): Application | undefined {
  if (parts(node.body).length > 0 && hasBound(node.body)) return undefined
  const normal = new Normalizer(assumptions)
  const { ring } = normal
  const problem = problemOf(normal, node)
  for (const lemma of LEMMAS) {
    if (lemma.operator !== node.operator) continue
    const outcome = lemma.apply(problem)
    if (!outcome) continue
    const write = (element: Parameters<typeof toNode>[1]): Node => toNode(ring, element)
    return {
      lemma,
      of: node,
      value: reduce(write(outcome.value), assumptions),
      conditions: outcome.demands.map(({ kind, of, follows }) => ({
        kind,
        of: reduce(write(of), assumptions),
        follows,
      })),
    }
  }
  return undefined
}

const hasBound = (node: Node): boolean => node.kind === 'bound' || parts(node).some(hasBound)

/** A bound node in the normal form. */
export function problemOf(normal: Normalizer, node: Bound): Problem {
  const name = boundName(node)
  const symbol: Node = { kind: 'symbol', name }
  const body = normal.normalize(substitute(node.body, { [node.variable]: symbol }))
  const limits = node.limits.map((limit) => normal.normalize(limit))
  const variable = normal.ring.intern({ kind: 'symbol', name, args: [], positive: false, real: true })
  return { node, normal, ring: normal.ring, variable, body, limits }
}
