import { pack } from '../packed.js'
import type { EigenstatesFigure, ProblemRecord } from '../payload.js'
import { provenance } from '../provenance.js'
import { expectLength } from './check.js'
import { decimated, take, takeField, windowOf } from './decimate.js'
import { list, say } from './words.js'

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
  const { problem, x, zeta, energies, states, seed } = data
  expectLength('zeta', zeta, x.length)
  expectLength('energies', energies, states.length)
  let largest = 0
  states.forEach((state, n) => {
    expectLength(`states[${n}]`, state, x.length)
    for (const value of state) largest = Math.max(largest, Math.abs(value))
  })
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
    provenance: provenance(seed),
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
  const named = Array.from(
    { length: Math.min(NAMED, states.length) },
    (_, n) => `E${n} = ${say(energies[n]!, 5)}`,
  )
  const gap = states.length > 1 ? ` The gap E1 − E0 is ${say(energies[1]! - energies[0]!, 4)}.` : ''
  return `The lowest ${states.length} eigenstates drawn at their energies on the objective ζ: ${list(named)}.${gap}`
}
