import { pack } from '../packed.js'
import type { ProblemRecord, ThermodynamicsFigure } from '../payload.js'
import { provenance } from '../provenance.js'
import { expectLength } from './check.js'
import { decimated, take } from './decimate.js'
import { argmax } from './extrema.js'
import { say } from './words.js'

const POINTS = 256

/** The five functions of temperature that a thermodynamics figure shows. */
export const STATE_FUNCTIONS = ['Z', 'F', 'U', 'S', 'C'] as const
export type StateFunction = (typeof STATE_FUNCTIONS)[number]

export interface ThermodynamicsData extends Readonly<Record<StateFunction, ArrayLike<number>>> {
  readonly problem: ProblemRecord
  /** T = 1/β in rising order. */
  readonly temperature: ArrayLike<number>
  readonly seed?: number
}

/** Partition function, free energy, energy, entropy and heat capacity against temperature. */
export function thermodynamicsFigure(data: ThermodynamicsData): ThermodynamicsFigure {
  const { problem, temperature, seed } = data
  const points = decimated(0, temperature.length, POINTS)
  const column = (name: StateFunction): ReturnType<typeof pack> => {
    expectLength(name, data[name], temperature.length)
    return pack(take(data[name], points), { dtype: 'float64', name })
  }
  return {
    kind: 'thermodynamics',
    version: 1,
    title: 'Thermodynamics',
    alt: describe(data),
    provenance: provenance(seed),
    problem,
    temperature: pack(take(temperature, points), { name: 'temperature' }),
    Z: column('Z'),
    F: column('F'),
    U: column('U'),
    S: column('S'),
    C: column('C'),
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
