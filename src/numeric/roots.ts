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
