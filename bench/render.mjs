/** `npm run bench:render`: sizes and speed of figures, in JupyterLab and in files; `-- --quick` for a look, which keeps no page. */
import { writeFileSync } from 'node:fs'
import { ensureBuilds } from '../tools/setup/builds.mjs'
import { Failure } from '../tools/setup/failure.mjs'
import { ensureJupyterPath } from '../tools/setup/jupyter.mjs'
import { shown } from '../tools/setup/paths.mjs'
import { stopAll } from '../tools/setup/processes.mjs'
import { say, since } from '../tools/setup/report.mjs'
import { machine } from './machine.mjs'
import { markdown } from './markdown.mjs'
import { renderReport } from './paths.mjs'
import { groups, holds, limitOf } from './render/items.mjs'

const QUICK = '--quick'

/** @param {Readonly<Record<string, number>>} found */
const results = (found) =>
  groups
    .map(({ title, text, items }) => {
      const rows = items
        .filter(({ id }) => id in found)
        .map((item) => {
          const value = found[item.id] ?? Number.NaN
          const held = holds(item, value)
          return [
            item.title,
            `${value < 10 ? value.toFixed(1) : Math.round(value)} ${item.unit}`,
            limitOf(item),
            held === undefined ? '' : held ? '✓' : '✗',
          ]
        })
      return `## ${title}\n\n${text ? `${text}\n\n` : ''}${markdown(['', 'measured', 'must', ''], rows)}`
    })
    .join('\n\n')

/** @param {string} tables @param {ReturnType<typeof machine>} before */
function page(tables, { date, cpu, cores, memory, system, node, load, idle }) {
  const busy = idle ? '' : ` **The machine was not idle** (load ${load.toFixed(1)}): times are too long.`
  return `# Figures: sizes and speed

Written by \`npm run bench:render\` on ${date}. ${cpu}, ${cores} cores, ${memory}, no graphics card, ${system}; ${node}.${busy}
Medians; Chromium without a window.

${tables}
`
}

/** @param {boolean} quick */
async function main(quick) {
  const started = performance.now()
  await ensureBuilds()
  ensureJupyterPath()
  const before = machine()
  const { measure } = await import('./render/measure.mjs')
  const tables = results(await measure(quick ? 1 : 5, (line) => say(`  ${line}`)))
  say(`\n${tables}\n`)
  if (quick)
    return say(`Done in ${since(started)}. Each was measured once, so that the page is kept as it was.`)
  writeFileSync(renderReport, page(tables, before))
  say(`${shown(renderReport)} is written. Done in ${since(started)}.`)
}

process.once('SIGINT', () => {
  void stopAll().then(() => process.exit(130))
})
try {
  await main(process.argv.includes(QUICK))
} catch (error) {
  await stopAll()
  console.error(error instanceof Failure ? error.message : error)
  process.exitCode = 1
}
