import { describe, expect, it } from 'vitest'
import { Arithmetic, f64x2 } from '../../../src/engine/simd.js'
import {
  FunctionBody,
  i32,
  ModuleBuilder,
  signed,
  unsigned,
  webAssembly,
} from '../../../src/webassembly/index.js'

describe('integers in LEB128', () => {
  it.each([
    [0, [0]],
    [127, [0x7f]],
    [128, [0x80, 0x01]],
    [624485, [0xe5, 0x8e, 0x26]],
    [2 ** 32 - 1, [0xff, 0xff, 0xff, 0xff, 0x0f]],
  ])('unsigned %i', (value, bytes) => {
    expect(unsigned(value)).toEqual(bytes)
  })

  it.each([
    [0, [0]],
    [63, [0x3f]],
    [64, [0xc0, 0x00]],
    [-1, [0x7f]],
    [-123456, [0xc0, 0xbb, 0x78]],
  ])('signed %i', (value, bytes) => {
    expect(signed(value)).toEqual(bytes)
  })
})

it('a function of loops, calls and complex arithmetic does what it says', () => {
  const module = new ModuleBuilder()
  // z ← z·w for the complex vectors z at an address and w at 0.
  const product = new FunctionBody(1)
  const a = new Arithmetic(product, false)
  const place = product.parameter(0).get
  const read = (address: typeof place) => a.keep({ re: f64x2.load(address, 0), im: f64x2.load(address, 16) })
  const z = a.multiply(read(place), read(i32.const(0)))
  product.emit(f64x2.store(place, 0, z.re))
  product.emit(f64x2.store(place, 16, z.im))
  const target = module.add(product)
  // Three times for each of two vectors.
  const cubes = new FunctionBody(0)
  const at = cubes.variable('i32')
  at.set(i32.const(32))
  cubes.repeat(2, () => {
    cubes.repeat(3, () => cubes.call(target, at.get))
    at.advance(32)
  })
  module.export('cubes', module.add(cubes))

  const memory = new webAssembly.Memory({ initial: 1, maximum: 1 })
  const numbers = new Float64Array(memory.buffer)
  // w = i and 1 + i; z = 1 and 2, then i and 0.
  numbers.set([0, 1, 1, 1, 1, 2, 0, 0, 0, 0, 1, 0])
  const instance = new webAssembly.Instance(new webAssembly.Module(module.bytes()), { env: { memory } })
  ;(instance.exports as { cubes: () => void }).cubes()
  // i³ = −i, (1 + i)³ = −2 + 2i.
  expect([...numbers.subarray(4, 12)].map((v) => v + 0)).toEqual([0, -4, -1, 4, 1, 0, 0, 0])
})
