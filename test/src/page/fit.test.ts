import { describe, expect, it } from 'vitest'
import { fittedSize } from '../../../src/page/fit.js'

describe('a formula', () => {
  it('that fits keeps its size', () => {
    expect(fittedSize(300, 600)).toBe(1.1)
    expect(fittedSize(600, 600)).toBe(1.1)
  })

  it('that is too wide is set so that it fits', () => {
    const size = fittedSize(900, 600)
    expect((900 * size) / 1.1).toBeLessThan(600)
    expect((900 * size) / 1.1).toBeGreaterThan(570)
  })

  it('is never too small to read, and left alone in a hidden place', () => {
    expect(fittedSize(9000, 600)).toBe(0.6)
    expect(fittedSize(900, 0)).toBe(1.1)
  })
})
