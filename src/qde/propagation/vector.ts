/** Vectors of interleaved complex numbers, and what holds for real ones too: norms and real factors. */

/** √Σ|v|². */
export function norm(v: Float64Array): number {
  let sum = 0
  for (let i = 0; i < v.length; i++) sum += v[i] * v[i]
  return Math.sqrt(sum)
}

/** ⟨u|v⟩ = Σ u* v as [re, im]. */
export function inner(u: Float64Array, v: Float64Array): readonly [number, number] {
  let re = 0
  let im = 0
  for (let i = 0; i < u.length; i += 2) {
    re += u[i] * v[i] + u[i + 1] * v[i + 1]
    im += u[i] * v[i + 1] - u[i + 1] * v[i]
  }
  return [re, im]
}

/** y ← y + (re + i·im) x. */
export function add(y: Float64Array, x: Float64Array, re: number, im: number): void {
  for (let i = 0; i < y.length; i += 2) {
    y[i] += re * x[i] - im * x[i + 1]
    y[i + 1] += re * x[i + 1] + im * x[i]
  }
}

/** v ← c v for a real c. */
export function scale(v: Float64Array, c: number): void {
  for (let i = 0; i < v.length; i++) v[i] *= c
}

/** Scales v to a norm, and returns the logarithm of what was divided out. */
export function normalise(v: Float64Array, to = 1): number {
  const length = norm(v) / to
  scale(v, 1 / length)
  return Math.log(length)
}

/** A real vector as an interleaved one. */
export function widened(v: Float64Array): Float64Array {
  const result = new Float64Array(2 * v.length)
  for (let i = 0; i < v.length; i++) result[2 * i] = v[i]
  return result
}

/** The real parts of an interleaved vector. */
export function realParts(v: Float64Array): Float64Array {
  const result = new Float64Array(v.length / 2)
  for (let i = 0; i < result.length; i++) result[i] = v[2 * i]
  return result
}
