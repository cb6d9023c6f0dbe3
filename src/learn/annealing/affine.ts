/**
 * Hamiltonians H(D) = D·K + V of a few dimensions, and the equation that they drive while D changes.
 *
 * A step is the commutator-free Magnus step of order 4, e^{−(a/2)H₂}e^{−(a/2)H₁}, a = ih in real and h in imaginary time:
 * H is affine in D, so that each exponential is that of one D, a mean of those at the nodes of Gauss (Blanes and Moan,
 * Appl. Numer. Math. 56, 1519 (2006)). Exponentials are taken in the Krylov space of ψ (Park and Light, J. Chem. Phys.
 * 85, 5870 (1986)). One step and two halves tell the error, and their difference is extrapolated away.
 */
import { symmetricEigen } from '../../numeric/index.js'

export interface Affine {
  readonly size: number
  /** (D·K + V)c. */
  apply(D: number, c: Float64Array): Float64Array
}

/** K and V as symmetric matrices, by rows. */
export class DenseAffine implements Affine {
  readonly size: number
  private readonly k: Float64Array
  private readonly v: Float64Array

  constructor(k: readonly ArrayLike<number>[], v: readonly ArrayLike<number>[]) {
    this.size = k.length
    const packed = (rows: readonly ArrayLike<number>[]): Float64Array =>
      Float64Array.from(
        { length: rows.length ** 2 },
        (_, i) => rows[Math.floor(i / rows.length)][i % rows.length],
      )
    this.k = packed(k)
    this.v = packed(v)
  }

  apply(D: number, c: Float64Array): Float64Array {
    const { size, k, v } = this
    const result = new Float64Array(size)
    for (let i = 0, at = 0; i < size; i++) {
      let sum = 0
      for (let j = 0; j < size; j++, at++) sum += (D * k[at] + v[at]) * c[j]
      result[i] = sum
    }
    return result
  }
}

/** Real and imaginary part of ψ; in imaginary time the real one alone. */
export type Parts = readonly Float64Array[]

const GAUSS = Math.sqrt(3) / 6
/** Weight of the nearer node in each exponential. */
const NEAR = 1 / 2 + 2 * GAUSS
/** Dimensions of a Krylov space. */
const KRYLOV = 20
/** Share of ‖H‖ below which a Krylov space is whole. */
const WHOLE = 1e-13

/** One step of order 4, normalised; and how much of it the last Krylov vectors hold. */
function magnus(H: Affine, dial: (time: number) => number, psi: Parts, t: number, h: number): Parts {
  const [first, second] = [dial(t + (1 / 2 - GAUSS) * h), dial(t + (1 / 2 + GAUSS) * h)]
  return exponential(
    H,
    (1 - NEAR) * first + NEAR * second,
    exponential(H, NEAR * first + (1 - NEAR) * second, psi, h / 2),
    h / 2,
  )
}

/** ψ after a step, and the error of the state that is returned, from above. */
export function affineStep(
  H: Affine,
  dial: (time: number) => number,
  psi: Parts,
  t: number,
  h: number,
): { readonly next: Parts; readonly error: number } {
  const whole = magnus(H, dial, psi, t, h)
  const halves = magnus(H, dial, magnus(H, dial, psi, t, h / 2), t + h / 2, h / 2)
  let error = 0
  const next = halves.map((part, c) =>
    part.map((v, i) => {
      const difference = v - whole[c][i]
      error += difference ** 2
      return v + difference / 15
    }),
  )
  const size = norm(next)
  return { next: next.map((part) => part.map((v) => v / size)), error: Math.sqrt(error) / 15 }
}

/** e^{−iHh}ψ for a state of two parts, e^{−Hh}ψ for one; of norm 1. */
function exponential(H: Affine, D: number, psi: Parts, h: number): Parts {
  const length = norm(psi)
  const basis: Float64Array[][] = [psi.map((part) => part.map((v) => v / length))]
  const diagonal: number[] = []
  const off: number[] = [0]
  for (let k = 0; ; k++) {
    const image = basis[k].map((part) => H.apply(D, part))
    const alpha = image.reduce((sum, part, c) => sum + dot(part, basis[k][c]), 0)
    diagonal.push(alpha)
    image.forEach((part, c) => {
      const [here, before] = [basis[k][c], basis[Math.max(0, k - 1)][c]]
      const beta = off[k]
      for (let i = 0; i < part.length; i++) part[i] -= alpha * here[i] + beta * before[i]
    })
    const beta = norm(image)
    if (k + 1 === Math.min(KRYLOV, H.size) || beta <= WHOLE * (Math.abs(alpha) + off[k])) break
    off.push(beta)
    basis.push(image.map((part) => part.map((v) => v / beta)))
  }
  const n = diagonal.length
  const T = new Float64Array(n * n)
  diagonal.forEach((alpha, i) => {
    T[i * n + i] = alpha
    if (i > 0) T[i * n + i - 1] = off[i]
  })
  const { values, vectors } = symmetricEigen(T, n)
  const real = psi.length === 1
  const result = psi.map((part) => new Float64Array(part.length))
  basis.forEach((b, k) => {
    let [re, im] = [0, 0]
    vectors.forEach((v, m) => {
      const weight = v[k] * v[0]
      if (real) re += weight * Math.exp(-h * (values[m] - values[0]))
      else {
        re += weight * Math.cos(h * values[m])
        im -= weight * Math.sin(h * values[m])
      }
    })
    for (let i = 0; i < result[0].length; i++) {
      result[0][i] += re * b[0][i] - (real ? 0 : im * b[1][i])
      if (!real) result[1][i] += re * b[1][i] + im * b[0][i]
    }
  })
  const size = norm(result)
  return result.map((part) => part.map((v) => v / size))
}

export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i]
  return sum
}

function norm(parts: Parts): number {
  return Math.sqrt(parts.reduce((sum, part) => sum + dot(part, part), 0))
}
