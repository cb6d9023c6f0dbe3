import { functionsOf, proveEqual } from '../expr/index.js'
import { type Determined, givenName } from './determined.js'
import { domainConditions, notOnto, within } from './domains.js'
import { DerivationError } from './errors.js'
import type { Formula } from './formula.js'
import type { Language } from './language.js'
import type { Application, Move } from './rules/index.js'
import type { Where } from './where.js'

/**
 * What a step takes for granted of the names that it puts in or varies, TeX inside `$…$`.
 *
 * @throws DerivationError 'definition' where a name may not be put in or varied, 'not-applicable' where an old function
 * is still in the new formula of a change of variables.
 */
export function premises(
  { language, move, before }: Application<Move>,
  after: Formula,
  determined: Determined,
): readonly string[] {
  const varied = variedBy(move)
  if (varied !== undefined) {
    const [fixed] = determined.has(varied)
      ? [varied]
      : determined.dependents([before.left, before.right], varied)
    if (fixed !== undefined)
      throw new DerivationError(
        'definition',
        varied,
        `${fixed} has a value made of ${varied}, or is given one; put it in before ${varied} is varied`,
      )
  }
  if (move.rule === 'integrate' || move.rule === 'sumOver') return rangeConditions(language, move)
  if (move.rule === 'identity' && move.where) return equations(language, move.where)
  if (move.rule === 'solution') {
    const solved = givenName(after.left)
    const others = Object.entries(move.where).filter(([name]) => name !== solved)
    return equations(language, Object.fromEntries(others))
  }
  if (move.rule === 'changeVariable') {
    const replaced = [...functionsOf(after.left), ...functionsOf(after.right)].find((name) =>
      Object.hasOwn(move.where, name),
    )
    if (replaced !== undefined)
      throw new DerivationError('not-applicable', replaced, `${replaced} is still in the new formula`)
    const narrow = notOnto(language, move.where, [after.left, after.right])
    return equations(language, Object.fromEntries(narrow.map((name) => [name, move.where[name]])))
  }
  if (move.rule !== 'specialise') return []
  const { where } = move
  const given = Object.keys(where).find((name) => {
    const value = determined.maybeValue(name, language.vocabulary.functions[name]?.of)
    const own = value && proveEqual(value, language.expression(where[name]), language.assumptions)
    return determined.has(name) && !own
  })
  if (given !== undefined)
    throw new DerivationError('definition', given, `${given} has a value already, and no other`)
  return [...equations(language, fixedBy(where, before, determined)), ...domainConditions(language, where)]
}

/** Values that names are given for a line and what follows from it. */
export function valuesGiven({ move, before }: Application<Move>, determined: Determined): Where {
  if (move.rule === 'solution' || (move.rule === 'identity' && move.where)) return move.where ?? {}
  return move.rule === 'specialise' ? fixedBy(move.where, before, determined) : {}
}

/** What is put in for a name of which another name's value is made. */
function fixedBy(where: Where, before: Formula, determined: Determined): Where {
  return Object.fromEntries(
    Object.entries(where).filter(([name]) =>
      determined.dependents([before.left, before.right], name).some((each) => !Object.hasOwn(where, each)),
    ),
  )
}

function variedBy(move: Move): string | undefined {
  if (move.rule === 'differentiate') return move.by
  return move.rule === 'integrate' || move.rule === 'sumOver' ? move.over : undefined
}

/** The ends of a range lie where its variable may be. */
function rangeConditions(
  language: Language,
  { over, from = '-infinity', to = 'infinity' }: { over: string; from?: string; to?: string },
): readonly string[] {
  const domain = language.vocabulary.symbols[over]?.domain
  if (domain !== 'positive' && domain !== 'nonnegative') return []
  if (from.replace(/\s/g, '') === '-infinity')
    throw new DerivationError('definition', over, `${over} is declared ${domain}, and has no negative values`)
  return [from, to]
    .filter((end) => end.replace(/\s/g, '') !== 'infinity')
    .flatMap((end) => {
      const place = language.expression(end)
      const verdict = within(language, 'nonnegative', place)
      if (verdict === false)
        throw new DerivationError(
          'definition',
          over,
          `${over} is declared ${domain}, and has no negative values`,
        )
      return verdict ? [] : [`$${language.texOf(place)} \\ge 0$`]
    })
}

/** The definitions as formulas. */
function equations(language: Language, where: Where): readonly string[] {
  const { functions } = language.vocabulary
  return Object.entries(where).map(([name, text]) => {
    const left = Object.hasOwn(functions, name) ? `${name}(${functions[name].of.join(', ')})` : name
    return `$${language.texOf(language.expression(left))} = ${language.texOf(language.expression(text))}$`
  })
}
