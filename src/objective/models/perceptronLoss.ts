/**
 * Mean loss of a multilayer perceptron on data, as an objective of its weights and biases θ:
 *
 *   ζ(θ) = (1/n) Σ_i ℓ(z(x_i; θ), y_i) + ½λ|W|²,
 *
 * with ℓ the cross-entropy of softmax(z), of σ(z) where there are two classes, or the square |z − y|². A minimum of the
 * cross-entropy of data that the network can separate lies at infinity; a ridge λ > 0 brings it back.
 */
import { PsilabError, requireInteger, requireKeys, requireNumber } from '../../error.js'
import type { Columns, Objective } from '../objective.js'
import { shownObjective } from '../shownObjective.js'
import { gather, logistic, refuseData, requireSamples, softplus } from './data.js'
import { ACTIVATIONS, type Activation, Network, parametersOf } from './network.js'

export interface PerceptronData {
  /** One row of features a sample, best standardised. */
  readonly features: readonly (readonly number[])[]
  /** One label a sample: its class 0, 1, 2, …, or with squares a number or a row of numbers. */
  readonly labels: readonly number[] | readonly (readonly number[])[]
  /** Neurons of each hidden layer, such as [8]; [] for none. */
  readonly hidden: readonly number[]
  /** φ; default 'tanh'. */
  readonly activation?: Activation
  /** ℓ; default 'crossEntropy'. */
  readonly loss?: 'crossEntropy' | 'squares'
  /** λ ≥ 0 of ½λ|W|², which leaves biases alone; default 0. */
  readonly ridge?: number
}

export interface PerceptronObjective extends Objective {
  /** Features, neurons of each hidden layer, outputs. */
  readonly layers: readonly number[]
  /** A random start: weights of variance 2/(neurons before + after), biases 0. Default seed 1. */
  start(seed?: number): number[]
  /** Outputs z^L for rows of features: logits, or what squares are taken of. */
  outputs(point: ArrayLike<number>, features: readonly (readonly number[])[]): number[][]
}

/** Most weights and biases, and most multiplications a point. */
const MOST_PARAMETERS = 100_000
const MOST_WORK = 1e9

/**
 * The loss of a multilayer perceptron, with its gradient and the gradients of samples.
 *
 * @example
 * perceptronLoss({ features: [[0, 0], [0, 1], [1, 0], [1, 1]], labels: [0, 1, 1, 0], hidden: [2] }).variables.length // => 9
 *
 * @throws PsilabError `parameter` for data or layers that are not usable, `too-large` for networks beyond 10⁵ parameters
 */
export function perceptronLoss(data: PerceptronData): PerceptronObjective {
  requireKeys('perceptronLoss', data, ['features', 'labels', 'hidden', 'activation', 'loss', 'ridge'])
  const { activation = 'tanh', loss = 'crossEntropy' } = data
  if (!Object.hasOwn(ACTIVATIONS, activation))
    refuseOption('activation', Object.keys(ACTIVATIONS).join(', '), activation)
  if (loss !== 'crossEntropy' && loss !== 'squares') refuseOption('loss', 'crossEntropy, squares', loss)
  if (!Array.isArray(data.hidden)) refuseOption('hidden', 'a list of numbers of neurons', data.hidden)
  const ridge = requireNumber('ridge', data.ridge ?? 0, 'a finite number ≥ 0', (r) => r >= 0)
  const { count, width, features } = requireSamples(data.features, data.labels)
  const targets = loss === 'squares' ? numbersOf(data.labels) : classesOf(data.labels)
  const layers = [
    width,
    ...data.hidden.map((neurons) => requireInteger('hidden', neurons, 1, MOST_PARAMETERS)),
    targets.outputs,
  ]
  const size = parametersOf(layers)
  if (size > MOST_PARAMETERS || size * count > MOST_WORK)
    throw new PsilabError({
      code: 'too-large',
      parameter: 'hidden',
      problem: `a network of ${size} weights and biases on ${count} samples is too large`,
      allowed: `${MOST_PARAMETERS} parameters, and ${MOST_WORK.toExponential(0)} of them times samples`,
    })

  const network = new Network(layers, activation, ridge)
  const theta = new Float64Array(size)
  const all = Int32Array.from({ length: count }, (_, i) => i)
  const evaluate = (columns: Columns): Float64Array =>
    columns[0].map((_, p) => {
      gather(columns, p, theta)
      let sum = 0
      for (const i of all) sum += targets.loss(network.forward(theta, features, i), i)
      return sum / count + network.penalty(theta)
    })
  const gradient = (columns: Columns): Float64Array[] => {
    const slopes = columns.map((column) => new Float64Array(column.length))
    const slope = new Float64Array(size)
    for (let p = 0; p < columns[0].length; p++) {
      gather(columns, p, theta)
      slope.fill(0)
      for (const i of all) {
        targets.slope(network.forward(theta, features, i), i, network.delta)
        network.backward(theta, features, i, slope)
      }
      for (let u = 0; u < size; u++) slopes[u][p] = slope[u] / count + network.pull(theta, u)
    }
    return slopes
  }
  const shape = layers.join('–')
  const name = `${targets.name} of a perceptron ${shape} (${activation}), n = ${count}`
  return shownObjective({
    variables: network.names,
    tex: `\\tfrac1n\\sum_i\\ell\\left(f_\\theta(x_i),y_i\\right)${ridge === 0 ? '' : `+\\tfrac{${ridge}}{2}|W|^2`}`,
    text: `(1/n) Σᵢ ℓ(f(xᵢ; θ), yᵢ): ${name}${ridge === 0 ? '' : ` + ½·${ridge}|W|²`}`,
    evaluate,
    gradient,
    filters: network.filters,
    sampleGradients: {
      count,
      at: (point, samples) => {
        theta.set(Float64Array.from(point))
        return Array.from(samples, (i) => {
          const slope = new Float64Array(size)
          targets.slope(network.forward(theta, features, i), i, network.delta)
          network.backward(theta, features, i, slope)
          return slope.map((s, u) => s + network.pull(theta, u))
        })
      },
    },
    layers,
    start: (seed = 1) => network.start(seed),
    outputs: (point, rows) => {
      const at = Float64Array.from(point)
      const given = requireSamples(
        rows,
        rows.map(() => 0),
      )
      return rows.map((_, i) => Array.from(network.forward(at, given.features, i)))
    },
  })
}

/** ℓ and ∂ℓ/∂z of each sample, for the outputs z of the network. */
interface Targets {
  readonly name: string
  readonly outputs: number
  readonly loss: (z: Float64Array, sample: number) => number
  readonly slope: (z: Float64Array, sample: number, delta: Float64Array) => void
}

function numbersOf(labels: PerceptronData['labels']): Targets {
  const rows = labels.map((label) => (typeof label === 'number' ? [label] : label))
  const { width: outputs, features: y } = requireSamples(rows, rows)
  return {
    name: 'mean squares',
    outputs,
    loss: (z, i) => z.reduce((sum, v, k) => sum + (v - y[i * outputs + k]) ** 2, 0),
    slope: (z, i, delta) => {
      for (let k = 0; k < outputs; k++) delta[k] = 2 * (z[k] - y[i * outputs + k])
    },
  }
}

/** Most classes. */
const CLASSES = 1000

function classesOf(labels: PerceptronData['labels']): Targets {
  const wrong = labels.findIndex(
    (label) => typeof label !== 'number' || !Number.isInteger(label) || label < 0 || label >= CLASSES,
  )
  if (wrong >= 0) refuseData(`label ${wrong} is no class`, '0, 1, 2, … for cross-entropy', labels[wrong])
  const y = Int32Array.from(labels as readonly number[])
  const classes = y.reduce((most, label) => Math.max(most, label), 1) + 1
  const name = 'mean cross-entropy'
  if (classes === 2)
    return {
      name,
      outputs: 1,
      loss: (z, i) => softplus(y[i] === 1 ? -z[0] : z[0]),
      slope: (z, i, delta) => {
        delta[0] = logistic(z[0]) - y[i]
      },
    }
  return {
    name,
    outputs: classes,
    loss: (z, i) => {
      const most = largest(z)
      let sum = 0
      for (let k = 0; k < classes; k++) sum += Math.exp(z[k] - most)
      return most - z[y[i]] + Math.log(sum)
    },
    slope: (z, i, delta) => {
      const most = largest(z)
      let sum = 0
      for (let k = 0; k < classes; k++) sum += delta[k] = Math.exp(z[k] - most)
      for (let k = 0; k < classes; k++) delta[k] = delta[k] / sum - (k === y[i] ? 1 : 0)
    },
  }
}

function largest(z: Float64Array): number {
  let most = z[0]
  for (let k = 1; k < z.length; k++) if (z[k] > most) most = z[k]
  return most
}

function refuseOption(parameter: string, allowed: string, got: unknown): never {
  throw new PsilabError({
    code: 'parameter',
    parameter,
    problem: got === undefined ? 'missing' : 'not one of those',
    allowed,
    got,
  })
}
