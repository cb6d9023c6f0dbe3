/**
 * e^x of whole arrays, by additions and multiplications alone, so that the digits are the same on every machine:
 *
 *   x = (128 e + i) ln2/128 + r,  |r| ≤ ln2/256,   e^x = 2^e · 2^{i/128} · (1 + r + r²/2 + … + r⁵/120).
 *
 * The rest of the series is below 6·10⁻¹⁹. After Tang, ACM Trans. Math. Softw. 15, 144 (1989).
 */

const PARTS = 128
const powersOfParts = Float64Array.from({ length: PARTS }, (_, i) => 2 ** (i / PARTS))
/** 2^e for e = −1023 … 1024. */
const powers = Float64Array.from({ length: 2048 }, (_, i) => 2 ** (i - 1023))

const SCALE = PARTS / Math.LN2
/** ln2/128 in two parts, the first of 33 bits, so that its product with a whole number below 2²⁰ is exact. */
const HIGH = 6.9314718036912381649e-1 / PARTS
const LOW = 1.90821492927058770002e-10 / PARTS
/** Added and taken away again it leaves the nearest integer. */
const ROUND = 1.5 * 2 ** 52

const LEAST = -708
const MOST = 709

/** Replaces the first n values by their exponentials, with an error below 2 units in the last place; x < −708 counts as −708, x > 709 as 709. */
export function exponentials(values: Float64Array, n: number): void {
  for (let i = 0; i < n; i++) {
    let x = values[i]
    if (x < LEAST) x = LEAST
    else if (x > MOST) x = MOST
    const whole = x * SCALE + ROUND - ROUND
    const k = whole | 0
    const r = x - whole * HIGH - whole * LOW
    const series = 1 + r * (1 + r * (1 / 2 + r * (1 / 6 + r * (1 / 24 + r * (1 / 120)))))
    values[i] = powersOfParts[k & (PARTS - 1)] * series * powers[(k >> 7) + 1023]
  }
}
