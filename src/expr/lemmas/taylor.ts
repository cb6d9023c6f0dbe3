import { add, multiply, negate, number, power, subtract } from '../build.js'
import { ExpressionError } from '../errors.js'
import type { Node } from '../node.js'
import { type Assumptions, Normalizer } from '../normal/normal.js'
import { toNode } from '../normal/toNode.js'
import { ascii } from '../notations.js'
import { reduce } from '../rewrite/rewrite.js'
import { substitute } from '../substitute.js'
import type { Condition } from './lemma.js'
import { Expansion, endOf } from './series.js'

/** A truncated expansion: node = Σ terms + O(|x − a|^remainder). */
export interface Taylor {
  /** The terms by rising order; those that vanish are left out. */
  readonly terms: readonly { readonly order: number; readonly node: Node }[]
  /** Their sum. */
  readonly polynomial: Node
  /** Order of the first term that is left out. */
  readonly remainder: number
  readonly conditions: readonly Condition[]
}

/** Highest order, and most orders that a pole may take away. */
const MAX_ORDER = 16
const POLES = 8

const SMALL: Node & { kind: 'symbol' } = { kind: 'symbol', name: 'h$' }

/**
 * The Taylor polynomial of an order about a point, undefined functions included (their derivatives at the point are
 * jets), in several variables by total order: value, gradient, half the Hessian, …; about a pole the Laurent series.
 *
 * @param about one variable and its point, or several
 * @throws ExpressionError 'no-rule' where there is no such expansion, as at branch points and kinks.
 * @example
 * taylor(parse('zeta(x)', scope), { x: parse('a', scope) }, 2).polynomial // ζ(a) + ζ′(a)(x − a) + ζ″(a)(x − a)²/2
 */
export function taylor(
  node: Node,
  about: Readonly<Record<string, Node>>,
  order: number,
  assumptions: Assumptions = {},
): Taylor {
  const names = Object.keys(about)
  if (!Number.isInteger(order) || order < -POLES || order > MAX_ORDER || names.length === 0) {
    throw new ExpressionError({
      code: 'no-rule',
      what: `A Taylor polynomial has a variable and a whole order up to ${MAX_ORDER}, got order ${order}`,
    })
  }
  const steps = names.map((_, k): Node => ({ kind: 'symbol', name: `d$${k}` }))
  const single = names.length === 1
  const body = substitute(
    node,
    Object.fromEntries(
      names.map((name, k) => [name, add(about[name]!, single ? SMALL : multiply(SMALL, steps[k]!))]),
    ),
  )
  const back = Object.fromEntries(names.map((name, k) => [`d$${k}`, away(name, about[name]!)]))
  for (let length = Math.max(1, order + 1); length <= order + 1 + 2 * POLES; length += 2) {
    const normal = new Normalizer({ ...assumptions, real: [...(assumptions.real ?? []), SMALL.name] })
    const expansion = new Expansion(normal, SMALL.name, length)
    const series = expansion.of(body)
    if (!series || endOf(series) <= order) continue
    const terms = series.coefficients.flatMap((coefficient, k) => {
      const power = series.lowest + k
      if (power > order || normal.ring.isZero(coefficient)) return []
      const written = toNode(normal.ring, coefficient, single ? {} : { split: true })
      const short = single ? reduce(written, assumptions) : written
      return [
        {
          order: power,
          node: single ? times(short, away(names[0]!, about[names[0]!]!), power) : substitute(short, back),
        },
      ]
    })
    return {
      terms,
      polynomial:
        terms.length === 0
          ? number(0)
          : terms.length === 1
            ? terms[0]!.node
            : flat(terms.map((term) => term.node)),
      remainder: order + 1,
      conditions: expansion.demands.map(({ kind, of, follows }) => ({
        kind,
        of: reduce(toNode(normal.ring, of), assumptions),
        follows,
      })),
    }
  }
  throw new ExpressionError({
    code: 'no-rule',
    what: `No expansion of ${ascii(node)} about ${names.map((name) => `${name} = ${ascii(about[name]!)}`).join(', ')} was found`,
    remedy: 'Expand about a point where it is smooth or has a pole',
  })
}

/** x − a. */
const away = (name: string, point: Node): Node => subtract({ kind: 'symbol', name }, point)

/** c (x − a)^k, the power above the line of a quotient c. */
function times(c: Node, step: Node, k: number): Node {
  if (c.kind === 'negative') return negate(times(c.of, step, k))
  if (k < 0)
    return {
      kind: 'quotient',
      over: c.kind === 'quotient' ? c.over : c,
      under: multiply(...(c.kind === 'quotient' ? [c.under] : []), power(step, number(-k))),
    }
  const raised = power(step, number(k))
  if (c.kind === 'quotient') return { kind: 'quotient', over: multiply(c.over, raised), under: c.under }
  return multiply(c, raised)
}

const flat = (nodes: readonly Node[]): Node => ({
  kind: 'sum',
  terms: nodes.flatMap((node) => (node.kind === 'sum' ? node.terms : [node])),
})
