/**
 * Time as the integral of a resistance: dt = (until/∫A) A(D) |dD|, and D as its inverse. In y = ln D the integrand is
 * A·D; intervals are halved until Simpson's rule agrees with its own halves, and D(t) between two points is the cubic
 * that has the right values and slopes at both.
 */
import { PsilabError } from '../../error.js'

/** A(D) > 0: time that a unit of the dial asks for, up to a factor. */
export type Resistance = (D: number) => number

/** Share of the whole integral by which one interval may err. */
const TOLERANCE = 1e-6
/** Intervals at the beginning, and times that one may be halved. */
const FIRST = 16
const DEPTH = 40
/** Most evaluations of A. */
const MOST = 4000

export interface TimeTable {
  at(time: number): number
  slope(time: number): number
}

interface Node {
  readonly y: number
  /** A·D. */
  readonly value: number
}

/** @throws PsilabError `resolution` where A is not finite somewhere */
export function timeTable(from: number, to: number, until: number, resistance: Resistance): TimeTable {
  const [start, end] = [Math.log(from), Math.log(to)]
  let evaluations = 0
  const node = (y: number): Node => {
    const D = Math.exp(y)
    const value = resistance(D) * D
    evaluations++
    if (value > 0 && Number.isFinite(value)) return { y, value }
    throw new PsilabError({
      code: 'resolution',
      parameter: 'schedule',
      problem: `at ${D.toPrecision(4)} the time that an adaptive schedule would need is ${value === 0 ? 'zero' : 'beyond doubles'}`,
      allowed: 'an end of the schedule at which the gap can be told from zero',
      got: to,
      advice: 'Let the schedule end earlier, or take geometric or linear.',
    })
  }
  const simpson = (a: Node, b: Node, c: Node): number => ((a.y - c.y) / 6) * (a.value + 4 * b.value + c.value)
  const middle = (a: Node, c: Node): Node => node((a.y + c.y) / 2)

  // A first look tells the size of the whole, against which the parts may err.
  const first = Array.from({ length: 2 * FIRST + 1 }, (_, k) =>
    node(start + ((end - start) * k) / (2 * FIRST)),
  )
  const parts = Array.from(
    { length: FIRST },
    (_, k) => [first[2 * k], first[2 * k + 1], first[2 * k + 2]] as const,
  )
  const size = parts.reduce((sum, [a, b, c]) => sum + simpson(a, b, c), 0)
  const nodes: Node[] = [first[0]]
  const times: number[] = [0]
  let known = size
  const add = (c: Node, duration: number): void => {
    nodes.push(c)
    times.push(times[times.length - 1] + duration)
  }
  const halve = (a: Node, b: Node, c: Node, depth: number): void => {
    const [left, right] = [middle(a, b), middle(b, c)]
    const [whole, first, second] = [simpson(a, b, c), simpson(a, left, b), simpson(b, right, c)]
    known += first + second - whole
    if (Math.abs(first + second - whole) <= TOLERANCE * known || depth === 0 || evaluations > MOST) {
      add(b, first)
      add(c, second)
      return
    }
    halve(a, left, b, depth - 1)
    halve(b, right, c, depth - 1)
  }
  for (const [a, b, c] of parts) halve(a, b, c, DEPTH)
  const scale = until / times[times.length - 1]
  const at = times.map((t) => t * scale)
  const place = (time: number): number => {
    let [low, high] = [0, at.length - 1]
    while (high - low > 1) {
      const between = (low + high) >> 1
      if (at[between] <= time) low = between
      else high = between
    }
    return low
  }
  /** y and dy/dt. */
  const cubic = (time: number): readonly [number, number] => {
    const k = place(time)
    const h = at[k + 1] - at[k]
    const u = Math.min(1, Math.max(0, (time - at[k]) / h))
    const [a, b] = [nodes[k], nodes[k + 1]]
    const rise = b.y - a.y
    // A monotone cubic: slopes beyond three times the mean would turn it back (Fritsch and Carlson, 1980).
    const [p, q] = [a, b].map((n) => Math.max(3 * rise, -h / (scale * n.value)))
    const [c2, c3] = [3 * rise - 2 * p - q, p + q - 2 * rise]
    return [a.y + u * (p + u * (c2 + u * c3)), (p + u * (2 * c2 + 3 * u * c3)) / h]
  }
  return {
    at: (time) => (time >= until ? to : Math.exp(cubic(time)[0])),
    slope(time) {
      const [y, rate] = cubic(time)
      return Math.exp(y) * rate
    },
  }
}
