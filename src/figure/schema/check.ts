/**
 * A schema as a check: each refuses a value by throwing a {@link FigureError} that names its place. Nothing is
 * allocated that the value asks for.
 */
import { FigureError } from '../errors.js'
import { BYTES, elements, expectBytes, MOST } from '../packed.js'
import { MAX_ELEMENTS, type PackedArray, packedFields } from './packed.js'
import { type Fields, type Node, refuse, type Schema } from './schema.js'

type Json = Readonly<Record<string, unknown>>

/** Most numbers in the arrays of one figure. */
const MOST_NUMBERS = 2 * MAX_ELEMENTS

/** Most characters in the texts of one figure: what setting them costs grows with their number. */
const MOST_CHARACTERS = 2 ** 18

/** What a check goes on with from array to array. */
export interface Tally {
  /** Numbers in the arrays, and characters in the texts, that were seen so far. */
  numbers: number
  characters: number
  /** The bytes of the arrays, where the figure has only their numbers in place. */
  readonly buffers?: readonly Uint8Array[]
}

/** TeX commands that reach beyond a formula: links, page styles, definitions, labels, loading. */
const REACHING = new RegExp(
  `\\\\(${[
    'href|url|class|style|cssId|data|html[a-zA-Z]*|mmlToken|texttip|mathtip|toggle',
    'require|[gex]?def|let|[a-z]*newcommand|(re)?newenvironment|Newextarrow|Declare[a-zA-Z]*|definecolor',
    'label|tag|(eq|page)?ref|refeq|[a-z]*tagform|mathtoolsset|setOptions',
    'includegraphics|unicode|enclose|bbox',
  ].join('|')})(?![a-zA-Z])`,
)

/** Throw unless `value`, which sits at `name`, is what the schema says. */
export function check({ is }: Schema<unknown>, value: unknown, name: string, tally: Tally): void {
  switch (is.node) {
    case 'number':
      checkNumber(is, value, name)
      return
    case 'text':
      checkText(is, value, name, tally)
      return
    case 'literal':
      if (!(is.values as readonly unknown[]).includes(value))
        refuse(name, `one of ${is.values.join(', ')}`, value)
      return
    case 'list':
      checkList(is, value, name, tally)
      return
    case 'map':
      checkMap(is, value, name, tally)
      return
    case 'record':
      checkRecord(is.fields, is.optional, value, name, tally)
      return
    case 'union': {
      const tag = plain(value, name)[is.by]
      const chosen = is.choices.get(tag)
      if (!chosen) refuse(`${name}.${is.by}`, `one of ${[...is.choices.keys()].join(', ')}`, tag)
      check(chosen, value, name, tally)
      return
    }
    case 'data':
      if (tally.buffers && typeof value === 'number') return
      if (!(value instanceof Uint8Array) && typeof value !== 'string') refuse(name, 'text', value)
      return
    case 'packed':
      checkPacked(is.axes, value, name, tally)
      return
    case 'named':
      check(is.of, value, name, tally)
      return
    case 'where':
      check(is.of, value, name, tally)
      is.rule(value as never, name)
  }
}

type NodeOf<K extends Node['node']> = Extract<Node, { node: K }>

function checkNumber({ whole, least, most }: NodeOf<'number'>, value: unknown, name: string): void {
  if (typeof value !== 'number' || !Number.isFinite(value)) refuse(name, 'a finite number', value)
  if (Math.abs(value) > MOST) refuse(name, 'a number below 4e307', value)
  const inside = (least === undefined || value >= least) && (most === undefined || value <= most)
  if (!inside || (whole && !Number.isInteger(value))) {
    refuse(name, `a ${whole ? 'whole ' : ''}number from ${least} to ${most}`, value)
  }
}

function checkText({ longest, tex }: NodeOf<'text'>, value: unknown, name: string, tally: Tally): void {
  if (typeof value !== 'string') refuse(name, 'text', value)
  limit(`${name} (characters)`, value.length, longest)
  tally.characters += value.length
  limit('figure (characters)', tally.characters, MOST_CHARACTERS)
  const reaching = tex && REACHING.exec(value)
  if (reaching) refuse(name, `TeX without ${reaching[0]}`, value)
}

function checkList({ of, least, most }: NodeOf<'list'>, value: unknown, name: string, tally: Tally): void {
  if (!Array.isArray(value)) refuse(name, 'a list', value)
  limit(`${name} (entries)`, value.length, most)
  if (value.length < least)
    refuse(name, least === most ? `${least} entries` : `a list of ${least} or more`, value)
  for (let i = 0; i < value.length; i++) check(of, value[i], `${name}[${i}]`, tally)
}

function checkMap({ of, most }: NodeOf<'map'>, value: unknown, name: string, tally: Tally): void {
  const map = plain(value, name)
  let count = 0
  for (const key in map) {
    limit(`${name} (entries)`, ++count, most)
    limit(`a name in ${name} (characters)`, key.length, 80)
    check(of, map[key], `${name}.${key}`, tally)
  }
}

function checkRecord(fields: Fields, optional: Fields, value: unknown, name: string, tally: Tally): void {
  const object = plain(value, name)
  for (const key in object) {
    if (!Object.hasOwn(fields, key) && !Object.hasOwn(optional, key))
      throw new FigureError({ code: 'newer', what: 'field', got: `${name}.${key.slice(0, 40)}` })
  }
  for (const key in fields) check(fields[key]!, object[key], `${name}.${key}`, tally)
  for (const key in optional) {
    if (object[key] !== undefined && !Object.hasOwn(fields, key))
      check(optional[key]!, object[key], `${name}.${key}`, tally)
  }
}

/** Its bytes are as many as its shape says. Nothing is decoded. */
function checkPacked(
  [least, most]: readonly [number, number],
  value: unknown,
  name: string,
  tally: Tally,
): void {
  check(packedFields, value, name, tally)
  const { dtype, shape, data, coding, delta = [] } = value as PackedArray
  if (shape.length < least || shape.length > most || shape.some((length) => length === 0))
    refuse(`${name}.shape`, `${least === most ? least : `${least} to ${most}`} lengths above 0`, shape)
  const count = elements(shape, name)
  tally.numbers += count
  limit('figure (numbers)', tally.numbers, MOST_NUMBERS)
  const bytes = bytesOf(data, `${name}.data`, tally)
  expectBytes(bytes, count * BYTES[dtype], coding !== undefined, `${name}.data`)
  if (typeof bytes === 'string' && (bytes.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(bytes)))
    refuse(`${name}.data`, 'base64', bytes)
  if (delta.some((axis) => axis >= shape.length)) refuse(`${name}.delta`, 'axes of the array', delta)
}

/** The text or the bytes; where a figure came with its bytes beside it, those that its number stands for. */
function bytesOf(data: unknown, name: string, { buffers }: Tally): string | Uint8Array {
  if (typeof data !== 'number') return data as string | Uint8Array
  const bytes = buffers?.[data]
  if (!bytes) refuse(name, `the number of one of ${buffers?.length} buffers`, data)
  return bytes
}

function limit(name: string, got: number, most: number): void {
  if (got > most) throw new FigureError({ code: 'too-large', name, limit: most, got })
}

/** An object of JSON, without keys that reach a prototype. */
export function plain(value: unknown, name: string): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) refuse(name, 'an object', value)
  for (const key of ['__proto__', 'constructor', 'prototype']) {
    if (Object.hasOwn(value, key)) refuse(name, 'an object of plain fields', key)
  }
  return value as Json
}
