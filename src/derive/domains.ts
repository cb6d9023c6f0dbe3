/** Whether what is put in for a name has a value that the name may have. */
import {
  differentiate,
  isNowhereZero,
  isPositive,
  type Node,
  Normalizer,
  negate,
  parts,
  substitute,
  symbolsOf,
} from '../expr/index.js'
import { DerivationError } from './errors.js'
import type { Language } from './language.js'
import { isNonnegative } from './nonnegative.js'
import type { Domain } from './vocabulary.js'
import type { Where } from './where.js'

const TEX: Readonly<Record<Domain, string>> = {
  positive: '> 0',
  nonnegative: '\\ge 0',
  real: '\\in \\mathbb{R}',
  integer: '\\in \\mathbb{Z}',
  complex: '\\in \\mathbb{C}',
}

/**
 * What must hold for definitions to be within the domains of their names, TeX inside `$…$`.
 *
 * @throws DerivationError 'definition' where a value is surely outside.
 */
export function domainConditions(language: Language, where: Where): readonly string[] {
  const { symbols, functions } = language.vocabulary
  const found = new Set<string>()
  const values: Record<string, Node> = {}
  for (const [name, text] of Object.entries(where)) {
    const domain = symbols[name]?.domain ?? functions[name]?.domain ?? 'complex'
    const value = language.expression(text)
    if (Object.hasOwn(symbols, name)) values[name] = value
    const verdict = within(language, domain, value)
    if (verdict === false)
      throw new DerivationError(
        'definition',
        name,
        `${language.unicodeOf(value)} is no value of ${name}, which is declared ${domain}`,
      )
    if (verdict === undefined) found.add(`$${language.texOf(value)} ${TEX[domain]}$`)
  }
  for (const expression of language.assumptions.positiveExpressions ?? []) {
    const here = substitute(expression, values)
    if (
      [...symbolsOf(expression)].some((name) => Object.hasOwn(values, name)) &&
      !within(language, 'positive', here)
    )
      found.add(`$${language.texOf(here)} > 0$`)
  }
  return [...found]
}

/** Whether a value is surely in a domain, surely not, or neither. */
export function within(language: Language, domain: Domain, value: Node): boolean | undefined {
  const normal = new Normalizer(language.assumptions)
  const element = normal.normalize(value)
  const opposite = normal.normalize(negate(value))
  const known = (holds: boolean, fails: boolean): boolean | undefined =>
    holds ? true : fails ? false : undefined
  switch (domain) {
    case 'complex':
      return true
    case 'positive':
      return known(
        isPositive(normal.ring, element),
        normal.ring.isZero(element) || isPositive(normal.ring, opposite),
      )
    case 'nonnegative':
      return known(isNonnegative(language, value), isPositive(normal.ring, opposite))
    case 'real': {
      const turned = normal.ring.multiply(element, normal.normalize({ kind: 'constant', name: 'i' }))
      const squared = normal.ring.multiply(turned, turned)
      return known(normal.isReal(value), !normal.ring.isZero(element) && isPositive(normal.ring, squared))
    }
    case 'integer': {
      const number = normal.ring.maybeConstant(element)
      const whole = number?.im.n === 0n && number.re.d === 1n
      return known(whole || isWhole(language, value), number !== undefined)
    }
  }
}

function isWhole(language: Language, node: Node): boolean {
  if (node.kind === 'number') return node.value.d === 1n
  if (node.kind === 'symbol') return language.vocabulary.symbols[node.name]?.domain === 'integer'
  return (
    (node.kind === 'sum' || node.kind === 'product' || node.kind === 'negative') &&
    parts(node).every((part) => isWhole(language, part))
  )
}

/**
 * The symbols of which a change of variables does not surely reach every value. It reaches those that are a multiple of
 * an old variable, which no other has and the new formula does not have, plus what is free of it.
 */
export function notOnto(language: Language, where: Where, after: readonly Node[]): readonly string[] {
  const normal = new Normalizer(language.assumptions)
  const free = new Set(after.flatMap((side) => [...symbolsOf(side)]))
  const values = Object.entries(where)
    .filter(([name]) => Object.hasOwn(language.vocabulary.symbols, name))
    .map(([name, text]) => ({ name, value: language.expression(text) }))
  const reached = ({ name, value }: (typeof values)[number]): boolean =>
    [...symbolsOf(value)].some((old) => {
      if (old !== name && free.has(old)) return false
      if (values.some((other) => other.name !== name && symbolsOf(other.value).has(old))) return false
      const slope = differentiate(value, old)
      return !symbolsOf(slope).has(old) && isNowhereZero(normal.ring, normal.normalize(slope))
    })
  return values.filter((each) => !reached(each)).map(({ name }) => name)
}
