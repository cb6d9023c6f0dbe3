/** What `npm run bench` does. */
import { writeFileSync } from 'node:fs'
import { Failure } from '../tools/setup/failure.mjs'
import { shown } from '../tools/setup/paths.mjs'
import { say, since } from '../tools/setup/report.mjs'
import { discover } from './discover.mjs'
import { items } from './items.mjs'
import { machine } from './machine.mjs'
import { measure } from './measure.mjs'
import * as paths from './paths.mjs'
import { costPlot } from './plot.mjs'
import { page } from './report.mjs'
import { measureScaling, scalingTables } from './scaling.mjs'
import { table, targetTable } from './tables.mjs'

/** The name by which the sizes off the tuned ones and the curve of cost against N are chosen. */
const SCALING = 'SCALING'

/**
 * Measures the items chosen, each by its name or the beginning of it; all of them, and then the page is written
 * anew, where none is named.
 * @param {readonly string[]} names
 */
export async function bench(names) {
  const chosen = items.filter(
    ({ id }) => names.length === 0 || names.some((name) => id.startsWith(name.toUpperCase())),
  )
  const scaling = names.length === 0 || names.some((name) => SCALING.startsWith(name.toUpperCase()))
  if (chosen.length === 0 && !scaling)
    throw new Failure(
      `There is no such item: choose from ${[...items.map(({ id }) => id), SCALING].join(', ')}.`,
    )
  const started = performance.now()
  say('Candidates')
  const rivals = await discover()
  for (const { description } of rivals) say(`  ✓ ${description.name} ${description.version}`)
  const before = machine()
  const results = []
  for (const item of chosen) {
    say(`\n${item.id}: ${item.title}`)
    const rows = await measure(item, rivals)
    say(`\n${table(item, rows)}\n`)
    if (item.targets.length > 0) say(`${targetTable(item, rows)}\n`)
    results.push({ item, rows })
  }
  const costs = scaling ? await measureScaling(rivals) : undefined
  if (costs) say(`\n${scalingTables(costs)}`)
  if (names.length === 0 && costs) {
    writeFileSync(paths.plot, await costPlot(costs))
    writeFileSync(paths.report, page({ results, costs, rivals, machine: before, took: since(started) }))
    say(`\n${shown(paths.report)} and ${shown(paths.plot)} are written.`)
  }
  say(`Done in ${since(started)}.`)
}
