/**
 * The text of a value: short, and found in a short time, however large or strange the value is.
 */
import { inspect, stripVTControlCharacters, types } from 'node:util'
import { errorReport } from '../errorReport.js'
import { isNumberArray, matrixRows, matrixText, summary } from './numbers.js'
import { packageText, teachInspect } from './packages.js'

/** Characters of one text at most. */
const MAX_TEXT = 100_000
/** Parts of a value, at all depths together, up to which it is printed as deep as Node does. */
const MAX_PARTS = 10_000
/** Elements or properties of one object that are looked at. */
const MAX_WIDTH = 100
/** Depth to which Node prints. */
const DEPTH = 2
/** Length of the first line of a function that is shown. */
const MAX_SOURCE = 120

/** The text of any value; never throws. */
export function textOf(value: unknown): string {
  try {
    return bounded(describe(value))
  } catch (error) {
    return `[${nameOf(value)} that cannot be printed: ${messageOf(error)}]`
  }
}

/** Text cut to a size that a notebook bears, with a notice. */
export function bounded(text: string): string {
  if (text.length <= MAX_TEXT) return text
  return `${text.slice(0, MAX_TEXT)}\n… ${text.length - MAX_TEXT} more characters`
}

/** One line for a place in a table. */
export function lineOf(value: unknown, length: number): string {
  const text = typeof value === 'string' ? value : oneLine(value)
  const line = text.replace(/\s+/g, ' ')
  return line.length > length ? `${line.slice(0, length - 1)}…` : line
}

function oneLine(value: unknown): string {
  try {
    if (typeof value === 'object' && value !== null && !types.isProxy(value)) teachInspect(value)
    return inspect(value, { depth: 0, breakLength: Number.POSITIVE_INFINITY, maxArrayLength: 4 })
  } catch (error) {
    return `[${messageOf(error)}]`
  }
}

function describe(value: unknown): string {
  if (typeof value === 'function') return functionText(value as Callable)
  if (typeof value !== 'object' || value === null || types.isProxy(value)) return printed(value)
  if (types.isNativeError(value)) return errorText(value)
  if (types.isPromise(value)) return promiseText(value)
  if (types.isGeneratorObject(value)) return generatorText(value)
  if (isNumberArray(value)) return summary(value) ?? printed(value)
  const rows = matrixRows(value)
  return (rows && matrixText(rows)) ?? packageText(value) ?? printed(value)
}

/** As Node prints it, less deep where it has many parts. */
function printed(value: unknown): string {
  const parts = { left: MAX_PARTS }
  let depth = DEPTH
  visit(value, depth, parts)
  while (depth > 0 && parts.left < 0) {
    depth--
    parts.left = MAX_PARTS
    visit(value, depth, parts)
  }
  const width = typeof value === 'object' && value !== null && !types.isProxy(value) ? widthOf(value) : 0
  return width > MAX_WIDTH ? wideText(value as object, width, depth) : inspect(value, { depth })
}

/** Counts what printing to that depth shows, and ends when it is too much. */
function visit(value: unknown, depth: number, parts: { left: number }): void {
  if (typeof value !== 'object' || value === null || types.isProxy(value) || --parts.left < 0) return
  teachInspect(value)
  if (ArrayBuffer.isView(value) || inspect.custom in value) return
  if (value instanceof Map || value instanceof Set) {
    if (depth > 0) for (const item of firstOf(value.values())) visit(item, depth - 1, parts)
    return
  }
  if (Array.isArray(value)) {
    const length = Math.min(value.length, MAX_WIDTH)
    for (let i = 0; i < length && depth >= 0 && parts.left >= 0; i++)
      visitPart(value, String(i), depth, parts)
    return
  }
  const keys = Object.keys(value)
  parts.left -= keys.length
  for (const key of keys.slice(0, MAX_WIDTH)) visitPart(value, key, depth, parts)
}

function visitPart(owner: object, key: string, depth: number, parts: { left: number }): void {
  parts.left--
  const part = Object.getOwnPropertyDescriptor(owner, key)
  if (depth > 0 && part && 'value' in part) visit(part.value, depth - 1, parts)
}

function* firstOf<T>(items: Iterable<T>): Generator<T> {
  let count = 0
  for (const item of items) {
    if (++count > MAX_WIDTH) return
    yield item
  }
}

/** Own properties of an object that Node would print all of. */
function widthOf(value: object): number {
  if (Array.isArray(value) || ArrayBuffer.isView(value) || inspect.custom in value) return 0
  return value instanceof Map || value instanceof Set ? 0 : Object.keys(value).length
}

function wideText(value: object, width: number, depth: number): string {
  const narrow = Object.create(Object.getPrototypeOf(value)) as object
  for (const key of Object.keys(value).slice(0, MAX_WIDTH)) {
    Object.defineProperty(narrow, key, Object.getOwnPropertyDescriptor(value, key)!)
  }
  return inspect(narrow, { depth }).replace(/\s*\}$/, `,\n  … ${width - MAX_WIDTH} more properties\n}`)
}

type Callable = (...args: never[]) => unknown

/** A function with the first line of its source. */
function functionText(value: Callable): string {
  const own = printed(value)
  if (types.isProxy(value) || own.startsWith('[class') || Object.keys(value).length > 0) return own
  const source = Function.prototype.toString.call(value)
  if (/\{\s*\[native code\]\s*\}$/.test(source)) return own
  const [first = '', ...rest] = source.split('\n')
  const line = first.length > MAX_SOURCE ? `${first.slice(0, MAX_SOURCE)}…` : first
  return `${own}\n${line}${rest.length > 0 && !line.endsWith('…') ? ' …' : ''}`
}

/** An error as the notebook shows thrown ones, without colours. */
function errorText(error: Error): string {
  return stripVTControlCharacters(errorReport(error).traceback.join('\n'))
}

function promiseText(promise: Promise<unknown>): string {
  const text = printed(promise)
  return /^\S+ \{\s*<pending>/.test(text) ? `${text}\nWrite await before it to get its value.` : text
}

function generatorText(generator: object): string {
  const isAsync = Symbol.asyncIterator in generator
  const hint = isAsync
    ? 'Read it by for await (const item of …).'
    : 'Read it by for (const item of …) or as [...…].'
  return `${printed(generator)}\n${hint}`
}

function nameOf(value: unknown): string {
  try {
    return (value as object).constructor.name || typeof value
  } catch {
    return typeof value
  }
}

function messageOf(error: unknown): string {
  try {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  } catch {
    return 'it throws'
  }
}
