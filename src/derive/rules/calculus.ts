import {
  add,
  differentiate,
  functionsOf,
  limitOf as limitOfNode,
  type Node,
  negate,
  number,
  proveEqual,
  substitute,
  subtract,
  symbolsOf,
} from '../../expr/index.js'
import { DerivationError } from '../errors.js'
import type { Language } from '../language.js'
import { bound, difference, INFINITY, isEndless } from './parts.js'
import type { Rules } from './rule.js'

/** False where an expression without undefined functions is not known to go to 0 at both ends of the line. */
const mayVanish = (language: Language, edge: Node, over: string): boolean =>
  functionsOf(edge).size > 0 ||
  [INFINITY, negate(INFINITY)].every((to) => {
    const found = limitOfNode(edge, over, to, language.assumptions)
    return found !== undefined && proveEqual(found.value, number(0), language.assumptions)
  })

interface Mixed {
  readonly orders: readonly number[]
  readonly node: Node
}

/** All partial derivatives up to a total order. */
function mixedDerivatives(node: Node, names: readonly string[], order: number): readonly Mixed[] {
  const [first, ...rest] = names
  if (first === undefined) return [{ orders: [], node }]
  const found: Mixed[] = []
  let slope = node
  for (let k = 0; k <= order; k++) {
    for (const inner of mixedDerivatives(slope, rest, order - k))
      found.push({ orders: [k, ...inner.orders], node: inner.node })
    slope = differentiate(slope, first)
  }
  return found
}

/** Theorems of the calculus. */
export const CALCULUS: Rules<'antiderivative' | 'byParts' | 'taylor'> = {
  antiderivative: {
    label: 'Fundamental theorem',
    relation: 'integral',
    statement: 'F^{\\prime} = f \\implies \\int_a^b f \\, \\mathrm{d}x = F(b) - F(a)',
    method: 'The antiderivative has the integrand for its derivative, by exact normal form.',
    needsBefore: false,
    demand: ({ language, move: { is } }, after) => {
      const { left } = after
      if (left.kind !== 'bound' || left.operator !== 'integral')
        throw new DerivationError('not-applicable', is, 'the left side is not an integral')
      const [from, to] = left.limits
      if (left.limits.some(isEndless))
        throw new DerivationError('not-applicable', is, 'the ends of the range must be finite')
      const antiderivative = language.expression(is)
      const at = (place: Node): Node => substitute(antiderivative, { [left.variable]: place })
      return {
        obligations: [
          {
            of: 'values of the integrand',
            left: differentiate(antiderivative, left.variable),
            right: left.body,
          },
          { of: 'values at the ends', left: after.right, right: subtract(at(to), at(from)) },
        ],
        conditions: ['the antiderivative and its derivative are continuous between the limits'],
      }
    },
  },
  byParts: {
    label: 'Integration by parts',
    relation: 'total-derivative',
    statement:
      '\\int_{-\\infty}^{\\infty} F^{\\prime} \\, \\mathrm{d}x = 0 \\text{ where } F \\to 0 \\text{ at both ends}',
    method: 'The right sides differ by the integral of a derivative, by exact normal form.',
    needsBefore: true,
    signs: ['same'],
    demand: ({ language, move: { over, boundary }, before }, after) => {
      const edge = language.expression(boundary)
      if (!mayVanish(language, edge, over))
        throw new DerivationError(
          'not-applicable',
          boundary,
          `${language.unicodeOf(edge)} does not vanish at both ends`,
        )
      const whole = bound('integral', over, [negate(INFINITY), INFINITY])(differentiate(edge, over))
      return {
        obligations: [
          { of: 'left sides', left: after.left, right: before.left },
          { of: 'right sides', left: add(after.right, whole), right: before.right },
        ],
        conditions: [
          `$${language.texOf(edge)} \\to 0$ as $|${language.texOf({ kind: 'symbol', name: over })}| \\to \\infty$`,
        ],
      }
    },
  },
  taylor: {
    label: 'Taylor expansion',
    relation: 'truncation',
    statement: 'f(x) = \\sum_{k \\le n} \\frac{f^{(k)}(a)}{k!} (x - a)^k + O\\left(|x - a|^{n+1}\\right)',
    method:
      'All derivatives of left minus right up to the order kept vanish at the point, by exact normal form.',
    needsBefore: false,
    signs: ['~'],
    demand: ({ language, move: { about, order } }, after) => {
      const names = Object.keys(about)
      const points = Object.fromEntries(names.map((name) => [name, language.expression(about[name])]))
      const name = (k: number): string => language.texOf({ kind: 'symbol', name: names[k] })
      for (const [k, point] of Object.entries(points))
        if (names.some((other) => symbolsOf(point).has(other)))
          throw new DerivationError('not-applicable', k, 'a point of expansion is free of the variables')
      return {
        obligations: mixedDerivatives(difference(after), names, order).map(({ orders, node }) => ({
          of: `derivatives of order ${orders.join(', ')}`,
          left: substitute(node, points),
          right: number(0),
        })),
        conditions: [
          `$${names.map((_, k) => name(k)).join(', ')} \\to ${names.map((k) => language.texOf(points[k])).join(', ')}$; the remainder is of order ${order + 1}`,
        ],
      }
    },
  },
}
