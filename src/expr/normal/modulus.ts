import Fraction from 'fraction.js'
import { maybeConjugate } from './conjugate.js'
import { rationalPower } from './radicals.js'
import type { Element, Ring } from './ring.js'
import { isPositive, isReal } from './signs.js'

const HALF = new Fraction(1, 2)

/**
 * |a| where it is not just that of a real number: moduli multiply, |z^q| = |z|^q on the principal branch for rational
 * q, |e^w| = e^{Re w}, and |s| = √(s s*) of a sum. Undefined where a conjugate is not known.
 */
export function maybeModulus(ring: Ring, a: Element): Element | undefined {
  if (ring.isZero(a) || isPositive(ring, a)) return a
  let product = maybeOver(ring, { terms: a.terms, under: new Map() })
  for (const [place, times] of a.under) {
    const factor = maybeOfSum(ring, ring.factor(place))
    product = product && factor && ring.multiply(product, ring.whole(factor, -times))
  }
  return product
}

function maybeOver(ring: Ring, a: Element): Element | undefined {
  const term = ring.maybeTerm(a)
  if (!term) return maybeOfSum(ring, a)
  const { re, im } = term.coefficient
  const conjugate = maybeConjugate(ring, ring.exponentOf(term))
  if (!conjugate) return undefined
  const half = ring.multiply(ring.rational(HALF), ring.add(ring.exponentOf(term), conjugate))
  const size = rationalPower(ring, ring.rational(re.mul(re).add(im.mul(im))), HALF)
  let product: Element | undefined = ring.multiply(size, ring.exponential(half))
  for (const { atom, exponent } of term.powers) {
    const modulus = maybeOfAtom(ring, atom)
    product = product && modulus && ring.multiply(product, rationalPower(ring, modulus, exponent))
  }
  return product
}

/** A root stands for its base to the power 1. */
function maybeOfAtom(ring: Ring, place: number): Element | undefined {
  const atom = ring.atoms[place]!
  if (atom.positive) return ring.atomPower(place, new Fraction(1))
  return atom.kind === 'root'
    ? maybeModulus(ring, atom.args[0]!)
    : opaque(ring, ring.atomPower(place, new Fraction(1)))
}

function maybeOfSum(ring: Ring, a: Element): Element | undefined {
  if (isPositive(ring, a)) return a
  if (isReal(ring, a)) return opaque(ring, a)
  const conjugate = maybeConjugate(ring, a)
  return conjugate && rationalPower(ring, ring.multiply(a, conjugate), HALF)
}

/** |a| as a value of its own. */
export function opaque(ring: Ring, a: Element): Element {
  const place = ring.intern({ kind: 'value', name: 'abs', args: [a], positive: false, real: true })
  return ring.atomPower(place, new Fraction(1))
}
