/**
 * A small fully connected network in double precision with the smooth activation z·σ(z) (Elfwing, Uchibe and Doya 2018)
 * and a linear last layer; its gradient by reverse mode, its derivatives along inputs by forward mode.
 *
 * A batch is row-major [rows, features]. All products are of the form C = A·Bᵀ, both factors read along their rows.
 */
import { exponentials, type RandomStream } from '../../numeric/index.js'

interface Layer {
  readonly inputs: number
  readonly outputs: number
  /** Place of the weights [outputs, inputs] and of the bias among the parameters. */
  readonly weights: number
  readonly bias: number
}

/** Arrays of one batch size. */
interface Workspace {
  readonly rows: number
  /** Activations that enter each layer, and at the end the outputs. */
  readonly values: readonly Float64Array[]
  /** Derivative of the activation behind each layer but the last. */
  readonly slopes: readonly Float64Array[]
  readonly errors: readonly Float64Array[]
}

export class ScoreNetwork {
  readonly sizes: readonly number[]
  readonly parameters: Float64Array
  private readonly layers: readonly Layer[]
  private readonly spaces = new Map<number, Workspace>()

  /** @param sizes numbers of inputs, of each hidden layer, and of outputs */
  constructor(sizes: readonly number[], parameters?: Float64Array) {
    this.sizes = sizes
    let at = 0
    this.layers = sizes.slice(1).map((outputs, l) => {
      const inputs = sizes[l]
      const layer = { inputs, outputs, weights: at, bias: at + inputs * outputs }
      at += (inputs + 1) * outputs
      return layer
    })
    this.parameters = parameters ?? new Float64Array(at)
  }

  /** Normal weights of variance 1/inputs, no bias; the last layer starts at 0. */
  initialise(stream: RandomStream): void {
    for (const { inputs, outputs, weights } of this.layers.slice(0, -1)) {
      const part = this.parameters.subarray(weights, weights + inputs * outputs)
      stream.fillNormal(part)
      for (let i = 0; i < part.length; i++) part[i] *= Math.sqrt(1 / inputs)
    }
  }

  /** The array [rows, inputs] that `forward` reads. */
  input(rows: number): Float64Array {
    return this.space(rows).values[0]
  }

  /** Outputs [rows, outputs] of the input of this many rows. */
  forward(rows: number): Float64Array {
    const { values, slopes } = this.space(rows)
    this.layers.forEach((layer, l) => {
      const out = values[l + 1]
      const { weights, bias, inputs, outputs } = layer
      productT(values[l], this.parameters, weights, out, rows, outputs, inputs)
      addBias(out, this.parameters, bias, rows, outputs)
      if (l < this.layers.length - 1) activate(out, slopes[l])
    })
    return values[values.length - 1]
  }

  /**
   * Gradient of a loss after `forward` of as many rows, by the chain rule from the last layer on.
   * @param errors derivative of the loss by each output, [rows, outputs]
   */
  backward(rows: number, errors: Float64Array, gradient: Float64Array): void {
    const space = this.space(rows)
    let error = errors
    for (let l = this.layers.length - 1; l >= 0; l--) {
      const { inputs, outputs, weights, bias } = this.layers[l]
      const [errorT, valueT] = [transposed(error, rows, outputs), transposed(space.values[l], rows, inputs)]
      productT(errorT, valueT, 0, gradient.subarray(weights, bias), outputs, inputs, rows)
      for (let o = 0; o < outputs; o++) {
        let sum = 0
        for (let r = 0; r < rows; r++) sum += errorT[o * rows + r]
        gradient[bias + o] = sum
      }
      if (l === 0) return
      const weightT = transposed(this.parameters.subarray(weights, bias), outputs, inputs)
      const before = space.errors[l - 1]
      productT(error, weightT, 0, before, rows, inputs, outputs)
      const slope = space.slopes[l - 1]
      for (let i = 0; i < before.length; i++) before[i] *= slope[i]
      error = before
    }
  }

  /** Derivatives of the outputs [rows, outputs] along a direction of the inputs, after `forward` of as many rows. */
  along(rows: number, direction: Float64Array): Float64Array {
    const { slopes } = this.space(rows)
    let tangent = direction
    this.layers.forEach(({ inputs, outputs, weights }, l) => {
      const out = new Float64Array(rows * outputs)
      productT(tangent, this.parameters, weights, out, rows, outputs, inputs)
      if (l < this.layers.length - 1) for (let i = 0; i < out.length; i++) out[i] *= slopes[l][i]
      tangent = out
    })
    return tangent
  }

  private space(rows: number): Workspace {
    const known = this.spaces.get(rows)
    if (known !== undefined) return known
    const made = {
      rows,
      values: this.sizes.map((size) => new Float64Array(rows * size)),
      slopes: this.sizes.slice(1, -1).map((size) => new Float64Array(rows * size)),
      errors: this.sizes.slice(1, -1).map((size) => new Float64Array(rows * size)),
    }
    this.spaces.set(rows, made)
    return made
  }
}

function addBias(
  out: Float64Array,
  parameters: Float64Array,
  bias: number,
  rows: number,
  outputs: number,
): void {
  for (let r = 0, at = 0; r < rows; r++)
    for (let o = 0; o < outputs; o++, at++) out[at] += parameters[bias + o]
}

/** z → z σ(z), and the derivative of it to `slope`. */
function activate(z: Float64Array, slope: Float64Array): void {
  for (let i = 0; i < z.length; i++) slope[i] = -z[i]
  exponentials(slope, z.length)
  for (let i = 0; i < z.length; i++) {
    const gate = 1 / (1 + slope[i])
    const value = z[i] * gate
    slope[i] = gate + value * (1 - gate)
    z[i] = value
  }
}

function transposed(matrix: Float64Array, rows: number, columns: number): Float64Array {
  const result = new Float64Array(rows * columns)
  for (let r = 0, at = 0; r < rows; r++)
    for (let c = 0; c < columns; c++, at++) result[c * rows + r] = matrix[at]
  return result
}

/** C[m, n] = A[m, k]·B[n, k]ᵀ, B from a place of its array on: blocks of 4 × 2 that stay in registers. */
function productT(
  a: Float64Array,
  b: Float64Array,
  from: number,
  c: Float64Array,
  m: number,
  n: number,
  k: number,
): void {
  const [wholeM, wholeN] = [m - (m % 4), n - (n % 2)]
  for (let i = 0; i < wholeM; i += 4) {
    const [a0, a1, a2, a3] = [i * k, (i + 1) * k, (i + 2) * k, (i + 3) * k]
    for (let j = 0; j < wholeN; j += 2) {
      const b0 = from + j * k
      const b1 = b0 + k
      let [c00, c01, c10, c11, c20, c21, c30, c31] = [0, 0, 0, 0, 0, 0, 0, 0]
      for (let l = 0; l < k; l++) {
        const [u, v] = [b[b0 + l], b[b1 + l]]
        const [p, q, r, s] = [a[a0 + l], a[a1 + l], a[a2 + l], a[a3 + l]]
        c00 += p * u
        c01 += p * v
        c10 += q * u
        c11 += q * v
        c20 += r * u
        c21 += r * v
        c30 += s * u
        c31 += s * v
      }
      const at = i * n + j
      c[at] = c00
      c[at + 1] = c01
      c[at + n] = c10
      c[at + n + 1] = c11
      c[at + 2 * n] = c20
      c[at + 2 * n + 1] = c21
      c[at + 3 * n] = c30
      c[at + 3 * n + 1] = c31
    }
  }
  for (let i = 0; i < m; i++)
    for (let j = i < wholeM ? wholeN : 0; j < n; j++) {
      let sum = 0
      for (let l = 0; l < k; l++) sum += a[i * k + l] * b[from + j * k + l]
      c[i * n + j] = sum
    }
}
