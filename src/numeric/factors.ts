/**
 * A transform of length n = r₁·r₂·…·r_m is m stages of radix r. Decimation in frequency, the forward
 * direction here, takes a block of length L to r blocks of length L/r:
 *
 *   y_s[j] = ω_L^{js} Σ_q ω_r^{qs} x[j + q·L/r],   s = 0 … r−1,  j = 0 … L/r−1,  ω_L = e^{−2πi/L},
 *
 * and block s holds the modes k ≡ s (mod r). The modes end up in the order of their reversed digits; the
 * inverse, decimation in time, starts from that order, so nothing is ever permuted.
 */

/**
 * The radices of a length, first applied first: a leading 2 where the power of two is odd (it halves the
 * line for the cache and is the cheapest to fuse with V), then 5 and 3, then only 4.
 * Radix 8 would need more vector registers than the sixteen of x64.
 * @returns undefined where n has a prime factor beyond 5.
 */
export function radicesOf(n: number): number[] | undefined {
  const radices: number[] = []
  let rest = n
  let twos = 0
  while (rest % 2 === 0) {
    rest /= 2
    twos++
  }
  if (twos % 2 === 1) radices.push(2)
  for (const r of [5, 3])
    while (rest % r === 0) {
      rest /= r
      radices.push(r)
    }
  for (let i = 0; i < Math.floor(twos / 2); i++) radices.push(4)
  return rest === 1 ? radices : undefined
}

/** The mode at each position after the forward stages: mode(s·L/r + p) = s + r·mode′(p). */
export function modeOrder(radices: readonly number[]): Int32Array {
  let inner = new Int32Array(1)
  for (const r of radices.toReversed()) {
    const length = inner.length
    const order = new Int32Array(r * length)
    for (let s = 0; s < r; s++) for (let p = 0; p < length; p++) order[s * length + p] = s + r * inner[p]
    inner = order
  }
  return inner
}
