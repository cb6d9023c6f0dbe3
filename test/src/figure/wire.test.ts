import fc from 'fast-check'
import { deflateSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { decode, encode } from '../../../src/figure/coding.js'
import {
  attach,
  detach,
  FigureError,
  type PackedArray,
  pack,
  saved,
  unpack,
  validateFigure,
} from '../../../src/figure/index.js'
import * as samples from './samples.js'

const ALL = samples.allSamples()

/** The packed arrays in a payload. */
function arraysIn(value: unknown): PackedArray[] {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return []
  return 'dtype' in value ? [value as PackedArray] : Object.values(value).flatMap(arraysIn)
}

const numbersIn = (figure: unknown): Float64Array[] => arraysIn(figure).map(unpack)

describe('the coding of bytes', () => {
  it('gives every byte back, whatever the numbers and the shape', () => {
    const shapes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(shapes, fc.constantFrom(1, 2, 4, 8), fc.integer(), (shape, size, seed) => {
        const length = shape.reduce((product, n) => product * n, size)
        const bytes = Uint8Array.from({ length }, (_, i) => (seed >>> (i % 13)) ^ (i * i))
        expect(decode(encode(bytes, size, shape), size, shape, 'array')).toEqual(bytes)
      }),
    )
  })

  it('takes differences along both axes of what is smooth', () => {
    const n = 64
    const bowl = Float64Array.from(
      { length: n * n },
      (_, i) => (Math.floor(i / n) - 20) ** 2 + ((i % n) - 30) ** 2,
    )
    const packed = pack(bowl, { dtype: 'uint16', shape: [n, n] })
    const { bytes, delta } = encode(packed.data as Uint8Array, 2, [n, n])
    expect(delta).toEqual([0, 1])
    // Mixed differences of a sum of squares are 0; what is left are those of the rounding, −2 to 2.
    expect(bytes.length).toBeLessThan(deflateSync(packed.data as Uint8Array).length / 2)
  })

  it('refuses more bytes than the shape has before it holds them', () => {
    const bomb = deflateSync(new Uint8Array(2e7))
    const packed: PackedArray = {
      ...pack(new Float64Array(40_000), { dtype: 'uint8' }),
      data: bomb,
      coding: 'deflate',
    }
    expect(bomb.length).toBeLessThan(40_000)
    expect(() => unpack(packed)).toThrow(/^array has \d+ numbers; 40000 were expected\.$/)
  })

  it.each([
    ['fewer bytes than the shape has', deflateSync(new Uint8Array(10))],
    ['no deflated bytes', Uint8Array.of(7, 255, 255, 255)],
    ['nothing', new Uint8Array(0)],
  ])('refuses %s', (_, data) => {
    const packed: PackedArray = { ...pack(new Float64Array(50)), data, coding: 'deflate' }
    expect(() => unpack(packed)).toThrow(FigureError)
  })
})

describe.each(Object.entries(ALL))('the %s figure', (_, figure) => {
  it('is the same when it is saved', () => {
    const back = validateFigure(JSON.parse(JSON.stringify(saved(figure))))
    expect(numbersIn(back)).toEqual(numbersIn(figure))
    expect(saved(back)).toEqual(back)
  })

  it('is the same with its bytes beside it, which are not copied', () => {
    const { figure: rest, buffers } = detach(figure)
    const back = attach(JSON.parse(JSON.stringify(rest)), buffers)
    expect(numbersIn(back)).toEqual(numbersIn(figure))
    expect(JSON.stringify(back)).toBe(JSON.stringify(figure))
    for (const [k, array] of arraysIn(back).entries())
      expect((array.data as Uint8Array).buffer).toBe(buffers[k]!.buffer)
  })

  it('is the same from buffers at odd places', () => {
    const { figure: rest, buffers } = detach(saved(figure))
    const odd = buffers.map((bytes) => {
      const larger = new Uint8Array(bytes.length + 5)
      larger.set(bytes, 3)
      return new DataView(larger.buffer, 3, bytes.length)
    })
    expect(numbersIn(attach(rest, odd))).toEqual(numbersIn(figure))
  })
})

describe('attach()', () => {
  const { figure, buffers } = detach(samples.evolutionSample(0, 20))

  it.each([
    ['a buffer too few', buffers.slice(0, -1), /data must be the number of one of \d+ buffers/],
    [
      'buffers of other lengths',
      [...buffers].reverse(),
      /figure\.x\.data has \d+ numbers; \d+ were expected/,
    ],
    ['no buffers', [], /number of one of 0 buffers/],
  ])('refuses %s', (_, given, sentence) => {
    expect(() => attach(figure, given)).toThrow(FigureError)
    expect(() => attach(figure, given)).toThrow(sentence)
  })

  it('refuses what is no figure', () => {
    expect(() => attach({ ...(figure as object), x: 0 }, buffers)).toThrow('figure.x must be an object')
  })

  it('is what lets a number stand for bytes', () => {
    expect(() => validateFigure(figure)).toThrow('figure.x.data must be text')
  })
})
