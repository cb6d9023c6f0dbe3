/** ζ as a polynomial with rational coefficients, where it is one: c₀ + c₁x + … + c_d x^d. */
import Fraction from 'fraction.js'
import { Expression, evaluateDecimal, type Node, rational } from '../../expr/index.js'

/** Coefficients by rising power; the last is not 0, and 0 itself has none. */
export type Polynomial = readonly Fraction[]

/** Highest degree that is treated as a polynomial. */
const MAX_DEGREE = 40

/**
 * The polynomial that an expression of one variable is; undefined where it is none.
 *
 * @param digits of irrational coefficients such as π, which become rationals this near to them
 */
export function maybePolynomial(expression: Expression, digits: number): Polynomial | undefined {
  const [variable] = expression.variables
  const read = (node: Node): Polynomial | undefined => {
    switch (node.kind) {
      case 'number':
        return trimmed([node.value])
      case 'symbol':
        return node.name === variable
          ? [new Fraction(0), new Fraction(1)]
          : trimmed([rational(expression.parameters[node.name])])
      case 'sum':
        return fold(node.terms.map(read), add)
      case 'negative':
        return scale(read(node.of), new Fraction(-1))
      case 'product':
        return fold(node.factors.map(read), multiply)
      case 'quotient': {
        const under = read(node.under)
        return under?.length === 1 ? scale(read(node.over), under[0].inverse()) : constant(node)
      }
      case 'power':
        return power(read(node.base), read(node.exponent)) ?? constant(node)
      case 'constant':
      case 'call':
        return constant(node)
      case 'jet':
      case 'bound':
        return undefined
    }
  }
  const constant = (node: Node): Polynomial | undefined => {
    const value = new Expression(node, expression.text, expression)
    if (value.symbols.includes(variable)) return undefined
    const decimal = evaluateDecimal(value, {}, digits)
    return decimal.isFinite() ? trimmed([new Fraction(decimal.toFixed())]) : undefined
  }
  return read(expression.node)
}

/** p(centre + scale·ξ) as a polynomial in ξ. */
export function recentre(p: Polynomial, centre: Fraction, stretch: Fraction): Polynomial {
  const line = trimmed([centre, stretch])
  return p.reduceRight<Polynomial>((sum, c) => add(multiply(sum, line), trimmed([c])), [])
}

/** The centre about which a polynomial of even degree may be even: where its second coefficient vanishes. */
export function centreOf(p: Polynomial): Fraction {
  const degree = p.length - 1
  return p[degree - 1].div(p[degree]).div(-degree)
}

export function isEven(p: Polynomial): boolean {
  return p.every((c, k) => k % 2 === 0 || c.n === 0n)
}

function fold(
  parts: readonly (Polynomial | undefined)[],
  combine: (a: Polynomial, b: Polynomial) => Polynomial,
): Polynomial | undefined {
  return parts.reduce((a, b) => a && b && maybeShort(combine(a, b)))
}

function maybeShort(p: Polynomial): Polynomial | undefined {
  return p.length <= MAX_DEGREE + 1 ? p : undefined
}

function power(base: Polynomial | undefined, exponent: Polynomial | undefined): Polynomial | undefined {
  if (base === undefined || exponent === undefined || exponent.length > 1) return undefined
  const n = exponent[0] ?? new Fraction(0)
  if (n.d !== 1n || n.s < 0n || n.n * BigInt(Math.max(1, base.length - 1)) > BigInt(MAX_DEGREE))
    return undefined
  let result: Polynomial = [new Fraction(1)]
  for (let k = 0n; k < n.n; k++) result = multiply(result, base)
  return result
}

function add(a: Polynomial, b: Polynomial): Polynomial {
  const zero = new Fraction(0)
  return trimmed(
    Array.from({ length: Math.max(a.length, b.length) }, (_, k) => (a[k] ?? zero).add(b[k] ?? zero)),
  )
}

function multiply(a: Polynomial, b: Polynomial): Polynomial {
  const product = Array.from({ length: a.length + b.length }, () => new Fraction(0))
  for (const [j, u] of a.entries())
    for (const [k, v] of b.entries()) product[j + k] = product[j + k].add(u.mul(v))
  return trimmed(product)
}

function scale(p: Polynomial | undefined, factor: Fraction): Polynomial | undefined {
  return p?.map((c) => c.mul(factor))
}

function trimmed(coefficients: readonly Fraction[]): Polynomial {
  return coefficients.slice(0, coefficients.findLastIndex((c) => c.n !== 0n) + 1)
}
