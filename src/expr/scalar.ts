import { maybeRational } from './build.js'
import { ExpressionError } from './errors.js'
import { type Bound, type Jet, type Node, toNumber } from './node.js'

/** Greatest |n| for which xⁿ is computed by multiplication. */
export const MAX_WHOLE_POWER = 64

/** The small whole number that an exponent is, if it is one. */
export function maybeWholePower(exponent: Node): number | undefined {
  const value = maybeRational(exponent)
  if (value?.d !== 1n || value.n > BigInt(MAX_WHOLE_POWER)) return undefined
  return Number(value.s * value.n)
}

/** The double of a number or real constant. */
export function toDouble(node: Extract<Node, { kind: 'number' | 'constant' }>): number {
  if (node.kind === 'number') return toNumber(node.value)
  return DOUBLES[node.name]
}

const DOUBLES = { pi: Math.PI, e: Math.E, i: Number.NaN, infinity: Number.POSITIVE_INFINITY } as const

/** What is said of a node that stands for no number. */
export function noValue(node: Jet | Bound): ExpressionError {
  return node.kind === 'jet'
    ? new ExpressionError({
        code: 'unsupported',
        what: `“${node.name}” is an undefined function and has no value`,
        remedy: 'Substitute a definition first',
      })
    : new ExpressionError({
        code: 'unsupported',
        what: `The ${node.operator} over ${node.variable} is not evaluated here`,
        remedy: 'Evaluate it in a derivation first',
      })
}
