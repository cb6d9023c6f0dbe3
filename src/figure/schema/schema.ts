/**
 * Descriptions of JSON as data. Each carries its static type by inference, doc comments of fields included;
 * `check.ts` reads a description as a check and `json.ts` as JSON Schema. They are our own, not a library's, because
 * the sentences for readers, the packed arrays checked before anything is allocated, and the size of the page's
 * bundle are what matters here, and no library has the first two.
 */
import { FigureError } from '../errors.js'

/** What a value may be. */
export type Node =
  | { readonly node: 'number'; readonly whole: boolean; readonly least?: number; readonly most?: number }
  | { readonly node: 'text'; readonly longest: number; readonly tex: boolean }
  | { readonly node: 'literal'; readonly values: readonly (string | number | boolean)[] }
  | {
      readonly node: 'list'
      readonly of: Schema<unknown>
      readonly least: number
      readonly most: number
    }
  | { readonly node: 'map'; readonly of: Schema<unknown>; readonly most: number }
  | { readonly node: 'record'; readonly fields: Fields; readonly optional: Fields }
  | {
      readonly node: 'union'
      readonly by: string
      readonly of: readonly Schema<unknown>[]
      /** Which record each value of the field `by` chooses. */
      readonly choices: ReadonlyMap<unknown, Schema<unknown>>
    }
  | { readonly node: 'data' }
  | { readonly node: 'packed'; readonly axes: readonly [least: number, most: number] }
  | { readonly node: 'named'; readonly name: string; readonly of: Schema<unknown> }
  | { readonly node: 'where'; readonly of: Schema<unknown>; readonly rule: Rule<never> }

/** What holds between the fields of a value that is as described: throws a {@link FigureError} where it does not. */
export type Rule<T> = (value: T, name: string) => void

/** The description of a T. */
export interface Schema<out T> {
  readonly is: Node
  /** Carries the type; never there. */
  readonly type?: () => T
}

/** The type that a schema describes. */
export type TypeOf<S> = S extends Schema<infer T> ? T : never

export type Fields = Readonly<Record<string, Schema<unknown>>>

type Both<R, O> = { readonly [K in keyof R]: TypeOf<R[K]> } & { readonly [K in keyof O]?: TypeOf<O[K]> }

/**
 * The type of a record: its fields, and those that may be absent. The mappings keep the fields' comments, and
 * declaration files name the type by this, so that its comments stay in them.
 */
export type RecordOf<R, O> = { readonly [K in keyof Both<R, O>]: Both<R, O>[K] }

export const finite: Schema<number> = { is: { node: 'number', whole: false } }

/** A finite number of a range, ends included. */
export function between(least: number, most: number): Schema<number> {
  return { is: { node: 'number', whole: false, least, most } }
}

/** A whole number of a range, ends included. */
export function whole(least: number, most: number): Schema<number> {
  return { is: { node: 'number', whole: true, least, most } }
}

/** Text of at most so many characters. */
export function text(longest: number): Schema<string> {
  return { is: { node: 'text', longest, tex: false } }
}

/** TeX that only sets a formula. */
export const tex: Schema<string> = beside(4000)

/** Text that stands beside formulas: a typesetter reads it too. */
export function beside(longest: number): Schema<string> {
  return { is: { node: 'text', longest, tex: true } }
}

/** A name, a caption, and a sentence or some. */
export const NAME: Schema<string> = text(80)
export const LABEL: Schema<string> = text(200)
export const SENTENCE: Schema<string> = text(4000)

export function oneOf<const V extends string | number | boolean>(...values: readonly V[]): Schema<V> {
  return { is: { node: 'literal', values } }
}

/** At most, and at least, so many of a kind. */
export function list<T>(of: Schema<T>, most: number, least = 0): Schema<readonly T[]> {
  return { is: { node: 'list', of, least, most } }
}

/** Two of a kind. */
export function pair<T>(of: Schema<T>): Schema<readonly [T, T]> {
  return { is: { node: 'list', of, least: 2, most: 2 } }
}

/** A value for each of at most so many names. */
export function byName<T>(of: Schema<T>, most: number): Schema<Readonly<Record<string, T>>> {
  return { is: { node: 'map', of, most } }
}

/** Base64 text in JSON; in memory, where an array goes to another thread or over a wire, its bytes. */
export const data: Schema<string | Uint8Array> = { is: { node: 'data' } }

/** An object with these fields, and perhaps the optional ones, and no others. */
export function record<R extends Fields, O extends Fields = Record<never, never>>(
  fields: R,
  optional: O = {} as O,
): Schema<RecordOf<R, O>> {
  return { is: { node: 'record', fields, optional } }
}

/** One of some records, which differ in the values of the field `by`. */
export function union<const S extends readonly Schema<unknown>[]>(
  by: string,
  ...of: S
): Schema<TypeOf<S[number]>> {
  const choices = new Map(of.flatMap((each) => tagsOf(by, each).map((tag) => [tag, each] as const)))
  return { is: { node: 'union', by, of, choices } }
}

/** A schema under the name of its type, by which editors and the JSON Schema document show it. */
export function named<T>(name: string, of: Schema<T>): Schema<T> {
  return { is: { node: 'named', name, of } }
}

/** A schema whose values obey a rule besides. */
export function where<T>(of: Schema<T>, rule: Rule<T>): Schema<T> {
  return { is: { node: 'where', of, rule: rule as Rule<never> } }
}

/** The record inside of names and rules. */
function recordIn({ is }: Schema<unknown>): Extract<Node, { node: 'record' }> {
  if (is.node === 'record') return is
  if (is.node === 'named' || is.node === 'where') return recordIn(is.of)
  throw new TypeError(`A ${is.node} is no record.`)
}

/** The values of the field `by` that choose a record of a union. */
function tagsOf(by: string, schema: Schema<unknown>): readonly (string | number | boolean)[] {
  const tag = recordIn(schema).fields[by]
  if (tag?.is.node !== 'literal') throw new TypeError(`The field ${by} chooses nothing.`)
  return tag.is.values
}

/** Throw for a value that is not what it should be. */
export function refuse(name: string, expected: string, value: unknown): never {
  const got =
    typeof value === 'string'
      ? `“${value.slice(0, 40)}”`
      : Array.isArray(value)
        ? 'a list'
        : typeof value === 'number'
          ? String(value)
          : typeof value
  throw new FigureError({ code: 'invalid', name, expected, got: value === null ? 'null' : got })
}
