/**
 * How far a piece of work is, and that as words and as HTML.
 */
import { shortNumber } from '../show/numbers.js'
import { escapeHtml } from '../show/table.js'

/** One piece of work, as the bar shows it. */
export interface Meter {
  label: string
  /** Parts in all; undefined where that is not known. */
  total: number | undefined
  /** Parts that are done. */
  count: number
  /** When it began, in milliseconds of `performance.now()`. */
  readonly began: number
  /** How it ended; undefined while it goes on. */
  ended: { readonly at: number; readonly whole: boolean } | undefined
}

/** Seconds from which on a duration is told in minutes, and from which on in hours. */
const MINUTE = 60
const HOUR = 3600

/** A duration as one says it: 350 ms, 3.2 s, 1 min 05 s, 2 h 03 min. */
export function durationText(seconds: number): string {
  if (seconds < 0.9995) return milliseconds(seconds * 1000)
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`
  const whole = Math.round(seconds)
  if (whole < MINUTE) return `${whole} s`
  if (whole < HOUR) return `${Math.floor(whole / MINUTE)} min ${twoDigits(whole % MINUTE)} s`
  const minutes = Math.round(seconds / MINUTE)
  return `${Math.floor(minutes / 60)} h ${twoDigits(minutes % 60)} min`
}

function milliseconds(duration: number): string {
  if (duration < 0.9995) return `${Math.round(duration * 1000)} µs`
  return `${duration < 9.95 ? duration.toFixed(1) : Math.round(duration)} ms`
}

function twoDigits(count: number): string {
  return String(count).padStart(2, '0')
}

/** The line that stays: what was done and how long it took. */
export function endText(meter: Meter): string {
  const { began, ended } = meter
  const seconds = ((ended?.at ?? performance.now()) - began) / 1000
  return `${prefix(meter)}${countText(meter)} · ${ended?.whole === false ? 'stopped after ' : ''}${durationText(seconds)}`
}

/** The line while it goes on. */
export function liveText(meter: Meter, now: number): string {
  const share = fraction(meter)
  const percent = share === undefined ? '' : `${Math.floor(100 * share)} % · `
  return `${prefix(meter)}${percent}${countText(meter)} · ${pace(meter, now)}`
}

/** The bar while it goes on. */
export function liveHtml(meter: Meter, now: number): string {
  const label = escapeHtml(meter.label)
  const share = fraction(meter)
  const value = share === undefined ? '' : ` value="${share}" max="1"`
  const bar = `<progress aria-label="${label || 'progress'}"${value} style="width: 12em; vertical-align: middle"></progress>`
  const text = escapeHtml(liveText({ ...meter, label: '' }, now))
  return `<div style="font-variant-numeric: tabular-nums; font-size: 13px">${label && `${label} `}${bar} ${text}</div>`
}

function prefix({ label }: Meter): string {
  return label && `${label}: `
}

function countText({ count, total }: Meter): string {
  return total === undefined ? shortNumber(count) : `${shortNumber(count)}/${shortNumber(total)}`
}

function fraction({ count, total }: Meter): number | undefined {
  if (total === undefined) return undefined
  return total > 0 ? Math.min(1, count / total) : 1
}

/** Time so far, time left at the present pace, and that pace. */
function pace(meter: Meter, now: number): string {
  const { count, total, began } = meter
  const seconds = (now - began) / 1000
  const parts = [durationText(seconds)]
  if (count > 0 && seconds > 0) {
    if (total !== undefined && total > count)
      parts.push(`${durationText((seconds * (total - count)) / count)} left`)
    const rate = count / seconds
    parts.push(rate >= 1 ? `${Number(rate.toPrecision(3))} per s` : `${durationText(1 / rate)} each`)
  }
  return parts.join(' · ')
}
