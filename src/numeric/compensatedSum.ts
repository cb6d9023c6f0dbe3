/** A sum whose roundings are kept and added at the end (Neumaier, ZAMM 54, 39 (1974)). */
export function compensatedSum(values: ArrayLike<number>): number {
  let sum = 0
  let lost = 0
  for (let i = 0; i < values.length; i++) {
    const next = sum + values[i]
    lost += Math.abs(sum) >= Math.abs(values[i]) ? sum - next + values[i] : values[i] - next + sum
    sum = next
  }
  return sum + lost
}
