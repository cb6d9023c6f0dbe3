/** `npm run bench:annealing`: the long annealing runs of docs/annealing-runs.md, as tables. Takes some minutes. */
import { writeFileSync } from 'node:fs'
import { ensureBuilds } from '../tools/setup/builds.mjs'
import { at } from '../tools/setup/paths.mjs'
import { say } from '../tools/setup/report.mjs'
import { markdown } from './markdown.mjs'

/** @typedef {typeof import('../src/dist/index.js')} Psilab */

/** @param {number} v */
const digits = (v) => (Number.isNaN(v) ? '' : v.toFixed(5))
/** @param {number} v */
const power = (v) => (v < 1e4 ? String(v) : `10${'⁰¹²³⁴⁵⁶⁷⁸⁹'[Math.round(Math.log10(v))]}`)

/**
 * Residual energies of linear schedules to 0, D₀ = ½ and T₀ = 1, and the share in a region.
 * @param {Psilab} psilab
 * @param {import('../src/dist/index.js').Problem} problem
 * @param {readonly number[]} quantum
 * @param {readonly number[]} classical
 * @param {[number, number]} region
 */
function linearRuns({ anneal, linear }, problem, quantum, classical, region) {
  const times = [...new Set([...quantum, ...classical])].sort((a, b) => a - b)
  return times.map((until) => {
    const cells = /** @type {const} */ (['imaginary', 'real', 'classical']).map((time) => {
      if (!(time === 'classical' ? classical : quantum).includes(until)) return ''
      const schedule = linear(time === 'classical' ? 1 : 0.5, 0)
      const tolerance = time === 'classical' ? 1e-7 : 1e-4
      const run = anneal(problem, { schedule, until, time, region, tolerance, frames: 1 })
      return `${digits(run.residualEnergy)} (${run.successProbability.toFixed(4)})`
    })
    return [power(until), ...cells]
  })
}

async function main() {
  await ensureBuilds(['library'])
  const psilab = await import('../src/dist/index.js')
  const { anneal, geometric, qde } = psilab
  console.warn = () => {}
  const left = /** @type {[number, number]} */ ([Number.NEGATIVE_INFINITY, 0])
  const tilted = qde({ objective: '(x^2 - 1)^2 + 0.2*x', D: 1 })
  const geometricRuns = [1, 5, 10, 50, 100].map((until) => [
    String(until),
    ...['real', 'imaginary'].flatMap((time) => {
      const options = { schedule: geometric(1, 0.01), until, region: left, frames: 1 }
      const run = anneal(tilted, { ...options, time: /** @type {'real'} */ (time) })
      return [run.successProbability.toFixed(8), run.fidelity[1].toFixed(7)]
    }),
  ])
  const symmetric = qde({ objective: '(x^2 - 1)^2 + 0.1*x', D: 0.5 })
  const asymmetric = qde({
    objective: (x) => {
      const a = x >= 0 ? 1.25 : 0.75
      return (x * x - a * a) ** 2 / a ** 4 + 0.1 * x
    },
    D: 0.5,
  })
  const rugged = qde({ objective: '0.1*x^2 + 1 - cos(2*pi*x)', D: 0.5 })
  const head = ['τ', 'imaginary', 'real', 'classical']
  const long = [10, 100, 1000, 1e4, 1e5, 1e6]
  const page = [
    '# Long annealing runs',
    '',
    'Written by `npm run bench:annealing`; what is computed is said in [annealing.md](annealing.md).',
    '',
    '## (x² − 1)² + x/5, D = 0.01^(t/T)',
    '',
    markdown(['T', 'real: P(x < 0)', 'fidelity', 'imaginary: P(x < 0)', 'fidelity'], geometricRuns),
    '',
    '## Residual energy (and share in the deepest well) of linear schedules to 0 from D = ½, classically from T = 1',
    '',
    '(x² − 1)² + x/10:',
    '',
    markdown(head, linearRuns(psilab, symmetric, [10, 100, 1000], long, left)),
    '',
    '(x² − a²)²/a⁴ + x/10 with a = 5/4 for x ≥ 0 and 3/4 for x < 0:',
    '',
    markdown(head, linearRuns(psilab, asymmetric, [10, 100, 1000], long, left)),
    '',
    'x²/10 + 1 − cos 2πx, share in the middle well:',
    '',
    markdown(
      head,
      linearRuns(
        psilab,
        rugged,
        [10, 30, 100, 300, 1000],
        [10, 30, 100, 300, 1000, 1e4, 1e5, 1e6],
        [-0.5, 0.5],
      ),
    ),
    '',
  ].join('\n')
  say(page)
  writeFileSync(at('docs', 'annealing-runs.md'), page)
}

await main()
