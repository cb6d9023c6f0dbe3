import { describe, expect, it } from 'vitest'
import { rasterise } from '../../../../src/figure/still/rasterise.js'

const SVG =
  '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10"><circle cx="5" cy="5" r="4"/></svg>'

describe('rasterise', () => {
  it('draws after a drawing that did not come to its end, and then as before', async () => {
    const before = await rasterise(SVG, 2)
    await expect(rasterise('no picture', 2)).rejects.toThrow()
    expect(await Promise.all([rasterise(SVG, 2), rasterise(SVG, 2)])).toEqual([before, before])
  })
})
