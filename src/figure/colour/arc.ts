import { type Oklab, type Rgb, toRgb } from './oklab.js'

/** Parts into which a curve is cut to measure it: its length is then known far better than one colour of a table. */
const PARTS = 2048

/** Places along a curve, as its parameter in [0, 1], that cut it into `count` parts of equal length; the last end is left out. */
export function evenPlaces(curve: (t: number) => Oklab, count: number): number[] {
  const length = new Float64Array(PARTS + 1)
  let before = curve(0)
  for (let i = 1; i <= PARTS; i++) {
    const here = curve(i / PARTS)
    length[i] = length[i - 1]! + Math.hypot(here[0] - before[0], here[1] - before[1], here[2] - before[2])
    before = here
  }
  let part = 0
  return Array.from({ length: count }, (_, k) => {
    const target = (length[PARTS]! * k) / count
    while (length[part + 1]! <= target) part++
    return (part + (target - length[part]!) / (length[part + 1]! - length[part]!)) / PARTS
  })
}

/** `count` colours at equal distances along a curve, both ends among them. */
export function evenColours(curve: (t: number) => Oklab, count: number): readonly Rgb[] {
  return [...evenPlaces(curve, count - 1), 1].map((t) => toRgb(curve(t)))
}
