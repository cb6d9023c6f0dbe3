import { shownAs } from '../shown.js'
import type { Objective } from './objective.js'

/** Coordinates that are named; of more, the first and the last are. */
const NAMED = 4

/** The objective, which prints as ζ(x) = … and is typeset as that. */
export function shownObjective<T extends Objective>(objective: T): T {
  return shownAs(objective, textOf, texOf)
}

function textOf({ variables, text }: Objective): string {
  const names = list(variables, '…')
  if (text.startsWith('ζ(')) return text
  return text.startsWith('ζ') ? `${text}, a function of ${names}` : `ζ(${names}) = ${text}`
}

function texOf({ variables, tex }: Objective): string {
  return tex.startsWith('\\zeta') ? tex : `\\zeta(${list(variables.map(texOfName), '\\dots')}) = ${tex}`
}

function texOfName(name: string): string {
  const numbered = /^([A-Za-z])_?(\d+)$/.exec(name)
  if (numbered) return `${numbered[1]}_{${numbered[2]}}`
  return name.length === 1 ? name : `\\mathrm{${name.replaceAll('_', '\\_')}}`
}

function list(names: readonly string[], dots: string): string {
  return (names.length > NAMED ? [names[0], dots, names.at(-1)!] : names).join(', ')
}
