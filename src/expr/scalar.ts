import { maybeRational } from './build.js'
import { type Node, toNumber } from './node.js'

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
  return node.name === 'pi' ? Math.PI : node.name === 'e' ? Math.E : Number.NaN
}
