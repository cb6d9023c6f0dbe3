import {
  type Bound,
  isPositive,
  maybeRational,
  type Node,
  Normalizer,
  negate,
  substitute,
  tidy,
} from '../expr/index.js'
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
          (functions[part.name]?.domain === 'nonnegative' &&
            part.orders.every((order) => order === 0) &&
            part.args.every(real)) ||
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
        return part.operator !== 'limit' && holdsUnder(part)
      default:
        return positive(part)
    }
  }
  // The variable has the sign that was declared of its name only where the range starts above 0.
  const holdsUnder = ({ variable, body, limits: [from, to] }: Bound): boolean => {
    if (!isInfinity(to) || !(isInfinity(tidy(negate(from))) || real(from))) return false
    return holds(from) ? holds(body) : holds(substitute(body, { [variable]: anyReal(variable) }))
  }
  return holds(tidy(node))
}

const isInfinity = (node: Node): boolean => node.kind === 'constant' && node.name === 'infinity'

/** A real symbol of which nothing else is known, as the normal form names bound variables. */
const anyReal = (variable: string): Node => ({ kind: 'symbol', name: `$${variable}` })

function isEven(exponent: Node): boolean {
  const value = maybeRational(exponent)
  return value !== undefined && value.d === 1n && value.n % 2n === 0n
}
