/** States with closed forms, in the units ħ = 1, D = ½, ω = 1 unless they say otherwise. */
import { axis, type Boundary, grid, WaveFunction } from '../../../src/grid/index.js'

export function line(lower: number, upper: number, intervals: number, boundary: Boundary = 'periodic') {
  return grid([axis({ name: 'x', lower, upper, intervals, boundary })])
}

/** ψ from its real and imaginary part at each point. */
export function stateOf(
  on: ReturnType<typeof line>,
  psi: (x: number) => readonly [number, number],
): WaveFunction {
  const values = new Float64Array(2 * on.size)
  on.axes[0]!.coordinates.forEach((x, i) => {
    values.set(psi(x), 2 * i)
  })
  return new WaveFunction(on, values)
}

/** Gaussian packet at x₀ with momentum p₀, Var x = σ², and chirp c: phase p₀(x − x₀) + c(x − x₀)²/2. */
export function packet(
  on: ReturnType<typeof line>,
  x0: number,
  p0: number,
  sigma: number,
  chirp = 0,
): WaveFunction {
  return stateOf(on, (x) => {
    const size = (2 * Math.PI * sigma ** 2) ** -0.25 * Math.exp(-((x - x0) ** 2) / (4 * sigma ** 2))
    const phase = p0 * (x - x0) + (chirp * (x - x0) ** 2) / 2
    return [size * Math.cos(phase), size * Math.sin(phase)]
  })
}

/** Level n of the oscillator ½p² + ½x², by the recurrence of Hermite functions. */
export function level(on: ReturnType<typeof line>, n: number): WaveFunction {
  return stateOf(on, (x) => {
    let [before, here] = [0, Math.PI ** -0.25 * Math.exp((-x * x) / 2)]
    for (let k = 0; k < n; k++)
      [before, here] = [here, Math.sqrt(2 / (k + 1)) * x * here - Math.sqrt(k / (k + 1)) * before]
    return [here, 0]
  })
}

/** Laguerre's polynomial L_n(z). */
export function laguerre(n: number, z: number): number {
  let [before, here] = [0, 1]
  for (let k = 0; k < n; k++) [before, here] = [here, ((2 * k + 1 - z) * here - k * before) / (k + 1)]
  return here
}

/** Σ cₙ e^{iφ(n)} × level n of the oscillator, any norm. */
export function superposition(
  on: ReturnType<typeof line>,
  c: readonly number[],
  phase: (n: number) => number,
): WaveFunction {
  const values = new Float64Array(2 * on.size)
  c.forEach((size, n) => {
    const { values: wave } = level(on, n)
    const [cos, sin] = [size * Math.cos(phase(n)), size * Math.sin(phase(n))]
    for (let i = 0; i < wave.length; i += 2) {
      values[i]! += cos * wave[i]!
      values[i + 1]! += sin * wave[i]!
    }
  })
  return new WaveFunction(on, values)
}
