/**
 * Where an axis is labelled, and with which words.
 */
import { say, superscript } from '../make/words.js'
import type { Unit } from './view.js'

export interface Ticks {
  readonly values: readonly number[]
  readonly labels: readonly string[]
}

/** Numbers beyond these are written with a power of ten. */
const [LARGE, SMALL] = [1e5, 1e-3]

/** Multiples of a power of ten by which labels step, and up to which share of that power each is the nearest. */
const STEPS = [
  [1, Math.sqrt(2)],
  [2, Math.sqrt(10)],
  [5, Math.sqrt(50)],
] as const

/** About `count` multiples of 1, 2 or 5 times a power of ten that lie in the domain, and at least two. */
export function linearTicks(domain: readonly [number, number], count: number): Ticks {
  const [low, high] = domain
  const rough = (high - low) / Math.max(1, count)
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = power * (STEPS.find(([, most]) => rough / power < most)?.[0] ?? 10)
  const [first, last] = [Math.ceil(low / step - 1e-9), Math.floor(high / step + 1e-9)]
  if (last - first < 1) return linearTicks(domain, 2 * Math.max(1, count))
  const values = Array.from({ length: last - first + 1 }, (_, k) => (first + k) * step)
  const largest = Math.max(Math.abs(low), Math.abs(high))
  const plain = largest < LARGE && largest >= SMALL
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9))
  const digits = Math.max(1, Math.ceil(Math.log10(largest / step)) + 1)
  const word = (value: number): string => {
    if (value === 0) return '0'
    return plain ? value.toFixed(decimals).replace('-', '−') : powerOfTen(value, Math.min(15, digits))
  }
  return { values, labels: values.map(word) }
}

/** Powers of ten in the domain, about `count`; where it holds fewer than two, 1, 2 and 5 times them, or linear ticks. */
export function logTicks(domain: readonly [number, number], count: number): Ticks {
  const [low, high] = domain.map(Math.log10) as [number, number]
  const [first, last] = [Math.ceil(low - 1e-9), Math.floor(high + 1e-9)]
  if (last > first) {
    const stride = Math.max(1, Math.ceil((last - first) / count))
    const powers: number[] = []
    for (let power = last; power >= first; power -= stride) powers.unshift(power)
    return {
      values: powers.map((power) => 10 ** power),
      labels: powersOfTen(powers),
    }
  }
  const values = [first - 1, first, last + 1]
    .flatMap((power) => [1, 2, 5].map((multiple) => multiple * 10 ** power))
    .filter((value, k, all) => value >= domain[0] && value <= domain[1] && all.indexOf(value) === k)
  if (values.length < 2) return linearTicks(domain, count)
  return { values, labels: values.map((value) => say(value, 2)) }
}

/** All in full where none is long, else as powers. */
function powersOfTen(powers: readonly number[]): string[] {
  const full = powers.every((power) => Math.abs(power) < 3)
  return powers.map((power) => {
    if (full || power === 0) return String(10 ** power)
    return power === 1 ? '10' : `10${superscript(power)}`
  })
}

/** The properties of an axis with these labels. */
export function labelled({ values, labels }: Ticks): Unit {
  return {
    values,
    labelExpr: `${JSON.stringify(labels)}[round(datum.index * ${Math.max(1, values.length - 1)})]`,
  }
}

/** 2.5e−7 as "2.5·10⁻⁷". */
function powerOfTen(value: number, digits: number): string {
  const [mantissa, power] = value.toExponential(digits - 1).split('e') as [string, string]
  const factor = String(Number(mantissa)).replace('-', '−')
  const ten = `10${superscript(Number(power))}`
  return factor === '1' ? ten : factor === '−1' ? `−${ten}` : `${factor}·${ten}`
}
