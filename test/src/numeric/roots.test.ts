import { expect, it } from 'vitest'
import { rootOfUnity, rootsOfUnity } from '../../../src/numeric/roots.js'

/** Two ulps of 2π: the angle of Math.cos and Math.sin is the result of three roundings. */
const ANGLE_ROUNDING = 2e-15
/** An ulp of 1. */
const LENGTH_ROUNDING = 2.5e-16

it.each([1, 2, 3, 5, 8, 60, 1000, 4096])('rootOfUnity() of order %i is e^{−2πi t/n}', (n) => {
  for (let t = 0; t < 2 * n; t++) {
    const angle = (-2 * Math.PI * (t % n)) / n
    const [re, im] = rootOfUnity(n, t)
    expect(Math.hypot(re - Math.cos(angle), im - Math.sin(angle))).toBeLessThan(ANGLE_ROUNDING)
    expect(Math.abs(Math.hypot(re, im) - 1)).toBeLessThan(LENGTH_ROUNDING)
  }
})

it('rootOfUnity() is exact at quarters of a turn, and conjugate for opposite angles', () => {
  // Adding 0 makes −0 into 0.
  const root = (n: number, t: number): number[] => rootOfUnity(n, t).map((v: number) => v + 0)
  expect([0, 1, 2, 3].map((t) => root(4, t))).toEqual([
    [1, 0],
    [0, -1],
    [-1, 0],
    [0, 1],
  ])
  for (let t = 1; t < 60; t++) {
    const [re, im] = root(60, t)
    expect(root(60, 60 - t)).toEqual([re, 0 - im!])
  }
})

it.each([1, 2, 3, 6, 8, 12, 60, 64, 1000])('rootsOfUnity(%i) is the table of rootOfUnity()', (n) => {
  const expected = Array.from({ length: n }, (_, t) => rootOfUnity(n, t)).flat()
  // Adding 0 makes −0 into 0.
  expect([...rootsOfUnity(n)].map((v) => v + 0)).toEqual(expected.map((v) => v + 0))
})
