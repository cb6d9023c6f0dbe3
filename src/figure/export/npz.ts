/**
 * The numbers of a figure as a NumPy archive: each axis and each variable an array, named by what tells its data set
 * from the others. Beside them `psilab.json` says where they come from and what the names stand for.
 */
import { PsilabError } from '../../error.js'
import { type NpyArray, withMember, writeNpz } from '../../interchange/index.js'
import type { Figure } from '../payload.js'
import { aboutOf } from './about.js'
import type { Variable } from './dataset.js'
import { datasetsOf } from './datasets.js'

/** @throws PsilabError `parameter` for a figure that holds words alone */
export function figureNpz(figure: Figure): Uint8Array {
  const arrays: Record<string, NpyArray> = {}
  const names: Record<string, string> = {}
  const sets = datasetsOf(figure).map((set) => ({ ...set, variables: set.variables.filter(isNumeric) }))
  const filled = sets.filter(({ variables }) => variables.length > 0)
  filled.forEach((set, k) => {
    const prefix = filled.length > 1 ? `${k + 1}_` : ''
    const add = (name: string, shape: readonly number[], values: ArrayLike<number>): void => {
      const key = unused(arrays, prefix + memberName(name))
      arrays[key] = { dtype: 'float64', shape, data: Float64Array.from(values) }
      names[key] = [...Object.values(set.labels), name].filter((word) => word !== '').join(': ')
    }
    for (const { name, values } of set.axes) add(name, [values.length], values)
    for (const { name, over, values } of set.variables) {
      add(
        name,
        over.map((a) => set.axes[a]!.values.length),
        values,
      )
    }
  })
  if (filled.length === 0) {
    throw new PsilabError({
      code: 'parameter',
      parameter: 'format',
      problem: 'this figure holds words and no arrays',
      allowed: 'csv, which has columns of text',
      got: 'npz',
    })
  }
  return npzWithAbout(figure, writeNpz(arrays), { arrays: names })
}

/** An archive with where its numbers come from. */
export function npzWithAbout(figure: Figure, archive: Uint8Array, more: object = {}): Uint8Array {
  const { origin, ...about } = aboutOf(figure)
  const text = JSON.stringify({ ...about, origin: JSON.parse(origin) as unknown, ...more }, null, 1)
  return withMember(archive, 'psilab.json', new TextEncoder().encode(`${text}\n`))
}

function isNumeric(variable: Variable): variable is Variable & { readonly values: ArrayLike<number> } {
  return typeof variable.values[0] !== 'string'
}

const WORDS: Readonly<Record<string, string>> = {
  ψ: 'psi',
  φ: 'phi',
  ζ: 'zeta',
  τ: 'tau',
  β: 'beta',
  '²': '2',
}

/** A name that every disk and every program takes: letters, digits, low lines. */
function memberName(name: string): string {
  const spelt = name.replaceAll(/[ψφζτβ²]/g, (letter) => WORDS[letter]!)
  return (
    spelt
      .normalize('NFKD')
      .replaceAll(/[^A-Za-z0-9]+/g, '_')
      .replaceAll(/^_+|_+$/g, '') || 'values'
  )
}

function unused(taken: object, name: string): string {
  let free = name
  for (let k = 2; Object.hasOwn(taken, free); k++) free = `${name}_${k}`
  return free
}
