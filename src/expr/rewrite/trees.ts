import { add, call, divide, maybeRational, multiply, negate, number, power } from '../build.js'
import { mapParts, type Node } from '../node.js'

/** Rewritings that go from tree to tree: the powers of i, and products of exponentials. */

const I: Node = { kind: 'constant', name: 'i' }

/** The whole number that an exponent is, if it is one. */
function maybeWhole(exponent: Node): number | undefined {
  const value = maybeRational(exponent)
  return value?.d === 1n ? value.valueOf() : undefined
}

/** i² → −1 and 1/i → −i: in each product and quotient at most one i is left, above. */
export function withPlainUnits(node: Node): Node {
  const { turns, rest } = unitOf(node)
  const signed = turns % 2 === 1 ? timesI(rest) : rest
  return turns >= 2 ? negate(signed) : signed
}

function timesI(rest: Node): Node {
  return rest.kind === 'quotient' ? divide(multiply(I, rest.over), rest.under) : multiply(I, rest)
}

/** node = i^turns · rest, turns from 0 to 3. */
function unitOf(node: Node): { turns: number; rest: Node } {
  const turned = (turns: number, rest: Node): { turns: number; rest: Node } => ({
    turns: ((turns % 4) + 4) % 4,
    rest,
  })
  switch (node.kind) {
    case 'constant':
      return node.name === 'i' ? turned(1, number(1)) : turned(0, node)
    case 'negative': {
      const { turns, rest } = unitOf(node.of)
      return turned(turns + 2, rest)
    }
    case 'product': {
      const inner = node.factors.map(unitOf)
      return turned(
        inner.reduce((sum, { turns }) => sum + turns, 0),
        multiply(...inner.map(({ rest }) => rest)),
      )
    }
    case 'quotient': {
      const [over, under] = [unitOf(node.over), unitOf(node.under)]
      return turned(over.turns - under.turns, divide(over.rest, under.rest))
    }
    case 'power': {
      const whole = maybeWhole(node.exponent)
      if (whole === undefined) break
      const { turns, rest } = unitOf(node.base)
      return turned(turns * whole, power(rest, node.exponent))
    }
    default:
  }
  return turned(0, mapParts(node, withPlainUnits))
}

/** e^u e^v → e^{u+v} in each product and quotient; `sum` writes an exponent. */
export function withMergedExponentials(node: Node, sum: (exponent: Node) => Node): Node {
  const inside = (part: Node): Node => withMergedExponentials(part, sum)
  const { exponents, rest } = exponentsOf(node)
  if (exponents.length === 0 || node.kind === 'call') return mapParts(node, inside)
  const exponent = exponents.length === 1 ? inside(exponents[0]!) : sum(add(...exponents.map(inside)))
  const merged = maybeRational(exponent)?.equals(0) ? number(1) : call('exp', exponent)
  const left = inside(rest)
  return left.kind === 'quotient' ? divide(multiply(left.over, merged), left.under) : multiply(left, merged)
}

/** node = rest · Π e^{exponents}. */
function exponentsOf(node: Node): { exponents: readonly Node[]; rest: Node } {
  switch (node.kind) {
    case 'call':
      if (node.name === 'exp') return { exponents: node.args, rest: number(1) }
      break
    case 'negative': {
      const { exponents, rest } = exponentsOf(node.of)
      return { exponents, rest: negate(rest) }
    }
    case 'product': {
      const inner = node.factors.map(exponentsOf)
      return {
        exponents: inner.flatMap(({ exponents }) => exponents),
        rest: multiply(...inner.map(({ rest }) => rest)),
      }
    }
    case 'quotient': {
      const [over, under] = [exponentsOf(node.over), exponentsOf(node.under)]
      return {
        exponents: [...over.exponents, ...under.exponents.map(negate)],
        rest: divide(over.rest, under.rest),
      }
    }
    case 'power': {
      const whole = maybeWhole(node.exponent)
      if (whole === undefined) break
      const { exponents, rest } = exponentsOf(node.base)
      return {
        exponents: exponents.map((exponent) => multiply(number(whole), exponent)),
        rest: power(rest, node.exponent),
      }
    }
    default:
  }
  return { exponents: [], rest: node }
}
