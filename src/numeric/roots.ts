/**
 * Roots of unity by additions and multiplications alone. ECMAScript leaves the last digits of Math.cos and
 * Math.sin to the engine; these are the same on every machine, and exact at multiples of a quarter turn.
 */

/** Terms of the series on an eighth of a turn: the next is below 10⁻¹⁹ at π/4. */
const TERMS = 9

/** ω_n^t = e^{−2πi t/n} as [re, im]; n and t are integers, t ≥ 0. */
export function rootOfUnity(n: number, t: number): [number, number] {
  // The angle is a quarter turn times quarter + rest/n, all in integers.
  const quarters = 4 * (t % n)
  const quarter = Math.floor(quarters / n)
  const rest = quarters - quarter * n
  const complement = 2 * rest > n
  const [near, far] = cosineAndSine(((Math.PI / 2) * (complement ? n - rest : rest)) / n)
  const [cosine, sine] = complement ? [far, near] : [near, far]
  switch (quarter) {
    case 0:
      return [cosine, -sine]
    case 1:
      return [-sine, -cosine]
    case 2:
      return [-cosine, sine]
    default:
      return [sine, cosine]
  }
}

/** Tables kept, as long as they have no more numbers than this together. */
const KEPT_NUMBERS = 2 ** 20
const kept = new Map<number, Float64Array>()

/** ω_n^t for t = 0 … n−1, interleaved, the same bits as {@link rootOfUnity}. The table is kept: not to be written. */
export function rootsOfUnity(n: number): Float64Array {
  const known = kept.get(n)
  if (known !== undefined) return known
  const roots = new Float64Array(2 * n)
  for (let t = 0; t < n; t++) {
    // A quarter turn on, and mirrored at an eighth, the numbers are the same.
    const turned = 4 * t >= n && n % 4 === 0
    const mirrored = !turned && 8 * t > n && n % 4 === 0
    const source = turned ? t - n / 4 : mirrored ? n / 4 - t : t
    if (source === t) roots.set(rootOfUnity(n, t), 2 * t)
    else {
      const [re, im] = [roots[2 * source], roots[2 * source + 1]]
      roots[2 * t] = turned ? im : -im
      roots[2 * t + 1] = -re
    }
  }
  const numbers = [...kept.values()].reduce((sum, { length }) => sum + length, roots.length)
  if (numbers > KEPT_NUMBERS) kept.clear()
  if (roots.length <= KEPT_NUMBERS) kept.set(n, roots)
  return roots
}

/** cos x and sin x for 0 ≤ x ≤ π/4, by Taylor's series in Horner's form. */
function cosineAndSine(x: number): [number, number] {
  const square = x * x
  let cosine = 1
  let sine = 1
  for (let k = TERMS; k > 0; k--) {
    cosine = 1 - (square / ((2 * k - 1) * (2 * k))) * cosine
    sine = 1 - (square / (2 * k * (2 * k + 1))) * sine
  }
  return [cosine, x * sine]
}
