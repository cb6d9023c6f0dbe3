/** A histogram of equal bins over the range of what it starts from, and half as much on either side. */

const BINS = 96

export class Histogram {
  private readonly counts = new Float64Array(BINS)
  private readonly lower: number
  private readonly width: number
  private total = 0

  constructor(first: Float64Array) {
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
    for (const x of first) {
      low = Math.min(low, x)
      high = Math.max(high, x)
    }
    const room = Math.max((high - low) / 2, Number.EPSILON * Math.max(1, Math.abs(high)) * BINS)
    this.lower = low - room
    this.width = (high - low + 2 * room) / BINS
  }

  add(values: Float64Array): void {
    const { counts, lower, width } = this
    for (let i = 0; i < values.length; i++) {
      const bin = Math.floor((values[i] - lower) / width)
      if (bin >= 0 && bin < BINS) counts[bin]++
    }
    this.total += values.length
  }

  /** Middles of the bins, and the density in them; what lies outside counts in the total. */
  density(): { readonly x: Float64Array; readonly density: Float64Array } {
    const { counts, lower, width, total } = this
    return {
      x: counts.map((_, i) => lower + (i + 0.5) * width),
      density: counts.map((n) => (total === 0 ? 0 : n / (total * width))),
    }
  }
}
