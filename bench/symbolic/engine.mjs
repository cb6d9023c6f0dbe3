/** `node engine.mjs NAME REPEATS`: one engine's answers, one JSON object a line. */
import { TASKS } from './tasks.mjs'

const [file, repeats] = process.argv.slice(2)
const engine = await import(`./engines/${file}.mjs`)
const { version } = engine
const items =
  file === 'psilab' ? engine.itemsWith(await import('../../src/dist/expr/index.js')) : engine.items

/** @param {readonly number[]} values */
const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1]

/** @param {() => unknown} work */
function timed(work) {
  const start = performance.now()
  let answer
  try {
    answer = work()
  } catch {
    // An engine that throws has no answer.
  }
  return { answer, ms: performance.now() - start }
}

console.log(JSON.stringify({ version }))
for (const { id } of TASKS.flatMap((task) => task.items)) {
  if (!items[id]) continue
  const { answer, ms } = timed(items[id])
  const further = Array.from({ length: Number(repeats) }, () => timed(items[id]).ms)
  console.log(JSON.stringify({ id, ms, answer, ...(further.length > 0 && { further: median(further) }) }))
}
