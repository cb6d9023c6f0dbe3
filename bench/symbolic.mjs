/** `npm run bench:symbolic`: the tasks of derivations on ψlab's engine, mathjs, Algebrite and SymPy, as a table. */
import { existsSync, writeFileSync } from 'node:fs'
import { ensureBuilds } from '../tools/setup/builds.mjs'
import { Failure } from '../tools/setup/failure.mjs'
import { at, root } from '../tools/setup/paths.mjs'
import { capture, stopAll } from '../tools/setup/processes.mjs'
import { findPython } from '../tools/setup/python.mjs'
import { say } from '../tools/setup/report.mjs'
import { machine } from './machine.mjs'
import { markdown } from './markdown.mjs'
import { benchPython, symbolicReport } from './paths.mjs'
import { judgeWith, worst } from './symbolic/judge.mjs'
import { TASKS } from './symbolic/tasks.mjs'

/** Milliseconds after which an engine is stopped; what it has not answered by then counts as not done. */
const PATIENCE = 240_000
const REPEATS = 5

/**
 * @typedef {object} Found what an engine did
 * @property {string} name
 * @property {string} version
 * @property {Map<string, { ms: number, further?: number, answer?: import('./symbolic/judge.mjs').Answer }>} items
 */

/** @param {string} name @param {string} program @param {readonly string[]} args @returns {Promise<Found | undefined>} */
async function ask(name, program, args) {
  const { output } = await capture(program, args, { cwd: root, timeout: PATIENCE })
  const lines = output
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line))
  if (lines.length === 0) return undefined
  const [{ version }, ...answers] = lines
  return { name, version, items: new Map(answers.map((one) => [one.id, one])) }
}

/** @param {string} name @param {string} file @param {number} repeats */
const askNode = (name, file, repeats = 0) =>
  ask(name, process.execPath, [at('bench', 'symbolic', 'engine.mjs'), file, String(repeats)])

async function askSympy() {
  const script = at('bench', 'symbolic', 'engines', 'sympy_engine.py')
  if (existsSync(benchPython)) {
    const found = await ask('SymPy', benchPython, [script])
    if (found) return found
  }
  const python = await findPython()
  return ask('SymPy', python.program, [...python.args, script])
}

/** @param {string} table */
function page(table) {
  const { date, cpu, cores, memory, system, node, load, idle } = machine()
  const busy = idle
    ? ''
    : ` **The machine was not idle** (load ${load.toFixed(1)} on ${cores} cores): times are too long.`
  return `# The symbolic engine beside others

Written by \`npm run bench:symbolic\` on ${date}. ${cpu}, ${cores} cores, ${memory}, ${system}; ${node}.${busy}

The tasks are those of derivations with wave functions, partition functions and diffusion; how they are judged stands in
[bench/README.md](../bench/README.md).

${table}

✓ correct and reduced · ~ correct in part, or not reduced, with the number of parts that are · ✗ not done · WRONG another
value. Times are milliseconds of the first call, its engine loaded, all parts together; ψlab’s second number is the median
of ${REPEATS} further calls.
`
}

/** @param {number} ms */
const time = (ms) => (ms < 10 ? ms.toFixed(1) : ms.toFixed(0))

async function main() {
  await ensureBuilds(['library'])
  const judge = judgeWith(await import('../src/dist/expr/index.js'))
  const engines = [
    await askNode('ψlab', 'psilab', REPEATS),
    await askNode('mathjs', 'mathjs'),
    await askNode('mathjs + rules', 'mathjs-rules'),
    await askNode('Algebrite', 'algebrite'),
    await askSympy(),
  ]
  const columns = ['ψlab', 'mathjs', 'mathjs + rules', 'Algebrite', 'SymPy'].map((name, k) => ({
    name,
    found: engines[k],
  }))
  let failed = 0
  const body = TASKS.map(({ id, title, items }) => {
    const cells = columns.map(({ name, found }) => {
      if (!found) return 'missing'
      const marks = items.map((item) => judge(item, found.items.get(item.id)?.answer ?? undefined))
      const done = marks.filter((mark) => mark === '✓').length
      const bad = worst(marks)
      const mark = bad === '✗' && marks.some((one) => one !== '✗') ? '~' : bad
      if (name === 'ψlab' && mark !== '✓') failed += 1
      const answered = items.flatMap((item) => found.items.get(item.id) ?? [])
      if (answered.length === 0) return mark
      const first = answered.reduce((sum, { ms }) => sum + ms, 0)
      const further = answered.reduce((sum, one) => sum + (one.further ?? 0), 0)
      const part = items.length > 1 && mark !== '✓' ? ` ${done}/${items.length}` : ''
      return `${mark}${part} ${time(first)}${name === 'ψlab' ? ` / ${time(further)}` : ''}`
    })
    return [id, title, ...cells]
  })
  const head = columns.map(({ name, found }) => (found ? `${name} ${found.version}` : name))
  const table = markdown(['', 'task', ...head], body)
  say(table)
  writeFileSync(symbolicReport, page(table))
  if (failed > 0) process.exitCode = 1
}

try {
  await main()
} catch (error) {
  await stopAll()
  console.error(error instanceof Failure ? error.message : error)
  process.exitCode = 1
}
