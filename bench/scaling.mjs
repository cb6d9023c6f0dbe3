/** Sizes off the tuned ones, cost against N, planning times and memory. */
import { say } from '../tools/setup/report.mjs'
import { lengths, OFF_TUNED, offTuned } from './items.mjs'
import { markdown } from './markdown.mjs'
import { measure } from './measure.mjs'
import { duration } from './targets.mjs'

/** @typedef {import('./measure.mjs').Row} Row */

const LABELS = ['ψlab', 'ψlab, FMA', 'FFTW C, 1 thread']
/** Points times steps of one measurement, about 0.05 s. */
const WORK = 4e6
const QUICK = { labels: LABELS, rounds: 3, turn: 0.15, plan: /** @type {const} */ ('measure') }
/** Most that a first plan may take, in seconds. */
const PLANNING = 0.05
/** Most bytes beyond two arrays of ψ on 128³ points. */
const MEMORY = 100e6

/**
 * @typedef {object} Cost of one step of a shape, in seconds a point, by label
 * @property {readonly number[]} shape
 * @property {Readonly<Record<string, number>>} perPoint
 * @property {readonly Row[]} rows
 */

/**
 * @typedef {object} Costs
 * @property {readonly { off: Cost, tuned: Cost }[]} offTuned
 * @property {readonly Cost[]} lengths
 * @property {readonly { shape: readonly number[], rows: readonly Row[] }[]} planning
 * @property {readonly { label: string, bytes: number }[]} memory of a run on 128³ points beyond two arrays of ψ
 */

/** @param {readonly number[]} shape */
const sizeOf = (shape) => shape.reduce((product, n) => product * n, 1)

/** @param {readonly number[]} shape */
const nameOf = (shape) => shape.join(' × ')

/** @param {readonly number[]} shape @param {number} steps @returns {import('./items.mjs').Item} */
const step = (shape, steps) => ({
  id: `step-${shape.join('x')}`,
  title: nameOf(shape),
  work: 'strang',
  shape,
  length: 20,
  steps,
  dt: 1e-3,
  real: false,
  temperatures: [],
  levels: 0,
  tolerance: 1e-11,
  check: '',
  baseline: 'FFTW C, 1 thread',
  targets: [],
})

/**
 * @param {readonly number[]} shape
 * @param {readonly import('./discover.mjs').Rival[]} rivals
 * @returns {Promise<Cost>}
 */
async function costOf(shape, rivals) {
  const size = sizeOf(shape)
  const steps = Math.max(2, Math.round(WORK / size))
  const rows = await measure(step(shape, steps), rivals, QUICK)
  const perPoint = Object.fromEntries(rows.map(({ label, seconds }) => [label, seconds / steps / size]))
  return { shape, perPoint, rows }
}

/**
 * @param {readonly import('./discover.mjs').Rival[]} rivals
 * @returns {Promise<Costs>}
 */
export async function measureScaling(rivals) {
  say('\nOther sizes, planning, memory')
  const tuned = new Map()
  const off = []
  for (const sizes of offTuned) {
    const key = nameOf(sizes.tuned)
    if (!tuned.has(key)) tuned.set(key, await costOf(sizes.tuned, rivals))
    off.push({ off: await costOf(sizes.shape, rivals), tuned: tuned.get(key) })
  }
  const curve = []
  for (const n of lengths) curve.push(await costOf([n], rivals))
  const planning = []
  for (const shape of [[4096], [512, 512], [128, 128, 128]])
    planning.push({
      shape,
      rows: await measure(step(shape, 1), rivals, {
        ...QUICK,
        labels: LABELS.slice(0, 2),
        rounds: 1,
        again: true,
      }),
    })
  return { offTuned: off, lengths: curve, planning, memory: await memoryOf([128, 128, 128], rivals) }
}

/** A field so small that its run takes the memory of the program alone. */
const SMALL = [16, 16, 16]

/**
 * What a run on a shape takes beyond a run on a small one and two arrays of ψ.
 * @param {readonly number[]} shape
 * @param {readonly import('./discover.mjs').Rival[]} rivals
 */
async function memoryOf(shape, rivals) {
  const [small, large] = [
    await measure(step(SMALL, 2), rivals, { ...QUICK, rounds: 1 }),
    await measure(step(shape, 2), rivals, { ...QUICK, rounds: 1 }),
  ]
  const state = 16 * (sizeOf(shape) - sizeOf(SMALL))
  return large.flatMap(({ label, memory }) => {
    const program = small.find((row) => row.label === label)?.memory
    return memory === undefined || program === undefined
      ? []
      : [{ label, bytes: memory - program - 2 * state }]
  })
}

/** @param {number | undefined} seconds */
const nanoseconds = (seconds) => (seconds === undefined ? '–' : (seconds * 1e9).toPrecision(3))

/** @param {Costs} costs */
export function scalingTables({ offTuned: sizes, lengths: curve, planning, memory }) {
  const labels = LABELS.filter((label) => curve[0].perPoint[label] !== undefined)
  return [
    `Cost of a step a point in nanoseconds, and as a multiple of that of the tuned shape (target ≤ ${OFF_TUNED}):`,
    markdown(
      ['shape', 'tuned shape', ...labels, ...labels.map((label) => `${label}: multiple`)],
      sizes.map(({ off, tuned }) => [
        nameOf(off.shape),
        nameOf(tuned.shape),
        ...labels.map((label) => nanoseconds(off.perPoint[label])),
        ...labels.map((label) => {
          const ratio = off.perPoint[label] / tuned.perPoint[label]
          const missed = label.startsWith('ψlab') && ratio > OFF_TUNED
          return `${ratio.toFixed(2)}${missed ? ` (missed by ${((ratio / OFF_TUNED - 1) * 100).toFixed(0)} %)` : ''}`
        }),
      ]),
    ),
    'Cost of a step against N in one dimension, in microseconds, and in nanoseconds a point and log₂N:',
    markdown(
      ['N', ...labels.map((label) => `${label}, µs`), ...labels.map((label) => `${label}, ns/(N log₂N)`)],
      curve.map(({ shape: [n], perPoint }) => [
        String(n),
        ...labels.map((label) => (perPoint[label] * n * 1e6).toPrecision(3)),
        ...labels.map((label) => ((perPoint[label] / Math.log2(n)) * 1e9).toPrecision(3)),
      ]),
    ),
    `Planning in a fresh process, and a second plan of the same shape (target ≤ ${PLANNING * 1000} ms):`,
    markdown(
      ['shape', 'candidate', 'first plan', 'second plan', ''],
      planning.flatMap(({ shape, rows }) =>
        rows.map(({ label, planning: first, replanning }) => [
          nameOf(shape),
          label,
          duration(first),
          replanning === undefined ? '–' : duration(replanning),
          first <= PLANNING ? 'met' : `missed by ${((first / PLANNING - 1) * 100).toFixed(0)} %`,
        ]),
      ),
    ),
    `Memory of a run on 128³ points beyond two arrays of ψ and what a run on 16³ takes, at its peak (target ≤ ${MEMORY / 1e6} MB):`,
    markdown(
      ['candidate', 'MB', ''],
      memory.map(({ label, bytes }) => {
        const short = bytes <= MEMORY ? 'met' : `missed by ${((bytes / MEMORY - 1) * 100).toFixed(0)} %`
        return [label, (bytes / 1e6).toFixed(0), label.startsWith('ψlab') ? short : '']
      }),
    ),
  ].join('\n\n')
}
