import { describe, expect, it } from 'vitest'
import { isStacked, pieceSize } from '../../extension/src/lines.js'

describe('a left side', () => {
  it('shares the column where it leaves its right side room', () => {
    expect(isStacked(200, 300, 600)).toBe(false)
    expect(isStacked(220, 300, 600)).toBe(true)
  })

  it('stands above its sign sooner where the right side would be broken beside it', () => {
    expect(isStacked(150, 400, 600)).toBe(false)
    expect(isStacked(150, 500, 600)).toBe(true)
    expect(isStacked(100, 5000, 600)).toBe(false)
  })
})

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
