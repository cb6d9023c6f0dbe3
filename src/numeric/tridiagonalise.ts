/**
 * Householder reduction of a real symmetric matrix to tridiagonal form, A = Q T Qᵀ. The step for row i reflects its
 * part left of the diagonal onto the last entry, P = 1 − v vᵀ/h, and changes the rows above by
 *
 *   A ← P A P = A − v qᵀ − q vᵀ,   p = A v/h,   q = p − (vᵀp/2h) v.
 *
 * The change of one step and the product A v of the next are one pass over the triangle, two rows at a time: only row
 * i itself is brought up to date before v can be known.
 *
 * Reference: Martin, Reinsch and Wilkinson, Numer. Math. 11, 181 (1968).
 */

export interface Tridiagonal {
  /** Length n. */
  readonly diagonal: Float64Array
  /** T_{i,i−1} at i, length n; the first entry is 0. */
  readonly off: Float64Array
  /** Replaces eigenvectors of T, of length n each, by those of A. */
  back(vectors: readonly Float64Array[]): void
}

/** @param matrix row-major n × n; its lower triangle is read */
export function tridiagonalise(matrix: Float64Array, n: number): Tridiagonal {
  const a = Float64Array.from(matrix)
  const diagonal = new Float64Array(n)
  const off = new Float64Array(n)
  /** h of each step; 0 where a row needs no reflection. */
  const half = new Float64Array(n)
  const v = new Float64Array(n)
  const product = new Float64Array(n)
  const oldV = new Float64Array(n)
  const oldQ = new Float64Array(n)
  for (let i = n - 1; i >= 0; i--) {
    const row = a.subarray(i * n, i * n + i + 1)
    for (let k = 0; k <= i; k++) row[k] -= oldV[i] * oldQ[k] + oldQ[i] * oldV[k]
    diagonal[i] = row[i]
    const h = i > 0 ? reflect(row, i, off) : 0
    half[i] = h
    v.fill(0)
    for (let k = 0; k < i; k++) v[k] = h > 0 ? row[k] : 0
    passOver(a, n, i, oldV, oldQ, v, product)
    let overlap = 0
    for (let k = 0; k < i; k++) overlap += v[k] * product[k]
    const share = h > 0 ? overlap / (2 * h * h) : 0
    for (let k = 0; k < i; k++) {
      oldV[k] = v[k]
      oldQ[k] = h > 0 ? product[k] / h - share * v[k] : 0
    }
  }
  return { diagonal, off, back: (vectors) => reflectBack(a, n, half, vectors) }
}

/** Turns row[0…i−1] into v, writes what the reflection leaves of it to off[i], and returns h = |v|²/2. */
function reflect(row: Float64Array, i: number, off: Float64Array): number {
  let scale = 0
  for (let k = 0; k < i; k++) scale = Math.max(scale, Math.abs(row[k]))
  let rest = 0
  for (let k = 0; k < i - 1; k++) rest += (row[k] / scale) ** 2
  if (!(rest > 0)) {
    off[i] = row[i - 1]
    return 0
  }
  // v is scaled to about 1, which leaves P as it is and keeps squares within range.
  for (let k = 0; k < i; k++) row[k] /= scale
  const last = row[i - 1]
  const length = Math.sqrt(rest + last * last)
  const left = last > 0 ? -length : length
  off[i] = left * scale
  row[i - 1] = last - left
  return length * length - last * left
}

/**
 * A ← A − v qᵀ − q vᵀ (the change of the step before) on the lower triangle of the leading i × i block, and
 * product = A · next.
 */
function passOver(
  a: Float64Array,
  n: number,
  i: number,
  v: Float64Array,
  q: Float64Array,
  next: Float64Array,
  product: Float64Array,
): void {
  product.fill(0, 0, i)
  let j = 0
  if (i % 2 === 1) {
    a[0] -= 2 * v[0] * q[0]
    product[0] = a[0] * next[0]
    j = 1
  }
  for (; j < i; j += 2) {
    const [first, second] = [j * n, j * n + n]
    const [v0, v1, q0, q1] = [v[j], v[j + 1], q[j], q[j + 1]]
    const [x0, x1] = [next[j], next[j + 1]]
    let sum0 = 0
    let sum1 = 0
    for (let k = 0; k < j; k++) {
      const vk = v[k]
      const qk = q[k]
      const xk = next[k]
      const a0 = a[first + k] - (v0 * qk + q0 * vk)
      const a1 = a[second + k] - (v1 * qk + q1 * vk)
      a[first + k] = a0
      a[second + k] = a1
      sum0 += a0 * xk
      sum1 += a1 * xk
      product[k] += a0 * x0 + a1 * x1
    }
    const corner = a[first + j] - 2 * v0 * q0
    const below = a[second + j] - (v1 * q0 + q1 * v0)
    const end = a[second + j + 1] - 2 * v1 * q1
    a[first + j] = corner
    a[second + j] = below
    a[second + j + 1] = end
    product[j] += sum0 + corner * x0 + below * x1
    product[j + 1] += sum1 + below * x0 + end * x1
  }
}

/** x = P_{n−1} … P₂ P₁ z for each vector. */
function reflectBack(a: Float64Array, n: number, half: Float64Array, vectors: readonly Float64Array[]): void {
  for (let i = 1; i < n; i++) {
    if (half[i] === 0) continue
    const v = a.subarray(i * n, i * n + i)
    for (const z of vectors) {
      let dot = 0
      for (let k = 0; k < i; k++) dot += v[k] * z[k]
      dot /= half[i]
      for (let k = 0; k < i; k++) z[k] -= dot * v[k]
    }
  }
}
