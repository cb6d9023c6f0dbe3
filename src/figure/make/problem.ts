import { pack } from '../packed.js'
import type { ProblemFigure, ProblemRecord } from '../payload.js'
import { provenance } from '../provenance.js'
import { expectLength } from './check.js'
import { decimated, take, takeField } from './decimate.js'
import { toTheEnds } from './ends.js'
import { argmin, localMinima } from './extrema.js'
import { packField } from './field.js'
import { say } from './words.js'

/** Most samples drawn along a line and along each side of a field. */
const LINE = 512
const SIDE = 128

export interface ProblemData {
  readonly problem: ProblemRecord
  /** Coordinates, one array an axis: one or two axes. */
  readonly axes: readonly Float64Array[]
  /** ζ in C order, first axis slow. */
  readonly zeta: Float64Array
  /** Which grid, which boundary, and why. */
  readonly notes: readonly string[]
  readonly seed?: number
}

/** The objective on its grid, with the equation and the choices that were made. */
export function problemFigure(data: ProblemData): ProblemFigure {
  const { problem, notes, seed } = data
  expectLength(
    'zeta',
    data.zeta,
    data.axes.reduce((product, axis) => product * axis.length, 1),
  )
  const { axes, zeta } = data.axes.length === 1 ? closed(data) : data
  const [x, y] = axes as [Float64Array, Float64Array?]
  const columns = decimated(0, x.length, y ? SIDE : LINE)
  const rows = y && decimated(0, y.length, SIDE)
  return {
    kind: 'problem',
    version: 1,
    title: 'Quantum dynamic equation',
    alt: describe(problem, axes, zeta),
    provenance: provenance(problem, seed),
    problem,
    axes: rows
      ? [pack(take(x, columns), { name: 'axes[0]' }), pack(take(y, rows), { name: 'axes[1]' })]
      : [pack(take(x, columns), { name: 'axes[0]' })],
    zeta: rows
      ? packField(takeField(zeta, y!.length, columns, rows), [columns.length, rows.length])
      : pack(take(zeta, columns), { name: 'zeta' }),
    notes,
  }
}

/** A line drawn to the ends of its axis. */
function closed({ problem, axes, zeta }: ProblemData): Pick<ProblemData, 'axes' | 'zeta'> {
  const ends = toTheEnds(problem.grid[0], axes[0]!)
  return { axes: [ends.x], zeta: ends.surface(zeta) }
}

function describe(problem: ProblemRecord, axes: readonly Float64Array[], zeta: Float64Array): string {
  const names = axes.map((_, i) => problem.grid[i]?.name ?? 'x')
  const ranges = axes.map((axis, i) => `${names[i]} from ${say(axis[0]!)} to ${say(axis[axis.length - 1]!)}`)
  const lowest = argmin(zeta)
  const last = axes[axes.length - 1]!
  const at =
    axes.length === 1
      ? [axes[0]![lowest]!]
      : [axes[0]![Math.floor(lowest / last.length)]!, last[lowest % last.length]!]
  const minima = axes.length === 1 ? localMinima(zeta).length : 0
  const wells = minima === 0 ? '' : ` It has ${minima} local ${minima === 1 ? 'minimum' : 'minima'}.`
  return (
    `The objective ζ(${problem.grid.map((a) => a.name).join(', ')})${problem.grid.length > names.length ? ' in a section' : ''} over ${ranges.join(' and ')}, lowest value ${say(zeta[lowest]!)} ` +
    `at ${names.map((name, i) => `${name} = ${say(at[i]!)}`).join(', ')}.${wells} Equation: ${problem.text}.`
  )
}
