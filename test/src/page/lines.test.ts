import { describe, expect, it } from 'vitest'
import { pieceSize } from '../../../src/page/lines.js'

describe('a piece of a line', () => {
  it('that fits keeps its size, also in a hidden place', () => {
    expect(pieceSize(300, 300)).toBe(1)
    expect(pieceSize(300, 0)).toBe(1)
  })

  it('that is too wide is set so that it fits, and never too small to read', () => {
    expect(400 * pieceSize(400, 300)).toBeLessThan(300)
    expect(400 * pieceSize(400, 300)).toBeGreaterThan(290)
    expect(pieceSize(9000, 300)).toBe(0.7)
  })
})
