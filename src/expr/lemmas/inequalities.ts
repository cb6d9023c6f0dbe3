import { number, subtract } from '../build.js'
import { differentiate } from '../differentiate.js'
import { ExpressionError } from '../errors.js'
import type { Node } from '../node.js'
import { type Assumptions, Normalizer, proveEqual } from '../normal/normal.js'
import { isPositive, isReal } from '../normal/signs.js'
import { parse } from '../parse.js'
import { substitute } from '../substitute.js'
import type { Condition } from './lemma.js'

/**
 * Why right − left ≥ 0: it is a sum of squares of real expressions with positive weights; or it vanishes at a point
 * with its derivatives below an order, and the derivative of that order is positive, so that by Taylor's theorem with
 * Lagrange's remainder it is not negative, on both sides for an even order and above the point for an odd one.
 */
export type Certificate =
  | { readonly kind: 'squares'; readonly of: readonly (readonly [weight: string, root: string])[] }
  | { readonly kind: 'contact'; readonly at: string; readonly order: number }

/** left ≤ right for real u, v, … (positive ones where `positive` says so). */
export interface Inequality {
  readonly label: string
  readonly statement: string
  readonly reference: string
  readonly names: readonly string[]
  readonly positive: boolean
  readonly left: string
  readonly right: string
  readonly certificate: Certificate
}

export const INEQUALITIES = {
  exponentialBelowOne: {
    label: 'Exponential of a negative number',
    statement: 'e^{-u} \\le 1, \\quad u \\ge 0',
    reference: 'DLMF §4.5(ii)',
    names: ['u'],
    positive: false,
    left: 'exp(-u)',
    right: '1',
    certificate: { kind: 'contact', at: '0', order: 1 },
  },
  exponentialTangent: {
    label: 'Tangent of the exponential',
    statement: '1 + u \\le e^{u}',
    reference: 'DLMF §4.5(ii)',
    names: ['u'],
    positive: false,
    left: '1 + u',
    right: 'exp(u)',
    certificate: { kind: 'contact', at: '0', order: 2 },
  },
  logarithmTangent: {
    label: 'Tangent of the logarithm',
    statement: '\\ln u \\le u - 1, \\quad u > 0',
    reference: 'DLMF §4.5(i)',
    names: ['u'],
    positive: true,
    left: 'log(u)',
    right: 'u - 1',
    certificate: { kind: 'contact', at: '1', order: 2 },
  },
  hyperbolicCosine: {
    label: 'Hyperbolic cosine',
    statement: '1 + \\frac{u^{2}}{2} \\le \\cosh u',
    reference: 'DLMF 4.33.2, all of whose terms are positive',
    names: ['u'],
    positive: false,
    left: '1 + u^2/2',
    right: 'cosh(u)',
    certificate: { kind: 'contact', at: '0', order: 4 },
  },
  hyperbolicSine: {
    label: 'Hyperbolic sine',
    statement: 'u \\le \\sinh u, \\quad u \\ge 0',
    reference: 'DLMF 4.33.1, all of whose terms are positive',
    names: ['u'],
    positive: false,
    left: 'u',
    right: 'sinh(u)',
    certificate: { kind: 'contact', at: '0', order: 3 },
  },
  square: {
    label: 'Square',
    statement: '0 \\le u^{2}',
    reference: 'The real numbers are ordered',
    names: ['u'],
    positive: false,
    left: '0',
    right: 'u^2',
    certificate: { kind: 'squares', of: [['1', 'u']] },
  },
  means: {
    label: 'Geometric and arithmetic mean',
    statement: '\\sqrt{u v} \\le \\frac{u + v}{2}, \\quad u, v > 0',
    reference: 'DLMF §1.2(iv)',
    names: ['u', 'v'],
    positive: true,
    left: 'sqrt(u*v)',
    right: '(u + v)/2',
    certificate: { kind: 'squares', of: [['1/2', 'sqrt(u) - sqrt(v)']] },
  },
  young: {
    label: 'Young’s inequality',
    statement: 'u v \\le \\frac{u^{2} + v^{2}}{2}',
    reference: 'DLMF §1.7',
    names: ['u', 'v'],
    positive: false,
    left: 'u*v',
    right: '(u^2 + v^2)/2',
    certificate: { kind: 'squares', of: [['1/2', 'u - v']] },
  },
  cauchySchwarz: {
    label: 'Cauchy–Schwarz inequality',
    statement: '(u_{1} v_{1} + u_{2} v_{2})^{2} \\le (u_{1}^{2} + u_{2}^{2}) (v_{1}^{2} + v_{2}^{2})',
    reference: 'DLMF §1.7(i); Lagrange’s identity',
    names: ['u1', 'u2', 'v1', 'v2'],
    positive: false,
    left: '(u1*v1 + u2*v2)^2',
    right: '(u1^2 + u2^2)*(v1^2 + v2^2)',
    certificate: { kind: 'squares', of: [['1', 'u1*v2 - u2*v1']] },
  },
} satisfies Readonly<Record<string, Inequality>>

export type InequalityName = keyof typeof INEQUALITIES

const reader =
  (row: Inequality) =>
  (text: string): Node =>
    parse(text, { variables: row.names })

/** True when the certificate of an inequality is proved, by the exact normal form. */
export function isCertified(row: Inequality): boolean {
  const read = reader(row)
  const gap = subtract(read(row.right), read(row.left))
  const assumptions: Assumptions = row.positive ? { positive: row.names } : { real: row.names }
  const { certificate } = row
  if (certificate.kind === 'squares') {
    const normal = new Normalizer(assumptions)
    const sum = certificate.of.map(([weight, root]) => read(`(${weight})*(${root})^2`))
    const weighted = certificate.of.every(
      ([weight, root]) =>
        isPositive(normal.ring, normal.normalize(read(weight))) &&
        isReal(normal.ring, normal.normalize(read(root))),
    )
    return weighted && proveEqual(gap, { kind: 'sum', terms: [number(0), ...sum] }, assumptions)
  }
  const [name] = row.names
  const point = { [name!]: read(certificate.at) }
  let derivative = gap
  for (let k = 0; k < certificate.order; k++) {
    if (!proveEqual(substitute(derivative, point), number(0), assumptions)) return false
    derivative = differentiate(derivative, name!)
  }
  // Above the point 0 the variable is positive.
  const above = certificate.order % 2 === 1 && certificate.at === '0'
  const normal = new Normalizer(above ? { positive: row.names } : assumptions)
  return isPositive(normal.ring, normal.normalize(derivative))
}

/** An inequality at expressions, and what they must fulfil. */
export interface Bounded {
  readonly left: Node
  readonly right: Node
  readonly conditions: readonly Condition[]
}

/**
 * left ≤ right with expressions in place of u, v, ….
 *
 * @throws ExpressionError 'no-rule' where a name has no expression.
 * @example
 * bounded('exponentialBelowOne', { u: parse('gap*tau', scope) }, { positive: ['gap', 'tau'] }) // e^{−gap τ} ≤ 1
 */
export function bounded(
  name: InequalityName,
  values: Readonly<Record<string, Node>>,
  assumptions: Assumptions = {},
): Bounded {
  const row: Inequality = INEQUALITIES[name]
  const missing = row.names.find((one) => !Object.hasOwn(values, one))
  if (missing !== undefined) {
    throw new ExpressionError({
      code: 'no-rule',
      what: `“${row.label}” speaks of ${row.names.join(', ')}; ${missing} has no expression`,
    })
  }
  const read = reader(row)
  const normal = new Normalizer(assumptions)
  const odd = row.certificate.kind === 'contact' && row.certificate.order % 2 === 1
  const kind = row.positive ? 'positive' : odd ? 'nonnegative' : 'real'
  return {
    left: substitute(read(row.left), values),
    right: substitute(read(row.right), values),
    conditions: row.names.map((one) => {
      const of = values[one]!
      const element = normal.normalize(of)
      const follows =
        kind === 'real'
          ? isReal(normal.ring, element)
          : isPositive(normal.ring, element) || (kind === 'nonnegative' && normal.ring.isZero(element))
      return { kind, of, follows }
    }),
  }
}
