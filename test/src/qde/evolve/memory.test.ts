import { afterEach, describe, expect, it } from 'vitest'
import { type EvolveOptions, qde, wavePacket } from '../../../../src/qde/index.js'

const Original = Float64Array

afterEach(() => {
  globalThis.Float64Array = Original
})

/** The lengths of the arrays of numbers that are made meanwhile; the engine's memory is none of them. */
function lengths(work: () => void): number[] {
  const made: number[] = []
  globalThis.Float64Array = new Proxy(Original, {
    construct(target, args, self) {
      const array = Reflect.construct(target, args, self) as Float64Array
      // A view takes no memory.
      if (!(args[0] instanceof ArrayBuffer || args[0] instanceof SharedArrayBuffer)) made.push(array.length)
      return array
    },
  })
  work()
  globalThis.Float64Array = Original
  return made
}

const POINTS = 48
const SIZE = POINTS ** 3
const problem = qde({
  objective: 'x^2 + y^2 + z^2 + x*y*z/9',
  D: 0.5,
  grid: { lower: -6, upper: 6, points: POINTS, boundary: 'periodic' },
})
const packet = wavePacket({ x0: [0.5, 0, 0], sigma: 0.7 })

describe('a run in space makes, of the size of ψ', () => {
  it.each([
    // |∇ζ|² is one number a point.
    ['the two states and |∇ζ|² in steps by Chin', { steps: 10 }, { states: 2, fields: 1 }],
    ['the two states in steps by Strang', { steps: 10, method: 'strang' }, { states: 2, fields: 0 }],
    // One ψ to go back to, and one to compare with.
    ['four states and |∇ζ|² to a tolerance', { tolerance: 1e-4 }, { states: 4, fields: 1 }],
  ] as const)('%s', (_, options: Omit<EvolveOptions, 'until'>, { states, fields }) => {
    const made = lengths(() => problem.evolve(packet, { until: 0.1, frames: 1, ...options }))
    expect(made.filter((length) => length >= 2 * SIZE)).toHaveLength(states)
    expect(made.filter((length) => length >= SIZE && length < 2 * SIZE)).toHaveLength(fields)
  })
})
