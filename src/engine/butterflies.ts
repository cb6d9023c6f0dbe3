/**
 * Discrete Fourier transforms of two to five complex vectors, y_s = Σ_q e^{∓2πi qs/r} x_q, the upper sign for
 * direction 'forward'. Those of 3 and 5 use that y_s and y_{r−s} share their even and odd parts.
 */

import { rootOfUnity } from '../numeric/index.js'
import { type Code, i32 } from '../webassembly/index.js'
import { type Arithmetic, type Complex, f64x2 } from './simd.js'

export type Direction = 'forward' | 'inverse'

const [, minusSin72] = rootOfUnity(5, 1)
const [, minusSin144] = rootOfUnity(5, 2)

/** What the butterflies need in memory, from address 0. */
export const CONSTANTS: readonly number[] = [
  -1 / 2,
  Math.sqrt(3) / 2,
  -1 / 4,
  Math.sqrt(5) / 4,
  -minusSin72,
  -minusSin144,
  minusSin72,
]

/** Number `index` of the constants, in both lanes. */
const constant = (index: number): Code => f64x2.splat(i32.const(0), 8 * index)

export function butterfly(a: Arithmetic, x: readonly Complex[], direction: Direction): Complex[] {
  const turn = direction === 'forward' ? -1 : 1
  const back = direction === 'forward' ? 1 : -1
  switch (x.length) {
    case 1:
      return [...x]
    case 2:
      return [a.add(x[0], x[1]), a.subtract(x[0], x[1])]
    case 3: {
      const sum = a.add(x[1], x[2])
      const difference = a.scale(a.subtract(x[1], x[2]), constant(1))
      const middle = a.scaleAdd(sum, constant(0), x[0])
      return [a.add(x[0], sum), a.addTurned(middle, difference, turn), a.addTurned(middle, difference, back)]
    }
    case 4: {
      const even = a.add(x[0], x[2])
      const evenDifference = a.subtract(x[0], x[2])
      const odd = a.add(x[1], x[3])
      const oddDifference = a.subtract(x[1], x[3])
      return [
        a.add(even, odd),
        a.addTurned(evenDifference, oddDifference, turn),
        a.subtract(even, odd),
        a.addTurned(evenDifference, oddDifference, back),
      ]
    }
    case 5: {
      const outer = a.add(x[1], x[4])
      const inner = a.add(x[2], x[3])
      const outerDifference = a.subtract(x[1], x[4])
      const innerDifference = a.subtract(x[2], x[3])
      const sum = a.add(outer, inner)
      // cos 72° and cos 144° are −¼ ± √5/4.
      const middle = a.scaleAdd(sum, constant(2), x[0])
      const difference = a.subtract(outer, inner)
      const even1 = a.scaleAdd(difference, constant(3), middle)
      const even2 = a.scaleSubtract(difference, constant(3), middle)
      const odd1 = a.scaleAdd(innerDifference, constant(5), a.scale(outerDifference, constant(4)))
      const odd2 = a.scaleAdd(innerDifference, constant(6), a.scale(outerDifference, constant(5)))
      return [
        a.add(x[0], sum),
        a.addTurned(even1, odd1, turn),
        a.addTurned(even2, odd2, turn),
        a.addTurned(even2, odd2, back),
        a.addTurned(even1, odd1, back),
      ]
    }
    default:
      throw new RangeError(`no butterfly of radix ${x.length}`)
  }
}
