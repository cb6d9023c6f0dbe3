/**
 * ψlab: `stepper` of src/engine for the steps, the façade `qde` with its default settings for the rest.
 * `FMA` is the variant with fused multiply-add; the other gives the same bits on every machine.
 */
import { openSync, readFileSync, readSync } from 'node:fs'
import path from 'node:path'
import { stepper } from '../../src/dist/engine/index.js'
import { PSILAB_VERSION } from '../../src/dist/figure/index.js'
import { qde } from '../../src/dist/index.js'
import { symmetricEigen } from '../../src/dist/numeric/index.js'
import { ring, wavenumbers } from '../potentials.mjs'
import { serve } from '../serve.mjs'

/** @typedef {import('../serve.mjs').Request} Request */
/** @typedef {import('../serve.mjs').Work} Work */
/** @typedef {import('../../src/dist/engine/index.js').Stepper} Stepper */

/** @param {Request} request @param {string} name */
function read({ folder }, name) {
  const bytes = readFileSync(path.join(folder, `${name}.f64`))
  return new Float64Array(bytes.buffer, bytes.byteOffset, bytes.length / 8)
}

/**
 * The factors of a table, complex, piece by piece from its file, so that they take no memory; from memory where the
 * time of planning is wanted.
 * @param {Request} request @param {string} name
 * @returns {(first: number, out: Float64Array) => void}
 */
function factors(request, name) {
  const { folder, real, again } = request
  if (again) {
    const table = read(request, name)
    return (first, out) => out.set(table.subarray(2 * first, 2 * first + out.length))
  }
  const file = openSync(path.join(folder, `${name}.f64`), 'r')
  return (first, out) => {
    const piece = real ? new Float64Array(out.length / 2) : out
    readSync(file, piece, 0, piece.byteLength, first * (real ? 8 : 16))
    if (real)
      piece.forEach((v, i) => {
        out[2 * i] = v
        out[2 * i + 1] = 0
      })
  }
}

/** The complex factors of an axis. @param {Request} request @param {string} name @param {number} points */
function axisFactors(request, name, points) {
  const table = new Float64Array(2 * points)
  factors(request, name)(0, table)
  return table
}

/** @param {Request} request @returns {{ fma: 'auto' | 'off', threads: number }} */
const settings = ({ variant, threads }) => ({ fma: /FMA/.test(variant) ? 'auto' : 'off', threads })

/** @param {Request} request @returns {Work | undefined} a line has one thread */
function strang(request) {
  if (request.threads > 1 && request.shape.length === 1) return undefined
  const { shape, steps, real } = request
  const half = factors(request, 'half')
  const kinetic = shape.map((n, d) => axisFactors(request, `k${d}`, n))
  /** @type {import('../../src/dist/engine/index.js').StepperRequest} */
  const wanted = {
    axes: shape.map((points) => ({ points, boundary: 'periodic' })),
    factors: real ? 'real' : 'phases',
    stages: [
      { part: 'V', table: half },
      { part: 'T', tables: kinetic },
      { part: 'V', table: half },
    ],
    real,
    ...settings(request),
  }
  const psi = read(request, 'psi')
  const begin = performance.now()
  const plan = stepper(wanted)
  const planned = performance.now()
  if (request.again) stepper(wanted)
  const again = performance.now()
  const result = new Float64Array(psi.length)
  return {
    planning: (planned - begin) / 1000,
    replanning: (again - planned) / 1000,
    run() {
      plan.load(psi)
      const started = performance.now()
      plan.run(steps)
      return { seconds: (performance.now() - started) / 1000 }
    },
    result() {
      plan.store(result)
      return result
    },
  }
}

/**
 * Chin's method of fourth order with as few steps as reach the tolerance; the time holds `load` and `store`.
 * @param {Request} request @returns {Work}
 */
function accuracy(request) {
  const [n] = request.shape
  const x = ring(n, request.length)
  const k = wavenumbers(n, request.length)
  const psi = read(request, 'psi')
  const reference = read(request, 'reference')
  const result = new Float64Array(psi.length)
  /** e^{−i·exponent} @param {Float64Array} exponent */
  const phases = (exponent) => {
    const table = new Float64Array(2 * exponent.length)
    exponent.forEach((v, i) => {
      table[2 * i] = Math.cos(v)
      table[2 * i + 1] = -Math.sin(v)
    })
    return table
  }
  const V = x.map((v) => v * v * (0.5 + 0.05 * v * v))
  const slope = x.map((v) => (v + 0.2 * v ** 3) ** 2)
  /** @param {number} steps */
  const planOf = (steps) => {
    const h = 1 / steps
    const outer = phases(V.map((v) => (h * v) / 6))
    const T = { part: /** @type {const} */ ('T'), tables: [phases(k.map((v) => (h * v * v) / 4))] }
    const middle = phases(V.map((v, i) => ((2 * h) / 3) * (v - (h * h * slope[i]) / 48)))
    return stepper({
      axes: [{ points: n, boundary: 'periodic' }],
      stages: [{ part: 'V', table: outer }, T, { part: 'V', table: middle }, T, { part: 'V', table: outer }],
      ...settings(request),
    })
  }
  /** @param {Stepper} plan @param {number} steps */
  const evolve = (plan, steps) => {
    plan.load(psi)
    plan.run(steps)
    plan.store(result)
  }
  let steps = 10
  let plan = planOf(steps)
  for (;;) {
    evolve(plan, steps)
    const error = Math.hypot(...result.map((v, i) => v - reference[i]))
    if (error <= request.tolerance) break
    steps += 1
    plan = planOf(steps)
  }
  return {
    note: `${2 * steps} stages T`,
    run() {
      const started = performance.now()
      evolve(plan, steps)
      return { seconds: (performance.now() - started) / 1000 }
    },
    result: () => result,
  }
}

/**
 * Work through the façade: a new problem each time, whatever the library chooses for it.
 * @param {Request} request @param {(problem: import('../../src/dist/index.js').Problem) => ArrayLike<number>} ask
 * @returns {Work}
 */
function facade({ shape }, ask) {
  const objective = shape.length === 1 ? '(x^2 - 4)^2/8' : '(x^2 - 4)^2/8 + y^2/2 + 0.1*x*y'
  /** @type {ArrayLike<number>} */
  let numbers = []
  return {
    run() {
      const started = performance.now()
      numbers = ask(qde({ objective, D: 0.5 }))
      return { seconds: (performance.now() - started) / 1000 }
    },
    result: () => Float64Array.from(numbers),
  }
}

/** @param {Request} request @returns {Work} */
function dense(request) {
  const [n] = request.shape
  const matrix = read(request, 'matrix')
  /** @type {Float64Array} */
  let values = new Float64Array()
  return {
    run() {
      const started = performance.now()
      ;({ values } = symmetricEigen(matrix, n, { vectors: false }))
      return { seconds: (performance.now() - started) / 1000 }
    },
    result: () => values,
  }
}

const bits = { name: '', threads: 1 }
const fused = { name: 'FMA', threads: 1 }
const one = [{ name: '', threads: 1 }]
const two = [
  { name: '2 threads', threads: 2 },
  { name: 'FMA, 2 threads', threads: 2 },
]

await serve(
  {
    name: 'ψlab',
    version: PSILAB_VERSION,
    language: 'TypeScript',
    work: {
      strang: [bits, fused, ...two],
      accuracy: [bits, fused],
      ground: one,
      levels: one,
      thermal: one,
      dense: one,
    },
  },
  {
    strang,
    accuracy,
    ground: (request) => facade(request, (problem) => [problem.groundState().energy]),
    levels: (request) => facade(request, (problem) => problem.eigenstates(request.levels).energies),
    thermal: (request) =>
      facade(request, (problem) => problem.thermodynamics({ temperatures: request.temperatures }).F),
    dense,
  },
)
