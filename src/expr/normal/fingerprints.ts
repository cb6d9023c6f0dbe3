import type { Polynomial } from './polynomial.js'
import type { Element, Ring } from './ring.js'

/** A complex number with the size of the terms that it was summed from. */
interface Value {
  readonly re: number
  readonly im: number
  readonly size: number
}

/** What rounding may leave of a difference of equal values, relative to the terms that were summed. */
const ROUNDING = 1e-9

/**
 * Elements in double precision at one point of the ring. Atoms have any values; what is built of them obeys the
 * ring's relations, z^p z^q = z^{p+q} and e^E e^F = e^{E+F}. Equal elements have equal values, so elements whose
 * values differ need no exact comparison.
 */
export class Fingerprints {
  readonly #ring: Ring
  readonly #logarithms: Value[] = []
  readonly #monomials: Value[] = []
  readonly #exponentials: Value[] = []
  readonly #elements = new WeakMap<Element, Value>()

  constructor(ring: Ring) {
    this.#ring = ring
  }

  /** True where two elements surely differ. */
  differ(a: Element, b: Element): boolean {
    const [u, v] = [this.#value(a), this.#value(b)]
    // A value that overflowed compares as NaN, which says nothing.
    return Math.hypot(u.re - v.re, u.im - v.im) > ROUNDING * (u.size + v.size)
  }

  #value(element: Element): Value {
    let value = this.#elements.get(element)
    if (!value) {
      value = this.#sum(element.terms)
      for (const [place, times] of element.under) {
        const factor = this.#value(this.#ring.factor(place))
        for (let k = 0; k < times; k++) value = quotient(value, factor)
      }
      this.#elements.set(element, value)
    }
    return value
  }

  #sum(polynomial: Polynomial): Value {
    let [re, im, size] = [0, 0, 0]
    for (const { coefficient, powers, exponent } of polynomial.values()) {
      this.#monomials[powers.id] ??= powers.reduce<Value>((product, power) => {
        const logarithm = this.#logarithm(power.atom)
        return times(product, exponential(logarithm, power.exponent.valueOf()))
      }, ONE)
      this.#exponentials[exponent] ??= exponential(this.#value(this.#ring.exponentAt(exponent)), 1)
      const term = times(
        times(this.#monomials[powers.id]!, this.#exponentials[exponent]!),
        pure(coefficient.re.valueOf(), coefficient.im.valueOf()),
      )
      re += term.re
      im += term.im
      size += term.size
    }
    return { re, im, size }
  }

  #logarithm(place: number): Value {
    this.#logarithms[place] ??= this.#newLogarithm(place)
    return this.#logarithms[place]
  }

  #newLogarithm(place: number): Value {
    const { kind, name, args } = this.#ring.atoms[place]!
    if (kind === 'prime') return pure(Math.log(Number(name)), 0)
    if (kind === 'pi') return pure(Math.log(Math.PI), 0)
    if (kind === 'root') {
      const { re, im, size } = this.#value(args[0]!)
      const modulus = Math.hypot(re, im)
      return { re: Math.log(modulus), im: Math.atan2(im, re), size: size / modulus }
    }
    return pure(spread(place, Math.SQRT2) - 0.5, spread(place, Math.E) - 0.5)
  }
}

/** A number in [0, 1) that no simple relation ties to those of other places (Weyl, 1916). */
const spread = (place: number, step: number): number => ((place + 1) * step) % 1

const pure = (re: number, im: number): Value => ({ re, im, size: Math.hypot(re, im) })
const ONE = pure(1, 0)

const times = (a: Value, b: Value): Value => ({
  re: a.re * b.re - a.im * b.im,
  im: a.re * b.im + a.im * b.re,
  size: a.size * b.size,
})

function quotient(a: Value, b: Value): Value {
  const square = b.re * b.re + b.im * b.im
  return {
    re: (a.re * b.re + a.im * b.im) / square,
    im: (a.im * b.re - a.re * b.im) / square,
    size: (a.size * b.size) / square,
  }
}

/** e^{qa}; what rounding does to a is a relative change of the exponential. */
function exponential(a: Value, q: number): Value {
  const modulus = Math.exp(q * a.re)
  const size = modulus * (1 + Math.abs(q) * a.size)
  return { re: modulus * Math.cos(q * a.im), im: modulus * Math.sin(q * a.im), size }
}
