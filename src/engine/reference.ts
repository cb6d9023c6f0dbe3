/**
 * The references: what the generated code must reproduce, stage by stage, with nothing fused. T along an axis is
 * a transform of every line, the product with the factors of the modes, and the inverse.
 */
import { lineFFT } from '../numeric/index.js'
import type { Operator, OperatorRequest } from './operator.js'
import { interleaved, multiplyInto, type Stepper, type StepperRequest, sizeOf, tableOf } from './request.js'

/** Multiplies the modes of every line along axis d of a complex field by factors. */
type AlongAxis = (psi: Float64Array, d: number, factors: Float64Array) => void

function alongAxes(shape: readonly number[]): AlongAxis {
  const size = shape.reduce((product, n) => product * n, 1)
  const transforms = shape.map((n) => lineFFT(n))
  return (psi, d, factors) => {
    const n = shape[d]
    const stride = shape.slice(d + 1).reduce((product, m) => product * m, 1)
    const line = new Float64Array(2 * n)
    const modes = new Float64Array(2 * n)
    for (let block = 0; block < size; block += n * stride) {
      for (let start = block; start < block + stride; start++) {
        for (let j = 0; j < n; j++) {
          line[2 * j] = psi[2 * (start + j * stride)]
          line[2 * j + 1] = psi[2 * (start + j * stride) + 1]
        }
        transforms[d].forward(line, modes)
        multiplyInto(modes, factors)
        transforms[d].inverse(modes, line)
        for (let j = 0; j < n; j++) {
          psi[2 * (start + j * stride)] = line[2 * j]
          psi[2 * (start + j * stride) + 1] = line[2 * j + 1]
        }
      }
    }
  }
}

/** A stepper for periodic axes of any length 2^a·3^b·5^c and any number of them. */
export function referenceStepper(request: StepperRequest): Stepper {
  const size = sizeOf(request.axes)
  const alongAxis = alongAxes(request.axes.map(({ points }) => points))
  const psi = new Float64Array(2 * size)
  return {
    kind: 'reference',
    load(values) {
      if (request.real !== true) psi.set(values)
      else for (let i = 0; i < size; i++) psi.set([values[i], 0], 2 * i)
    },
    whole: true,
    run(count, cancelled) {
      for (let n = 0; n < count; n++) {
        if (cancelled?.() === true) return n
        for (const stage of request.stages) {
          if (stage.part === 'T')
            for (const [d, factors] of stage.tables.entries()) alongAxis(psi, d, factors)
          else multiplyInto(psi, tableOf(stage.table, size))
        }
      }
      return count
    },
    store(values) {
      if (request.real !== true) values.set(psi)
      else for (let i = 0; i < size; i++) values[i] = psi[2 * i]
    },
    read: (reader) =>
      reader(request.real === true ? Float64Array.from({ length: size }, (_, i) => psi[2 * i]) : psi, 0),
  }
}

/** H·ψ for periodic axes of any length 2^a·3^b·5^c and any number of them. */
export function referenceOperator({ axes, kinetic, potential, real }: OperatorRequest): Operator {
  const size = sizeOf(axes)
  const alongAxis = alongAxes(axes.map(({ points }) => points))
  const factors = kinetic.map(interleaved)
  const V = potential.length === size ? interleaved(potential) : potential
  return {
    kind: 'reference',
    apply(psi, result) {
      const field = real === true ? interleaved(psi) : psi
      const sum = Float64Array.from(field)
      multiplyInto(sum, V)
      for (const [d, table] of factors.entries()) {
        const part = Float64Array.from(field)
        alongAxis(part, d, table)
        for (let i = 0; i < sum.length; i++) sum[i] += part[i]
      }
      if (real !== true) result.set(sum)
      else for (let i = 0; i < size; i++) result[i] = sum[2 * i]
    },
  }
}
