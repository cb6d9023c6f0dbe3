import Fraction from 'fraction.js'
import { add, divide, multiply, negate, number, power, subtract } from '../build.js'
import { ExpressionError } from '../errors.js'
import { mapParts, type Node, parts, symbolsOf, writtenKey } from '../node.js'
import { dependence } from '../normal/binders.js'
import { type Assumptions, Normalizer, proveEqual } from '../normal/normal.js'
import type { Power } from '../normal/polynomial.js'
import { maybeAtom, maybeCoefficients } from '../normal/polynomialIn.js'
import type { Element } from '../normal/ring.js'
import { toNode } from '../normal/toNode.js'
import { ascii } from '../notations.js'
import { Held, withCalls } from './held.js'
import { type Pairs, paired } from './pairs.js'
import { withMergedExponentials, withPlainUnits } from './trees.js'
import { withSaturation } from './twoExponentials.js'

/** What a rule works with. */
interface Tools {
  readonly assumptions: Assumptions
  /** Variables, functions or factors that the rule is about. */
  readonly of: readonly Node[]
}

/** A named, directed rewriting of an expression into an equal one. */
export interface RewriteRule {
  /** Name for readers. */
  readonly label: string
  /** The rule in TeX. */
  readonly statement: string
  /** Whether the rule is about given variables or factors. */
  readonly of: 'none' | 'optional' | 'needed'
  /** What to try where the rule does not apply. */
  readonly advice: string
  /** The new tree; undefined, or the same tree, where the rule does not apply. */
  readonly rewrite: (node: Node, tools: Tools) => Node | undefined
}

export type RewriteName =
  | 'expand'
  | 'collect'
  | 'reduce'
  | 'factor'
  | 'mergeExponentials'
  | 'completeSquare'
  | 'hyperbolic'
  | 'trigonometric'
  | 'sigmoid'
  | 'tanh'
  | 'units'
  | 'together'
  | 'split'

const pairs =
  (form: Pairs) =>
  (node: Node, { assumptions }: Tools): Node | undefined => {
    const { ring, element } = read(node, assumptions)
    const change = paired(ring, element, form)
    return change.any ? withCalls(toNode(ring, change.element)) : undefined
  }

function read(node: Node, assumptions: Assumptions): { ring: Normalizer['ring']; element: Element } {
  const normal = new Normalizer(assumptions)
  return { ring: normal.ring, element: normal.normalize(node) }
}

/** The rules for presentation. Each application is verified by the exact normal form before it is returned. */
export const REWRITES: Readonly<Record<RewriteName, RewriteRule>> = {
  expand: {
    label: 'Expand',
    statement: '(a + b) \\, c = a c + b c',
    of: 'none',
    advice: 'There is no product of sums in it',
    rewrite: (node, { assumptions }) => {
      const held = new Held(assumptions)
      return held.write(held.read(node), { split: true })
    },
  },
  collect: {
    label: 'Collect',
    statement: 'a x + b x = (a + b) \\, x',
    of: 'needed',
    advice: 'Name variables, functions or derivatives that it has powers of',
    rewrite: collect,
  },
  reduce: {
    label: 'Simplify',
    statement: '\\frac{a c}{b c} = \\frac{a}{b}',
    of: 'none',
    advice: 'It is as short as its normal form already',
    rewrite: (node, { assumptions }) => reduce(node, assumptions),
  },
  factor: {
    label: 'Factor out',
    statement: 'a c + b c = c \\, (a + b)',
    of: 'optional',
    advice: 'Name a factor that the rest is simpler without',
    rewrite: (node, { assumptions, of }) => {
      const held = new Held(assumptions)
      if (of.length === 0) return held.write(held.read(node))
      const factor = multiply(...of)
      const { ring } = held.normal
      return multiply(factor, held.write(ring.multiply(held.read(node), ring.invert(held.read(factor)))))
    },
  },
  mergeExponentials: {
    label: 'Merge exponentials',
    statement: 'e^{u} \\, e^{v} = e^{u + v}',
    of: 'none',
    advice: 'There is no product of exponentials in it',
    rewrite: (node, { assumptions }) => {
      const held = new Held(assumptions)
      return withMergedExponentials(node, (exponent) => held.write(held.read(exponent)))
    },
  },
  completeSquare: {
    label: 'Complete the square',
    statement: 'a x^{2} + b x + c = a \\left(x + \\frac{b}{2 a}\\right)^{2} + c - \\frac{b^{2}}{4 a}',
    of: 'needed',
    advice: 'Name a variable of which some part is a polynomial of degree two with a linear term',
    rewrite: (node, { assumptions, of }) =>
      of.reduce((tree, variable) => completeSquare(tree, variable, new Held(assumptions)), node),
  },
  hyperbolic: {
    label: 'Hyperbolic form',
    statement: 'e^{u} + e^{-u} = 2 \\cosh u, \\quad e^{u} - e^{-u} = 2 \\sinh u',
    of: 'none',
    advice: 'No pair of exponentials e^u, e^(-u) with equal or opposite factors is in it',
    rewrite: pairs('hyperbolic'),
  },
  trigonometric: {
    label: 'Trigonometric form',
    statement: 'e^{i u} + e^{-i u} = 2 \\cos u, \\quad e^{i u} - e^{-i u} = 2 i \\sin u',
    of: 'none',
    advice: 'No pair of exponentials e^(iu), e^(-iu) with equal or opposite factors is in it',
    rewrite: pairs('trigonometric'),
  },
  sigmoid: {
    label: 'Sigmoid form',
    statement: '\\frac{e^{a}}{e^{a} + e^{b}} = \\sigma(a - b)',
    of: 'none',
    advice: 'It needs a denominator that is a sum of two exponentials',
    rewrite: (node, { assumptions }) => withSaturation(node, new Normalizer(assumptions), 'sigmoid'),
  },
  tanh: {
    label: 'Hyperbolic tangent form',
    statement: '\\frac{e^{u} - e^{-u}}{e^{u} + e^{-u}} = \\tanh u',
    of: 'none',
    advice: 'It needs a denominator that is a sum or a difference of two exponentials',
    rewrite: (node, { assumptions }) => withSaturation(node, new Normalizer(assumptions), 'tanh'),
  },
  units: {
    label: 'Powers of i',
    statement: 'i^{2} = -1, \\quad 1/i = -i',
    of: 'none',
    advice: 'There is no power, product or quotient of i in it',
    rewrite: withPlainUnits,
  },
  together: {
    label: 'Common denominator',
    statement: '\\frac{a}{c} + \\frac{b}{d} = \\frac{a d + b c}{c d}',
    of: 'none',
    advice: 'It is one quotient already',
    rewrite: (node, { assumptions }) => {
      const held = new Held(assumptions)
      return held.write(held.read(node))
    },
  },
  split: {
    label: 'Split the quotient',
    statement: '\\frac{a + b}{c} = \\frac{a}{c} + \\frac{b}{c}',
    of: 'none',
    advice: 'It is no quotient with a sum above',
    rewrite: (node, { assumptions }) => {
      const held = new Held(assumptions)
      return split(node, (part) => held.write(held.read(part)))
    },
  },
}

/**
 * An equal tree, rewritten by one rule; where the rule does not fit the whole, it is applied inside integrals, sums
 * and limits.
 *
 * @param of the variables, jets or factors that the rule is about: what to collect by, what to take out.
 * @throws ExpressionError 'no-rule' where the rule does not apply, or the normal form cannot prove its result equal.
 * @example
 * rewrite(parse('x^2 + 2*a*x', scope), 'completeSquare', [parse('x', scope)]) // => (x + a)^2 - a^2
 */
export function rewrite(
  node: Node,
  name: RewriteName,
  of: readonly Node[] = [],
  assumptions: Assumptions = {},
): Node {
  return applyRule(node, REWRITES[name], of, assumptions)
}

/** {@link rewrite} by a rule of any table. */
export function applyRule(
  node: Node,
  rule: RewriteRule,
  of: readonly Node[] = [],
  assumptions: Assumptions = {},
): Node {
  if ((rule.of === 'needed') !== of.length > 0 && rule.of !== 'optional') {
    throw new ExpressionError({
      code: 'no-rule',
      what: `“${rule.label}” takes ${rule.of === 'needed' ? 'a variable, a function or a factor' : 'nothing beside the expression'}`,
      ...(rule.of === 'needed' && { remedy: rule.advice }),
    })
  }
  const result = maybeRewritten(node, rule, { of, assumptions })
  if (result === undefined) {
    throw new ExpressionError({
      code: 'no-rule',
      what: `“${rule.label}” does not apply to ${shortened(ascii(node))}`,
      remedy: rule.advice,
    })
  }
  if (!proveEqual(node, result, assumptions)) {
    throw new ExpressionError({
      code: 'no-rule',
      what: `“${rule.label}” of ${shortened(ascii(node))} gave ${shortened(ascii(result))}, which is not proved equal`,
      remedy: 'Declare what is positive or real',
    })
  }
  return result
}

function maybeRewritten(node: Node, rule: RewriteRule, tools: Tools): Node | undefined {
  const whole = rule.rewrite(node, tools)
  if (whole && writtenKey(whole) !== writtenKey(node)) return whole
  const inside = (part: Node): Node =>
    part.kind === 'bound'
      ? { ...part, body: maybeRewritten(part.body, rule, tools) ?? part.body }
      : mapParts(part, inside)
  const changed = inside(node)
  return writtenKey(changed) === writtenKey(node) ? undefined : changed
}

/** Longest expression that an error quotes. */
const QUOTED = 80
const shortened = (text: string): string => (text.length > QUOTED ? `${text.slice(0, QUOTED)}…` : text)

/** How much there is to read: leaves and functions. */
export function size(node: Node): number {
  const inside = parts(node).reduce((sum, part) => sum + size(part), 0)
  switch (node.kind) {
    case 'sum':
    case 'product':
    case 'negative':
      return inside
    default:
      return inside + 1
  }
}

/** The shortest of the tree and the forms that its normal form is written in; each is verified before it is returned. */
export function reduce(node: Node, assumptions: Assumptions = {}): Node {
  const normal = new Normalizer(assumptions)
  const { ring } = normal
  const element = normal.normalize(node)
  const held = new Held(assumptions)
  const forms = [
    held.write(held.read(node)),
    toNode(ring, element),
    ...(['hyperbolic', 'trigonometric'] as const).map((form) =>
      withCalls(toNode(ring, paired(ring, element, form).element)),
    ),
  ]
  const shorter = forms
    .map((form) => ({ form, length: size(form) }))
    .filter(({ length }) => length < size(node))
    .sort((a, b) => a.length - b.length)
  return shorter.find(({ form }) => ring.equal(normal.normalize(form), element))?.form ?? node
}

/** Σ cₖ vᵏ by falling powers of the parts named, over what denominators have them. */
function collect(node: Node, { assumptions, of }: Tools): Node | undefined {
  const held = new Held(assumptions)
  const { ring } = held.normal
  const element = held.read(node)
  const atoms = of.map((part) => maybeAtom(ring, held.read(part)))
  const has = (place: number): boolean =>
    atoms.some((atom) => atom !== undefined && dependence(ring, atom)(ring.factor(place)))
  const outside = [...element.under].filter(([place]) => has(place))
  const under = new Map([...element.under].filter(([place]) => !has(place)))
  const groups = new Map<string, { powers: readonly Power[]; terms: Element[] }>()
  for (const term of element.terms.values()) {
    const powers = term.powers.filter(({ atom }) => atoms.includes(atom))
    const key = powers.map(({ atom, exponent }) => `${atom}^${exponent.toFraction()}`).join('*')
    const group = groups.get(key) ?? { powers, terms: [] }
    group.terms.push(ring.term({ ...term, powers: term.powers.filter((one) => !powers.includes(one)) }))
    groups.set(key, group)
  }
  const degree = (powers: readonly Power[], atom: number | undefined): Fraction =>
    powers.find((one) => one.atom === atom)?.exponent ?? new Fraction(0)
  const ordered = [...groups.values()].sort(
    (a, b) =>
      atoms
        .map((atom) => degree(b.powers, atom).compare(degree(a.powers, atom)))
        .find((sign) => sign !== 0) ?? 0,
  )
  if (ordered.every(({ powers }) => powers.length === 0)) return undefined
  const collected = ordered.map(({ powers, terms }) => {
    const sum = terms.reduce((s, t) => ring.add(s, t))
    const weight = ring.add({ terms: sum.terms, under }, ring.zero)
    const named = powers.map(({ atom, exponent }) => power(of[atoms.indexOf(atom)]!, number(exponent)))
    return weighted(held.write(weight), multiply(...named))
  })
  const denominator = outside.map(([place, times]) => power(held.write(ring.factor(place)), number(times)))
  return divide(add(...collected), multiply(...denominator))
}

/** Each greatest part that is a x² + b x + c with b ≠ 0, with its square completed. */
function completeSquare(node: Node, variable: Node, held: Held): Node {
  const { ring } = held.normal
  const atom = maybeAtom(ring, held.read(variable))
  const square = (part: Node): Node => {
    if (atom === undefined || (variable.kind === 'symbol' && !symbolsOf(part).has(variable.name))) return part
    const [c, b, a, ...higher] = maybeCoefficients(ring, held.read(part), atom) ?? []
    if (!a || higher.length > 0 || ring.isZero(a) || ring.isZero(b!)) {
      const written = a && higher.length === 0
      return written || part.kind === 'bound' ? part : mapParts(part, square)
    }
    const shift = ring.multiply(b!, ring.invert(ring.multiply(ring.rational(2), a)))
    const rest = ring.subtract(c!, ring.multiply(a, ring.whole(shift, 2)))
    const base = add(variable, held.write(shift))
    const squared = power(base, number(2))
    return add(weighted(held.write(a), squared), held.write(rest))
  }
  return square(node)
}

/** c·node, a quotient c taking the node above its line. */
function weighted(c: Node, node: Node): Node {
  if (c.kind === 'negative') return negate(weighted(c.of, node))
  return c.kind === 'quotient' ? divide(multiply(c.over, node), c.under) : multiply(c, node)
}

/** (a + b)/c → a/c + b/c, each reduced. */
function split(node: Node, write: (part: Node) => Node): Node | undefined {
  if (node.kind === 'negative') {
    const inner = split(node.of, write)
    return inner && subtract(number(0), inner)
  }
  if (node.kind !== 'quotient' || node.over.kind !== 'sum') return undefined
  return add(...node.over.terms.map((term) => write(divide(term, node.under))))
}
