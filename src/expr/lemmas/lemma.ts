import type { Bound, BoundOperator, Node } from '../node.js'
import { boundName } from '../normal/binders.js'
import { realPart } from '../normal/conjugate.js'
import { gaussian, ONE } from '../normal/gaussian.js'
import { type Assumptions, Normalizer } from '../normal/normal.js'
import type { Element, Ring } from '../normal/ring.js'
import { isNowhereZero } from '../normal/signs.js'
import { toNode } from '../normal/toNode.js'
import { reduce } from '../rewrite/rewrite.js'
import { substitute } from '../substitute.js'

/** What a side condition says of its expression; `limit` that an integral is the limit from Re > 0. */
export type ConditionKind =
  | 'positive'
  | 'nonnegative'
  | 'positiveReal'
  | 'nonzero'
  | 'belowOne'
  | 'limit'
  | 'real'

/** A condition under which a lemma holds, for the expression at hand. */
export interface Condition {
  readonly kind: ConditionKind
  readonly of: Node
  /** True where it follows from what is declared positive and real. */
  readonly follows: boolean
}

const CONDITION_TEX: Readonly<Record<ConditionKind, (of: string) => string>> = {
  positive: (of) => `${of} > 0`,
  nonnegative: (of) => `${of} \\ge 0`,
  positiveReal: (of) => `\\operatorname{Re}\\left(${of}\\right) > 0`,
  nonzero: (of) => `${of} \\neq 0`,
  belowOne: (of) => `\\left|${of}\\right| < 1`,
  limit: (of) => `\\operatorname{Re}\\left(${of}\\right) \\to 0^{+}`,
  real: (of) => `${of} \\in \\mathbb{R}`,
}

/** A condition in TeX, its expression written by the caller. */
export const conditionTex = ({ kind, of }: Condition, tex: (node: Node) => string): string =>
  CONDITION_TEX[kind](tex(of))

/** A condition on an element of a ring. */
export interface Demand {
  readonly kind: ConditionKind
  readonly of: Element
  readonly follows: boolean
}

/** An integral, sum or limit in the normal form. */
export interface Problem {
  readonly node: Bound
  readonly normal: Normalizer
  readonly ring: Ring
  /** Atom of the bound variable, which is real. */
  readonly variable: number
  readonly body: Element
  /** From and to, or the point of a limit; ∞ is the atom of that name. */
  readonly limits: readonly Element[]
}

export interface Outcome {
  readonly value: Element
  readonly demands: readonly Demand[]
}

/** A statement that evaluates integrals, sums or limits of one kind. */
export interface Lemma {
  readonly id: string
  /** Name for readers. */
  readonly label: string
  readonly statement: string
  readonly reference: string
  readonly operator: BoundOperator
  /** The value where the lemma applies; undefined where it does not. */
  readonly apply: (node: Bound, assumptions: Assumptions) => Result | undefined
}

export interface Result {
  readonly value: Node
  readonly conditions: readonly Condition[]
}

/** A lemma that works in the normal form. */
export const inRing =
  (apply: (problem: Problem) => Outcome | undefined): Lemma['apply'] =>
  (node, assumptions) => {
    const normal = new Normalizer(assumptions)
    const outcome = apply(problemOf(normal, node))
    return outcome && written(normal.ring, outcome, assumptions)
  }

/** A bound node in the normal form. */
function problemOf(normal: Normalizer, node: Bound): Problem {
  const name = boundName(node)
  const symbol: Node = { kind: 'symbol', name }
  const body = normal.normalize(substitute(node.body, { [node.variable]: symbol }))
  const limits = node.limits.map((limit) => normal.normalize(limit))
  const variable = normal.ring.intern({ kind: 'symbol', name, args: [], positive: false, real: true })
  return { node, normal, ring: normal.ring, variable, body, limits }
}

/** True where a condition is surely not fulfilled, alone or beside the others, as Re s > 0 beside Re(−s) > 0. */
function fails(ring: Ring, { kind, of, follows }: Demand, others: readonly Demand[]): boolean {
  if (follows) return false
  if (kind === 'nonzero') return ring.isZero(of)
  if (kind === 'belowOne') {
    const { re, im } = ring.maybeConstant(of) ?? gaussian(0)
    return re.mul(re).add(im.mul(im)).compare(1) >= 0
  }
  if (kind !== 'positive' && kind !== 'positiveReal') return false
  const sign = realPart(ring, of)
  const opposite = ring.negate(of)
  return (
    sign === 'negative' ||
    sign === 'zero' ||
    others.some((other) => other.kind === kind && ring.equal(other.of, opposite))
  )
}

/** An outcome as trees, each as short as it gets; none where its conditions cannot be fulfilled. */
export function written(
  ring: Ring,
  { value, demands }: Outcome,
  assumptions: Assumptions,
): Result | undefined {
  if (demands.some((demand) => fails(ring, demand, demands))) return undefined
  const write = (element: Element): Node => reduce(toNode(ring, element), assumptions)
  return {
    value: write(value),
    conditions: demands.map(({ kind, of, follows }) => ({ kind, of: write(of), follows })),
  }
}

/** +1 for ∞, −1 for −∞. */
export function endless(ring: Ring, limit: Element): 1 | -1 | undefined {
  const term = ring.maybeTerm(limit)
  const [power] = term?.powers ?? []
  if (!term || !power || ring.atoms[power.atom]!.name !== 'infinity') return undefined
  return term.coefficient.re.s < 0n ? -1 : 1
}

/** That an element is not zero, where this is not sure. */
export function nonzero(ring: Ring, element: Element): readonly Demand[] {
  if (isNowhereZero(ring, element) || isNowhereZero(ring, ring.negate(element))) return []
  const term = ring.maybeTerm(element)
  const of = term ? ring.term({ ...term, coefficient: ONE }) : element
  return [{ kind: 'nonzero', of, follows: false }]
}
