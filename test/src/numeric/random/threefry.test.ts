import { expect, it } from 'vitest'
import { type Block, threefry } from '../../../../src/numeric/random/threefry.js'
import { blockWriter, LANES, MOST_BLOCKS, writeBlocks } from '../../../../src/numeric/random/vectors.js'

const hex = (block: Block): string[] => block.map((word) => (word >>> 0).toString(16).padStart(8, '0'))

it.each([
  { words: 'zeros', counter: [0, 0, 0, 0], key: [0, 0, 0, 0], is: '9c6ca96a e17eae66 fc10ecd4 5256a7d8' },
  {
    words: 'ones',
    counter: [-1, -1, -1, -1],
    key: [-1, -1, -1, -1],
    is: '2a881696 57012287 f6c7446e a16a6732',
  },
  {
    words: 'digits of π',
    counter: [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
    key: [0xa4093822, 0x299f31d0, 0x082efa98, 0xec4e6c89],
    is: '59cd1dbb b8879579 86b5d00c ac8b6d84',
  },
] as const)('gives the published known answer for $words', ({ counter, key, is }) => {
  expect(hex(threefry(key, counter)).join(' ')).toBe(is)
})

it.each([
  ['the first', 0, LANES],
  ['more than one call makes', 12, 2 * MOST_BLOCKS + LANES],
  ['those where the second word of the counter begins to count', 2 ** 32 - 2 * LANES, 4 * LANES],
  ['far ones', 2 ** 51 - 64, 64],
] as const)('vectors and single blocks are the same bits: %s', (_, first, count) => {
  const key = [1, -2, 0x7fffffff, 0x12345678] as const
  const [vectors, single] = [new Int32Array(4 * count), new Int32Array(4 * count)]
  expect(blockWriter()).not.toBe(writeBlocks)
  blockWriter()(key, first, count, vectors)
  writeBlocks(key, first, count, single)
  expect(vectors).toEqual(single)
})
