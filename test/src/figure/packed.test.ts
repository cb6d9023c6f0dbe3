import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FigureError, MAX_ELEMENTS, type PackedArray, pack, unpack } from '../../../src/figure/index.js'

/** Numbers of ordinary size: a step of a subnormal range would itself be 0. */
const ordinary = fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((v) => (Math.abs(v) < 1e-290 ? 0 : v))
const values = fc.array(ordinary, { minLength: 1, maxLength: 200 })

/** Largest distance of a value from what comes back. */
function error(numbers: readonly number[], dtype: PackedArray['dtype']): number {
  const back = unpack(pack(numbers, { dtype }))
  return Math.max(...numbers.map((value, i) => Math.abs(value - back[i]!)))
}

describe('pack and unpack', () => {
  it('return float64 numbers exactly', () => {
    fc.assert(fc.property(values, (numbers) => error(numbers, 'float64') === 0))
  })

  it.each([
    ['uint8', 510],
    ['uint16', 131070],
  ] as const)('%s keeps numbers to within range/%i', (dtype, steps) => {
    fc.assert(
      fc.property(values, (numbers) => {
        const range = Math.max(...numbers) - Math.min(...numbers)
        // Half a step, and a rounding of the sum offset + scale·r.
        return error(numbers, dtype) <= range / steps + 1e-9 * Math.max(1, ...numbers.map(Math.abs))
      }),
    )
  })

  it('int8 keeps numbers to within max|v|/254 and 0 exactly', () => {
    fc.assert(
      fc.property(values, (numbers) => {
        const largest = Math.max(...numbers.map(Math.abs))
        return error(numbers, 'int8') <= (largest / 254) * (1 + 1e-9)
      }),
    )
    expect(unpack(pack([-3, 0, 2], { dtype: 'int8' }))[1]).toBe(0)
  })

  it('keep C order and shape', () => {
    const packed = pack([1, 2, 3, 4, 5, 6], { dtype: 'float32', shape: [2, 3] })
    expect(packed.shape).toEqual([2, 3])
    expect([...unpack(packed)]).toEqual([1, 2, 3, 4, 5, 6])
  })

  it('store little-endian numbers', () => {
    const packed = pack([1], { dtype: 'float64' })
    expect([...(packed.data as Uint8Array)]).toEqual([0, 0, 0, 0, 0, 0, 0xf0, 0x3f])
    expect(JSON.stringify(packed)).toContain('"data":"AAAAAAAA8D8="')
  })

  it.each([Number.NaN, Number.POSITIVE_INFINITY])('pack() refuses %d and says where', (bad) => {
    expect(() => pack([0, bad], { name: 'zeta' })).toThrow(
      /^zeta\[1\] is (NaN|Infinity); a figure needs finite numbers\.$/,
    )
  })

  it('pack() refuses a shape that is not the data’s', () => {
    expect(() => pack([1, 2, 3], { shape: [2, 2] })).toThrow('array has 3 numbers; 4 were expected.')
  })

  it('unpack() refuses too large a shape before it allocates', () => {
    const huge: PackedArray = { dtype: 'float64', shape: [2 ** 30, 2 ** 20], data: '', offset: 0, scale: 1 }
    expect(() => unpack(huge)).toThrow(new RegExp(`at most ${MAX_ELEMENTS} are drawn`))
  })

  it.each([
    ['an unknown type', { dtype: 'toString' }],
    ['a fractional length', { shape: [1.5] }],
    ['a negative length', { shape: [-1] }],
    ['data of another length', { data: 'AAAA' }],
    ['a scale that is not finite', { scale: Number.NaN }],
  ])('unpack() refuses %s', (_, change) => {
    const packed = { ...pack([1, 2]), ...change } as PackedArray
    expect(() => unpack(packed)).toThrow(FigureError)
  })
})
