import { add, divide, negate, number } from '../build.js'
import { ExpressionError } from '../errors.js'
import { type Bound, type Node, symbolsOf } from '../node.js'
import { type Assumptions, Normalizer } from '../normal/normal.js'
import { reduce } from '../rewrite/rewrite.js'
import { substitute } from '../substitute.js'
import { GrowthOf } from './growth.js'
import { type Condition, endless, type Lemma, type Result, written } from './lemma.js'
import { Expansion, endOf } from './series.js'

/** The small or large variable that a limit is written in; no text spells it. */
const SMALL: Node & { kind: 'symbol' } = { kind: 'symbol', name: 'h$' }
/** Coefficients with which a series is tried, one after the other. */
const LENGTHS = [2, 4, 8, 12]

/** Where a limit goes: the variable in terms of h → 0, or of h → +∞, if it is approached from one side only. */
interface Approach {
  readonly small: Node
  readonly large?: Node
}

function approach({ variable, limits }: Bound, assumptions: Assumptions): Approach {
  const normal = new Normalizer(assumptions)
  const [to] = limits
  const side = endless(normal.ring, normal.normalize(to!))
  if (side !== undefined) {
    const signed = (node: Node): Node => (side > 0 ? node : negate(node))
    return { small: signed(divide(number(1), SMALL)), large: signed(SMALL) }
  }
  const small = add(to!, SMALL)
  // A positive variable comes to 0 from above.
  const fromAbove =
    (assumptions.positive?.includes(variable) ?? false) && normal.ring.isZero(normal.normalize(to!))
  return fromAbove ? { small, large: divide(number(1), SMALL) } : { small }
}

const positiveSmall = (assumptions: Assumptions): Assumptions => ({
  ...assumptions,
  positive: [...(assumptions.positive ?? []), SMALL.name],
})
const realSmall = (assumptions: Assumptions): Assumptions => ({
  ...assumptions,
  real: [...(assumptions.real ?? []), SMALL.name],
})

/** The value that the first coefficients of the series in h give, where the series has no negative power. */
function byExpansion(node: Bound, assumptions: Assumptions): Result | undefined {
  const { small, large } = approach(node, assumptions)
  const above = large !== undefined
  const body = substitute(node.body, { [node.variable]: small })
  for (const length of LENGTHS) {
    const normal = new Normalizer((above ? positiveSmall : realSmall)(assumptions))
    const expansion = new Expansion(normal, SMALL.name, length, above)
    const series = expansion.of(body)
    if (!series) continue
    const first = series.coefficients.findIndex((c) => !normal.ring.isZero(c))
    const lowest = first < 0 ? endOf(series) : series.lowest + first
    if (lowest < 0) {
      if (first >= 0) return undefined
      continue
    }
    const value = lowest === 0 && first >= 0 ? series.coefficients[first]! : normal.ring.zero
    // Without a coefficient of h⁰ nothing is known.
    if (endOf(series) < 1) continue
    return written(normal.ring, { value, demands: unique(normal, expansion) }, assumptions)
  }
  return undefined
}

function unique({ ring }: Normalizer, { demands }: Expansion | GrowthOf): Expansion['demands'] {
  return demands.filter(
    ({ kind, of }, k) => demands.findIndex((other) => other.kind === kind && ring.equal(other.of, of)) === k,
  )
}

/** By what grows fastest, for a variable that goes to infinity. */
function byGrowth(node: Bound, assumptions: Assumptions): Result | undefined {
  const { large } = approach(node, assumptions)
  if (!large) return undefined
  const normal = new Normalizer(positiveSmall(assumptions))
  const { ring } = normal
  const element = normal.normalize(substitute(node.body, { [node.variable]: large }))
  if (ring.isZero(element)) return { value: number(0), conditions: [] }
  const variable = ring.intern({ kind: 'symbol', name: SMALL.name, args: [], positive: true, real: true })
  const growths = new GrowthOf(ring, variable)
  const growth = growths.of(element)
  const value = growth && growths.maybeLimit(growth)
  return value && written(ring, { value, demands: unique(normal, growths) }, assumptions)
}

/** f(a) where the series starts with it and the tree itself can be taken there. */
function byContinuity(node: Bound, assumptions: Assumptions): Result | undefined {
  const [to] = node.limits
  if (symbolsOf(node.body).has(node.variable) && to!.kind === 'constant' && to!.name === 'infinity')
    return undefined
  const result = byExpansion(node, assumptions)
  if (!result) return undefined
  try {
    const value = substitute(node.body, { [node.variable]: to! })
    const normal = new Normalizer(assumptions)
    if (!normal.ring.equal(normal.normalize(value), normal.normalize(result.value))) return undefined
    return { value: reduce(value, assumptions), conditions: result.conditions }
  } catch (error) {
    if (error instanceof ExpressionError && error.code === 'division-by-zero') return undefined
    throw error
  }
}

/** A rule for limits as it is tried: an identically vanishing denominator and the like mean that it does not apply. */
const tried =
  (rule: (node: Bound, assumptions: Assumptions) => Result | undefined): Lemma['apply'] =>
  (node, assumptions) => {
    try {
      return rule(node, assumptions)
    } catch (error) {
      if (error instanceof ExpressionError) return undefined
      throw error
    }
  }

export const LIMITS: readonly Lemma[] = [
  {
    id: 'continuity',
    label: 'Continuity',
    statement: '\\lim_{x \\to a} f(x) = f(a)',
    reference: 'Rudin, Principles of Mathematical Analysis (3rd ed.), 4.6',
    operator: 'limit',
    apply: tried(byContinuity),
  },
  {
    id: 'leading-terms',
    label: 'Ratio of leading terms',
    statement:
      '\\lim_{x \\to a} \\frac{c_{n} (x-a)^{n} + \\dots}{d_{n} (x-a)^{n} + \\dots} = \\frac{c_{n}}{d_{n}}, \\quad d_{n} \\neq 0',
    reference: 'Taylor’s theorem; Rudin, Principles of Mathematical Analysis (3rd ed.), 5.15',
    operator: 'limit',
    apply: tried(byExpansion),
  },
  {
    id: 'dominant-term',
    label: 'Dominant exponential',
    statement: '\\lim_{x \\to \\infty} x^{k} e^{-\\Delta x} = 0, \\quad \\operatorname{Re} \\Delta > 0',
    reference: 'Hardy, Orders of Infinity (1910); DLMF §4.4(iii)',
    operator: 'limit',
    apply: tried(byGrowth),
  },
]

/** A limit, the rule that gives it and what it asks for. */
export interface Limit {
  readonly value: Node
  readonly lemma: Lemma
  readonly conditions: readonly Condition[]
}

/**
 * lim node as variable → to, two-sided at finite points, from above where the variable is declared positive and goes
 * to 0; undefined where no rule applies.
 *
 * @param to a tree; the constant infinity, or minus it, for an endless limit
 * @example
 * limitOf(parse('sin(x)/x', scope), 'x', number(0))?.value // 1
 */
export function limitOf(
  node: Node,
  variable: string,
  to: Node,
  assumptions: Assumptions = {},
): Limit | undefined {
  const bound: Bound = { kind: 'bound', operator: 'limit', variable, body: node, limits: [to] }
  for (const lemma of LIMITS) {
    const result = lemma.apply(bound, assumptions)
    if (result) return { lemma, ...result }
  }
  return undefined
}
