/**
 * Values of mathjs, complex.js, fraction.js and decimal.js, by the marks that they carry: a notebook may have its own
 * copies of these packages.
 */
import { inspect } from 'node:util'
import { matrixRows, matrixText } from './numbers.js'

interface Marked {
  readonly isMatrix?: unknown
  readonly isNode?: unknown
  readonly isUnit?: unknown
  readonly isBigNumber?: unknown
  readonly isResultSet?: unknown
  toArray?(): unknown
  toTex?(): unknown
  toString(): string
}

/** The own fields of numbers that print as raw fields but know their text: those of complex.js and fraction.js. */
const NUMBERS: readonly (readonly string[])[] = [
  ['re', 'im'],
  ['s', 'n', 'd'],
]

/** Whether a value is a number of these packages, which text and tables show as one. */
export function isPackageNumber(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const { isBigNumber, isUnit } = value as Marked
  if (isBigNumber === true || isUnit === true) return true
  const { length } = Object.keys(value)
  const fits = NUMBERS.some(
    (fields) => fields.length === length && fields.every((field) => Object.hasOwn(value, field)),
  )
  return fits && hasText(value)
}

function hasText(value: object): boolean {
  return typeof value.toString === 'function' && value.toString !== Object.prototype.toString
}

/** The number as it is written: fractions with a bar. */
function numberText(value: object): string {
  const { toFraction } = value as { toFraction?: unknown }
  return typeof toFraction === 'function' ? String(toFraction.call(value)) : value.toString()
}

/** The text of a value of these packages; `undefined` for others. */
export function packageText(value: object): string | undefined {
  if (isPackageNumber(value)) return numberText(value)
  const { isMatrix, isNode, isResultSet } = value as Marked
  if (isMatrix === true && typeof (value as Marked).toArray === 'function') {
    const array = (value as Marked).toArray!()
    const rows = matrixRows(array, isEntry)
    return rows ? matrixText(rows) : inspect(array, { breakLength: 100 })
  }
  return isNode === true || isResultSet === true ? value.toString() : undefined
}

function isEntry(value: unknown): boolean {
  return typeof value === 'number' || typeof value === 'bigint' || isPackageNumber(value)
}

/** The TeX of a mathjs expression, without dollar signs. */
export function packageTex(value: object): string | undefined {
  const node = value as Marked
  if (node.isNode !== true || typeof node.toTex !== 'function') return undefined
  const tex = node.toTex()
  return typeof tex === 'string' ? tex : undefined
}

/** Makes numbers of these packages print as their text inside of other values, too. */
export function teachInspect(value: object): void {
  if (!isPackageNumber(value)) return
  const prototype = Object.getPrototypeOf(value) as object
  if (inspect.custom in prototype) return
  Object.defineProperty(prototype, inspect.custom, {
    value(this: object): string {
      return numberText(this)
    },
    configurable: true,
    writable: true,
  })
}
