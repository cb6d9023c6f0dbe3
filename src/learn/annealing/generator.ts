/**
 * The Fokker–Planck operator of a temperature on equidistant points,
 *
 *   ∂p/∂t = ∂(p ζ′)/∂x + T ∂²p/∂x²,   no flux at the ends,
 *   dp_i/dt = r_{i−1}p_{i−1} + l_{i+1}p_{i+1} − (r_i + l_i)p_i,
 *   r_i = g(ζ_{i+1} − ζ_i),  l_{i+1} = g(ζ_i − ζ_{i+1}),   g(Δ) = Δ/(h²(e^{Δ/T} − 1)) .
 *
 * p ≥ 0 stays so, mass is kept, and e^{−ζ/T} is stationary exactly, at any T ≥ 0 and any spacing h; the error is of
 * order h². References: Scharfetter and Gummel, IEEE Trans. Electron Devices 16, 64 (1969); Chang and Cooper, J. Comput.
 * Phys. 6, 1 (1970).
 */

export interface Generator {
  /** To the right from each point, 0 from the last; to the left from each point, 0 from the first. */
  readonly right: Float64Array
  readonly left: Float64Array
}

export function generatorAt(zeta: Float64Array, h: number, T: number, into?: Generator): Generator {
  const n = zeta.length
  const { right, left } = into ?? { right: new Float64Array(n), left: new Float64Array(n) }
  const scale = 1 / (h * h)
  for (let i = 0; i + 1 < n; i++) {
    const rise = zeta[i + 1] - zeta[i]
    // g(−Δ) = g(Δ) + Δ/h².
    const up = scale * downhill(Math.abs(rise), T)
    const down = up + scale * Math.abs(rise)
    right[i] = rise > 0 ? up : down
    left[i + 1] = rise > 0 ? down : up
  }
  return { right, left }
}

/** Δ/(e^{Δ/T} − 1) for Δ ≥ 0. */
function downhill(rise: number, T: number): number {
  if (T === 0) return 0
  const ratio = rise / T
  return ratio < 1e-12 ? T : rise / Math.expm1(ratio)
}

/** dp/dt. */
export function applyGenerator(
  { right, left }: Generator,
  p: Float64Array,
  into: Float64Array,
): Float64Array {
  const n = p.length
  for (let i = 0; i < n; i++) {
    let sum = -(right[i] + left[i]) * p[i]
    if (i > 0) sum += right[i - 1] * p[i - 1]
    if (i + 1 < n) sum += left[i + 1] * p[i + 1]
    into[i] = sum
  }
  return into
}

/** Solves (1 − a·L)p = b in place, a > 0: columns dominate, so that elimination needs no pivots. */
export class ImplicitStep {
  private readonly above: Float64Array
  constructor(n: number) {
    this.above = new Float64Array(n)
  }

  solve({ right, left }: Generator, a: number, b: Float64Array): Float64Array {
    const { above } = this
    const n = b.length
    let pivot = 1 + a * (right[0] + left[0])
    b[0] /= pivot
    for (let i = 1; i < n; i++) {
      above[i - 1] = (-a * left[i]) / pivot
      const below = -a * right[i - 1]
      pivot = 1 + a * (right[i] + left[i]) - below * above[i - 1]
      b[i] = (b[i] - below * b[i - 1]) / pivot
    }
    for (let i = n - 2; i >= 0; i--) b[i] -= above[i] * b[i + 1]
    return b
  }
}

/** The equilibrium e^{−ζ/T}/Σ; at T = 0 all in the lowest points. */
export function equilibriumOf(zeta: Float64Array, T: number): Float64Array {
  const lowest = zeta.reduce((low, v) => Math.min(low, v))
  const weight = zeta.map((v) => (T === 0 ? (v === lowest ? 1 : 0) : Math.exp((lowest - v) / T)))
  const sum = weight.reduce((a, b) => a + b)
  return weight.map((w) => w / sum)
}
