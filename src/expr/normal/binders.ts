/**
 * Integrals, sums and limits in the normal form: linear operators on what depends on their variable,
 *
 *     ∫ Σⱼ cⱼ gⱼ(x) dx = Σⱼ cⱼ ∫ gⱼ(x) dx        for cⱼ free of x,
 *
 * whose values ∫ gⱼ dx are atoms. Where an integral diverges its atom stands for the value of some linear extension of
 * the operator, so an equality that is found holds for every reading under which its two sides are defined.
 */
import Fraction from 'fraction.js'
import { type Bound, type BoundOperator, type Node, parts } from '../node.js'
import { ONE } from './gaussian.js'
import type { Power, Term } from './polynomial.js'
import type { Element, Ring } from './ring.js'
import { isPositive, isReal } from './signs.js'

/** Levels of bound nodes in a tree. */
function bindingHeight(node: Node): number {
  const inside = parts(node).reduce((height, part) => Math.max(height, bindingHeight(part)), 0)
  return node.kind === 'bound' ? inside + 1 : inside
}

/** Bound variables are known by the levels of operators that they span, so that their names do not matter. */
const nameAt = (level: number): string => `$${level}`

/** A name for the variable of a bound node that nothing in its body has; no text spells it. */
export const boundName = (node: Bound): string => nameAt(bindingHeight(node))

export const isBoundName = (name: string): boolean => name.startsWith('$')

/**
 * The value of an operator on a body.
 *
 * @param variable atom of the bound variable
 */
export function boundValue(
  ring: Ring,
  operator: BoundOperator,
  variable: number,
  body: Element,
  limits: readonly Element[],
): Element {
  const depends = dependence(ring, variable)
  let [under, outside] = [ring.one, ring.one]
  for (const [place, times] of body.under) {
    const factor = ring.factor(place)
    if (depends(factor)) under = ring.multiply(under, ring.whole(factor, times))
    else outside = ring.multiply(outside, ring.whole(factor, times))
  }
  const inverse = ring.invert(under)
  const terms = [...body.terms.values()].map((term) => {
    const { free, bound } = parted(ring, term, depends)
    return ring.multiply(free, operate(ring, operator, variable, ring.multiply(bound, inverse), limits))
  })
  return ring.multiply(
    terms.reduce((s, t) => ring.add(s, t), ring.zero),
    ring.invert(outside),
  )
}

export type Depends = (element: Element) => boolean

/** Whether elements depend on an atom, in exponents and arguments too. */
export function dependence(ring: Ring, variable: number): Depends {
  const known = new Map<number, boolean>()
  const atom = (place: number): boolean => {
    const value = known.get(place) ?? (place === variable || ring.atoms[place].args.some(depends))
    known.set(place, value)
    return value
  }
  const depends: Depends = (element) =>
    [...element.terms.values()].some(
      (term) =>
        term.powers.some((power) => atom(power.atom)) ||
        (term.exponent !== 0 && depends(ring.exponentOf(term))),
    ) || [...element.under.keys()].some((place) => depends(ring.factor(place)))
  return depends
}

/** A term as a factor free of the variable times one bound to it. */
function parted(ring: Ring, term: Term, depends: Depends): { free: Element; bound: Element } {
  const split = (chosen: boolean): Element => {
    const powers = term.powers.filter((power) => depends(elementOf(ring, power)) === chosen)
    return ring.term({ coefficient: chosen ? ONE : term.coefficient, powers, exponent: 0 })
  }
  const [free, bound] = [split(false), split(true)]
  if (term.exponent === 0) return { free, bound }
  const exponent = ring.exponentOf(term)
  const whole = [...exponent.under.keys()].some((place) => depends(ring.factor(place)))
  const part = (chosen: boolean): Element => {
    const kept = [...exponent.terms].filter(
      ([, inner]) => (whole || depends({ terms: new Map([[0, inner]]), under: new Map() })) === chosen,
    )
    return ring.exponential({ terms: new Map(kept), under: kept.length === 0 ? new Map() : exponent.under })
  }
  return { free: ring.multiply(free, part(false)), bound: ring.multiply(bound, part(true)) }
}

const elementOf = (ring: Ring, { atom }: Power): Element => ring.atomPower(atom, new Fraction(1))

function operate(
  ring: Ring,
  operator: BoundOperator,
  variable: number,
  inner: Element,
  limits: readonly Element[],
): Element {
  const trivial = ring.maybeConstant(inner)
  const endless = limits.some((limit) => [...limit.terms.values()].some((term) => isInfinite(ring, term)))
  if (trivial && operator === 'limit') return inner
  const length = limits.length === 2 ? ring.subtract(limits[1], limits[0]) : ring.zero
  const count = operator === 'sum' ? ring.add(length, ring.one) : length
  if (trivial && !endless) return ring.multiply(inner, count)
  const body = renamed(ring, inner, variable, bindingVariable(ring, levels(ring, inner) + 1))
  const forward = operator !== 'limit' && isPositive(ring, count)
  const atom = ring.intern({
    kind: 'value',
    name: operator,
    args: [body, ...limits],
    positive: forward && isPositive(ring, body),
    real: isReal(ring, body) && limits.every((limit) => isReal(ring, limit)),
  })
  return ring.atomPower(atom, new Fraction(1))
}

const isInfinite = (ring: Ring, term: Term): boolean =>
  term.powers.some(({ atom }) => ring.atoms[atom].name === 'infinity')

function bindingVariable(ring: Ring, level: number): number {
  return ring.intern({ kind: 'symbol', name: nameAt(level), args: [], positive: false, real: true })
}

/** Levels of operators in an element. */
function levels(ring: Ring, { terms, under }: Element): number {
  const ofAtom = (place: number): number => {
    const { kind, name, args } = ring.atoms[place]
    const inside = Math.max(0, ...args.map((arg) => levels(ring, arg)))
    return kind === 'value' && OPERATORS.has(name) ? inside + 1 : inside
  }
  return Math.max(
    0,
    ...[...terms.values()].map((term) =>
      Math.max(
        term.exponent === 0 ? 0 : levels(ring, ring.exponentOf(term)),
        ...term.powers.map(({ atom }) => ofAtom(atom)),
      ),
    ),
    ...[...under.keys()].map((place) => levels(ring, ring.factor(place))),
  )
}

const OPERATORS: ReadonlySet<string> = new Set<BoundOperator>(['integral', 'sum', 'limit'])

/** The element with one symbol in place of another. */
function renamed(ring: Ring, element: Element, from: number, to: number): Element {
  const depends = dependence(ring, from)
  const rename = (e: Element): Element => {
    if (from === to || !depends(e)) return e
    const terms = [...e.terms.values()].map((term) =>
      term.powers.reduce(
        (product, { atom, exponent }) => ring.multiply(product, ring.atomPower(place(atom), exponent)),
        ring.multiply(ring.constant(term.coefficient), ring.exponential(rename(ring.exponentOf(term)))),
      ),
    )
    return [...e.under].reduce(
      (quotient, [factor, times]) => ring.multiply(quotient, ring.whole(rename(ring.factor(factor)), -times)),
      terms.reduce((s, t) => ring.add(s, t), ring.zero),
    )
  }
  const place = (atom: number): number => {
    if (atom === from) return to
    const known = ring.atoms[atom]
    return known.args.length === 0 ? atom : ring.intern({ ...known, args: known.args.map(rename) })
  }
  return rename(element)
}
