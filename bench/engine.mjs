/**
 * `node bench/engine.mjs` (after `npm run build`): what ψlab's steps cost by threads and boundaries, what H·ψ costs
 * beside them, what planning takes, and the memory of it. All candidates of a row take turns; the least time counts, of
 * one thread the processor's, which other programs lengthen less.
 */
import os from 'node:os'
import { memoryOf, operator, stepper } from '../src/dist/engine/index.js'

/** @typedef {import('../src/dist/engine/index.js').StepperAxis} StepperAxis */
/** @typedef {import('../src/dist/engine/index.js').StepperRequest} StepperRequest */

const ROUNDS = 15
/** Milliseconds of a turn, about. */
const TURN = 50
const CORES = os.availableParallelism()
const MEBIBYTE = 2 ** 20

/** @param {readonly number[]} shape @param {StepperAxis['boundary']} boundary @returns {StepperAxis[]} */
function box(shape, boundary) {
  return shape.map((n) => ({ points: boundary === 'walls' ? n - 1 : n, boundary }))
}

/** @param {readonly StepperAxis[]} axes */
const sizeOf = (axes) => axes.reduce((product, { points }) => product * points, 1)

/**
 * Strang steps in real time of H = −½∇² + sin² on boxes of length 10.
 * @param {readonly StepperAxis[]} axes @param {Partial<StepperRequest>} [options] @returns {StepperRequest}
 */
function steps(axes, options = {}) {
  /** @type {import('../src/dist/engine/index.js').Factors} */
  const half = (first, out) => {
    for (let i = 0; i < out.length / 2; i++) {
      const phase = 0.005 * Math.sin(first + i) ** 2
      out[2 * i] = Math.cos(phase)
      out[2 * i + 1] = -Math.sin(phase)
    }
  }
  const tables = energies(axes).map((energy) =>
    Float64Array.from({ length: 2 * energy.length }, (_, i) =>
      i % 2 === 0 ? Math.cos(0.01 * energy[i / 2]) : -Math.sin(0.01 * energy[(i - 1) / 2]),
    ),
  )
  return {
    axes,
    factors: 'phases',
    stages: [
      { part: 'V', table: half },
      { part: 'T', tables },
      { part: 'V', table: half },
    ],
    ...options,
  }
}

/** @param {readonly StepperAxis[]} axes */
function energies(axes) {
  return axes.map(({ points: n, boundary }) =>
    Float64Array.from({ length: n }, (_, k) => {
      const order = boundary === 'periodic' ? 2 * Math.min(k, n - k) : boundary === 'walls' ? k + 1 : k
      return 0.5 * ((Math.PI * order) / 10) ** 2
    }),
  )
}

/** @param {number} length */
const field = (length) => Float64Array.from({ length }, (_, i) => Math.sin(i))

/** @param {StepperRequest} request @returns {(count: number) => void} */
function stepping(request) {
  const one = stepper(request)
  one.load(field(2 * sizeOf(request.axes)))
  return (count) => void one.run(count)
}

/** @param {readonly StepperAxis[]} axes @param {number} threads @returns {(count: number) => void} */
function applying(axes, threads) {
  const size = sizeOf(axes)
  const one = operator({ axes, kinetic: energies(axes), potential: field(size), threads })
  const [psi, result] = [field(2 * size), new Float64Array(2 * size)]
  return (count) => {
    for (let i = 0; i < count; i++) one.apply(psi, result)
  }
}

/** Milliseconds of the processor so far. */
function processor() {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/**
 * Milliseconds of one each, by turns.
 * @param {readonly ((count: number) => void)[]} all the second uses several threads
 */
function milliseconds(all) {
  const counts = all.map((run) => {
    run(2)
    const begin = performance.now()
    run(2)
    return Math.max(2, Math.ceil((2 * TURN) / Math.max(1e-3, performance.now() - begin)))
  })
  const least = all.map(() => Number.POSITIVE_INFINITY)
  for (let round = 0; round < ROUNDS; round++)
    all.forEach((run, i) => {
      const clock = i === 1 ? () => performance.now() : processor
      const begin = clock()
      run(counts[i])
      least[i] = Math.min(least[i], (clock() - begin) / counts[i])
    })
  return least
}

/** @param {readonly (string | number)[]} cells */
function row(cells) {
  const text = (/** @type {string | number} */ cell) =>
    typeof cell === 'number' ? String(Number(cell.toPrecision(3))) : cell
  console.log(`| ${cells.map(text).join(' | ')} |`)
}

console.log(`Node ${process.versions.node}, ${os.cpus()[0]?.model ?? 'unknown processor'}, ${CORES} cores\n`)
row([
  'points',
  'step, 1 thread',
  `step, ${CORES} threads`,
  'walls ×',
  'zero flux ×',
  'H·ψ ×',
  'plan',
  'again',
  'MiB',
])
row(Array(9).fill('---'))
for (const shape of [[4096], [128, 128], [512, 512], [64, 64, 64], [128, 128, 128]]) {
  const axes = box(shape, 'periodic')
  const planning = [0, 1].map(() => {
    const begin = processor()
    stepper(steps(axes, { threads: 1 }))
    return processor() - begin
  })
  const [alone, together, walls, flux, product] = milliseconds([
    stepping(steps(axes, { threads: 1 })),
    stepping(steps(axes, { threads: CORES })),
    stepping(steps(box(shape, 'walls'), { threads: 1 })),
    stepping(steps(box(shape, 'zero-flux'), { threads: 1 })),
    applying(axes, 1),
  ])
  row([
    shape.join(' × '),
    `${alone.toPrecision(3)} ms`,
    shape.length > 1 ? `${together.toPrecision(3)} ms` : '—',
    walls / alone,
    flux / alone,
    product / alone,
    ...planning.map((time) => `${time.toFixed(0)} ms`),
    memoryOf(steps(axes)) / MEBIBYTE,
  ])
}
