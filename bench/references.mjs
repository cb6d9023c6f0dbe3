/** Answers that the candidates are held to, each by a method that none of the timed ones uses for it. */
import { lineFFT, symmetricEigen } from '../src/dist/numeric/index.js'
import { ensemble } from '../src/dist/thermal/index.js'
import { doubleWell, wavenumbers } from './potentials.mjs'

/**
 * e^{−iHt}ψ for H = k²/2 + V on a ring by its Chebyshev series in H, which converges to rounding once there are
 * more terms than t times half the width of the spectrum (Tal-Ezer and Kosloff, J. Chem. Phys. 81, 3967, 1984).
 *
 * @param {Float64Array} psi (re, im)
 * @param {Float64Array} V
 * @param {number} length of the ring
 * @param {number} t
 */
export function chebyshevPropagate(psi, V, length, t) {
  const n = V.length
  const fft = lineFFT(n)
  const kinetic = wavenumbers(n, length).map((k) => (k * k) / 2)
  const least = V.reduce((a, b) => Math.min(a, b))
  const most = V.reduce((a, b) => Math.max(a, b)) + kinetic.reduce((a, b) => Math.max(a, b))
  const [centre, radius] = [(most + least) / 2, (1.01 * (most - least)) / 2]
  const modes = new Float64Array(2 * n)
  /** (H − centre)/radius · v @param {Float64Array} v */
  const apply = (v) => {
    const image = new Float64Array(2 * n)
    fft.forward(v, modes)
    for (let k = 0; k < 2 * n; k++) modes[k] *= kinetic[k >> 1]
    fft.inverse(modes, image)
    return image.map((h, i) => (h + (V[i >> 1] - centre) * v[i]) / radius)
  }
  const bessel = besselFunctions(radius * t)
  const sum = psi.map((v) => bessel[0] * v)
  let [before, now] = [psi, apply(psi)]
  for (let m = 1; m < bessel.length; m++) {
    // 2(−i)^m J_m T_m(H)ψ
    const c = 2 * bessel[m] * (m % 4 < 2 ? 1 : -1)
    for (let i = 0; i < 2 * n; i += 2) {
      const [re, im] = m % 2 === 0 ? [now[i], now[i + 1]] : [now[i + 1], -now[i]]
      sum[i] += c * re
      sum[i + 1] += c * im
    }
    const image = apply(now)
    const last = before
    ;[before, now] = [now, image.map((v, i) => 2 * v - last[i])]
  }
  const [cos, sin] = [Math.cos(centre * t), Math.sin(centre * t)]
  for (let i = 0; i < 2 * n; i += 2)
    [sum[i], sum[i + 1]] = [sum[i] * cos + sum[i + 1] * sin, sum[i + 1] * cos - sum[i] * sin]
  return sum
}

/**
 * J₀(z), J₁(z), … as far as they exceed rounding, by Miller's downward recurrence.
 * @param {number} z
 */
function besselFunctions(z) {
  const count = Math.ceil(z + 40 + 12 * Math.cbrt(z))
  const start = 2 * Math.ceil(count / 2) + 60
  const J = new Float64Array(start + 2)
  J[start] = 1e-300
  for (let m = start; m > 0; m--) {
    J[m - 1] = ((2 * m) / z) * J[m] - J[m + 1]
    if (Math.abs(J[m - 1]) > 1e200) for (let k = m - 1; k <= start; k++) J[k] *= 1e-200
  }
  // J₀ + 2(J₂ + J₄ + …) = 1
  let sum = J[0]
  for (let m = 2; m <= start; m += 2) sum += 2 * J[m]
  return J.slice(0, count).map((v) => v / sum)
}

/**
 * Matrix of −½d²/dx² + V in a sinc basis on (−L/2, L/2) (Colbert and Miller, J. Chem. Phys. 96, 1982, 1992,
 * for an infinite line): T_jj = π²/6h², T_jl = (−1)^{j−l}/h²(j−l)².
 *
 * @param {number} n
 * @param {number} length
 * @param {(x: number) => number} V
 */
export function sincMatrix(n, length, V) {
  const h = length / n
  const matrix = new Float64Array(n * n)
  for (let j = 0; j < n; j++)
    for (let l = 0; l < n; l++)
      matrix[j * n + l] =
        j === l
          ? Math.PI ** 2 / (6 * h * h) + V((j + 0.5) * h - length / 2)
          : ((j - l) % 2 === 0 ? 1 : -1) / (h * h * (j - l) ** 2)
  return matrix
}

/** Points and box of the sinc basis in which V₁'s levels up to 150 are converged to rounding. */
const SINC = { n: 200, length: 20 }

/** All levels of V₁ in that basis. */
export function doubleWellLevels() {
  return symmetricEigen(sincMatrix(SINC.n, SINC.length, doubleWell), SINC.n).values
}

/** States of V₁ and of the oscillator whose products hold the lowest levels of the plane to 1e-11. */
const BASIS = { x: 30, y: 24 }

/**
 * Lowest levels of V₁(x) + y²/2 + 0.1xy in products of the eigenstates of its two parts, where x is a matrix of
 * numbers and y = (b + b†)/√2. The term xy joins only products of one parity, so there are two matrices.
 *
 * @param {number} count
 */
export function coupledWellLevels(count) {
  const { values, vectors } = symmetricEigen(sincMatrix(SINC.n, SINC.length, doubleWell), SINC.n)
  const h = SINC.length / SINC.n
  /** @param {number} a @param {number} b */
  const X = (a, b) =>
    vectors[a].reduce((sum, v, j) => sum + v * vectors[b][j] * ((j + 0.5) * h - SINC.length / 2), 0)
  const x = Array.from({ length: BASIS.x }, (_, a) => Array.from({ length: BASIS.x }, (_, b) => X(a, b)))
  const levels = [0, 1].flatMap((parity) => {
    const products = Array.from({ length: BASIS.x * BASIS.y }, (_, i) => ({
      a: i % BASIS.x,
      m: Math.floor(i / BASIS.x),
    })).filter(({ a, m }) => (a + m) % 2 === parity)
    const n = products.length
    const matrix = new Float64Array(n * n)
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) {
        const [p, q] = [products[i], products[j]]
        const y = Math.abs(p.m - q.m) === 1 ? Math.sqrt(Math.max(p.m, q.m) / 2) : 0
        matrix[i * n + j] = i === j ? values[p.a] + p.m + 0.5 : 0.1 * x[p.a][q.a] * y
      }
    return Array.from(symmetricEigen(matrix, n).values)
  })
  return Float64Array.from(levels.sort((a, b) => a - b).slice(0, count))
}

/** F of V₁ at temperatures. @param {readonly number[]} temperatures */
export function doubleWellFreeEnergies(temperatures) {
  const levels = ensemble(doubleWellLevels())
  return Float64Array.from(temperatures, (T) => levels.at(T).F)
}
