/**
 * Threefry blocks of consecutive counters as WebAssembly, four at a time: lane k of four vectors holds the words of
 * counter n + k, and a transposition at the end puts them in order. Integer arithmetic, so that every machine gives the
 * same bits.
 */
import {
  type Code,
  FunctionBody,
  i32,
  ModuleBuilder,
  simd,
  unsigned,
  webAssembly,
} from '../../webassembly/index.js'
import { type Block, INJECTED_EVERY, keySchedule, ROTATIONS, ROUNDS, threefry } from './threefry.js'

/** Blocks that are made at once, so a divisor of every number of blocks. */
export const LANES = 4
/** Most blocks of one call. */
export const MOST_BLOCKS = 256

/** Writes the blocks of counters (n, 0) for n = first, first + 1, … one after another. `count` is a multiple of LANES. */
export type BlockWriter = (key: Block, first: number, count: number, out: Int32Array) => void

/** The same without WebAssembly, for a host whose policy or age forbids it. */
export const writeBlocks: BlockWriter = (key, first, count, out) => {
  for (let i = 0; i < count; i++)
    out.set(threefry(key, [first + i, Math.floor((first + i) / 2 ** 32), 0, 0]), 4 * i)
}

const i32x4 = {
  const: (...lanes: number[]): Code => [
    simd(0x0c),
    ...Array.from(new Uint8Array(Int32Array.from(lanes).buffer)),
  ],
  splat: (a: Code): Code => [a, simd(0x11)],
  add: (a: Code, b: Code): Code => [a, b, simd(0xae)],
  xor: (a: Code, b: Code): Code => [a, b, simd(0x51)],
  rotateLeft: (a: Code, bits: number): Code => [
    [a, i32.const(bits), simd(0xab)],
    [a, i32.const(32 - bits), simd(0xad)],
    simd(0x50),
  ],
  /** Lanes 0–3 of a and 4–7 of b, in the order given. */
  shuffle: (a: Code, b: Code, lanes: readonly number[]): Code => [
    a,
    b,
    simd(0x0d),
    ...lanes.flatMap((lane) => [0, 1, 2, 3].map((byte) => 4 * lane + byte)),
  ],
  store: (address: Code, offset: number, value: Code): Code => [
    address,
    value,
    simd(0x0b),
    4,
    unsigned(offset),
  ],
}

/** Bytes of LANES blocks. */
const STRIDE = LANES * 16

/** The module: `blocks(groups, key0, key1, key2, key3, key4, low, high)` writes to address 0 and on. */
export function vectorModule(): Uint8Array<ArrayBuffer> {
  const body = new FunctionBody(8)
  const [groups, ...schedule] = Array.from({ length: 6 }, (_, i) => body.parameter(i).get)
  const [low, high] = [body.parameter(6).get, body.parameter(7).get]
  const keys = schedule.map((word) => body.keep(i32x4.splat(word)))
  const counter = body.variable('v128')
  counter.set(i32x4.add(i32x4.splat(low), i32x4.const(0, 1, 2, 3)))
  const second = body.keep(i32x4.add(i32x4.splat(high), keys[1]))
  const address = body.variable('i32')
  body.repeatTimes(groups, () => {
    const x = [body.keep(i32x4.add(counter.get, keys[0])), second, keys[2], keys[3]]
    const mix = (a: number, b: number, bits: number): void => {
      x[a] = body.keep(i32x4.add(x[a], x[b]))
      x[b] = body.keep(i32x4.xor(i32x4.rotateLeft(x[b], bits), x[a]))
    }
    for (let round = 0; round < ROUNDS; round++) {
      const [one, other] = ROTATIONS[round % ROTATIONS.length]
      const even = round % 2 === 0
      mix(0, even ? 1 : 3, one)
      mix(2, even ? 3 : 1, other)
      const injected = (round + 1) / INJECTED_EVERY
      if (Number.isInteger(injected)) {
        for (let i = 0; i < 4; i++) x[i] = body.keep(i32x4.add(x[i], keys[(injected + i) % 5]))
        x[3] = body.keep(i32x4.add(x[3], i32x4.const(injected, injected, injected, injected)))
      }
    }
    const pairs = [
      [0, 1],
      [2, 3],
    ].map(([a, b]) => [
      body.keep(i32x4.shuffle(x[a], x[b], [0, 4, 1, 5])),
      body.keep(i32x4.shuffle(x[a], x[b], [2, 6, 3, 7])),
    ])
    for (let k = 0; k < LANES; k++) {
      const half = k < 2 ? 0 : 1
      const lanes = k % 2 === 0 ? [0, 1, 4, 5] : [2, 3, 6, 7]
      body.emit(i32x4.store(address.get, 16 * k, i32x4.shuffle(pairs[0][half], pairs[1][half], lanes)))
    }
    counter.set(i32x4.add(counter.get, i32x4.const(LANES, LANES, LANES, LANES)))
    address.advance(STRIDE)
  })
  const module = new ModuleBuilder()
  module.export('blocks', module.add(body))
  return module.bytes()
}

/** @returns undefined where the host has no WebAssembly with vectors, or does not let it be compiled here */
function compiledWriter(): BlockWriter | undefined {
  try {
    const memory = new webAssembly.Memory({ initial: 1, maximum: 1 })
    const { exports } = new webAssembly.Instance(new webAssembly.Module(vectorModule()), { env: { memory } })
    const { blocks } = exports as { blocks: (...words: number[]) => void }
    const words = new Int32Array(memory.buffer, 0, 4 * MOST_BLOCKS)
    return (key, first, count, out) => {
      const [a, b, c, d, e] = keySchedule(key)
      for (let done = 0; done < count; ) {
        const low = (first + done) % 2 ** 32
        // The lower word of the counter does not overflow within a call.
        const now = Math.min(count - done, MOST_BLOCKS, 2 ** 32 - low)
        blocks(now / LANES, a, b, c, d, e, low, (first + done) / 2 ** 32)
        out.set(now === MOST_BLOCKS ? words : words.subarray(0, 4 * now), 4 * done)
        done += now
      }
    }
  } catch {
    return undefined
  }
}

let fastest: BlockWriter | undefined

/** The fastest writer of the host; all write the same. */
export function blockWriter(): BlockWriter {
  fastest ??= compiledWriter() ?? writeBlocks
  return fastest
}
