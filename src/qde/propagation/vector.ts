/** Vectors of interleaved complex numbers: the few operations that Krylov and Chebyshev methods are made of. */

/** √Σ|v|². */
export function norm(v: Float64Array): number {
  let sum = 0
  for (const x of v) sum += x * x
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

/** Divides by the norm and returns its logarithm. */
export function normalise(v: Float64Array): number {
  const length = norm(v)
  scale(v, 1 / length)
  return Math.log(length)
}
