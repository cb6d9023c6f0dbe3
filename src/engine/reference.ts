/**
 * The reference stepper: what the generated code must reproduce, stage by stage, with nothing fused. T is
 * a transform of every line along every axis, the product with the factors of the modes, and the inverse.
 */
import { lineFFT } from '../numeric/index.js'
import { multiplyInto, type Stepper, type StepperRequest } from './request.js'

/** A stepper for periodic axes of any length 2^a·3^b·5^c and any number of them. */
export function referenceStepper(request: StepperRequest): Stepper {
  const shape = request.axes.map(({ points }) => points)
  const size = shape.reduce((product, n) => product * n, 1)
  const transforms = shape.map((n) => lineFFT(n))
  const psi = new Float64Array(2 * size)

  const alongAxis = (d: number, factors: Float64Array): void => {
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

  return {
    kind: 'reference',
    load(values) {
      if (request.real !== true) psi.set(values)
      else for (let i = 0; i < size; i++) psi.set([values[i], 0], 2 * i)
    },
    run(count) {
      for (let n = 0; n < count; n++)
        for (const stage of request.stages) {
          if (stage.part === 'V') multiplyInto(psi, stage.table)
          else for (const [d, factors] of stage.tables.entries()) alongAxis(d, factors)
        }
    },
    store(values) {
      if (request.real !== true) values.set(psi)
      else for (let i = 0; i < size; i++) values[i] = psi[2 * i]
    },
  }
}
