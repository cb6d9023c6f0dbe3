import { maybeRational } from '../../../src/expr/build.js'
import { type Node, toNumber } from '../../../src/expr/node.js'

/** A complex number, [re, im]. */
export type C = readonly [number, number]

/**
 * Beside a branch cut a double falls to either side by rounding. Parts below this fraction of the other are therefore
 * taken for the zeros that they are in exact arithmetic; the points of the tests are far from such coincidences.
 */
const SNAP = 1e-12

function snap([re, im]: C): C {
  const [a, b] = [Math.abs(re), Math.abs(im)]
  return [a < SNAP * b ? 0 : re, b < SNAP * a ? 0 : im]
}

const add = (a: C, b: C): C => snap([a[0] + b[0], a[1] + b[1]])
const multiply = (a: C, b: C): C => snap([a[0] * b[0] - a[1] * b[1], a[0] * b[1] + a[1] * b[0]])
const scale = (a: C, s: number): C => [a[0] * s, a[1] * s]
const inverse = (a: C): C => {
  const square = a[0] * a[0] + a[1] * a[1]
  return snap([a[0] / square, -a[1] / square])
}
const exp = (a: C): C => snap([Math.exp(a[0]) * Math.cos(a[1]), Math.exp(a[0]) * Math.sin(a[1])])
/** Principal logarithm; −0 counts as 0, so that arg(−1) is π. */
const log = (a: C): C => [Math.log(Math.hypot(a[0], a[1])), Math.atan2(a[1] + 0, a[0])]

function power(a: C, node: Node, b: C): C {
  const n = Number(maybeRational(node) ?? Number.NaN)
  if (!Number.isInteger(n) || Math.abs(n) > 8) return exp(multiply(b, log(a)))
  let result: C = [1, 0]
  for (let k = 0; k < Math.abs(n); k++) result = multiply(result, a)
  return n < 0 ? inverse(result) : result
}

const sinh = (a: C): C => scale(add(exp(a), scale(exp(scale(a, -1)), -1)), 0.5)
const cosh = (a: C): C => scale(add(exp(a), exp(scale(a, -1))), 0.5)
const turn = (a: C): C => multiply([0, 1], a)

const FUNCTIONS: Readonly<Record<string, (a: C) => C>> = {
  exp,
  log,
  sinh,
  cosh,
  sqrt: (a) => exp(scale(log(a), 0.5)),
  tanh: (a) => multiply(sinh(a), inverse(cosh(a))),
  sin: (a) => multiply([0, -1], sinh(turn(a))),
  cos: (a) => cosh(turn(a)),
  sigmoid: (a) => inverse(add([1, 0], exp(scale(a, -1)))),
}

/** The value of a tree at a point, on principal branches; independent of the normal form and of mathjs. */
export function evaluate(node: Node, point: Readonly<Record<string, C>>): C {
  const value = (part: Node): C => evaluate(part, point)
  switch (node.kind) {
    case 'number':
      return [toNumber(node.value), 0]
    case 'constant':
      return node.name === 'i' ? [0, 1] : [node.name === 'pi' ? Math.PI : Math.E, 0]
    case 'symbol':
      return point[node.name]!
    case 'sum':
      return node.terms.map(value).reduce(add)
    case 'negative':
      return scale(value(node.of), -1)
    case 'product':
      return node.factors.map(value).reduce(multiply)
    case 'quotient':
      return multiply(value(node.over), inverse(value(node.under)))
    case 'power':
      return power(value(node.base), node.exponent, value(node.exponent))
    case 'call':
      return FUNCTIONS[node.name]!(value(node.args[0]!))
    case 'jet':
    case 'bound':
      throw new Error(`a ${node.kind} has no value here`)
  }
}
