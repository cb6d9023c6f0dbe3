import { isPositive, maybeRational, type Node, Normalizer, tidy } from '../expr/index.js'
import type { Language } from './language.js'

/**
 * True where an expression is surely real and ≥ 0, read off as it is written: sums, products and quotients of such
 * expressions, even powers of real ones, exponentials and roots, sums and integrals over them from low to high.
 */
export function isNonnegative(language: Language, node: Node): boolean {
  const normal = new Normalizer(language.assumptions)
  const { symbols, functions } = language.vocabulary
  const positive = (part: Node): boolean => isPositive(normal.ring, normal.normalize(part))
  const real = (part: Node): boolean => normal.isReal(part)
  const holds = (part: Node): boolean => {
    switch (part.kind) {
      case 'number':
        return part.value.s >= 0n
      case 'symbol':
        return symbols[part.name]?.domain === 'nonnegative' || positive(part)
      case 'jet':
        return (
          (functions[part.name]?.domain === 'nonnegative' && part.orders.every((order) => order === 0)) ||
          positive(part)
        )
      case 'sum':
        return part.terms.every(holds) || positive(part)
      case 'product':
        return part.factors.every(holds) || positive(part)
      case 'quotient':
        return holds(part.over) && (positive(part.under) || holds(part.under))
      case 'power':
        return isEven(part.exponent) ? real(part.base) : holds(part.base) && real(part.exponent)
      case 'call':
        return (
          (part.name === 'abs' && real(part.args[0])) ||
          (part.name === 'sqrt' && holds(part.args[0])) ||
          positive(part)
        )
      case 'bound':
        return part.operator !== 'limit' && part.limits[1].kind === 'constant' && holds(part.body)
      default:
        return positive(part)
    }
  }
  return holds(tidy(node))
}

function isEven(exponent: Node): boolean {
  const value = maybeRational(exponent)
  return value !== undefined && value.d === 1n && value.n % 2n === 0n
}
