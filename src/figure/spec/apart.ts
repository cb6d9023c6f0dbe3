/** Heights at least `gap` apart that differ least from those given, in the sense of squares: pooled neighbours. */
export function spreadApart(heights: readonly number[], gap: number): number[] {
  const pools: { sum: number; count: number }[] = []
  heights.forEach((height, k) => {
    pools.push({ sum: height - k * gap, count: 1 })
    for (let last = pools.length - 1; last > 0; last--) {
      const [p, q] = [pools[last - 1]!, pools[last]!]
      if (p.sum / p.count < q.sum / q.count) break
      pools.splice(last - 1, 2, { sum: p.sum + q.sum, count: p.count + q.count })
    }
  })
  return pools
    .flatMap(({ sum, count }) => Array<number>(count).fill(sum / count))
    .map((at, k) => at + k * gap)
}
