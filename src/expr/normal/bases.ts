import Fraction from 'fraction.js'
import type { Element, Ring } from './ring.js'
import { isPositive, maybeRatio } from './signs.js'

/**
 * Positive sums as products of powers of few of them, so that √(PQ) = √P √Q and ln(PQ) = ln P + ln Q are seen without
 * factoring. A new sum S is divided by the known ones; what is left is a power of a positive sum, or follows from
 * S T₁ T₂ … = R² with known Tᵢ, or becomes known itself. Known sums are thus independent up to squares, and by
 * A. S. Besicovitch, J. London Math. Soc. 15, 3 (1940), the square roots of their products are linearly independent.
 */

/** S = unit · ∏ baseᵢ^{powerᵢ} for positive bases; the unit is one positive term. */
export interface Decomposition {
  readonly unit: Element
  readonly bases: readonly { readonly base: Element; readonly power: Fraction }[]
}

/** Products T₁ T₂ … that are tried, and their greatest number of terms. */
const MOST_PRODUCTS = 16
const MOST_TERMS = 80
/** Greatest k for which a sum is tried as a k-th power; higher powers are powers of these. */
const POWERS: readonly number[] = [2, 3, 5]

class Bases {
  readonly #ring: Ring
  readonly #known: Element[] = []
  readonly #decompositions: { readonly of: Element; readonly is: Decomposition }[] = []

  constructor(ring: Ring) {
    this.#ring = ring
  }

  /**
   * @param sum positive, of two terms or more, without a denominator
   * @param related whether relations to known sums are sought; the sums that come of them need not be smaller
   */
  decompose(sum: Element, related: boolean = true): Decomposition {
    const known = this.#decompositions.find(({ of }) => this.#ring.equal(of, sum))
    if (known) return known.is
    const found = this.#decompose(sum, related)
    this.#decompositions.push({ of: sum, is: found })
    return found
  }

  #decompose(sum: Element, related: boolean): Decomposition {
    const ring = this.#ring
    let rest = sum
    const bases: { base: Element; power: Fraction }[] = []
    for (const base of this.#known) {
      let times = 0
      for (;;) {
        const quotient = ring.maybeQuotient(rest, base) ?? maybeRatio(ring, rest, base)
        if (!quotient) break
        rest = quotient
        times += 1
      }
      if (times > 0) bases.push({ base, power: new Fraction(times) })
    }
    if (rest.terms.size === 1) {
      if (isPositive(ring, rest)) return { unit: rest, bases }
      // The quotient of positive sums is positive, but its sign does not show; then nothing was gained.
      return this.#asBase(sum)
    }
    if (bases.length > 0) {
      const { unit, bases: others } = this.decompose(rest, related)
      return { unit, bases: [...bases, ...others] }
    }
    return (
      this.#fromPower(rest, related) ??
      (related ? (this.#fromMultiple(rest) ?? this.#fromSquare(rest)) : undefined) ??
      this.#asBase(rest)
    )
  }

  #asBase(base: Element): Decomposition {
    this.#known.push(base)
    return { unit: this.#ring.one, bases: [{ base, power: new Fraction(1) }] }
  }

  #fromPower(sum: Element, related: boolean): Decomposition | undefined {
    for (const k of POWERS) {
      const root = this.#maybePositiveRoot(sum, k)
      if (root) return raised(this.#ring, this.decompose(root, related), k)
    }
    return undefined
  }

  /** S = T/U where S divides a known T. */
  #fromMultiple(sum: Element): Decomposition | undefined {
    const ring = this.#ring
    for (const base of this.#known) {
      const other = base.terms.size > 2 ? ring.maybeQuotient(base, sum) : undefined
      if (!other || other.terms.size < 2 || !isPositive(ring, other)) continue
      const { unit, bases } = this.decompose(other, false)
      const inverse = bases.map((part) => ({ base: part.base, power: part.power.neg() }))
      return { unit: ring.invert(unit), bases: [{ base, power: new Fraction(1) }, ...inverse] }
    }
    return undefined
  }

  /** S = R²/(T₁ T₂ …). */
  #fromSquare(sum: Element): Decomposition | undefined {
    const ring = this.#ring
    const subsets: { readonly product: Element; readonly chosen: readonly Element[] }[] = [
      { product: sum, chosen: [] },
    ]
    for (const base of this.#known) {
      for (const { product, chosen } of subsets.slice()) {
        if (subsets.length > MOST_PRODUCTS || product.terms.size * base.terms.size > MOST_TERMS) continue
        const larger = ring.multiply(product, base)
        const root = this.#maybePositiveRoot(larger, 2)
        const all = [...chosen, base]
        if (root) {
          const { unit, bases } = raised(
            ring,
            root.terms.size === 1 ? { unit: root, bases: [] } : this.decompose(root, false),
            2,
          )
          return { unit, bases: [...bases, ...all.map((each) => ({ base: each, power: new Fraction(-1) }))] }
        }
        subsets.push({ product: larger, chosen: all })
      }
    }
    return undefined
  }

  #maybePositiveRoot(sum: Element, k: number): Element | undefined {
    const root = this.#ring.maybeRoot(sum, k)
    if (!root) return undefined
    if (isPositive(this.#ring, root)) return root
    const opposite = this.#ring.negate(root)
    return k % 2 === 0 && isPositive(this.#ring, opposite) ? opposite : undefined
  }
}

function raised(ring: Ring, { unit, bases }: Decomposition, k: number): Decomposition {
  return {
    unit: ring.whole(unit, k),
    bases: bases.map(({ base, power }) => ({ base, power: power.mul(k) })),
  }
}

const ofRing = new WeakMap<Ring, Bases>()

/** A positive sum of two terms or more, without a denominator, in the bases of its ring. */
export function decomposed(ring: Ring, sum: Element): Decomposition {
  let bases = ofRing.get(ring)
  if (!bases) {
    bases = new Bases(ring)
    ofRing.set(ring, bases)
  }
  return bases.decompose(sum)
}
