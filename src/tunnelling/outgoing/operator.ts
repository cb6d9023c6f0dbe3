/** H on the elements of a contour: functions that are 1 at one point and 0 at the others, and 0 at both ends of the contour. */
import { ComplexBand } from './band.js'
import { type Lobatto, lobatto } from './lobatto.js'

/** An element of the contour. */
export interface Stretch {
  /** s at its ends. */
  readonly from: number
  readonly to: number
  /** z′: 1 or e^{iθ}. */
  readonly turn: readonly [re: number, im: number]
  /** ζ at z of the points of the element, interleaved. */
  readonly zeta: (s: Float64Array) => Float64Array
}

export class OutgoingOperator {
  readonly contour: readonly Stretch[]
  readonly D: number
  /** Points of an element. */
  readonly points: number
  readonly rule: Lobatto
  /** Unknowns. */
  readonly n: number
  /** s of the points of each element. */
  readonly at: readonly Float64Array[]
  /** Diagonal of ∫ uv dz, interleaved. */
  private readonly mass: Float64Array
  private readonly values: readonly Float64Array[]

  constructor(contour: readonly Stretch[], D: number, points: number) {
    this.contour = contour
    this.D = D
    this.points = points
    this.rule = lobatto(points)
    this.n = contour.length * (points - 1) - 1
    const { nodes } = this.rule
    this.at = contour.map(({ from, to }) => nodes.map((node) => (from + to) / 2 + ((to - from) / 2) * node))
    this.values = contour.map(({ zeta }, e) => zeta(this.at[e]))
    this.mass = new Float64Array(2 * this.n)
    this.each(({ row, e, i }) => {
      const { from, to, turn } = contour[e]
      const w = (this.rule.weights[i] * (to - from)) / 2
      this.mass[2 * row] += w * turn[0]
      this.mass[2 * row + 1] += w * turn[1]
    })
  }

  /** Unknown of a point of an element; −1 at the ends of the contour. */
  row(e: number, i: number): number {
    const row = e * (this.points - 1) + i - 1
    return row < this.n ? row : -1
  }

  private each(f: (place: { readonly row: number; readonly e: number; readonly i: number }) => void): void {
    for (let e = 0; e < this.contour.length; e++)
      for (let i = 0; i < this.points; i++) {
        const row = this.row(e, i)
        if (row >= 0) f({ row, e, i })
      }
  }

  /** A real function of s as unknowns. */
  sampled(f: (s: Float64Array) => Float64Array): Float64Array {
    const x = new Float64Array(2 * this.n)
    const values = this.at.map(f)
    this.each(({ row, e, i }) => {
      x[2 * row] = values[e][i]
    })
    return x
  }

  /** ψ at a point of an element. */
  value(x: Float64Array, e: number, i: number): readonly [number, number] {
    const row = this.row(e, i)
    return row < 0 ? [0, 0] : [x[2 * row], x[2 * row + 1]]
  }

  /** M x. */
  weighted(x: Float64Array): Float64Array {
    const { mass } = this
    const y = new Float64Array(x.length)
    for (let i = 0; i < x.length; i += 2) {
      y[i] = mass[i] * x[i] - mass[i + 1] * x[i + 1]
      y[i + 1] = mass[i] * x[i + 1] + mass[i + 1] * x[i]
    }
    return y
  }

  /** The factors of H − E M. */
  shifted(Er: number, Ei: number): ComplexBand {
    const { points, rule, contour, D } = this
    const matrix = new ComplexBand(this.n, points - 1)
    this.each(({ row, e, i }) => {
      const { from, to, turn } = contour[e]
      const [c, s] = turn
      const half = (to - from) / 2
      const w = rule.weights[i] * half
      const [a, b] = [this.values[e][2 * i] - Er, this.values[e][2 * i + 1] - Ei]
      matrix.add(row, row, w * (c * a - s * b), w * (c * b + s * a))
      for (let j = 0; j < points; j++) {
        const column = this.row(e, j)
        if (column < 0) continue
        // 1/z′ = c − is for a turn of modulus 1.
        const kinetic = (D * rule.stiffness[i * points + j]) / half
        matrix.add(row, column, kinetic * c, -kinetic * s)
      }
    })
    matrix.factorise()
    return matrix
  }

  /** ∫|ψ|² dx between two places of the real part of the contour that are ends of elements. */
  norm(x: Float64Array, lower: number, upper: number): number {
    let sum = 0
    this.contour.forEach(({ from, to, turn }, e) => {
      if (turn[1] !== 0 || from < lower || to > upper) return
      for (let i = 0; i < this.points; i++) {
        const [a, b] = this.value(x, e, i)
        sum += this.rule.weights[i] * ((to - from) / 2) * (a * a + b * b)
      }
    })
    return sum
  }
}
