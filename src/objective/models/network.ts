/**
 * A multilayer perceptron, and the chain rule backward through it:
 *
 *   a⁰ = x,   z^l = W^l a^{l−1} + b^l,   a^l = φ(z^l) for l < L,
 *   δ^L = ∂ℓ/∂z^L,   δ^{l−1} = φ′(z^{l−1}) ∘ (W^l)ᵀ δ^l,   ∂ℓ/∂W^l = δ^l (a^{l−1})ᵀ,   ∂ℓ/∂b^l = δ^l.
 *
 * θ holds W¹ row by row, b¹, W², b², …
 *
 * References: Rumelhart, Hinton and Williams, Nature 323, 533 (1986); the start of Glorot and Bengio, AISTATS 2010.
 */
import { randomStream } from '../../numeric/index.js'
import { logistic } from './data.js'

/** φ, and φ′ in terms of φ. */
export const ACTIVATIONS = {
  tanh: { value: Math.tanh, slope: (a: number) => 1 - a * a },
  sigmoid: { value: logistic, slope: (a: number) => a * (1 - a) },
  /** The slope at its kink is taken as 0. */
  relu: { value: (z: number) => Math.max(0, z), slope: (a: number) => (a > 0 ? 1 : 0) },
} as const

export type Activation = keyof typeof ACTIVATIONS

/** Number of weights and biases of a network. */
export function parametersOf(layers: readonly number[]): number {
  return layers.slice(1).reduce((sum, neurons, l) => sum + neurons * (layers[l] + 1), 0)
}

/** Layers of neurons, with room for the values of one sample. */
export class Network {
  /** Number of weights and biases. */
  readonly size: number
  /** Names of θ: w1_2_3 is the weight in layer 1 from 3 to 2, b1_2 the bias of neuron 2. */
  readonly names: readonly string[] = []
  /** Indices of the weights into each neuron. */
  readonly filters: readonly (readonly number[])[]
  /** ∂ℓ/∂z of the outputs: what `backward` starts from. */
  readonly delta: Float64Array
  private readonly layers: readonly number[]
  /** Where the weights of each layer start; its biases follow them. */
  private readonly offsets: readonly number[]
  private readonly values: readonly Float64Array[]
  private readonly deltas: readonly Float64Array[]
  private readonly isWeight: Uint8Array
  private readonly ridge: number
  private readonly activation: Activation

  constructor(layers: readonly number[], activation: Activation, ridge: number) {
    this.layers = layers
    this.activation = activation
    this.ridge = ridge
    const offsets = [0]
    for (let l = 1; l < layers.length; l++) offsets.push(offsets[l - 1] + layers[l] * (layers[l - 1] + 1))
    this.size = offsets.at(-1)!
    this.offsets = offsets
    this.values = layers.slice(1).map((neurons) => new Float64Array(neurons))
    this.deltas = layers.slice(1).map((neurons) => new Float64Array(neurons))
    this.delta = this.deltas.at(-1)!
    const filters: number[][] = []
    const names: string[] = []
    this.isWeight = new Uint8Array(this.size)
    for (let l = 1; l < layers.length; l++) {
      for (let k = 0; k < layers[l]; k++) {
        const first = offsets[l - 1] + k * layers[l - 1]
        filters.push(Array.from({ length: layers[l - 1] }, (_, j) => first + j))
        this.isWeight.fill(1, first, first + layers[l - 1])
        for (let j = 0; j < layers[l - 1]; j++) names.push(`w${l}_${k + 1}_${j + 1}`)
      }
      for (let k = 0; k < layers[l]; k++) names.push(`b${l}_${k + 1}`)
    }
    this.filters = filters
    this.names = names
  }

  /** Outputs z^L for sample i; overwritten by the next call. */
  forward(theta: Float64Array, features: Float64Array, sample: number): Float64Array {
    const { layers, values, offsets } = this
    const { value } = ACTIVATIONS[this.activation]
    let input = features
    let from = sample * layers[0]
    for (let l = 1; l < layers.length; l++) {
      const before = layers[l - 1]
      const neurons = layers[l]
      const out = values[l - 1]
      let weight = offsets[l - 1]
      const bias = weight + neurons * before
      for (let k = 0; k < neurons; k++) {
        let z = theta[bias + k]
        for (let j = 0; j < before; j++) z += theta[weight++] * input[from + j]
        out[k] = l < layers.length - 1 ? value(z) : z
      }
      input = out
      from = 0
    }
    return input
  }

  /** Adds ∂ℓ/∂θ of sample i, the last that went forward, to `slope`; `delta` holds ∂ℓ/∂z^L. */
  backward(theta: Float64Array, features: Float64Array, sample: number, slope: Float64Array): void {
    const { layers, values, deltas, offsets } = this
    const { slope: slopeOf } = ACTIVATIONS[this.activation]
    for (let l = layers.length - 1; l >= 1; l--) {
      const before = layers[l - 1]
      const neurons = layers[l]
      const delta = deltas[l - 1]
      const input = l === 1 ? features : values[l - 2]
      const from = l === 1 ? sample * layers[0] : 0
      const bias = offsets[l - 1] + neurons * before
      for (let k = 0; k < neurons; k++) {
        const d = delta[k]
        slope[bias + k] += d
        const weight = offsets[l - 1] + k * before
        for (let j = 0; j < before; j++) slope[weight + j] += d * input[from + j]
      }
      if (l === 1) break
      const earlier = deltas[l - 2]
      for (let j = 0; j < before; j++) {
        let sum = 0
        for (let k = 0; k < neurons; k++) sum += theta[offsets[l - 1] + k * before + j] * delta[k]
        earlier[j] = sum * slopeOf(values[l - 2][j])
      }
    }
  }

  /** ½λ|W|². */
  penalty(theta: Float64Array): number {
    if (this.ridge === 0) return 0
    let sum = 0
    for (let u = 0; u < this.size; u++) if (this.isWeight[u] === 1) sum += theta[u] * theta[u]
    return (this.ridge / 2) * sum
  }

  /** Its derivative in θ_u. */
  pull(theta: Float64Array, u: number): number {
    return this.isWeight[u] === 1 ? this.ridge * theta[u] : 0
  }

  start(seed: number): number[] {
    const random = randomStream(seed)
    const { layers, offsets } = this
    const point = Array.from({ length: this.size }, () => 0)
    for (let l = 1; l < layers.length; l++) {
      const deviation = Math.sqrt(2 / (layers[l - 1] + layers[l]))
      for (let u = 0; u < layers[l] * layers[l - 1]; u++)
        point[offsets[l - 1] + u] = deviation * random.normal()
    }
    return point
  }
}
