import Fraction from 'fraction.js'
import { differentiate } from '../differentiate.js'
import { FUNCTIONS } from '../functions.js'
import { type Jet, type Node, symbolsOf } from '../node.js'
import { realPart } from '../normal/conjugate.js'
import { isReal as isRealNumber } from '../normal/gaussian.js'
import type { Normalizer } from '../normal/normal.js'
import { exponentialOf, logarithm, rationalPower } from '../normal/radicals.js'
import type { Element, Ring } from '../normal/ring.js'
import { isPositive, isReal } from '../normal/signs.js'
import { toNode } from '../normal/toNode.js'
import { parse } from '../parse.js'
import { substitute } from '../substitute.js'
import { type Demand, nonzero } from './lemma.js'

/** h^lowest Σₖ coefficients[k] hᵏ, up to O(h^{lowest + coefficients.length}). */
export interface Series {
  readonly lowest: number
  readonly coefficients: readonly Element[]
}

export const endOf = ({ lowest, coefficients }: Series): number => lowest + coefficients.length

/** Functions that are smooth at every real argument, beside those with a meaning. */
const SMOOTH: ReadonlySet<string> = new Set(['erf', 'atan', 'asinh'])

/**
 * Laurent series of trees in a small symbol h about 0, by the arithmetic of power series (Knuth, The Art of Computer
 * Programming 2, §4.7). Undefined functions are taken to be smooth; on principal branches the leading coefficient
 * must be off the cut, which becomes a demand.
 */
export class Expansion {
  readonly demands: Demand[] = []
  readonly #normal: Normalizer
  readonly #ring: Ring
  readonly #name: string
  readonly #length: number
  readonly #positive: boolean

  /**
   * @param length coefficients that are kept of each intermediate series
   * @param positive true where h goes to 0 from above, so that (h²)^½ is h
   */
  constructor(normal: Normalizer, name: string, length: number, positive = false) {
    this.#normal = normal
    this.#ring = normal.ring
    this.#name = name
    this.#length = length
    this.#positive = positive
  }

  /** The series of a tree; undefined where it has none of this kind, or more coefficients are needed to tell. */
  of(node: Node): Series | undefined {
    if (!symbolsOf(node).has(this.#name)) return this.#constant(this.#normal.normalize(node))
    switch (node.kind) {
      case 'symbol':
        return { lowest: 1, coefficients: [this.#ring.one, ...this.#zeros(this.#length - 1)] }
      case 'sum':
        return this.#fold(node.terms, (s, t) => this.#add(s, t))
      case 'negative': {
        const inner = this.of(node.of)
        return inner && this.#scale(inner, this.#ring.rational(-1))
      }
      case 'product':
        return this.#fold(node.factors, (s, t) => this.#multiply(s, t))
      case 'quotient': {
        const [over, under] = [this.of(node.over), this.of(node.under)]
        const inverse = under && this.#power(under, new Fraction(-1))
        return over && inverse && this.#multiply(over, inverse)
      }
      case 'power':
        return this.#powerOf(node.base, node.exponent)
      case 'call':
        return this.#call(node.name, node.args)
      case 'jet':
        return this.#jet(node)
      default:
        return undefined
    }
  }

  #zeros(count: number): readonly Element[] {
    return Array.from({ length: Math.max(0, count) }, () => this.#ring.zero)
  }

  #constant(value: Element): Series {
    return { lowest: 0, coefficients: [value, ...this.#zeros(this.#length - 1)] }
  }

  #fold(nodes: readonly Node[], join: (s: Series, t: Series) => Series): Series | undefined {
    let result: Series | undefined
    for (const node of nodes) {
      const next = this.of(node)
      if (!next) return undefined
      result = result ? join(result, next) : next
    }
    return result
  }

  #scale({ lowest, coefficients }: Series, factor: Element): Series {
    return { lowest, coefficients: coefficients.map((c) => this.#ring.multiply(c, factor)) }
  }

  #at({ lowest, coefficients }: Series, order: number): Element {
    return coefficients[order - lowest] ?? this.#ring.zero
  }

  #add(s: Series, t: Series): Series {
    const lowest = Math.min(s.lowest, t.lowest)
    const end = Math.min(endOf(s), endOf(t), lowest + this.#length)
    const coefficients = Array.from({ length: Math.max(0, end - lowest) }, (_, k) =>
      this.#ring.add(this.#at(s, lowest + k), this.#at(t, lowest + k)),
    )
    return this.#trimmed({ lowest, coefficients })
  }

  /** Without zeros in front. */
  #trimmed({ lowest, coefficients }: Series): Series {
    const first = coefficients.findIndex((c) => !this.#ring.isZero(c))
    if (first < 0) return { lowest: lowest + coefficients.length, coefficients: [] }
    return { lowest: lowest + first, coefficients: coefficients.slice(first) }
  }

  #multiply(s: Series, t: Series): Series {
    const length = Math.min(s.coefficients.length, t.coefficients.length)
    const coefficients = Array.from({ length }, (_, k) => {
      let sum = this.#ring.zero
      for (let j = 0; j <= k; j++)
        sum = this.#ring.add(sum, this.#ring.multiply(s.coefficients[j]!, t.coefficients[k - j]!))
      return sum
    })
    return { lowest: s.lowest + t.lowest, coefficients }
  }

  /** (Σ cₖ hᵏ)^q: k c₀ dₖ = Σⱼ (jq − k + j) cⱼ dₖ₋ⱼ (J. C. P. Miller). */
  #power(series: Series, q: Fraction): Series | undefined {
    const { lowest, coefficients } = this.#trimmed(series)
    const [first] = coefficients
    const order = q.mul(lowest)
    if (!first || order.d !== 1n) return undefined
    if (q.d !== 1n && ((lowest !== 0 && !this.#positive) || !this.#isOffCut(first))) return undefined
    if (q.s < 0n) this.demands.push(...nonzero(this.#ring, first))
    const inverse = this.#ring.invert(first)
    const powers = [rationalPower(this.#ring, first, q)]
    for (let k = 1; k < coefficients.length; k++) {
      let sum = this.#ring.zero
      for (let j = 1; j <= k; j++) {
        const weight = this.#ring.rational(q.mul(j).sub(k).add(j).div(k))
        const product = this.#ring.multiply(coefficients[j]!, powers[k - j]!)
        sum = this.#ring.add(sum, this.#ring.multiply(weight, product))
      }
      powers.push(this.#ring.multiply(inverse, sum))
    }
    return { lowest: order.valueOf(), coefficients: powers }
  }

  /** Principal powers and logarithms are analytic about what is surely no negative number, or must be asked not to be. */
  #isOffCut(value: Element): boolean {
    const known = this.#ring.maybeConstant(value)
    if (known && !isRealNumber(known)) return true
    const sign = realPart(this.#ring, value)
    if (sign === 'negative' || sign === 'zero') return false
    if (sign === 'unknown') this.demands.push({ kind: 'positiveReal', of: value, follows: false })
    return true
  }

  #powerOf(base: Node, exponent: Node): Series | undefined {
    if (base.kind === 'constant' && base.name === 'e') return this.#exponential(this.of(exponent))
    const known =
      symbolsOf(exponent).size === 0 ? this.#ring.maybeConstant(this.#normal.normalize(exponent)) : undefined
    const inner = this.of(base)
    if (known && isRealNumber(known)) return inner && this.#power(inner, known.re)
    const [power, log] = [this.of(exponent), inner && this.#logarithm(inner)]
    return power && log && this.#exponential(this.#multiply(power, log))
  }

  /** e^s: k dₖ = Σⱼ j cⱼ dₖ₋ⱼ. */
  #exponential(series: Series | undefined): Series | undefined {
    if (!series || series.lowest < 0 || endOf(series) < 1) return undefined
    const length = endOf(series)
    const result = [exponentialOf(this.#ring, this.#at(series, 0))]
    for (let k = 1; k < length; k++) {
      let sum = this.#ring.zero
      for (let j = 1; j <= k; j++) {
        const product = this.#ring.multiply(this.#at(series, j), result[k - j]!)
        sum = this.#ring.add(sum, this.#ring.multiply(this.#ring.rational(new Fraction(j, k)), product))
      }
      result.push(sum)
    }
    return { lowest: 0, coefficients: result }
  }

  /** ln s: c₀ dₖ = cₖ − Σⱼ (j/k) dⱼ cₖ₋ⱼ. */
  #logarithm(series: Series): Series | undefined {
    const { lowest, coefficients } = this.#trimmed(series)
    const [first] = coefficients
    if (!first || lowest !== 0 || !this.#isOffCut(first)) return undefined
    const inverse = this.#ring.invert(first)
    const result = [logarithm(this.#ring, first)]
    for (let k = 1; k < coefficients.length; k++) {
      let sum = coefficients[k]!
      for (let j = 1; j < k; j++) {
        const product = this.#ring.multiply(result[j]!, coefficients[k - j]!)
        sum = this.#ring.subtract(sum, this.#ring.multiply(this.#ring.rational(new Fraction(j, k)), product))
      }
      result.push(this.#ring.multiply(inverse, sum))
    }
    return this.#trimmed({ lowest: 0, coefficients: result })
  }

  #call(name: string, args: readonly Node[]): Series | undefined {
    const meaning = FUNCTIONS.get(name)?.meaning
    if (name === 'sqrt') return this.#powerOf(args[0]!, HALF)
    if (meaning !== undefined && name !== 'step') {
      const tree = parse(meaning, { variables: ['u'], imaginary: true })
      return this.of(substitute(tree, { u: args[0]! }))
    }
    const inner = this.of(args[0]!)
    if (name === 'exp') return this.#exponential(inner)
    if (!inner) return undefined
    if (name === 'log') return this.#logarithm(inner)
    const at = this.#at(inner, 0)
    if (name === 'abs') return inner.lowest === 0 && isPositive(this.#ring, at) ? inner : undefined
    if (!SMOOTH.has(name) || inner.lowest < 0 || endOf(inner) < 1 || !isReal(this.#ring, at)) return undefined
    let derivative: Node = { kind: 'call', name, args: [SLOT] }
    return this.#taylor([inner], ([order]) => {
      if (order! > 0) derivative = differentiate(derivative, SLOT.name)
      return substitute(derivative, { [SLOT.name]: toNode(this.#ring, at) })
    })
  }

  #jet({ name, orders, args }: Jet): Series | undefined {
    const inner = args.map((arg) => this.of(arg))
    if (!inner.every((series) => series !== undefined)) return undefined
    if (inner.some((series) => series.lowest < 0 || endOf(series) < 1)) return undefined
    const at = inner.map((series) => toNode(this.#ring, this.#at(series, 0)))
    return this.#taylor(inner, (raised) => ({
      kind: 'jet',
      name,
      orders: orders.map((order, slot) => order + raised[slot]!),
      args: at,
    }))
  }

  /** Σ_m ∂^m f(a) Π δᵢ^{mᵢ}/mᵢ! for arguments a + δ; `derivative` gives ∂^m f(a), by rising |m|. */
  #taylor(args: readonly Series[], derivative: (orders: readonly number[]) => Node): Series {
    const ring = this.#ring
    const steps = args.map((series) =>
      this.#trimmed(this.#add(series, this.#constant(ring.negate(this.#at(series, 0))))),
    )
    const end = Math.min(this.#length, ...args.map(endOf))
    let sum: Series = { lowest: 0, coefficients: this.#zeros(end) }
    const visit = (slot: number, orders: readonly number[], product: Series): void => {
      if (product.lowest >= end) return
      if (slot === args.length) {
        const value = this.#normal.normalize(derivative(orders))
        sum = this.#add(sum, this.#scale(product, value))
        return
      }
      let next = product
      for (let m = 0; next.lowest < end; m++) {
        if (m > 0) next = this.#scale(this.#multiply(next, steps[slot]!), ring.rational(new Fraction(1, m)))
        if (m > 0 && steps[slot]!.coefficients.length === 0) break
        visit(slot + 1, [...orders, m], next)
      }
    }
    visit(0, [], this.#constant(ring.one))
    return sum
  }
}

const HALF: Node = { kind: 'number', value: new Fraction(1, 2) }
const SLOT = { kind: 'symbol', name: 'u$' } as const
