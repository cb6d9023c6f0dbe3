/** Laws of schedules. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PsilabError } from '../../../../src/error.js'
import {
  adaptive,
  dialOf,
  geometric,
  linear,
  logarithmic,
  power,
  type Ramp,
} from '../../../../src/learn/annealing/schedule.js'

const number = (min: number, max: number) => fc.double({ min, max, noNaN: true })
const runs = (numRuns: number) => ({ numRuns, seed: 20240719 })

/** Resistance of an adaptive schedule with a closed form: A = D^{−3/2}, so that t ∝ D^{−1/2}. */
const resistance = () => (D: number) => D ** -1.5
/** An adaptive schedule's table agrees with its integral to this. */
const TABLE = 1e-6
/** Central difference over 2·1e-5 of the time. */
const SLOPE = 1e-5

const ramps = fc
  .record({ from: number(0.5, 3), share: number(0.01, 0.5), p: number(0.5, 4), kind: fc.nat(4) })
  .map(({ from, share, p, kind }): Ramp => {
    const to = from * share
    return [linear, geometric, logarithmic, adaptive, (a: number, b: number) => power(a, b, p)][kind](
      from,
      to,
    )
  })

describe('a ramp', () => {
  it('begins and ends where it says, and falls all the way', () => {
    fc.assert(
      fc.property(ramps, number(0.1, 1e4), (ramp, until) => {
        const dial = dialOf(ramp, until, 'D', resistance)
        expect(dial.at(0)).toBeCloseTo(ramp.from, 10)
        expect(dial.at(until)).toBeCloseTo(ramp.to, 10)
        const values = Array.from({ length: 65 }, (_, k) => dial.at((until * k) / 64))
        values.slice(1).forEach((v, k) => {
          expect(v).toBeLessThan(values[k])
        })
      }),
      runs(60),
    )
  })

  it('has the slope that it says', () => {
    fc.assert(
      fc.property(ramps, number(0.1, 100), number(0.05, 0.95), (ramp, until, u) => {
        const dial = dialOf(ramp, until, 'D', resistance)
        const [t, h] = [u * until, 1e-5 * until]
        const quotient = (dial.at(t + h) - dial.at(t - h)) / (2 * h)
        expect(Math.abs(dial.slope(t) / quotient - 1)).toBeLessThan(SLOPE * 10)
      }),
      runs(60),
    )
  })

  it('that is adaptive spends its time in proportion to the resistance', () => {
    fc.assert(
      fc.property(number(0.5, 3), number(0.001, 0.5), number(0.01, 0.99), (from, share, u) => {
        const to = from * share
        const dial = dialOf(adaptive(from, to), 7, 'D', resistance)
        const [a, b] = [from ** -0.5, to ** -0.5]
        expect(Math.abs(dial.at(7 * u) * (a + u * (b - a)) ** 2 - 1)).toBeLessThan(TABLE * 100)
      }),
      runs(40),
    )
  })

  it('is a straight line where the power is 1, and 1/ln t late in a logarithmic one', () => {
    const straight = dialOf(power(2, 0, 1), 10, 'D', resistance)
    expect(straight.at(3)).toBeCloseTo(dialOf(linear(2, 0), 10, 'D', resistance).at(3), 14)
    const slow = dialOf(logarithmic(1e6, 1), 1e9, 'D', resistance)
    expect(slow.at(1e6) * Math.log(1e6)).toBeCloseTo(slow.at(1e8) * Math.log(1e8), 3)
  })
})

describe('what is refused', () => {
  const refused = (f: () => unknown, parameter: string): void => {
    expect(f).toThrowError(PsilabError)
    try {
      f()
    } catch (error) {
      expect((error as PsilabError).parameter).toContain(parameter)
    }
  }
  it('is a dial that rises, ends at 0 where it may not, or is none', () => {
    refused(() => linear(1, 2), 'to')
    refused(() => geometric(1, 0), 'to')
    refused(() => adaptive(0, -1), 'from')
    refused(() => power(1, 0, 0), 'exponent')
    refused(() => dialOf('fast' as never, 1, 'D', resistance), 'schedule')
    refused(() => dialOf((t) => 1 - t, 2, 'D', resistance), 'schedule')
    refused(() => dialOf(adaptive(1, 0.5), 1, 'D', () => () => Number.POSITIVE_INFINITY), 'schedule')
  })
})
