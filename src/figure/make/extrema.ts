/** Index of the largest value. */
export function argmax(values: ArrayLike<number>): number {
  let best = 0
  for (let i = 1; i < values.length; i++) if (values[i]! > values[best]!) best = i
  return best
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
