import {
  add,
  call,
  divide,
  isZero,
  maybeRational,
  multiply,
  negate,
  number,
  power,
  subtract,
} from './build.js'
import { ExpressionError } from './errors.js'
import { FUNCTIONS } from './functions.js'
import { type Bound, type Jet, mapParts, type Node, parts, symbolsOf } from './node.js'
import { AT, DIFF, parse } from './parse.js'
import { freshened, substitute, tidy } from './substitute.js'

/**
 * Why a tree has no derivative in a variable everywhere: the first function with a kink or jump whose argument
 * depends on it; undefined when there is none.
 */
export function maybeKink(node: Node, variable: string): string | undefined {
  if (!symbolsOf(node).has(variable)) return undefined
  let reason: string | undefined
  mapParts(node, (part) => {
    reason ??= maybeKink(part, variable)
    return part
  })
  if (reason !== undefined || node.kind !== 'call') return reason
  const rule = FUNCTIONS.get(node.name)?.derivative
  return typeof rule === 'object' ? rule.none : undefined
}

/** Whether a function with a kink or a jump is called anywhere in a tree. */
export function hasKinks(node: Node): boolean {
  const own = node.kind === 'call' && typeof FUNCTIONS.get(node.name)?.derivative === 'object'
  return own || parts(node).some(hasKinks)
}

/**
 * ∂node/∂variable by the rules of the calculus; a jet gets the chain rule,
 * ∂_v f(a₁, …, aₙ) = Σⱼ f^{(eⱼ)}(a₁, …, aₙ) ∂_v aⱼ.
 *
 * @throws ExpressionError 'unsupported' where {@link maybeKink} has a reason.
 */
export function differentiate(node: Node, variable: string): Node {
  if (!symbolsOf(node).has(variable)) return number(0)
  const d = (part: Node): Node => differentiate(part, variable)
  switch (node.kind) {
    case 'symbol':
      return number(1)
    case 'sum':
      return add(...node.terms.map(d))
    case 'negative':
      return negate(d(node.of))
    case 'product':
      return add(
        ...node.factors.map((factor, k) => {
          const slope = d(factor)
          return isZero(slope)
            ? slope
            : multiply(...node.factors.slice(0, k), slope, ...node.factors.slice(k + 1))
        }),
      )
    case 'quotient':
      return quotientRule(node.over, node.under, d)
    case 'power':
      return powerRule(node.base, node.exponent, d)
    case 'call':
      return multiply(slopeOf(node.name, node.args[0]!), d(node.args[0]!))
    case 'jet':
      return add(...node.args.map((arg, slot) => multiply(raise(node, slot), d(arg))))
    case 'bound':
      return underTheSign(node, variable)
    default:
      return number(0)
  }
}

/**
 * ∂ᵥ ∫ₐᵇ f dx = ∫ₐᵇ ∂ᵥf dx + f(b) ∂ᵥb − f(a) ∂ᵥa, and term by term for sums and limits. That the interchange is
 * allowed is for the caller to say.
 */
function underTheSign(node: Bound, variable: string): Node {
  const { operator, variable: name, body, limits } = freshened(node, [{ kind: 'symbol', name: variable }])
  const slopes = limits.map((limit) => differentiate(limit, variable))
  if (operator !== 'integral' && !slopes.every(isZero)) {
    throw new ExpressionError({
      code: 'unsupported',
      what: `No derivative in ${variable}: the ${operator} over ${node.variable} has ${variable} in its limits`,
    })
  }
  const slope = differentiate(body, variable)
  const inner: Node = isZero(slope) ? slope : { kind: 'bound', operator, variable: name, body: slope, limits }
  const [from, to] = slopes.map((end, k) =>
    isZero(end) ? end : multiply(substitute(body, { [name]: limits[k]! }), end),
  )
  return operator === 'integral' ? add(inner, to!, negate(from!)) : inner
}

/** (a/b)′ = a′/b − a b′/b². */
function quotientRule(over: Node, under: Node, d: (part: Node) => Node): Node {
  const slope = d(under)
  const first = divide(d(over), under)
  return isZero(slope) ? first : subtract(first, divide(multiply(over, slope), power(under, number(2))))
}

/** (bⁿ)′ = n bⁿ⁻¹ b′ when n is constant; (cᵘ)′ = cᵘ ln(c) u′ when c is; else bᵘ (u′ ln b + u b′/b). */
function powerRule(base: Node, exponent: Node, d: (part: Node) => Node): Node {
  const [db, dn] = [d(base), d(exponent)]
  if (isZero(dn)) {
    const n = maybeRational(exponent)
    return multiply(exponent, power(base, n ? number(n.sub(1)) : subtract(exponent, number(1))), db)
  }
  const logarithm = base.kind === 'constant' && base.name === 'e' ? number(1) : call('log', base)
  const growth = multiply(dn, logarithm)
  const whole: Node = { kind: 'power', base, exponent }
  return multiply(whole, isZero(db) ? growth : add(growth, divide(multiply(exponent, db), base)))
}

function raise(jet: Jet, slot: number): Jet {
  return { ...jet, orders: jet.orders.map((order, k) => (k === slot ? order + 1 : order)) }
}

const slopes = new Map<string, Node>()

/** f′(u) from the table, at u = argument. */
function slopeOf(name: string, argument: Node): Node {
  const rule = FUNCTIONS.get(name)?.derivative
  if (typeof rule !== 'string') {
    throw new ExpressionError({
      code: 'unsupported',
      what: rule ? `No derivative: ${rule.none}` : `The derivative of “${name}” is not known`,
    })
  }
  const slope = slopes.get(name) ?? parse(rule, { variables: ['u'] })
  slopes.set(name, slope)
  return tidy(substitute(slope, { u: argument }))
}

/** Carries out the calls `diff(f, x)`, `diff(f, x, n)` and `at(f, x, a)` of a tree, innermost first. */
export function expandDiff(node: Node): Node {
  const inner = mapParts(node, expandDiff)
  if (inner.kind === 'call' && inner.name === AT) return valueAt(inner.args)
  if (inner.kind !== 'call' || inner.name !== DIFF) return inner
  const [target, variable, times] = inner.args
  const count = times === undefined ? 1 : Number(maybeRational(times) ?? Number.NaN)
  if (target === undefined || variable?.kind !== 'symbol' || !Number.isInteger(count) || count < 0) {
    throw new ExpressionError({
      code: 'syntax',
      what: 'diff takes an expression, a variable, and a whole number of times',
      remedy: 'Write diff(psi(x, t), x, 2)',
    })
  }
  let result = target
  for (let k = 0; k < count; k++) result = differentiate(result, variable.name)
  return result
}

/**
 * The tree as a reader wants it: derivatives of undefined functions at their own variables are jets, those of other
 * expressions stay calls to diff, ∂ₓ(f g).
 */
export function writtenDiff(node: Node): Node {
  if (node.kind !== 'call' || node.name !== DIFF) {
    return node.kind === 'call' && node.name === AT ? expandDiff(node) : mapParts(node, writtenDiff)
  }
  const [target, ...rest] = node.args
  const inner = writtenDiff(target!)
  return isPlainJet(inner) ? expandDiff(node) : { ...node, args: [inner, ...rest] }
}

const isPlainJet = (node: Node): boolean =>
  node.kind === 'jet' && node.args.every((arg) => arg.kind === 'symbol')

function valueAt([target, variable, place]: readonly Node[]): Node {
  if (target === undefined || place === undefined || variable?.kind !== 'symbol') {
    throw new ExpressionError({
      code: 'syntax',
      what: 'at takes an expression, a variable, and the place where the expression is taken',
      remedy: 'Write at(diff(zeta(x), x), x, a)',
    })
  }
  return substitute(target, { [variable.name]: place })
}

/**
 * Puts a definition in place of an undefined function: every jet f^{(k)}(a) becomes ∂ᵏ body taken at a.
 *
 * @param parameters Names of the body's arguments, one a slot.
 */
export function substituteFunction(
  node: Node,
  name: string,
  parameters: readonly string[],
  body: Node,
): Node {
  const open = node.kind === 'bound' ? freshened(node, [constantsOf(body, parameters)]) : node
  const inner = mapParts(open, (part) => substituteFunction(part, name, parameters, body))
  if (inner.kind !== 'jet' || inner.name !== name) return inner
  let value = body
  inner.orders.forEach((order, slot) => {
    for (let k = 0; k < order; k++) value = differentiate(value, parameters[slot]!)
  })
  return substitute(
    value,
    Object.fromEntries(parameters.map((parameter, slot) => [parameter, inner.args[slot]!])),
  )
}

/** What a function's body speaks of beside its arguments. */
function constantsOf(body: Node, parameters: readonly string[]): Node {
  return substitute(body, Object.fromEntries(parameters.map((name) => [name, number(0)])))
}
