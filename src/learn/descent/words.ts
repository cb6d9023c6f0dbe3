/** Settings, objectives and numbers as they are shown. */
import type { Objective } from '../../objective/index.js'

/** "learningRate 0.1, D geometric 1 → 0.01". */
export function settingsText(settings: Readonly<Record<string, unknown>>): string {
  return Object.entries(settings)
    .map(([name, value]) => `${name} ${settingText(value)}`)
    .join(', ')
}

function settingText(value: unknown): string {
  if (typeof value === 'function') return 'a function'
  if (typeof value === 'object' && value !== null && 'kind' in value && 'from' in value && 'to' in value)
    return `${value.kind} ${value.from} → ${value.to}`
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** A number in few characters. */
export function short(value: number, digits = 4): string {
  const size = Math.abs(value)
  const rounded = Number(value.toPrecision(digits))
  const text = size !== 0 && (size >= 1e6 || size < 1e-3) ? rounded.toExponential() : String(rounded)
  return text.replace('e+', 'e').replaceAll('-', '−')
}

/** "(1, −0.5)"; of many coordinates the first three. */
export function place(point: ArrayLike<number>): string {
  const shown = Array.from(point).slice(0, point.length > 4 ? 3 : 4)
  return `(${shown.map((x) => short(x, 6)).join(', ')}${shown.length < point.length ? ', …' : ''})`
}

/** A whole number, or one with a share of a gradient in it. */
export function count(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(1)
}

/** Longest formula in a title. */
const TITLE = 80

/** The objective as titles call it: its formula, of many coordinates the beginning of it. */
export function nameOf({ text, variables }: Objective): string {
  const characters = Array.from(text)
  return characters.length <= TITLE
    ? text
    : `${characters.slice(0, TITLE).join('').trimEnd()} … (${variables.length} coordinates)`
}
