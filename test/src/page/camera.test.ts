import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  basisOf,
  boxOf,
  type Camera,
  dot,
  edgesOf,
  FIRST_LOOK,
  moved,
  windowOf,
} from '../../../src/page/volume/camera.js'

const cameras: fc.Arbitrary<Camera> = fc.record({
  azimuth: fc.double({ min: 0, max: 360, noNaN: true }),
  elevation: fc.double({ min: -90, max: 90, noNaN: true }),
  zoom: fc.constant(1),
})

/** Rounding of sines and cosines. */
const EXACT = 1e-12

describe('a camera', () => {
  it('has right, up and towards the eye at right angles, in this order as x, y and z are', () => {
    fc.assert(
      fc.property(cameras, (camera) => {
        const { right, up, towards } = basisOf(camera)
        for (const [a, b, product] of [
          [right, right, 1],
          [up, up, 1],
          [towards, towards, 1],
          [right, up, 0],
          [up, towards, 0],
          [towards, right, 0],
        ] as const)
          expect(Math.abs(dot(a, b) - product)).toBeLessThan(EXACT)
        const cross = [0, 1, 2].map(
          (d) => right[(d + 1) % 3]! * up[(d + 2) % 3]! - right[(d + 2) % 3]! * up[(d + 1) % 3]!,
        )
        for (const d of [0, 1, 2]) expect(Math.abs(cross[d]! - towards[d]!)).toBeLessThan(EXACT)
        // The third axis is upright.
        expect(right[2]).toBe(0)
        expect(up[2]).toBeGreaterThan(-EXACT)
      }),
    )
  })

  it('sees x to the right and y upwards from above, and z upwards from the side', () => {
    const above = basisOf({ azimuth: 0, elevation: 90, zoom: 1 })
    expect(above.right[0]).toBeCloseTo(1, 12)
    expect(above.up[1]).toBeCloseTo(1, 12)
    const side = basisOf({ azimuth: 0, elevation: 0, zoom: 1 })
    expect(side.right[0]).toBeCloseTo(1, 12)
    expect(side.up[2]).toBeCloseTo(1, 12)
  })

  it('turns what is in front the way it is dragged, within bounds', () => {
    // A point on the side of the eye.
    const front = basisOf(FIRST_LOOK).towards
    expect(dot(front, basisOf(moved(FIRST_LOOK, { right: 5 })).right)).toBeGreaterThan(0)
    expect(dot(front, basisOf(moved(FIRST_LOOK, { up: 5 })).up)).toBeGreaterThan(0)
    expect(moved(FIRST_LOOK, { up: -500 }).elevation).toBe(90)
    expect(moved(FIRST_LOOK, { up: 500 }).elevation).toBe(-90)
    expect(moved(FIRST_LOOK, { right: 370 }).azimuth).toBeCloseTo(FIRST_LOOK.azimuth - 10, 12)
    expect(moved(FIRST_LOOK, { right: FIRST_LOOK.azimuth + 10 }).azimuth).toBeCloseTo(350, 12)
    expect(moved(FIRST_LOOK, { zoom: 1e9 }).zoom).toBeLessThan(100)
  })
})

describe('a box', () => {
  it('is inside what is seen from anywhere', () => {
    const box = boxOf([2, 3, 9])
    fc.assert(
      fc.property(cameras, (camera) => {
        const { right, up } = basisOf(camera)
        const half = windowOf(box, camera)
        return edgesOf(box, basisOf(camera)).every(
          ({ from, to }) =>
            Math.max(...[from, to].flatMap((p) => [Math.abs(dot(p, right)), Math.abs(dot(p, up))])) < half,
        )
      }),
    )
  })

  it('has twelve edges: three behind it and six around it, seen from beside its axes', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 3 }),
        fc.double({ min: 1, max: 89, noNaN: true }),
        fc.double({ min: 1, max: 89, noNaN: true }),
        fc.boolean(),
        (quarter, within, height, below) => {
          const basis = basisOf({
            azimuth: 90 * quarter + within,
            elevation: below ? -height : height,
            zoom: 1,
          })
          const edges = edgesOf(boxOf([1, 1, 1]), basis)
          expect(edges).toHaveLength(12)
          const hidden = edges.filter((edge) => edge.hidden)
          expect(hidden.map(({ axis }) => axis)).toEqual([0, 1, 2])
          expect(edges.filter(({ outer }) => outer)).toHaveLength(6)
          // They meet in the corner farthest from the eye.
          const depth = (edge: (typeof edges)[number]): number =>
            Math.min(dot(edge.from, basis.towards), dot(edge.to, basis.towards))
          const farthest = Math.min(...edges.map(depth))
          for (const edge of hidden) expect(depth(edge)).toBeCloseTo(farthest, 9)
        },
      ),
    )
  })

  it('keeps the proportions of its axes, but is never a sheet', () => {
    expect(boxOf([2, 3, 4])).toEqual([0.5, 0.75, 1])
    expect(boxOf([1, 1000, 1])[0]).toBeGreaterThan(0.1)
  })
})
