/** The least number ≥ n of the factors 2, 3 and 5. */
export function smooth(n: number): number {
  for (let m = n; ; m++) {
    let rest = m
    for (const factor of [2, 3, 5]) while (rest % factor === 0) rest /= factor
    if (rest === 1) return m
  }
}
