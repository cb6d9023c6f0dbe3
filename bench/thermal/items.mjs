/**
 * What `npm run bench:thermal` measures: one object an item. A rival’s ways of it stand under the same name in the table
 * of `numpy_scipy.py`.
 */
import { adaptive, anneal, ensemble, qde } from '../../src/dist/index.js'
import { doubleWellLevels } from '../references.mjs'

/** @typedef {typeof import('../../src/dist/index.js')} Psilab */

/**
 * @typedef {object} ThermalItem
 * @property {string} id as it is chosen on the command line, and the name of the rival's function
 * @property {string} title
 * @property {number} limit seconds that ψlab may take
 * @property {string} [faster] the variant of the rival that ψlab is to be faster than, too
 * @property {() => Record<string, unknown>} input what is sent to every candidate before it is timed
 * @property {(psilab: Psilab, input: any) => () => ArrayLike<number>} ours what is timed of ψlab
 * @property {(input: any) => ArrayLike<number>} expected the answer, or what it converges to
 * @property {number} tolerance largest difference from it
 * @property {string} check what is compared, in words
 */

const temperatures = Array.from({ length: 400 }, (_, k) => 0.05 * 100 ** (k / 399))

/** F, U, S and C one after the other. @param {{ F: ArrayLike<number>, U: ArrayLike<number>, S: ArrayLike<number>, C: ArrayLike<number> }} curves */
const columns = ({ F, U, S, C }) => [F, U, S, C].flatMap((values) => Array.from(values))

/** The sums over the converged levels of V₁. @param {{ temperatures: number[] }} input */
function sums(input) {
  const levels = ensemble(doubleWellLevels())
  const points = input.temperatures.map((T) => levels.at(T))
  return columns({
    F: points.map((p) => p.F),
    U: points.map((p) => p.U),
    S: points.map((p) => p.S),
    C: points.map((p) => p.C),
  })
}

/** Particles and steps of a million particle-steps. */
const cloud = { particles: 10_000, steps: 100 }

const TILTED = '(x^2 - 1)^2 + 0.2*x'
/** @type {[number, number]} */
const LEFT = [-10, 0]

/** Fidelity and probability at the end of a run. @param {ReturnType<typeof anneal>} run */
const ends = ({ fidelity, probability }) => [fidelity.at(-1) ?? Number.NaN, probability?.at(-1) ?? Number.NaN]

/** @type {readonly ThermalItem[]} */
export const items = [
  {
    id: 'levels',
    title: 'F, U, S and C at 400 temperatures from 128 known levels',
    limit: 2e-3,
    input: () => ({ temperatures, levels: Array.from(doubleWellLevels().slice(0, 128)) }),
    ours: (psilab, { levels, temperatures: T }) => {
      return () => columns(psilab.ensemble(levels).thermodynamics({ temperatures: T }))
    },
    expected: sums,
    tolerance: 1e-10,
    check: 'F, U, S, C beside the converged sums',
  },
  {
    id: 'curve',
    title: 'F, U, S and C of V₁ = (x² − 4)²/8 at 400 temperatures from 0.05 to 5, from its text',
    limit: 15e-3,
    faster: 'sinc basis, doubled until it stands still',
    input: () => ({ temperatures, tolerance: 1e-10, expected: sums({ temperatures }) }),
    ours:
      (psilab, { temperatures: T }) =>
      () =>
        columns(psilab.qde({ objective: '(x^2 - 4)^2/8', D: 0.5 }).thermodynamics({ temperatures: T })),
    expected: sums,
    tolerance: 1e-10,
    check: 'F, U, S, C beside the converged sums',
  },
  {
    id: 'langevin',
    title: '10⁶ particle-steps of Langevin dynamics on x⁴/4 − x²/2, one coordinate, one core',
    limit: 30e-3,
    input: () => ({ ...cloud, D: 0.5, step: 0.02 }),
    ours: (psilab, { particles, steps, D, step }) => {
      const options = { D, step, steps, particles, spread: 1, frames: 1 }
      return () => psilab.langevinEnsemble('x^4/4 - x^2/2', options).variance.map((v) => v[v.length - 1])
    },
    // ⟨x²⟩ of e^{−U/D} by the trapezoidal rule.
    expected: ({ D }) => {
      let [norm, square] = [0, 0]
      for (let x = -5; x <= 5; x += 0.01) {
        const weight = Math.exp((x * x) / 2 / D - x ** 4 / 4 / D)
        norm += weight
        square += weight * x * x
      }
      return [square / norm]
    },
    tolerance: 0.06,
    check: 'variance beside equilibrium (statistical)',
  },
  {
    id: 'reverse',
    title:
      '10⁶ particle-steps of the reverse SDE of 0.3 N(−2, 0.25) + 0.7 N(1, 0.16), one coordinate, one core',
    limit: 30e-3,
    input: () => ({ ...cloud, weights: [0.3, 0.7], means: [-2, 1], variances: [0.25, 0.16] }),
    ours: (psilab, { particles, steps, weights, means, variances }) => {
      const model = psilab.diffusionModel({
        schedule: psilab.variancePreserving(),
        data: psilab.gaussianMixture({ weights, means, variances }),
      })
      return () => {
        const [x] = model.sample({ samples: particles, steps, paths: 0 }).columns
        const mean = x.reduce((sum, v) => sum + v, 0) / x.length
        return [mean, x.reduce((sum, v) => sum + (v - mean) ** 2, 0) / x.length]
      }
    },
    expected: () => [0.1, 2.077],
    tolerance: 0.15,
    check: 'mean and variance (statistical, and of 100 steps)',
  },
  {
    id: 'annealing',
    title: 'annealing of (x² − 1)² + 0.2x in real time, D = 0.01^{t/100}, to 1e-6',
    limit: 1,
    input: () => ({ until: 100 }),
    ours: (psilab, { until }) => {
      const problem = psilab.qde({ objective: TILTED, D: 1 })
      return () => ends(psilab.anneal(problem, { schedule: psilab.geometric(1, 0.01), until, region: LEFT }))
    },
    // Strang steps of 1/800, published.
    expected: () => [0.9997897, 0.9999926],
    tolerance: 1e-6,
    check: 'fidelity and P(x < 0), published',
  },
  {
    id: 'adaptive',
    title: 'the same by the schedule that follows the gap',
    limit: 1,
    input: () => ({ until: 100 }),
    ours: (psilab, { until }) => {
      const problem = psilab.qde({ objective: TILTED, D: 1 })
      return () => ends(psilab.anneal(problem, { schedule: psilab.adaptive(1, 0.01), until, region: LEFT }))
    },
    expected: ({ until }) => {
      const options = { schedule: adaptive(1, 0.01), until, tolerance: 1e-8, region: LEFT }
      return ends(anneal(qde({ objective: TILTED, D: 1 }), options))
    },
    tolerance: 1e-6,
    check: 'fidelity and P(x < 0) beside a run to 1e-8',
  },
]
