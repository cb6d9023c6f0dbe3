import { type Node, negate, number, parse, parts, power, subtract } from '../../expr/index.js'
import type { Equation, Formula, Sign } from '../formula.js'
import type { Language } from '../language.js'
import type { Application, Demand, Move, Obligation } from './rule.js'

export const sides = (after: Equation, made: Equation): readonly Obligation[] => [
  { of: 'left sides', left: after.left, right: made.left },
  { of: 'right sides', left: after.right, right: made.right },
]

export const difference = ({ left, right }: Equation): Node => subtract(left, right)

export const both = (formula: Formula, change: (side: Node) => Node): Formula => ({
  left: change(formula.left),
  sign: formula.sign,
  right: change(formula.right),
})

export const INFINITY: Node = { kind: 'constant', name: 'infinity' }

/** An end of a range: an expression, `infinity` or `-infinity`. */
export function end(language: Language, text: string): Node {
  const bare = text.replace(/\s/g, '')
  if (bare === 'infinity') return INFINITY
  return bare === '-infinity' ? negate(INFINITY) : language.expression(text)
}

/** What must not be negative for a range to run upwards. */
export function lengthOf(language: Language, from: string, to: string): readonly Node[] {
  const [start, stop] = [end(language, from), end(language, to)]
  const open = [start, stop].filter(isEndless)
  if (open.length === 0) return [subtract(stop, start)]
  // The square of a finite end shows that it is real.
  return [start, stop].filter((place) => !isEndless(place)).map((place) => power(place, number(2)))
}

export const isEndless = (limit: Node): boolean =>
  [limit, ...parts(limit)].some((part) => part.kind === 'constant' && part.name === 'infinity')

export const isOrder = (sign: Sign): boolean => sign === '<=' || sign === '>='

/** What a factor of both sides must be. */
export const keepsSign = ({ sign }: Formula, factor: Node): Omit<Demand, 'obligations'> =>
  isOrder(sign) ? { nonnegative: [factor] } : { nonzero: [factor] }

export const bound =
  (operator: 'integral' | 'sum', variable: string, limits: readonly Node[]) =>
  (body: Node): Node => ({
    kind: 'bound',
    operator,
    variable,
    body,
    limits,
  })

/** A function of what a rule is applied to, computed once for the rule's label, result and demand. */
export function once<M extends Move, V>(make: (application: Application<M>) => V) {
  const known = new WeakMap<Application<M>, { readonly value: V }>()
  return (application: Application<M>): V => {
    const found = known.get(application) ?? { value: make(application) }
    known.set(application, found)
    return found.value
  }
}

/** The argument's name in the text of a function to apply. */
export const ARGUMENT = 'u'

export function functionOf(language: Language, text: string): Node {
  const { symbols, functions } = language.vocabulary
  return parse(text, {
    variables: [...new Set([ARGUMENT, ...Object.keys(symbols)])],
    functions: Object.fromEntries(Object.entries(functions).map(([name, { of }]) => [name, of.length])),
    imaginary: true,
  })
}
