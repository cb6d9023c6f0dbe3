/**
 * A step along a ray of complex time. At Wick angle θ a step of length ds multiplies H by
 * a = i e^{−iθ} ds = ds (sin θ + i cos θ): a = i·ds in real time, a = ds in imaginary time.
 */
export interface ComplexStep {
  readonly re: number
  readonly im: number
}

/** a for a Wick angle θ in [0, π/2]; exactly real or imaginary at its ends. */
export function complexStep(angle: number, ds: number): ComplexStep {
  return {
    re: angle === 0 ? 0 : ds * Math.sin(angle),
    im: angle === Math.PI / 2 ? 0 : ds * Math.cos(angle),
  }
}
