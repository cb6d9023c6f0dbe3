/** Index of the largest value. */
export function argmax(values: ArrayLike<number>): number {
  let best = 0
  for (let i = 1; i < values.length; i++) if (values[i]! > values[best]!) best = i
  return best
}

/**
 * Where a density over equidistant axes, in C order, is largest: between its points by the parabola through the logarithms
 * of three along each axis, which is exact for a Gaussian; rounded to less than a tenth of an interval.
 */
export function peakPlace(density: ArrayLike<number>, axes: readonly ArrayLike<number>[]): number[] {
  const best = argmax(density)
  let stride = density.length
  return axes.map((axis) => {
    stride /= axis.length
    const j = Math.floor(best / stride) % axis.length
    const here = axis[j]!
    if (j === 0 || j === axis.length - 1) return here
    const [before, at, after] = [-1, 0, 1].map((step) => Math.log(density[best + step * stride]!))
    const bend = 2 * at! - before! - after!
    const spacing = axis[j + 1]! - here
    const unit = 10 ** Math.floor(Math.log10(spacing) - 1)
    const moved = bend > 0 && Number.isFinite(bend) ? (spacing * (after! - before!)) / (2 * bend) : 0
    return Number((Math.round((here + moved) / unit) * unit).toPrecision(6))
  })
}

/** Index of the smallest value. */
export function argmin(values: ArrayLike<number>): number {
  let best = 0
  for (let i = 1; i < values.length; i++) if (values[i]! < values[best]!) best = i
  return best
}

/** Indices of interior local minima of a sampled curve; a flat bottom counts once. */
export function localMinima(values: ArrayLike<number>): number[] {
  const found: number[] = []
  for (let i = 1; i < values.length - 1; i++) {
    if (values[i]! >= values[i - 1]!) continue
    let j = i
    while (j < values.length - 1 && values[j + 1] === values[i]) j++
    if (j < values.length - 1 && values[j + 1]! > values[i]!) found.push(i)
    i = j
  }
  return found
}

/** Indices of interior local maxima of a sampled curve. */
export function localMaxima(values: ArrayLike<number>): number[] {
  return localMinima(Float64Array.from(values, (value) => -value))
}

/** Value below which a share q of the samples lies. */
export function quantile(values: ArrayLike<number>, q: number): number {
  const sorted = Float64Array.from(values).sort()
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))]!
}
