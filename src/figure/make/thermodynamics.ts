import { pack } from '../packed.js'
import type { ProblemRecord, ThermalLineRecord, ThermodynamicsFigure } from '../payload.js'
import { provenance } from '../provenance.js'
import { expectLength } from './check.js'
import { decimated, take, windowOf } from './decimate.js'
import { argmax } from './extrema.js'
import { say } from './words.js'

const POINTS = 256

/** Most temperatures, and points of a curve, of what follows the temperature: two bytes each. */
const [STOPS, CURVE] = [40, 140]

/** A point is drawn where ρ ever exceeds this share of its peak, and a margin beside; ζ as high as this share climbs. */
const [VISIBLE, MARGIN, CLIMBED] = [2e-3, 0.03, 0.02]

/** Most levels whose probabilities are shown, and the share of the largest below which one is not. */
const [LEVELS, FAINT] = [40, 2e-3]

/** The five functions of temperature that a thermodynamics figure shows. */
export const STATE_FUNCTIONS = ['Z', 'F', 'U', 'S', 'C'] as const
export type StateFunction = (typeof STATE_FUNCTIONS)[number]

export interface ThermodynamicsData extends Readonly<Record<StateFunction, ArrayLike<number>>> {
  readonly problem: ProblemRecord
  /** T = 1/β in rising order. */
  readonly temperature: ArrayLike<number>
  /** What of a line follows the temperature. */
  readonly line?: ThermalLineData
  /** Sentences below. Default none. */
  readonly notes?: readonly string[]
  readonly seed?: number
}

/** A line in equilibrium at some of the temperatures. */
export interface ThermalLineData {
  /** Indices of these temperatures: {@link thermodynamicsStops}. */
  readonly stops: readonly number[]
  readonly x: Float64Array
  /** ζ at x. */
  readonly zeta: Float64Array
  /** ρ(x, x) and the classical density, and the probabilities of the levels: one array a stop. */
  readonly density: readonly Float64Array[]
  readonly classical: readonly Float64Array[]
  readonly populations: readonly Float64Array[]
}

/** Temperatures at which a figure shows more than the curves, as indices of all. */
export function thermodynamicsStops(temperature: ArrayLike<number>): readonly number[] {
  return decimated(0, temperature.length, STOPS)
}

/** Partition function, free energy, energy, entropy and heat capacity against temperature, and what follows it on a line. */
export function thermodynamicsFigure(data: ThermodynamicsData): ThermodynamicsFigure {
  const { problem, temperature, line, notes = [], seed } = data
  const stops = thermodynamicsStops(temperature)
  const points = [...new Set([...decimated(0, temperature.length, POINTS), ...stops])].sort((a, b) => a - b)
  const column = (name: StateFunction): ReturnType<typeof pack> => {
    expectLength(name, data[name], temperature.length)
    return pack(take(data[name], points), { dtype: 'float64', name })
  }
  return {
    kind: 'thermodynamics',
    version: 1,
    title: 'Thermodynamics',
    alt: describe(data),
    provenance: provenance(problem, seed),
    problem,
    temperature: pack(take(temperature, points), { dtype: 'float64', name: 'temperature' }),
    Z: column('Z'),
    F: column('F'),
    U: column('U'),
    S: column('S'),
    C: column('C'),
    ...(line && { line: lineRecord(line, temperature) }),
    ...(notes.length > 0 && { notes: [...notes] }),
  }
}

function lineRecord(
  { stops, x, zeta, density, classical, populations }: ThermalLineData,
  temperature: ArrayLike<number>,
): ThermalLineRecord {
  const peak = (row: Float64Array): number => row.reduce((most, value) => Math.max(most, value), 0)
  const seen = (rows: readonly Float64Array[], share: number): ((i: number) => boolean) => {
    const floors = rows.map((row) => share * peak(row))
    return (i) => rows.some((row, k) => row[i]! > floors[k]!)
  }
  const [from, to] = windowOf(x.length, seen(density, VISIBLE), MARGIN)
  const places = decimated(from, to, CURVE)
  // ζ is shown as high as the density of the middle stop climbs.
  const climbs = seen([density[density.length >> 1]!], CLIMBED)
  const highest = zeta.reduce(
    (most, value, i) => (climbs(i) ? Math.max(most, value) : most),
    Number.NEGATIVE_INFINITY,
  )
  const shown = places.filter((i) => zeta[i]! <= highest)
  const last = populations[populations.length - 1]!
  const levels = [...last.keys()].filter((n) => n < LEVELS && last[n]! > FAINT * peak(last))
  const rows = (name: string, all: readonly Float64Array[], picked: readonly number[]) => {
    expectLength(name, all as unknown as ArrayLike<number>, stops.length)
    const values = Float64Array.from(all.flatMap((row) => [...take(row, picked)]))
    return pack(values, { dtype: 'uint16', shape: [all.length, picked.length], name })
  }
  return {
    temperature: pack(take(temperature, stops), { dtype: 'float64', name: 'stops' }),
    x: pack(take(x, places), { name: 'x' }),
    zetaAt: pack(take(x, shown), { name: 'x' }),
    zeta: pack(take(zeta, shown), { name: 'zeta' }),
    density: rows('density', density, places),
    classical: rows('classical', classical, places),
    populations: rows('populations', populations, levels),
  }
}

function describe({ temperature, Z, U, S, C }: ThermodynamicsData): string {
  const last = temperature.length - 1
  const peak = argmax(C)
  const range = (values: ArrayLike<number>): string => `from ${say(values[0]!)} to ${say(values[last]!)}`
  return (
    `Thermodynamics for the temperature T ${range(temperature)}: the partition function Z goes ${range(Z)}, ` +
    `the energy U ${range(U)}, the entropy S ${range(S)}; the heat capacity C is largest, ${say(C[peak]!)}, at T = ${say(temperature[peak]!)}.`
  )
}
