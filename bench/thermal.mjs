/** `npm run bench:thermal [-- levels curve …]`: thermodynamics and particles beside NumPy and SciPy, as a table. */
import { existsSync } from 'node:fs'
import { ensureBuilds } from '../tools/setup/builds.mjs'
import { Failure } from '../tools/setup/failure.mjs'
import { at, root } from '../tools/setup/paths.mjs'
import { capture, stopAll } from '../tools/setup/processes.mjs'
import { findPython } from '../tools/setup/python.mjs'
import { say } from '../tools/setup/report.mjs'
import { Candidate } from './candidate.mjs'
import { machine } from './machine.mjs'
import { markdown } from './markdown.mjs'
import { median } from './measure.mjs'
import { benchPython } from './paths.mjs'
import { duration } from './targets.mjs'

/** Rounds, milliseconds of a candidate's turn in each, and most runs in it. */
const ROUNDS = 5
const TURN = 400
const RUNS = 100

/** @typedef {import('./thermal/items.mjs').ThermalItem} ThermalItem */
/** @typedef {import('./candidate.mjs').Program} Program */

/**
 * @typedef {object} Entrant
 * @property {string} label
 * @property {boolean} own
 * @property {string} variant
 * @property {Candidate} candidate
 * @property {number} error
 * @property {number[]} turns seconds
 */

const ours = { file: at('bench', 'thermal', 'psilab.mjs'), program: process.execPath }

/** A Python that has NumPy and SciPy: bench/.venv, else the system's. @returns {Promise<Program | undefined>} */
async function rival() {
  const file = at('bench', 'thermal', 'numpy_scipy.py')
  const system = await findPython()
  const pythons = [
    ...(existsSync(benchPython) ? [{ program: benchPython, args: [] }] : []),
    { program: system.program, args: system.args },
  ]
  for (const { program, args } of pythons) {
    const { code } = await capture(program, [...args, '-c', 'import numpy, scipy'], {
      cwd: root,
      timeout: 60_000,
    })
    if (code === 0) return { file, program, args: [...args, file] }
  }
  return undefined
}

/** @param {Entrant} entrant */
async function takeTurn({ candidate, turns }) {
  let [least, spent] = [Number.POSITIVE_INFINITY, 0]
  for (let run = 0; run < RUNS && 1000 * spent < TURN; run++) {
    const { seconds } = await candidate.ask({ do: 'run' })
    least = Math.min(least, seconds)
    spent += seconds
  }
  turns.push(least)
}

/**
 * @param {ThermalItem} item
 * @param {readonly Program[]} programs
 * @returns {Promise<string[][]>} rows of the table
 */
async function measure(item, programs) {
  const input = item.input()
  const expected = Float64Array.from(item.expected(input))
  /** @type {Entrant[]} */
  const entrants = []
  try {
    for (const [k, program] of programs.entries()) {
      const probe = new Candidate(program)
      const { name, version, work } = await probe.ask({ do: 'describe' })
      await probe.end()
      for (const variant of work?.[item.id] ?? []) {
        const candidate = new Candidate(program, variant.env)
        const request = { do: 'prepare', work: item.id, variant: variant.name, input }
        const steps = [request, { do: 'run' }, { do: 'check', field: false }]
        /** @type {any} */
        let reply
        for (const step of steps) {
          reply = await candidate.ask(step)
          if (reply.cannot) break
        }
        if (reply.cannot) {
          say(`  – ${name}: ${reply.cannot}`)
          await candidate.end()
          continue
        }
        const error = expected.reduce((most, v, i) => Math.max(most, Math.abs(v - reply.numbers[i])), 0)
        const way = variant.name === '' ? '' : `, ${variant.name}`
        entrants.push({
          label: `${name} ${version}${way}`,
          own: k === 0,
          candidate,
          error,
          turns: [],
          variant: variant.name,
        })
      }
    }
    for (let round = 0; round < ROUNDS; round++) for (const entrant of entrants) await takeTurn(entrant)
  } finally {
    await Promise.all(entrants.map(({ candidate }) => candidate.end()))
  }
  const beaten = entrants.find(({ own, variant }) => !own && variant === item.faster)
  return entrants.map(({ label, own, error, turns }) => {
    const seconds = median(turns)
    const right = error <= item.tolerance
    const met = right && seconds <= item.limit && !(beaten && seconds > median(beaten.turns))
    if (own && !met) process.exitCode = 1
    const target = own
      ? `≤ ${duration(item.limit)}${item.faster ? `, faster than: ${item.faster}` : ''}: ${met ? 'met' : 'MISSED'}`
      : ''
    return [
      label,
      duration(seconds),
      `${((100 * (Math.max(...turns) - Math.min(...turns))) / seconds).toFixed(0)} %`,
      own || !right ? '' : `${(seconds / median(entrants[0].turns)).toPrecision(3)} ×`,
      `${error.toExponential(0)}${right ? '' : ' WRONG'}`,
      target,
    ]
  })
}

async function main() {
  await ensureBuilds(['library'])
  const { items } = await import('./thermal/items.mjs')
  const names = process.argv.slice(2)
  const chosen = items.filter(({ id }) => names.length === 0 || names.some((name) => id.startsWith(name)))
  if (chosen.length === 0)
    throw new Failure(`There is no such item: choose from ${items.map(({ id }) => id).join(', ')}.`)
  const python = await rival()
  if (!python) say('NumPy and SciPy are missing: npm run bench:setup')
  const { cpu, cores, node, load, idle } = machine()
  say(
    `${cpu}, ${cores} cores; ${node}${idle ? '' : `; not idle (load ${load.toFixed(1)}), so times are too long`}`,
  )
  const programs = [{ ...ours, args: [ours.file] }, ...(python ? [python] : [])]
  for (const item of chosen) {
    const rows = await measure(item, programs)
    const head = ['candidate', 'time', 'spread', 'of ψlab', `error: ${item.check}`, 'target']
    say(`\n${item.id}: ${item.title}\n\n${markdown(head, rows)}`)
  }
}

process.once('SIGINT', () => {
  void stopAll().then(() => process.exit(130))
})
try {
  await main()
} catch (error) {
  await stopAll()
  console.error(error instanceof Failure ? error.message : error)
  process.exitCode = 1
}
