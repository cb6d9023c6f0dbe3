/**
 * One item on every candidate: answers first, then rounds in which each candidate has its turn. What counts is
 * the least time inside a turn, then the median over the rounds.
 */
import { rmSync } from 'node:fs'
import path from 'node:path'
import { say } from '../tools/setup/report.mjs'
import { errorOf, expected, isField, readDoubles } from './accuracy.mjs'
import { Candidate } from './candidate.mjs'
import { labelOf } from './discover.mjs'
import { writeInputs } from './inputs.mjs'
import { cache } from './paths.mjs'

/** @typedef {import('./items.mjs').Item} Item */
/** @typedef {import('./discover.mjs').Rival} Rival */

/** Seconds of a candidate's turn, and most runs in it. */
const TURN = 0.4
const RUNS = 200
/** Seconds of an item after which no further round begins, and the bounds of their number. */
const PATIENCE = 20
const LEAST_ROUNDS = 3
const ROUNDS = 7

/**
 * @typedef {object} Row what was measured of one candidate
 * @property {string} label
 * @property {string} name of the candidate
 * @property {string} language
 * @property {number} threads
 * @property {number} seconds median over the rounds of the least in a turn
 * @property {number} spread (most − least)/median over the rounds
 * @property {number} planning seconds
 * @property {number} [replanning] seconds of a second plan of the same shape
 * @property {number} [memory] bytes by which preparing and running raised the peak of the process
 * @property {number} error
 * @property {boolean} equal whether the error is within the item's tolerance
 * @property {string} [note]
 */

/**
 * @typedef {object} Entrant
 * @property {Rival} rival
 * @property {import('./serve.mjs').Variant} variant
 * @property {string} label
 * @property {Candidate} candidate
 * @property {any} prepared
 * @property {number | undefined} memory
 * @property {Float64Array} answer
 * @property {number[]} turns
 */

/**
 * @typedef {object} Options
 * @property {readonly string[]} [labels] the candidates that take part; default all
 * @property {number} [rounds]
 * @property {number} [turn] seconds
 * @property {'patient' | 'measure'} [plan] how long a planner may search; default patient
 * @property {boolean} [again] whether ψlab plans twice, for the time that the second plan takes
 */

/** @param {readonly number[]} values */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b)
  const half = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2
}

/**
 * @param {Item} item
 * @param {readonly Rival[]} rivals
 * @param {Options} [options]
 * @returns {Promise<Row[]>} in the order of the candidates
 */
export async function measure(item, rivals, options = {}) {
  const { rounds = ROUNDS, turn = TURN, labels } = options
  const folder = path.join(cache, 'inputs', item.id)
  /** @type {Entrant[]} */
  const entrants = []
  try {
    writeInputs(folder, item)
    for (const rival of rivals)
      for (const variant of rival.description.work[item.work] ?? []) {
        const label = labelOf(rival.description, variant)
        if (labels && !labels.includes(label)) continue
        const entrant = await enter(item, { rival, variant, label, folder, options })
        if (entrant) entrants.push(entrant)
      }
    await takeTurns(entrants, rounds, turn)
    const wanted = expected(item, folder) ?? judge(item, entrants)?.answer
    return entrants.map((entrant) => rowOf(item, entrant, wanted))
  } finally {
    await Promise.all(entrants.map(({ candidate }) => candidate.end()))
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Whose answer the others are held to: the baseline's, else that of a rival. @param {Item} item @param {readonly Entrant[]} entrants */
const judge = (item, entrants) =>
  entrants.find(({ label }) => label === item.baseline) ??
  entrants.find(({ rival }) => rival.description.language !== 'TypeScript')

/**
 * Starts a candidate, lets it prepare and run once, and takes its answer.
 * @param {Item} item
 * @param {{ rival: Rival, variant: Entrant['variant'], label: string, folder: string, options: Options }} entry
 * @returns {Promise<Entrant | undefined>}
 */
async function enter(item, { rival, variant, label, folder, options }) {
  const candidate = new Candidate(rival.program, variant.env)
  await candidate.ask({ do: 'describe' })
  const before = candidate.peak()
  const { work, shape, length, steps, real, levels, temperatures, tolerance } = item
  const prepared = await candidate.ask({
    do: 'prepare',
    work,
    shape,
    length,
    steps,
    real,
    levels,
    temperatures,
    tolerance,
    variant: variant.name,
    threads: variant.threads,
    folder,
    cache,
    plan: options.plan ?? 'patient',
    again: options.again ?? false,
  })
  const first = prepared.cannot ? prepared : await candidate.ask({ do: 'run' })
  const file = path.join(folder, 'answer.f64')
  const checked = first.cannot ? first : await candidate.ask({ do: 'check', field: isField(item), file })
  if (checked.cannot) {
    if (checked.cannot !== 'no such work') say(`  – ${label}: ${checked.cannot}`)
    await candidate.end()
    return undefined
  }
  const after = candidate.peak()
  const answer = checked.field ? readDoubles(file) : Float64Array.from(checked.numbers)
  const memory = before === undefined || after === undefined ? undefined : after - before
  return { rival, variant, label, candidate, prepared, memory, answer, turns: [] }
}

/**
 * Rounds, until there are enough or patience ends.
 * @param {readonly Entrant[]} entrants
 * @param {number} rounds
 * @param {number} turn seconds
 */
async function takeTurns(entrants, rounds, turn) {
  const started = performance.now()
  for (let round = 0; round < rounds; round++) {
    if (round >= LEAST_ROUNDS && performance.now() - started > 1000 * PATIENCE) return
    for (const { candidate, turns: taken } of entrants) {
      let [least, spent] = [Number.POSITIVE_INFINITY, 0]
      for (let run = 0; run < RUNS && spent < turn; run++) {
        const { seconds } = await candidate.ask({ do: 'run' })
        least = Math.min(least, seconds)
        spent += seconds
      }
      taken.push(least)
    }
  }
}

/**
 * @param {Item} item
 * @param {Entrant} entrant
 * @param {Float64Array | undefined} wanted
 * @returns {Row}
 */
function rowOf(item, { rival, variant, label, prepared, memory, answer, turns: taken }, wanted) {
  const error = wanted === undefined ? Number.NaN : errorOf(item, answer, wanted)
  const seconds = median(taken)
  const { name, language } = rival.description
  return {
    label,
    name,
    language,
    threads: variant.threads,
    seconds,
    spread: (Math.max(...taken) - Math.min(...taken)) / seconds,
    planning: prepared.seconds,
    error,
    equal: error <= item.tolerance,
    ...(prepared.replanning === undefined ? {} : { replanning: prepared.replanning }),
    ...(memory === undefined ? {} : { memory }),
    ...(prepared.note === undefined ? {} : { note: prepared.note }),
  }
}
