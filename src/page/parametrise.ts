/**
 * A chart taken apart into what stays while its numbers change and the numbers themselves: data sets, domains of axes,
 * ticks and levels. Another chart with the same form is shown by new numbers alone, without drawing anew.
 */
import type { Row, Unit } from '../figure/index.js'

export interface Parametrised {
  /** The chart with parameters in place of its numbers, and without its data. */
  readonly form: Unit
  readonly params: Readonly<Record<string, unknown>>
  readonly data: Readonly<Record<string, readonly Row[]>>
}

/** Where a vega-lite chart takes an expression for a number or a list of numbers, by the keys of parent and child. */
const PLACES: ReadonlySet<string> = new Set(['scale.domain', 'axis.values'])

const isNumbers = (value: unknown): value is readonly number[] =>
  Array.isArray(value) && value.length > 0 && value.every((each) => typeof each === 'number')

/** Equal numbers get the same parameter, so that layers that share an axis go on sharing it. */
export function parametrise(spec: Unit): Parametrised {
  const params: Record<string, unknown> = {}
  const names = new Map<string, string>()
  const named = (value: unknown): Unit => {
    const key = JSON.stringify(value)
    let name = names.get(key)
    if (name === undefined) {
      name = `number_${names.size}`
      names.set(key, name)
      params[name] = value
    }
    return { expr: name }
  }
  const visit = (value: unknown, parent: string, key: string): unknown => {
    if (key === 'datum' && typeof value === 'number') return named(value)
    if (PLACES.has(`${parent}.${key}`) && isNumbers(value)) return named(value)
    if (Array.isArray(value)) return value.map((each) => visit(each, key, ''))
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value).map(([name, each]) => [name, visit(each, key, name)] as const),
    )
  }
  const { datasets, params: given, ...rest } = spec
  const form = visit(rest, '', '') as Record<string, unknown>
  for (const { name, value } of (given ?? []) as readonly { name: string; value: unknown }[]) {
    params[name] = value
  }
  return { form, params, data: (datasets ?? {}) as Record<string, readonly Row[]> }
}

/** The chart again, whole. */
export function whole({ form, params, data }: Parametrised): Unit {
  return {
    ...form,
    params: Object.entries(params).map(([name, value]) => ({ name, value })),
    datasets: data,
  }
}

/** Whether one chart becomes the other by new numbers alone. */
export function sameForm(a: Parametrised, b: Parametrised): boolean {
  const names = (each: object): string => Object.keys(each).join()
  return (
    names(a.params) === names(b.params) &&
    names(a.data) === names(b.data) &&
    JSON.stringify(a.form) === JSON.stringify(b.form)
  )
}

/** An axis keeps its ends while the new ones differ by less than this share of it: about one pixel. */
const STEADY = 0.004

/**
 * The parameters to be shown after `shown`: what differs from it too little to be seen stays as it is, with every
 * level that stands at the end of an axis.
 */
export function steady(
  shown: Parametrised['params'],
  wanted: Parametrised['params'],
): Record<string, unknown> {
  const kept = new Map<number, number>()
  const result: Record<string, unknown> = { ...wanted }
  for (const [name, next] of Object.entries(wanted)) {
    const now = shown[name]
    if (!isEnds(now) || !isEnds(next)) continue
    const slack = STEADY * Math.abs(now[1] - now[0])
    if (now.some((end, k) => Math.abs(end - next[k as 0 | 1]) > slack)) continue
    result[name] = now
    next.forEach((end, k) => {
      kept.set(end, now[k]!)
    })
  }
  for (const [name, next] of Object.entries(wanted)) {
    if (typeof next === 'number' && kept.has(next)) result[name] = kept.get(next)
  }
  return result
}

const isEnds = (value: unknown): value is readonly [number, number] => isNumbers(value) && value.length === 2

/** Whether two data sets hold the same rows. */
export function sameRows(a: readonly Row[], b: readonly Row[]): boolean {
  if (a === b) return true
  if (a.length !== b.length) return false
  return b.every((row, i) => {
    const other = a[i]!
    for (const key in row) if (row[key] !== other[key]) return false
    return true
  })
}
