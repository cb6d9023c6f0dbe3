/** Linear systems of complex band matrices, by elimination with partial pivoting. */

/** A matrix of n rows with `half` bands on each side of the diagonal, and room for what pivoting fills in. */
export class ComplexBand {
  readonly n: number
  readonly half: number
  private readonly width: number
  private readonly re: Float64Array
  private readonly im: Float64Array
  /** Row swapped with each, once factorised. */
  private readonly swapped: Int32Array

  constructor(n: number, half: number) {
    this.n = n
    this.half = half
    this.width = 3 * half + 1
    this.re = new Float64Array(n * this.width)
    this.im = new Float64Array(n * this.width)
    this.swapped = new Int32Array(n)
  }

  /** Entry (i, j) lies at column j − i + half of its row; a row swapped upwards reaches 2·half to the right. */
  add(i: number, j: number, re: number, im: number): void {
    const at = i * this.width + j - i + this.half
    this.re[at] += re
    this.im[at] += im
  }

  /** Turns the matrix into its factors L and U. */
  factorise(): void {
    const { n, half, width, re, im } = this
    for (let c = 0; c < n; c++) {
      const last = Math.min(n - 1, c + half)
      const reach = Math.min(n - 1, c + 2 * half) - c
      // Of row i, column c + k lies at i·width + c − i + half + k.
      const start = (i: number): number => i * width + c - i + half
      const own = start(c)
      let pivot = c
      let size = re[own] ** 2 + im[own] ** 2
      for (let i = c + 1; i <= last; i++) {
        const at = start(i)
        const s = re[at] ** 2 + im[at] ** 2
        if (s > size) {
          pivot = i
          size = s
        }
      }
      this.swapped[c] = pivot
      if (pivot !== c) this.swap(own, start(pivot), reach)
      const dr = re[own] / size
      const di = -im[own] / size
      for (let i = c + 1; i <= last; i++) {
        const at = start(i)
        const a = re[at]
        const b = im[at]
        if (a === 0 && b === 0) continue
        const fr = a * dr - b * di
        const fi = a * di + b * dr
        re[at] = fr
        im[at] = fi
        for (let k = 1; k <= reach; k++) {
          const ur = re[own + k]
          const ui = im[own + k]
          re[at + k] -= fr * ur - fi * ui
          im[at + k] -= fr * ui + fi * ur
        }
      }
    }
  }

  private swap(p: number, q: number, reach: number): void {
    for (const part of [this.re, this.im])
      for (let k = 0; k <= reach; k++) {
        const v = part[p + k]
        part[p + k] = part[q + k]
        part[q + k] = v
      }
  }

  /** The solution for a right-hand side, interleaved re, im, in its place. */
  solve(x: Float64Array): void {
    const { n, half, width, re, im, swapped } = this
    const at = (i: number, j: number): number => i * width + j - i + half
    for (let c = 0; c < n; c++) {
      const pivot = swapped[c]
      if (pivot !== c)
        for (let part = 0; part < 2; part++)
          [x[2 * c + part], x[2 * pivot + part]] = [x[2 * pivot + part], x[2 * c + part]]
      for (let i = c + 1; i <= Math.min(n - 1, c + half); i++) {
        const f = at(i, c)
        x[2 * i] -= re[f] * x[2 * c] - im[f] * x[2 * c + 1]
        x[2 * i + 1] -= re[f] * x[2 * c + 1] + im[f] * x[2 * c]
      }
    }
    for (let i = n - 1; i >= 0; i--) {
      let [a, b] = [x[2 * i], x[2 * i + 1]]
      for (let j = i + 1; j <= Math.min(n - 1, i + 2 * half); j++) {
        const u = at(i, j)
        a -= re[u] * x[2 * j] - im[u] * x[2 * j + 1]
        b -= re[u] * x[2 * j + 1] + im[u] * x[2 * j]
      }
      const d = at(i, i)
      const square = re[d] ** 2 + im[d] ** 2
      x[2 * i] = (a * re[d] + b * im[d]) / square
      x[2 * i + 1] = (b * re[d] - a * im[d]) / square
    }
  }
}
