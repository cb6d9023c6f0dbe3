/** exp(−i e^{−iθ} s H) ψ by the eigenvectors of H on the same grid: the yardstick of the splittings. */
import { WaveFunction } from '../../../src/grid/index.js'
import { symmetricEigen } from '../../../src/numeric/symmetricEigen.js'
import type { Hamiltonian } from '../../../src/qde/index.js'

export function exactState(
  hamiltonian: Hamiltonian,
  initial: WaveFunction,
  angle: number,
  s: number,
): WaveFunction {
  const n = hamiltonian.grid.size
  const { values, vectors } = symmetricEigen(hamiltonian.matrix(), n)
  const psi = new Float64Array(2 * n)
  vectors.forEach((v, k) => {
    let re = 0
    let im = 0
    for (let i = 0; i < n; i++) {
      re += v[i] * initial.values[2 * i]
      im += v[i] * initial.values[2 * i + 1]
    }
    // −i e^{−iθ} s E = −s E (sin θ + i cos θ); E₀ is subtracted, which normalisation removes.
    const magnitude = Math.exp(-s * (values[k] - values[0]) * Math.sin(angle))
    const phase = -s * values[k] * Math.cos(angle)
    const [c, d] = [magnitude * Math.cos(phase), magnitude * Math.sin(phase)]
    for (let i = 0; i < n; i++) {
      psi[2 * i] += v[i] * (re * c - im * d)
      psi[2 * i + 1] += v[i] * (re * d + im * c)
    }
  })
  return new WaveFunction(initial.grid, psi).normalized()
}

/** ‖a − b‖ between normalised states, up to a common phase. */
export function distance(a: WaveFunction, b: WaveFunction): number {
  const [p, q] = [a.normalized(), b.normalized()]
  const { re, im } = p.overlap(q)
  const phase = Math.atan2(im, re)
  const [c, s] = [Math.cos(phase), Math.sin(phase)]
  let sum = 0
  for (let i = 0; i < p.values.length; i += 2) {
    const x = p.values[i] * c - p.values[i + 1] * s - q.values[i]
    const y = p.values[i] * s + p.values[i + 1] * c - q.values[i + 1]
    sum += x * x + y * y
  }
  return Math.sqrt(sum * p.grid.cell)
}
