/**
 * Small checks that compose: each refuses a value by throwing a {@link FigureError} that names its place.
 */
import { base64Length } from '../base64.js'
import { FigureError } from '../errors.js'
import { BYTES, DTYPES, elements } from '../packed.js'
import type { PackedArray } from '../payload.js'

/** Look at a value that sits at `name`; throw when it is not what it should be. */
export type Check = (value: unknown, name: string) => void

type Json = Readonly<Record<string, unknown>>

/** Throw for a value that is not what it should be. */
export function refuse(name: string, expected: string, value: unknown): never {
  const got =
    typeof value === 'string'
      ? `“${value.slice(0, 40)}”`
      : Array.isArray(value)
        ? 'a list'
        : String(typeof value)
  throw new FigureError({ code: 'invalid', name, expected, got: value === null ? 'null' : got })
}

export const finite: Check = (value, name) => {
  if (typeof value !== 'number' || !Number.isFinite(value)) refuse(name, 'a finite number', value)
}

/** Text of at most so many characters. */
export function text(longest: number): Check {
  return (value, name) => {
    if (typeof value !== 'string') refuse(name, 'text', value)
    if (value.length > longest) {
      throw new FigureError({
        code: 'too-large',
        name: `${name} (characters)`,
        limit: longest,
        got: value.length,
      })
    }
  }
}

/** TeX commands that reach beyond a formula: links, page styles, definitions, loading. */
const REACHING =
  /\\(href|url|class|style|cssId|data|html[a-zA-Z]*|require|def|gdef|edef|let|newcommand|renewcommand|newenvironment|includegraphics|unicode|toggle|enclose|bbox)(?![a-zA-Z])/

/** TeX that only sets a formula. */
export const tex: Check = (value, name) => {
  text(4000)(value, name)
  const reaching = REACHING.exec(value as string)
  if (reaching) refuse(name, `TeX without ${reaching[0]}`, value)
}

export function oneOf(...allowed: readonly unknown[]): Check {
  return (value, name) => {
    if (!allowed.includes(value)) refuse(name, `one of ${allowed.join(', ')}`, value)
  }
}

export function list(of: Check, longest: number): Check {
  return (value, name) => {
    if (!Array.isArray(value)) refuse(name, 'a list', value)
    if (value.length > longest) {
      throw new FigureError({
        code: 'too-large',
        name: `${name} (entries)`,
        limit: longest,
        got: value.length,
      })
    }
    value.forEach((entry, i) => {
      of(entry, `${name}[${i}]`)
    })
  }
}

/** Two of a kind. */
export function pair(of: Check): Check {
  return (value, name) => {
    list(of, 2)(value, name)
    if ((value as unknown[]).length !== 2) refuse(name, 'two entries', value)
  }
}

/** A number for each of at most so many names. */
export function numbersByName(most: number): Check {
  return (value, name) => {
    const entries = Object.entries(plain(value, name))
    list(finite, most)(
      entries.map(([, number]) => number),
      name,
    )
    for (const [key] of entries) text(80)(key, `a name in ${name}`)
  }
}

/** An object with these fields and no others; a field marked `optional` may be absent. */
export function record(
  fields: Readonly<Record<string, Check>>,
  optional: Readonly<Record<string, Check>> = {},
): Check {
  return (value, name) => {
    const object = plain(value, name)
    for (const [key, check] of Object.entries(fields)) check(object[key], `${name}.${key}`)
    for (const [key, check] of Object.entries(optional)) {
      if (object[key] !== undefined) check(object[key], `${name}.${key}`)
    }
  }
}

/** A packed array of so many axes, its text as long as its shape says. Nothing is decoded. */
export function packed(axes: number): Check {
  return (value, name) => {
    packedFields(value, name)
    const { dtype, shape, data } = value as PackedArray
    if (shape.length !== axes || shape.some((length) => length === 0))
      refuse(`${name}.shape`, `${axes} lengths above 0`, shape)
    const expected = base64Length(elements(shape, name) * BYTES[dtype])
    if (data.length !== expected) {
      throw new FigureError({ code: 'length', name: `${name}.data`, expected, got: data.length })
    }
    if (!/^[A-Za-z0-9+/]*={0,2}$/.test(data)) refuse(`${name}.data`, 'base64', data)
  }
}

/** Longest base64 text of one array. */
const LONGEST_DATA = 32e6

const packedFields = record({
  dtype: oneOf(...DTYPES),
  shape: list(finite, 4),
  data: text(LONGEST_DATA),
  offset: finite,
  scale: finite,
})

/** An object of JSON, without keys that reach a prototype. */
export function plain(value: unknown, name: string): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) refuse(name, 'an object', value)
  for (const key of ['__proto__', 'constructor', 'prototype']) {
    if (Object.hasOwn(value, key)) refuse(name, 'an object of plain fields', key)
  }
  return value as Json
}
