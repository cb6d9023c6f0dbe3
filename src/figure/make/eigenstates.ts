import { pack } from '../packed.js'
import type { EigenstatesFigure, ProblemRecord } from '../payload.js'
import { provenance } from '../provenance.js'
import { expectLength } from './check.js'
import { decimated, take, takeField, windowOf } from './decimate.js'
import { toTheEnds } from './ends.js'
import { list, say, sayApart } from './words.js'

const POINTS = 384

/** A point is drawn where some |φₙ| exceeds this share of the largest, and a margin beside. */
const VISIBLE = 0.02
const MARGIN = 0.1

/** Energies named in the alternative text. */
const NAMED = 6

export interface EigenstatesData {
  readonly problem: ProblemRecord
  readonly x: Float64Array
  readonly zeta: Float64Array
  /** K energies in rising order. */
  readonly energies: ArrayLike<number>
  /** K real wave functions of N values, ∫φₙ² = 1. */
  readonly states: readonly Float64Array[]
  readonly seed?: number
}

/** Eigenstates on ζ at their energies. */
export function eigenstatesFigure(data: EigenstatesData): EigenstatesFigure {
  const { problem, energies, seed } = data
  expectLength('zeta', data.zeta, data.x.length)
  expectLength('energies', energies, data.states.length)
  let largest = 0
  data.states.forEach((state, n) => {
    expectLength(`states[${n}]`, state, data.x.length)
    for (const value of state) largest = Math.max(largest, Math.abs(value))
  })
  const ends = toTheEnds(problem.grid[0], data.x)
  const [x, zeta] = [ends.x, ends.surface(data.zeta)]
  const states = data.states.map((state) => ends.wave(state))
  const seen = (i: number): boolean => states.some((state) => Math.abs(state[i]!) > VISIBLE * largest)
  const [from, to] = windowOf(x.length, seen, MARGIN)
  const points = decimated(from, to, POINTS)
  const all = Float64Array.from(states.flatMap((state) => [...state]))
  const rows = states.map((_, n) => n)
  return {
    kind: 'eigenstates',
    version: 1,
    title: 'Eigenstates',
    alt: describe(data),
    provenance: provenance(problem, seed),
    problem,
    x: pack(take(x, points), { name: 'x' }),
    zeta: pack(take(zeta, points), { name: 'zeta' }),
    energies: pack(energies, { dtype: 'float64', name: 'energies' }),
    states: pack(takeField(all, x.length, rows, points), {
      dtype: 'uint16',
      shape: [states.length, points.length],
      name: 'states',
    }),
  }
}

function describe({ energies, states }: EigenstatesData): string {
  const named = sayApart(energies, 5)
    .slice(0, NAMED)
    .map((energy, n) => `E${n} = ${energy}`)
  const gap = states.length > 1 ? ` The gap E1 − E0 is ${say(energies[1]! - energies[0]!, 4)}.` : ''
  return `The lowest ${states.length} eigenstates drawn at their energies on the objective ζ: ${list(named)}.${gap}`
}
