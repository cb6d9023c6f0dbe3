/**
 * Bounds of an expression on a box, by interval arithmetic: each operation takes intervals that hold its arguments to
 * one that holds its values (Moore, Kearfott, Cloud, Introduction to Interval Analysis, SIAM 2009, ch. 2–5). The ends
 * are rounded to nearest, so a bound may be off by rounding.
 */
import type { Expression } from './expression.js'
import { FUNCTIONS } from './functions.js'
import type { Node } from './node.js'
import { maybeWholePower, toDouble } from './scalar.js'

export type Interval = readonly [lower: number, upper: number]

/** A number that an expression is nowhere below on a box; −∞ where none is known. */
export type LowerBound = (box: readonly Interval[]) => number

/** An interval, or undefined where the values are not known to be finite numbers. */
type Bounds = (box: readonly Interval[]) => Interval | undefined

/** Functions that ascend wherever they are defined. */
const ASCENDING = new Set([
  'sqrt',
  'cbrt',
  'exp',
  'log',
  'log2',
  'log10',
  'atan',
  'sinh',
  'tanh',
  'asinh',
  'sigmoid',
  'erf',
  'sign',
  'step',
  'floor',
])
/** Even functions, which ascend or descend on either side of 0. */
const EVEN = new Set(['abs', 'cosh'])
/** Functions with values from −1 to 1. */
const WAVES = new Set(['sin', 'cos'])

/** @param variables names of the axes of the box, in order */
export function lowerBound(expression: Expression, variables: readonly string[]): LowerBound {
  const bounds = boundsOf(expression, variables, expression.node)
  return (box) => bounds(box)?.[0] ?? Number.NEGATIVE_INFINITY
}

function boundsOf(expression: Expression, variables: readonly string[], node: Node): Bounds {
  const of = (part: Node): Bounds => boundsOf(expression, variables, part)
  switch (node.kind) {
    case 'number':
    case 'constant':
      return constant(toDouble(node))
    case 'symbol': {
      const axis = variables.indexOf(node.name)
      return axis < 0 ? constant(expression.parameters[node.name]) : (box) => box[axis]
    }
    case 'sum':
      return fold(node.terms.map(of), (u, v) => [u[0] + v[0], u[1] + v[1]])
    case 'negative':
      return map(of(node.of), ([lower, upper]) => [-upper, -lower])
    case 'product':
      return fold(node.factors.map(of), times)
    case 'quotient':
      return fold([of(node.over), map(of(node.under), inverse)], times)
    case 'power':
      return power(of, node.base, node.exponent)
    case 'call':
      return call(node.name, node.args.map(of))
    case 'jet':
    case 'bound':
      return () => undefined
  }
}

function constant(value: number): Bounds {
  return () => (Number.isFinite(value) ? [value, value] : undefined)
}

function map(argument: Bounds, f: (u: Interval) => Interval | undefined): Bounds {
  return (box) => {
    const u = argument(box)
    return u === undefined ? undefined : maybeFinite(f(u))
  }
}

function fold(args: readonly Bounds[], f: (u: Interval, v: Interval) => Interval): Bounds {
  return (box) => {
    let result = args[0](box)
    for (let k = 1; k < args.length && result !== undefined; k++) {
      const next = args[k](box)
      result = next === undefined ? undefined : maybeFinite(f(result, next))
    }
    return result
  }
}

function maybeFinite(interval: Interval | undefined): Interval | undefined {
  return interval !== undefined && Number.isFinite(interval[0]) && Number.isFinite(interval[1])
    ? interval
    : undefined
}

function times([a, b]: Interval, [c, d]: Interval): Interval {
  const [p, q, r, s] = [a * c, a * d, b * c, b * d]
  return [Math.min(p, q, r, s), Math.max(p, q, r, s)]
}

function inverse([lower, upper]: Interval): Interval | undefined {
  return lower > 0 || upper < 0 ? [1 / upper, 1 / lower] : undefined
}

function power(of: (part: Node) => Bounds, base: Node, exponent: Node): Bounds {
  const whole = maybeWholePower(exponent)
  if (whole !== undefined) {
    const positive = map(of(base), (u) =>
      whole % 2 === 0 ? even(u, (v) => v ** Math.abs(whole)) : ends(u, (v) => v ** Math.abs(whole)),
    )
    return whole < 0 ? map(positive, inverse) : positive
  }
  if (base.kind === 'constant' && base.name === 'e') return map(of(exponent), (u) => ends(u, Math.exp))
  const [basis, p] = [of(base), of(exponent)]
  return (box) => {
    const [u, v] = [basis(box), p(box)]
    if (u === undefined || v === undefined || v[0] !== v[1] || !(u[0] >= 0)) return undefined
    return maybeFinite(sorted(u[0] ** v[0], u[1] ** v[0]))
  }
}

function call(name: string, args: readonly Bounds[]): Bounds {
  const { value } = FUNCTIONS.get(name)!
  if (name === 'min' || name === 'max') return fold(args, (u, v) => [value(u[0], v[0]), value(u[1], v[1])])
  const [argument] = args
  if (ASCENDING.has(name)) return map(argument, (u) => ends(u, (v) => value(v, 0)))
  if (EVEN.has(name)) return map(argument, (u) => even(u, (v) => value(v, 0)))
  return WAVES.has(name) ? map(argument, () => [-1, 1]) : () => undefined
}

/** Values of a function that ascends or descends. */
function ends([lower, upper]: Interval, f: (u: number) => number): Interval {
  return sorted(f(lower), f(upper))
}

/** Values of an even function that ascends or descends beyond 0. */
function even([lower, upper]: Interval, f: (u: number) => number): Interval {
  const far = Math.max(Math.abs(lower), Math.abs(upper))
  const near = lower <= 0 && upper >= 0 ? 0 : Math.min(Math.abs(lower), Math.abs(upper))
  return sorted(f(near), f(far))
}

function sorted(a: number, b: number): Interval {
  return a < b ? [a, b] : [b, a]
}
